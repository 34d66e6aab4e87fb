"""Bringing a database to the schema of this program: a verified backup first, then all migrations or none."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, inspect, text

from quizapp.store.backup import backup
from quizapp.store.engine import without_hurry
from quizapp.store.history import alembic_config, head, known, revision_of

__all__ = ["SchemaError", "Upgraded", "current", "head", "is_current", "upgrade"]

MIGRATION_LOCK = 7_116_411_272
"""Key of PostgreSQL's advisory lock: two programs never migrate one database at once."""

PATIENCE_MS = 60_000
"""How long a second program waits on SQLite until the first has migrated."""


class SchemaError(Exception):
    """A database that this program cannot bring to its schema; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Upgraded:
    """What an upgrade did: from which revision (None: an empty database) to which, and where the backup lies."""

    before: str | None
    after: str
    backup: Path | None


def current(engine: Engine) -> str | None:
    """Name the revision of a database, None before the first migration."""
    with engine.connect() as connection:
        return revision_of(connection)


def is_current(engine: Engine) -> bool:
    """Tell whether a database has the schema of this program."""
    return current(engine) == head()


def upgrade(engine: Engine, *, backup_to: Path | None) -> Upgraded:
    """Bring a database to the newest revision in one transaction; a database that is there already stays untouched.

    A SQLite database with tables is first copied to the new file `backup_to` and the copy verified. SchemaError is
    raised for a revision this program does not know and for tables that are not this program's.
    """
    before = _checked_revision(engine)
    if before == head():
        return Upgraded(before, before, None)
    kept = None
    if backup_to is not None and before is not None and engine.dialect.name == "sqlite":
        kept = backup(engine.url, backup_to).path
    with _migrating(engine) as connection:
        config = alembic_config()
        config.attributes["connection"] = connection
        _run(config, connection)
    return Upgraded(before, head(), kept)


def _checked_revision(engine: Engine) -> str | None:
    with engine.connect() as connection:
        revision = revision_of(connection)
        tables = inspect(connection).get_table_names()
    if revision is None and tables and "alembic_version" not in tables:
        raise SchemaError("the database holds tables of another program: name an empty one in QUIZAPP_DATABASE_URL")
    if revision is not None and revision not in known():
        raise SchemaError(
            f"the database has schema {revision}, which this version of quizapp does not know: "
            "install the newer quizapp that made it, or restore the backup from before its upgrade",
        )
    return revision


@contextmanager
def _migrating(engine: Engine) -> Iterator[Connection]:
    """Hold the one transaction in which all migrations run, alone."""
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            with _foreign_keys_off(connection), connection.execution_options(writes=True).begin():
                yield connection
                _refuse_orphans(connection)
        else:
            with connection.begin():
                without_hurry(connection)
                connection.execute(text("SET LOCAL lock_timeout = 0"))
                connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": MIGRATION_LOCK})
                yield connection


@contextmanager
def _foreign_keys_off(connection: Connection) -> Iterator[None]:
    """Rebuilding a table must not delete its children; SQLite heeds the switch only outside a transaction."""
    cursor = connection.connection.cursor()
    cursor.execute("PRAGMA foreign_keys = OFF")
    cursor.execute(f"PRAGMA busy_timeout = {PATIENCE_MS}")
    cursor.close()
    try:
        yield
    finally:
        connection.detach()  # the pool never sees a connection with the switch off
        connection.close()


def _refuse_orphans(connection: Connection) -> None:
    orphans = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    if orphans:
        raise SchemaError(f"a migration would orphan {len(orphans)} rows, first in the table {orphans[0][0]}")


def _run(config: Config, connection: Connection) -> None:
    if revision_of(connection) == head():
        return  # another program was faster
    with warnings.catch_warnings():
        # A rebuilt table's neighbours are read too, and SQLAlchemy cannot read `uq_user_email`. A revision that
        # rebuilds "user" itself must make that index anew, which a test watches.
        warnings.filterwarnings("ignore", message=".*expression-based index.*")
        command.upgrade(config, "head")
