"""Items, answers and marks as values: one question as one student sees it, and what the answer showed."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypeAlias


class Form(StrEnum):
    """How a fact is asked."""

    CHOICE = "choice"
    MATCHING = "matching"
    TRUE_FALSE = "true-false"
    CLOZE = "cloze"
    TYPED = "typed"
    FLASHCARD = "flashcard"


PRODUCTION = frozenset({Form.CLOZE, Form.TYPED, Form.FLASHCARD})
RECOGNITION = frozenset({Form.CHOICE, Form.MATCHING, Form.TRUE_FALSE})


@dataclass(frozen=True, slots=True)
class Head:
    """What every item has. `surface` names stem and direction, so that one is not repeated twice running.

    `tags`, `source` and `why` are those of the fact asked (matching: of the whole set; why by fact in the feedback).
    `lang` is the language of the stem; `untranslated` is True when the fact's text fell back to the source language.
    `image` is (path, alt) or None. Times and chance never appear in an item.
    """

    bank: str
    language: str
    facts: tuple[str, ...]
    surface: str
    stem: str
    topic: str
    why: str = ""
    source: tuple[str, ...] = ()
    image: tuple[str, str] | None = None
    untranslated: bool = False


@dataclass(frozen=True, slots=True)
class Option:
    """One option of a choice; `fact` is whose value it is, `because` the feedback if it is chosen wrongly."""

    token: str
    text: str
    correct: bool
    fact: str | None = None
    because: str = ""


@dataclass(frozen=True, slots=True)
class ChoiceItem:
    """One stem, 3 or 4 options (2 only for handwritten ones), one key."""

    head: Head
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class TrueFalseItem:
    """A sentence to judge; `value_of` is the fact whose value was put in when the sentence is false."""

    head: Head
    is_true: bool
    correction: str
    value_of: str | None = None


@dataclass(frozen=True, slots=True)
class TypedItem:
    """A question answered by typing; also cloze, where the stem holds the gap as `___` and `hint` may help.

    `key` is the answer shown; `accept` other right answers; `refuse` maps another fact's answer (as written)
    to its fact id: such an answer is wrong however close it is to the key.
    """

    head: Head
    form: Form
    key: str
    accept: tuple[str, ...]
    refuse: Mapping[str, str]
    hint: str = ""


@dataclass(frozen=True, slots=True)
class FlashcardItem:
    """A front and a back; the learner grades themselves."""

    head: Head
    back: str


@dataclass(frozen=True, slots=True)
class Premise:
    """The left side of a pair; answering it is evidence for `fact`."""

    token: str
    text: str
    fact: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Response:
    """The right side of a pair; `fact` is whose response it is (None for an extra from outside the set)."""

    token: str
    text: str
    fact: str | None = None


@dataclass(frozen=True, slots=True)
class MatchingItem:
    """4-7 premises, responses with 2-3 extra ones or reusable; `key` maps premise token to response token."""

    head: Head
    premises: tuple[Premise, ...]
    responses: tuple[Response, ...]
    key: Mapping[str, str]
    reusable: bool


Item: TypeAlias = ChoiceItem | TrueFalseItem | TypedItem | FlashcardItem | MatchingItem


@dataclass(frozen=True, slots=True)
class ChoiceAnswer:
    """The token of the option chosen."""

    token: str
    unsure: bool = False


@dataclass(frozen=True, slots=True)
class TrueFalseAnswer:
    """What the learner holds the sentence to be."""

    says_true: bool
    unsure: bool = False


@dataclass(frozen=True, slots=True)
class TypedAnswer:
    """What was typed; blank is ungradable unless `unsure` says that the learner gives up."""

    text: str
    unsure: bool = False


@dataclass(frozen=True, slots=True)
class FlashcardAnswer:
    """The learner's own grade: 1 Again, 2 Hard, 3 Good, 4 Easy."""

    grade: int


@dataclass(frozen=True, slots=True)
class MatchingAnswer:
    """Final pairs (premise token, response token) in the order in which each premise was last placed.

    `changed` holds the premise tokens whose response was changed after a first placement.
    """

    pairs: tuple[tuple[str, str], ...]
    changed: frozenset[str] = frozenset()
    unsure: bool = False


Answer: TypeAlias = ChoiceAnswer | TrueFalseAnswer | TypedAnswer | FlashcardAnswer | MatchingAnswer


@dataclass(frozen=True, slots=True)
class Mark:
    """The result for one fact of one answer.

    `guess_rate` is the chance in [0, 1] that somebody who does not know is marked right: 1/k for a choice of k, 0 for
    typed; 1.0 is a forced pair, which proves nothing. `grade` is set for flashcards only. `confused_with` is the fact
    whose value was given instead. `given` and `expected` are texts for the score page.
    """

    fact: str
    right: bool
    form: Form
    guess_rate: float
    unsure: bool = False
    grade: int | None = None
    confused_with: str | None = None
    given: str = ""
    expected: str = ""
    because: str = ""


@dataclass(frozen=True, slots=True)
class Graded:
    """What an answer showed: one mark per fact touched, and its share of right ones in [0, 1]."""

    marks: tuple[Mark, ...]
    score: float


@dataclass(frozen=True, slots=True)
class Ungradable:
    """An answer that is missing or malformed: never wrong, never a review; `reason` is a key of the phrase file."""

    reason: str


def form_of(item: Item) -> Form:
    """Name the form of an item."""
    match item:
        case ChoiceItem():
            return Form.CHOICE
        case TrueFalseItem():
            return Form.TRUE_FALSE
        case TypedItem(form=form):
            return form
        case FlashcardItem():
            return Form.FLASHCARD
        case MatchingItem():
            return Form.MATCHING


def marked_untranslated(item: Item) -> Item:
    """Mark an item as asked in the source language for want of a translation."""
    return replace(item, head=replace(item.head, untranslated=True))
