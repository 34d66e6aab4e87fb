"""An attempt that runs stays what it was when it began, whatever teachers do to its assignment or its bank."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session
from support.assigned import Classroom, open_classroom
from support.banks import sourcing
from support.cast import Cast
from support.lessons import Lesson

from quizapp.actions import assignments, attempts, quiz
from quizapp.actions.answers import Answered, Conflict
from quizapp.actions.banks import publish_bank

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
CORRECTED = (
    ("back: Service level agreement", "back: Service level arrangement"),
    ("back: Total cost of ownership", "back: Total cost of owning"),
)


@pytest.fixture
def school(session: Session, cast: Cast, lesson: Lesson) -> Classroom:
    return open_classroom(session, cast, lesson.bank, lesson.start)


def test_a_later_date_does_not_move_its_end(school: Classroom) -> None:
    made = school.assign()
    running = school.start(made)
    end = running.deadline_at
    assert end == made.due_at
    values = replace(assignments.Values.of(made), due_at=made.due_at + DAY)
    assignments.change(school.session, school.cast.teacher, school.place, made.id, values, version=1, now=school.now)
    assert made.due_at - DAY == running.deadline_at == end
    school.now = end + HOUR
    assert isinstance(school.save(running, 1), Conflict)
    assert attempts.close_overdue(school.session, now=school.now, limit=9) == 1
    assert (running.finished_at, running.late) == (end, False)


def test_more_time_granted_meanwhile_holds_from_the_next_attempt_on(school: Classroom) -> None:
    made = school.assign(minutes=20)
    running = school.start(made)
    end = running.deadline_at
    school.cast.astrid.extra_time = 100
    assert school.start(made).deadline_at == end
    school.finish(running)
    assert school.start(made).deadline_at == school.now + timedelta(minutes=40)


def test_a_corrected_bank_changes_neither_its_questions_nor_its_points(school: Classroom) -> None:
    made = school.assign(questions=6)
    running = school.start(made)
    before, versions = school.asked(running), {item.version_id for item in quiz.items_of(school.session, running)}
    done = publish_bank(school.session, sourcing(*CORRECTED), origin="added", by=None, now=school.now)
    assert done.version.number == 2
    assert school.start(made) is running
    assert school.asked(running) == before
    assert {item.version_id for item in quiz.items_of(school.session, running)} == versions != {done.version.id}
    assert all(isinstance(school.save(running, slot), Answered) for slot in range(1, 7))
    assert school.finish(running).points == 6
    again = school.start(made)
    assert {item.version_id for item in quiz.items_of(school.session, again)} == {done.version.id}
