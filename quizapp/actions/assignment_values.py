"""What an instructor says of an assignment, as a value."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from quizapp.actions.scope import Scope
from quizapp.core.items.blueprint import Row
from quizapp.store import models

NAMES = (
    "title",
    "note",
    "scope",
    "blueprint",
    "questions",
    "minutes",
    "attempts",
    "feedback",
    "opens_at",
    "due_at",
    "closes_at",
    "late_rule",
    "late_percent",
    "shuffled",
    "popular",
)


@dataclass(frozen=True, slots=True)
class Values:
    """What an instructor says of an assignment; for practice only title, note, scope, opening and due date count.

    `attempts` and `minutes` are None for no limit. With `blueprint` rows the scope is the banks they name.
    """

    title: str
    due_at: datetime
    scope: Scope
    note: str = ""
    blueprint: tuple[Row, ...] = ()
    questions: int = 10
    minutes: int | None = None
    attempts: int | None = 1
    feedback: str = "due"
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    late_rule: str = "refuse"
    late_percent: int = 0
    shuffled: bool = True
    popular: bool = False

    @property
    def banks(self) -> tuple[int, ...]:
        """Give the row ids of the banks that are asked about."""
        return tuple(sorted({row.bank for row in self.blueprint})) if self.blueprint else self.scope.banks

    def columns(self) -> dict[str, Any]:
        """Give the values as the row keeps them, without what their rule for being late has no use for."""
        scope = Scope(banks=self.banks, ahead=self.scope.ahead) if self.blueprint else self.scope
        return asdict(self) | {
            "scope": scope.to_json(),
            "blueprint": [row.to_json() for row in self.blueprint],
            "closes_at": None if self.late_rule == "refuse" else self.closes_at,
            "late_percent": self.late_percent if self.late_rule == "penalty" else 0,
        }

    @classmethod
    def of(cls, assignment: models.Assignment) -> "Values":
        """Read what an assignment says now."""
        plain = {name: getattr(assignment, name) for name in NAMES}
        rows = tuple(Row.from_json(row) for row in assignment.blueprint)
        return cls(**plain | {"scope": Scope.from_json(assignment.scope), "blueprint": rows})


def changes(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    """Give what differs between two sets of columns, as old and new."""
    return {name: (old[name], value) for name, value in new.items() if old[name] != value}
