"""Courses: who belongs to them, their banks and assignments, the grades given, and the forecasts made."""

from datetime import date
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from quizapp.store.models.base import NEVER_AGAIN, Base, Instant, Key


class Course(Base):
    """A class; `code` lets people join while `open`."""

    __tablename__ = "course"
    __table_args__ = (NEVER_AGAIN,)

    id: Mapped[Key]
    name: Mapped[str] = mapped_column(String(200))
    note: Mapped[str] = mapped_column(Text, default="")
    code: Mapped[str] = mapped_column(String(16), unique=True)
    open: Mapped[bool] = mapped_column(default=True)
    zone: Mapped[str] = mapped_column(String(64), default="UTC")
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[Instant]
    created_by: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    archived_at: Mapped[Instant | None]


class Enrolment(Base):
    """Somebody's part in a course; who was removed keeps the row, and with it all they did, until they come back."""

    __tablename__ = "enrolment"
    __table_args__ = (
        CheckConstraint("role IN ('student', 'assistant', 'instructor')", name="role"),
        Index(None, "user_id"),
    )

    course_id: Mapped[int] = mapped_column(ForeignKey("course.id", ondelete="CASCADE"), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), primary_key=True)
    role: Mapped[str] = mapped_column(String(16))
    joined_at: Mapped[Instant]
    removed_at: Mapped[Instant | None]


class Invitation(Base):
    """A student on a roster who has no account yet: whoever signs up with the address is enrolled."""

    __tablename__ = "invitation"
    __table_args__ = (UniqueConstraint("course_id", "email"), Index(None, "email"), NEVER_AGAIN)

    id: Mapped[Key]
    course_id: Mapped[int] = mapped_column(ForeignKey("course.id", ondelete="CASCADE"))
    email: Mapped[str] = mapped_column(String(254))
    name: Mapped[str] = mapped_column(String(120), default="")
    created_at: Mapped[Instant]


class CourseBank(Base):
    """A bank that a course learns from; `editable` lets the course's instructors edit it."""

    __tablename__ = "course_bank"
    __table_args__ = (Index(None, "bank_id"),)

    course_id: Mapped[int] = mapped_column(ForeignKey("course.id", ondelete="CASCADE"), primary_key=True)
    bank_id: Mapped[int] = mapped_column(ForeignKey("bank.id", ondelete="CASCADE"), primary_key=True)
    editable: Mapped[bool] = mapped_column(default=False)
    added_at: Mapped[Instant]


class Assignment(Base):
    """Something a course is to do: practise to be ready by a date, or take a quiz.

    `scope` says what from (see `quizapp.actions.scope`). `blueprint` holds rows of bank, topic, form and number; an
    empty one takes `questions` from the scope. `feedback` is when answers are explained: now, at the end, after the
    due date or never. A `shuffled` quiz differs from student to student and attempt to attempt; otherwise `seed` makes
    it one for all. `popular` lets what the class confuses steer the distractors. `late_percent` is lost a day begun.
    """

    __tablename__ = "assignment"
    __table_args__ = (
        CheckConstraint("kind IN ('practice', 'quiz')", name="kind"),
        CheckConstraint("feedback IN ('now', 'end', 'due', 'never')", name="feedback"),
        CheckConstraint("late_rule IN ('refuse', 'accept', 'penalty')", name="late_rule"),
        CheckConstraint("late_percent BETWEEN 0 AND 100", name="late_percent"),
        Index(None, "course_id", "due_at"),
        NEVER_AGAIN,
    )

    id: Mapped[Key]
    course_id: Mapped[int] = mapped_column(ForeignKey("course.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(16))
    title: Mapped[str] = mapped_column(String(200))
    note: Mapped[str] = mapped_column(Text, default="")
    scope: Mapped[dict[str, Any]] = mapped_column(JSON)
    blueprint: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    questions: Mapped[int] = mapped_column(default=10)
    minutes: Mapped[int | None]
    attempts: Mapped[int | None]
    feedback: Mapped[str] = mapped_column(String(8), default="due")
    opens_at: Mapped[Instant | None]
    due_at: Mapped[Instant]
    closes_at: Mapped[Instant | None]
    late_rule: Mapped[str] = mapped_column(String(16), default="refuse")
    late_percent: Mapped[int] = mapped_column(default=0)
    shuffled: Mapped[bool] = mapped_column(default=True)
    popular: Mapped[bool] = mapped_column(default=False)
    seed: Mapped[int]
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[Instant]
    created_by: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    published_at: Mapped[Instant | None]
    archived_at: Mapped[Instant | None]


class Grade(Base):
    """What an attempt was found to be worth, and why; the newest row of an attempt counts, none is ever changed.

    `points` of `possible`, times `factor` for being late. `marks` holds the points of each slot. `key` names the cause,
    so that the same regrade does nothing twice.
    """

    __tablename__ = "grade"
    __table_args__ = (
        CheckConstraint("kind IN ('finished', 'regraded', 'set')", name="kind"),
        UniqueConstraint("attempt_id", "key"),
        NEVER_AGAIN,
    )

    id: Mapped[Key]
    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempt.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(16))
    key: Mapped[str] = mapped_column(String(64))
    points: Mapped[float]
    possible: Mapped[float]
    factor: Mapped[float] = mapped_column(default=1.0)
    marks: Mapped[dict[str, Any]] = mapped_column(JSON)
    reason: Mapped[str] = mapped_column(Text, default="")
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    at: Mapped[Instant]


class Forecast(Base):
    """What was expected, on a day, of an assignment's due date if nobody studies; an empty `topic` is all of it.

    `predicted` is the expected share of facts recalled by `students` of `facts`, with its 90 % interval.
    """

    __tablename__ = "forecast"

    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignment.id", ondelete="CASCADE"), primary_key=True)
    made_on: Mapped[date] = mapped_column(primary_key=True)
    topic: Mapped[str] = mapped_column(String(255), primary_key=True)
    students: Mapped[int]
    facts: Mapped[int]
    predicted: Mapped[float]
    low: Mapped[float]
    high: Mapped[float]
