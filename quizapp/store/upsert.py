"""INSERT ... ON CONFLICT in both dialects, built once and chosen by the session's database."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Insert, Table, bindparam, column, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

FEW = 20
"""Up to so many rows PostgreSQL gets one by one; more travel as one array a column (measured: several times faster)."""

AT_ONCE = 10_000


@dataclass(frozen=True, slots=True)
class Upsert:
    """A statement that adds rows or, where one with the same key is there, changes it."""

    by_dialect: Mapping[str, Insert]
    from_arrays: Insert

    def __call__(self, session: Session, rows: Sequence[Mapping[str, Any]]) -> None:
        """Write rows, all with the same names and no two with the same key; none is fine."""
        if not rows:
            return
        connection = session.connection()
        if connection.dialect.name != "postgresql" or len(rows) <= FEW:
            connection.execute(self.by_dialect[connection.dialect.name], rows)
            return
        for start in range(0, len(rows), AT_ONCE):
            some = rows[start : start + AT_ONCE]
            connection.execute(self.from_arrays, {name: [row[name] for row in some] for name in some[0]})


def upsert(table: Table, change: Callable[[Any, Any], dict[str, Any]]) -> Upsert:
    """Build the statement; `change` gives the new values from the columns there (first) and the row's (second)."""
    key = list(table.primary_key)

    def changing(statement: Any) -> Insert:  # noqa: ANN401 -- the two dialects share no class with this method
        built: Insert = statement.on_conflict_do_update(index_elements=key, set_=change(table.c, statement.excluded))
        return built

    names = [each.name for each in table.columns]
    arrays = (bindparam(each.name, type_=postgresql.ARRAY(each.type)) for each in table.columns)
    columns = (column(each.name, each.type) for each in table.columns)
    rows = func.unnest(*arrays).table_valued(*columns).render_derived()
    return Upsert(
        {"sqlite": changing(sqlite.insert(table)), "postgresql": changing(postgresql.insert(table))},
        changing(postgresql.insert(table).from_select(names, select(*(rows.c[name] for name in names)))),
    )
