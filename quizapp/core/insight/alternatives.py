"""What could have been answered instead: the values beside the right one in a question as it was shown."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from quizapp.core.insight.firstanswers import Answers
from quizapp.core.insight.itemanalysis import open_to_view
from quizapp.core.items.model import ChoiceItem, Graded, Item, Mark, MatchingItem, TrueFalseItem


class Value(NamedTuple):
    """A wrong value: the key of the fact it belongs to, or its words where it belongs to none."""

    fact: str | None
    text: str

    @property
    def name(self) -> str:
        """Give what makes it the same value in another question."""
        return self.fact if self.fact is not None else f"={' '.join(self.text.split()).casefold()}"


@dataclass(frozen=True, slots=True)
class Alternatives:
    """The wrong values that stood in a question, and the one that was given; None where none was, or none is known."""

    shown: tuple[Value, ...]
    given: Value | None


def alternatives(item: Item, graded: Graded, fact: str) -> Alternatives:
    """Say what stood beside the right value of a fact and what was given instead of it.

    A question to be typed shows nothing; a false sentence shows the one value it was made with, which is given by
    calling it true.
    """
    mark = next((mark for mark in graded.marks if mark.fact == fact), None)
    shown = tuple({value.name: value for value in _shown(item, fact) if value.fact != fact}.values())
    if mark is None or mark.right:
        return Alternatives(shown, None)
    return Alternatives(shown, _given(item, mark, shown))


def retold(answers: Answers, rows: Sequence[int], found: Sequence[Alternatives | None]) -> tuple[Answers, list[Value]]:
    """Put what stood in the questions of some rows in the place of what the log kept of it.

    The values are numbered from 1; all other rows are told to have shown nothing. None: the question is not known.
    """
    numbers: dict[str, int] = {}
    values: list[Value] = []

    def number(value: Value) -> int:
        if value.name not in numbers:
            values.append(value)
            numbers[value.name] = len(values)
        return numbers[value.name]

    chosen = np.zeros_like(answers.chosen)
    at: list[int] = []
    shown: list[int] = []
    for row, one in zip(rows, found, strict=True):
        if one is not None:
            chosen[row] = number(one.given) if one.given else 0
            at += [row] * len(one.shown)
            shown += map(number, one.shown)
    again = replace(answers, chosen=chosen, shown_at=np.array(at, np.int64), shown=np.array(shown, np.int64))
    return again, values


def given_instead(answers: Answers, fact: int, form: int, private: Collection[int]) -> list[tuple[int, int]]:
    """Count the wrong values that were given in one item, most often first: (number of the value, times)."""
    counts = open_to_view(answers, private) & (answers.fact == fact) & (answers.form == form) & (answers.chosen > 0)
    values, times = np.unique(answers.chosen[counts], return_counts=True)
    return sorted(zip(values.tolist(), times.tolist(), strict=True), key=lambda pair: (-pair[1], pair[0]))


def _shown(item: Item, fact: str) -> Iterator[Value]:
    match item:
        case ChoiceItem(options=options):
            yield from (Value(option.fact, option.text) for option in options if not option.correct)
        case MatchingItem():
            yield from _responses(item, fact)
        case TrueFalseItem(is_true=False, value_of=str() as other):
            yield Value(other, "")
        case _:
            pass


def _responses(item: MatchingItem, fact: str) -> Iterator[Value]:
    right = {item.key[premise.token] for premise in item.premises if premise.fact == fact}
    owners: dict[str, list[str]] = {}
    for premise in item.premises:
        owners.setdefault(item.key[premise.token], []).append(premise.fact)
    for response in item.responses:
        if response.token not in right:
            facts = owners.get(response.token, [])
            yield Value(facts[0] if len(facts) == 1 else response.fact, response.text)


def _given(item: Item, mark: Mark, shown: Iterable[Value]) -> Value | None:
    if isinstance(item, TrueFalseItem):
        return next(iter(shown), None)
    found = next((value for value in shown if value.text == mark.given), None)
    if found is None and mark.given.strip():
        found = Value(mark.confused_with, mark.given)
    return found
