"""Whatever is put into an address, a field or a body, it never breaks the server."""

import json
from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from support.caller import Caller
from support.matrix import ROWS, Access, Row, Stage, set_stage
from werkzeug.test import TestResponse

from quizapp.core.items.reply import LONGEST_FIELD

MEGABYTE = "x" * 1_000_000
SURROGATE = "%ED%A0%80"
HALVES = "%F0%9F"
ODD = {
    "empty": "",
    "a space": "%20",
    "negative": "-1",
    "zero": "0",
    "beyond 31 bits": str(2**31),
    "beyond 63 bits": str(2**63),
    "many digits": "9" * 6000,
    "a fraction": "1.5",
    "infinite": "1e999",
    "no number": "NaN",
    "NUL": "1%00",
    "a lone surrogate": SURROGATE,
    "half a character": HALVES,
    "control characters": "%0D%0ASet-Cookie:%20a=b%1B%7F",
    "an upward path": "..%2F..%2Fetc%2Fpasswd",
    "a backward path": "..%5C..%5Cetc",
    "a quote": "1%27%20OR%20%271%27%3D%271",
    "a template": "%7B%7B7*7%7D%7D",
    "a format": "%25s%25n%7B0%7D",
    "a list": "%5B%5D",
    "JSON": "%7B%22%24gt%22%3A%22%22%7D",
    "right to left": "%E2%80%AE%D7%90",
    "long": "x" * 20_000,
}
"""Percent-encoded values that no page of ours sends."""
LEFT_OUT = {"a space", "zero", "a fraction", "half a character", "an upward path", "a backward path", "a quote"}
TYPED_IN = {what: value for what, value in ODD.items() if what not in LEFT_OUT | {"a template", "a format", "a list"}}
TYPED_IN["long"] = MEGABYTE
NAMED = [row for row in ROWS if row.objects]
ASKED = [row for row in ROWS if row.query]
SENT = [row for row in ROWS if row.method == "POST"]
FIELDS = {"card": ("grade",), "match": ("pair-a", "pair-", "order", "changed", "unsure"), "typed": ("text",)}
CARELESS = {400, 404, 422}
"""How a bad request may be refused; 303, or what the row says, is for those that are understood after all."""


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Iterator[Stage]:
    yield from set_stage(tmp_path_factory.mktemp("stage"), request.getfixturevalue("sqlite_template"))


def caller_for(stage: Stage, row: Row) -> Caller:
    """A page for strangers is tried by one; any other by the least of those whom it is there for."""
    return stage.caller("" if row.access in {Access.STRANGERS, Access.ANYBODY} else row.access.host)


def send(caller: Caller, path: str, body: str | bytes, kind: str = "application/x-www-form-urlencoded") -> TestResponse:
    headers = {"X-CSRFToken": caller.token()}
    base = {"REMOTE_ADDR": caller.address}
    return caller.client.post(path, data=body, content_type=kind, headers=headers, environ_base=base)


def encoded(fields: Mapping[str, Any], name: str, value: str) -> str:
    """Write a form with one field's value already percent-encoded."""
    others = {key: values for key, values in fields.items() if key != name}
    return f"{urlencode(others, doseq=True)}&{quote(name)}={value}"


@pytest.mark.parametrize("row", NAMED, ids=str)
def test_no_address_breaks_the_server_or_finds_anything(stage: Stage, row: Row) -> None:
    person = stage.people[row.access.host]
    before = stage.contents()
    for name in row.objects:
        if name == "course_id" and len(row.objects) > 1:
            continue  # it is tried where nothing comes after it
        for what, value in ODD.items():
            caller, path = caller_for(stage, row), row.path(person, **{name: value})
            answer = caller.get(path) if row.method == "GET" else send(caller, path, "")
            found = {200} if name == "tag" else set()
            assert answer.status_code in {400, 404, 405, 308} | found, f"{name} is {what}: {answer.status}"
    assert stage.contents() == before


@pytest.mark.parametrize("row", ASKED, ids=str)
def test_no_query_breaks_the_server(stage: Stage, row: Row) -> None:
    caller, path = caller_for(stage, row), row.path(stage.people[row.access.host])
    queries = [f"{name}={value}" for name in row.query for value in ODD.values()]
    queries += [f"{row.query[0]}=1&{row.query[0]}=2&{row.query[0]}=x", f"{row.query[0]}[]=1", "=", "&&&", "%00=1"]
    queries += [f"{SURROGATE}=1", "&".join(f"a{number}=1" for number in range(5000))]
    before = stage.contents()
    for query in queries:
        answer = caller.client.open(path, method=row.method, query_string=query)
        assert answer.status_code < 500, query[:80]
        assert "Set-Cookie: a=b" not in str(answer.headers)
    assert stage.contents() == before


@pytest.mark.parametrize("row", SENT, ids=str)
def test_no_field_breaks_the_server(stage: Stage, row: Row) -> None:
    person = stage.people[row.access.host]
    fields = row.fields(person)
    for name in fields or {"csrf_token": ""}:
        given = fields.get(name, "")
        first = given if isinstance(given, str) else given[0]
        repeated = f"{quote(first)}&{quote(name)}={quote(first)}&{quote(name)}=x"
        for what, value in {**TYPED_IN, "repeated": repeated}.items():
            answer = send(caller_for(stage, row), row.path(person), encoded(fields, name, value))
            assert answer.status_code in CARELESS | {303, 409, row.status}, f"{name} is {what}: {answer.status}"
            if answer.status_code in {303, row.status}:
                stage.restore()


@pytest.mark.parametrize("row", SENT, ids=str)
def test_no_body_breaks_the_server(stage: Stage, row: Row) -> None:
    person = stage.people[row.access.host]
    fields = row.fields(person)
    form = "application/x-www-form-urlencoded"
    bodies: dict[str, tuple[str | bytes, str]] = {
        "nothing": ("", form),
        "no type": (urlencode(fields, doseq=True), ""),
        "JSON": (json.dumps(fields), "application/json"),
        "a list in JSON": ("[[[[]]]]", "application/json"),
        "brackets": (urlencode({f"{name}[]": value for name, value in fields.items()}, doseq=True), form),
        "another character set": (urlencode(fields, doseq=True).encode("utf-16"), f"{form}; charset=utf-16"),
        "bytes": (bytes(range(256)) * 8, form),
        "parts without a boundary": ("--x\r\n\r\n--x--", "multipart/form-data"),
        "parts cut off": ('--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n', "multipart/form-data; boundary=x"),
        "parts with a bad name": (
            b'--x\r\nContent-Disposition: form-data; name="\xed\xa0\x80"\r\n\r\na\r\n--x--\r\n',
            "multipart/form-data; boundary=x",
        ),
    }
    for what, (body, kind) in bodies.items():
        answer = send(caller_for(stage, row), row.path(person), body, kind)
        assert answer.status_code in CARELESS | {303, 409, 413, row.status}, f"{what}: {answer.status}"
        if answer.status_code in {303, row.status}:
            stage.restore()


@pytest.mark.parametrize("row", [row for row in SENT if row.access is not Access.ANYBODY], ids=str)
def test_a_file_in_the_place_of_a_text_breaks_nothing(stage: Stage, row: Row) -> None:
    person = stage.people[row.access.host]
    for name in row.fields(person):
        caller = caller_for(stage, row)
        parts: dict[str, Any] = {**row.fields(person), "csrf_token": caller.token()}
        parts[name] = (BytesIO(b"\xff\0GIF89a"), "../../evil\r\n.html")
        answer = caller.client.post(row.path(person), data=parts, environ_base={"REMOTE_ADDR": caller.address})
        assert answer.status_code in CARELESS | {303, 409, row.status}, f"{name}: {answer.status}"
        if answer.status_code in {303, row.status}:
            stage.restore()


@pytest.mark.parametrize(("thing", "names"), FIELDS.items(), ids=FIELDS)
def test_no_answer_to_any_form_of_item_breaks_the_server(stage: Stage, thing: str, names: tuple[str, ...]) -> None:
    path = f"/items/{stage.people['astrid'].objects[thing]}/answer"
    for name in names:
        for what, value in ODD.items():
            answer = send(stage.caller("astrid"), path, encoded({"version": "1", "key": "k" * 22}, name, value))
            assert answer.status_code in CARELESS | {303}, f"{name} is {what}: {answer.status}"
            if answer.status_code == 303:
                stage.restore()


def test_an_answer_is_too_long_or_kept_whole(stage: Stage) -> None:
    person = stage.people["astrid"]
    body = {"version": "1", "key": "k" * 22, "text": "x" * (LONGEST_FIELD + 1), "choice": "x" * (LONGEST_FIELD + 1)}
    answer = send(stage.caller("astrid"), f"/items/{person.objects['item']}/answer", urlencode(body))
    assert answer.status_code == 422


@pytest.mark.parametrize("value", ["", "x", "1.1", "9" * 3000, "é".encode().decode("latin-1"), "=;,\"'"])
def test_no_cookie_breaks_the_server(stage: Stage, value: str) -> None:
    for row in (row for row in ROWS if row.method == "GET"):
        caller = stage.caller()
        caller.client.set_cookie("quizapp", value)
        assert caller.get(row.path(stage.people[row.access.host])).status_code < 500


@pytest.mark.parametrize(
    "headers",
    [
        {"Accept-Language": "xx-XX;q=0.9, sv;q=x, *;q=-1, " + "a" * 9000, "Host": "a b", "Referer": "http://[::1"},
        {"Accept-Language": "../../etc, %00, en_\u00ff", "Host": "x" * 5000, "Content-Length": "-5"},
        {
            "If-None-Match": '"' * 999,
            "Range": "bytes=99999999999999999999-1,-5,x",
            "Accept-Encoding": "gzip;q=nan, *;q=x",
        },
        {"If-Modified-Since": "Thu, 99 Foo 99999 99:99:99 GMT", "X-Fragment": "1", "HX-Request": "true"},
    ],
)
def test_no_header_breaks_the_server(stage: Stage, headers: dict[str, str]) -> None:
    for row in (row for row in ROWS if row.method == "GET"):
        answer = stage.caller(row.access.host).get(row.path(stage.people[row.access.host]), headers)
        assert answer.status_code < 500, f"{row}: {answer.status}"
