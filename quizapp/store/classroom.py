"""What a class keeps of its course's facts: a few statements a page, built once, none in a loop, no ORM objects."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import BigInteger, String, and_, bindparam, cast, extract, func, select, true
from sqlalchemy.orm import Session

from quizapp.core.insight.cohort import UNREAD, Cohort, Memories, cohort
from quizapp.core.insight.model import Size
from quizapp.core.insight.topics import Syllabus, syllabus
from quizapp.store import courses, library, models
from quizapp.store.learning import rows_of
from quizapp.store.supply import PRIOR_MINIMUM

_Bank, _Enrolment, _Fact = models.Bank, models.Enrolment, models.Fact
_Memory, _Review = models.Memory, models.Review

Also: TypeAlias = Literal["", "difficulty", "due"]

SCALE = 1000
"""Stability and difficulty travel as whole thousandths: numbers without a point are read many times faster."""


STUDENTS = (
    select(_Enrolment.user_id)
    .where(
        _Enrolment.course_id == bindparam("course"),
        _Enrolment.role == "student",
        _Enrolment.removed_at.is_(None),
    )
    .scalar_subquery()
)
_IS_LEARNT = and_(
    models.CourseBank.course_id == bindparam("course"),
    _Bank.archived_at.is_(None),
    _Bank.version_id.is_not(None),
    _Bank.visibility != "private",
)
_BANK_IDS = (
    select(_Bank.id).join(models.CourseBank, models.CourseBank.bank_id == _Bank.id).where(_IS_LEARNT).scalar_subquery()
)
FACTS = select(_Fact.id).where(_Fact.bank_id.in_(_BANK_IDS), _Fact.retired_at.is_(None)).scalar_subquery()
_BANKS = (
    select(_Bank.id, _Bank.key, _Bank.title, _Bank.version_id, models.BankVersion.facts)
    .join(models.CourseBank, models.CourseBank.bank_id == _Bank.id)
    .join(models.BankVersion, models.BankVersion.id == _Bank.version_id)
    .where(_IS_LEARNT)
    .order_by(_Bank.title, _Bank.id)
)


def _together(value: Any) -> Any:  # noqa: ANN401 -- any column
    """Join the whole numbers of a group into one text, which is read several times faster than rows."""
    return func.aggregate_strings(cast(value, String), ",")


def _memories_with(*columns: Any) -> Any:  # noqa: ANN401 -- any columns
    """Read a row a learner: how many memories, their facts, and so many numbers of each."""
    return (
        select(_Memory.learner_id, func.count(), _together(_Memory.fact_id), *map(_together, columns))
        .where(_Memory.learner_id.in_(STUDENTS), _Memory.fact_id.in_(FACTS))
        .group_by(_Memory.learner_id)
    )


_RECALL = (
    cast(_Memory.stability * SCALE, BigInteger),
    cast(extract("epoch", _Memory.reviewed_at), BigInteger),
)
_MEMORIES = {
    "": _memories_with(*_RECALL),
    "difficulty": _memories_with(*_RECALL, cast(_Memory.difficulty * SCALE, BigInteger)),
    "due": _memories_with(*_RECALL, cast(extract("epoch", _Memory.due_at), BigInteger)),
}
_SUSPENDED = select(models.Suspension.learner_id, models.Suspension.fact_id).where(
    models.Suspension.learner_id.in_(STUDENTS), models.Suspension.fact_id.in_(FACTS)
)
_FIRST_ANSWERS = (
    select(_Fact.bank_id, func.count(), func.sum(_Review.weight))
    .join(_Fact, _Fact.id == _Review.fact_id)
    .where(_Fact.bank_id.in_(_BANK_IDS), _Review.was_new == true())
    .group_by(_Fact.bank_id)
)
_PRIVATE_ANSWERS = _FIRST_ANSWERS.where(
    _Review.learner_id.in_(select(models.User.id).where(models.User.private == true()).scalar_subquery())
)


def banks(session: Session, course_id: int) -> list[Size]:
    """Give the banks that a course's students learn from, by title."""
    return [Size._make(row) for row in rows_of(session, _BANKS, {"course": course_id})]


def syllabus_of(session: Session, sizes: Iterable[Size], language: str | None) -> Syllabus:
    """Lay out what banks say, topics named in a language where a bank has it."""
    return syllabus(
        (size, library.edition(session, size.version_id, language), library.fact_ids(session, size.id))
        for size in sizes
    )


def cohort_of(session: Session, course_id: int, laid: Syllabus, now: datetime, *, also: Also = "") -> Cohort:
    """Give all that a course's students keep of its facts.

    Without `also` it is enough for recall; practice asks for difficulty too, and overdue facts for when they are due.
    What is not read stands as `cohort.UNREAD` difficulty and as due when last reviewed.
    """
    return cohort(
        courses.students(session, course_id),
        laid,
        memories(session, course_id, also=also),
        rows_of(session, _SUSPENDED, {"course": course_id}).all(),
        priors(session, course_id),
        now,
    )


def memories(session: Session, course_id: int, *, also: Also = "") -> Memories:
    """Give every memory that a course's students have of its facts, with what is also wanted of each."""
    rows = rows_of(session, _MEMORIES[also], {"course": course_id}).all()
    learners = np.repeat(_numbers(row[0] for row in rows), _numbers(row[1] for row in rows))
    texts = [list(column) for column in zip(*rows, strict=True)][2:] or [[]] * 3
    fact, stability, reviewed, *rest = map(_joined, texts)
    difficulty = rest[0] / SCALE if rest and also == "difficulty" else np.full(len(fact), UNREAD)
    due = rest[0] if rest and also == "due" else reviewed
    return Memories(learners, fact, stability / SCALE, difficulty, reviewed, due)


def priors(session: Session, course_id: int) -> dict[int, float]:
    """Give the share of facts known at the first answer by bank, where enough answers tell (see `supply.prior`).

    First answers of private people are taken off again: reading the few of them leaves the rest to an index.
    """
    private = {bank: (count, knew) for bank, count, knew in rows_of(session, _PRIVATE_ANSWERS, {"course": course_id})}
    found = {}
    for bank, count, knew in rows_of(session, _FIRST_ANSWERS, {"course": course_id}):
        less, known = private.get(bank, (0, 0.0))
        if count - less >= PRIOR_MINIMUM:
            found[bank] = min(max((float(knew or 0.0) - float(known or 0.0)) / (count - less), 0.05), 0.8)
    return found


def _numbers(values: Iterable[int]) -> NDArray[np.int64]:
    return np.fromiter(values, dtype=np.int64)


def _joined(texts: Sequence[str]) -> NDArray[np.int64]:
    """Read texts of whole numbers with commas between them."""
    return np.fromstring(",".join(texts), dtype=np.int64, sep=",") if texts else np.zeros(0, dtype=np.int64)
