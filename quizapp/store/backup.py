"""Backups that are checked before they are believed, and restoring them into a new folder."""

import os
import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeAlias

from sqlalchemy import URL, make_url

from quizapp.store.dump import dump_postgres
from quizapp.store.engine import absolute, sqlite_driver
from quizapp.store.history import known
from quizapp.store.report import BackupError, BackupReport

__all__ = ["BackupError", "BackupReport", "backup", "backup_name", "restore"]

DATABASE_FILE = "quizapp.sqlite3"
PAGES_A_STEP = 4096

Progress: TypeAlias = Callable[[int, int], None]
"""Told the parts done and the parts in all."""

_INVARIANTS: Mapping[str, str] = {
    "memories without a log": "SELECT count(*) FROM memory m WHERE NOT EXISTS "
    "(SELECT 1 FROM review r WHERE r.learner_id = m.learner_id AND r.fact_id = m.fact_id)",
    "banks without their text": "SELECT count(*) FROM bank b WHERE b.version_id IS NOT NULL AND NOT EXISTS "
    "(SELECT 1 FROM bank_version v JOIN bank_text t ON t.version_id = v.id "
    "WHERE v.id = b.version_id AND v.bank_id = b.id AND NOT t.overlay)",
}
"""Things that never are in a healthy database, each with a query that counts them."""


def backup_name(url: str | URL, now: datetime) -> str:
    """Name the backup of a database made at an instant."""
    ending = "sqlite3" if make_url(url).get_backend_name() == "sqlite" else "dump"
    return f"quizapp-{now.astimezone(UTC):%Y%m%dT%H%M%SZ}.{ending}"


def backup(url: str | URL, target: Path, progress: Progress | None = None) -> BackupReport:
    """Copy a database in use to the new file `target`, check the copy, and only then give it its name.

    SQLite is copied by its backup interface from one snapshot, PostgreSQL by `pg_dump`. BackupError says what failed;
    then no file is left behind.
    """
    if target.exists():
        raise BackupError(f"{target} exists already: a backup never overwrites")
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    partial = target.with_name(target.name + ".partial")
    os.close(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600))
    try:
        address = absolute(url)
        if address.get_backend_name() == "sqlite":
            revision, counts = _copy_sqlite(Path(address.database or ""), partial, progress)
        else:
            revision, counts = dump_postgres(address, partial)
        _settle(partial, target)
    finally:
        partial.unlink(missing_ok=True)
    return BackupReport(target, revision, counts, target.stat().st_size)


def restore(source: Path, into: Path) -> BackupReport:
    """Copy a SQLite backup into a folder that is new or empty, where the program can be started with it.

    The backup is checked first: sound pages, no orphans, a schema this program knows, every invariant. BackupError
    says what is wrong; then the folder holds nothing.
    """
    if into.exists() and any(into.iterdir()):
        raise BackupError(f"{into} is not empty: a backup is restored into a new folder only")
    _refuse_strangers(source)
    into.mkdir(parents=True, exist_ok=True, mode=0o700)
    report = backup(URL.create("sqlite", database=str(source.absolute())), into / DATABASE_FILE)
    wrong = "" if report.revision in known() else f"has schema {report.revision}, which this quizapp does not know"
    if not wrong:
        with closing(_open(report.path)) as copy:
            broken = {name: copy.execute(query).fetchone()[0] for name, query in _INVARIANTS.items()}
        wrong = ", ".join(f"has {count} {name}" for name, count in broken.items() if count)
    if wrong:
        report.path.unlink()
        raise BackupError(f"{source} {wrong}: nothing was restored")
    return report


def _copy_sqlite(source: Path, target: Path, progress: Progress | None) -> tuple[str | None, dict[str, int]]:
    """Copy and verify; one read transaction holds the snapshot while others go on writing."""
    if not source.is_file():
        raise BackupError(f"there is no database at {source}")
    try:
        with closing(_open(source, "ro")) as original, closing(_open(target)) as copy:
            original.execute("BEGIN")
            counts = _counts(original)
            original.backup(
                copy,
                pages=PAGES_A_STEP,
                progress=None if progress is None else lambda _, left, total: progress(total - left, total),
            )
            copy.execute("PRAGMA journal_mode = DELETE")  # one file, without companions
            revision = _revision(original)
            _verify(copy, revision, counts)
    except (sqlite3.DatabaseError, sqlite_driver().DatabaseError) as error:
        raise BackupError(f"{source} could not be copied: {error}") from error
    return revision, counts


def _verify(copy: sqlite3.Connection, revision: str | None, counts: Mapping[str, int]) -> None:
    found = [row[0] for row in copy.execute("PRAGMA integrity_check(5)")]
    if found != ["ok"]:
        raise BackupError(f"the copy is damaged: {'; '.join(found)}")
    orphans = copy.execute("PRAGMA foreign_key_check").fetchall()
    if orphans:
        raise BackupError(f"{len(orphans)} rows lack the row they belong to, first in the table {orphans[0][0]}")
    if _revision(copy) != revision or _counts(copy) != counts:
        raise BackupError("the copy differs from the database")


def _counts(connection: sqlite3.Connection) -> dict[str, int]:
    names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    tables = sorted(name for (name,) in names)
    return {
        name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]  # noqa: S608 -- names of own tables
        for name in tables
    }


def _revision(connection: sqlite3.Connection) -> str | None:
    if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'").fetchone():
        return None
    row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    return None if row is None else str(row[0])


def _refuse_strangers(source: Path) -> None:
    if not source.is_file():
        raise BackupError(f"there is no file {source}")
    with source.open("rb") as file:
        start = file.read(16)
    if start.startswith(b"PGDMP"):
        raise BackupError(
            f"{source} is a PostgreSQL backup: make an empty database, fill it with "
            f"pg_restore --dbname=ADDRESS {source}, and name it in QUIZAPP_DATABASE_URL",
        )
    if start != b"SQLite format 3\x00":
        raise BackupError(f"{source} is not a backup of quizapp")


def _open(path: Path, mode: str = "rw") -> sqlite3.Connection:
    connection: sqlite3.Connection = sqlite_driver().connect(f"{path.as_uri()}?mode={mode}", uri=True)
    connection.isolation_level = None
    return connection


def _settle(partial: Path, target: Path) -> None:
    """Name the file once its bytes are on disk."""
    with partial.open("rb") as file:
        os.fsync(file.fileno())
    partial.rename(target)
    folder = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
