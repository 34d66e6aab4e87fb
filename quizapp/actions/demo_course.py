"""The demo's course: its staff, its assignments with their dates around the day on which the demo is made."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from quizapp.actions import accounts, assignments, attempts, course_banks, courses, forecasting, people
from quizapp.actions.access import seat
from quizapp.actions.assignment_values import Values
from quizapp.actions.banks import publish_shipped
from quizapp.actions.demo_mind import Mind
from quizapp.actions.demo_people import ANNA, ASSISTANT, LOGINS, PASSWORD, ROLES, TEACHER, Person
from quizapp.actions.scope import Scope
from quizapp.core.memory.days import day_starts, study_day
from quizapp.store import library, models
from quizapp.store.engine import begin_writing

WEEKS = timedelta(weeks=6)
NAME = "Sourcing and services, autumn"
ZONE = "Europe/Stockholm"
NIGHTS = 30
"""So many nights before today the housekeeping wrote down what it expected of the dates to come."""

MORE_TIME = {"ulla@example.org": 50, "ivan@example.org": 25}
"""Who has how much more time, in per cent."""

PRIVATE = frozenset(f"{name}@example.org" for name in ("farid", "hanna", "lea", "petra", "sara", "zoran"))
"""Who practises privately."""


@dataclass(frozen=True, slots=True)
class Task:
    """An assignment: days from its opening and its due date to today (negative: still to come), due at `until` o'clock.

    `share` of the class hands it in while it is open, `late` of those who have not afterwards.
    """

    title: str
    kind: str
    opens: int
    due: int
    questions: int = 10
    minutes: int | None = None
    attempts: int = 1
    share: float = 0.0
    late: float = 0.0
    banks: tuple[str, ...] = ()
    until: float = 20.0
    shuffled: bool = True


TASKS = (
    Task("Terms of outsourcing", "quiz", 30, 24, questions=12, minutes=20, share=0.95, banks=("outsourcing",),
         shuffled=False),
    Task("BPO and KPO compared", "quiz", 14, 9, questions=15, minutes=25, attempts=2, share=0.8, late=0.4,
         banks=("bpo-and-kpo", "bpo-and-outsourcing"), shuffled=False),
    Task("Where the work is done", "quiz", 3, -3, questions=10, minutes=15, share=0.45),
    Task("Ready for the written exam", "practice", 14, -10, banks=("bpo-and-kpo", "outsourcing")),
    Task("Written exam", "quiz", -10, -10, questions=30, minutes=60, until=12.0, banks=("bpo-and-kpo", "outsourcing")),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class School:
    """Row ids of the teacher, the course, its students by address and its tasks by number; and what people know."""

    teacher: int
    course: int
    ids: Mapping[str, int]
    minds: Mapping[str, Mind]
    tasks: dict[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Sat:
    """Somebody sits down to a task, by its number in `TASKS`."""

    at: datetime
    person: Person
    task: int


def open_school(engine: Engine, questions: Path, people: Sequence[Person], *, now: datetime, seed: int) -> School:
    """Publish the banks, make the accounts and open the course, six weeks ago."""
    began = now - WEEKS
    with Session(engine) as session:
        begin_writing(session)
        publish_shipped(session, questions, now=began)
        staff = {email: _hire(session, email, role, began) for email, role in ROLES.items()}
        ids = {person.email: _enrol(session, person, began) for person in people}
        course = _open_course(session, staff[TEACHER], staff[ASSISTANT], ids, began=began)
        minds = {person.email: Mind(person, Random(f"{seed}:{person.email}")) for person in people}
        school = School(staff[TEACHER].id, course, ids, minds)
        session.commit()
    return school


def set_task(
    session: Session, teacher: models.User, course_id: int, number: int, *, now: datetime, at: datetime
) -> int:
    """Make and publish a task at its time; gives its row id."""
    task, place = TASKS[number], seat(session, teacher, course_id, "instructor")
    banks = [bank.id for bank in library.live_banks(session, teacher.id) if not task.banks or bank.key in task.banks]
    late = task.late > 0.0
    values = Values(
        title=task.title,
        due_at=_at(now, task.due, task.until),
        scope=Scope(banks=tuple(sorted(banks)), ahead=task.kind == "quiz"),
        questions=task.questions,
        minutes=task.minutes,
        attempts=task.attempts,
        opens_at=_at(now, task.opens, 9.0),
        closes_at=_at(now, task.due - 7, task.until) if late else None,
        late_rule="penalty" if late else "refuse",
        late_percent=5 if late else 0,
        shuffled=task.shuffled,
    )
    made = assignments.create(session, teacher, place, task.kind, values, now=at, seed=number + 1)
    assignments.publish(session, teacher, place, made.id, now=at)
    return made.id


def task_days(now: datetime) -> dict[int, datetime]:
    """Say when each task is set: when it opens, or two weeks ago where that is still to come."""
    return {number: _at(now, max(task.opens, 14), 8.0) for number, task in enumerate(TASKS)}


def sittings(everybody: Sequence[Person], now: datetime, seed: int) -> Iterator[Sat]:
    """Say who sits down to which task when; most do it on the last days."""
    for person in everybody:
        rng = Random(f"{seed}:tasks:{person.email}")
        for number, task in enumerate(TASKS):
            on_time, afterwards, near = rng.random() < task.share, rng.random() < task.late, rng.random() ** 2
            if task.kind == "practice" or task.opens < 0 or not (on_time or afterwards):
                continue
            last = max(task.due, 0.3)
            back = last + 0.1 + near * (task.opens - last - 0.2) if on_time else task.due - 1.0 - near * 5.0
            if person.habit.to_day <= back <= person.habit.from_day:
                yield Sat(_hour(now - timedelta(days=back), person, now), person, number)


def nights(now: datetime) -> Iterator[datetime]:
    """Give the moments at which the housekeeping ran."""
    for back in range(NIGHTS, -1, -1):
        at = day_starts(study_day(now, ZONE) - timedelta(days=back), ZONE)
        if at < now:
            yield at


def keep_house(session: Session, *, now: datetime) -> None:
    """Close what ran out of time and write down what is expected of dates to come."""
    attempts.close_overdue(session, now=now, limit=100)
    forecasting.record_forecasts(session, now=now)


def _hire(session: Session, email: str, role: str, began: datetime) -> models.User:
    name = f"{email.partition('@')[0].capitalize()} of the demo"
    return accounts.add_user(session, email=email, name=name, role=role, password=PASSWORD, zone=ANNA.zone, now=began)


def _enrol(session: Session, person: Person, began: datetime) -> int:
    user = accounts.add_user(
        session,
        email=person.email,
        name=person.name,
        role="student",
        password=PASSWORD if person.email in LOGINS else None,
        zone=person.zone,
        now=began,
    )
    user.minutes_a_day = person.habit.minutes
    session.flush()
    return user.id


def _open_course(
    session: Session, teacher: models.User, assistant: models.User, students: Mapping[str, int], *, began: datetime
) -> int:
    """Open the course when the class begins, with all banks and everybody in it; gives its row id."""
    course = courses.open_course(session, teacher, name=NAME, zone=ZONE, now=began)
    session.flush()
    for bank in library.live_banks(session, teacher.id):
        course_banks.add_bank(session, teacher, course.id, bank.id, share=False, now=began)
    people.add_person(session, teacher, course.id, email=assistant.email, role="assistant", now=began)
    for email, user_id in students.items():
        people.add_person(session, teacher, course.id, email=email, role="student", now=began)
        session.get_one(models.User, user_id).private = email in PRIVATE
        if email in MORE_TIME:
            people.set_accommodations(
                session,
                teacher,
                course.id,
                user_id,
                extra_time=MORE_TIME[email],
                no_time_limit=False,
                extra_attempts=0,
                now=began,
            )
    return course.id


def _at(now: datetime, back: int, hour: float) -> datetime:
    """Give an hour of the course's clock on a day before today (negative: after it)."""
    return day_starts(study_day(now, ZONE) - timedelta(days=back), ZONE) + timedelta(hours=hour - 4)


def _hour(at: datetime, person: Person, now: datetime) -> datetime:
    """Move a moment to the person's usual hour where that is not in the future."""
    usual = day_starts(study_day(at, person.zone), person.zone) + timedelta(hours=person.habit.hour - 4)
    return min(usual, at) if usual > now - timedelta(hours=3) else usual
