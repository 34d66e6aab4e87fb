"""The bank as values: what a knowledge file says, in one language, after reading."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Image:
    """A picture that belongs to a fact, never without its alternative text."""

    path: str
    alt: str


@dataclass(frozen=True, slots=True)
class Extras:
    """What any fact may carry beside its text; `source` and `tags` already include the container's."""

    accept: tuple[str, ...] = ()
    why: str = ""
    source: tuple[str, ...] = ()
    difficulty: int | None = None
    tags: tuple[str, ...] = ()
    image: Image | None = None
    also_true: tuple[str, ...] = ()
    minor: bool = False
    was: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Name:
    """A name in the shown language with its synonyms (`also`)."""

    text: str
    also: tuple[str, ...] = ()

    @property
    def all(self) -> tuple[str, ...]:
        """Return the name and its synonyms, the name first."""
        return (self.text, *self.also)


@dataclass(frozen=True, slots=True)
class Cell:
    """One value of a comparison: what holds for a concept under an attribute."""

    id: str
    comparison: str
    concept: str
    attribute: str
    text: str
    extras: Extras


@dataclass(frozen=True, slots=True)
class Definition:
    """What a term of a taxonomy means."""

    id: str
    taxonomy: str
    term: str
    text: str
    extras: Extras


@dataclass(frozen=True, slots=True)
class Example:
    """A case that belongs to a term of a taxonomy."""

    id: str
    taxonomy: str
    term: str
    text: str
    extras: Extras


@dataclass(frozen=True, slots=True)
class Member:
    """One thing that belongs to a group of a group set."""

    id: str
    groupset: str
    group: str
    text: str
    extras: Extras


@dataclass(frozen=True, slots=True)
class Card:
    """A front and a back, asked both ways when the author says so."""

    id: str
    front: str
    back: str
    both_ways: bool
    extras: Extras


@dataclass(frozen=True, slots=True)
class Wrong:
    """A handwritten wrong answer and why somebody might think it right."""

    key: str
    text: str
    because: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """A handwritten multiple-choice question."""

    id: str
    ask: str
    right: str
    wrong: tuple[Wrong, ...]
    extras: Extras


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence that is true or false."""

    id: str
    say: str
    is_true: bool
    extras: Extras


@dataclass(frozen=True, slots=True)
class Gap:
    """One gap of a cloze text; `before` and `after` are the text around it with the other gaps filled in."""

    id: str
    cloze: str
    number: int
    before: str
    text: str
    after: str
    hint: str
    extras: Extras


Fact: TypeAlias = Cell | Definition | Example | Member | Card | Question | Statement | Gap


@dataclass(frozen=True, slots=True)
class Attribute:
    """A row of a comparison; `ask` holds `{concept}`, `ask_value` holds `{value}`; empty when the author wrote none."""

    key: str
    name: str
    ask: str = ""
    ask_value: str = ""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Concepts (columns) against attributes (rows); `cells` maps (attribute, concept) to a fact id."""

    key: str
    title: str
    concepts: Mapping[str, Name]
    attributes: Mapping[str, Attribute]
    cells: Mapping[tuple[str, str], str]


@dataclass(frozen=True, slots=True)
class Term:
    """A term of a taxonomy with the ids of its facts."""

    key: str
    name: Name
    definition: str | None
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Taxonomy:
    """Terms with definitions and examples; the asks are the author's stems, empty when not written."""

    key: str
    title: str
    terms: Mapping[str, Term]
    ask_definition: str = ""
    ask_term: str = ""
    ask_example: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """A group with the ids of its member facts."""

    key: str
    name: Name
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GroupSet:
    """Groups whose members are sorted by one question."""

    key: str
    title: str
    groups: Mapping[str, Group]
    ask: str = ""
    ask_member: str = ""


@dataclass(frozen=True, slots=True)
class Cloze:
    """A text with gaps; `text` keeps the author's `==gap==` marks, `gaps` are fact ids in order."""

    key: str
    text: str
    gaps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Bank:
    """One knowledge file in one language: immutable, complete, ready for the item generator.

    `facts` is in file order. `cards` indexes the cards by tag (those without a tag under ""), so that a card finds its
    siblings without a walk through the facts. `untranslated` names the facts whose text fell back to the source
    language (always empty in the source edition). `translates` is the source language of an edition, else None.
    `tag_names` are the tags in the language of an edition, by the source's tag, which is what identifies it; `left_out`
    are the places of the texts that an edition lacks, by the parts of `coverage`.
    """

    id: str
    language: str
    title: str
    description: str = ""
    tags: tuple[str, ...] = ()
    licence: str = ""
    sources: Mapping[str, str] = field(default_factory=dict)
    comparisons: Mapping[str, Comparison] = field(default_factory=dict)
    taxonomies: Mapping[str, Taxonomy] = field(default_factory=dict)
    groupsets: Mapping[str, GroupSet] = field(default_factory=dict)
    clozes: Mapping[str, Cloze] = field(default_factory=dict)
    facts: Mapping[str, Fact] = field(default_factory=dict)
    translates: str | None = None
    untranslated: frozenset[str] = frozenset()
    cards: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    tag_names: Mapping[str, str] = field(default_factory=dict)
    left_out: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def __iter__(self) -> Iterator[Fact]:
        """Go through the facts in file order."""
        return iter(self.facts.values())
