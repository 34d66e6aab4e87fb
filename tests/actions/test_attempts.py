"""An attempt at an assignment: one at a time, its end fixed at the start, closed at its end, told when it may be."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from threading import Barrier

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session
from support.assigned import Classroom, open_classroom
from support.cast import Cast
from support.lessons import Lesson
from support.play import wrong

from quizapp.actions import assignments, attempts, quiz
from quizapp.actions.answers import Answered, Conflict
from quizapp.actions.assignment_values import Values
from quizapp.actions.assignments import open_for
from quizapp.actions.data import verify
from quizapp.actions.errors import NotFound, Refused
from quizapp.actions.openness import Door
from quizapp.actions.scope import Scope
from quizapp.actions.telling import Telling, telling
from quizapp.core.items import snapshot
from quizapp.core.items.blueprint import Row
from quizapp.store import insight, models
from quizapp.store.engine import begin_writing

AT_ONCE = 6
DAY = timedelta(days=1)


@pytest.fixture
def school(session: Session, cast: Cast, lesson: Lesson) -> Classroom:
    return open_classroom(session, cast, lesson.bank, lesson.start)


def count(school: Classroom, table: type[models.Base]) -> int:
    return school.session.scalar(select(func.count()).select_from(table)) or 0


def door(school: Classroom, made: models.Assignment) -> Door:
    return open_for(school.session, made, school.cast.astrid, now=school.now).door


def test_what_is_not_open_is_not_started(school: Classroom) -> None:
    made = school.assign(opens_at=school.now + DAY)
    assert door(school, made) is Door.EARLY
    with pytest.raises(Refused):
        school.start(made)
    school.now += 7 * DAY
    assert door(school, made) is Door.CLOSED
    with pytest.raises(Refused):
        school.start(made)
    assert count(school, models.Attempt) == 0


def test_practice_has_no_attempts(school: Classroom) -> None:
    made = school.assign("practice")
    with pytest.raises(NotFound):
        school.start(made)
    with pytest.raises(NotFound):
        attempts.preview(school.session, school.cast.teacher, made, now=school.now)


def test_an_archived_assignment_or_course_is_closed_but_a_running_attempt_goes_on(school: Classroom) -> None:
    made = school.assign()
    running = school.start(made)
    made.archived_at = school.now
    assert school.start(made).id == running.id
    school.finish(running)
    assert door(school, made) is Door.CLOSED
    made.archived_at, school.course.archived_at = None, school.now
    assert door(school, made) is Door.CLOSED


def test_attempts_are_used_up_but_for_the_persons_extra_ones(school: Classroom) -> None:
    made = school.assign(attempts=1, feedback="end")
    assert school.finish(school.start(made)).number == 1
    assert door(school, made) is Door.USED
    with pytest.raises(Refused):
        school.start(made)
    school.cast.astrid.extra_attempts = 1
    assert school.start(made).number == 2


def test_starting_again_goes_on_with_the_attempt_that_runs(school: Classroom) -> None:
    made = school.assign(attempts=1)
    first = school.start(made)
    school.save(first, 1)
    again = school.start(made)
    assert again.id == first.id
    assert door(school, made) is Door.RUNNING
    assert quiz.serve_slot(school.session, school.cast.astrid, again, 1).answered_at is not None


def test_two_tabs_and_a_double_click_make_one_attempt(school: Classroom, database: Engine) -> None:
    made = school.assign()
    assignment, learner, now = made.id, school.cast.astrid.id, school.now
    school.session.commit()
    start = Barrier(AT_ONCE)

    def click(_: int) -> int:
        with Session(database) as session:
            start.wait()
            begin_writing(session)
            user, chosen = session.get_one(models.User, learner), session.get_one(models.Assignment, assignment)
            attempt = attempts.start(session, user, chosen, now=now)
            session.commit()
            return attempt.id

    with ThreadPoolExecutor(AT_ONCE) as threads:
        begun = set(threads.map(click, range(AT_ONCE)))
    assert len(begun) == 1
    begin_writing(school.session)
    assert count(school, models.Attempt) == 1


@pytest.mark.parametrize(
    ("extra", "unlimited", "minutes"), [(0, False, 20.0), (25, False, 25.0), (10, False, 22.0), (50, True, None)]
)
def test_the_end_is_fixed_at_the_start_with_the_persons_own_time(
    school: Classroom, extra: int, unlimited: bool, minutes: float | None
) -> None:
    school.cast.astrid.extra_time, school.cast.astrid.no_time_limit = extra, unlimited
    made = school.assign(minutes=20, late_rule="accept")
    attempt = school.start(made)
    assert attempt.deadline_at == (school.now + timedelta(minutes=minutes) if minutes else None)
    school.cast.astrid.extra_time = 100
    made.minutes = 300
    assert school.start(made).deadline_at == attempt.deadline_at


def test_the_persons_time_holds_in_quizzes_of_their_own(school: Classroom) -> None:
    settings = quiz.QuizSettings(Scope(), 3, "end", minutes=20)
    deed = (school.session, school.cast.astrid, settings)
    school.cast.astrid.extra_time = 50
    assert quiz.start_attempt(*deed, now=school.now, seed=1).deadline_at == school.now + timedelta(minutes=30)
    school.cast.astrid.no_time_limit = True
    assert quiz.start_attempt(*deed, now=school.now, seed=1).deadline_at is None


def test_nobody_has_time_past_the_last_moment_of_the_late_rule(school: Classroom) -> None:
    closes = school.now + 8 * DAY
    refusing = school.assign(minutes=20)
    accepting = school.assign(minutes=20, late_rule="accept", closes_at=closes)
    school.now = refusing.due_at - timedelta(minutes=5)
    assert school.start(refusing).deadline_at == refusing.due_at
    school.now = closes - timedelta(minutes=5)
    assert door(school, accepting) is Door.LATE
    assert school.start(accepting).deadline_at == closes
    school.cast.jussi.no_time_limit = True
    assert school.start(accepting, school.cast.jussi).deadline_at == closes


def test_a_shuffled_quiz_differs_by_student_and_attempt_and_can_be_made_again(school: Classroom) -> None:
    made = school.assign(questions=8, feedback="end")
    first = school.start(made)
    asked = school.asked(first)
    school.finish(first)
    others = [school.asked(school.start(made)), school.asked(school.start(made, school.cast.jussi))]
    assert all(other != asked for other in others)
    assert (
        attempts.seed_of(made, school.cast.astrid, 1) == school.session.get_one(models.Sitting, first.sitting_id).seed
    )


def test_a_quiz_that_is_not_shuffled_is_the_same_for_all(school: Classroom) -> None:
    made = school.assign(questions=8, shuffled=False, feedback="end")
    other = school.start(made, school.cast.jussi)
    school.session.add(models.Suspension(learner_id=school.cast.astrid.id, fact_id=1, at=school.now))
    school.session.flush()
    assert school.asked(school.start(made)) == school.asked(other)


def test_a_blueprint_gives_so_many_of_each_in_its_order(school: Classroom) -> None:
    bank = school.bank.id
    rows = (Row(bank, "ownership", "choice", 2), Row(bank, "cards", "typed", 1), Row(bank, "models", "typed", 1))
    attempt = school.start(school.assign(blueprint=rows, questions=4, shuffled=False))
    items = quiz.items_of(school.session, attempt)
    assert [item.form for item in items] == ["choice", "choice", "typed", "typed"]
    sections = [snapshot.load(item.snapshot).head.facts[0].split(".")[0] for item in items]
    assert sections == ["ownership", "ownership", "cards", "models"]


def test_a_topic_may_be_a_tag(school: Classroom) -> None:
    rows = (Row(school.bank.id, "#contract", "mixed", 1),)
    attempt = school.start(school.assign(blueprint=rows, questions=1))
    (item,) = quiz.items_of(school.session, attempt)
    assert snapshot.load(item.snapshot).head.facts[0] == "cards.sla"


def test_an_answer_after_the_end_is_not_taken(school: Classroom) -> None:
    attempt = school.start(school.assign(minutes=5))
    assert isinstance(school.save(attempt, 1), Answered)
    school.now += timedelta(minutes=5, seconds=9)
    assert isinstance(school.save(attempt, 2), Answered)
    school.now += timedelta(seconds=2)
    assert isinstance(school.save(attempt, 3), Conflict)


def test_what_ran_out_of_time_is_closed_once_as_of_its_end(school: Classroom) -> None:
    made = school.assign(minutes=5)
    attempt = school.start(made)
    for slot in (1, 2):
        school.save(attempt, slot)
    running = school.start(made, school.cast.jussi)
    running.deadline_at = school.now + timedelta(hours=3)
    school.session.flush()
    school.now += timedelta(hours=2)
    assert attempts.close_overdue(school.session, now=school.now, limit=10) == 1
    assert attempts.close_overdue(school.session, now=school.now, limit=10) == 0
    assert (attempt.points, attempt.points_possible, attempt.late) == (2.0, 6.0, False)
    assert attempt.finished_at == attempt.deadline_at
    assert running.finished_at is None
    assert count(school, models.Grade) == 1
    assert count(school, models.Review) >= 2
    assert verify(school.session) == []


def test_no_more_are_closed_at_once_than_asked(school: Classroom) -> None:
    made = school.assign(minutes=5)
    for learner in (school.cast.astrid, school.cast.jussi):
        school.start(made, learner)
    school.now += timedelta(hours=1)
    assert [attempts.close_overdue(school.session, now=school.now, limit=1) for _ in range(3)] == [1, 1, 0]


def test_two_that_close_at_once_close_each_attempt_once(school: Classroom, database: Engine) -> None:
    made = school.assign(minutes=5)
    for learner in (school.cast.astrid, school.cast.jussi):
        school.save(school.start(made, learner), 1)
    now = school.now + timedelta(hours=1)
    school.session.commit()
    start = Barrier(2)

    def close(_: int) -> int:
        with Session(database) as session:
            start.wait()
            begin_writing(session)
            done = attempts.close_overdue(session, now=now, limit=10)
            session.commit()
            return done

    with ThreadPoolExecutor(2) as threads:
        assert sum(threads.map(close, range(2))) == 2
    begin_writing(school.session)
    assert count(school, models.Grade) == 2
    assert verify(school.session) == []


def test_a_new_attempt_first_closes_the_one_whose_time_is_up(school: Classroom) -> None:
    made = school.assign(minutes=5, feedback="end")
    first = school.start(made)
    school.now += timedelta(minutes=5)
    assert open_for(school.session, made, school.cast.astrid, now=school.now).overdue == first
    second = school.start(made)
    assert first.finished_at == first.deadline_at
    assert (second.number, second.finished_at) == (2, None)


def test_who_finishes_late_is_late_and_loses_by_the_rule(school: Classroom) -> None:
    made = school.assign(late_rule="penalty", late_percent=20, minutes=60)
    school.now = made.due_at + timedelta(hours=1)
    attempt = school.start(made)
    school.save(attempt, 1)
    school.finish(attempt)
    grade = school.session.scalars(select(models.Grade)).one()
    assert attempt.late
    assert grade.points == 1.0
    assert grade.factor == pytest.approx(0.8)


def test_a_preview_moves_nothing_and_the_next_one_replaces_it(school: Classroom) -> None:
    teacher = school.cast.teacher
    made = school.assign(feedback="now", published=False, attempts=1)
    first = attempts.preview(school.session, teacher, made, now=school.now)
    school.save(first, 1)
    old = first.id
    second = attempts.preview(school.session, teacher, made, now=school.now)
    school.session.expire_all()
    assert school.session.get(models.Attempt, old) is None
    school.save(second, 1)
    school.finish(second)
    assert second.points == 1.0
    tables = (models.Review, models.Memory, models.DayTotal, models.Confusion, models.Grade)
    assert [count(school, table) for table in tables] == [0] * len(tables)
    assert insight.past_attempts(school.session, teacher.id) == []
    assert insight.running(school.session, teacher.id) == []
    with pytest.raises(Refused):
        quiz.practise_missed(school.session, teacher, second.id, now=school.now, seed=1)


def test_a_preview_is_open_after_the_due_date_with_the_whole_time(school: Classroom) -> None:
    made = school.assign(minutes=30)
    school.now = made.due_at + DAY
    preview = attempts.preview(school.session, school.cast.teacher, made, now=school.now)
    assert preview.deadline_at == school.now + timedelta(minutes=30)


def told(school: Classroom, attempt: models.Attempt) -> Telling:
    return telling(school.session, attempt, now=school.now)


def test_answers_are_told_at_the_end_or_never(school: Classroom) -> None:
    for feedback, expected in (("now", True), ("end", True), ("never", False)):
        attempt = school.start(school.assign(feedback=feedback))
        assert not told(school, attempt).told
        assert told(school, school.finish(attempt)).told is expected


def test_answers_after_the_due_date_wait_for_the_closing_where_somebody_was_late(school: Classroom) -> None:
    closes = school.now + 9 * DAY
    made = school.assign(late_rule="accept", closes_at=closes)
    in_time = school.finish(school.start(made))
    assert told(school, in_time) == Telling(told=False, at=made.due_at)
    school.now = made.due_at + timedelta(hours=1)
    late = school.finish(school.start(made, school.cast.jussi))
    assert told(school, in_time).told
    assert told(school, late) == Telling(told=False, at=closes)
    school.now = closes
    assert told(school, late).told


def test_who_was_told_the_answers_takes_it_no_more(school: Classroom) -> None:
    made = school.assign(late_rule="accept", closes_at=school.now + 30 * DAY)
    first = school.finish(school.start(made))
    running = school.start(made)
    school.now = made.due_at + timedelta(hours=1)
    assert told(school, first) == Telling(told=False, running=True)
    school.finish(running)
    assert told(school, first).told
    assert door(school, made) is Door.TOLD
    with pytest.raises(Refused):
        school.start(made)


def test_what_was_missed_is_practised_once_it_is_told(school: Classroom) -> None:
    made = school.assign()
    attempt = school.start(made)
    item = quiz.serve_slot(school.session, school.cast.astrid, attempt, 1)
    school.save(attempt, 1, wrong(item))
    school.finish(attempt)
    deed = (school.session, school.cast.astrid, attempt.id)
    with pytest.raises(Refused):
        quiz.practise_missed(*deed, now=school.now, seed=1)
    school.now = made.due_at
    assert quiz.practise_missed(*deed, now=school.now, seed=1).kind == "practice"


def test_the_points_of_an_assignment_move_memories_when_it_is_finished(school: Classroom) -> None:
    attempt = school.start(school.assign(feedback="never"))
    school.save(attempt, 1)
    assert count(school, models.Review) == 0
    school.finish(attempt)
    assert count(school, models.Memory) >= 1
    assert [past.title for past in insight.past_attempts(school.session, school.cast.astrid.id)] == ["Week 1"]
    assert verify(school.session) == []


def test_extra_time_goes_past_the_last_moment_and_is_not_late(school: Classroom) -> None:
    made = school.assign(minutes=20, late_rule="refuse")
    school.cast.astrid.extra_time = 50
    school.now = made.due_at - timedelta(minutes=20)
    attempt = school.start(made)
    assert attempt.deadline_at == made.due_at + timedelta(minutes=10)
    school.now = made.due_at + timedelta(minutes=5)
    school.finish(attempt)
    assert not attempt.late


def test_answers_wait_for_whoever_still_has_time(school: Classroom) -> None:
    made = school.assign(minutes=20, late_rule="refuse")
    school.cast.astrid.extra_time = 50
    school.now = made.due_at - timedelta(minutes=20)
    other = school.start(made, school.cast.jussi)
    school.start(made)
    school.finish(other)
    told = [telling(school.session, other, now=made.due_at + timedelta(minutes=late)).told for late in (5, 11)]
    assert told == [False, True]


def test_a_quiz_whose_answers_were_explained_cannot_be_due_later(school: Classroom) -> None:
    made = school.assign()
    school.start(made)
    later = replace(Values.of(made), due_at=made.due_at + 7 * DAY)
    deed = (school.session, school.cast.teacher, school.place, made.id, later)
    with pytest.raises(Refused, match="explained"):
        assignments.change(*deed, version=made.version, now=made.due_at + timedelta(minutes=1))
    assignments.change(*deed, version=made.version, now=made.due_at - timedelta(minutes=1))
