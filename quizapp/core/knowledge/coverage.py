"""What an overlay leaves out of the texts that its source has, part by part; each falls back to the source language."""

from collections.abc import Collection, Iterator
from collections.abc import Mapping as Mappings
from enum import StrEnum
from typing import TypeAlias

from quizapp.core.knowledge.model import (
    Bank,
    Card,
    Cell,
    Definition,
    Example,
    Fact,
    Gap,
    Member,
    Question,
    Statement,
)
from quizapp.core.knowledge.tree import Mapping, Node, Scalar
from quizapp.messages import Message, msg_n

Path: TypeAlias = tuple[str, ...]


class Part(StrEnum):
    """A kind of text that an overlay gives in its language; `TEXT` are the facts' own texts."""

    TITLE = "titles"
    DESCRIPTION = "descriptions"
    TAG = "tags"
    SOURCE = "sources"
    NAME = "names"
    ASK = "asks"
    TEXT = "texts"
    WHY = "why"
    BECAUSE = "because"
    ALT = "alt"


_STANDS_ALONE = frozenset({("concepts", "name"), ("attributes", "ask")})
"""What a text without keys is below these."""


def tags_of(bank: Bank) -> tuple[str, ...]:
    """Give the tags of a bank and of its facts, as the source writes them, in alphabetical order."""
    return tuple(sorted(set(bank.tags).union(*(fact.extras.tags for fact in bank))))


def left_out(root: Mapping, source: Bank, told: Collection[str]) -> Mappings[str, tuple[str, ...]]:
    """Give the places of the texts that an overlay lacks, by part; `told` are the facts whose own texts it gives.

    Synonyms and other right answers (`also`, `accept`) do not count: a language has as many as it has.
    """
    found: dict[str, list[str]] = {part: [] for part in Part}
    for part, path in _texts(source):
        if not _is_there(root, path):
            found[part].append(".".join(path))
    found[Part.TEXT] = [fact for fact in source.facts if fact not in told]
    return {part: tuple(places) for part, places in found.items() if places}


def counted(left: Mappings[str, Collection[str]]) -> tuple[Message, ...]:
    """Word how many texts of each part are left out, in the order of `Part`; those of which there are none are not."""
    count = {part: len(left.get(part, ())) for part in Part}
    words = {
        Part.TITLE: msg_n("one title", "%(num)d titles", count[Part.TITLE]),
        Part.DESCRIPTION: msg_n("one description", "%(num)d descriptions", count[Part.DESCRIPTION]),
        Part.TAG: msg_n("one tag", "%(num)d tags", count[Part.TAG]),
        Part.SOURCE: msg_n("one source", "%(num)d sources", count[Part.SOURCE]),
        Part.NAME: msg_n("one name", "%(num)d names", count[Part.NAME]),
        Part.ASK: msg_n("the wording of one question", "the wording of %(num)d questions", count[Part.ASK]),
        Part.TEXT: msg_n("the text of one fact", "the texts of %(num)d facts", count[Part.TEXT]),
        Part.WHY: msg_n("one explanation", "%(num)d explanations", count[Part.WHY]),
        Part.BECAUSE: msg_n("one remark on a wrong answer", "%(num)d remarks on wrong answers", count[Part.BECAUSE]),
        Part.ALT: msg_n("one picture in words", "%(num)d pictures in words", count[Part.ALT]),
    }
    return tuple(words[part] for part in Part if count[part])


def _texts(source: Bank) -> Iterator[tuple[Part, Path]]:
    """Go through what an overlay should give, with the keys under which it gives it."""
    yield Part.TITLE, ("title",)
    if source.description:
        yield Part.DESCRIPTION, ("description",)
    yield from ((Part.TAG, ("tags", tag)) for tag in tags_of(source))
    yield from ((Part.SOURCE, ("sources", key)) for key in source.sources)
    yield from _of_comparisons(source)
    yield from _of_taxonomies(source)
    yield from _of_groups(source)
    for fact in source:
        yield from _of_fact(fact)


def _of_comparisons(source: Bank) -> Iterator[tuple[Part, Path]]:
    for key, comparison in source.comparisons.items():
        here = ("comparisons", key)
        yield Part.TITLE, (*here, "title")
        yield from ((Part.NAME, (*here, "concepts", concept, "name")) for concept in comparison.concepts)
        for row in comparison.attributes.values():
            below = (*here, "attributes", row.key)
            yield Part.NAME, (*below, "name")
            yield from _asks(below, {"ask": row.ask, "ask-value": row.ask_value})


def _of_taxonomies(source: Bank) -> Iterator[tuple[Part, Path]]:
    for key, taxonomy in source.taxonomies.items():
        here = ("taxonomies", key)
        yield Part.TITLE, (*here, "title")
        stems = (taxonomy.ask_definition, taxonomy.ask_term, taxonomy.ask_example)
        yield from _asks(here, dict(zip(("ask-definition", "ask-term", "ask-example"), stems, strict=True)))
        yield from ((Part.NAME, (*here, "terms", term, "name")) for term in taxonomy.terms)


def _of_groups(source: Bank) -> Iterator[tuple[Part, Path]]:
    for key, groupset in source.groupsets.items():
        here = ("groups", key)
        yield Part.TITLE, (*here, "title")
        yield from _asks(here, {"ask": groupset.ask, "ask-member": groupset.ask_member})
        yield from ((Part.NAME, (*here, "groups", group, "name")) for group in groupset.groups)


def _asks(below: Path, stems: Mappings[str, str]) -> Iterator[tuple[Part, Path]]:
    return ((Part.ASK, (*below, key)) for key, stem in stems.items() if stem)


def _of_fact(fact: Fact) -> Iterator[tuple[Part, Path]]:
    here = _place(fact)
    again = isinstance(fact, Gap) and fact.number > 1  # the gaps of a text share what stands beside it
    if fact.extras.why and not again:
        yield Part.WHY, (*here, "why")
    if fact.extras.image is not None and not again:
        yield Part.ALT, (*here, "alt")
    if isinstance(fact, Question):
        yield from ((Part.BECAUSE, (*here, "wrong", each.key, "because")) for each in fact.wrong if each.because)


def _place(fact: Fact) -> Path:
    """Give the keys under which an overlay writes what a fact carries."""
    match fact:
        case Cell():
            return ("comparisons", fact.comparison, "cells", fact.attribute, fact.concept)
        case Definition():
            return ("taxonomies", fact.taxonomy, "terms", fact.term, "definition")
        case Example():
            return ("taxonomies", fact.taxonomy, "terms", fact.term, "examples", fact.id.rpartition(".")[2])
        case Member():
            return ("groups", fact.groupset, "groups", fact.group, "members", fact.id.rpartition(".")[2])
        case Gap():
            return ("cloze", fact.cloze)
        case Card() | Question() | Statement():
            section, _, key = fact.id.partition(".")
            return (section, key)


def _is_there(root: Mapping, path: Path) -> bool:
    node: Node = root
    for depth, key in enumerate(path):
        if not isinstance(node, Mapping):
            last = depth == len(path) - 1
            return last and isinstance(node, Scalar) and (*path[-3:-2], key) in _STANDS_ALONE
        entry = node.entries.get(key)
        if entry is None:
            return False
        node = entry.value
    return True
