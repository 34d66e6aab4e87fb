"""What all tests share: a fresh database of each kind, a session, the time, and the standing cast."""

import os
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from sqlalchemy import URL, Engine, create_engine, make_url, text
from sqlalchemy.orm import Session
from support.cast import Cast, hire
from support.lessons import Lesson
from support.postgres import NO_BINARIES, binaries, server

from quizapp.store.engine import begin_writing, make_engine
from quizapp.store.schema import upgrade

settings.register_profile("unhurried", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("unhurried")  # laws are checked without a stopwatch: a busy machine is no broken law

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
"""A Monday morning, far from any change of clocks."""

BOTH = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)]


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture(scope="session")
def postgres() -> Iterator[URL]:
    """The server's address; its databases belong to the tests."""
    given, programs = os.environ.get("QUIZAPP_TEST_POSTGRES_URL"), binaries()
    if given:
        yield make_url(given).set(drivername="postgresql+psycopg")
    elif programs:
        with server(programs) as url:
            yield url
    elif os.environ.get("CI") == "true":
        pytest.fail(NO_BINARIES)
    else:
        pytest.skip(NO_BINARIES)


@pytest.fixture(scope="session")
def make_postgres(postgres: URL) -> Iterator[Callable[[str | None], URL]]:
    """Make a database, empty or as a copy of another; all are dropped at the end."""
    admin = create_engine(postgres, isolation_level="AUTOCOMMIT")
    numbers = count()
    made: list[str] = []

    def make(template: str | None) -> URL:
        made.append(f"quizapp_test_{os.getpid()}_{next(numbers)}")
        with admin.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {made[-1]} TEMPLATE {template or 'template0'}"))
        return postgres.set(database=made[-1])

    yield make
    with admin.connect() as connection:
        for name in made:
            connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    admin.dispose()


@pytest.fixture(scope="session")
def postgres_template(make_postgres: Callable[[str | None], URL]) -> str:
    url = make_postgres(None)
    _migrate(url)
    return str(url.database)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "quizapp.sqlite3"
    _migrate(URL.create("sqlite", database=str(path)))
    return path


@pytest.fixture(params=BOTH)
def empty_database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """A database without tables."""
    if request.param == "sqlite":
        engine = make_engine(URL.create("sqlite", database=str(tmp_path / "empty.sqlite3")))
    else:
        engine = make_engine(request.getfixturevalue("make_postgres")(None))
    yield engine
    engine.dispose()


@pytest.fixture(params=BOTH)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> URL:
    """The address of a migrated database without rows."""
    if request.param == "sqlite":
        path = tmp_path / "quizapp.sqlite3"
        shutil.copy(request.getfixturevalue("sqlite_template"), path)
        return URL.create("sqlite", database=str(path))
    url: URL = request.getfixturevalue("make_postgres")(request.getfixturevalue("postgres_template"))
    return url


@pytest.fixture
def database(database_url: URL) -> Iterator[Engine]:
    engine = make_engine(database_url)
    yield engine
    engine.dispose()


@pytest.fixture
def session(database: Engine) -> Iterator[Session]:
    """A session in a writing transaction; a test that commits begins the next one itself."""
    with Session(database) as session:
        begin_writing(session)
        yield session


@pytest.fixture
def cast(session: Session) -> Cast:
    return hire(session, NOW)


@pytest.fixture
def lesson(session: Session) -> Lesson:
    """The test bank, published, with means to answer it."""
    return Lesson.begin(session, NOW)


def _migrate(url: URL) -> None:
    engine = make_engine(url)
    upgrade(engine, backup_to=None)
    engine.dispose()
