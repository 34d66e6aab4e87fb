"""The class map: who keeps what, and who needs help."""

import pytest
from support.cohorts import SYLLABUS, Held, gathered, pupils

from quizapp.core.insight.classmap import HELP_BELOW, class_map, needs, student_lines
from quizapp.core.insight.cohort import Cohort
from quizapp.core.memory.readiness import recall_on

WEAK, STRONG = Held(stability=0.5, ago=30), Held(stability=200, ago=1)


def a_class(private: int = 0) -> Cohort:
    """Ten students who began the first topic; the first of them keeps little."""
    people = pupils(10, private=private)
    held = {(one.id, fact): WEAK if one.id == 1 else STRONG for one in people for fact in (10, 11, 12)}
    return gathered(people, held)


def test_what_nobody_has_begun_has_no_recall() -> None:
    cohort = a_class()
    found = class_map(cohort, recall_on(cohort.held, 0.0))
    assert [line.recall is None for line in found.facts] == [False] * 3 + [True] * 3
    assert [(line.begun, line.students) for line in found.facts] == [(10, 10)] * 3 + [(0, 10)] * 3
    assert found.begun == pytest.approx(0.5)
    assert [topic.begun for topic in found.topics] == [1.0, 0.0]


def test_means_are_over_who_has_begun() -> None:
    cohort = gathered(pupils(4), {(1, 10): STRONG, (2, 10): STRONG})
    (first, *_) = class_map(cohort, recall_on(cohort.held, 0.0)).facts
    assert first.recall is not None
    assert first.recall.mean > 0.95
    assert first.recall.students == first.begun == 2


def test_the_weak_student_needs_help_with_the_topic_begun() -> None:
    cohort = a_class()
    lines = student_lines(cohort, recall_on(cohort.held, 0.0))
    (need,) = needs(lines, SYLLABUS.topics)
    assert (need.student.name, need.topic.title) == ("Pupil 01", "Models")
    assert need.recall.mean < HELP_BELOW


def test_two_facts_say_nothing_about_a_student_yet() -> None:
    cohort = gathered(pupils(2), {(1, 10): WEAK, (1, 11): WEAK})
    assert needs(student_lines(cohort, recall_on(cohort.held, 0.0)), SYLLABUS.topics) == []


def test_the_worst_comes_first() -> None:
    people = pupils(2)
    held = {(one.id, fact): Held(stability=one.id, ago=200) for one in people for fact in range(10, 16)}
    cohort = gathered(people, held)
    found = needs(student_lines(cohort, recall_on(cohort.held, 0.0)), SYLLABUS.topics)
    assert [need.recall.mean for need in found] == sorted(need.recall.mean for need in found)
    assert [need.student.id for need in found] == [1, 1, 2, 2]


def test_a_private_student_has_a_line_without_figures_and_is_never_named() -> None:
    people = [one._replace(private=one.id == 1) for one in pupils(3)]
    cohort = gathered(people, {(one.id, fact): WEAK for one in people for fact in (10, 11, 12)})
    lines = student_lines(cohort, recall_on(cohort.held, 0.0))
    assert (lines[0].recall, lines[0].topics, lines[0].begun) == (None, (None, None), 0)
    assert {need.student.id for need in needs(lines, SYLLABUS.topics)} == {2, 3}


def test_no_figure_changes_with_one_of_four_private_students() -> None:
    people = pupils(8, private=4)
    shared = {(one.id, fact): STRONG for one in people[:7] for fact in range(10, 16)}
    before = gathered(people, shared)
    after = gathered(people, shared | {(8, fact): WEAK for fact in range(10, 16)})
    assert class_map(before, recall_on(before.held, 3)) == class_map(after, recall_on(after.held, 3))


def test_five_private_students_count() -> None:
    cohort = a_class(private=5)
    assert class_map(cohort, recall_on(cohort.held, 0.0)).facts[0].begun == 10
