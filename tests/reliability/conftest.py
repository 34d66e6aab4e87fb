"""A furnished site over each kind of database, and learners for it."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import URL
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
def site_url(furnished_sqlite: Path, tmp_path: Path) -> URL:
    """A SQLite database with the shipped banks and learners."""
    path = tmp_path / "quizapp.sqlite3"
    shutil.copy(furnished_sqlite, path)
    return URL.create("sqlite", database=str(path))


@pytest.fixture
def server(site_url: URL, tmp_path: Path) -> Iterator[Server]:
    """The site over SQLite in a process of its own."""
    with running(tmp_path, site_url) as server:
        yield server
