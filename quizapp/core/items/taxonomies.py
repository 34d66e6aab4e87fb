"""Asking about the terms of a taxonomy: a term for a definition or an example, and what a term means."""

from collections.abc import Iterator
from functools import partial
from itertools import islice

from quizapp.core.items.ask import Ask, Offer, Pair, Pairing, Reply, Sides
from quizapp.core.items.index import Draw, Index
from quizapp.core.items.model import Form
from quizapp.core.items.wording import fill
from quizapp.core.knowledge.model import Definition, Example, Name

_MOST_REPLIES = 6
_ENOUGH_TERMS = 9

_DEFINITION_SURFACES = {
    Form.CHOICE: ("term", "definition"),
    Form.MATCHING: ("match-definitions",),
    Form.TYPED: ("term",),
    Form.FLASHCARD: ("term", "definition"),
}
_EXAMPLE_SURFACES = {
    Form.CHOICE: ("example",),
    Form.MATCHING: ("match-examples",),
    Form.TYPED: ("example",),
    Form.FLASHCARD: ("example",),
}


def surfaces(fact: Definition | Example, form: Form) -> tuple[str, ...]:
    """Name the stems and directions in which a definition or an example can be asked."""
    table = _DEFINITION_SURFACES if isinstance(fact, Definition) else _EXAMPLE_SURFACES
    return table.get(form, ())


def ask(index: Index, fact: Definition | Example, surface: str, draw: Draw) -> Ask:
    """Ask for the term of a definition or an example, or for the definition of a term."""
    if surface == "definition":
        return _meaning(index, fact, draw)
    return _term(index, fact, surface, draw)


def pairing(index: Index, fact: Definition | Example, draw: Draw) -> Pairing:
    """Pair definitions with terms, or examples with terms (reusable)."""
    if isinstance(fact, Definition):
        return _match_definitions(index, fact, draw)
    return _match_examples(index, fact, draw)


def sides(index: Index, fact: Definition | Example, surface: str) -> Sides:
    """Word a definition or an example as one of a set."""
    key = "match.definitions" if surface == "match-definitions" else "match.examples"
    stem = index.phrases.say(key, title=index.bank.taxonomies[fact.taxonomy].title)
    return Sides(stem, fact.text, name_of(index, (fact.taxonomy, fact.term)).text)


def name_of(index: Index, term: tuple[str, str]) -> Name:
    """Give the name of a term."""
    return index.bank.taxonomies[term[0]].terms[term[1]].name


def _meaning(index: Index, fact: Definition | Example, draw: Draw) -> Ask:
    taxonomy = index.bank.taxonomies[fact.taxonomy]
    term = taxonomy.terms[fact.term].name.text
    if taxonomy.ask_definition:
        stem = fill(taxonomy.ask_definition, term=term)
    else:
        stem = index.phrases.say("stem.definition", term=term)
    near = []
    right = [fact.text, *fact.extras.accept]
    for other in _definitions(index, fact, draw):
        if fact.term in other.extras.also_true:
            right.append(other.text)
        elif other.term not in fact.extras.also_true:
            because = index.phrases.say("because.definition", term=taxonomy.terms[other.term].name.text)
            near.append(Offer(other.text, other.id, because))
    return Ask("definition", fact, stem, tuple(right), tuple(near))


def _term(index: Index, fact: Definition | Example, surface: str, draw: Draw) -> Ask:
    taxonomy = index.bank.taxonomies[fact.taxonomy]
    written, slot = (taxonomy.ask_term, "definition") if surface == "term" else (taxonomy.ask_example, "example")
    stem = fill(written, **{slot: fact.text}) if written else index.phrases.say(f"stem.{surface}", **{slot: fact.text})
    owners = (fact.term, *(key for key in fact.extras.also_true if key in taxonomy.terms))
    right = tuple(name for key in owners for name in taxonomy.terms[key].name.all)
    mentioned = [(other.taxonomy, other.term) for other in _mentioned(index, draw) if other.taxonomy == fact.taxonomy]
    terms = dict.fromkeys((*mentioned, *draw.take(index.terms_of[fact.taxonomy])))
    near = tuple(_offer(index, term) for term in terms if not _fits(index, fact, term))
    return Ask(surface, fact, stem, right, near, partial(_elsewhere, index, fact, draw), cue=fact.text)


def _match_definitions(index: Index, fact: Definition, draw: Draw) -> Pairing:
    pairs = [_pair(index, other) for other in _definitions(index, fact, draw)]
    own = index.terms_of[fact.taxonomy]
    spare = [pair.reply for pair in pairs] + [_reply(index, term) for term in draw.take(own)]
    if len(own) < _ENOUGH_TERMS:
        spare += [_reply(index, term) for term in draw.take(index.terms) if term[0] != fact.taxonomy]
    stem = sides(index, fact, "match-definitions").stem
    right = partial(_suits, index)
    return Pairing("match-definitions", stem, _pair(index, fact), tuple(pairs), right, spare=tuple(spare))


def _match_examples(index: Index, fact: Example, draw: Draw) -> Pairing:
    found = (index.bank.facts.get(key) for key in draw.facts(index.examples_of[fact.taxonomy]))
    others = [
        other
        for other in found
        if isinstance(other, Example) and other.taxonomy == fact.taxonomy and other.id != fact.id
    ]
    used = [(fact.taxonomy, other.term) for other in others]
    terms = dict.fromkeys((*used, *draw.take(index.terms_of[fact.taxonomy])))
    strangers = list(islice((term for term in terms if not _fits(index, fact, term)), _MOST_REPLIES - 1))
    replies = sorted((_reply(index, term) for term in strangers), key=lambda reply: reply.text)
    asked = _pair(index, fact)
    return Pairing(
        surface="match-examples",
        stem=sides(index, fact, "match-examples").stem,
        asked=asked,
        others=tuple(_pair(index, other) for other in others if (other.taxonomy, other.term) in strangers),
        right=partial(_suits, index),
        replies=(asked.reply, *replies),
    )


def _pair(index: Index, fact: Definition | Example) -> Pair:
    return Pair(fact.id, fact.text, _reply(index, (fact.taxonomy, fact.term)), fact.extras.why)


def _suits(index: Index, fact: str, owner: str) -> bool:
    asked = index.bank.facts[fact]
    taxonomy, _, term = owner.partition(".")
    return isinstance(asked, Definition | Example) and _fits(index, asked, (taxonomy, term))


def _reply(index: Index, term: tuple[str, str]) -> Reply:
    return Reply(name_of(index, term).text, f"{term[0]}.{term[1]}", index.term_fact.get(term))


def _definitions(index: Index, fact: Definition | Example, draw: Draw) -> list[Definition]:
    own = [index.term_fact[term] for term in draw.take(index.terms_of[fact.taxonomy])]
    found = (index.bank.facts.get(key) for key in dict.fromkeys((*draw.mentioned, *own)))
    return [
        other
        for other in found
        if isinstance(other, Definition) and other.taxonomy == fact.taxonomy and other.term != fact.term
    ]


def _mentioned(index: Index, draw: Draw) -> Iterator[Definition | Example]:
    for key in draw.mentioned:
        other = index.bank.facts.get(key)
        if isinstance(other, Definition | Example):
            yield other


def _fits(index: Index, fact: Definition | Example, term: tuple[str, str]) -> bool:
    """Tell whether a term is right for the fact's text: its own, also true, or one with an alike text."""
    if term[0] == fact.taxonomy and (term[1] == fact.term or term[1] in fact.extras.also_true):
        return True
    entry = index.bank.taxonomies[term[0]].terms[term[1]]
    written = (index.bank.facts[key] for key in (entry.definition, *entry.examples) if key)
    return any(type(other) is type(fact) and index.clash(other.text, fact.text) for other in written)


def _offer(index: Index, term: tuple[str, str]) -> Offer:
    name = name_of(index, term)
    meaning = index.bank.facts[index.term_fact[term]]
    key = "because.term" if isinstance(meaning, Definition) else "because.example"
    text = meaning.text if isinstance(meaning, Definition | Example) else ""
    return Offer(name.text, meaning.id, index.phrases.say(key, term=name.text, definition=text), name.also)


def _elsewhere(index: Index, fact: Definition | Example, draw: Draw) -> Iterator[Offer]:
    """Offer terms of the bank's other taxonomies."""
    for term in draw.take(index.terms):
        if term[0] != fact.taxonomy and not _fits(index, fact, term):
            yield _offer(index, term)
