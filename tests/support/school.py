"""A running site with the shipped banks and a student who has practised for some days."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from flask import Flask
from sqlalchemy import Engine
from sqlalchemy.orm import Session
from support.cast import PASSWORD
from support.play import Player, right, wrong

from quizapp.actions import practice
from quizapp.actions.accounts import sign_up
from quizapp.actions.banks import publish_shipped
from quizapp.actions.scope import Scope
from quizapp.app import create_app
from quizapp.config import Config
from quizapp.paths import bundled
from quizapp.store import learning, models
from quizapp.store.db import db
from quizapp.store.engine import begin_writing, make_engine
from quizapp.store.schema import upgrade

STUDENT = "maja@example.org"
DAYS = 7


@dataclass
class School:
    """The application and its database."""

    app: Flask
    engine: Engine

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """Write behind the site's back; committed at the end."""
        with Session(self.engine, expire_on_commit=False) as session:
            begin_writing(session)
            yield session
            session.commit()


def build_school(folder: Path) -> None:
    """Publish the shipped banks and let the student practise for some days, wrongly now and then."""
    engine = make_engine(Config(data=str(folder)).url)
    upgrade(engine, backup_to=None)
    with Session(engine, expire_on_commit=False) as session:
        begin_writing(session)
        begun = datetime.now(UTC) - timedelta(days=DAYS + 1)
        publish_shipped(session, bundled("questions"), now=begun)
        student = sign_up(
            session,
            email=STUDENT,
            name="Maja",
            password=PASSWORD,
            zone="Europe/Stockholm",
            minutes_a_day=20,
            retention=0.9,
            now=begun,
        )
        for day in range(DAYS):
            _practise(session, student, DAYS - day)
        session.commit()
    engine.dispose()


def open_school(folder: Path) -> Iterator[School]:
    """Open the site over a folder that `build_school` filled, or a copy of it."""
    config = Config(data=str(folder), secret_key="k" * 40)
    school = School(create_app(config), make_engine(config.url))
    yield school
    school.engine.dispose()
    with school.app.app_context():
        db.engine.dispose()


def _practise(session: Session, learner: models.User, days_ago: int) -> None:
    player = Player(session, learner, datetime.now(UTC) - timedelta(days=days_ago))
    sitting = practice.start_sitting(session, learner, "practice", Scope(), now=player.now, seed=days_ago)
    item = practice.serve_item(session, learner, sitting, now=player.now)
    while item is not None:
        player.answer(item, wrong(item) if player.turns % 6 == 5 else right(item), key=f"day-{days_ago}-{player.turns}")
        item = learning.open_item(session, sitting.id)
