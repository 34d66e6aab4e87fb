"""Two texts beside each other: which lines only one of them has, and the unchanged ones around."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

AROUND = 3
MOST_LINES = 8_000
_CUT = re.compile(r"\r\n?")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a comparison; `sign` is `+` (only in the new text), `-` (only in the old), blank, or `…` for a gap."""

    sign: str
    old: int | None
    new: int | None
    text: str


def changes(old: str, new: str) -> tuple[Line, ...] | None:
    """Compare two texts line by line; None where they are too long for it to end in time."""
    before, after = (_CUT.sub("\n", text).removesuffix("\n").split("\n") for text in (old, new))
    if len(before) + len(after) > MOST_LINES:
        return None
    return tuple(_lines(before, after))


def _lines(before: list[str], after: list[str]) -> Iterator[Line]:
    groups = list(SequenceMatcher(None, before, after).get_grouped_opcodes(AROUND))
    for number, group in enumerate(groups):
        if number:
            yield Line("…", None, None, "")
        for tag, from_old, to_old, from_new, to_new in group:
            if tag == "equal":
                for at in range(from_old, to_old):
                    yield Line(" ", at + 1, from_new + at - from_old + 1, before[at])
                continue
            for at in range(from_old, to_old):
                yield Line("-", at + 1, None, before[at])
            for at in range(from_new, to_new):
                yield Line("+", None, at + 1, after[at])
