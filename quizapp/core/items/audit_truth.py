"""What the bank itself says is right for a stem: the auditor's own reading, apart from the generator's."""

from collections.abc import Iterator

from quizapp.core.knowledge.model import (
    Bank,
    Card,
    Cell,
    Comparison,
    Definition,
    Example,
    Fact,
    Gap,
    Member,
    Question,
    Statement,
)
from quizapp.core.knowledge.normalise import ValueKind, clash, kind, same

_WORDLIKE = frozenset({ValueKind.ACRONYM, ValueKind.NAME, ValueKind.PHRASE})
_SAID = frozenset({ValueKind.NAME, ValueKind.PHRASE, ValueKind.CLAUSE})
_FIGURES = frozenset({ValueKind.NUMBER, ValueKind.QUANTITY, ValueKind.PHRASE})
NAMED = frozenset({"concept", "term", "example", "group", "match-concepts", "match-definitions", "match-examples"})


def is_right(bank: Bank, fact: Fact, surface: str, text: str) -> bool:
    """Tell whether `text` answers the stem that `surface` makes of a fact; names by equality, values by clash."""
    alike = same if surface in NAMED or surface in {"match-members", "member"} else clash
    return any(alike(text, right, bank.language) for right in right_texts(bank, fact, surface))


def right_texts(bank: Bank, fact: Fact, surface: str) -> list[str]:
    """List every text that the bank holds to be right for the stem."""
    return list(_right(bank, fact, surface))


def odd_ones(bank: Bank, groupset: str, texts: list[str]) -> list[str]:
    """Find the texts that stand outside a group which all the others belong to."""
    homes = [_homes(bank, groupset, text) for text in texts]
    found = []
    for at, text in enumerate(texts):
        others = [home for place, home in enumerate(homes) if place != at]
        shared = frozenset.intersection(*others) if others else frozenset()
        if shared - homes[at]:
            found.append(text)
    return found


def _right(bank: Bank, fact: Fact, surface: str) -> Iterator[str]:
    match fact:
        case Cell():
            yield from _of_cell(bank, fact, surface)
        case Definition() | Example():
            yield from _of_term(bank, fact, surface)
        case Member():
            yield from _of_member(bank, fact, surface)
        case Card():
            yield from _of_card(bank, fact, surface)
        case Question():
            yield from (fact.right, *fact.extras.accept)
        case Gap():
            yield from (fact.text, *fact.extras.accept)
        case Statement():
            yield fact.say


def _of_cell(bank: Bank, cell: Cell, surface: str) -> Iterator[str]:
    comparison = bank.comparisons[cell.comparison]
    if surface in {"concept", "match-concepts"}:
        for concept, name in comparison.concepts.items():
            if any(
                clash(cell.text, value, bank.language) for value in _values(bank, comparison, cell.attribute, concept)
            ):
                yield from name.all
    elif surface == "statement":
        for attribute in comparison.attributes.values():
            for value in _values(bank, comparison, attribute.key, cell.concept):
                yield f"{attribute.name}: {value}"
    else:
        yield from _values(bank, comparison, cell.attribute, cell.concept)


def _values(bank: Bank, comparison: Comparison, attribute: str, concept: str) -> Iterator[str]:
    """Read what holds for a concept under an attribute: its own cell, and cells said to be true of it too."""
    for column in comparison.concepts:
        cell = bank.facts.get(comparison.cells.get((attribute, column), ""))
        if isinstance(cell, Cell) and (column == concept or concept in cell.extras.also_true):
            yield cell.text
            if column == concept:
                yield from cell.extras.accept


def _of_term(bank: Bank, fact: Definition | Example, surface: str) -> Iterator[str]:
    taxonomy = bank.taxonomies[fact.taxonomy]
    found = (bank.facts.get(term.definition or "") for term in taxonomy.terms.values())
    meanings = [other for other in found if isinstance(other, Definition)]
    if surface == "definition":
        yield from (fact.text, *fact.extras.accept)
        yield from (other.text for other in meanings if fact.term in other.extras.also_true)
        return
    for key, term in taxonomy.terms.items():
        alike = any(other.term == key and clash(other.text, fact.text, bank.language) for other in meanings)
        if alike or key == fact.term or key in fact.extras.also_true:
            yield from term.name.all


def _of_member(bank: Bank, member: Member, surface: str) -> Iterator[str]:
    groups = bank.groupsets[member.groupset].groups
    if surface in {"group", "match-members"}:
        for key in _homes(bank, member.groupset, member.text) | {member.group, *member.extras.also_true}:
            yield from groups[key].name.all if key in groups else ()
    else:
        yield from member.extras.accept
        for other in _members(bank, member.groupset):
            if member.group in (other.group, *other.extras.also_true):
                yield other.text


def _homes(bank: Bank, groupset: str, text: str) -> frozenset[str]:
    """Name the groups that hold a member which reads like `text`, or that such a member fits too."""
    return frozenset(
        group
        for other in _members(bank, groupset)
        if same(other.text, text, bank.language)
        for group in (other.group, *other.extras.also_true)
    )


def _members(bank: Bank, groupset: str) -> Iterator[Member]:
    for group in bank.groupsets[groupset].groups.values():
        for key in group.members:
            member = bank.facts[key]
            if isinstance(member, Member):
                yield member


def _of_card(bank: Bank, card: Card, surface: str) -> Iterator[str]:
    forward = surface != "back"
    yield card.back if forward else card.front
    if forward:
        yield from card.extras.accept
    for other in bank:
        if not isinstance(other, Card) or other.id == card.id:
            continue
        named = other.id.removeprefix("cards.") in card.extras.also_true
        near = share_tag(card, other)
        fronts = (other.front, card.front) if forward else (other.back, card.back)
        if named or (near and same(*fronts, bank.language)):
            yield other.back if forward else other.front


def share_tag(card: Card, other: Card) -> bool:
    """Tell whether two cards are siblings: a tag in common, or none on either."""
    return not set(card.extras.tags).isdisjoint(other.extras.tags) or not (card.extras.tags or other.extras.tags)


def mix(bank: Bank, a: str, b: str) -> bool:
    """Tell whether two texts are of types that may stand in one list."""
    kinds = {kind(a, bank.language), kind(b, bank.language)}
    if len(kinds) == 1 or kinds <= _WORDLIKE or kinds <= _SAID:
        return True
    return kinds <= _FIGURES and any(map(str.isdigit, a)) and any(map(str.isdigit, b))
