"""Which overlay belongs to which source, told by a look at the first keys of each file."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from quizapp.core.knowledge.limits import Text
from quizapp.core.knowledge.model import Problem

_KEY = re.compile(r"""^(id|translates) *: *["']?([^"'\s#]*)""", re.MULTILINE)
_HEADER = 20_000


@dataclass(frozen=True, slots=True)
class Grouping:
    """Sources with their overlays, in the order they came, and the files that have no place among them."""

    banks: tuple[tuple[Text, tuple[Text, ...]], ...]
    problems: tuple[Problem, ...]


def group(texts: Iterable[Text]) -> Grouping:
    """Pair sources and overlays by the id they declare; nothing is parsed.

    A file with `translates` is an overlay. An overlay without its source, and a second source of one id, are problems;
    a source without a readable id stands alone, so that the reader can say what is wrong with it.
    """
    sources: dict[str, Text] = {}
    alone: list[Text] = []
    overlays: dict[str, list[Text]] = {}
    problems: list[Problem] = []
    order: list[Text] = []
    for text in texts:
        bank_id, translates = _peek(text)
        if translates:
            overlays.setdefault(bank_id, []).append(text)
        elif bank_id in sources:
            message = f'the id "{bank_id}" is already that of {sources[bank_id].path}'
            problems.append(Problem(text.path, 1, 1, message, "give each bank an id of its own"))
        else:
            order.append(text)
            if bank_id:
                sources[bank_id] = text
            else:
                alone.append(text)
    for bank_id, lost in overlays.items():
        if bank_id not in sources:
            hint = "give the source file together with it, and see that both have the same id"
            message = f'no source file with the id "{bank_id}" for this overlay'
            problems.extend(Problem(text.path, 1, 1, message, hint) for text in lost)
    by_source = {id(sources[bank_id]): tuple(found) for bank_id, found in overlays.items() if bank_id in sources}
    return Grouping(tuple((text, by_source.get(id(text), ())) for text in order), tuple(problems))


def _peek(text: Text) -> tuple[str, bool]:
    """Give the id and whether the file is an overlay, from keys at the outermost level."""
    start = text.content[:_HEADER]
    header = start.decode("utf-8", "replace") if isinstance(start, bytes) else start
    found = dict(reversed(_KEY.findall(header.removeprefix("\ufeff"))))
    return found.get("id", ""), "translates" in found
