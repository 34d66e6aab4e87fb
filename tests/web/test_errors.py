"""Every error has a page of its own, also when the site cannot draw one."""

import pytest
from flask import Flask, abort
from sqlalchemy.exc import DataError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from support.caller import Caller

from quizapp.actions.errors import NotFound, Refused
from quizapp.app import create_app
from quizapp.config import Config
from quizapp.web import errors
from quizapp.web.identity import public

CODES = (400, 403, 404, 405, 409, 413, 422, 429, 500, 503)


class SqliteError(Exception):
    """Looks like an error of SQLite's driver."""


SqliteError.__module__ = "sqlite3"


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """The application with pages that go wrong on purpose."""
    app = create_app(Config(data=str(tmp_path_factory.mktemp("errors"))))
    app.config["PROPAGATE_EXCEPTIONS"] = False
    broken: dict[str, Exception] = {
        "not-found": NotFound(),
        "refused": Refused("There is nothing to <b>undo</b>."),
        "fault": RuntimeError("secret words"),
        "locked": OperationalError("x", {}, SqliteError("database is locked")),
        "disk-full": OperationalError("x", {}, SqliteError("database or disk is full")),
        "no-table": OperationalError("x", {}, SqliteError("no such table: user")),
        "postgres": OperationalError("x", {}, Exception("server closed the connection unexpectedly")),
        "pool": PoolTimeout("QueuePool limit"),
        "range": DataError("x", {}, Exception("integer out of range")),
        "sqlite-int": OverflowError("Python int too large to convert to SQLite INTEGER"),
        "overflow": OverflowError("math range error"),
    }

    @public
    def code(code: int) -> str:
        abort(code)

    @public
    def hint() -> str:
        abort(404, description="This <i>link</i> was used already.")

    @public
    def fail(what: str) -> str:
        raise broken[what]

    app.add_url_rule("/test/code/<int:code>", "code", code)
    app.add_url_rule("/test/hint", "hint", hint)
    app.add_url_rule("/test/fail/<what>", "fail", fail)
    return app


@pytest.fixture
def caller(app: Flask) -> Caller:
    return Caller(app.test_client())


@pytest.mark.parametrize("code", CODES)
def test_an_error_says_what_happened_and_what_to_do(app: Flask, caller: Caller, code: int) -> None:
    answer = caller.get(f"/test/code/{code}")
    with app.test_request_context():
        words = errors.words_for(code)
    assert answer.status_code == code
    assert answer.mimetype == "text/html"
    assert words.title in answer.text
    assert words.text.partition("(")[0] in answer.text
    assert 'href="/"' in answer.text


def test_two_errors_do_not_say_the_same(app: Flask) -> None:
    with app.test_request_context():
        assert len({errors.words_for(code).text for code in CODES}) == len(CODES)


def test_an_unknown_code_has_words_too(caller: Caller) -> None:
    assert caller.get("/test/code/418").status_code == 418
    assert "Our fault" in caller.get("/test/code/501").text


def test_a_hint_is_shown_as_text(caller: Caller) -> None:
    answer = caller.get("/test/hint")
    assert "This &lt;i&gt;link&lt;/i&gt; was used already." in answer.text


def test_a_wrong_method_names_the_right_ones(caller: Caller) -> None:
    assert set(caller.get("/logout").headers["Allow"].split(", ")) == {"OPTIONS", "POST"}
    answer = caller.post("/test/hint")
    assert (answer.status_code, "GET" in answer.headers["Allow"]) == (405, True)


@pytest.mark.parametrize(
    ("what", "code"),
    [
        ("not-found", 404),
        ("refused", 422),
        ("fault", 500),
        ("locked", 503),
        ("disk-full", 503),
        ("no-table", 500),
        ("postgres", 503),
        ("pool", 503),
        ("range", 400),
        ("sqlite-int", 400),
        ("overflow", 500),
    ],
)
def test_an_exception_becomes_the_right_page(caller: Caller, what: str, code: int) -> None:
    answer = caller.get(f"/test/fail/{what}")
    assert answer.status_code == code
    assert ("Retry-After" in answer.headers) == (code == 503)
    assert "secret words" not in answer.text


def test_a_refusal_gives_its_reason_as_text(caller: Caller) -> None:
    assert "There is nothing to &lt;b&gt;undo&lt;/b&gt;." in caller.get("/test/fail/refused").text


def test_a_page_is_offered_again_when_the_database_was_away(caller: Caller) -> None:
    assert 'href="/test/fail/locked"' in caller.get("/test/fail/locked").text


def test_when_the_layout_is_broken_a_plain_page_comes(tmp_path_factory: pytest.TempPathFactory) -> None:
    app = create_app(Config(data=str(tmp_path_factory.mktemp("plain"))))
    app.jinja_loader = None
    app.jinja_env.cache = None
    app.jinja_env.loader = None
    answer = Caller(app.test_client()).get("/nowhere")
    assert answer.status_code == 404
    assert "<h1>Nothing here</h1>" in answer.text
