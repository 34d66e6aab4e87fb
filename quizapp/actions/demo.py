"""The demo: a class that studied for six weeks, made by the program's own deeds and nothing else."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path
from random import Random
from typing import TypeAlias

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from quizapp.actions import attempts, practice, quiz
from quizapp.actions.demo_course import (
    Sat,
    School,
    keep_house,
    nights,
    open_school,
    set_task,
    sittings,
    task_days,
)
from quizapp.actions.demo_mind import Mind
from quizapp.actions.demo_people import ANNA, PEOPLE, STREAK, Person
from quizapp.actions.openness import open_for
from quizapp.actions.scope import Scope
from quizapp.core.items import results, snapshot
from quizapp.core.memory.days import day_starts, study_day
from quizapp.store import learning, library, models
from quizapp.store.engine import begin_writing

REST = timedelta(minutes=20)
"""Nobody is still studying when the demo begins."""

QUIZ_QUESTIONS = (10, 12, 15)
KINDS = {"practice": 0.82, "match": 0.09, "flashcards": 0.09}

Progress: TypeAlias = Callable[[int, int], None]
_Deed: TypeAlias = Callable[[Session], None]


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
    school = open_school(engine, questions, people, now=now, seed=seed)
    deeds = _calendar(school, people, now, seed)
    for done, (_at, _order, deed) in enumerate(deeds, 1):
        with Session(engine, expire_on_commit=False) as session:
            begin_writing(session)
            deed(session)
            session.commit()
        progress(done, len(deeds))


def _calendar(school: School, people: Sequence[Person], now: datetime, seed: int) -> list[tuple[datetime, str, _Deed]]:
    """Put everything that happened in the order of time, so that each sees the class as it then was."""
    dates = [each for person in people for each in _dates(person, now, Random(f"{seed}:dates:{person.email}"))]
    deeds: list[tuple[datetime, str, _Deed]] = [
        (each.at, each.person.email, partial(_study, school, each)) for each in dates
    ]
    deeds += [(at, "", partial(keep_house, now=at)) for at in nights(now)]
    deeds += [(at, f"{number}", partial(_set, school, number, now, at)) for number, at in task_days(now).items()]
    deeds += [(sat.at, sat.person.email, partial(_sit, school, sat)) for sat in sittings(people, now, seed)]
    return sorted(deeds, key=lambda each: each[:2])


def _study(school: School, date: _Date, session: Session) -> None:
    learner = session.get_one(models.User, school.ids[date.person.email])
    study = _take_quiz if date.kind == "quiz" else _practise
    learner.last_seen_at = study(session, learner, date, school.minds[date.person.email])


def _set(school: School, number: int, now: datetime, at: datetime, session: Session) -> None:
    teacher = session.get_one(models.User, school.teacher)
    school.tasks[number] = set_task(session, teacher, school.course, number, now=now, at=at)


def _sit(school: School, sat: Sat, session: Session) -> None:
    """Take an assigned quiz; who is shut out by then does not."""
    learner = session.get_one(models.User, school.ids[sat.person.email])
    assignment = session.get_one(models.Assignment, school.tasks[sat.task])
    if open_for(session, assignment, learner, now=sat.at).may_start:
        attempt = attempts.start(session, learner, assignment, now=sat.at)
        learner.last_seen_at = _answer_all(session, learner, attempt, school.minds[sat.person.email], sat.at)


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
    return _answer_all(session, learner, attempt, mind, at)


def _answer_all(session: Session, learner: models.User, attempt: models.Attempt, mind: Mind, at: datetime) -> datetime:
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
