"""What people did: sittings, items as shown, the review log, and what is folded from it."""

from datetime import date
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column

from quizapp.store.models.base import NEVER_AGAIN, Base, Instant, Key


class Sitting(Base):
    """A session of practice, matching, flashcards or a quiz.

    `scope` says what from (see `quizapp.actions.scope`); `plan` holds the facts chosen at the start, in order, and the
    recall assumed of a new fact of each bank.
    """

    __tablename__ = "sitting"
    __table_args__ = (
        CheckConstraint("kind IN ('practice', 'match', 'flashcards', 'quiz')", name="kind"),
        Index(None, "learner_id", "kind", "ended_at"),
        Index(None, "assignment_id"),
        NEVER_AGAIN,
    )

    id: Mapped[Key]
    learner_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(16))
    scope: Mapped[dict[str, Any]] = mapped_column(JSON)
    plan: Mapped[dict[str, Any]] = mapped_column(JSON)
    seed: Mapped[int]
    started_at: Mapped[Instant]
    ended_at: Mapped[Instant | None]
    assignment_id: Mapped[int | None] = mapped_column(ForeignKey("assignment.id", ondelete="SET NULL"))


class Attempt(Base):
    """A quiz on top of its sitting: settings fixed at the start, points when it is finished.

    An attempt at an assignment is numbered from 1 for each learner; `late` says that it was finished after the due
    date. A `preview` is a teacher's look at it: it counts for nothing and moves no memory.
    """

    __tablename__ = "attempt"
    __table_args__ = (
        CheckConstraint("feedback IN ('now', 'end')", name="feedback"),
        Index(None, "assignment_id", "learner_id"),
        Index(
            "ix_attempt_running",
            "deadline_at",
            sqlite_where=text("finished_at IS NULL"),
            postgresql_where=text("finished_at IS NULL"),
        ),
        NEVER_AGAIN,
    )

    id: Mapped[Key]
    sitting_id: Mapped[int] = mapped_column(ForeignKey("sitting.id", ondelete="CASCADE"), unique=True)
    learner_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), index=True)
    feedback: Mapped[str] = mapped_column(String(8))
    questions: Mapped[int]
    started_at: Mapped[Instant]
    deadline_at: Mapped[Instant | None]
    finished_at: Mapped[Instant | None]
    points: Mapped[float | None]
    points_possible: Mapped[float | None]
    assignment_id: Mapped[int | None] = mapped_column(ForeignKey("assignment.id", ondelete="SET NULL"))
    number: Mapped[int] = mapped_column(default=1, server_default=text("1"))
    late: Mapped[bool] = mapped_column(default=False, server_default=false())
    preview: Mapped[bool] = mapped_column(default=False, server_default=false())


class Item(Base):
    """One question as one learner saw it, with its key; answered at most once under `answer_key`.

    `version` is raised by every change, so that a second tab is told. `result` is set when the item is graded.
    `undone_at` is set when its answer is taken back, or when it is withdrawn before it had one.
    """

    __tablename__ = "item"
    __table_args__ = (
        UniqueConstraint("sitting_id", "slot"),
        UniqueConstraint("learner_id", "answer_key"),
        CheckConstraint("(answered_at IS NULL) = (answer IS NULL)", name="answered"),
        NEVER_AGAIN,
    )

    id: Mapped[Key]
    learner_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"))
    sitting_id: Mapped[int] = mapped_column(ForeignKey("sitting.id", ondelete="CASCADE"))
    slot: Mapped[int]
    bank_id: Mapped[int] = mapped_column(ForeignKey("bank.id", ondelete="CASCADE"))
    version_id: Mapped[int] = mapped_column(ForeignKey("bank_version.id", ondelete="RESTRICT"))
    form: Mapped[str] = mapped_column(String(16))
    snapshot: Mapped[dict[str, Any]] = mapped_column(JSON)
    version: Mapped[int] = mapped_column(default=1)
    served_at: Mapped[Instant]
    revealed_at: Mapped[Instant | None]
    answered_at: Mapped[Instant | None]
    graded_at: Mapped[Instant | None]
    answer: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    answer_key: Mapped[str | None] = mapped_column(String(64))
    result: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    undone_at: Mapped[Instant | None]


class Review(Base):
    """A row of the append-only log that memory is folded from.

    `kind`: answer, undo, reset, corrected, corrected-minor, moved. An undo row names the item whose answers fall.
    A moved row names the fact it takes over in `source_fact_id`. The question was in `language`, with a
    `second_language` beside it. `prior` is the recall that is assumed of a new fact, `was_new` whether it was one;
    `recall` what was predicted and `weight` what the answer proved (kept for the record, not read by the fold). `shown`
    lists the facts whose values stood beside the right one, as numbers with spaces.
    """

    __tablename__ = "review"
    __table_args__ = (
        UniqueConstraint("item_id", "ordinal", "kind"),
        CheckConstraint(
            "kind IN ('answer', 'undo', 'reset', 'corrected', 'corrected-minor', 'moved')",
            name="kind",
        ),
        Index(None, "learner_id", "fact_id"),
        Index(None, "learner_id", "at"),
        Index(None, "fact_id", "at"),
        Index(
            "ix_review_first_answers",
            "fact_id",
            "weight",
            sqlite_where=text("was_new = 1"),
            postgresql_where=text("was_new"),
        ),
        Index(None, "sitting_id"),
        NEVER_AGAIN,
    )

    id: Mapped[Key]
    learner_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"))
    fact_id: Mapped[int] = mapped_column(ForeignKey("fact.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(16))
    at: Mapped[Instant]
    study_day: Mapped[date]
    sitting_id: Mapped[int | None] = mapped_column(ForeignKey("sitting.id", ondelete="CASCADE"))
    item_id: Mapped[int | None] = mapped_column(ForeignKey("item.id", ondelete="CASCADE"))
    ordinal: Mapped[int] = mapped_column(default=0)
    form: Mapped[str | None] = mapped_column(String(16))
    surface: Mapped[str | None] = mapped_column(String(64))
    language: Mapped[str | None] = mapped_column(String(16))
    second_language: Mapped[str | None] = mapped_column(String(16))
    right: Mapped[bool | None]
    unsure: Mapped[bool | None]
    grade: Mapped[int | None]
    guess_rate: Mapped[float | None]
    prior: Mapped[float | None]
    was_new: Mapped[bool | None]
    recall: Mapped[float | None]
    weight: Mapped[float | None]
    first: Mapped[bool | None]
    seconds: Mapped[float | None]
    confused_with_id: Mapped[int | None] = mapped_column(ForeignKey("fact.id", ondelete="CASCADE"))
    shown: Mapped[str | None] = mapped_column(Text)
    source_fact_id: Mapped[int | None] = mapped_column(ForeignKey("fact.id", ondelete="CASCADE"))
    note: Mapped[str | None] = mapped_column(Text)


class Memory(Base):
    """FSRS state of one learner and one fact: the fold of their log."""

    __tablename__ = "memory"
    __table_args__ = (Index(None, "learner_id", "due_at"), Index(None, "fact_id"))

    learner_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), primary_key=True)
    fact_id: Mapped[int] = mapped_column(ForeignKey("fact.id", ondelete="CASCADE"), primary_key=True)
    stability: Mapped[float]
    difficulty: Mapped[float]
    reviewed_at: Mapped[Instant]
    due_at: Mapped[Instant]
    reviews: Mapped[int]
    lapses: Mapped[int]
    produced: Mapped[bool]
    sitting_id: Mapped[int]
    recall_then: Mapped[float]
    failed_last: Mapped[bool]
    form: Mapped[str] = mapped_column(String(16))
    surface: Mapped[str] = mapped_column(String(64), default="")
    version: Mapped[int] = mapped_column(default=1)


class Suspension(Base):
    """A fact that one learner does not want to be asked."""

    __tablename__ = "suspension"

    learner_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), primary_key=True)
    fact_id: Mapped[int] = mapped_column(ForeignKey("fact.id", ondelete="CASCADE"), primary_key=True)
    at: Mapped[Instant]


class DayTotal(Base):
    """What one learner did on one study day, kept in the transaction of each answer."""

    __tablename__ = "day_total"

    learner_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    reviews: Mapped[int] = mapped_column(default=0)
    right: Mapped[int] = mapped_column(default=0)
    new: Mapped[int] = mapped_column(default=0)
    seconds: Mapped[float] = mapped_column(default=0.0)


class Confusion(Base):
    """How often one learner, asked for a fact, was shown another fact's value and took it for the answer."""

    __tablename__ = "confusion"
    __table_args__ = (Index(None, "fact_id"),)

    learner_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), primary_key=True)
    fact_id: Mapped[int] = mapped_column(ForeignKey("fact.id", ondelete="CASCADE"), primary_key=True)
    other_id: Mapped[int] = mapped_column(ForeignKey("fact.id", ondelete="CASCADE"), primary_key=True)
    shown: Mapped[int] = mapped_column(default=0)
    chosen: Mapped[int] = mapped_column(default=0)
