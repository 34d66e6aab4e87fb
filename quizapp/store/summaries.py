"""What a version does to facts and memories, kept so that a page can say it in its language: one line of JSON each."""

import json
from collections.abc import Iterable

from quizapp.messages import as_plain, from_plain


def written(lines: Iterable[str]) -> str:
    """Write the lines of a plan for the database."""
    return "\n".join(json.dumps(as_plain(line)) for line in lines)


def read_summary(summary: str) -> tuple[str, ...]:
    """Give the lines again as messages; a line that was kept as an English text stays one."""
    return tuple(_line(line) for line in summary.splitlines() if line)


def _line(line: str) -> str:
    try:
        said = from_plain(json.loads(line))
    except (ValueError, KeyError, TypeError):
        return line
    return said if isinstance(said, str) else line
