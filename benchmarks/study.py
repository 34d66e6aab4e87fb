"""A learner in a database of their own, for measuring: publish the shipped banks, study day after day."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

from sqlalchemy import Engine, event
from sqlalchemy.orm import Session

from quizapp.actions import accounts, practice
from quizapp.actions.banks import publish_shipped
from quizapp.actions.demo_mind import Fields, Mind
from quizapp.actions.demo_people import ANNA
from quizapp.actions.scope import Scope
from quizapp.core.items import snapshot
from quizapp.store import learning, models, schema
from quizapp.store.engine import begin_writing, make_engine

EMAIL, PASSWORD = "learner@example.org", "study-a-little"
QUESTIONS = Path(__file__).parent.parent / "questions"


@dataclass(frozen=True, slots=True)
class Turn:
    """A question that waits, and what the learner will say to it."""

    item: int
    version: int
    form: str
    fields: Fields


@dataclass(slots=True)
class Study:
    """A learner who answers by a memory of their own; `now` moves on as they study."""

    engine: Engine
    learner: int
    now: datetime
    mind: Mind = field(default_factory=lambda: Mind(ANNA, Random(1)))

    def turns(self) -> Iterator[Turn]:
        """Give the questions of one day's sittings, each to be answered before the next is asked for."""
        self.now += timedelta(days=1)
        sitting = self._begin()
        while (turn := self._waiting(sitting)) is not None:
            self.now += timedelta(seconds=8)
            yield turn

    def answer(self, turn: Turn) -> None:
        """Answer a question as a request does: a session of its own, one transaction."""
        with Session(self.engine, expire_on_commit=False) as session:
            begin_writing(session)
            learner = session.get_one(models.User, self.learner)
            outcome = practice.submit_answer(
                session,
                learner,
                turn.item,
                fields=turn.fields,
                key=f"page-of-{turn.item}",
                version=turn.version,
                now=self.now,
            )
            session.commit()
        if not isinstance(outcome, practice.Answered):
            raise TypeError(f"the answer was not taken: {outcome}")

    def study(self, days: int) -> None:
        """Study for some days."""
        for _ in range(days):
            for turn in self.turns():
                self.answer(turn)

    def _begin(self) -> int:
        with Session(self.engine) as session:
            begin_writing(session)
            learner = session.get_one(models.User, self.learner)
            sitting = practice.start_sitting(session, learner, "practice", Scope(), now=self.now, seed=self.now.day)
            practice.serve_item(session, learner, sitting, now=self.now)
            session.commit()
            return sitting.id

    def _waiting(self, sitting: int) -> Turn | None:
        with Session(self.engine) as session:
            item = learning.open_item(session, sitting)
            if item is None:
                return None
            fields = self.mind.answer(snapshot.load(item.snapshot), self.now)
            if item.form == "flashcard":
                item.revealed_at = self.now
                session.commit()
            return Turn(item.id, item.version, item.form, fields)


def open_study(folder: Path, *, until: datetime | None = None) -> Study:
    """Make a database in a folder, with the shipped banks and one learner; days count on from `until`."""
    engine = make_engine(f"sqlite:///{folder / 'study.sqlite3'}")
    schema.upgrade(engine, backup_to=None)
    now = until or datetime(2026, 1, 1, 9, tzinfo=UTC)
    with Session(engine) as session:
        begin_writing(session)
        publish_shipped(session, QUESTIONS, now=now)
        user = accounts.add_user(
            session, email=EMAIL, name="Learner", role="student", password=PASSWORD, zone="Europe/Stockholm", now=now
        )
        user.minutes_a_day = 120
        session.commit()
        return Study(engine, user.id, now)


def statements_of(engine: Engine, deed: Callable[[], object]) -> list[str]:
    """Give the SQL statements a deed sends, without those that begin and end transactions."""
    sent: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if not statement.startswith("BEGIN"):
            sent.append(" ".join(statement.split()))

    event.listen(engine, "before_cursor_execute", note)
    try:
        deed()
    finally:
        event.remove(engine, "before_cursor_execute", note)
    return sent
