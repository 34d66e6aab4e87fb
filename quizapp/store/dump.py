"""Backups of PostgreSQL by its own `pg_dump`."""

import os
import shutil
import subprocess
from pathlib import Path

from sqlalchemy import URL, create_engine, inspect, text

from quizapp.store.engine import engine_options, without_hurry
from quizapp.store.history import revision_of
from quizapp.store.report import BackupError


def dump_postgres(address: URL, target: Path) -> tuple[str | None, dict[str, int]]:
    """Dump a database to `target` from one snapshot; give its revision and its rows by table.

    BackupError is raised when `pg_dump` is not installed or fails, and when the dump lacks a table.
    """
    programs = {name: shutil.which(name) for name in ("pg_dump", "pg_restore")}
    missing = " and ".join(name for name, path in programs.items() if path is None)
    if missing:
        raise BackupError(f"{missing} not found: install PostgreSQL's client programs (Debian: postgresql-client)")
    engine = create_engine(address, **engine_options(address))
    try:
        with engine.connect().execution_options(isolation_level="REPEATABLE READ") as connection:
            without_hurry(connection)
            snapshot = connection.execute(text("SELECT pg_export_snapshot()")).scalar_one()
            tables = sorted(inspect(connection).get_table_names())
            counts = {
                name: connection.execute(text(f'SELECT count(*) FROM "{name}"')).scalar_one()  # noqa: S608 -- own tables
                for name in tables
            }
            revision = revision_of(connection)
            _run(
                address,
                [str(programs["pg_dump"]), "--format=custom", f"--snapshot={snapshot}", f"--file={target}"],
                f"--dbname={_libpq(address)}",
            )
    finally:
        engine.dispose()
    listing = _run(address, [str(programs["pg_restore"]), "--list"], str(target))
    dumped = {words[-2] for words in map(str.split, listing.splitlines()) if "TABLE DATA" in " ".join(words)}
    if lacking := set(tables) - dumped:
        raise BackupError(f"the dump lacks {', '.join(sorted(lacking))}")
    return revision, counts


def _libpq(address: URL) -> str:
    return address.set(drivername="postgresql", password=None).render_as_string()


def _run(address: URL, command: list[str], last: str) -> str:
    """Run one of PostgreSQL's programs; the password travels in the environment, out of sight of `ps`."""
    environment = dict(os.environ)
    if address.password:
        environment["PGPASSWORD"] = str(address.password)
    done = subprocess.run([*command, last], env=environment, capture_output=True, text=True, check=False)  # noqa: S603 -- a fixed program, no shell
    if done.returncode:
        raise BackupError(f"{Path(command[0]).name} failed: {done.stderr.strip()}")
    return done.stdout
