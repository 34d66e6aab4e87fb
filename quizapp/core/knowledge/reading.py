"""What came of reading a knowledge file: its editions, or the problems with their places."""

from collections.abc import Mapping
from dataclasses import dataclass

from quizapp.core.knowledge.model import Bank


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing an author should know, with its place (line and column from 1) and what to do.

    `message` and `hint` are messages, which pages say in their own language. `fact` names what they are about where
    the place does not: the id of a fact, behind the language of its translation (`sv: cards.cell`).
    """

    path: str
    line: int
    column: int
    message: str
    hint: str = ""
    excerpt: str = ""
    warning: bool = False
    rule: str = ""
    fact: str = ""

    @property
    def told(self) -> str:
        """Write the message in English, behind what it is about."""
        return f"{self.fact}: {self.message}" if self.fact else self.message

    def __str__(self) -> str:
        """Show the place and message as `path:line:column: message`."""
        return f"{self.path}:{self.line}:{self.column}: {self.told}"


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
