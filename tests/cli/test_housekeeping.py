"""Attempts that ran out of time are closed by the running program, or by a command for a timer."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import monotonic, sleep

import pytest
from sqlalchemy import URL, Engine, func, select
from sqlalchemy.orm import Session
from support.assigned import open_classroom
from support.cast import hire
from support.command_line import Call
from support.lessons import Lesson

from quizapp.cli.housekeeping import close_all, housekeeping
from quizapp.store import models
from quizapp.store.backup import DATABASE_FILE
from quizapp.store.engine import begin_writing, make_engine

PATIENCE = 120.0
ATTEMPTS = 2


@pytest.fixture
def overdue(database_url: URL) -> Iterator[Engine]:
    """A database with attempts of two students whose time was up an hour ago."""
    engine = make_engine(database_url)
    then = datetime.now(UTC) - timedelta(hours=2)
    with Session(engine) as session:
        begin_writing(session)
        school = open_classroom(session, hire(session, then), Lesson.begin(session, then).bank, then)
        made = school.assign(minutes=5)
        for learner in (school.cast.astrid, school.cast.jussi):
            school.save(school.start(made, learner), 1)
        session.commit()
    yield engine
    engine.dispose()


def running(engine: Engine) -> int:
    with Session(engine) as session:
        query = select(func.count()).select_from(models.Attempt).where(models.Attempt.finished_at.is_(None))
        return session.scalar(query) or 0


def wait_until_closed(engine: Engine) -> None:
    end = monotonic() + PATIENCE
    while running(engine):
        assert monotonic() < end
        sleep(0.05)


def test_closing_closes_all_and_then_nothing(overdue: Engine) -> None:
    assert [close_all(overdue), close_all(overdue)] == [ATTEMPTS, 0]
    assert running(overdue) == 0


def test_the_running_program_closes_them_by_itself(overdue: Engine) -> None:
    with housekeeping(overdue, every=0.05):
        wait_until_closed(overdue)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_it_goes_on_when_the_database_comes_back(
    overdue: Engine, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    away = tmp_path.with_name(f"{tmp_path.name}-away")
    assert Path(str(overdue.url.database)).parent == tmp_path
    overdue.dispose()
    tmp_path.rename(away)
    with housekeeping(overdue, every=0.05):
        end = monotonic() + PATIENCE
        while not caplog.records:
            assert monotonic() < end
            sleep(0.05)
        away.rename(tmp_path)  # in one piece: nobody can open a new file in between
        wait_until_closed(overdue)
    assert "could not be closed" in caplog.text


def test_it_ends_with_the_program(overdue: Engine) -> None:
    with housekeeping(overdue, every=3600):
        wait_until_closed(overdue)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_timer_closes_them_and_writes_forecasts_by_a_command(
    call: Call, overdue: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("QUIZAPP_DATABASE_URL", raising=False)
    overdue.dispose()
    folder = tmp_path / "data"
    folder.mkdir()
    Path(str(overdue.url.database)).rename(folder / DATABASE_FILE)
    first = call("data", "close", "--json", "--data", folder)
    assert first.exit_code == 0
    done = json.loads(first.stdout)
    assert done["closed"] == ATTEMPTS
    assert done["forecasts"] > 0
    second = call("data", "close", "--data", folder)
    assert (second.exit_code, second.stdout) == (0, "0 attempts closed, 0 forecasts written\n")


def test_a_database_that_cannot_be_used_is_told_in_one_line(call: Call, tmp_path: Path) -> None:
    (tmp_path / "data" / DATABASE_FILE).mkdir(parents=True)
    result = call("data", "close", "--data", tmp_path / "data")
    assert result.exit_code == 1
    assert result.stderr.startswith("error: ")
