"""How the database is opened."""

import sqlite3
import threading
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import URL, Engine, text
from sqlalchemy.orm import Session

from quizapp.store import engine as opening
from quizapp.store.db import db, init_app
from quizapp.store.engine import MENDED_SQLITE, absolute, begin_writing, make_engine, sqlite_driver, sqlite_warning

PRAGMAS = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 5000, "mmap_size": 0}


def test_a_database_in_memory_is_refused() -> None:
    for url in ("sqlite://", "sqlite:///:memory:"):
        with pytest.raises(ValueError, match="must be a file"):
            make_engine(url)


def test_writing_begins_before_anything_is_read(session: Session) -> None:
    session.rollback()
    session.execute(text("SELECT 1"))
    with pytest.raises(RuntimeError, match="before anything is read"):
        begin_writing(session)


def test_a_relative_path_is_that_of_the_working_folder_of_the_start(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    assert absolute("sqlite:///a.sqlite3").database == str(tmp_path / "a.sqlite3")


def test_every_sqlite_connection_keeps_its_promises(sqlite_url: URL) -> None:
    engine = make_engine(sqlite_url)
    try:
        with engine.connect() as one, engine.connect() as two:
            for connection in (one, two):
                told = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar_one() for name in PRAGMAS}
                assert told == PRAGMAS
    finally:
        engine.dispose()


def test_flask_opens_the_database_as_the_rest_of_the_program_does(database_url: URL) -> None:
    app = Flask(__name__)
    init_app(app, str(database_url.render_as_string(hide_password=False)))
    with app.app_context():
        engine = db.engine
        if database_url.get_backend_name() == "sqlite":
            told = {name: db.session.execute(text(f"PRAGMA {name}")).scalar_one() for name in PRAGMAS}
            assert told == PRAGMAS
        else:
            assert db.session.execute(text("SHOW statement_timeout")).scalar_one() == "3s"
            assert db.session.execute(text("SHOW lock_timeout")).scalar_one() == "2s"
        db.session.rollback()
        begin_writing(db.session)
        db.session.rollback()
    engine.dispose()


def test_a_second_writer_waits_from_the_beginning_and_readers_go_on(sqlite_url: URL) -> None:
    engine = make_engine(sqlite_url)
    with Session(engine) as writer, Session(engine) as reader, Session(engine) as late:
        begin_writing(writer)
        assert reader.execute(text("SELECT count(*) FROM bank")).scalar_one() == 0
        late.connection().exec_driver_sql("PRAGMA busy_timeout = 1")
        late.rollback()
        with pytest.raises(Exception, match="database is locked"):
            begin_writing(late)
    engine.dispose()


def test_four_writers_lose_no_update(database: Engine) -> None:
    with database.begin() as connection:
        connection.execute(text("CREATE TABLE tally (id INTEGER PRIMARY KEY, value INTEGER NOT NULL)"))
        connection.execute(text("INSERT INTO tally VALUES (1, 0)"))
    errors: list[BaseException] = []
    read = "SELECT value FROM tally WHERE id = 1"
    if database.dialect.name == "postgresql":
        read += " FOR UPDATE"

    def count_up() -> None:
        try:
            for _ in range(50):
                with Session(database) as session:
                    begin_writing(session)
                    value = session.execute(text(read)).scalar_one()
                    session.execute(text("UPDATE tally SET value = :value WHERE id = 1"), {"value": value + 1})
                    session.commit()
        except Exception as error:  # noqa: BLE001 -- shown by the assertion below
            errors.append(error)

    threads = [threading.Thread(target=count_up) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    with database.connect() as connection:
        assert connection.execute(text("SELECT value FROM tally")).scalar_one() == 200


@pytest.mark.parametrize(
    ("own", "wheel", "chosen"),
    [((3, 40, 1), (3, 53, 4), "wheel"), ((3, 60, 0), (3, 53, 4), "own"), ((3, 53, 4), (3, 53, 4), "own")],
)
def test_the_newer_sqlite_is_chosen(
    own: tuple[int, ...],
    wheel: tuple[int, ...],
    chosen: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    drivers: dict[str, Any] = {
        "own": SimpleNamespace(sqlite_version_info=own),
        "wheel": SimpleNamespace(sqlite_version_info=wheel),
    }
    drivers["own"].dbapi2 = drivers["own"]
    monkeypatch.setattr(opening, "sqlite3", drivers["own"])
    monkeypatch.setattr(opening, "newer_sqlite", drivers["wheel"])
    assert sqlite_driver() is drivers[chosen]


def test_an_old_sqlite_is_warned_of(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "newer_sqlite", sqlite3.dbapi2)
    warned = sqlite_warning()
    if sqlite3.sqlite_version_info >= MENDED_SQLITE:
        assert warned is None
    else:
        assert warned is not None
        assert sqlite3.sqlite_version in warned


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> URL:
    path = tmp_path / "quizapp.sqlite3"
    path.write_bytes(sqlite_template.read_bytes())
    return URL.create("sqlite", database=str(path))
