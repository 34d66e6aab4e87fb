"""A site with the test bank published and the cast signed up, called without a browser."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import URL
from sqlalchemy.orm import Session
from support.caller import Caller
from support.cast import PASSWORD, Cast
from support.lessons import Lesson
from support.site import Site

from quizapp.actions.passwords import hash_password
from quizapp.app import create_app
from quizapp.config import Config
from quizapp.store.db import db


@pytest.fixture
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> URL:
    """A migrated SQLite file; a module that asks for both databases says so (`support.site.on_both_databases`)."""
    if getattr(request, "param", "sqlite") == "sqlite":
        path = tmp_path / "quizapp.sqlite3"
        shutil.copy(request.getfixturevalue("sqlite_template"), path)
        return URL.create("sqlite", database=str(path))
    url: URL = request.getfixturevalue("make_postgres")(request.getfixturevalue("postgres_template"))
    return url


@pytest.fixture(scope="session")
def bare_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The application over a database without tables, for pages that ask it nothing."""
    app = create_app(Config(data=str(tmp_path_factory.mktemp("bare"))))
    app.config["PROPAGATE_EXCEPTIONS"] = False
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture(scope="session")
def password_hash() -> str:
    return hash_password(PASSWORD)


@pytest.fixture
def config(database_url: URL, tmp_path_factory: pytest.TempPathFactory) -> Config:
    address = database_url.render_as_string(hide_password=False)
    return Config(data=str(tmp_path_factory.mktemp("data")), database_url=address, secret_key="k" * 40)


@pytest.fixture
def site(config: Config, session: Session, cast: Cast, lesson: Lesson, password_hash: str) -> Iterator[Site]:
    for person in (cast.teacher, cast.astrid, cast.jussi, cast.outsider, cast.admin):
        person.password_hash = password_hash
    session.commit()
    app = create_app(config)
    yield Site(app, config, session, cast, lesson)
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def stranger(site: Site) -> Caller:
    return site.caller()


@pytest.fixture
def astrid(site: Site) -> Caller:
    return site.logged_in("astrid")
