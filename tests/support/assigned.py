"""A course with the test bank, a teacher and two students, and assignments for it."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session
from support.cast import Cast
from support.play import Fields, right

from quizapp.actions import assignments, attempts, quiz
from quizapp.actions.access import Seat
from quizapp.actions.answers import Outcome
from quizapp.actions.assignment_values import Values
from quizapp.actions.scope import Scope
from quizapp.store import models


@dataclass
class Classroom:
    """The course, and how its teacher and students act at a moment."""

    session: Session
    cast: Cast
    bank: models.Bank
    course: models.Course
    now: datetime
    turns: int = 0

    @property
    def place(self) -> Seat:
        """Give the seat of the teacher."""
        return Seat(self.course, "instructor")

    def values(self, **changes: Any) -> Values:
        """Give what a plain quiz says: six questions of the bank, due in a week, as often as one likes."""
        plain = Values(
            title="Week 1",
            due_at=self.now + timedelta(days=7),
            scope=Scope(banks=(self.bank.id,), ahead=True),
            questions=6,
            attempts=None,
        )
        return replace(plain, **changes)

    def assign(self, kind: str = "quiz", *, seed: int = 7, published: bool = True, **changes: Any) -> models.Assignment:
        """Make an assignment, published unless it is told otherwise."""
        values = self.values(**changes)
        made = assignments.create(self.session, self.cast.teacher, self.place, kind, values, now=self.now, seed=seed)
        if published:
            assignments.publish(self.session, self.cast.teacher, self.place, made.id, now=self.now)
        return made

    def start(self, assignment: models.Assignment, learner: models.User | None = None) -> models.Attempt:
        """Let a student, Astrid unless it is another, start or go on."""
        return attempts.start(self.session, learner or self.cast.astrid, assignment, now=self.now)

    def save(self, attempt: models.Attempt, slot: int, fields: Fields | None = None) -> Outcome:
        """Answer a question, rightly unless it is told otherwise."""
        self.turns += 1
        learner = self.session.get_one(models.User, attempt.learner_id)
        item = quiz.serve_slot(self.session, learner, attempt, slot)
        return quiz.save_answer(
            self.session,
            learner,
            item.id,
            fields=fields or right(item),
            key=f"class-key-{self.turns}",
            version=item.version,
            now=self.now,
        )

    def finish(self, attempt: models.Attempt) -> models.Attempt:
        """Let whose attempt it is hand it in."""
        learner = self.session.get_one(models.User, attempt.learner_id)
        return quiz.finish_attempt(self.session, learner, attempt.id, now=self.now)

    def asked(self, attempt: models.Attempt) -> list[tuple[str, Any]]:
        """Give form and content of each question, in order."""
        return [(item.form, item.snapshot) for item in quiz.items_of(self.session, attempt)]


def open_classroom(session: Session, cast: Cast, bank: models.Bank, now: datetime) -> Classroom:
    """Make the course: teacher, Astrid and Jussi; the outsider is in none."""
    course = models.Course(name="Sourcing", code="SOURCE", zone="Europe/Stockholm", created_at=now)
    session.add(course)
    session.flush()
    parts = ((cast.teacher, "instructor"), (cast.astrid, "student"), (cast.jussi, "student"))
    session.add_all(
        models.Enrolment(course_id=course.id, user_id=user.id, role=role, joined_at=now) for user, role in parts
    )
    session.add(models.CourseBank(course_id=course.id, bank_id=bank.id, added_at=now))
    session.flush()
    return Classroom(session, cast, bank, course, now)
