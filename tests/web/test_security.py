"""Every response carries its guards, and nothing gets past them."""

from typing import Any

import pytest
from flask import Flask, request
from sqlalchemy import event, text
from support.caller import Caller
from support.site import Site, on_both_databases

from quizapp.app import create_app
from quizapp.config import Config
from quizapp.store.db import db
from quizapp.store.engine import begin_writing
from quizapp.web.security import CONTENT_SECURITY_POLICY

FORMS = ["/login", "/logout", "/sittings", "/attempts", "/settings", "/items/1/answer"]
DEEDS = ["/logout", "/sittings", "/attempts", "/settings/sessions/end", "/attempts/1/practice"]
NOWHERE = [
    "/attempts/99999999999999999999999999",
    f"/attempts/{2**63}",
    f"/attempts/{2**31}",
    f"/attempts/{'9' * 6000}",
    "/attempts/-1",
    "/attempts/1.0",
    "/attempts/999999999999999999/999999999999999999",
    "/sittings/99999999999999999999",
    "/items/99999999999999999999/after",
    "/banks/no-such-bank",
    "/banks/" + "x" * 3000,
    "/banks/sourcing-test/facts/99999999999999999999",
    "/banks/sourcing-test?page=99999999999999999999999",
    "/banks/sourcing-test?page=0",
    "/progress/no-such-bank",
    "/progress/%F0%9F%92%A9",
    "/banks/%ED%A0%80",
]
WITH_NUL = ["/banks/a%00b", "/quiz?bank=%00", "/login?next=%00", "/reset/%00"]
ODD_FIELDS: list[dict[str, Any]] = [
    {"kind": "practice", "bank": "99999999999999999999999"},
    {"kind": ["practice", "match"], "bank": ["1", "x"]},
    {"kind": "practice", "fact": "-1"},
    {"kind": "\ud83d"},
    {"kind": "practice", "tag": ["a"] * 300},
    {"kind": ""},
    {},
]


@pytest.mark.parametrize("path", ["/", "/login", "/nowhere", "/progress", "/signup/", "/banks/a%00b"])
def test_every_response_carries_the_guards(bare_app: Flask, path: str) -> None:
    headers = Caller(bare_app.test_client()).get(path).headers
    assert headers["Content-Security-Policy"] == CONTENT_SECURITY_POLICY
    assert "unsafe" not in CONTENT_SECURITY_POLICY
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]
    assert headers["Cache-Control"] == "no-store"


def test_a_fault_of_the_server_carries_them_too(bare_app: Flask) -> None:
    caller = Caller(bare_app.test_client())
    answer = caller.post("/login", {"email": "a@example.org", "password": "long enough"})
    assert answer.status_code == 500, "there are no tables"
    assert answer.headers["Content-Security-Policy"] == CONTENT_SECURITY_POLICY
    assert "Our fault" in answer.text
    assert "Traceback" not in answer.text


def test_static_files_may_be_kept(bare_app: Flask) -> None:
    with bare_app.test_request_context():
        url = bare_app.jinja_env.globals["asset_url"]("css/app.css")  # type: ignore[operator]  # a global is any object
    answer = Caller(bare_app.test_client()).get(url)
    assert "immutable" in answer.headers["Cache-Control"]
    assert "Set-Cookie" not in answer.headers
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_only_known_hosts_are_answered(tmp_path_factory: pytest.TempPathFactory) -> None:
    config = Config(data=str(tmp_path_factory.mktemp("hosts")), hosts="quiz.example, www.quiz.example")
    caller = Caller(create_app(config).test_client())
    assert caller.get("/", headers={"Host": "quiz.example"}).status_code == 200
    refused = caller.get("/", headers={"Host": "evil.example"})
    assert refused.status_code == 400
    assert "evil.example" not in refused.headers.get("Location", "")


def test_a_proxy_is_believed_only_when_the_setting_says_so(tmp_path_factory: pytest.TempPathFactory) -> None:
    heard: list[tuple[str | None, str]] = []

    def ask(proxies: int) -> None:
        app = create_app(Config(data=str(tmp_path_factory.mktemp("proxy")), proxies=proxies))
        app.before_request(lambda: heard.append((request.remote_addr, request.scheme)))
        sent = {"X-Forwarded-For": "203.0.113.9", "X-Forwarded-Proto": "https"}
        Caller(app.test_client()).get("/", headers=sent)

    ask(0)
    ask(1)
    assert heard == [("192.0.2.1", "http"), ("203.0.113.9", "https")]


def test_behind_tls_the_cookie_is_bound_to_it(tmp_path_factory: pytest.TempPathFactory) -> None:
    app = create_app(Config(data=str(tmp_path_factory.mktemp("tls")), secure_cookies=True))
    answer = app.test_client().get("/login", base_url="https://localhost/")
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"
    assert answer.headers["Set-Cookie"].startswith("__Host-quizapp=")
    assert "Secure" in answer.headers["Set-Cookie"]
    assert "Domain" not in answer.headers["Set-Cookie"]


def test_a_form_without_its_token_is_refused(astrid: Caller) -> None:
    for path in FORMS:
        answer = astrid.post_bare(path, {"email": "x", "kind": "practice"})
        assert answer.status_code == 400
        assert "cookies" in answer.text


def test_a_token_of_another_session_is_refused(site: Site, astrid: Caller) -> None:
    foreign = site.caller().token()
    assert astrid.post_bare("/logout", {"csrf_token": foreign}).status_code == 400
    assert astrid.get("/progress").status_code == 200


def test_nothing_is_changed_by_opening_an_address(astrid: Caller) -> None:
    for path in DEEDS:
        assert astrid.get(path).status_code == 405, path


@on_both_databases
def test_what_cannot_exist_is_not_found(astrid: Caller) -> None:
    for path in NOWHERE:
        assert astrid.get(path).status_code == 404, path


@on_both_databases
def test_a_nul_is_a_bad_request(astrid: Caller) -> None:
    for path in WITH_NUL:
        assert astrid.get(path).status_code == 400, path


@on_both_databases
def test_odd_fields_never_break_the_server(astrid: Caller) -> None:
    for fields in ODD_FIELDS:
        cleaned = {
            name: value.encode("utf-8", "replace").decode() if isinstance(value, str) else value
            for name, value in fields.items()
        }
        assert astrid.post("/sittings", cleaned).status_code in {303, 400, 404, 422}, fields


def test_a_nul_in_a_form_is_a_bad_request(stranger: Caller) -> None:
    form = {"name": "A", "email": "a@example.org", "password": "long enough words", "zone": "UTC"}
    for field in form:
        assert stranger.post("/signup", {**form, field: "a\0b"}).status_code == 400, field


def test_more_than_the_site_takes_is_refused(stranger: Caller) -> None:
    answer = stranger.post("/login", {"email": "x" * (6 * 1024 * 1024), "password": "x"})
    assert answer.status_code == 413
    assert "Too large" in answer.text


def test_too_many_fields_are_refused(stranger: Caller) -> None:
    token = stranger.token()
    answer = stranger.client.post(
        "/login",
        data={**{f"f{number}": "x" for number in range(3000)}, "csrf_token": token},
        content_type="multipart/form-data",
    )
    assert answer.status_code == 413


class TestGuessing:
    """Log-in is slowed down for who guesses, and for nobody else."""

    def test_after_five_wrong_passwords_there_is_a_pause(self, stranger: Caller) -> None:
        for _ in range(5):
            assert stranger.log_in("astrid@example.org", "a wrong guess").status_code == 422
        stopped = stranger.log_in("astrid@example.org", "a wrong guess")
        assert stopped.status_code == 429
        assert 1 <= int(stopped.headers["Retry-After"]) <= 3600
        assert "Nothing is locked" in stopped.text

    def test_the_owner_gets_in_from_elsewhere(self, site: Site, stranger: Caller) -> None:
        for _ in range(6):
            stranger.log_in("astrid@example.org", "a wrong guess")
        assert site.caller("198.51.100.7").log_in("astrid@example.org").status_code == 303

    def test_a_neighbour_gets_in_from_the_same_address(self, site: Site, stranger: Caller) -> None:
        for _ in range(6):
            stranger.log_in("astrid@example.org", "a wrong guess")
        assert site.caller(stranger.address).log_in("jussi@example.org").status_code == 303

    def test_case_and_spaces_of_the_address_make_no_new_account(self, stranger: Caller) -> None:
        for spelt in ("astrid@example.org", "ASTRID@example.org", " astrid@example.org ") * 2:
            answer = stranger.log_in(spelt, "a wrong guess")
        assert answer.status_code == 429

    def test_right_passwords_are_not_counted(self, site: Site) -> None:
        for _ in range(8):
            assert site.caller().log_in("astrid@example.org").status_code == 303

    def test_one_household_is_one_address_in_ipv6(self, site: Site) -> None:
        for number in range(6):
            answer = site.caller(f"2001:db8::{number:x}").log_in("astrid@example.org", "a wrong guess")
        assert answer.status_code == 429
        assert site.caller("2001:db8:1::1").log_in("astrid@example.org").status_code == 303

    def test_the_own_password_cannot_be_guessed_either(self, astrid: Caller) -> None:
        form = {"old": "a wrong guess", "new": "words that are new", "again": "words that are new"}
        answers = [astrid.post("/settings/password", form).status_code for _ in range(6)]
        assert answers == [422] * 5 + [429]
        assert astrid.get("/progress").status_code == 200


def test_a_busy_database_is_said_to_be_busy(site: Site, astrid: Caller) -> None:
    _shorten_patience(site.app)
    token = astrid.token()
    begin_writing(site.session)
    answer = astrid.post_bare("/sittings", {"kind": "practice", "csrf_token": token})
    site.session.rollback()
    assert answer.status_code == 503
    assert int(answer.headers["Retry-After"]) >= 1
    assert "Nothing was changed" in answer.text
    assert astrid.post("/sittings", {"kind": "practice"}).status_code == 303


def test_an_unreachable_database_is_said_to_be_away(tmp_path_factory: pytest.TempPathFactory) -> None:
    away = "postgresql://nobody@127.0.0.1:9/none"
    app = create_app(Config(data=str(tmp_path_factory.mktemp("away")), database_url=away, secret_key="k" * 40))
    caller = Caller(app.test_client())
    assert caller.get("/").status_code == 200, "the front door needs no database"
    answer = caller.post("/login", {"email": "a@example.org", "password": "long enough"})
    assert (answer.status_code, "Busy for a moment" in answer.text) == (503, True)
    with caller.client.session_transaction() as held:
        held["_user_id"] = "1.1"
    assert caller.get("/progress").status_code == 503


@on_both_databases
def test_a_refused_deed_leaves_no_lock_behind(site: Site, astrid: Caller) -> None:
    assert astrid.post("/items/1/answer", {"key": "k" * 16, "version": "1"}).status_code == 404
    site.session.execute(text("UPDATE bank SET title = 'free'"))
    site.session.commit()


def _shorten_patience(app: Flask) -> None:
    with app.app_context():
        db.engine.dispose()
        event.listen(db.engine, "connect", lambda connection, _: connection.execute("PRAGMA busy_timeout = 50"))
