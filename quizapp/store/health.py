"""How the database is: which it is, how large its tables are, and whether its pages are sound."""

from typing import NamedTuple

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from quizapp.store import models
from quizapp.store.engine import without_hurry
from quizapp.store.models import Base


class TableSize(NamedTuple):
    """A table with its rows and, where the database can tell, its bytes with its indexes."""

    name: str
    rows: int
    bytes: int | None


_POSTGRES_SIZES = text(
    "SELECT c.relname, pg_total_relation_size(c.oid) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
    "WHERE c.relkind = 'r' AND n.nspname = current_schema()"
)
_SQLITE_SIZES = text(
    "SELECT m.tbl_name, sum(s.pgsize) FROM dbstat s JOIN sqlite_master m ON m.name = s.name "
    "WHERE s.aggregate GROUP BY m.tbl_name"
)
_PICTURES = select(func.count(models.Picture.id), func.coalesce(func.sum(func.length(models.Picture.content)), 0))


def revision(session: Session) -> str | None:
    """Name the schema of the database; any trouble with it is raised."""
    found: str | None = session.scalar(text("SELECT version_num FROM alembic_version"))
    return found


def version(session: Session) -> str:
    """Name the database and its version."""
    if _is_sqlite(session):
        return f"SQLite {session.scalar(text('SELECT sqlite_version()'))}"
    return f"PostgreSQL {str(session.scalar(text('SHOW server_version'))).split()[0]}"


def size(session: Session) -> int:
    """Give the bytes of the whole database."""
    if _is_sqlite(session):
        pages = text("SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()")
        return session.scalar(pages) or 0
    return session.scalar(text("SELECT pg_database_size(current_database())")) or 0


def tables(session: Session) -> list[TableSize]:
    """Measure every table, the largest first; takes a while with millions of rows."""
    without_hurry(session.connection())
    sizes = _sizes(session)
    found = [
        TableSize(table.name, session.scalar(select(func.count()).select_from(table)) or 0, sizes.get(table.name))
        for table in Base.metadata.sorted_tables
    ]
    return sorted(found, key=lambda each: (-(each.bytes or 0), -each.rows, each.name))


def pictures(session: Session) -> tuple[int, int]:
    """Count the pictures, and their bytes."""
    number, total = session.execute(_PICTURES).one()
    return number, total


def unsound(session: Session) -> str:
    """Look at every page of an SQLite file, and say what is wrong first; empty where all is well.

    PostgreSQL has no such check to call: that it answers is all that is asked.
    """
    if not _is_sqlite(session):
        session.scalar(text("SELECT 1"))
        return ""
    found = str(session.scalar(text("PRAGMA quick_check(1)")))
    if found != "ok":
        return found
    orphans = session.execute(text("PRAGMA foreign_key_check")).first()
    return "" if orphans is None else f"a row without the row it belongs to, in the table {orphans[0]}"


def _is_sqlite(session: Session) -> bool:
    return session.get_bind().dialect.name == "sqlite"


def _sizes(session: Session) -> dict[str, int]:
    """Ask SQLite only if it was built to tell: an error would end the transaction's work."""
    if not _is_sqlite(session):
        return dict(session.execute(_POSTGRES_SIZES).all())
    built = session.scalar(text("SELECT sqlite_compileoption_used('ENABLE_DBSTAT_VTAB')"))
    return dict(session.execute(_SQLITE_SIZES).all()) if built else {}
