"""Collecting an author's problems: each with its place, its line and what to do."""

from collections.abc import Iterable
from difflib import get_close_matches
from itertools import islice
from typing import Protocol

from quizapp.core.knowledge.reading import Problem

MOST_SHOWN = 100
MOST_COMPARED = 40
_LONGEST_EXCERPT = 300
_LONGEST_WORD = 64
_MOST_NEAR = 100
_MOST_CHOICES = 8

QUOTE_IT = "put the text in double quotes"


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

    def at(self, place: Placed, message: str, hint: str = "", near: tuple[str, Iterable[str]] | None = None) -> None:
        """Add a problem at a node; `near` is a word and the words it may be a slip of."""
        self.add(place.line, place.column, message, hint, near)

    def add(
        self, line: int, column: int, message: str, hint: str = "", near: tuple[str, Iterable[str]] | None = None
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

    def sorted(self) -> tuple[Problem, ...]:
        """Give the problems by place, with a last one that counts those not shown."""
        found = sorted(self._found, key=lambda problem: (problem.line, problem.column))
        if self._unshown:
            last = found[-1]
            found.append(Problem(self.path, last.line, last.column, f"and {self._unshown} more problems"))
        return tuple(found)


def did_you_mean(word: str, words: Iterable[str]) -> str:
    """Give a hint that names the nearest of some words, or an empty text when none is near."""
    if not word or len(word) > _LONGEST_WORD:
        return ""
    folded = word.casefold()
    likely = [other for other in words if other[:1].casefold() == folded[0] or abs(len(other) - len(word)) <= 1]
    nearest = get_close_matches(folded, likely[:_MOST_NEAR], n=1, cutoff=0.6)
    return f'did you mean "{nearest[0]}"?' if nearest else ""


def _choices(words: Iterable[str]) -> str:
    first = list(islice(words, _MOST_CHOICES + 1))
    return "there are " + ", ".join(first[:_MOST_CHOICES]) + (" and others" if len(first) > _MOST_CHOICES else "")


def show(word: str) -> str:
    """Write a word of the author in quotes, cut when it is long."""
    return f'"{word}"' if len(word) <= _LONGEST_WORD else f'"{word[:_LONGEST_WORD]}…"'
