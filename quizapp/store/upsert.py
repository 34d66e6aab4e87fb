"""INSERT ... ON CONFLICT in both dialects, built once and chosen by the session's database."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Insert, Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session


@dataclass(frozen=True, slots=True)
class Upsert:
    """A statement that adds rows or, where one with the same key is there, changes it."""

    by_dialect: Mapping[str, Insert]

    def __call__(self, session: Session, rows: Sequence[Mapping[str, Any]]) -> None:
        """Write rows; none is fine."""
        if rows:
            connection = session.connection()
            connection.execute(self.by_dialect[connection.dialect.name], rows)


def upsert(table: Table, change: Callable[[Any, Any], dict[str, Any]]) -> Upsert:
    """Build the statement; `change` gives the new values from the columns there (first) and the row's (second)."""
    key = list(table.primary_key)

    def changing(statement: Any) -> Insert:  # noqa: ANN401 -- the two dialects share no class with this method
        built: Insert = statement.on_conflict_do_update(index_elements=key, set_=change(table.c, statement.excluded))
        return built

    return Upsert(
        {"sqlite": changing(sqlite.insert(table)), "postgresql": changing(postgresql.insert(table))},
    )
