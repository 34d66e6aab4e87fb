"""How the program opens its database: what every connection is told, and how a writing transaction begins."""

import sqlite3
from pathlib import Path
from time import sleep
from types import ModuleType
from typing import Any, cast

from sqlalchemy import URL, Connection, Dialect, Engine, create_engine, event, make_url, text
from sqlalchemy.engine.interfaces import DBAPIConnection, DBAPICursor
from sqlalchemy.orm import Session, scoped_session
from sqlalchemy.pool import ConnectionPoolEntry

try:
    from pysqlite3 import dbapi2 as newer_sqlite
except ImportError:  # the wheel exists for Linux only
    newer_sqlite = sqlite3.dbapi2

try:
    from quizapp.store.patience import PatientConnection
except ImportError:  # psycopg is there for PostgreSQL only
    PatientConnection = None  # type: ignore[assignment,misc]  # used with PostgreSQL only

MENDED_SQLITE = (3, 51, 3)
"""Earlier SQLite can corrupt a WAL file that several processes share (https://sqlite.org/wal.html#walresetbug)."""

STATEMENT_TIMEOUT_MS = 3000
LOCK_TIMEOUT_MS = 2000
CONNECT_TIMEOUT = 2
POOL_TIMEOUT = 2
"""Seconds; with those of `quizapp.store.patience` every request is answered within 5."""

WAL_TRIES, WAL_PAUSE = 60, 0.05
"""How often and after how many seconds a new file is tried again that another program is just making, too."""


def make_engine(url: str | URL) -> Engine:
    """Open a database as the whole program does, outside Flask."""
    address = absolute(url)
    engine = create_engine(address, **engine_options(address))
    listen(engine)
    return engine


def absolute(url: str | URL) -> URL:
    """Give the address with the path of a SQLite file made absolute, so that the working folder may change."""
    address = make_url(url)
    if address.get_backend_name() == "sqlite":
        if not address.database or address.database == ":memory:":
            raise ValueError("the database must be a file: memory is lost with the process")
        address = address.set(database=str(Path(address.database).absolute()))
    return address


def engine_options(url: str | URL) -> dict[str, Any]:
    """Give the arguments of `create_engine` for an address."""
    if make_url(url).get_backend_name() == "sqlite":
        return {"module": sqlite_driver()}
    timeouts = f"-c statement_timeout={STATEMENT_TIMEOUT_MS} -c lock_timeout={LOCK_TIMEOUT_MS}"
    connect = {"connect_timeout": CONNECT_TIMEOUT, "options": timeouts}
    return {"pool_pre_ping": True, "pool_timeout": POOL_TIMEOUT, "connect_args": connect}


def listen(engine: Engine) -> None:
    """Tell each connection of an engine how to keep its promises; take over SQLite's BEGIN."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    else:
        event.listen(engine, "do_connect", _connect_patiently)


def begin_writing(session: Session | scoped_session[Any]) -> None:
    """Begin a transaction that will write; it must be the session's first act, or RuntimeError is raised.

    On SQLite it takes the write lock at once (BEGIN IMMEDIATE), so that what is read is still true when it is written.
    """
    own: Session = session() if isinstance(session, scoped_session) else session
    if own.in_transaction():
        raise RuntimeError("a writing transaction begins before anything is read: commit or roll back first")
    own.connection(execution_options={"writes": True})


def without_hurry(connection: Connection) -> None:
    """Lift the time limits from the statements of this transaction: for migrations, rebuilding and publishing."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SET LOCAL statement_timeout = 0"))
        driver = connection.connection.driver_connection
        if isinstance(driver, PatientConnection):
            driver.hurried = False


def sqlite_driver() -> ModuleType:
    """Choose the newer SQLite of Python's own and the `pysqlite3` wheel's."""
    if newer_sqlite.sqlite_version_info > sqlite3.sqlite_version_info:
        return newer_sqlite  # type: ignore[no-any-return]  # the wheel has no types
    return sqlite3.dbapi2


def sqlite_warning() -> str | None:
    """Say what to do when only a SQLite is at hand that several processes should not share; None when all is well."""
    driver = sqlite_driver()
    if driver.sqlite_version_info >= MENDED_SQLITE:
        return None
    return (
        f"SQLite {driver.sqlite_version} can corrupt a database that several processes write. "
        "Run one process, or install pysqlite3, or use PostgreSQL."
    )


def _connect_patiently(
    _: Dialect, __: ConnectionPoolEntry, args: tuple[Any, ...], options: dict[str, Any]
) -> DBAPIConnection:
    return cast("DBAPIConnection", PatientConnection.connect(*args, **options))


def _prepare_sqlite(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
    connection.isolation_level = None  # SQLAlchemy's events, not the driver, begin transactions
    cursor = connection.cursor()
    cursor.execute("PRAGMA busy_timeout = 5000")
    _enter_wal(cursor)
    cursor.execute("PRAGMA synchronous = FULL")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.close()


def _enter_wal(cursor: DBAPICursor) -> None:
    """Switch the file to WAL; here alone SQLite does not wait while another program does the same, so try again."""
    for _ in range(WAL_TRIES):
        try:
            cursor.execute("PRAGMA journal_mode = WAL")
        except sqlite_driver().OperationalError:
            sleep(WAL_PAUSE)
        else:
            return
    cursor.execute("PRAGMA journal_mode = WAL")


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
