"""The running program writes down the day's forecasts by itself."""

from collections.abc import Iterator
from datetime import UTC, datetime
from time import monotonic, sleep

import pytest
from sqlalchemy import URL, Engine, func, select
from sqlalchemy.orm import Session
from support.cast import hire
from support.classes import Group
from support.lessons import Lesson

from quizapp.cli.housekeeping import housekeeping, write_forecasts
from quizapp.store import models
from quizapp.store.engine import begin_writing, make_engine

PATIENCE = 120.0


@pytest.fixture
def waiting(database_url: URL) -> Iterator[Engine]:
    """A database with a quiz whose date lies ahead."""
    now, engine = datetime.now(UTC), make_engine(database_url)
    with Session(engine) as session:
        begin_writing(session)
        cast, lesson = hire(session, now), Lesson.begin(session, now)
        Group.begin(lesson, cast.teacher, [cast.astrid, cast.jussi]).assign("quiz", days=5)
        session.commit()
    yield engine
    engine.dispose()


def written(engine: Engine) -> int:
    with Session(engine) as session:
        return session.scalar(select(func.count()).select_from(models.Forecast)) or 0


def test_forecasts_are_written_once_a_day(waiting: Engine) -> None:
    made = write_forecasts(waiting)
    assert made > 1
    assert written(waiting) == made
    assert write_forecasts(waiting) == 0
    assert written(waiting) == made


def test_the_running_program_writes_them(waiting: Engine) -> None:
    end = monotonic() + PATIENCE
    with housekeeping(waiting, every=0.05):
        while not written(waiting):
            assert monotonic() < end
            sleep(0.05)
