"""A course whose students answer questions of the test bank, each question kept and graded as practice does."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from sqlalchemy.orm import Session
from support.lessons import Lesson

from quizapp.actions.record import record_graded
from quizapp.core.items import snapshot
from quizapp.core.items.generate import generate
from quizapp.core.items.grade import grade
from quizapp.core.items.model import (
    Answer,
    ChoiceAnswer,
    ChoiceItem,
    Form,
    Graded,
    Item,
    TrueFalseAnswer,
    TrueFalseItem,
    TypedAnswer,
    TypedItem,
)
from quizapp.store import library, models
from quizapp.store.ledger import settings_of

CAPTIVE, JOINT, THIRD = (f"ownership.{term}.definition" for term in ("captive", "joint", "third"))
OTHERS = ("cards.tco", "cards.sla", *(f"models.{of}.{way}" for of in ("staff", "control") for way in ("in", "out")))


@dataclass
class Answered:
    """The course and its students, in order."""

    session: Session
    lesson: Lesson
    course: models.Course
    students: list[models.User] = field(default_factory=list)
    rng: Random = field(default_factory=lambda: Random(5))
    asked: int = 0

    @classmethod
    def begin(cls, session: Session, lesson: Lesson, teacher: models.User, count: int) -> "Answered":
        """Open a course with the test bank, a teacher and so many students."""
        now = lesson.start
        course = models.Course(name="Sourcing 101", code="SOURCING", created_at=now)
        session.add(course)
        session.flush()
        session.add(models.CourseBank(course_id=course.id, bank_id=lesson.bank.id, added_at=now))
        session.add(models.Enrolment(course_id=course.id, user_id=teacher.id, role="instructor", joined_at=now))
        made = cls(session, lesson, course)
        for number in range(count):
            made.enrol(f"Student {number:02}")
        return made

    def enrol(self, name: str, *, private: bool = False) -> models.User:
        """Add a student."""
        now = self.lesson.start
        email = f"{name.replace(' ', '').lower()}@example.org"
        user = models.User(email=email, name=name, role="student", zone="UTC", created_at=now, private=private)
        self.session.add(user)
        self.session.flush()
        row = models.Enrolment(course_id=self.course.id, user_id=user.id, role="student", joined_at=now)
        self.session.add(row)
        self.session.flush()
        self.students.append(user)
        return user

    def meet(self, student: models.User, right: int) -> None:
        """Let a student type six other answers, so many of them right."""
        for at, key in enumerate(OTHERS):
            self.type(student, key, right=at < right)

    def choose(self, student: models.User, key: str, wrong: str = "", *, quiz: bool = False) -> models.Item:
        """Let a student choose the right value, or that of another fact."""
        core = self._made(key, Form.CHOICE)
        assert isinstance(core, ChoiceItem)
        token = next(each.token for each in core.options if (each.fact == wrong if wrong else each.correct))
        return self._record(student, core, ChoiceAnswer(token), quiz=quiz)

    def type(self, student: models.User, key: str, *, right: bool, text: str = "no idea at all") -> models.Item:
        """Let a student type the right answer or other words."""
        core = self._made(key, Form.TYPED)
        assert isinstance(core, TypedItem)
        return self._record(student, core, TypedAnswer(core.key if right else text))

    def judge(self, student: models.User, core: TrueFalseItem, *, says_true: bool) -> models.Item:
        """Let a student judge a sentence."""
        return self._record(student, core, TrueFalseAnswer(says_true))

    def _made(self, key: str, form: Form) -> Item:
        edition = library.edition(self.session, self.lesson.bank.version_id or 0, None)
        core = generate(edition, key, form, self.rng)
        assert core is not None, (key, form)
        return core

    def _record(self, student: models.User, core: Item, answer: Answer, *, quiz: bool = False) -> models.Item:
        self.asked += 1
        now: datetime = self.lesson.start + timedelta(minutes=self.asked)
        sitting = models.Sitting(
            learner_id=student.id, kind="quiz" if quiz else "practice", scope={}, plan={}, seed=1, started_at=now
        )
        self.session.add(sitting)
        self.session.flush()
        item = models.Item(
            learner_id=student.id,
            sitting_id=sitting.id,
            slot=1,
            bank_id=self.lesson.bank.id,
            version_id=self.lesson.bank.version_id,
            form=snapshot.dump(core)["form"],
            snapshot=snapshot.dump(core),
            served_at=now,
            answered_at=now,
            answer=snapshot.dump_answer(answer),
        )
        self.session.add(item)
        self.session.flush()
        graded = grade(core, answer)
        assert isinstance(graded, Graded)
        record_graded(self.session, item, core, graded, settings=settings_of(student), prior=0.3, now=now)
        self.session.flush()
        return item
