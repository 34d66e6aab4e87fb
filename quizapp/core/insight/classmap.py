"""The class map: how well a class keeps each fact and topic, and who needs help with what."""

from collections.abc import Sequence
from dataclasses import dataclass

from quizapp.core.insight import expected
from quizapp.core.insight.cohort import Cohort, Student
from quizapp.core.insight.expected import Expected
from quizapp.core.insight.topics import CourseFact, Topic
from quizapp.core.memory.readiness import Floats

HELP_BELOW = 0.7
"""Who would recall less than this share of what they have begun of a topic needs help with it."""

LEAST_FACTS = 3
"""A topic of which fewer facts were begun says nothing about a student yet."""


@dataclass(frozen=True, slots=True)
class FactLine:
    """A fact of the map: the mean recall of who has begun it (None: nobody), and how many of the students have."""

    fact: CourseFact
    recall: Expected | None
    begun: int
    students: int


@dataclass(frozen=True, slots=True)
class TopicLine:
    """A topic of the map: mean recall of what was begun, and how many of the pairs of student and fact were begun."""

    topic: Topic
    recall: Expected | None
    facts: int
    begun: float


@dataclass(frozen=True, slots=True)
class Need:
    """A student who needs help with a topic, by the recall of what they have begun of it."""

    student: Student
    topic: Topic
    recall: Expected


@dataclass(frozen=True, slots=True)
class StudentLine:
    """A student over all topics, in the order of the syllabus; all is None for who practises privately.

    `begun` counts facts, of `facts`.
    """

    student: Student
    recall: Expected | None
    topics: tuple[Expected | None, ...]
    begun: int
    facts: int


@dataclass(frozen=True, slots=True)
class ClassMap:
    """The whole class: recall of what was begun, and the share of all pairs of student and fact that was begun."""

    recall: Expected | None
    begun: float | None
    facts: tuple[FactLine, ...]
    topics: tuple[TopicLine, ...]


def class_map(cohort: Cohort, recall: Floats) -> ClassMap:
    """Gather recall (students x facts, see `readiness.recall_on`) by fact and topic; means are over what was begun."""
    begun, counted = cohort.begun, cohort.counted
    by_fact = expected.by_fact(recall, begun)
    lines = zip(cohort.syllabus.facts, by_fact, begun.sum(axis=0).tolist(), counted.sum(axis=0).tolist(), strict=True)
    places = cohort.syllabus.place_of_topics()
    return ClassMap(
        expected.over_class(recall, begun),
        _share(int(begun.sum()), int(counted.sum())),
        tuple(FactLine(*line) for line in lines),
        tuple(
            TopicLine(
                topic,
                expected.over_class(recall[:, places == place], begun[:, places == place]),
                int((places == place).sum()),
                _share(int(begun[:, places == place].sum()), int(counted[:, places == place].sum())) or 0.0,
            )
            for place, topic in enumerate(cohort.syllabus.topics)
            if (places == place).any()
        ),
    )


def student_lines(cohort: Cohort, recall: Floats) -> list[StudentLine]:
    """Set students against topics; whoever practises privately has a line without figures."""
    begun, places = cohort.held.begun, cohort.syllabus.place_of_topics()
    number = len(cohort.syllabus.topics)
    here = [places == topic for topic in range(number)]
    by_topic = [expected.of_students(recall[:, topic], begun[:, topic]) for topic in here]
    lines = []
    for row, (student, share) in enumerate(zip(cohort.students, expected.of_students(recall, begun), strict=True)):
        if student.private:
            lines.append(StudentLine(student, None, (None,) * number, 0, len(places)))
        else:
            topics = tuple(column[row] for column in by_topic)
            lines.append(StudentLine(student, share, topics, share.facts if share else 0, len(places)))
    return lines


def needs(lines: Sequence[StudentLine], topics: Sequence[Topic]) -> list[Need]:
    """Name who is below `HELP_BELOW` in what, with at least `LEAST_FACTS` facts begun, the worst first."""
    found = [
        Need(line.student, topic, recall)
        for line in lines
        for topic, recall in zip(topics, line.topics, strict=True)
        if recall is not None and recall.facts >= LEAST_FACTS and recall.mean < HELP_BELOW
    ]
    return sorted(found, key=lambda need: (need.recall.mean, need.student.name, need.topic.title))


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
