"""What a regrade would do, worked out before anything is done: who changes, by what, and why."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from quizapp.actions import gradebook
from quizapp.core.items import results, snapshot
from quizapp.core.items.editions import Editions
from quizapp.core.items.regrade import Cause, regrade
from quizapp.store import library, models

FULL, LEAVE_OUT = "full", "leave-out"
RUNNING, SET, EMPTY, LOWER = "running", "set", "empty", "lower"
_HAIR = 1e-9


@dataclass(frozen=True, slots=True)
class Policy:
    """How to regrade: `void` questions count as right for everybody (FULL) or not at all (LEAVE_OUT)."""

    void: str = FULL
    never_lower: bool = True


@dataclass(frozen=True, slots=True)
class SlotChange:
    """A question whose points change; None stands for a question that is left out of the total."""

    slot: int
    old: float | None
    new: float | None
    causes: tuple[Cause, ...]


@dataclass(frozen=True, slots=True)
class AttemptChange:
    """An attempt that gets another grade; `base` is the grade it has."""

    attempt_id: int
    learner_id: int
    student: str
    number: int
    base: int
    old: tuple[float, float]
    new: tuple[float, float]
    factor: float
    marks: Mapping[int, float | None]
    slots: tuple[SlotChange, ...]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """An attempt that keeps its grade: still running, set by hand, would be lower, or nothing is left to grade."""

    attempt_id: int
    student: str
    number: int
    why: str


@dataclass(frozen=True, slots=True)
class RegradePlan:
    """What a regrade does: `questions` counts in how many answers each cause was met; `digest` names this very plan."""

    policy: Policy
    attempts: int
    changes: tuple[AttemptChange, ...]
    left_out: tuple[LeftOut, ...]
    questions: tuple[tuple[Cause, int], ...]
    digest: str


_ATTEMPTS = (
    select(models.Attempt, models.User.name)
    .join(models.User, models.User.id == models.Attempt.learner_id)
    .where(models.Attempt.assignment_id == bindparam("assignment"), models.Attempt.preview.is_(False))
    .order_by(models.User.name, models.Attempt.learner_id, models.Attempt.number, models.Attempt.id)
)
_ITEMS = (
    select(
        models.Item.sitting_id,
        models.Item.slot,
        models.Item.bank_id,
        models.Item.version_id,
        models.Item.snapshot,
        models.Item.answer,
        models.Item.result,
    )
    .join(models.Attempt, models.Attempt.sitting_id == models.Item.sitting_id)
    .where(
        models.Attempt.assignment_id == bindparam("assignment"),
        models.Attempt.preview.is_(False),
        models.Attempt.finished_at.is_not(None),
    )
    .order_by(models.Item.sitting_id, models.Item.slot)
)


def plan_regrade(session: Session, assignment: models.Assignment, policy: Policy) -> RegradePlan:
    """Judge every finished attempt by the banks as they are published now, and say what would change.

    Attempts that are running, or whose grade somebody set by hand, are left out and named; so are those that would be
    worth less, unless the policy allows it. What a learner remembers is not touched: publishing dealt with that.
    """
    taken = session.execute(_ATTEMPTS, {"assignment": assignment.id}).all()
    grades = gradebook.current(session, [attempt.id for attempt, _ in taken])
    judge = _Judge(session, policy)
    slots: dict[int, list[_Judged]] = {}
    for row in session.execute(_ITEMS, {"assignment": assignment.id}):
        slots.setdefault(row.sitting_id, []).append(judge.item(row))
    changes: list[AttemptChange] = []
    left_out: list[LeftOut] = []
    for attempt, student in taken:
        found = _compare(attempt, student, grades.get(attempt.id), slots.get(attempt.sitting_id, []), policy)
        if isinstance(found, AttemptChange):
            changes.append(found)
        elif found is not None:
            left_out.append(found)
    return RegradePlan(
        policy=policy,
        attempts=len(taken),
        changes=tuple(changes),
        left_out=tuple(left_out),
        questions=tuple(judge.causes.most_common()),
        digest=_digest(assignment, policy, judge.versions, changes),
    )


@dataclass(frozen=True, slots=True)
class _Judged:
    slot: int
    points: float | None
    causes: tuple[Cause, ...]


class _Judge:
    """Judges items by the versions of now, each pair of versions compared once."""

    def __init__(self, session: Session, policy: Policy) -> None:
        self.versions: dict[int, int | None] = {}
        self.causes: Counter[Cause] = Counter()
        self._session = session
        self._full = policy.void == FULL
        self._editions: dict[tuple[int, int, str], Editions | None] = {}

    def item(self, row: Any) -> _Judged:  # noqa: ANN401 -- a row has no name for the types of its columns
        """Give an item's points by the facts of now; one made from the version of now has those it had at first."""
        first = results.load(row.result).score if row.result else 0.0
        version = self._version(row.bank_id)
        if version is None or version == row.version_id:
            return _Judged(row.slot, first, ())
        item = snapshot.load(row.snapshot)
        editions = self._pair(row.version_id, version, item.head.language)
        if editions is None:
            return _Judged(row.slot, first, ())
        found = regrade(item, snapshot.load_answer(row.answer) if row.answer else None, editions)
        self.causes.update(found.causes)
        return _Judged(row.slot, found.score(full=self._full), found.causes)

    def _version(self, bank_id: int) -> int | None:
        if bank_id not in self.versions:
            self.versions[bank_id] = self._session.get_one(models.Bank, bank_id).version_id
        return self.versions[bank_id]

    def _pair(self, then: int, now: int, language: str) -> Editions | None:
        """Lay two versions side by side; None where one of them does not have the language that was asked in."""
        key = (then, now, language)
        if key not in self._editions:
            old, new = (library.edition(self._session, version, language) for version in (then, now))
            self._editions[key] = Editions(old, new) if old.language == new.language == language else None
        return self._editions[key]


def _compare(
    attempt: models.Attempt, student: str, grade: models.Grade | None, judged: Sequence[_Judged], policy: Policy
) -> AttemptChange | LeftOut | None:
    if attempt.finished_at is None:
        return LeftOut(attempt.id, student, attempt.number, RUNNING)
    if grade is None:
        return None
    old, new = gradebook.marks_of(grade), {each.slot: each.points for each in judged}
    if old == new:
        return None
    worth = _worth(new)
    why = _why_not(grade, worth, policy)
    if why:
        return LeftOut(attempt.id, student, attempt.number, why)
    return AttemptChange(
        attempt_id=attempt.id,
        learner_id=attempt.learner_id,
        student=student,
        number=attempt.number,
        base=grade.id,
        old=(grade.points, grade.possible),
        new=worth,
        factor=grade.factor,
        marks=new,
        slots=tuple(
            SlotChange(each.slot, old.get(each.slot), each.points, each.causes)
            for each in judged
            if old.get(each.slot) != each.points
        ),
    )


def _worth(marks: Mapping[int, float | None]) -> tuple[float, float]:
    counted = [points for points in marks.values() if points is not None]
    return sum(counted), float(len(counted))


def _why_not(grade: models.Grade, worth: tuple[float, float], policy: Policy) -> str:
    if grade.kind == "set":
        return SET
    if not worth[1]:
        return EMPTY
    lower = worth[0] / worth[1] < grade.points / (grade.possible or 1.0) - _HAIR
    return LOWER if policy.never_lower and lower else ""


def _digest(
    assignment: models.Assignment, policy: Policy, versions: Mapping[int, int | None], changes: Sequence[AttemptChange]
) -> str:
    said = {
        "assignment": assignment.id,
        "void": policy.void,
        "never_lower": policy.never_lower,
        "versions": sorted(versions.items()),
        "changes": [[each.attempt_id, each.base, sorted(each.marks.items())] for each in changes],
    }
    return sha256(json.dumps(said).encode()).hexdigest()
