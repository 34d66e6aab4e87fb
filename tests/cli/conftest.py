"""The command line called in this process, and files to give it."""

from pathlib import Path

import pytest
from sqlalchemy import URL
from support.banks import SOURCING, SOURCING_SV
from support.command_line import Call, call_quizapp
from support.demo import make_small_demo


@pytest.fixture
def call() -> Call:
    """Run `quizapp` with arguments."""
    return call_quizapp


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with one bank and its Swedish overlay."""
    place = tmp_path / "banks"
    place.mkdir()
    (place / "sourcing-test.yaml").write_text(SOURCING, encoding="utf-8")
    (place / "sourcing-test.sv.yaml").write_text(SOURCING_SV, encoding="utf-8")
    return place


@pytest.fixture
def database(database_url: URL, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> URL:
    """The database that commands open: both kinds, named by the environment."""
    monkeypatch.setenv("QUIZAPP_DATABASE_URL", database_url.render_as_string(hide_password=False))
    monkeypatch.setenv("QUIZAPP_DATA", str(tmp_path / "data"))
    return database_url


@pytest.fixture(scope="session")
def small_demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The database of two learners of the demo; tests leave it as it is."""
    return make_small_demo(tmp_path_factory.mktemp("demo"))
