"""The demo: a class that studied for six weeks, made by the program's own deeds and nothing else."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import TypeAlias

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from quizapp.actions import accounts, practice, quiz
from quizapp.actions.banks import publish_shipped
from quizapp.actions.demo_mind import Mind
from quizapp.actions.demo_people import ANNA, PEOPLE, STREAK, Person
from quizapp.actions.scope import Scope
from quizapp.core.items import results, snapshot
from quizapp.core.memory.days import day_starts, study_day
from quizapp.store import learning, library, models
from quizapp.store.engine import begin_writing

PASSWORD = "study-a-little"  # noqa: S105 -- printed for everybody, in a database of its own
TEACHER, ADMIN = "teacher@example.org", "admin@example.org"
LOGINS: Mapping[str, str] = {ANNA.email: "student", TEACHER: "instructor", ADMIN: "admin"}
"""Who can log in to the demo, with `PASSWORD`, and as what."""

WEEKS = timedelta(weeks=6)
REST = timedelta(minutes=20)
"""Nobody is still studying when the demo begins."""

QUIZ_QUESTIONS = (10, 12, 15)
KINDS = {"practice": 0.82, "match": 0.09, "flashcards": 0.09}

Progress: TypeAlias = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class _Date:
    """When somebody sits down to do what."""

    at: datetime
    person: Person
    kind: str
    seed: int


def make_demo(
    engine: Engine,
    questions: Path,
    *,
    now: datetime,
    seed: int,
    progress: Progress,
    people: Sequence[Person] = PEOPLE,
) -> None:
    """Fill an empty database with a class and its history until `now`, the same for the same seed and time.

    Everybody has a true memory of their own, answers from it through the deeds of practice and quizzes, and learns
    from the feedback; what the program believes of them is only what it saw. One transaction a sitting.
    """
    ids = _open_school(engine, questions, people, now=now)
    dates = _calendar(people, now, seed)
    minds = {person.email: Mind(person, Random(f"{seed}:{person.email}")) for person in people}
    for done, each in enumerate(dates, 1):
        with Session(engine, expire_on_commit=False) as session:
            begin_writing(session)
            learner = session.get_one(models.User, ids[each.person.email])
            study = _take_quiz if each.kind == "quiz" else _practise
            learner.last_seen_at = study(session, learner, each, minds[each.person.email])
            session.commit()
        progress(done, len(dates))


def _open_school(engine: Engine, questions: Path, people: Sequence[Person], *, now: datetime) -> dict[str, int]:
    """Publish the banks and make the accounts, six weeks ago."""
    began = now - WEEKS
    with Session(engine) as session:
        begin_writing(session)
        publish_shipped(session, questions, now=began)
        for email, role in ((TEACHER, "instructor"), (ADMIN, "admin")):
            name = f"{role.capitalize()} of the demo"
            accounts.add_user(session, email=email, name=name, role=role, password=PASSWORD, zone=ANNA.zone, now=began)
        ids = {person.email: _enrol(session, person, began) for person in people}
        session.commit()
    return ids


def _enrol(session: Session, person: Person, began: datetime) -> int:
    user = accounts.add_user(
        session,
        email=person.email,
        name=person.name,
        role="student",
        password=PASSWORD if person.email in LOGINS else None,
        zone=person.zone,
        now=began,
    )
    user.minutes_a_day = person.habit.minutes
    session.flush()
    return user.id


def _calendar(people: Sequence[Person], now: datetime, seed: int) -> list[_Date]:
    """Put everybody's sittings in the order of time, so that each sees the class as it then was."""
    dates = [each for person in people for each in _dates(person, now, Random(f"{seed}:dates:{person.email}"))]
    return sorted(dates, key=lambda each: (each.at, each.person.email))


def _dates(person: Person, now: datetime, rng: Random) -> Iterator[_Date]:
    today = study_day(now, person.zone)
    habit = person.habit
    for back in range(habit.from_day, habit.to_day - 1, -1):
        day = today - timedelta(days=back)
        studies = rng.random() < habit.weekdays[day.weekday()] or (person is ANNA and back <= STREAK)
        at = _moment(person, day, rng)
        again = rng.random() < habit.second
        kinds = [rng.choices(list(KINDS), list(KINDS.values()))[0]] if studies else []
        kinds += ["practice"] if studies and again else []
        kinds += ["quiz"] if back in person.quizzes else []
        for kind in kinds:
            if at < now - REST - timedelta(minutes=habit.minutes + 15):
                yield _Date(at, person, kind, rng.getrandbits(31))
            at += timedelta(minutes=habit.minutes + rng.uniform(30, 120))


def _moment(person: Person, day: date, rng: Random) -> datetime:
    """Sit down about the usual hour of a study day, which begins at four."""
    hours = min(max(person.habit.hour + rng.gauss(0, 0.5), 5.0), 23.5) - 4
    return day_starts(day, person.zone) + timedelta(hours=hours)


def _practise(session: Session, learner: models.User, when: _Date, mind: Mind) -> datetime:
    """Practise until the sitting is over or the person has had enough; give the time of the last answer."""
    at = when.at
    sitting = practice.start_sitting(
        session, learner, when.kind, _scope(session, learner.id, when), now=at, seed=when.seed
    )
    item = practice.serve_item(session, learner, sitting, now=at)
    enough = at + timedelta(minutes=when.person.habit.minutes)
    while item is not None and at < enough:
        at = _answer(session, learner, item, mind, at, practice.submit_answer)
        item = learning.open_item(session, sitting.id)
    if sitting.ended_at is None:
        practice.end_sitting(session, learner, sitting.id, now=at)
    return at


def _take_quiz(session: Session, learner: models.User, when: _Date, mind: Mind) -> datetime:
    at = when.at
    settings = quiz.QuizSettings(_scope(session, learner.id, when), mind.rng.choice(QUIZ_QUESTIONS), "end", None)
    attempt = quiz.start_attempt(session, learner, settings, now=at, seed=when.seed)
    for slot in range(1, attempt.questions + 1):
        item = quiz.serve_slot(session, learner, attempt, slot)
        at = _answer(session, learner, item, mind, at, quiz.save_answer)
    quiz.finish_attempt(session, learner, attempt.id, now=at)
    for item in quiz.items_of(session, attempt):
        _read_feedback(item, mind, at)
    return at


def _answer(
    session: Session,
    learner: models.User,
    item: models.Item,
    mind: Mind,
    at: datetime,
    submit: Callable[..., practice.Outcome],
) -> datetime:
    """Think, answer, read what was right; give the time by then."""
    core = snapshot.load(item.snapshot)
    then = at + timedelta(seconds=mind.seconds(core))
    if item.form == "flashcard":
        practice.reveal(session, learner, item.id, now=then)
    fields = mind.answer(core, then)
    key = f"demo-{item.sitting_id}-{item.slot}"
    outcome = submit(session, learner, item.id, fields=fields, key=key, version=item.version, now=then)
    if not isinstance(outcome, practice.Answered):
        raise TypeError(f"the demo's answer to a {item.form} item was not taken: {outcome}")
    _read_feedback(outcome.item, mind, then)
    return then + timedelta(seconds=mind.rng.uniform(2.0, 7.0))


def _read_feedback(item: models.Item, mind: Mind, at: datetime) -> None:
    if item.result is None:
        return
    bank = snapshot.load(item.snapshot).head.bank
    for mark in results.load(item.result).marks:
        mind.learn(bank, mark.fact, at, right=mark.right)


def _scope(session: Session, learner_id: int, when: _Date) -> Scope:
    wanted = when.person.banks
    if not wanted:
        return Scope()
    return Scope(banks=tuple(bank.id for bank in library.live_banks(session, learner_id) if bank.key in wanted))
