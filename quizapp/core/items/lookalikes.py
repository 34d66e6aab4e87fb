"""Answers of a large container that a slip of the pen could turn into each other."""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from quizapp.core.items.index import Index, tags_of
from quizapp.core.knowledge.model import Card, Definition, Example, Fact

_FEWEST = 200
_LENGTHS = 2
_LETTERS = 4

Buckets = Mapping[int, list[tuple[str, str]]]


def lookalikes(index: Index, fact: Fact) -> tuple[str, ...]:
    """Name the sibling facts whose answer looks like this fact's, in a container too large to list all siblings.

    Typed answers forgive slips, so such siblings have to be known and refused. Alike is: two letters longer or shorter
    at most, and four letters at most that one text has and the other has not.
    """
    found: dict[str, None] = {}
    for key, text in _answers(index, fact):
        buckets = _buckets(index, key)
        letters = set(text.casefold())
        for length in range(len(text) - _LENGTHS, len(text) + _LENGTHS + 1):
            for other, sibling in buckets.get(length, ()):
                if len(letters.symmetric_difference(other.casefold())) <= _LETTERS and sibling != fact.id:
                    found[sibling] = None
    return tuple(found)


def _answers(index: Index, fact: Fact) -> Iterator[tuple[tuple[str, str], str]]:
    """Give the container and the text of each answer that the fact is typed by, where the container is large."""
    match fact:
        case Definition() | Example():
            if len(index.terms_of[fact.taxonomy]) > _FEWEST:
                yield ("terms", fact.taxonomy), index.bank.taxonomies[fact.taxonomy].terms[fact.term].name.text
        case Card():
            for tag in tags_of(fact):
                if len(index.cards_of[tag]) > _FEWEST:
                    yield ("backs", tag), fact.back
                    yield ("fronts", tag), fact.front
        case _:
            return


def _buckets(index: Index, key: tuple[str, str]) -> Buckets:
    """Sort the answers of a container by length, once."""
    known = index.lengths.get(key)
    if known is None:
        found: defaultdict[int, list[tuple[str, str]]] = defaultdict(list)
        for text, fact in _texts(index, key):
            found[len(text)].append((text, fact))
        known = index.lengths[key] = dict(found)
    return known


def _texts(index: Index, key: tuple[str, str]) -> Iterator[tuple[str, str]]:
    side, container = key
    if side == "terms":
        for term in index.terms_of[container]:
            name = index.bank.taxonomies[term[0]].terms[term[1]].name
            yield from ((text, index.term_fact[term]) for text in name.all)
        return
    for fact in index.cards_of[container]:
        card = index.bank.facts[fact]
        if isinstance(card, Card):
            yield (card.back if side == "backs" else card.front), card.id
