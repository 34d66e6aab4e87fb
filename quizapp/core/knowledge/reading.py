"""What came of reading a knowledge file: its editions, or the problems with their places."""

from collections.abc import Mapping
from dataclasses import dataclass

from quizapp.core.knowledge.model import Bank


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing an author should know, with its place (line and column from 1) and what to do."""

    path: str
    line: int
    column: int
    message: str
    hint: str = ""
    excerpt: str = ""
    warning: bool = False
    rule: str = ""

    def __str__(self) -> str:
        """Show the place and message as `path:line:column: message`."""
        return f"{self.path}:{self.line}:{self.column}: {self.message}"


@dataclass(frozen=True, slots=True)
class Reading:
    """The outcome of reading one source file with its overlays: editions by language, or problems.

    `bank` is None exactly when a problem is an error. `editions` holds the source edition and one per overlay.
    `places` maps a fact id (source file) to (line, column) from 1.
    """

    bank: Bank | None
    editions: Mapping[str, Bank]
    problems: tuple[Problem, ...]
    places: Mapping[str, tuple[int, int]]
