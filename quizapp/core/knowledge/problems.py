"""Collecting an author's problems: each with its place, its line and what to do."""

from collections.abc import Iterable
from difflib import get_close_matches
from itertools import islice
from typing import Protocol, TypeAlias

from quizapp.core.knowledge.reading import Problem
from quizapp.messages import Message, msg, msg_n

MOST_SHOWN = 100
MOST_COMPARED = 40
_LONGEST_EXCERPT = 300
_LONGEST_WORD = 64
_MOST_NEAR = 100
_MOST_CHOICES = 8

QUOTE_IT = msg("put the text in double quotes")
COMMENT_HINT = msg("put the text in double quotes, or move the comment to its own line")

What: TypeAlias = str | tuple[Message, str]
"""What a problem is about: a text, or a name such as `the card %(key)s` with its key, worded only when it is told.

`%(key)s` puts the key in quotes, `%(name)s` leaves it bare.
"""


class Placed(Protocol):
    """Anything with a place in the file: line and column from 0."""

    @property
    def line(self) -> int:
        """Count of the lines above."""

    @property
    def column(self) -> int:
        """Count of the characters to the left."""


class Problems:
    """The problems of one file as they are found.

    After `MOST_SHOWN` they are counted, not kept; after `MOST_COMPARED` words no nearest one is sought, which is slow.
    """

    __slots__ = ("_compared", "_found", "_unshown", "lines", "path")

    def __init__(self, path: str, lines: list[str]) -> None:
        self.path = path
        self.lines = lines
        self._found: list[Problem] = []
        self._unshown = 0
        self._compared = 0

    def __len__(self) -> int:
        return len(self._found) + self._unshown

    @property
    def full(self) -> bool:
        """Tell whether further problems would only be counted."""
        return len(self._found) >= MOST_SHOWN

    def at(
        self, place: Placed, message: Message, hint: str = "", near: tuple[str, Iterable[str]] | None = None
    ) -> None:
        """Add a problem at a node; `near` is a word and the words it may be a slip of."""
        self.add(place.line, place.column, message, hint, near)

    def add(
        self, line: int, column: int, message: Message, hint: str = "", near: tuple[str, Iterable[str]] | None = None
    ) -> None:
        """Add a problem at a line and column from 0, moved inside the text if it lies beyond."""
        if self.full:
            self._unshown += 1
            return
        line = min(line, len(self.lines) - 1)
        text = self.lines[line]
        column = min(column, len(text))
        if near is not None and self._compared < MOST_COMPARED:
            self._compared += 1
            hint = did_you_mean(*near) or hint or _choices(near[1])
        excerpt = text if len(text) <= _LONGEST_EXCERPT else text[:_LONGEST_EXCERPT] + "…"
        self._found.append(Problem(self.path, line + 1, column + 1, message, hint, excerpt))

    def pass_over(self, count: int) -> None:
        """Count problems that would not be kept, without the cost of wording them."""
        self._unshown += count

    def passed_over(self) -> bool:
        """Tell whether one more problem would not be kept, and then count it."""
        if len(self._found) < MOST_SHOWN:
            return False
        self._unshown += 1
        return True

    def sorted(self) -> tuple[Problem, ...]:
        """Give the problems by place, with a last one that counts those not shown."""
        found = sorted(self._found, key=lambda problem: (problem.line, problem.column))
        if self._unshown:
            last = found[-1]
            more = msg_n("and one more problem", "and %(num)d more problems", self._unshown)
            found.append(Problem(self.path, last.line, last.column, more))
        return tuple(found)


def did_you_mean(word: str, words: Iterable[str]) -> str:
    """Give a hint that names the nearest of some words, or an empty text when none is near."""
    if not word or len(word) > _LONGEST_WORD:
        return ""
    folded = word.casefold()
    likely = [other for other in words if other[:1].casefold() == folded[0] or abs(len(other) - len(word)) <= 1]
    nearest = get_close_matches(folded, likely[:_MOST_NEAR], n=1, cutoff=0.6)
    return msg('did you mean "%(word)s"?', word=nearest[0]) if nearest else ""


def _choices(words: Iterable[str]) -> str:
    first = list(islice(words, _MOST_CHOICES + 1))
    named = ", ".join(first[:_MOST_CHOICES])
    if len(first) > _MOST_CHOICES:
        return msg("there are %(words)s and others", words=named)
    return msg("there are %(words)s", words=named)


def worded(what: What) -> str:
    """Word what a problem is about."""
    return what if isinstance(what, str) else what[0].filled(key=show(what[1]), name=what[1])


def show(word: str) -> str:
    """Write a word of the author in quotes, cut when it is long."""
    return f'"{word}"' if len(word) <= _LONGEST_WORD else f'"{word[:_LONGEST_WORD]}…"'
