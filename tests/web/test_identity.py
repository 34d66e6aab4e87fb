"""Pages are private unless they say otherwise, and a session is only as good as its account."""

import os
from pathlib import Path

import pytest
from flask import Flask, session
from flask_login import current_user
from support.caller import Caller
from support.cast import PASSWORD
from support.site import Site
from werkzeug.exceptions import Forbidden

from quizapp.web import identity

PUBLIC = {
    "entry.log_in",
    "entry.reset",
    "entry.set_up",
    "entry.sign_up",
    "health.check",
    "asset",
    "home.home",
    "languages.choose",
}
ELSEWHERE = [
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "https://evil.example/",
    "https:evil.example",
    "javascript:alert(1)",
    "/\t/evil.example",
    "/%0d%0aSet-Cookie:x=1\r\n",
    "http:///evil.example",
    "evil.example",
    "",
    "/\x00",
    "/\u2028",
]


def hostile(name: str) -> list[str]:
    """Read more payloads where a folder of them is named."""
    folder = os.environ.get("QUIZAPP_HOSTILE")
    return (Path(folder) / "lists" / name).read_text(encoding="utf-8").splitlines() if folder else []


def test_every_page_that_is_not_listed_as_public_asks_for_a_log_in(site: Site, stranger: Caller) -> None:
    for rule in site.app.url_map.iter_rules():
        path = rule.build(dict.fromkeys(rule.arguments, 1), append_unknown=False)
        assert path is not None
        methods = (rule.methods or set()) - {"HEAD", "OPTIONS"}
        for method in methods:
            answer = stranger.get(path[1]) if method == "GET" else stranger.post(path[1])
            sent_away = answer.status_code == 303 and answer.headers["Location"].startswith("/login")
            assert sent_away != (rule.endpoint in PUBLIC), (rule.endpoint, method, answer.status_code)


def test_log_in_leads_back_to_the_page_that_was_asked_for(stranger: Caller) -> None:
    sent = stranger.get("/banks/sourcing-test?page=1")
    assert sent.headers["Location"] == "/login?next=%2Fbanks%2Fsourcing-test%3Fpage%3D1"
    back = stranger.post(sent.headers["Location"], {"email": "astrid@example.org", "password": "correct horse battery"})
    assert back.headers["Location"] == "/banks/sourcing-test?page=1"


def test_a_form_sent_without_a_session_is_not_repeated_after_log_in(stranger: Caller) -> None:
    assert stranger.post("/sittings", {"kind": "practice"}).headers["Location"] == "/login"


def test_a_fragment_asked_for_without_a_session_moves_the_whole_page_to_log_in(stranger: Caller) -> None:
    answer = stranger.get("/progress", headers={"HX-Request": "true"})
    assert (answer.status_code, answer.headers["HX-Redirect"]) == (401, "/login")


@pytest.mark.parametrize("target", [*ELSEWHERE, *hostile("open_redirect.txt")])
def test_nobody_is_sent_to_another_site(bare_app: Flask, target: str) -> None:
    with bare_app.test_request_context():
        back = identity.safe_next(target)
    assert back.startswith("/")
    assert not back.startswith(("//", "/\\"))
    assert back.isprintable()


def test_a_path_of_this_site_is_kept(bare_app: Flask) -> None:
    with bare_app.test_request_context():
        assert identity.safe_next("/banks/a?page=2") == "/banks/a?page=2"


def test_the_cookie_is_for_http_and_this_site_only(stranger: Caller) -> None:
    cookie = stranger.log_in("astrid@example.org").headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Expires=" in cookie
    assert "Secure" not in cookie


def test_logging_in_forgets_what_the_browser_held_before(site: Site, stranger: Caller) -> None:
    with stranger.client.session_transaction() as held:
        held["planted"] = "by somebody else"
    stranger.log_in("astrid@example.org")
    with stranger.client.session_transaction() as held:
        assert "planted" not in held
        assert held["_user_id"] == f"{site.cast.astrid.id}.1"


def test_a_session_ends_when_its_version_is_raised(site: Site, astrid: Caller) -> None:
    assert astrid.get("/progress").status_code == 200
    site.cast.astrid.session_version += 1
    site.session.commit()
    assert astrid.get("/progress").status_code == 303


def test_a_session_ends_when_the_account_is_disabled(site: Site, astrid: Caller) -> None:
    site.cast.astrid.disabled_at = site.lesson.start
    site.session.commit()
    assert astrid.get("/progress").status_code == 303


def test_a_made_up_session_is_nobody(site: Site, stranger: Caller) -> None:
    for made_up in ("", "x.1", "1", f"{10**30}.1", f"{site.cast.astrid.id}.one"):
        with stranger.client.session_transaction() as held:
            held["_user_id"] = made_up
        assert stranger.get("/progress").status_code == 303, made_up


def test_a_role_is_asked_for(site: Site) -> None:
    def view() -> str:
        return "in"

    guarded = identity.requires_role("admin", "instructor")(view)

    def call(app: Flask, name: str) -> str:
        with app.test_request_context():
            session["_user_id"] = f"{getattr(site.cast, name).id}.1"
            assert current_user.is_authenticated
            return guarded()

    assert call(site.app, "teacher") == "in"
    with pytest.raises(Forbidden):
        call(site.app, "astrid")


def test_a_deleted_account_leaves_no_key_to_the_next_one(site: Site) -> None:
    phone, laptop = site.logged_in("astrid"), site.logged_in("astrid")
    phone.post("/settings/delete", {"password": PASSWORD})
    new = {"name": "Somebody", "email": "somebody@example.org", "password": "other horses run", "zone": "UTC"}
    assert site.caller("192.0.2.9").post("/signup", new).status_code == 303
    assert "/login" in laptop.get("/settings").location
