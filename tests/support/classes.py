"""A course with students for the pages of a class."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session
from support.lessons import Lesson

from quizapp.store import models

CARDS = ("cards.tco", "cards.sla")
CELLS = ("models.staff.in", "models.staff.out")


@dataclass
class Group:
    """A course that learns the test bank, with its students."""

    session: Session
    lesson: Lesson
    course: models.Course
    students: list[models.User]

    @classmethod
    def begin(
        cls, lesson: Lesson, teacher: models.User, students: Sequence[models.User] = (), *, code: str = "CLASS"
    ) -> "Group":
        """Open a course a month before the lesson's start."""
        session, at = lesson.session, lesson.start - timedelta(days=30)
        course = models.Course(name="Sourcing 1", code=code, zone="Europe/Stockholm", created_at=at)
        session.add(course)
        session.flush()
        session.add(models.CourseBank(course_id=course.id, bank_id=lesson.bank.id, added_at=at))
        made = cls(session, lesson, course, [])
        made.enrol(teacher, "instructor")
        for student in students:
            made.enrol(student)
        return made

    def enrol(self, user: models.User, role: str = "student") -> None:
        """Let somebody into the course."""
        at = self.lesson.start - timedelta(days=30)
        self.session.add(
            models.Enrolment(course_id=self.course.id, user_id=user.id, role=role, joined_at=at),
        )
        self.session.flush()
        if role == "student":
            self.students.append(user)

    def newcomers(self, number: int, *, private: bool = False) -> list[models.User]:
        """Add students by number."""
        made = []
        for _ in range(number):
            place = len(self.students) + 1
            name = f"{'Private' if private else 'Open'} {place}"
            user = models.User(
                email=f"student{place}@example.org",
                name=name,
                zone="Europe/Stockholm",
                private=private,
                created_at=self.lesson.start,
            )
            self.session.add(user)
            self.session.flush()
            self.enrol(user)
            made.append(user)
        return made

    def assign(self, kind: str = "practice", *, days: float = 14, **values: Any) -> models.Assignment:
        """Publish an assignment that is due some days after the lesson's start."""
        at = self.lesson.start - timedelta(days=20)
        scope = {"banks": [self.lesson.bank.id], "tags": [], "forms": [], "facts": [], "ahead": False}
        given: dict[str, Any] = {
            "title": f"The {kind}",
            "scope": scope,
            "blueprint": [],
            "seed": 1,
            "due_at": self.lesson.start + timedelta(days=days),
            "created_at": at,
            "published_at": at,
        }
        made = models.Assignment(course_id=self.course.id, kind=kind, **given | values)
        self.session.add(made)
        self.session.flush()
        return made

    def sit(
        self, assignment: models.Assignment, student: models.User, rights: Sequence[bool], at: datetime
    ) -> models.Attempt:
        """Hand in a first attempt with an answer to one fact after the other, typed."""
        items = [
            self.lesson.answer(student, key, days=(at - self.lesson.start) / timedelta(days=1), right=right)
            for key, right in zip((*CARDS, *CELLS), rights, strict=True)
        ]
        sitting = self.session.get_one(models.Sitting, items[0].sitting_id)
        for slot, item in enumerate(items, 1):
            item.slot, item.sitting_id = slot, sitting.id
        for review in self.session.query(models.Review).where(models.Review.item_id.in_([item.id for item in items])):
            review.sitting_id = sitting.id
        sitting.kind, sitting.assignment_id = "quiz", assignment.id
        attempt = models.Attempt(
            sitting_id=sitting.id,
            learner_id=student.id,
            feedback="end",
            questions=len(items),
            started_at=at,
            finished_at=at,
            points=float(sum(rights)),
            points_possible=float(len(items)),
            assignment_id=assignment.id,
        )
        self.session.add(attempt)
        self.session.flush()
        return attempt
