"""Every route is declared for everybody; nothing is changed by opening a page or by a form of another site."""

import re
from collections.abc import Iterator

import pytest
from flask import Flask
from support.caller import Caller
from support.matrix import PEOPLE, ROWS, Access, Row, Stage, set_stage
from werkzeug.test import TestResponse

from quizapp.app import create_app
from quizapp.config import Config

METHODS = {"GET", "POST", "PUT", "PATCH", "DELETE"}
OPENED = [row for row in ROWS if row.method == "GET"]
SENT = [row for row in ROWS if row.method == "POST"]
STRANGER = ""
TOKEN = re.compile(r'name="csrf_token" value="[^"]*"')


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Iterator[Stage]:
    yield from set_stage(tmp_path_factory.mktemp("stage"), request.getfixturevalue("sqlite_template"))


def routes(app: Flask) -> set[tuple[str, str]]:
    return {
        (method, rule.rule)
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }


def send(stage: Stage, row: Row, who: str, whose: str) -> TestResponse:
    caller, owner = stage.caller(who), stage.people[whose]
    if row.method == "GET":
        return caller.get(row.path(owner))
    return caller.post(row.path(owner), row.fields(owner))


def cases(row: Row) -> Iterator[tuple[str, str]]:
    """Give who asks for whose objects: everybody for their own, and for what belongs to somebody else."""
    yield STRANGER, "astrid"
    for who in PEOPLE:
        yield who, who
        if row.access is Access.OWNER:
            yield who, "jussi" if who == "astrid" else "astrid"


def expected(row: Row, who: str, whose: str) -> tuple[int, bool, bool]:
    """Give the status, whether it leads to the log-in page, and whether anything is changed."""
    if who == STRANGER and row.access in {Access.MEMBERS, Access.OWNER}:
        return 303, True, False
    if row.access is Access.OWNER and who != whose:
        return 404, False, False
    if row.access is Access.STRANGERS and who != STRANGER:
        return 303, False, False
    return row.status, row.rule == "/settings/sessions/end", row.changes


def test_every_route_is_declared_once_and_nothing_else_is(stage: Stage) -> None:
    declared = [(row.method, row.rule) for row in ROWS]
    assert set(declared) == routes(stage.app)
    assert len(set(declared)) == len(declared)


def test_debug_adds_the_style_guide_alone(stage: Stage, tmp_path_factory: pytest.TempPathFactory) -> None:
    debug = create_app(Config(data=str(tmp_path_factory.mktemp("debug")), debug=True))
    added = routes(debug) - routes(stage.app)
    assert added
    assert {path.split("/")[1] for _method, path in added} == {"styleguide"}
    assert {method for method, _path in added} == {"GET"}


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_everybody_gets_what_the_table_says_and_no_more(stage: Stage, row: Row) -> None:
    for who, whose in cases(row):
        before = stage.contents()
        answer = send(stage, row, who, whose)
        changed = stage.contents() != before
        to_log_in = answer.headers.get("Location", "").startswith("/login")
        seen = (answer.status_code, to_log_in, changed)
        assert seen == expected(row, who, whose), f"{who or 'a stranger'} asks for what is {whose}'s"
        if changed:
            stage.restore()


def test_what_is_not_yours_looks_like_what_does_not_exist(stage: Stage) -> None:
    for row in (row for row in ROWS if row.access is Access.OWNER):
        caller = stage.caller("jussi")
        names = dict.fromkeys(row.objects, "2147483647")
        pages = [
            caller.get(path) if row.method == "GET" else caller.post(path, row.fields(stage.people["astrid"]))
            for path in (row.path(stage.people["astrid"]), row.path(stage.people["astrid"], **names))
        ]
        assert pages[0].status_code == pages[1].status_code == 404, str(row)
        assert TOKEN.sub("", pages[0].text) == TOKEN.sub("", pages[1].text), str(row)


@pytest.mark.parametrize("row", SENT, ids=str)
def test_a_form_without_a_valid_token_is_refused_and_changes_nothing(stage: Stage, row: Row) -> None:
    path, fields = row.path(stage.people["astrid"]), row.fields(stage.people["astrid"])
    foreign = stage.caller().token()
    before = stage.contents()
    for who in (STRANGER, "astrid"):
        caller = stage.caller(who)
        own = caller.token()
        answers = {
            "no token": caller.post_bare(path, fields),
            "an empty token": caller.post_bare(path, {**fields, "csrf_token": ""}),
            "a token of another session": caller.post_bare(path, {**fields, "csrf_token": foreign}),
            "a cut token": caller.post_bare(path, {**fields, "csrf_token": own[:-1]}),
            "the token in the address": caller.post_bare(f"{path}?csrf_token={own}", fields),
            "a script's fragment": caller.post_bare(path, fields, {"X-Fragment": "1", "HX-Request": "true"}),
            "an overridden method": caller.post_bare(path, fields, {"X-HTTP-Method-Override": "GET"}),
            "plain text": caller.client.post(path, data=f"csrf_token={own}", content_type="text/plain"),
            "JSON": caller.client.post(path, json={**fields, "csrf_token": own}),
        }
        assert {what: answer.status_code for what, answer in answers.items()} == dict.fromkeys(answers, 400)
    assert stage.contents() == before


@pytest.mark.parametrize("row", OPENED, ids=str)
def test_opening_a_page_changes_nothing(stage: Stage, row: Row) -> None:
    before = stage.contents()
    for who in (STRANGER, "astrid"):
        caller, path = stage.caller(who), row.path(stage.people["astrid"])
        for query in ("", "?answered=1&page=1&bank=1&_method=POST", "?undo=1&end=1&reveal=1&finish=1"):
            assert caller.get(path + query).status_code < 500
            assert caller.get(path + query, {"X-Fragment": "1", "HX-Request": "true"}).status_code < 500
        assert caller.client.head(path).data == b""
        assert caller.client.options(path).status_code < 500
    assert stage.contents() == before


def test_other_methods_are_refused_and_change_nothing(stage: Stage) -> None:
    declared: dict[str, set[str]] = {}
    for row in ROWS:
        declared.setdefault(row.path(stage.people["astrid"]), set()).add(row.method)
    before = stage.contents()
    for path, known in declared.items():
        caller = stage.caller("astrid")
        token = caller.token()
        for method in METHODS - known:
            answer = caller.client.open(path, method=method, data={"csrf_token": token})
            assert answer.status_code == 405, f"{method} {path}"
    assert stage.contents() == before


def test_a_disabled_account_is_nobody_from_the_next_request_on(stage: Stage) -> None:
    caller = stage.caller("astrid")
    assert caller.get("/progress").status_code == 200
    _set(stage, "disabled_at = '2026-01-01 00:00:00'")
    assert caller.get("/progress").status_code == 303
    stage.restore()


def test_a_session_of_before_the_last_log_out_everywhere_is_nobodys(stage: Stage) -> None:
    caller = stage.caller("astrid")
    _set(stage, "session_version = session_version + 1")
    assert caller.get("/progress").headers["Location"].startswith("/login")
    stage.restore()


@pytest.mark.parametrize("cookie", ["", ".", "1", "1.", "1.x", "-1.1", "1.1.1", "9" * 5000, "x.1", "1e9.1"])
def test_a_session_that_names_nobody_is_nobodys(stage: Stage, cookie: str) -> None:
    caller: Caller = stage.caller()
    with caller.client.session_transaction() as held:
        held["_user_id"] = cookie
    assert caller.get("/progress").status_code == 303


def _set(stage: Stage, values: str) -> None:
    with stage.engine.begin() as connection:
        connection.exec_driver_sql(f"UPDATE user SET {values} WHERE id = {stage.people['astrid'].id}")  # noqa: S608 -- names of columns that the test made
