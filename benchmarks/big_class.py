"""A class for measuring: 200 students, 300 facts, 60,000 memories and 100,000 reviews, put into a database in bulk.

Numbers are drawn by chance, seeded; memories are plausible, not folded from the log. Half of the answers are choices,
kept with a snapshot of their item, and every student took one quiz.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy import Engine, insert
from sqlalchemy.orm import Session

from benchmarks.corpus import big_bank
from quizapp.actions import accounts
from quizapp.actions.banks import publish_bank
from quizapp.core.items import results, snapshot
from quizapp.core.items.generate import generate
from quizapp.core.items.grade import grade
from quizapp.core.items.model import ChoiceAnswer, ChoiceItem, Form, Graded
from quizapp.core.knowledge.limits import Text
from quizapp.store import library, models, schema
from quizapp.store.engine import begin_writing, make_engine

EMAIL, PASSWORD = "teacher@example.org", "study-a-little"
STUDENTS, FACTS, REVIEWS, DAYS, QUESTIONS = 200, 300, 100_000, 60, 20
AT_ONCE = 5000


@dataclass(slots=True)
class BigClass:
    """The database, its course and teacher, and the numbers given out so far."""

    engine: Engine
    now: datetime
    rng: Random = field(default_factory=lambda: Random(7))
    course: int = 0
    quiz: int = 0
    practice: int = 0
    bank: int = 0
    version: int = 0
    students: list[int] = field(default_factory=list)
    facts: list[int] = field(default_factory=list)
    shown: Mapping[int, ChoiceItem] = field(default_factory=dict)
    beside: Mapping[int, list[int]] = field(default_factory=dict)
    seen: set[tuple[int, int]] = field(default_factory=set)


def make_big_class(folder: Path, *, now: datetime) -> BigClass:
    """Make the database in a folder; takes some ten seconds."""
    engine = make_engine(f"sqlite:///{folder / 'class.sqlite3'}")
    schema.upgrade(engine, backup_to=None)
    made = BigClass(engine, now)
    with Session(engine, expire_on_commit=False) as session:
        begin_writing(session)
        _open_course(session, made)
        _assign(session, made)
        _fill(session, models.Memory, _memories(made))
        _log(session, made)
        session.commit()
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("ANALYZE")
    return made


def _open_course(session: Session, made: BigClass) -> None:
    began = made.now - timedelta(days=DAYS)
    teacher = accounts.add_user(
        session, email=EMAIL, name="Teacher", role="instructor", password=PASSWORD, zone="Europe/Stockholm", now=began
    )
    texts = (Text("big.yaml", big_bank(FACTS, 1)),)
    bank = publish_bank(session, texts, origin="added", by=None, now=began).bank
    course = models.Course(name="A large class", code="BIGCLASS", zone="Europe/Stockholm", created_at=began)
    session.add(course)
    session.flush()
    made.course, made.bank, made.version = course.id, bank.id, bank.version_id or 0
    ids = library.fact_ids(session, bank.id)
    made.facts = list(ids.values())
    edition = library.edition(session, made.version, None)
    items = {ids[key]: generate(edition, key, Form.CHOICE, made.rng) for key in ids}
    made.shown = {fact: item for fact, item in items.items() if isinstance(item, ChoiceItem)}
    made.beside = {
        fact: sorted(ids[option.fact] for option in item.options if option.fact and not option.correct)
        for fact, item in made.shown.items()
    }
    session.add(models.CourseBank(course_id=course.id, bank_id=bank.id, added_at=began))
    session.add(models.Enrolment(course_id=course.id, user_id=teacher.id, role="instructor", joined_at=began))
    people = [
        models.User(
            email=f"student{number}@example.org",
            name=f"Student {number:03}",
            role="student",
            zone="Europe/Stockholm",
            private=number % 25 == 0,
            created_at=began,
            last_seen_at=made.now,
        )
        for number in range(STUDENTS)
    ]
    session.add_all(people)
    session.flush()
    made.students = [person.id for person in people]
    session.add_all(
        models.Enrolment(course_id=course.id, user_id=person, role="student", joined_at=began)
        for person in made.students
    )


def _assign(session: Session, made: BigClass) -> None:
    scope = {"banks": [made.bank], "tags": [], "forms": [], "facts": [], "ahead": False}
    began = made.now - timedelta(days=DAYS)
    shared: dict[str, Any] = {
        "course_id": made.course, "scope": scope, "blueprint": [], "seed": 1, "created_at": began,
        "published_at": began,
    }  # fmt: skip
    quiz = models.Assignment(kind="quiz", title="A quiz", due_at=made.now - timedelta(days=1), **shared)
    practice = models.Assignment(kind="practice", title="Be ready", due_at=made.now + timedelta(days=14), **shared)
    session.add_all([quiz, practice])
    session.flush()
    made.quiz, made.practice = quiz.id, practice.id


def _memories(made: BigClass) -> Iterator[dict[str, Any]]:
    for learner in made.students:
        for fact in made.facts:
            reviewed = made.now - timedelta(days=made.rng.uniform(0.2, 40))
            stability = made.rng.lognormvariate(2.0, 1.0)
            yield {
                "learner_id": learner, "fact_id": fact, "stability": stability,
                "difficulty": made.rng.uniform(2, 9), "reviewed_at": reviewed,
                "due_at": reviewed + timedelta(days=max(1, round(stability))), "reviews": 2,
                "lapses": made.rng.choice((0, 0, 0, 1, 3)), "produced": True, "sitting_id": 1, "recall_then": 0.9,
                "failed_last": False, "form": "typed", "surface": "s", "version": 1,
            }  # fmt: skip


def _log(session: Session, made: BigClass) -> None:
    """Give everybody a sitting every other day and one quiz, with the items, reviews and totals that belong to them."""
    rows: dict[Any, list[dict[str, Any]]] = {
        each: []
        for each in (models.Sitting, models.Attempt, models.Item, models.Review, models.DayTotal, models.Confusion)
    }
    sittings = DAYS // 2
    each_day = (REVIEWS // STUDENTS - QUESTIONS) // sittings
    for learner in made.students:
        asked = Random(learner).sample(made.facts, len(made.facts)) * 2
        for number in range(sittings):
            at = made.now - timedelta(days=DAYS - 2 * number - 1, minutes=made.rng.randrange(600))
            _sit(made, rows, learner, at, [asked.pop() for _ in range(each_day)])
        _sit(made, rows, learner, made.now - timedelta(days=1, hours=2), made.facts[:QUESTIONS], quiz=True)
    rows[models.Confusion] = _confusions(made)
    for table, values in rows.items():
        _fill(session, table, iter(values))


def _sit(
    made: BigClass, rows: dict[Any, list[dict[str, Any]]], learner: int, at: datetime, facts: list[int], *,
    quiz: bool = False,
) -> None:  # fmt: skip
    sitting = len(rows[models.Sitting]) + 1
    right = 0
    for slot, fact in enumerate(facts, 1):
        row = _answer(made, rows, learner, sitting, slot, at, fact)
        right += row["right"]
    assignment = made.quiz if quiz else None
    rows[models.Sitting].append(
        {"id": sitting, "learner_id": learner, "kind": "quiz" if quiz else "practice", "scope": {}, "plan": {},
         "seed": 1, "started_at": at, "ended_at": at, "assignment_id": assignment}
    )  # fmt: skip
    if quiz:
        rows[models.Attempt].append(
            {"sitting_id": sitting, "learner_id": learner, "feedback": "end", "questions": len(facts),
             "started_at": at, "finished_at": at, "points": right, "points_possible": len(facts),
             "assignment_id": assignment, "number": 1}
        )  # fmt: skip
    else:
        rows[models.DayTotal].append(
            {"learner_id": learner, "day": at.date(), "reviews": len(facts), "right": right, "new": 3,
             "seconds": 12.0 * len(facts)}
        )  # fmt: skip


def _answer(
    made: BigClass, rows: dict[Any, list[dict[str, Any]]], learner: int, sitting: int, slot: int, at: datetime,
    fact: int,
) -> dict[str, Any]:  # fmt: skip
    new = (learner, fact) not in made.seen
    made.seen.add((learner, fact))
    chosen = made.shown.get(fact) if slot % 2 or slot > QUESTIONS else None
    right, recall = made.rng.random() < 0.8, made.rng.uniform(0.5, 1.0)
    beside = made.beside[fact] if chosen else []
    item = len(rows[models.Item]) + 1
    options = chosen.options if chosen else ()
    token = next((each.token for each in options if each.correct == right), "")
    rows[models.Item].append(
        {"id": item, "learner_id": learner, "sitting_id": sitting, "slot": slot, "bank_id": made.bank,
         "version_id": made.version, "form": "choice" if chosen else "typed",
         "snapshot": snapshot.dump(chosen) if chosen else {}, "served_at": at, "answered_at": at, "graded_at": at,
         "answer": {"v": 1, "form": "choice", "token": token, "unsure": False} if chosen else {},
         "answer_key": f"{item}", "result": results.dump(_graded(chosen, token)) if chosen else {}, "version": 2}
    )  # fmt: skip
    row = {"learner_id": learner, "fact_id": fact, "kind": "answer", "at": at, "study_day": at.date(),
           "sitting_id": sitting, "item_id": item, "ordinal": 0, "form": "choice" if chosen else "typed",
           "surface": "s", "right": right, "unsure": False, "guess_rate": 1 / len(options) if options else 0.0,
           "prior": 0.3, "was_new": new, "recall": recall, "weight": float(right), "first": True,
           "shown": " ".join(map(str, beside)) or None,
           "confused_with_id": made.rng.choice(beside) if beside and not right else None,
           "seconds": 12.0}  # fmt: skip
    rows[models.Review].append(row)
    return row


def _graded(item: ChoiceItem, token: str) -> Graded:
    graded = grade(item, ChoiceAnswer(token))
    if not isinstance(graded, Graded):
        raise TypeError(f"the answer {token!r} was not graded")
    return graded


def _confusions(made: BigClass) -> list[dict[str, Any]]:
    return [
        {"learner_id": learner, "fact_id": fact, "other_id": other, "shown": 4, "chosen": made.rng.choice((0, 0, 1, 2))}
        for learner in made.students
        for fact, other in zip(made.facts[:100], made.facts[1:101], strict=True)
    ]


def _fill(session: Session, table: Any, rows: Iterator[dict[str, Any]]) -> None:  # noqa: ANN401 -- any model
    batch: list[dict[str, Any]] = []
    for row in rows:
        batch.append(row)
        if len(batch) == AT_ONCE:
            session.connection().execute(insert(table.__table__), batch)
            batch = []
    if batch:
        session.connection().execute(insert(table.__table__), batch)
