"""A cohort: memories in their places."""

import numpy as np
import pytest
from support.cohorts import NOW, Held, Pupil, gathered, pupils

from quizapp.core.insight.cohort import Memories, cohort
from quizapp.core.memory.readiness import recall_on


def test_each_memory_stands_where_it_belongs_and_others_are_left_out() -> None:
    found = gathered(pupils(2), {(2, 11): Held(4.0), (1, 15): Held(8.0), (9, 11): Held(), (1, 99): Held()})
    assert np.argwhere(found.held.begun).tolist() == [[0, 5], [1, 1]]
    assert found.held.stability[1, 1] == 4.0
    assert found.held.elapsed[0, 5] == pytest.approx(5.0)
    assert found.due_in[0, 5] == pytest.approx(5.0, abs=1e-3)
    assert np.isinf(found.due_in[0, 0])


def test_a_class_without_students_or_facts_is_empty() -> None:
    assert gathered([], {(1, 10): Held()}).held.begun.shape == (0, 6)
    assert gathered(pupils(1), {}).narrowed(np.zeros(6, dtype=np.bool_)).held.begun.shape == (1, 0)


def test_yesterday_evening_is_a_day_ago_but_this_morning_is_not() -> None:
    found = gathered(pupils(1), {(1, 10): Held(ago=0.6), (1, 11): Held(ago=0.05)})
    assert found.held.rested[0, :2].tolist() == [True, False]
    recall = recall_on(found.held, 0.0)
    assert recall[0, 0] < recall[0, 1]


def test_study_days_turn_where_each_student_lives() -> None:
    people = [Pupil(1, "Here"), Pupil(2, "Far east", zone="Pacific/Auckland")]
    held = {(1, 10): Held(ago=0.3), (2, 10): Held(ago=0.3)}
    assert gathered(people, held).held.rested[:, 0].tolist() == [True, False]


def test_four_private_students_are_left_out_of_a_fact_and_five_are_not() -> None:
    people = pupils(10, private=6)
    held = {(person.id, 10): Held() for person in people[-5:]} | {(person.id, 11): Held() for person in people[-4:]}
    found = gathered(people, held)
    assert found.begun.sum(axis=0).tolist() == [5, 0, 0, 0, 0, 0]
    assert found.counted[:, 0].all()
    assert found.counted[:, 1].tolist() == [True] * 4 + [False] * 6


def test_a_suspended_fact_is_closed_for_its_student_alone() -> None:
    found = gathered(pupils(2), {}, suspended=[(2, 12), (7, 12), (2, 99)])
    assert np.argwhere(found.held.closed).tolist() == [[1, 2]]


def test_narrowing_keeps_columns_and_their_facts() -> None:
    found = gathered(pupils(1), {(1, 13): Held(3.0)})
    part = found.narrowed(found.syllabus.within(tags={"t3", "t4"}))
    assert [fact.id for fact in part.syllabus.facts] == [13, 14]
    assert part.held.stability[0, 0] == 3.0
    assert part.syllabus.place_of_topics().tolist() == [1, 1]


def test_the_prior_is_the_banks_own_or_the_usual_one() -> None:
    known = gathered(pupils(1), {}, prior=0.5)
    none = np.zeros(0, dtype=np.int64)
    nothing = Memories(none, none, none.astype(float), none.astype(float), none, none)
    unknown = cohort(known.students, known.syllabus, nothing, [], {}, NOW)
    assert known.held.prior.tolist() == [0.5] * 6
    assert unknown.held.prior.tolist() == [pytest.approx(0.3)] * 6
