"""A furnished site over each kind of database, and learners for it."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from reliability.cluster import Cluster, own_cluster
from reliability.crowd import furnish
from reliability.server import Server, running
from sqlalchemy import URL
from support.postgres import NO_BINARIES, binaries

LEARNERS = 8


@pytest.fixture(scope="session")
def furnished_sqlite(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("furnished") / "quizapp.sqlite3"
    shutil.copy(sqlite_template, path)
    furnish(URL.create("sqlite", database=str(path)), LEARNERS)
    return path


@pytest.fixture
def server(furnished_sqlite: Path, tmp_path: Path) -> Iterator[Server]:
    """The site over SQLite in a process of its own."""
    with running(tmp_path, copied(furnished_sqlite, tmp_path)) as server:
        yield server


@pytest.fixture(scope="module", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def shared_server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The site over each database in a process of its own; each test takes another learner."""
    folder = tmp_path_factory.mktemp("shared")
    if request.param == "sqlite":
        url = copied(request.getfixturevalue("furnished_sqlite"), folder)
    else:
        make: Callable[[str | None], URL] = request.getfixturevalue("make_postgres")
        url = make(request.getfixturevalue("postgres_template"))
        furnish(url, LEARNERS)
    with running(folder, url) as server:
        yield server


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    """A PostgreSQL server that a test may freeze and kill."""
    programs = binaries()
    if programs is None:
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(NO_BINARIES)
    with own_cluster(programs) as cluster:
        yield cluster


def copied(database: Path, folder: Path) -> URL:
    """Copy a SQLite database that nobody uses and give its address."""
    path = folder / "quizapp.sqlite3"
    shutil.copy(database, path)
    return URL.create("sqlite", database=str(path))
