"""First answers and mix-ups of a course, read from the log."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy.orm import Session
from support.answered import CAPTIVE, JOINT, THIRD, Answered
from support.cast import Cast
from support.lessons import Lesson

from quizapp.actions.taking_back import take_back
from quizapp.core.insight.itemanalysis import analyse
from quizapp.store import analysis, models
from quizapp.store.analysis import FORMS, Where
from quizapp.store.ledger import settings_of


@pytest.fixture
def school(session: Session, lesson: Lesson, cast: Cast) -> Answered:
    return Answered.begin(session, lesson, cast.teacher, 4)


def read(school: Answered, where: Where = Where.BOTH) -> list[tuple[int, str, bool, int, list[int]]]:
    """Give (student, form, right, chosen, shown) of the first answers, in order of time."""
    found = analysis.first_answers(school.session, school.course.id, where)
    return [
        (
            int(found.learner[at]),
            FORMS[int(found.form[at])].value,
            bool(found.right[at]),
            int(found.chosen[at]),
            found.shown[found.shown_at == at].tolist(),
        )
        for at in range(len(found.key))
    ]


def test_a_course_without_answers_has_none(school: Answered) -> None:
    assert read(school) == read(school, Where.TESTS) == read(school, Where.PRACTICE) == []
    assert analyse(analysis.first_answers(school.session, school.course.id)) == []


def test_a_first_answer_tells_who_gave_what_beside_what(school: Answered) -> None:
    one, other, *_ = school.students
    ids = {key: school.lesson.id(key) for key in (CAPTIVE, JOINT, THIRD)}
    school.choose(one, CAPTIVE, JOINT)
    school.type(other, "cards.tco", right=True)
    assert read(school) == [
        (one.id, "choice", False, ids[JOINT], sorted([ids[JOINT], ids[THIRD]])),
        (other.id, "typed", True, 0, []),
    ]


def test_later_answers_and_those_taken_back_do_not_count(school: Answered, now: datetime) -> None:
    one, other, *_ = school.students
    school.choose(one, CAPTIVE)
    school.choose(one, CAPTIVE, JOINT)
    undone = school.choose(other, CAPTIVE, JOINT)
    take_back(school.session, other, undone, settings=settings_of(other), now=now + timedelta(days=1))
    school.choose(other, CAPTIVE)
    assert [(learner, right) for learner, _, right, *_ in read(school)] == [(one.id, True), (other.id, True)]


def test_a_reset_does_not_make_a_second_first_answer(school: Answered) -> None:
    one = school.students[0]
    school.choose(one, CAPTIVE, JOINT)
    school.session.query(models.Memory).filter_by(learner_id=one.id).delete()
    school.choose(one, CAPTIVE)
    assert [right for _, _, right, *_ in read(school)] == [False]


def test_in_tests_the_first_answer_of_a_quiz_counts_and_in_practice_only_what_was_new_there(school: Answered) -> None:
    one, other, *_ = school.students
    school.choose(one, CAPTIVE, JOINT)
    school.choose(one, CAPTIVE, quiz=True)
    school.choose(one, CAPTIVE, THIRD, quiz=True)
    school.choose(other, CAPTIVE, quiz=True)
    assert [(learner, right) for learner, _, right, *_ in read(school, Where.TESTS)] == [
        (one.id, True),
        (other.id, True),
    ]
    assert [(learner, right) for learner, _, right, *_ in read(school, Where.PRACTICE)] == [(one.id, False)]
    assert [right for _, _, right, *_ in read(school)] == [False, True]


def test_only_students_of_the_course_and_its_banks_count(school: Answered, cast: Cast, now: datetime) -> None:
    school.choose(cast.astrid, CAPTIVE)
    gone = school.students[0]
    school.choose(gone, CAPTIVE, JOINT)
    school.session.get_one(models.Enrolment, (school.course.id, gone.id)).removed_at = now
    school.session.flush()
    assert read(school) == []
    assert analysis.mixed_up(school.session, school.course.id) == []
    stays = school.students[1]
    school.choose(stays, CAPTIVE)
    school.session.get_one(models.CourseBank, (school.course.id, school.lesson.bank.id))
    assert len(read(school)) == 1
    school.lesson.bank.archived_at = now
    school.session.flush()
    assert read(school) == []
    assert analysis.banks_of(school.session, school.course.id) == []


def test_a_retired_fact_is_not_analysed(school: Answered, now: datetime) -> None:
    school.choose(school.students[0], CAPTIVE)
    school.session.get_one(models.Fact, school.lesson.id(CAPTIVE)).retired_at = now
    school.session.flush()
    assert read(school) == []


def test_many_answers_come_back_each_with_its_own_values(school: Answered) -> None:
    for at, student in enumerate(school.students):
        school.meet(student, at)
        school.choose(student, CAPTIVE, JOINT if at % 2 else "")
        school.choose(student, JOINT)
    captive, joint, third = (school.lesson.id(key) for key in (CAPTIVE, JOINT, THIRD))
    found = read(school)
    assert len(found) == 4 * 8
    for at, student in enumerate(school.students):
        mine = [row for row in found if row[0] == student.id]
        assert sum(row[2] for row in mine if row[1] == "typed") == at
        chosen = [(row[3], row[4]) for row in mine if row[1] == "choice"]
        assert chosen == [(joint if at % 2 else 0, sorted([joint, third])), (0, sorted([captive, third]))]


def test_the_questions_as_shown_are_found_by_the_answer(school: Answered) -> None:
    item = school.choose(school.students[0], CAPTIVE, JOINT)
    found = analysis.first_answers(school.session, school.course.id)
    shown = analysis.as_shown(school.session, found.key.tolist())
    assert list(shown.values()) == [(item.snapshot, item.result)]
    assert analysis.as_shown(school.session, []) == {}


def test_mix_ups_count_shown_and_chosen_with_private_people_apart(school: Answered) -> None:
    hidden = school.enrol("Hidden", private=True)
    school.choose(school.students[0], CAPTIVE, JOINT)
    school.choose(school.students[1], CAPTIVE)
    school.choose(hidden, CAPTIVE, JOINT)
    captive, joint, third = (school.lesson.id(key) for key in (CAPTIVE, JOINT, THIRD))
    assert sorted(analysis.mixed_up(school.session, school.course.id)) == [
        (captive, joint, False, 2, 2, 1),
        (captive, joint, True, 1, 1, 1),
        (captive, third, False, 2, 2, 0),
        (captive, third, True, 1, 1, 0),
    ]
    assert sorted(analysis.mixed_up_by(school.session, school.course.id, school.students[0].id)) == [
        (captive, joint, False, 1, 1, 1),
        (captive, third, False, 1, 1, 0),
    ]
