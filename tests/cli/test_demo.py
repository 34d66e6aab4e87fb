"""The demo's class: made by the program's own deeds, the same each time, and true to its log."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session
from support.demo import NOW, PEOPLE, make_small_demo

from quizapp.actions.accounts import authenticate
from quizapp.actions.data import verify
from quizapp.actions.demo_people import LOGINS, PASSWORD, ROLES
from quizapp.core.memory.days import study_day
from quizapp.store.engine import begin_writing, make_engine
from quizapp.store.models import Attempt, Confusion, DayTotal, Fact, Item, Memory, Review, Sitting, User


@pytest.fixture(scope="module")
def school(small_demo: Path) -> Iterator[Engine]:
    engine = make_engine(f"sqlite:///{small_demo}")
    yield engine
    engine.dispose()


@pytest.fixture
def demo(school: Engine) -> Iterator[Session]:
    with Session(school) as session:
        yield session


def anna(session: Session) -> int:
    return session.scalars(select(User.id).where(User.email == "anna@example.org")).one()


def test_everything_derived_agrees_with_the_log(demo: Session) -> None:
    assert verify(demo) == []


def test_nothing_happened_after_now_or_before_six_weeks_ago(demo: Session) -> None:
    first, last = demo.execute(select(func.min(Review.at), func.max(Review.at))).one()
    assert last < NOW
    assert (NOW - first).days <= 43


def test_the_log_is_written_in_the_order_of_time(demo: Session) -> None:
    for learner in demo.scalars(select(User.id)):
        times = demo.scalars(select(Review.at).where(Review.learner_id == learner).order_by(Review.id)).all()
        assert list(times) == sorted(times)


def test_nobody_is_left_in_the_middle_of_something(demo: Session) -> None:
    assert demo.scalar(select(func.count()).where(Sitting.ended_at.is_(None))) == 0
    assert demo.scalar(select(func.count()).where(Attempt.finished_at.is_(None))) == 0
    waiting = (Item.answered_at.is_(None), Item.undone_at.is_(None), Sitting.kind != "quiz")
    assert demo.scalar(select(func.count()).where(*waiting).select_from(Item).join(Sitting)) == 0


def test_the_student_has_a_streak_and_something_due(demo: Session) -> None:
    learner = anna(demo)
    today = study_day(NOW, "Europe/Stockholm")
    days = set(demo.scalars(select(DayTotal.day).where(DayTotal.learner_id == learner)))
    assert today not in days
    assert {(today - each).days for each in days} >= set(range(1, 8))
    due = demo.scalar(select(func.count()).where(Memory.learner_id == learner, Memory.due_at <= NOW))
    assert due is not None
    assert 8 <= due <= 70


def test_the_student_answers_mostly_right_in_every_form(demo: Session) -> None:
    rows = demo.execute(
        select(Review.form, func.count(), func.avg(Review.right)).where(Review.learner_id == anna(demo)).group_by(
            Review.form))  # fmt: skip
    shares = {form: share for form, _, share in rows}
    assert set(shares) == {"choice", "matching", "true-false", "cloze", "typed", "flashcard"}
    assert all(share > 0.5 for share in shares.values())


def test_kpo_is_taken_for_bpo_more_often_than_anything_else(demo: Session) -> None:
    rows = demo.execute(select(Confusion).where(Confusion.learner_id == anna(demo))).scalars().all()
    keys = dict(demo.execute(select(Fact.id, Fact.key)).all())
    chosen = {(keys[row.fact_id], keys[row.other_id]): row.chosen for row in rows if row.chosen}
    swapped = sum(count for (a, b), count in chosen.items() if {a.split(".")[-1], b.split(".")[-1]} == {"bpo", "kpo"})
    assert swapped > 0
    assert swapped >= max(chosen.values())


def test_who_stopped_two_weeks_ago_has_done_nothing_since(demo: Session) -> None:
    query = select(func.max(Review.at)).join(User, User.id == Review.learner_id).where(User.name == "David Nyström")
    last = demo.scalar(query)
    assert last is not None
    assert (NOW - last).days >= 13


def test_quizzes_were_taken_and_have_points(demo: Session) -> None:
    attempts = demo.scalars(select(Attempt)).all()
    own = [attempt for attempt in attempts if attempt.assignment_id is None]
    assert len(own) == sum(len(person.quizzes) for person in PEOPLE)
    assert len(own) < len(attempts)
    assert all(attempt.points is not None and attempt.points_possible == attempt.questions for attempt in attempts)


def test_the_printed_log_ins_work(school: Engine) -> None:
    with Session(school) as session:
        begin_writing(session)
        for email, role in LOGINS.items():
            user = authenticate(session, email=email, password=PASSWORD, now=NOW)
            assert user is not None
            assert user.role == ROLES.get(email, "student")
            assert role in {user.role, "assistant"}


def test_the_same_seed_and_time_make_the_same_class(tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    for folder in (one, two):
        folder.mkdir()
    assert log_of(make_small_demo(one, PEOPLE[1:])) == log_of(make_small_demo(two, PEOPLE[1:]))


def log_of(path: Path) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute('SELECT learner_id, fact_id, at, form, "right", weight FROM review').fetchall()
    assert rows
    return rows
