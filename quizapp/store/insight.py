"""What home, progress and the pages of a bank read: statements built once, a few a page, none in a loop."""

from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import and_, bindparam, func, select
from sqlalchemy.orm import Session, aliased

from quizapp.core.insight.calibration import Prediction
from quizapp.core.insight.model import Day, Kept, Size
from quizapp.core.items.model import Form
from quizapp.store import models
from quizapp.store.rights import VISIBLE

_Bank, _Fact, _Memory, _Suspension = models.Bank, models.Fact, models.Memory, models.Suspension
_Other, _Review = aliased(models.Fact), models.Review
MOST_ATTEMPTS = 1000
MOST_ANSWERS = 20
MOST_MIXED = 200
MOST_PREDICTIONS = 600
_FORMS = {form.value: form for form in Form}


class Running(NamedTuple):
    """A sitting that was not ended; `attempt` is set where it is a quiz of one's own."""

    sitting: int
    kind: str
    started_at: datetime
    attempt: int | None
    deadline_at: datetime | None


class Mixed(NamedTuple):
    """How often, asked for one fact of a bank, a learner gave the value of another."""

    bank: int
    fact: int
    other: int
    chosen: int


class PastAnswer(NamedTuple):
    """One row of the log of a fact: an answer in a sitting, a reset or a correction."""

    at: datetime
    kind: str
    form: str | None
    right: bool | None
    unsure: bool | None
    sitting: int | None


class Past(NamedTuple):
    """A quiz of a learner's, for the list of them; `title` is that of the assignment, None for one of their own."""

    id: int
    started_at: datetime
    deadline_at: datetime | None
    finished_at: datetime | None
    questions: int
    points: float | None
    points_possible: float | None
    feedback: str
    title: str | None


_SIZES = (
    select(_Bank.id, _Bank.key, _Bank.title, _Bank.version_id, models.BankVersion.facts)
    .join(models.BankVersion, models.BankVersion.id == _Bank.version_id)
    .where(_Bank.archived_at.is_(None), VISIBLE)
    .order_by(_Bank.title, _Bank.id)
)
_KEPT = (
    select(
        _Memory.fact_id,
        _Fact.bank_id,
        _Fact.key,
        _Memory.stability,
        _Memory.difficulty,
        _Memory.reviewed_at,
        _Memory.due_at,
        _Memory.reviews,
        _Memory.lapses,
        _Memory.failed_last,
        _Suspension.fact_id.is_not(None),
    )
    .join(_Fact, _Fact.id == _Memory.fact_id)
    .join(_Bank, _Bank.id == _Fact.bank_id)
    .outerjoin(_Suspension, and_(_Suspension.learner_id == _Memory.learner_id, _Suspension.fact_id == _Memory.fact_id))
    .where(_Memory.learner_id == bindparam("learner"), _Fact.retired_at.is_(None), _Bank.archived_at.is_(None), VISIBLE)
)
_KEPT_OF_BANK = _KEPT.where(_Fact.bank_id == bindparam("bank"))
_DAYS = (
    select(
        models.DayTotal.day,
        models.DayTotal.reviews,
        models.DayTotal.right,
        models.DayTotal.new,
        models.DayTotal.seconds,
    )
    .where(models.DayTotal.learner_id == bindparam("learner"), models.DayTotal.day >= bindparam("since"))
    .order_by(models.DayTotal.day)
)
_RUNNING = (
    select(
        models.Sitting.id,
        models.Sitting.kind,
        models.Sitting.started_at,
        models.Attempt.id,
        models.Attempt.deadline_at,
    )
    .outerjoin(models.Attempt, models.Attempt.sitting_id == models.Sitting.id)
    .where(
        models.Sitting.learner_id == bindparam("learner"),
        models.Sitting.ended_at.is_(None),
        models.Attempt.assignment_id.is_(None),
    )
    .order_by(models.Sitting.started_at.desc())
    .limit(10)
)
_MIXED = (
    select(_Fact.bank_id, _Fact.id, _Other.id, models.Confusion.chosen)
    .join(_Fact, _Fact.id == models.Confusion.fact_id)
    .join(_Other, _Other.id == models.Confusion.other_id)
    .where(
        models.Confusion.learner_id == bindparam("learner"),
        models.Confusion.chosen > 0,
        _Fact.retired_at.is_(None),
        _Other.retired_at.is_(None),
    )
    .order_by(models.Confusion.chosen.desc(), _Fact.id)
    .limit(MOST_MIXED)
)
_SUSPENDED = (
    select(_Suspension.fact_id)
    .join(_Fact, _Fact.id == _Suspension.fact_id)
    .where(_Suspension.learner_id == bindparam("learner"), _Fact.bank_id == bindparam("bank"))
)
_PAST_ANSWERS = (
    select(_Review.at, _Review.kind, _Review.form, _Review.right, _Review.unsure, _Review.sitting_id)
    .outerjoin(models.Item, models.Item.id == models.Review.item_id)
    .where(
        models.Review.learner_id == bindparam("learner"),
        models.Review.fact_id == bindparam("fact"),
        models.Review.kind != "undo",
        models.Item.undone_at.is_(None),
    )
    .order_by(models.Review.id.desc())
    .limit(MOST_ANSWERS)
)
_NEWEST_GRADE = (
    select(func.max(models.Grade.id))
    .where(models.Grade.attempt_id == models.Attempt.id)
    .correlate(models.Attempt)
    .scalar_subquery()
)
_PAST = (
    select(
        models.Attempt.id,
        models.Attempt.started_at,
        models.Attempt.deadline_at,
        models.Attempt.finished_at,
        models.Attempt.questions,
        func.coalesce(models.Grade.points * models.Grade.factor, models.Attempt.points),
        func.coalesce(models.Grade.possible, models.Attempt.points_possible),
        models.Attempt.feedback,
        models.Assignment.title,
    )
    .outerjoin(models.Grade, models.Grade.id == _NEWEST_GRADE)
    .outerjoin(models.Assignment, models.Assignment.id == models.Attempt.assignment_id)
    .where(models.Attempt.learner_id == bindparam("learner"), models.Attempt.preview.is_(False))
    .order_by(models.Attempt.started_at.desc(), models.Attempt.id.desc())
    .limit(MOST_ATTEMPTS)
)


_PREDICTIONS = (
    select(models.Review.recall, models.Review.right, models.Review.form, models.Review.guess_rate)
    .where(
        models.Review.learner_id == bindparam("learner"),
        models.Review.kind == "answer",
        models.Review.first.is_(True),
        models.Review.was_new.is_(False),
        models.Review.recall.is_not(None),
        models.Review.guess_rate < 1.0,
    )
    .order_by(models.Review.id.desc())
    .limit(MOST_PREDICTIONS)
)


def sizes(session: Session, learner_id: int) -> list[Size]:
    """Give every published bank that a learner has and that is not archived, by title."""
    return [Size._make(row) for row in session.execute(_SIZES, {"learner": learner_id})]


def kept(session: Session, learner_id: int) -> list[Kept]:
    """Give what a learner keeps of every fact that is still asked."""
    return [Kept._make(row) for row in session.execute(_KEPT, {"learner": learner_id})]


def kept_of_bank(session: Session, learner_id: int, bank_id: int) -> list[Kept]:
    """Give what a learner keeps of one bank's facts."""
    return [Kept._make(row) for row in session.execute(_KEPT_OF_BANK, {"learner": learner_id, "bank": bank_id})]


def days(session: Session, learner_id: int, since: date) -> list[Day]:
    """Give a learner's study days from a day on, in order."""
    return [Day._make(row) for row in session.execute(_DAYS, {"learner": learner_id, "since": since})]


def running(session: Session, learner_id: int) -> list[Running]:
    """Give a learner's open sittings and quizzes, the latest first."""
    return [Running._make(row) for row in session.execute(_RUNNING, {"learner": learner_id})]


def mixed_up(session: Session, learner_id: int) -> list[Mixed]:
    """Give the pairs of facts that a learner confuses most."""
    return [Mixed._make(row) for row in session.execute(_MIXED, {"learner": learner_id})]


def predictions(session: Session, learner_id: int) -> list[Prediction]:
    """Give a learner's latest reviews as predictions: the first answer of each sitting to a fact asked before."""
    rows = session.execute(_PREDICTIONS, {"learner": learner_id})
    return [Prediction(row.recall, row.right, _FORMS[row.form], row.guess_rate) for row in rows]


def suspended(session: Session, learner_id: int, bank_id: int) -> frozenset[int]:
    """Give the facts of a bank that a learner does not want to be asked."""
    return frozenset(session.scalars(_SUSPENDED, {"learner": learner_id, "bank": bank_id}))


def past_answers(session: Session, learner_id: int, fact_id: int) -> list[PastAnswer]:
    """Give what happened last to a learner's memory of a fact, the latest first, without what was taken back."""
    rows = session.execute(_PAST_ANSWERS, {"learner": learner_id, "fact": fact_id})
    return [PastAnswer._make(row) for row in rows]


def past_attempts(session: Session, learner_id: int) -> list[Past]:
    """Give a learner's quizzes, the latest first."""
    return [Past._make(row) for row in session.execute(_PAST, {"learner": learner_id})]


def attempt_of_sitting(session: Session, learner_id: int, sitting_id: int) -> int | None:
    """Find the quiz of a learner's sitting."""
    query = select(models.Attempt.id).where(
        models.Attempt.sitting_id == sitting_id, models.Attempt.learner_id == learner_id
    )
    return session.scalar(query)
