"""Cohorts without a database: students by chance, facts of two topics, memories as given."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

import numpy as np

from quizapp.core.insight.cohort import Cohort, Memories, cohort
from quizapp.core.insight.topics import CourseFact, Syllabus, Topic

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
SYLLABUS = Syllabus(
    (Topic("bank/models", 1, "Models"), Topic("bank", 1, "A bank")),
    tuple(CourseFact(id=10 + at, bank=1, key=f"f{at}", topic=at // 3, tags=frozenset({f"t{at}"})) for at in range(6)),
)


class Pupil(NamedTuple):
    """A student."""

    id: int
    name: str
    zone: str = "UTC"
    private: bool = False
    quiet_weekdays: str = ""
    joined_at: datetime = NOW - timedelta(days=40)


class Held(NamedTuple):
    """A memory: stability and days since the last review, days until due."""

    stability: float = 10.0
    ago: float = 5.0
    due: float = 5.0


def gathered(
    pupils: Sequence[Pupil],
    held: Mapping[tuple[int, int], Held],
    *,
    suspended: Sequence[tuple[int, int]] = (),
    prior: float = 0.3,
) -> Cohort:
    """Make a cohort; `held` maps (student, fact) by their ids."""
    keys, values = list(held), list(held.values())
    return cohort(
        pupils,
        SYLLABUS,
        Memories(
            np.array([student for student, _ in keys], dtype=np.int64),
            np.array([fact for _, fact in keys], dtype=np.int64),
            np.array([one.stability for one in values]),
            np.full(len(values), 5.0),
            np.array([int((NOW - timedelta(days=one.ago)).timestamp()) for one in values], dtype=np.int64),
            np.array([int((NOW + timedelta(days=one.due)).timestamp()) for one in values], dtype=np.int64),
        ),
        suspended,
        {1: prior},
        NOW,
    )


def pupils(number: int, private: int = 0) -> list[Pupil]:
    """Give so many students, the last of them private."""
    return [Pupil(at, f"Pupil {at:02}", private=at > number - private) for at in range(1, number + 1)]
