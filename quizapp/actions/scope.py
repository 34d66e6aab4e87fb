"""What a sitting draws from, as a value that fits in a row."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from quizapp.core.items.model import Form


@dataclass(frozen=True, slots=True)
class Scope:
    """Banks, tags, forms and facts to draw from, each empty for all.

    `ahead` also takes facts that are not due. `until` is an instant in ISO format to be ready for, or empty: until then
    the facts that will be known best for it are taken.
    """

    banks: tuple[int, ...] = ()
    tags: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    facts: tuple[int, ...] = ()
    ahead: bool = False
    until: str = ""

    def allows(self, form: Form) -> bool:
        """Say whether a form may be asked."""
        return not self.forms or form in self.forms

    def to_json(self) -> dict[str, Any]:
        """Give the scope as JSON keeps it."""
        return {name: list(value) if isinstance(value, tuple) else value for name, value in asdict(self).items()}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Scope":
        """Read a scope that `to_json` wrote."""
        return cls(
            banks=tuple(data["banks"]),
            tags=tuple(data["tags"]),
            forms=tuple(data["forms"]),
            facts=tuple(data["facts"]),
            ahead=data["ahead"],
            until=data.get("until", ""),
        )
