"""The server is killed in the middle of a quiz: who took it goes on where they were, and no answer is missing."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from itertools import count

from reliability.crowd import Learner, address, audit, crowd, receipt
from reliability.pages import Visit, forms
from reliability.server import Server
from sqlalchemy import URL, select
from sqlalchemy.orm import Session

from quizapp.actions import assignments
from quizapp.actions.access import Seat
from quizapp.actions.assignment_values import Values
from quizapp.actions.scope import Scope
from quizapp.cli.housekeeping import close_all
from quizapp.store import models
from quizapp.store.engine import begin_writing, make_engine

QUESTIONS, KILLS, STUDENTS = 12, 3, 3


def set_quiz(url: URL) -> str:
    """Set a quiz for the learners of a furnished site and give its address."""
    engine, now = make_engine(url), datetime.now(UTC)
    with Session(engine) as session:
        begin_writing(session)
        teacher = models.User(email="teacher@example.org", name="Teacher", role="instructor", created_at=now)
        course = models.Course(name="Sourcing", code="EXAMS1", created_at=now)
        session.add_all([teacher, course])
        session.flush()
        learners = session.scalars(
            select(models.User).where(models.User.email.in_([address(number) for number in range(STUDENTS)]))
        )
        for user in learners:
            session.add(models.Enrolment(course_id=course.id, user_id=user.id, role="student", joined_at=now))
        bank = session.scalars(select(models.Bank).order_by(models.Bank.id)).first()
        assert bank is not None
        scope = Scope(banks=(bank.id,), forms=("choice",), ahead=True)
        values = Values(
            title="Exam", due_at=now + timedelta(days=1), scope=scope, questions=QUESTIONS, minutes=60, feedback="end"
        )
        seat = Seat(course, "instructor")
        made = assignments.create(session, teacher, seat, "quiz", values, now=now, seed=1)
        assignments.publish(session, teacher, seat, made.id, now=now)
        path = f"/courses/{course.id}/assignments/{made.id}"
        session.commit()
    engine.dispose()
    return path


def start(visit: Visit, path: str) -> str:
    """Press the button of the start page and give the attempt's path."""
    (form,) = (form for form in forms(visit.insist(path).text) if form.action == f"{path}/attempts")
    reply = visit.insist(form.action, tuple(form.hidden))
    assert reply.status == 303, reply.text
    return reply.location


def take(one: Learner, path: str) -> str:
    """Take the whole quiz slot by slot, insisting, and give the attempt's path."""
    attempt = start(one.visit, path)
    for slot in range(1, QUESTIONS + 1):
        page = one.visit.insist(f"{attempt}/{slot}").text
        (form,) = (form for form in forms(page) if form.kind == "answer")
        assert one.visit.insist(form.action, form.filled(one.chance)).status == 303
        one.receipts.append(receipt(one.email, form))
    return attempt


def ends(url: URL) -> list[tuple[int, datetime | None]]:
    engine = make_engine(url)
    with Session(engine) as session:
        rows = session.execute(select(models.Attempt.id, models.Attempt.deadline_at).order_by(models.Attempt.id))
        found = [(row[0], row[1]) for row in rows]
    engine.dispose()
    return found


def test_a_quiz_goes_on_after_the_server_was_killed(server: Server) -> None:
    path = set_quiz(server.url)
    one = crowd(server.port, 1, seed=3).learners[0]
    one.log_in()
    attempt = start(one.visit, path)
    before, slots = ends(server.url), count(1)
    for _ in range(KILLS):
        for slot in [next(slots), next(slots)]:
            (form,) = (form for form in forms(one.visit.insist(f"{attempt}/{slot}").text) if form.kind == "answer")
            assert one.visit.send(form.action, form.filled(one.chance)).status == 303
            one.receipts.append(receipt(one.email, form))
        server.kill()
        server.start()
        assert start(one.visit, path) == attempt
    assert one.visit.insist(attempt).location == f"{attempt}/{next(slots)}"
    assert ends(server.url) == before
    (form,) = (form for form in forms(one.visit.insist(f"{attempt}/finish").text) if form.action == f"{attempt}/finish")
    assert one.visit.insist(form.action, tuple(form.hidden)).status == 303
    assert audit(server.url, one.receipts) == []


def test_a_class_in_the_middle_of_a_quiz_loses_nothing_by_kills(server: Server) -> None:
    path = set_quiz(server.url)
    people = crowd(server.port, STUDENTS, seed=4)
    for one in people.learners:
        one.log_in()
    with ThreadPoolExecutor(STUDENTS) as threads:
        taking = [threads.submit(take, one, path) for one in people.learners]
        for share in range(1, KILLS + 1):
            enough = share * STUDENTS * QUESTIONS // (KILLS + 1)
            people.until(lambda: len(people.receipts) >= enough)  # noqa: B023 -- waited for in this turn
            server.kill()
            server.start()
        attempts = {each.result() for each in taking}
    assert len(attempts) == len(ends(server.url)) == STUDENTS
    assert len(people.receipts) == STUDENTS * QUESTIONS
    time_passes(server.url)
    engine = make_engine(server.url)
    assert [close_all(engine), close_all(engine)] == [STUDENTS, 0]
    with Session(engine) as session:
        grades = session.scalars(select(models.Grade)).all()
    engine.dispose()
    assert [grade.possible for grade in grades] == [float(QUESTIONS)] * STUDENTS
    assert audit(server.url, people.receipts) == []


def time_passes(url: URL) -> None:
    """Let the end of every attempt have been an hour ago."""
    engine = make_engine(url)
    with Session(engine) as session:
        begin_writing(session)
        for attempt in session.scalars(select(models.Attempt)):
            attempt.deadline_at = datetime.now(UTC) - timedelta(hours=1)
        session.commit()
    engine.dispose()
