"""What the analysis of a course reads: first answers of its students to its banks, and what they mix up."""

from collections.abc import Collection, Sequence
from enum import StrEnum
from typing import Any, NamedTuple

import numpy as np
from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    SQLColumnExpression,
    Text,
    bindparam,
    case,
    cast,
    func,
    select,
    true,
)
from sqlalchemy.orm import Session, aliased

from quizapp.core.insight.classconfusions import Counted
from quizapp.core.insight.firstanswers import NOTHING, Answers, Numbers, earliest, picked
from quizapp.core.insight.model import Size
from quizapp.core.items.model import Form
from quizapp.store import models
from quizapp.store.learning import rows_of

AT_ONCE = 500
MILLION = 1_000_000

FORMS = tuple(Form)
"""Forms by their code in `Answers`."""

_CODES = {form.value: code for code, form in enumerate(FORMS)}
_Review, _Fact, _Sitting, _Confusion = models.Review, models.Fact, models.Sitting, models.Confusion
_Bank, _User, _Enrolment = models.Bank, models.User, models.Enrolment
_Undo = aliased(models.Review)


class Where(StrEnum):
    """Where first answers are taken from."""

    PRACTICE = "practice"
    TESTS = "tests"
    BOTH = "both"


class Shown(NamedTuple):
    """A question as it was shown and what the answer was found to be."""

    snapshot: dict[str, Any]
    result: dict[str, Any] | None


_BANKS = (
    select(_Bank.id, _Bank.key, _Bank.title, _Bank.version_id, models.BankVersion.facts)
    .join(models.CourseBank, models.CourseBank.bank_id == _Bank.id)
    .join(models.BankVersion, models.BankVersion.id == _Bank.version_id)
    .where(models.CourseBank.course_id == bindparam("course"), _Bank.archived_at.is_(None))
    .order_by(_Bank.title, _Bank.id)
)
_STUDENTS = select(_Enrolment.user_id).where(
    _Enrolment.course_id == bindparam("course"),
    _Enrolment.role == "student",
    _Enrolment.removed_at.is_(None),
)
_FACTS = (
    select(_Fact.id)
    .join(models.CourseBank, models.CourseBank.bank_id == _Fact.bank_id)
    .join(_Bank, _Bank.id == _Fact.bank_id)
    .where(
        models.CourseBank.course_id == bindparam("course"),
        _Fact.retired_at.is_(None),
        _Bank.archived_at.is_(None),
    )
)
_TAKEN_BACK = (
    select(_Undo.id)
    .where(_Undo.item_id == _Review.item_id, _Undo.ordinal == _Review.ordinal, _Undo.kind == "undo")
    .correlate(_Review)
    .exists()
)
_QUIZZES = select(_Sitting.id).where(_Sitting.kind == "quiz", _Sitting.learner_id.in_(_STUDENTS))
_FORM = case(_CODES, value=_Review.form)


def _gathered(column: SQLColumnExpression[Any]) -> ColumnElement[str]:
    return func.aggregate_strings(cast(column, Text), ",")


_ANSWERS = (
    select(
        _Review.learner_id,
        func.count(),
        _gathered(_Review.id),
        _gathered(_Review.sitting_id),
        _gathered(_Review.fact_id),
        _gathered(2 * _FORM + cast(_Review.right, Integer)),
        _gathered(cast(_Review.guess_rate * MILLION, Integer)),
        _gathered(func.coalesce(_Review.confused_with_id, 0)),
        _gathered(func.coalesce(_Review.shown, "")),
    )
    .where(
        _Review.kind == "answer",
        _Review.guess_rate < 1.0,
        _Review.sitting_id.is_not(None),
        _Review.fact_id.in_(_FACTS),
        _Review.learner_id.in_(_STUDENTS),
        ~_TAKEN_BACK,
    )
    .group_by(_Review.learner_id)
)
"""A row a learner, each column the values of all their answers with commas: fetching rows would take most of the time.

All columns of a row list the answers in the same order, whatever it is.
"""

_FIRST_EVER = _ANSWERS.where(_Review.was_new == true())
_IN_TESTS = _ANSWERS.where(_Review.sitting_id.in_(_QUIZZES))
_SHOWN = (
    select(_Review.id, models.Item.snapshot, models.Item.result)
    .join(models.Item, models.Item.id == _Review.item_id)
    .where(_Review.id.in_(bindparam("answers", expanding=True)))
)


def _mixed(whose: ColumnElement[bool]) -> Select[int, int, bool, int, int, int]:
    """Count over students, private people apart from the others."""
    return (
        select(
            _Confusion.fact_id,
            _Confusion.other_id,
            _User.private,
            func.count(),
            func.sum(_Confusion.shown),
            func.sum(_Confusion.chosen),
        )
        .join(_User, _User.id == _Confusion.learner_id)
        .where(whose, _Confusion.fact_id.in_(_FACTS), _Confusion.other_id.in_(_FACTS), _Confusion.shown > 0)
        .group_by(_Confusion.fact_id, _Confusion.other_id, _User.private)
    )


_OF_CLASS = _mixed(_Confusion.learner_id.in_(_STUDENTS))
_OF_STUDENT = _mixed(_Confusion.learner_id == bindparam("student"))


def banks_of(session: Session, course_id: int) -> list[Size]:
    """Give the published banks of a course, by title."""
    return [Size._make(row) for row in rows_of(session, _BANKS, {"course": course_id})]


def first_answers(session: Session, course_id: int, where: Where = Where.BOTH) -> Answers:
    """Give the first answers of a course's students to the facts of its banks; what was taken back never was.

    In tests it is the first answer in any quiz, known from practice or not; else the first ever, which `practice`
    takes only where it was not given in a quiz. A forced pair of a matching, where nothing was left to choose, is none.
    """
    statement = _IN_TESTS if where is Where.TESTS else _FIRST_EVER
    rows: list[tuple[Any, ...]] = list(map(tuple, rows_of(session, statement, {"course": course_id})))
    if not rows:
        return NOTHING
    answers, sittings = _columns(rows)
    keep = earliest(answers)
    if where is Where.PRACTICE:
        quizzes = [quiz for (quiz,) in rows_of(session, _QUIZZES, {"course": course_id})]
        keep &= ~np.isin(sittings, np.array(quizzes, dtype=np.int64))
    return picked(answers, keep)


def as_shown(session: Session, answers: Collection[int]) -> dict[int, Shown]:
    """Give the questions that answers were given to, by the key of the answer."""
    wanted = sorted(answers)
    found: dict[int, Shown] = {}
    for start in range(0, len(wanted), AT_ONCE):
        rows = rows_of(session, _SHOWN, {"answers": wanted[start : start + AT_ONCE]})
        found.update({answer: Shown(snapshot, result) for answer, snapshot, result in rows})
    return found


def mixed_up(session: Session, course_id: int) -> list[Counted]:
    """Count what the students of a course took for what, in its banks."""
    return [Counted._make(row) for row in rows_of(session, _OF_CLASS, {"course": course_id})]


def mixed_up_by(session: Session, course_id: int, student_id: int) -> list[Counted]:
    """Count what one student took for what, in the banks of a course."""
    values = {"course": course_id, "student": student_id}
    return [Counted._make(row) for row in rows_of(session, _OF_STUDENT, values)]


def _columns(rows: Sequence[tuple[Any, ...]]) -> tuple[Answers, Numbers]:
    """Take gathered answers apart, in order of time, and give the sitting of each."""
    learners, counts, *texts = zip(*rows, strict=True)
    *numbers, shown = (",".join(column) for column in texts)
    columns = [np.fromstring(column, dtype=np.int64, sep=",") for column in numbers]
    order = np.argsort(columns[0])
    key, sitting, fact, outcome, guess, chosen = (column[order] for column in columns)
    place = np.empty_like(order)
    place[order] = np.arange(len(order))
    answers = Answers(
        key=key,
        learner=np.repeat(np.array(learners, dtype=np.int64), counts)[order],
        fact=fact,
        form=outcome // 2,
        right=outcome % 2 == 1,
        guess=guess / MILLION,
        chosen=chosen,
        shown_at=np.repeat(place, _lengths(shown)),
        shown=np.fromstring(shown.replace(",", " "), dtype=np.int64, sep=" "),
    )
    return answers, sitting


def _lengths(lists: str) -> Numbers:
    """Count the numbers in each of many lists: numbers with spaces, lists with commas."""
    signs = np.frombuffer(lists.encode("ascii"), dtype=np.uint8)
    at = np.cumsum(signs == ord(","))
    count = int(at[-1]) + 1 if len(at) else 1
    spaces = np.bincount(at[signs == ord(" ")], minlength=count)
    return spaces + (np.bincount(at[signs > ord(",")], minlength=count) > 0)
