"""Judging what was typed: kind to spelling, strict about numbers, negations and other facts' answers."""

import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from operator import itemgetter
from typing import TypeAlias

from quizapp.core.items.model import TypedItem
from quizapp.core.knowledge.normalise import fold
from quizapp.core.knowledge.words import words_of

LONGEST_ANSWER = 500
_SHORTEST_FORGIVEN = 6
_UNSEEN = frozenset({"Cc", "Cf", "Cs"})

Cases: TypeAlias = tuple[tuple[str, str], ...]


class Verdict(StrEnum):
    """How a typed answer stands."""

    RIGHT = "right"
    WRONG = "wrong"
    BLANK = "blank"


@dataclass(frozen=True, slots=True)
class TypedResult:
    """What was found; `almost` is the exact spelling when a slip was forgiven, `confused_with` another fact's id."""

    verdict: Verdict
    almost: str = ""
    confused_with: str | None = None


def check_typed(given: str, item: TypedItem) -> TypedResult:
    """Judge a typed answer against key and accept list; never raises, whatever was typed.

    Case, accents, articles, plurals, simple British or American spelling and letters spelt out (`ae` for a German ä) do
    not count. Each word over five letters may hold one slip (Damerau-Levenshtein distance 1) behind its first letter,
    unless that makes another case of it (Finnish); words may be joined or parted. Numbers and negations must be exact.
    What is, or lies as near to, another fact's answer (`refuse`) is wrong. Only the first 500 characters are read.
    """
    language = item.head.language
    cases = words_of(language).cases
    answer = _read(given, language)
    if not answer.words:
        return TypedResult(Verdict.BLANK)
    keys = [_read(text, language) for text in (item.key, *item.accept)]
    if any(answer.words == key.words for key in keys):
        return TypedResult(Verdict.RIGHT)
    others = [(_read(text, language), fact) for text, fact in item.refuse.items()]
    others = [(other, fact) for other, fact in others if all(other.words != key.words for key in keys)]
    near = [(slips, key.text) for key in keys if (slips := _slips(answer, key, cases)) is not None]
    if not near:
        meant = [(slips, fact) for other, fact in others if (slips := _slips(answer, other, ())) is not None]
        return TypedResult(Verdict.WRONG, confused_with=min(meant)[1] if meant else None)
    least, almost = min(near, key=itemgetter(0))
    rivals = [(slips, fact) for other, fact in others if (slips := _letters_off(answer, other, least)) <= least]
    if rivals:
        return TypedResult(Verdict.WRONG, confused_with=min(rivals)[1])
    return TypedResult(Verdict.RIGHT, almost=almost)


def tidy(given: str) -> str:
    """Cut a typed text to 500 characters and take out what cannot be seen: controls, direction marks, surrogates."""
    kept = (char for char in given[:LONGEST_ANSWER] if char.isspace() or unicodedata.category(char) not in _UNSEEN)
    return " ".join("".join(kept).split())


def distance(one: str, other: str, limit: int) -> int:
    """Count the single-letter slips between two texts: insert, drop, change, or swap of neighbours.

    Returns `limit` + 1 when there are more; takes time in proportion to length times `limit`. Optimal string alignment,
    the restricted Damerau-Levenshtein distance (Damerau 1964; Boytsov 2011, section 2.1).
    """
    if abs(len(one) - len(other)) > limit:
        return limit + 1
    far = limit + 1
    before: list[int] = []
    above = [column if column <= limit else far for column in range(len(other) + 1)]
    for row, letter in enumerate(one, start=1):
        current = [row if row <= limit else far] + [far] * len(other)
        for column in range(max(1, row - limit), min(len(other), row + limit) + 1):
            cost = above[column - 1] + (letter != other[column - 1])
            cost = min(cost, above[column] + 1, current[column - 1] + 1)
            if row > 1 < column and letter == other[column - 2] and one[row - 2] == other[column - 1]:
                cost = min(cost, before[column - 2] + 1)
            current[column] = min(cost, far)
        if min(current) > limit:
            return far
        before, above = above, current
    return above[-1]


@dataclass(frozen=True, slots=True)
class _Answer:
    text: str
    words: tuple[str, ...]
    negations: frozenset[str]


def _read(text: str, language: str) -> _Answer:
    lists = words_of(language)
    folded = fold(tidy(text), language).split()
    kept = [word for word in folded if len(word) < 2 or word not in lists.articles] or folded  # noqa: PLR2004 -- vitamin A
    for before, after in lists.spelling:
        kept = [word.replace(before, after) for word in kept]
    return _Answer(text, tuple(kept), frozenset(kept) & (lists.negations | lists.lacking))


def _slips(answer: _Answer, key: _Answer, cases: Cases) -> int | None:
    """Count the slips to forgive between an answer and a key; None when they are more than slips."""
    if answer.negations != key.negations:
        return None
    if len(answer.words) == len(key.words):
        pairs = [(word, other) for word, other in zip(answer.words, key.words, strict=True) if word != other]
        return len(pairs) if all(_is_slip(word, other, cases) for word, other in pairs) else None
    joined = "".join(answer.words)
    return 1 if joined == "".join(key.words) and joined.isalpha() else None


def _is_slip(word: str, other: str, cases: Cases) -> bool:
    """Tell whether a word is a slip of another; one in the first letter turns `typical` into `atypical`."""
    long_enough = len(other) >= _SHORTEST_FORGIVEN and word.isalpha() and other.isalpha()
    near = long_enough and word[0] == other[0] and distance(word, other, 1) == 1
    return near and not any(_is_case(*pair, *ends) for ends in cases for pair in ((word, other), (other, word)))


def _is_case(word: str, other: str, end: str, other_end: str) -> bool:
    """Tell whether two words are one stem with these endings."""
    stem = word.removesuffix(end)
    return word.endswith(end) and other == stem + other_end


def _letters_off(answer: _Answer, other: _Answer, limit: int) -> int:
    return distance("".join(answer.words), "".join(other.words), limit)
