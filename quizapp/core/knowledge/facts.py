"""Questions that others ask of a bank about one fact; each is answered without a walk through the facts."""

from collections.abc import Mapping
from typing import assert_never

from quizapp.core.knowledge.model import (
    Bank,
    Card,
    Cell,
    Definition,
    Example,
    Extras,
    Fact,
    Gap,
    Member,
    Name,
    Question,
    Statement,
)

GAP = "___"


def prompt_of(bank: Bank, fact: Fact) -> str:
    """Write what asks for a fact: the author's stem filled in, else the names that lead to it.

    For lists, plans and overviews; the item generator writes its own stems from phrase files.
    """
    match fact:
        case Cell():
            comparison = bank.comparisons[fact.comparison]
            attribute, concept = comparison.attributes[fact.attribute], comparison.concepts[fact.concept].text
            prompt = _filled(attribute.ask, "concept", comparison.title, attribute.name, concept)
        case Definition():
            taxonomy = bank.taxonomies[fact.taxonomy]
            prompt = _filled(taxonomy.ask_definition, "term", taxonomy.title, taxonomy.terms[fact.term].name.text)
        case Example():
            taxonomy = bank.taxonomies[fact.taxonomy]
            prompt = _filled(taxonomy.ask_example, "example", taxonomy.title, fact.text)
        case Member():
            groupset = bank.groupsets[fact.groupset]
            prompt = _filled(groupset.ask, "member", groupset.title, fact.text)
        case Card():
            prompt = fact.front
        case Question():
            prompt = fact.ask
        case Statement():
            prompt = fact.say
        case Gap():
            prompt = f"{fact.before}{GAP}{fact.after}"
        case _:
            assert_never(fact)
    return prompt


def answer_of(bank: Bank, fact: Fact) -> str:
    """Write the right answer of a fact; for a statement the word of the file format, `true` or `false`."""
    match fact:
        case Cell() | Definition() | Gap():
            return fact.text
        case Example():
            return bank.taxonomies[fact.taxonomy].terms[fact.term].name.text
        case Member():
            return bank.groupsets[fact.groupset].groups[fact.group].name.text
        case Card():
            return fact.back
        case Question():
            return fact.right
        case Statement():
            return "true" if fact.is_true else "false"
        case _:
            assert_never(fact)


def topic_of(bank: Bank, fact: Fact) -> str:
    """Name what a fact belongs to: the title of its container, or of the bank where there is none."""
    match fact:
        case Cell():
            return bank.comparisons[fact.comparison].title
        case Definition() | Example():
            return bank.taxonomies[fact.taxonomy].title
        case Member():
            return bank.groupsets[fact.groupset].title
        case Card() | Question() | Statement() | Gap():
            return bank.title
        case _:
            assert_never(fact)


def siblings(bank: Bank, fact: Fact) -> tuple[str, ...]:
    """Give the ids of the other facts of the same kind beside a fact, in file order.

    Cells of the same attribute; definitions, or examples, of the same taxonomy; members of the same group set; cards
    that share a tag (without tags: cards without tags); gaps of the same text. Questions and statements stand alone.
    """
    match fact:
        case Cell():
            comparison = bank.comparisons[fact.comparison]
            near = [comparison.cells.get((fact.attribute, concept)) for concept in comparison.concepts]
        case Definition():
            near = [term.definition for term in bank.taxonomies[fact.taxonomy].terms.values()]
        case Example():
            near = [example for term in bank.taxonomies[fact.taxonomy].terms.values() for example in term.examples]
        case Member():
            near = [member for group in bank.groupsets[fact.groupset].groups.values() for member in group.members]
        case Card():
            near = [card for tag in fact.extras.tags or ("",) for card in bank.cards.get(tag, ())]
        case Gap():
            near = list(bank.clozes[fact.cloze].gaps)
        case Question() | Statement():
            return ()
        case _:
            assert_never(fact)
    return tuple(dict.fromkeys(other for other in near if other is not None and other != fact.id))


def name_of(bank: Bank, fact: Fact) -> Name | None:
    """Give the name of the concept, term or group that a fact is about; None where there is none."""
    match fact:
        case Cell():
            return bank.comparisons[fact.comparison].concepts[fact.concept]
        case Definition() | Example():
            return bank.taxonomies[fact.taxonomy].terms[fact.term].name
        case Member():
            return bank.groupsets[fact.groupset].groups[fact.group].name
        case Card() | Question() | Statement() | Gap():
            return None
        case _:
            assert_never(fact)


def text_of(fact: Fact) -> str:
    """Give the text a fact was written with: the value, example, member, back, right answer, sentence or gap."""
    match fact:
        case Cell() | Definition() | Example() | Member() | Gap():
            return fact.text
        case Card():
            return fact.back
        case Question():
            return fact.right
        case Statement():
            return fact.say
        case _:
            assert_never(fact)


def cites(bank: Bank, extras: Extras) -> tuple[str, ...]:
    """Write out the sources that a fact names."""
    return tuple(bank.sources[key] for key in extras.source)


def _filled(stem: str, placeholder: str, *names: str) -> str:
    """Put the last name into an author's stem, or join the names where there is none."""
    return stem.replace(f"{{{placeholder}}}", names[-1]) if stem else " · ".join(names)


def section_of(fact: Fact) -> str:
    """Name the section of the knowledge file that a fact was written in."""
    return _SECTIONS[type(fact)]


_SECTIONS: Mapping[type, str] = {
    Cell: "comparisons",
    Definition: "taxonomies",
    Example: "taxonomies",
    Member: "groups",
    Card: "cards",
    Question: "questions",
    Statement: "statements",
    Gap: "cloze",
}
