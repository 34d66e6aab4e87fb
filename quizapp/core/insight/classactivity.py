"""The activity of a class: who practised when and how long, who keeps up with an assignment, and who is at risk."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from statistics import median
from typing import Protocol

from quizapp.core.insight.cohort import Cohort, Student
from quizapp.core.insight.privacy import open_to_view
from quizapp.core.memory.days import ONE_DAY, study_day
from quizapp.core.memory.readiness import Floats

IDLE_DAYS, PILE, PILE_DAYS, READY_BELOW = 7, 20, 7, 0.6
"""When somebody is at risk: see `at_risk`."""

READY_FROM = 0.8
"""Ready for a date is who is expected to recall so much of it."""

NEVER = -1
LEVEL_MINUTES = (0.0, 5.0, 10.0, 20.0)
"""Minutes above which a day has shade 1 to 4."""


class Total(Protocol):
    """What a student did on a study day."""

    @property
    def learner(self) -> int:
        """Whose day it is."""

    @property
    def day(self) -> date:
        """The study day."""

    @property
    def reviews(self) -> int:
        """Answers."""

    @property
    def new(self) -> int:
        """Answers to new facts."""

    @property
    def seconds(self) -> float:
        """Time spent."""


@dataclass(frozen=True, slots=True)
class ClassDay:
    """One day of the class: how many practised, and their minutes together."""

    day: date
    students: int
    minutes: float


@dataclass(frozen=True, slots=True)
class StudentDays:
    """What a student did: minutes on each of the `days` shown (none for who practises privately), and their sums."""

    student: Student
    days: tuple[float, ...]
    practised: int
    minutes: float
    answers: int
    last: date | None


@dataclass(frozen=True, slots=True)
class Pace:
    """How a class keeps up with an assignment, over the students whose practice is open.

    `expected` days on which a student could have practised and `practised` ones (medians); `ready` of `students` are
    expected to recall enough on the date.
    """

    students: int
    expected: float
    practised: float
    ready: int


@dataclass(frozen=True, slots=True)
class Risk:
    """A student at risk and why, None for what is no reason.

    `idle` days without practice (-1: never practised), a growing `pile` of facts overdue, and a low `share` expected to
    be recalled on the next date.
    """

    student: Student
    idle: int | None
    pile: int | None
    share: float | None

    @property
    def reasons(self) -> int:
        """Count the reasons."""
        return sum(reason is not None for reason in (self.idle, self.pile, self.share))


def class_days(totals: Iterable[Total], students: Sequence[Student], first: date, today: date) -> list[ClassDay]:
    """Count who practised on each day; a private student counts on days when at least five of them practised."""
    people = {student.id: student for student in students}
    by_day: defaultdict[date, list[Total]] = defaultdict(list)
    for total in totals:
        if total.learner in people and total.reviews > 0:
            by_day[total.day].append(total)
    days = []
    for number in range((today - first).days + 1):
        day = first + timedelta(number)
        counts = open_to_view([people[total.learner] for total in by_day[day]])
        seen = [total for total in by_day[day] if total.learner in counts]
        days.append(ClassDay(day, len(seen), sum(total.seconds for total in seen) / 60))
    return days


def student_days(
    totals: Iterable[Total], students: Sequence[Student], last: Mapping[int, date], first: date, today: date
) -> list[StudentDays]:
    """Give each student's minutes on each day; `last` is each one's last day of practice."""
    by_student: defaultdict[int, dict[date, Total]] = defaultdict(dict)
    for total in totals:
        if first <= total.day <= today and total.reviews > 0:
            by_student[total.learner][total.day] = total
    span = [first + timedelta(number) for number in range((today - first).days + 1)]
    lines = []
    for student in students:
        if student.private:
            lines.append(StudentDays(student, (), 0, 0.0, 0, None))
            continue
        own = by_student[student.id]
        minutes = tuple(own[day].seconds / 60 if day in own else 0.0 for day in span)
        answers = sum(total.reviews for total in own.values())
        lines.append(StudentDays(student, minutes, len(own), sum(minutes), answers, last.get(student.id)))
    return lines


def level(minutes: float, *, practised: bool) -> int:
    """Shade a day 0 to 4 by its minutes; any practice at all is at least 1."""
    return max(sum(minutes > least for least in LEVEL_MINUTES), int(practised))


def pace(totals: Iterable[Total], cohort: Cohort, recall: Floats, begins: datetime, until: datetime) -> Pace | None:
    """Tell how the students with open practice keep up with an assignment that began; None where there are none.

    A student is expected to practise on each day from its beginning (or from when they joined) until now or its end,
    but on their quiet weekdays. `recall` is what is expected on the date of the assignment's facts.
    """
    named = [(row, student) for row, student in enumerate(cohort.students) if not student.private]
    if not named:
        return None
    done: defaultdict[int, set[date]] = defaultdict(set)
    for total in totals:
        if total.reviews > 0:
            done[total.learner].add(total.day)
    wanted, kept = [], []
    for _row, student in named:
        first, end = (study_day(at, student.zone) for at in (max(begins, student.joined_at), until))
        days = _expected_days(first, end, student.quiet_weekdays)
        wanted.append(len(days))
        kept.append(len(days & done[student.id]))
    ready = sum(float(recall[row].mean()) >= READY_FROM for row, _student in named) if recall.shape[1] else 0
    return Pace(len(named), median(wanted), median(kept), ready)


def at_risk(
    cohort: Cohort, totals: Iterable[Total], last: Mapping[int, date], shares: Floats | None, now: datetime
) -> list[Risk]:
    """Name who is at risk, with most reasons first; never anybody who practises privately.

    Idle: no practice for 7 days (or never, 7 days after joining); absence is among the best early signs of failing
    (Macfadyen & Dawson 2010, Computers & Education 54, 588-599). Pile: at least 20 facts overdue, and more of them fell
    due in the last 7 days than answers were given. Share: expected to recall less than 60 % on the next date (`shares`,
    one a student).
    """
    answered: defaultdict[int, int] = defaultdict(int)
    week = now.date() - PILE_DAYS * ONE_DAY
    for total in totals:
        if total.day > week:
            answered[total.learner] += total.reviews - total.new
    overdue = (cohort.due_in <= 0) & cohort.held.begun & ~cohort.held.closed
    piles, fell = overdue.sum(axis=1), (overdue & (cohort.due_in > -PILE_DAYS)).sum(axis=1)
    risks, today = [], {zone: study_day(now, zone) for zone in {student.zone for student in cohort.students}}
    for row, student in enumerate(cohort.students):
        if student.private:
            continue
        pile, grows = int(piles[row]), int(fell[row]) > answered[student.id]
        share = None if shares is None else float(shares[row])
        risk = Risk(
            student,
            _idle(student, last.get(student.id), today[student.zone]),
            pile if pile >= PILE and grows else None,
            share if share is not None and share < READY_BELOW else None,
        )
        if risk.reasons:
            risks.append(risk)
    return sorted(risks, key=lambda risk: (-risk.reasons, 1.0 if risk.share is None else risk.share, risk.student.name))


def _idle(student: Student, last: date | None, today: date) -> int | None:
    if last is None:
        return NEVER if (today - study_day(student.joined_at, student.zone)).days >= IDLE_DAYS else None
    days = (today - last).days
    return days if days >= IDLE_DAYS else None


@lru_cache(maxsize=256)
def _expected_days(first: date, last: date, quiet_weekdays: str) -> frozenset[date]:
    quiet = {int(day) for day in quiet_weekdays}
    days = (first + timedelta(number) for number in range((last - first).days + 1))
    return frozenset(day for day in days if day.weekday() not in quiet)
