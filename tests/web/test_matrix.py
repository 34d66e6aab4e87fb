"""Every route is declared for everybody; nothing is changed by opening a page or by a form of another site."""

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from support.caller import Caller
from support.matrix import EVERYBODY, ROWS, STRANGER, Access, Row, Stage, set_stage
from support.matrix.rows import COURSEWISE, NOWHERE, PARTS
from werkzeug.test import TestResponse

from quizapp.app import create_app
from quizapp.config import Config
from quizapp.store import models

METHODS = {"GET", "POST", "PUT", "PATCH", "DELETE"}
OPENED = [row for row in ROWS if row.method == "GET"]
SENT = [row for row in ROWS if row.method == "POST"]
OPEN_TO_STRANGERS = {Access.ANYBODY, Access.CHOOSERS, Access.STRANGERS}
NAMED = [row for row in ROWS if row.objects and row.access not in {*OPEN_TO_STRANGERS, Access.MEMBERS}]
NESTED = [row for row in NAMED if "course_id" in row.objects and len(row.objects) > 1]
FOREIGN = [row for row in SENT if row.foreign]
PEEKED = [row for row in OPENED if row.foreign]
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


def send(stage: Stage, row: Row, who: str, whose: str, **values: str) -> TestResponse:
    """Ask for what is somebody's, or for what has other names."""
    caller, owner = stage.caller(who), stage.people[whose]
    if row.method == "GET":
        return caller.get(row.path(owner, **values))
    files = {name: (BytesIO(content), file) for name, (file, content) in row.files.items()}
    form: dict[str, Any] = {**row.fields(owner), **files}
    return caller.post(row.path(owner, **values), form)


def cases(row: Row) -> Iterator[tuple[str, str]]:
    """Give who asks for whose things: everybody for their own and for others', or for those of both courses."""
    yield STRANGER, "astrid"
    for who in EVERYBODY:
        if row.access in COURSEWISE:
            yield from ((who, course) for course in PARTS)
        elif row.access is Access.OWNER:
            yield from ((who, who), (who, "jussi" if who == "astrid" else "astrid"))
        else:
            yield who, who


def expected(row: Row, who: str, whose: str) -> tuple[int, bool, bool]:
    """Give the status, whether it leads to the log-in page, and whether anything is changed."""
    guests = row.access.guests(whose) if whose in PARTS else row.access.guests("astrid")
    if who == STRANGER and row.access not in OPEN_TO_STRANGERS:
        return 303, True, False
    if row.access is Access.OWNER and who != whose:
        return 404, False, False
    if guests is not None and who not in guests:
        return 403 if row.access is Access.ADMINS else 404, False, False
    if row.access is Access.STRANGERS and who != STRANGER:
        return 303, False, False
    if row.access is Access.NEWCOMERS and who in PARTS[whose]:
        return 303, False, False
    changes = row.changes and not (row.access is Access.CHOOSERS and who == STRANGER)
    return row.status, row.rule == "/settings/sessions/end", changes


def faceless(page: TestResponse) -> str:
    """Take the token out of a page, which differs with each session."""
    return TOKEN.sub("", page.text)


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


@pytest.mark.parametrize("row", NAMED, ids=str)
def test_what_is_not_yours_looks_like_what_does_not_exist(stage: Stage, row: Row) -> None:
    names = dict.fromkeys(row.objects, NOWHERE)
    for who in EVERYBODY:
        nothing = send(stage, row, who, "astrid", **names)
        assert nothing.status_code == (403 if row.access is Access.ADMINS and who != "admin" else 404), who
        for whose in (whose for each, whose in cases(row) if each == who):
            if expected(row, who, whose)[0] == nothing.status_code:
                assert faceless(send(stage, row, who, whose)) == faceless(nothing), f"{who} asks for what is {whose}'s"


@pytest.mark.parametrize("row", NESTED, ids=str)
def test_nothing_of_one_course_is_found_in_another(stage: Stage, row: Row) -> None:
    there = {name: stage.people["jussi"].objects[thing] for name, thing in row.objects.items() if name != "course_id"}
    before = stage.contents()
    for who in {row.access.host, "admin"}:
        strange, nothing = (
            send(stage, row, who, "astrid", **names) for names in (there, dict.fromkeys(there, NOWHERE))
        )
        assert strange.status_code == nothing.status_code == 404, who
        assert faceless(strange) == faceless(nothing), who
    assert stage.contents() == before


@pytest.mark.parametrize("row", FOREIGN, ids=str)
def test_no_form_takes_the_name_of_what_is_anothers(stage: Stage, row: Row) -> None:
    before = stage.contents()
    host, path = stage.people[row.access.host], row.path(stage.people[row.access.host])
    for name, thing in row.foreign.items():
        for value in (stage.people["jussi"].objects[thing], NOWHERE):
            answer = stage.caller(row.access.host).post(path, {**row.fields(host), name: value})
            assert answer.status_code in {404, 409, 422}, f"{name}={value}"
    assert stage.contents() == before


@pytest.mark.parametrize("row", PEEKED, ids=str)
def test_no_query_shows_what_is_anothers(stage: Stage, row: Row) -> None:
    caller, path = stage.caller(row.access.host), row.path(stage.people[row.access.host])
    for name, thing in row.foreign.items():
        pages = []
        for value in (stage.people["jussi"].objects[thing], NOWHERE):
            answer = caller.get(f"{path}?{name}={value}")
            echo = re.compile(rf'\b{name}={value}\b|name="{name}" value="{value}"')
            pages.append((answer.status_code, echo.sub("", faceless(answer))))
        assert pages[0] == pages[1], f"{name} is {thing}"


def test_practice_of_what_is_anothers_asks_nothing(stage: Stage) -> None:
    things = stage.people["jussi"].objects
    bank, facts = things["private bank"], (things["private fact"], things["taught fact"])
    for fields in ({"bank": bank}, {"fact": facts[0]}, {"bank": "1", "fact": facts[1]}):
        stage.caller("astrid").post("/sittings", {"kind": "practice", "ahead": "y", **fields})
        with stage.engine.connect() as connection:
            query = select(models.Sitting.plan).order_by(models.Sitting.id.desc()).limit(1)
            assert connection.scalars(query).one()["facts"] == [], fields
        stage.restore()


def test_a_fact_is_found_in_its_own_bank_alone(stage: Stage) -> None:
    rows = [row for row in ROWS if "key" in row.objects and "fact_id" in row.objects]
    assert rows
    before = stage.contents()
    for row in rows:
        for thing in ("taught fact", "private fact"):
            elsewhere = {"fact_id": stage.people["astrid"].objects[thing]}
            assert send(stage, row, "astrid", "astrid", **elsewhere).status_code == 404, f"{row}: {thing}"
    assert stage.contents() == before


def test_what_students_are_not_shown_yet_or_any_more_does_not_exist_for_them(stage: Stage) -> None:
    rows = [row for row in ROWS if "assignment_id" in row.objects and "astrid" in (row.access.guests("astrid") or ())]
    assert rows
    for row in rows:
        nothing = send(stage, row, "astrid", "astrid", assignment_id=NOWHERE)
        for thing in ("planned", "archived quiz"):
            hidden = send(stage, row, "astrid", "astrid", assignment_id=stage.people["astrid"].objects[thing])
            assert (hidden.status_code, faceless(hidden)) == (404, faceless(nothing)), f"{row}: {thing}"


def test_a_draft_of_a_new_bank_is_there_for_its_author_and_admins(stage: Stage) -> None:
    rows = [row for row in ROWS if "draft_id" in row.objects]
    assert rows
    for row in rows:
        sketch = {"draft_id": stage.people["astrid"].objects["sketch"]}
        for who in (each for each in EVERYBODY if each not in {"author", "admin"}):
            assert send(stage, row, who, "astrid", **sketch).status_code == 404, f"{row}: {who}"
        if row.method == "GET":
            assert {send(stage, row, who, "astrid", **sketch).status_code for who in ("author", "admin")} == {200}


def test_pictures_follow_the_draft_or_bank_that_they_belong_to(stage: Stage) -> None:
    may = {"sketch picture": {"author", "admin"}, "draft picture": {"author", "teacher", "admin"}}
    for thing, viewers in may.items():
        path = f"/pictures/{stage.people['astrid'].objects[thing]}"
        assert {who for who in EVERYBODY if stage.caller(who).get(path).status_code == 200} == viewers, thing


@pytest.mark.parametrize(
    ("bank", "readers"),
    [("taught", {"author", "astrid", "assistant", "teacher"}), ("private", {"author"}), ("archived", set())],
)
def test_a_bank_is_there_for_those_it_is_shared_with_alone(stage: Stage, bank: str, readers: set[str]) -> None:
    things = stage.people["astrid"].objects
    rows = [row for row in ROWS if row.objects.get("key") == "bank"]
    assert rows
    for row in rows:
        values = {"key": things[bank], "fact_id": things.get(f"{bank} fact", NOWHERE)}
        for who in EVERYBODY:
            answer = send(stage, row, who, "astrid", **values)
            assert answer.status_code == (row.status if who in readers else 404), f"{row}: {who}"
            if row.method == "POST" and who in readers:
                stage.restore()


@pytest.mark.parametrize("row", SENT, ids=str)
def test_a_form_without_a_valid_token_is_refused_and_changes_nothing(stage: Stage, row: Row) -> None:
    host = stage.people[row.access.host]
    path, fields = row.path(host), row.fields(host)
    foreign = stage.caller().token()
    before = stage.contents()
    for who in (STRANGER, row.access.host):
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
    for who in (STRANGER, row.access.host):
        caller, path = stage.caller(who), row.path(stage.people[row.access.host])
        for query in ("", "?answered=1&page=1&bank=1&_method=POST", "?undo=1&end=1&reveal=1&finish=1"):
            assert caller.get(path + query).status_code < 500
            assert caller.get(path + query, {"X-Fragment": "1", "HX-Request": "true"}).status_code < 500
        assert caller.client.head(path).data == b""
        assert caller.client.options(path).status_code < 500
    assert stage.contents() == before


def test_other_methods_are_refused_and_change_nothing(stage: Stage) -> None:
    declared: dict[tuple[str, str], set[str]] = {}
    for row in ROWS:
        host = row.access.host
        declared.setdefault((row.path(stage.people[host]), host), set()).add(row.method)
    before = stage.contents()
    paths = {path for path, _host in declared}
    for path in paths:
        known = {method for (each, _host), methods in declared.items() if each == path for method in methods}
        caller = stage.caller(next(host for each, host in declared if each == path))
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
