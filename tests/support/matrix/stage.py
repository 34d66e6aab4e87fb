"""The stage on which the rows are tried: a site with something of everybody's."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from flask import Flask
from itsdangerous import URLSafeTimedSerializer
from sqlalchemy import URL, Engine, PoolProxiedConnection, select
from sqlalchemy.orm import Session
from support.caller import Caller
from support.cast import PASSWORD, hire, hire_staff
from support.lessons import Lesson
from support.matrix.players import play
from support.matrix.rows import EVERYBODY, PARTS, Person
from support.matrix.school import open_school

from quizapp.actions.accounts import make_link
from quizapp.actions.passwords import hash_password
from quizapp.app import create_app
from quizapp.config import Config
from quizapp.store import models
from quizapp.store.db import db
from quizapp.store.engine import begin_writing, make_engine
from quizapp.web import site

_START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)

Contents = dict[str, list[tuple[object, ...]]]


@dataclass
class _Ready(Caller):
    """A browser that has opened a page already, so that it knows the token of its session."""

    known: str = ""

    def token(self) -> str:
        return self.known


@dataclass
class Stage:
    """The site with something of everybody's; after a change it can be put back as it was.

    SQLite tells the connection `watch` whether another one wrote since what was `seen`; `original` is the start.
    """

    app: Flask
    engine: Engine
    file: Path
    template: Path
    people: dict[str, Person]
    addresses: Iterator[int] = field(default_factory=count)
    watch: PoolProxiedConnection | None = None
    seen: tuple[int, Contents] | None = None
    original: Contents | None = None

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

    def contents(self) -> Contents:
        """Give every row of every table; read anew only when something was written since."""
        version = self._version()
        if self.seen is None or self.seen[0] != version:
            self.seen = version, self._read()
        return self.seen[1]

    def restore(self) -> None:
        """Put the database back as it was at the start, if anything was written since."""
        if self.seen and self.seen[1] is self.original and self.seen[0] == self._version():
            return
        self.close()
        for suffix in ("", "-wal", "-shm"):
            Path(f"{self.file}{suffix}").unlink(missing_ok=True)
        shutil.copy(self.template, self.file)
        self.seen = (self._version(), self.original) if self.original else None
        with self.app.app_context():
            site.forget()

    def close(self) -> None:
        """Let go of the database."""
        if self.watch is not None:
            self.watch.close()
        self.watch = self.seen = None
        self.engine.dispose()
        with self.app.app_context():
            db.engine.dispose()

    def _version(self) -> int:
        if self.watch is None:
            self.watch = self.engine.raw_connection()  # one of SQLAlchemy's would begin a transaction and see no more
        found: int = self.watch.cursor().execute("PRAGMA data_version").fetchone()[0]
        return found

    def _read(self) -> Contents:
        with self.engine.connect() as connection:
            return {
                table.name: [tuple(row) for row in connection.execute(select(table).order_by(*table.primary_key))]
                for table in models.Base.metadata.sorted_tables
            }


def set_stage(folder: Path, migrated: Path) -> Iterator[Stage]:
    """Open a site in a folder, over a copy of a migrated database, in which everybody has played."""
    file, template = folder / "quizapp.sqlite3", folder / "template.sqlite3"
    shutil.copy(migrated, file)
    engine = make_engine(URL.create("sqlite", database=str(file)))
    with Session(engine, expire_on_commit=False) as session:
        begin_writing(session)
        people = _fill(session)
        session.commit()
    engine.dispose()
    shutil.copy(file, template)
    app = create_app(Config(data=str(folder), secret_key="k" * 40))
    with app.test_request_context():
        url = app.jinja_env.globals["asset_url"]("css/app.css")  # type: ignore[operator]  # a global is any object
    for person in people.values():
        person.objects |= {"tag": url.split("/")[2], "file": "css/app.css"}
    stage = Stage(app, engine, file, template, people)
    stage.original = stage.contents()
    yield stage
    stage.close()


def _fill(session: Session) -> dict[str, Person]:
    """Write the cast, what each of them did alone, and the two courses."""
    cast, staff, lesson = hire(session, _START), hire_staff(session, _START), Lesson.begin(session, _START)
    hashed = hash_password(PASSWORD)
    users = {name: getattr(staff if hasattr(staff, name) else cast, name) for name in EVERYBODY}
    for user in users.values():
        user.password_hash = hashed
    second = models.User(email="second@example.org", name="Second", role="admin", zone="UTC", created_at=_START)
    session.add(second)
    session.flush()
    links = {purpose: _link(session, purpose, cast.outsider) for purpose in ("setup", "reset")}
    people = {name: play(session, lesson, user) for name, user in users.items()}
    school = open_school(session, cast, staff, second)
    for name, person in people.items():
        home = next((course for course, parts in PARTS.items() if name in parts), "astrid")
        things = {**links, **school[home]}
        assert not person.objects.keys() & things.keys(), "two things have one name"
        person.objects |= things
    return people


def _link(session: Session, purpose: str, user: models.User) -> str:
    return make_link(session, purpose=purpose, user=user if purpose == "reset" else None, now=datetime.now(UTC))
