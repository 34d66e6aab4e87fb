"""What a page says after an answer, as values: the verdict, the right answer, why, and whose answer was given."""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import assert_never

from quizapp.core.items.model import (
    ChoiceItem,
    FlashcardItem,
    Form,
    Graded,
    Item,
    Mark,
    MatchingItem,
    TrueFalseItem,
    TypedItem,
)
from quizapp.core.items.typed import check_typed


class Outcome(StrEnum):
    """The verdict on a whole answer; `partly` for matching alone."""

    RIGHT = "right"
    WRONG = "wrong"
    PARTLY = "partly"


@dataclass(frozen=True, slots=True)
class Line:
    """One mark as the learner reads it; texts are Markdown, empty when there is nothing to say.

    `asked` is the premise of a pair. `given` and `expected` of a judgement are `true` or `false`. `because` is a
    sentence about the wrong answer given; `belongs_to` the premise it belongs to; `confused_with` the id of its fact.
    """

    fact: str
    right: bool
    asked: str = ""
    given: str = ""
    expected: str = ""
    because: str = ""
    belongs_to: str = ""
    why: str = ""
    confused_with: str | None = None


@dataclass(frozen=True, slots=True)
class Feedback:
    """Everything a feedback page shows of one answer.

    `answer` is the right answer; for a judgement the value that makes a false sentence true (empty when there is none),
    for matching empty, since each line has its own. `almost` is the exact spelling of a typed answer taken as right in
    spite of a slip. `sources` are keys of the bank's sources.
    """

    form: Form
    outcome: Outcome
    answer: str
    lines: tuple[Line, ...]
    why: str = ""
    sources: tuple[str, ...] = ()
    almost: str = ""


def feedback(item: Item, graded: Graded) -> Feedback:
    """Say what an answer to an item showed; `graded` is what `grade` returned for the same item."""
    return Feedback(
        form=graded.marks[0].form,
        outcome=_outcome(graded),
        answer=_answer(item),
        lines=tuple(_line(item, mark) for mark in graded.marks),
        why=item.head.why,
        sources=item.head.source,
        almost=_almost(item, graded.marks[0]),
    )


def _outcome(graded: Graded) -> Outcome:
    right = sum(mark.right for mark in graded.marks)
    if right == len(graded.marks):
        return Outcome.RIGHT
    return Outcome.PARTLY if right else Outcome.WRONG


def _answer(item: Item) -> str:
    match item:
        case ChoiceItem():
            return next((option.text for option in item.options if option.correct), "")
        case TrueFalseItem():
            return item.correction
        case TypedItem():
            return item.key
        case FlashcardItem():
            return item.back
        case MatchingItem():
            return ""
        case _:
            assert_never(item)


def _line(item: Item, mark: Mark) -> Line:
    line = Line(
        mark.fact,
        mark.right,
        given=mark.given,
        expected=mark.expected,
        because=mark.because,
        confused_with=mark.confused_with,
    )
    if not isinstance(item, MatchingItem):
        return replace(line, why=item.head.why)
    premises = {premise.fact: premise for premise in item.premises}
    owner = premises.get(mark.confused_with or "")
    return replace(
        line,
        asked=premises[mark.fact].text,
        why=premises[mark.fact].why,
        belongs_to=owner.text if owner else "",
    )


def _almost(item: Item, mark: Mark) -> str:
    return check_typed(mark.given, item).almost if isinstance(item, TypedItem) and mark.right else ""
