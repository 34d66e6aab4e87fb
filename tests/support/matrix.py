"""Who may do what: one row for each route and method, and the stage on which the rows are tried."""

import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import Enum
from itertools import count
from pathlib import Path

from flask import Flask
from itsdangerous import URLSafeTimedSerializer
from sqlalchemy import URL, Engine, select
from sqlalchemy.orm import Session
from support.caller import Caller, Form
from support.cast import PASSWORD, hire
from support.lessons import Lesson
from support.play import right

from quizapp.actions import planning, practice, quiz
from quizapp.actions.accounts import make_link
from quizapp.actions.passwords import hash_password
from quizapp.actions.scope import Scope
from quizapp.app import create_app
from quizapp.config import Config
from quizapp.store import learning, models
from quizapp.store.db import db
from quizapp.store.engine import begin_writing, make_engine

PEOPLE = ("astrid", "jussi", "teacher", "admin")
NEW_PASSWORD = "words that are new"

_START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
_KEY = "k" * 22


class Access(Enum):
    """For whom a route is there."""

    ANYBODY = "the same for everybody"
    STRANGERS = "for whoever has no account yet; members are sent home"
    MEMBERS = "strangers are asked to log in"
    OWNER = "for everybody but its owner it does not exist, teachers and admins included"


@dataclass
class Person:
    """Somebody of the cast: the row, and by name what a route's variables may stand for."""

    id: int
    version: int
    objects: dict[str, str] = field(default_factory=dict)
    answer: Form = field(default_factory=dict)


Fields = Callable[[Person], Form]


def _nothing(_: Person) -> Form:
    return {}


def _given(**fields: str) -> Fields:
    return lambda _: fields


@dataclass(frozen=True, slots=True)
class Row:
    """A route with one method: for whom it is, the status it answers them with, and whether it changes anything.

    `objects` names what the variables of the route stand for, `query` what it reads of the address.
    """

    method: str
    rule: str
    access: Access
    status: int
    objects: Mapping[str, str] = field(default_factory=dict)
    fields: Fields = _nothing
    changes: bool = False
    query: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.method} {self.rule}"

    def path(self, person: Person, **values: str) -> str:
        """Give the address with one person's objects, or with other values, percent-encoded ones, in their place."""
        path = self.rule
        for name, thing in self.objects.items():
            path = path.replace(f"<int:{name}>", f"<{name}>").replace(f"<path:{name}>", f"<{name}>")
            path = path.replace(f"<{name}>", values.get(name, person.objects[thing]))
        return path


_SITTING, _ITEM = {"sitting_id": "sitting"}, {"item_id": "item"}
_ATTEMPT, _DONE = {"attempt_id": "attempt"}, {"attempt_id": "finished"}
_BANK, _FACT = {"key": "bank"}, {"key": "bank", "fact_id": "fact"}
_LOG_IN = _given(email="outsider@example.org", password=PASSWORD)
_SIGN_UP = _given(name="Nils", email="nils@example.org", password=NEW_PASSWORD, zone="Europe/Oslo")
_NEW_PASSWORD = _given(password=NEW_PASSWORD, again=NEW_PASSWORD)
_CHANGE_PASSWORD = _given(old=PASSWORD, new=NEW_PASSWORD, again=NEW_PASSWORD)
_SETTINGS = _given(name="Another", minutes_a_day="33", retention="0.9", quiet="6", zone="Europe/Oslo")
_BEGIN = _given(kind="match", bank="1", tag="sourcing", fact="", ahead="y")
_QUIZ = _given(bank="1", tag="sourcing", questions="3", forms="mixed", feedback="end", minutes="10")

ROWS = (
    Row("GET", "/", Access.ANYBODY, 200),
    Row("GET", "/static/<tag>/<path:path>", Access.ANYBODY, 200, {"tag": "tag", "path": "file"}),
    Row("GET", "/login", Access.STRANGERS, 200, query=("next",)),
    Row("POST", "/login", Access.STRANGERS, 303, fields=_LOG_IN, changes=True, query=("next",)),
    Row("GET", "/signup", Access.STRANGERS, 200),
    Row("POST", "/signup", Access.STRANGERS, 303, fields=_SIGN_UP, changes=True),
    Row("GET", "/setup/<token>", Access.ANYBODY, 200, {"token": "setup"}),
    Row("POST", "/setup/<token>", Access.ANYBODY, 303, {"token": "setup"}, _SIGN_UP, changes=True),
    Row("GET", "/reset/<token>", Access.ANYBODY, 200, {"token": "reset"}),
    Row("POST", "/reset/<token>", Access.ANYBODY, 303, {"token": "reset"}, _NEW_PASSWORD, changes=True),
    Row("POST", "/logout", Access.MEMBERS, 303),
    Row("GET", "/settings", Access.MEMBERS, 200),
    Row("POST", "/settings", Access.MEMBERS, 303, fields=_SETTINGS, changes=True),
    Row("GET", "/settings/password", Access.MEMBERS, 200),
    Row("POST", "/settings/password", Access.MEMBERS, 303, fields=_CHANGE_PASSWORD, changes=True),
    Row("POST", "/settings/sessions/end", Access.MEMBERS, 303, changes=True),
    Row("GET", "/settings/export", Access.MEMBERS, 200),
    Row("GET", "/settings/delete", Access.MEMBERS, 200),
    Row("POST", "/settings/delete", Access.MEMBERS, 303, fields=_given(password=PASSWORD), changes=True),
    Row("GET", "/practice", Access.MEMBERS, 200, query=("bank",)),
    Row("GET", "/match", Access.MEMBERS, 200, query=("bank",)),
    Row("GET", "/flashcards", Access.MEMBERS, 200, query=("bank",)),
    Row("POST", "/sittings", Access.MEMBERS, 303, fields=_BEGIN, changes=True),
    Row("GET", "/sittings/<int:sitting_id>", Access.OWNER, 200, _SITTING, query=("answered",)),
    Row("POST", "/sittings/<int:sitting_id>/undo", Access.OWNER, 303, _SITTING, changes=True),
    Row("POST", "/sittings/<int:sitting_id>/end", Access.OWNER, 303, _SITTING, changes=True),
    Row("GET", "/sittings/<int:sitting_id>/quiz", Access.OWNER, 303, {"sitting_id": "quiz"}),
    Row("POST", "/items/<int:item_id>/answer", Access.OWNER, 303, _ITEM, lambda who: who.answer, changes=True),
    Row("POST", "/items/<int:item_id>/reveal", Access.OWNER, 303, {"item_id": "card"}, changes=True),
    Row("GET", "/items/<int:item_id>/after", Access.OWNER, 303, {"item_id": "question"}),
    Row("GET", "/quiz", Access.MEMBERS, 200, query=("bank",)),
    Row("POST", "/attempts", Access.MEMBERS, 303, fields=_QUIZ, changes=True),
    Row("GET", "/attempts/<int:attempt_id>", Access.OWNER, 200, _DONE),
    Row("GET", "/attempts/<int:attempt_id>/<int:slot>", Access.OWNER, 200, {**_ATTEMPT, "slot": "slot"}),
    Row("GET", "/attempts/<int:attempt_id>/finish", Access.OWNER, 200, _ATTEMPT),
    Row("POST", "/attempts/<int:attempt_id>/finish", Access.OWNER, 303, _ATTEMPT, changes=True),
    Row("POST", "/attempts/<int:attempt_id>/practice", Access.OWNER, 303, _DONE, changes=True),
    Row("GET", "/progress", Access.MEMBERS, 200),
    Row("GET", "/progress/<key>", Access.MEMBERS, 200, _BANK),
    Row("GET", "/banks", Access.MEMBERS, 200),
    Row("GET", "/banks/<key>", Access.MEMBERS, 200, _BANK, query=("page",)),
    Row("GET", "/banks/<key>/facts/<int:fact_id>", Access.MEMBERS, 200, _FACT),
    Row("POST", "/banks/<key>/facts/<int:fact_id>/suspend", Access.MEMBERS, 303, _FACT, changes=True),
    Row(
        "POST",
        "/banks/<key>/facts/<int:fact_id>/resume",
        Access.MEMBERS,
        303,
        {"key": "bank", "fact_id": "quiet"},
        changes=True,
    ),
    Row("POST", "/banks/<key>/facts/<int:fact_id>/reset", Access.MEMBERS, 303, _FACT, changes=True),
)


@dataclass
class _Ready(Caller):
    """A browser that has opened a page already, so that it knows the token of its session."""

    known: str = ""

    def token(self) -> str:
        return self.known


@dataclass
class Stage:
    """The site with something of everybody's; after a change it can be put back as it was."""

    app: Flask
    engine: Engine
    file: Path
    template: Path
    people: dict[str, Person]
    addresses: Iterator[int] = field(default_factory=count)

    def caller(self, name: str = "") -> Caller:
        """Give a fresh browser, of one of the cast or of a stranger, at an address of its own."""
        number = next(self.addresses)
        seed = f"{number:040}"
        known = URLSafeTimedSerializer(str(self.app.secret_key), salt="wtf-csrf-token").dumps(seed)
        caller = _Ready(self.app.test_client(), f"10.{number >> 16}.{number >> 8 & 255}.{number & 255}", str(known))
        with caller.client.session_transaction() as held:
            held["csrf_token"] = seed
            if name:
                held["_user_id"] = f"{self.people[name].id}.{self.people[name].version}"
        return caller

    def contents(self) -> dict[str, list[tuple[object, ...]]]:
        """Give every row of every table."""
        with self.engine.connect() as connection:
            return {
                table.name: [tuple(row) for row in connection.execute(select(table).order_by(*table.primary_key))]
                for table in models.Base.metadata.sorted_tables
            }

    def restore(self) -> None:
        """Put the database back as it was at the start."""
        self.close()
        for suffix in ("", "-wal", "-shm"):
            Path(f"{self.file}{suffix}").unlink(missing_ok=True)
        shutil.copy(self.template, self.file)

    def close(self) -> None:
        """Let go of the database."""
        self.engine.dispose()
        with self.app.app_context():
            db.engine.dispose()


def set_stage(folder: Path, migrated: Path) -> Iterator[Stage]:
    """Open a site in a folder, over a copy of a migrated database, in which everybody has played."""
    file, template = folder / "quizapp.sqlite3", folder / "template.sqlite3"
    shutil.copy(migrated, file)
    engine = make_engine(URL.create("sqlite", database=str(file)))
    with Session(engine, expire_on_commit=False) as session:
        begin_writing(session)
        people = _play(session)
        session.commit()
    engine.dispose()
    shutil.copy(file, template)
    app = create_app(Config(data=str(folder), secret_key="k" * 40))
    with app.test_request_context():
        url = app.jinja_env.globals["asset_url"]("css/app.css")  # type: ignore[operator]  # a global is any object
    for person in people.values():
        person.objects |= {"tag": url.split("/")[2], "file": "css/app.css"}
    stage = Stage(app, engine, file, template, people)
    yield stage
    stage.close()


def _play(session: Session) -> dict[str, Person]:
    cast, lesson = hire(session, _START), Lesson.begin(session, _START)
    hashed = hash_password(PASSWORD)
    users = {name: getattr(cast, name) for name in PEOPLE}
    for user in (*users.values(), cast.outsider):
        user.password_hash = hashed
    session.add(models.User(email="second@example.org", name="Second", role="admin", zone="UTC", created_at=_START))
    session.flush()
    links = {purpose: _link(session, purpose, cast.outsider) for purpose in ("setup", "reset")}
    people = {name: _person(session, lesson, user) for name, user in users.items()}
    for person in people.values():
        person.objects |= links
    return people


def _link(session: Session, purpose: str, user: models.User) -> str:
    return make_link(session, purpose=purpose, user=user if purpose == "reset" else None, now=datetime.now(UTC))


def _person(session: Session, lesson: Lesson, user: models.User) -> Person:
    now = datetime.now(UTC)
    lesson.answer(user, "cards.tco", days=0)
    practice.suspend_fact(session, user, lesson.id("cards.sla"), now=now)
    sitting = practice.start_sitting(session, user, "practice", Scope(forms=("choice",)), now=now, seed=1)
    _answer(session, user, practice.serve_item(session, user, sitting, now=now))
    item = learning.open_item(session, sitting.id)
    kinds = {"card": "flashcard", "match": "matching", "typed": "typed"}
    shown = {name: _show(session, user, form, now) for name, form in kinds.items()}
    assert item
    settings = quiz.QuizSettings(Scope(), 3, "now")
    running = quiz.start_attempt(session, user, settings, now=now, seed=2)
    finished = quiz.start_attempt(session, user, settings, now=now, seed=3)
    quiz.finish_attempt(session, user, finished.id, now=now)
    objects = {
        "bank": lesson.bank.key,
        "fact": lesson.id("cards.tco"),
        "quiet": lesson.id("cards.sla"),
        "sitting": sitting.id,
        "item": item.id,
        **{name: each.id for name, each in shown.items()},
        "quiz": running.sitting_id,
        "question": quiz.items_of(session, running)[0].id,
        "attempt": running.id,
        "slot": 1,
        "finished": finished.id,
    }
    answer = {**right(item), "key": _KEY, "version": str(item.version), "unsure": "1"}
    return Person(user.id, user.session_version, {name: str(thing) for name, thing in objects.items()}, answer)


def _show(session: Session, user: models.User, form: str, now: datetime) -> models.Item:
    kind = {"flashcard": "flashcards", "matching": "match"}.get(form, "practice")
    scope = Scope(tags=("sourcing",), forms=(form,), ahead=True)
    sitting = models.Sitting(learner_id=user.id, kind=kind, scope=scope.to_json(), plan={}, seed=1, started_at=now)
    sitting.plan = planning.plan(session, user, kind, scope, now=now, seed=1).to_json()
    session.add(sitting)
    session.flush()
    item = practice.serve_item(session, user, sitting, now=now)
    assert item
    return item


def _answer(session: Session, user: models.User, item: models.Item | None) -> None:
    assert item
    now = datetime.now(UTC)
    practice.submit_answer(session, user, item.id, fields=right(item), key=f"first-{user.id}", version=1, now=now)
