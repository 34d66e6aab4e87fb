"""Which overlay belongs to which source, told by a look at the first keys of each file."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from quizapp.core.knowledge.limits import Text
from quizapp.core.knowledge.reading import Problem
from quizapp.messages import msg

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
    overlays: dict[str, list[Text]] = {}
    sources: dict[str, Text] = {}
    order: list[tuple[str, Text]] = []
    problems: list[Problem] = []
    for text in texts:
        bank_id, is_overlay = _peek(text)
        if is_overlay:
            overlays.setdefault(bank_id, []).append(text)
        elif bank_id in sources:
            message = msg('the id "%(id)s" is already that of %(file)s', id=bank_id, file=sources[bank_id].path)
            problems.append(Problem(text.path, 1, 1, message, msg("give each bank an id of its own")))
        else:
            order.append((bank_id, text))
            if bank_id:
                sources[bank_id] = text
    problems.extend(
        _without_source(text, bank_id) for bank_id, lost in overlays.items() if bank_id not in sources for text in lost
    )
    banks = ((text, tuple(overlays.get(bank_id, ())) if bank_id else ()) for bank_id, text in order)
    return Grouping(tuple(banks), tuple(problems))


def _without_source(text: Text, bank_id: str) -> Problem:
    lost = msg('no source file with the id "%(id)s" for this overlay', id=bank_id)
    hint = msg("give it together with its source file, with the same id in both")
    return Problem(text.path, 1, 1, lost if bank_id else msg("this overlay has no id"), hint)


def _peek(text: Text) -> tuple[str, bool]:
    """Give the id and whether the file is an overlay, from keys at the outermost level."""
    start = text.content[:_HEADER]
    header = start.decode("utf-8", "replace") if isinstance(start, bytes) else start
    found = dict(reversed(_KEY.findall(header.removeprefix("\ufeff"))))
    return found.get("id", ""), "translates" in found
