"""A look at the first keys of a file that may not be readable: what it says it is, and where it says so."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from quizapp.core.knowledge.limits import Text

_KEY = re.compile(r"""^(id|language|translates|title) *: *["']?([^"'\r\n#]*)""", re.MULTILINE)
_HEADER = 20_000
_LINE_ENDS = re.compile(r"\r\n?")


@dataclass(frozen=True, slots=True)
class Header:
    """What a file says at its outermost level, empty where it does not; `lines` are the lines from 1 it says so at."""

    id: str
    language: str
    translates: str
    title: str
    lines: Mapping[str, int]

    @property
    def is_overlay(self) -> bool:
        """Tell a translation from a source file."""
        return "translates" in self.lines


def header(text: Text) -> Header:
    """Read the header of a file without parsing it; the first of two equal keys counts."""
    start = text.content[:_HEADER]
    plain = (start.decode("utf-8", "replace") if isinstance(start, bytes) else start).removeprefix("\ufeff")
    said: dict[str, str] = {}
    lines: dict[str, int] = {}
    for found in _KEY.finditer(plain):
        key = found[1]
        if key not in said:
            said[key] = found[2].strip()
            lines[key] = plain.count("\n", 0, found.start()) + 1
    known = {key: said.get(key, "") for key in ("id", "language", "translates", "title")}
    return Header(**known, lines=lines)


def source_first(texts: tuple[Text, ...]) -> tuple[Text, ...]:
    """Put the first file that is no overlay in front, so that it is read as the source; the rest keeps its order."""
    source = next((text for text in texts if not header(text).is_overlay), None)
    return texts if source is None else (source, *(text for text in texts if text is not source))


def lines_of(text: Text) -> list[str]:
    """Cut a file into lines as problems count them: at line ends only, not at every odd separator."""
    content = text.content.decode("utf-8", "replace") if isinstance(text.content, bytes) else text.content
    return _LINE_ENDS.sub("\n", content).split("\n")
