"""A furnished site over each kind of database, and learners for it."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import URL
from support.postgres import NO_BINARIES, binaries

from tests.reliability.cluster import Cluster, own_cluster
from tests.reliability.crowd import furnish
from tests.reliability.server import Server, running

LEARNERS = 8


@pytest.fixture(scope="session")
def furnished_sqlite(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("furnished") / "quizapp.sqlite3"
    shutil.copy(sqlite_template, path)
    furnish(URL.create("sqlite", database=str(path)), LEARNERS)
    return path


@pytest.fixture
def sqlite_url(furnished_sqlite: Path, tmp_path: Path) -> URL:
    """A SQLite database with the shipped banks and learners."""
    path = tmp_path / "quizapp.sqlite3"
    shutil.copy(furnished_sqlite, path)
    return URL.create("sqlite", database=str(path))


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def site_url(request: pytest.FixtureRequest) -> URL:
    """A database of each kind with the shipped banks and learners."""
    if request.param == "sqlite":
        url: URL = request.getfixturevalue("sqlite_url")
        return url
    make: Callable[[str | None], URL] = request.getfixturevalue("make_postgres")
    url = make(request.getfixturevalue("postgres_template"))
    furnish(url, LEARNERS)
    return url


@pytest.fixture
def server(sqlite_url: URL, tmp_path: Path) -> Iterator[Server]:
    """The site over SQLite in a process of its own."""
    with running(tmp_path, sqlite_url) as server:
        yield server


@pytest.fixture
def any_server(site_url: URL, tmp_path: Path) -> Iterator[Server]:
    """The site over each database in a process of its own."""
    with running(tmp_path, site_url) as server:
        yield server


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    """A PostgreSQL server that a test may freeze and kill."""
    programs = binaries()
    if programs is None:
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(NO_BINARIES)
    with own_cluster(programs) as cluster:
        yield cluster
