"""A small class out of the demo's, made once for all tests."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import URL

from quizapp.actions.demo import make_demo
from quizapp.actions.demo_people import ANNA, Person
from quizapp.actions.demo_people import PEOPLE as EVERYBODY
from quizapp.paths import bundled
from quizapp.store.engine import make_engine
from quizapp.store.schema import upgrade

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
"""A Friday morning."""

PEOPLE = (ANNA, next(person for person in EVERYBODY if person.name == "David Nyström"))


def make_small_demo(folder: Path, people: Sequence[Person] = PEOPLE) -> Path:
    """Make the class in a new file and give its path."""
    path = folder / "demo.sqlite3"
    engine = make_engine(URL.create("sqlite", database=str(path)))
    upgrade(engine, backup_to=None)
    make_demo(engine, bundled("questions"), now=NOW, seed=1, progress=lambda _done, _total: None, people=people)
    engine.dispose()
    return path
