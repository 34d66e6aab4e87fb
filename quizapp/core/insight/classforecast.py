"""The forecast of a class: what it will recall on a date, what reteaching buys, and how forecasts came true."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple, Protocol

import numpy as np

from quizapp.core.insight import expected
from quizapp.core.insight.cohort import Cohort
from quizapp.core.insight.expected import Expected
from quizapp.core.insight.privacy import open_to_view
from quizapp.core.insight.topics import CourseFact, Topic
from quizapp.core.memory import readiness

RETAUGHT = 5
POINTS = 9
"""So many days at most are worked out for the line, the first and the last among them."""

MADE_BEFORE = (1, 3, 7)
"""Forecasts made so many days before the date are held against what came true."""

LEAST_ANSWERS = 20
"""Fewer answers are not enough data to hold a forecast against."""


@dataclass(frozen=True, slots=True)
class TopicOutlook:
    """A topic on the date: the share of its facts recalled if nobody studies, and if everybody practises."""

    topic: Topic
    facts: int
    alone: Expected | None
    practised: Expected | None


@dataclass(frozen=True, slots=True)
class Reteach:
    """A fact worth reteaching: its mean recall on the date as things are and if retaught now to all.

    `students` more would recall it than otherwise.
    """

    fact: CourseFact
    before: float
    after: float
    students: float


@dataclass(frozen=True, slots=True)
class ClassOutlook:
    """What a class will recall on a date; a fact nobody has begun counts with the recall assumed of a new one.

    `days` holds (days from now, share recalled if nobody studies); `begun` the share of pairs that were begun.
    """

    alone: Expected | None
    practised: Expected | None
    days: tuple[tuple[float, Expected], ...]
    topics: tuple[TopicOutlook, ...]
    reteach: tuple[Reteach, ...]
    begun: float


class Answer(Protocol):
    """A student's first answer to a fact in a quiz."""

    @property
    def learner(self) -> int:
        """Who answered."""

    @property
    def fact(self) -> int:
        """What was asked."""

    @property
    def right(self) -> bool:
        """Whether the answer was right."""

    @property
    def guess_rate(self) -> float:
        """The chance below 1 that one who does not know is marked right."""


class Forecast(Protocol):
    """A forecast as it was made; an empty topic is all of the assignment."""

    @property
    def made_on(self) -> date:
        """The study day it was made."""

    @property
    def topic(self) -> str:
        """The key of the topic."""

    @property
    def predicted(self) -> float:
        """The expected share, in [0, 1]."""

    @property
    def low(self) -> float:
        """Where its 90 % interval begins."""

    @property
    def high(self) -> float:
        """Where it ends."""

    @property
    def students(self) -> int:
        """How many students it was made of."""


class Kept(NamedTuple):
    """How one forecast, made so many days before, came true; `observed` is None while there are too few answers."""

    made: Forecast
    days_before: int
    observed: Expected | None
    answers: int


def outlook(cohort: Cohort, ahead: float, minutes: float) -> ClassOutlook:
    """Look ahead to a date, `ahead` days away, with everybody practising `minutes` a day or nobody at all."""
    held, counted = cohort.held, cohort.counted
    alone = readiness.recall_on(held, ahead)
    practised = readiness.recall_with_practice(held, ahead, minutes)
    pairs = int(counted.sum())
    return ClassOutlook(
        expected.over_class(alone, counted),
        expected.over_class(practised, counted),
        tuple(_days(cohort, ahead)),
        tuple(_topics(cohort, alone, practised)),
        tuple(retaught(cohort, ahead, alone)),
        int(cohort.begun.sum()) / pairs if pairs else 0.0,
    )


def retaught(cohort: Cohort, ahead: float, alone: readiness.Floats) -> list[Reteach]:
    """Name the facts whose reteaching now, to all, buys most on the date: the sum of gains over the students."""
    counted = cohort.counted
    n = counted.sum(axis=0)
    gains = np.where(counted, readiness.gain_of_reteaching(cohort.held, ahead), 0.0).sum(axis=0)
    before = np.where(counted, alone, 0.0).sum(axis=0)
    best = sorted(range(len(n)), key=lambda place: (-gains[place], place))[:RETAUGHT]
    return [
        Reteach(
            cohort.syllabus.facts[place],
            float(before[place] / n[place]),
            float((before[place] + gains[place]) / n[place]),
            float(gains[place]),
        )
        for place in best
        if gains[place] > 0
    ]


def by_topic(cohort: Cohort, ahead: float) -> dict[str, Expected]:
    """Give what a forecast is kept of: each topic by key, and all of them under the empty key."""
    alone, places = readiness.recall_on(cohort.held, ahead), cohort.syllabus.place_of_topics()
    found = {"": expected.over_class(alone, cohort.counted)}
    for place, topic in enumerate(cohort.syllabus.topics):
        here = places == place
        found[topic.key] = expected.over_class(alone[:, here], cohort.counted[:, here])
    return {key: one for key, one in found.items() if one is not None}


def observed(answers: Iterable[Answer], counts: Iterable[int]) -> tuple[Expected | None, int]:
    """Give the share of facts known at the first answer, and of how many answers; None for fewer than 20.

    Corrected for guessing: (x - g) / (1 - g) is without bias for what is known, x being 1 or 0 and g the guess rate
    (Lord & Novick, Statistical Theories of Mental Test Scores, 1968, chapter 14). Only students in `counts`.
    """
    known, by_student, facts = frozenset(counts), dict[int, list[float]](), set[int]()
    for answer in answers:
        if answer.learner in known:
            share = (answer.right - answer.guess_rate) / (1.0 - answer.guess_rate)
            by_student.setdefault(answer.learner, []).append(share)
            facts.add(answer.fact)
    number = sum(map(len, by_student.values()))
    if number < LEAST_ANSWERS:
        return None, number
    return expected.over_students(list(by_student.values()), len(facts)), number


def track(forecasts: Iterable[Forecast], answers: Sequence[Answer], due: date, cohort: Cohort) -> list[Kept]:
    """Hold the forecasts made 1, 3 and 7 days before a date against a quiz's first answers, by topic, all of it first.

    Private students count in a line by the rule of `privacy`: where at least five of them answered.
    """
    facts = {fact.id: cohort.syllabus.topics[fact.topic].key for fact in cohort.syllabus.facts}
    lines = []
    for made in forecasts:
        days = (due - made.made_on).days
        if days in MADE_BEFORE:
            those = [answer for answer in answers if not made.topic or facts.get(answer.fact) == made.topic]
            gave = {answer.learner for answer in those}
            counts = open_to_view([student for student in cohort.students if student.id in gave])
            lines.append(Kept(made, days, *observed(those, counts)))
    return sorted(lines, key=lambda line: (line.made.topic, line.days_before))


def _days(cohort: Cohort, ahead: float) -> Iterable[tuple[float, Expected]]:
    for at in np.linspace(0.0, ahead, min(POINTS, max(2, round(ahead) + 1))).tolist():
        share = expected.over_class(readiness.recall_on(cohort.held, at), cohort.counted)
        if share is not None:
            yield at, share


def _topics(cohort: Cohort, alone: readiness.Floats, practised: readiness.Floats) -> Iterable[TopicOutlook]:
    places = cohort.syllabus.place_of_topics()
    for place, topic in enumerate(cohort.syllabus.topics):
        here = places == place
        if here.any():
            counts = cohort.counted[:, here]
            yield TopicOutlook(
                topic,
                int(here.sum()),
                expected.over_class(alone[:, here], counts),
                expected.over_class(practised[:, here], counts),
            )
