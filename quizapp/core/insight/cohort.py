"""A cohort: what all students of a course keep of all its facts, as arrays of students x facts."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from quizapp.core.insight.privacy import counted
from quizapp.core.insight.topics import CourseFact, Syllabus
from quizapp.core.memory.days import day_starts, study_day
from quizapp.core.memory.model import Settings
from quizapp.core.memory.readiness import Flags, Floats, Holdings

DAY = 86_400

UNREAD = 5.0
"""The difficulty that stands where none was read."""


class Student(Protocol):
    """A student as the pages of a class need to know them."""

    @property
    def id(self) -> int:
        """The row id of the account."""

    @property
    def name(self) -> str:
        """What the class calls them."""

    @property
    def zone(self) -> str:
        """The zone of their study days."""

    @property
    def private(self) -> bool:
        """Whether they practise privately."""

    @property
    def quiet_weekdays(self) -> str:
        """The weekdays off, as digits, Monday 0."""

    @property
    def joined_at(self) -> datetime:
        """When they joined the course."""


@dataclass(frozen=True, slots=True)
class Memories:
    """Memories of many learners, one a place: row ids, stability in days, difficulty, instants in epoch seconds."""

    learner: NDArray[np.int64]
    fact: NDArray[np.int64]
    stability: NDArray[np.float64]
    difficulty: NDArray[np.float64]
    reviewed_at: NDArray[np.int64]
    due_at: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Cohort:
    """Students x facts: what is held now, in how many days each fact falls due, and who counts in figures of a class.

    `counted` leaves a private student out of every fact that fewer than five private ones have begun; a figure over
    several facts is made of its facts' figures, so that none can be found by subtraction.
    """

    students: tuple[Student, ...]
    syllabus: Syllabus
    held: Holdings
    due_in: Floats
    counted: Flags

    @property
    def begun(self) -> Flags:
        """Who counts and has begun the fact."""
        return self.held.begun & self.counted

    @property
    def named(self) -> NDArray[np.bool_]:
        """Who may be shown by name, one a student."""
        return np.array([not student.private for student in self.students], dtype=np.bool_)

    def narrowed(self, facts: NDArray[np.bool_]) -> "Cohort":
        """Keep some of the facts, with all topics in their places."""
        held = self.held
        return replace(
            self,
            syllabus=Syllabus(self.syllabus.topics, _kept(self.syllabus.facts, facts)),
            held=Holdings(
                held.begun[:, facts],
                held.stability[:, facts],
                held.difficulty[:, facts],
                held.elapsed[:, facts],
                held.rested[:, facts],
                held.closed[:, facts],
                held.prior[facts],
            ),
            due_in=self.due_in[:, facts],
            counted=self.counted[:, facts],
        )


def cohort(
    students: Sequence[Student],
    syllabus: Syllabus,
    memories: Memories,
    suspended: Iterable[tuple[int, int]],
    priors: Mapping[int, float],
    now: datetime,
) -> Cohort:
    """Put memories in their places; `suspended` are (learner, fact), `priors` the recall of a new fact by bank.

    Memories of other people and facts are left out.
    """
    people, facts = [student.id for student in students], [fact.id for fact in syllabus.facts]
    row, column = _places(people, memories.learner), _places(facts, memories.fact)
    here = (row >= 0) & (column >= 0)
    at = row[here], column[here]
    shape = len(people), len(facts)
    begun = np.zeros(shape, dtype=np.bool_)
    begun[at] = True
    elapsed = (now.timestamp() - memories.reviewed_at[here]) / DAY
    zones = {zone: _today(zone, now) for zone in {student.zone for student in students}}
    today = np.array([zones[student.zone] for student in students])
    rested = memories.reviewed_at[here] < today[at[0]] if people else np.zeros(0, dtype=np.bool_)
    held = Holdings(
        begun,
        _spread(shape, at, memories.stability[here], 1.0),
        _spread(shape, at, memories.difficulty[here], UNREAD),
        _spread(shape, at, np.maximum(elapsed, 0.0), 0.0),
        _spread(shape, at, rested, 1.0) > 0,
        _closed(shape, people, facts, suspended),
        np.array([priors.get(fact.bank, Settings().prior) for fact in syllabus.facts], dtype=np.float32),
    )
    due_in = _spread(shape, at, (memories.due_at[here] - now.timestamp()) / DAY, np.inf)
    private = np.array([student.private for student in students], dtype=np.bool_)
    return Cohort(tuple(students), syllabus, held, due_in, counted(begun, private))


def _places(known: Sequence[int], wanted: NDArray[np.int64]) -> NDArray[np.intp]:
    """Find row ids in a list of them by place; -1 for who is not in it."""
    if not known:
        return np.full(len(wanted), -1, dtype=np.intp)
    ids = np.array(known, dtype=np.int64)
    order = np.argsort(ids)
    found = order[np.clip(np.searchsorted(ids, wanted, sorter=order), 0, len(ids) - 1)]
    return np.where(ids[found] == wanted, found, -1)


def _spread(
    shape: tuple[int, int], at: tuple[NDArray[np.intp], NDArray[np.intp]], values: NDArray[np.generic], rest: float
) -> Floats:
    table = np.full(shape, rest, dtype=np.float32)
    table[at] = values
    return table


def _closed(
    shape: tuple[int, int], people: Sequence[int], facts: Sequence[int], suspended: Iterable[tuple[int, int]]
) -> Flags:
    rows = {person: place for place, person in enumerate(people)}
    columns = {fact: place for place, fact in enumerate(facts)}
    table = np.zeros(shape, dtype=np.bool_)
    for person, fact in suspended:
        if person in rows and fact in columns:
            table[rows[person], columns[fact]] = True
    return table


def _today(zone: str, now: datetime) -> float:
    return day_starts(study_day(now, zone), zone).timestamp()


def _kept(facts: Collection[CourseFact], wanted: NDArray[np.bool_]) -> tuple[CourseFact, ...]:
    return tuple(fact for fact, stays in zip(facts, wanted.tolist(), strict=True) if stays)
