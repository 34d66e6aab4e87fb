"""A course whose students hand in quizzes about the test bank, for what becomes of their grades."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session
from support.banks import sourcing
from support.cast import Cast
from support.lessons import Lesson
from support.play import right, wrong

from quizapp.actions import quiz
from quizapp.actions.publishing import publish_bank
from quizapp.actions.scope import Scope
from quizapp.core.items import snapshot
from quizapp.core.items.model import ChoiceItem, TypedItem
from quizapp.store import models

ASKED = ("questions.forgotten-cost", "statements.captive-owned", "cards.tco", "cloze.arbitrage.1")
RIGHT_COST, OTHER_COST = "Handover", "Monthly wages"
_WRITTEN = ("right: The cost of transition", "text: The supplier's hourly rate")
_AS_ASKED = ((_WRITTEN[0], f"right: {RIGHT_COST}"), (_WRITTEN[1], f"text: {OTHER_COST}"))
SWAPPED = ((_WRITTEN[0], f"right: {OTHER_COST}"), (_WRITTEN[1], f"text: {RIGHT_COST}"))
"""An edit of the bank that makes another answer of the question right."""


@dataclass
class Class:
    """The course, its quiz, and what its students do."""

    session: Session
    cast: Cast
    lesson: Lesson
    course: models.Course
    quiz: models.Assignment
    now: datetime
    numbers: dict[int, int] = field(default_factory=dict)
    sent: int = 0

    @classmethod
    def begin(cls, session: Session, cast: Cast, lesson: Lesson, **values: Any) -> "Class":
        """Open a course with two students and a published quiz that is due in a week."""
        course = models.Course(name="Sourcing 101", code="ABCDEFGH", zone="Europe/Stockholm", created_at=lesson.start)
        session.add(course)
        session.flush()
        people = {"student": (cast.astrid, cast.jussi), "instructor": (cast.teacher,)}
        for role, members in people.items():
            for user in members:
                row = models.Enrolment(course_id=course.id, user_id=user.id, role=role, joined_at=lesson.start)
                session.add(row)
        made = assignment(session, course, lesson.start, **values)
        begun = cls(session, cast, lesson, course, made, lesson.start + timedelta(days=1))
        begun.publish()
        return begun

    def start(self, learner: models.User, *facts: str) -> models.Attempt:
        """Begin an attempt."""
        scope = Scope(facts=tuple(self.lesson.id(key) for key in facts or ASKED), ahead=True)
        settings = quiz.QuizSettings(scope, len(facts or ASKED), "end")
        attempt = quiz.start_attempt(self.session, learner, settings, now=self.now, seed=3)
        attempt.assignment_id = self.quiz.id
        self.numbers[learner.id] = attempt.number = self.numbers.get(learner.id, 0) + 1
        self.session.flush()
        return attempt

    def hand_in(
        self, learner: models.User, *, wrongly: Sequence[str] = (), at: datetime | None = None
    ) -> models.Attempt:
        """Take the quiz, some facts wrongly, and finish it."""
        attempt = self.start(learner)
        for item in self.items(attempt):
            key = snapshot.load(item.snapshot).head.facts[0]
            self.answer(learner, item, self.mistake(item) if key in wrongly else right(item))
        return quiz.finish_attempt(self.session, learner, attempt.id, now=at or self.now)

    def mistake(self, item: models.Item) -> Mapping[str, list[str]]:
        """Answer wrongly: to the question about costs with the hourly rate, to others with anything."""
        core = snapshot.load(item.snapshot)
        if isinstance(core, ChoiceItem):
            for option in core.options:
                if option.text == OTHER_COST:
                    return {"choice": [option.token]}
        return {"text": ["wage gap"]} if isinstance(core, TypedItem) else wrong(item)

    def answer(self, learner: models.User, item: models.Item, fields: Mapping[str, list[str]]) -> None:
        self.sent += 1
        quiz.save_answer(
            self.session, learner, item.id, fields=fields, key=f"k-{self.sent:05}", version=item.version, now=self.now
        )

    def items(self, attempt: models.Attempt) -> list[models.Item]:
        query = select(models.Item).where(models.Item.sitting_id == attempt.sitting_id).order_by(models.Item.slot)
        return list(self.session.scalars(query))

    def slot(self, attempt: models.Attempt, fact: str) -> int:
        """Find the slot in which a fact was asked."""
        return next(item.slot for item in self.items(attempt) if item.snapshot["head"]["facts"][0] == fact)

    def publish(self, *edits: tuple[str, str]) -> None:
        """Publish the test bank with edits; its question has a right answer that does not give itself away."""
        self.now += timedelta(hours=1)
        if not set(SWAPPED) <= set(edits):
            edits = (*edits, *_AS_ASKED)
        publish_bank(self.session, sourcing(*edits), origin="added", by=None, now=self.now)

    def grades(self, attempt: models.Attempt) -> list[models.Grade]:
        """Give every grade of an attempt, the first one first."""
        query = select(models.Grade).where(models.Grade.attempt_id == attempt.id).order_by(models.Grade.id)
        return list(self.session.scalars(query))


def assignment(session: Session, course: models.Course, start: datetime, **values: Any) -> models.Assignment:
    """Publish a quiz in a course."""
    made = models.Assignment(
        **{
            "course_id": course.id,
            "kind": "quiz",
            "title": "First quiz",
            "scope": {},
            "blueprint": [],
            "questions": len(ASKED),
            "due_at": start + timedelta(days=7),
            "seed": 3,
            "created_at": start,
            "published_at": start,
            **values,
        }
    )
    session.add(made)
    session.flush()
    return made
