"""Gaps in a cloze text: `==answer==`, with a hint right after it as `^[hint]`."""

import re
from typing import NamedTuple

_GAP = re.compile(r"==(?=[^\s=])(.+?)(?<=[^\s=])==(?!=)(?:\^\[([^\]]*)\])?", re.DOTALL)
_LEFT_OVER = re.compile(r"(?<![=\s])==(?!=)|(?<!=)==(?![=\s])")


class Piece(NamedTuple):
    """One gap with the text around it, the other gaps filled in."""

    before: str
    text: str
    after: str
    hint: str


class Gaps(NamedTuple):
    """The gaps of a text, and whether gap marks are left over that open or close nothing."""

    pieces: tuple[Piece, ...]
    unclosed: bool


def find_gaps(text: str) -> Gaps:
    """Split a cloze text at its gaps.

    >>> find_gaps("Water boils at ==100==^[a number] degrees.").pieces
    (Piece(before='Water boils at ', text='100', after=' degrees.', hint='a number'),)
    """
    found = list(_GAP.finditer(text))
    ends = [0, *(gap.end() for gap in found)]
    between = [text[end : gap.start()] for end, gap in zip(ends, found, strict=False)] + [text[ends[-1] :]]
    answers = [gap[1] for gap in found]
    pieces = tuple(
        Piece(
            _filled(between[: number + 1], answers[:number]),
            gap[1],
            _filled(between[number + 1 :], answers[number + 1 :]),
            (gap[2] or "").strip(),
        )
        for number, gap in enumerate(found)
    )
    return Gaps(pieces, unclosed=any(_LEFT_OVER.search(part) for part in between))


def _filled(between: list[str], answers: list[str]) -> str:
    return between[0] + "".join(answer + part for answer, part in zip(answers, between[1:], strict=True))
