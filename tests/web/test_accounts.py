"""Signing up, logging in and out, settings, links that work once, export and leaving."""

import json
import re
from dataclasses import replace
from datetime import UTC, datetime
from typing import ClassVar

import pytest
from sqlalchemy import Engine, select, update
from sqlalchemy.orm import Session
from support.caller import Caller
from support.cast import PASSWORD
from support.site import Site, on_both_databases

from quizapp.actions.accounts import make_link
from quizapp.app import create_app
from quizapp.store import models
from quizapp.store.db import db
from quizapp.store.engine import begin_writing

NEW = {"name": "Nova", "email": "nova@example.org", "password": "horses on batteries", "zone": "Europe/Helsinki"}
NAMES = [
    "Zoë 🦊",
    "<script>alert(1)</script>",
    "'; DROP TABLE user; --",
    "Ω≈ç√∫˜µ",
    "田中さん",
    "{{ 7*7 }}",
    "ﺎﻠﻣ",
    "%s%d",
]


def account(site: Site, email: str) -> models.User:
    site.session.rollback()
    return site.session.scalars(select(models.User).where(models.User.email == email)).one()


def link(site: Site, purpose: str, user: models.User | None) -> str:
    begin_writing(site.session)
    token = make_link(site.session, purpose=purpose, user=user, now=datetime.now(UTC))
    site.session.commit()
    return f"/{purpose}/{token}"


class TestSignUp:
    """Anybody may make an account, unless the site is closed."""

    def test_it_makes_an_account_and_lets_you_in(self, site: Site, stranger: Caller) -> None:
        assert stranger.post("/signup", NEW).headers["Location"] == "/"
        made = account(site, "nova@example.org")
        assert (made.name, made.zone, made.role) == ("Nova", "Europe/Helsinki", "student")
        assert (made.minutes_a_day, made.retention) == (site.config.minutes_a_day, site.config.retention)
        assert "Nova" in stranger.get("/").text

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("email", "nova"),
            ("email", "no va@example.org"),
            ("email", "x" * 250 + "@example.org"),
            ("email", ""),
            ("name", "  "),
            ("name", "x" * 121),
            ("password", "short"),
            ("password", ""),
            ("password", "x" * 200),
            ("email", "ASTRID@example.org"),
        ],
    )
    def test_a_refusal_stands_beside_its_field_and_loses_nothing(
        self, stranger: Caller, field: str, value: str
    ) -> None:
        answer = stranger.post("/signup", {**NEW, field: value})
        assert answer.status_code == 422
        assert f'id="{field}-error"' in answer.text
        for other in {"name", "email"} - {field}:
            assert f'value="{NEW[other]}"' in answer.text
        assert NEW["password"] not in answer.text

    def test_a_zone_that_does_not_exist_becomes_the_sites_own(self, site: Site, stranger: Caller) -> None:
        stranger.post("/signup", {**NEW, "zone": "Mars/Olympus"})
        assert account(site, "nova@example.org").zone == site.config.zone

    def test_nobody_signs_up_as_an_admin(self, site: Site, stranger: Caller) -> None:
        stranger.post("/signup", {**NEW, "role": "admin", "session_version": "9", "minutes_a_day": "600"})
        made = account(site, "nova@example.org")
        assert (made.role, made.session_version, made.minutes_a_day) == ("student", 1, 20)

    def test_a_closed_site_says_so(self, site: Site) -> None:
        app = create_app(replace(site.config, sign_up=False))
        caller = Caller(app.test_client())
        assert "Sign-up is closed" in caller.get("/signup").text
        assert "/signup" not in caller.get("/login").text
        assert caller.post("/signup", NEW).status_code == 403
        with app.app_context():
            db.engine.dispose()

    def test_who_is_logged_in_does_not_sign_up(self, astrid: Caller) -> None:
        assert astrid.get("/signup").headers["Location"] == "/"


class TestLogIn:
    """Unknown addresses and wrong passwords look the same."""

    def test_wrong_and_unknown_are_told_alike(self, stranger: Caller) -> None:
        wrong = stranger.log_in("astrid@example.org", "not the password")
        unknown = stranger.log_in("nobody@example.org", "not the password")
        assert wrong.status_code == unknown.status_code == 422
        assert "is not right" in wrong.text
        for answer in (wrong, unknown):
            assert "not the password" not in answer.text
        same = unknown.text.replace("nobody@", "astrid@")
        assert _without_token(wrong.text) == _without_token(same)

    def test_the_address_that_was_typed_stays(self, stranger: Caller) -> None:
        assert 'value="astrid@example.org"' in stranger.log_in("astrid@example.org", "not the password").text

    def test_log_out_ends_the_session_of_this_browser_alone(self, site: Site, astrid: Caller) -> None:
        other = site.logged_in("astrid")
        assert astrid.post("/logout").headers["Location"] == "/"
        assert astrid.get("/progress").status_code == 303
        assert other.get("/progress").status_code == 200

    def test_who_is_logged_in_goes_on(self, astrid: Caller) -> None:
        assert astrid.get("/login?next=/banks").headers["Location"] == "/banks"


class TestSettings:
    """How somebody wants to learn."""

    FORM: ClassVar = {
        "name": "Astrid",
        "minutes_a_day": "35",
        "retention": "0.85",
        "quiet": ["5", "6"],
        "zone": "Asia/Tokyo",
    }

    @on_both_databases
    def test_they_are_saved_and_shown(self, site: Site, astrid: Caller) -> None:
        assert astrid.post("/settings", self.FORM).headers["Location"] == "/settings"
        page = astrid.get("/settings").text
        assert "Your settings are saved." in page
        user = account(site, "astrid@example.org")
        assert (user.minutes_a_day, user.retention, user.quiet_weekdays) == (35, 0.85, "56")
        assert user.zone == "Asia/Tokyo"
        assert page.count("checked") == 4, "one retention, two days, the colours"

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("minutes_a_day", "0"),
            ("minutes_a_day", "601"),
            ("minutes_a_day", "many"),
            ("minutes_a_day", "9" * 5000),
            ("retention", "0.99"),
            ("retention", "nan"),
            ("quiet", ["0", "1", "2", "3", "4", "5", "6"]),
            ("quiet", ["7"]),
            ("zone", "Mars/Olympus"),
            ("name", ""),
        ],
    )
    def test_what_cannot_be_is_refused(self, site: Site, astrid: Caller, field: str, value: str | list[str]) -> None:
        answer = astrid.post("/settings", {**self.FORM, field: value})
        assert answer.status_code == 422
        assert f'id="{field}-error"' in answer.text
        assert account(site, "astrid@example.org").minutes_a_day == 20

    def test_a_value_of_ones_own_stays_to_be_chosen(self, site: Site, astrid: Caller) -> None:
        site.cast.astrid.retention = 0.88
        site.session.commit()
        assert "Your own value, 88%" in astrid.get("/settings").text

    @on_both_databases
    def test_any_name_comes_back_as_it_was_written(self, site: Site, astrid: Caller) -> None:
        for name in NAMES:
            assert astrid.post("/settings", {**self.FORM, "name": name}).status_code == 303
            assert account(site, "astrid@example.org").name == name
            page = astrid.get("/").text
            assert "<script>alert" not in page
            assert "49" not in page.partition("site-bar__name")[2][:40]


class TestPassword:
    """The password and what hangs on it."""

    FORM: ClassVar = {"old": PASSWORD, "new": "words that are new", "again": "words that are new"}

    def test_changing_it_logs_every_other_device_out(self, site: Site, astrid: Caller) -> None:
        other = site.logged_in("astrid")
        assert astrid.post("/settings/password", self.FORM).status_code == 303
        assert astrid.get("/progress").status_code == 200
        assert other.get("/progress").status_code == 303
        assert site.caller().log_in("astrid@example.org", "words that are new").status_code == 303
        assert site.caller().log_in("astrid@example.org").status_code == 422

    @pytest.mark.parametrize(
        ("field", "value"), [("old", "not it at all"), ("again", "something else"), ("new", "short")]
    )
    def test_a_mistake_changes_nothing(self, site: Site, astrid: Caller, field: str, value: str) -> None:
        answer = astrid.post("/settings/password", {**self.FORM, field: value})
        assert answer.status_code == 422
        assert 'class="field__error"' in answer.text
        assert site.caller().log_in("astrid@example.org").status_code == 303

    def test_log_out_everywhere_means_here_too(self, site: Site, astrid: Caller) -> None:
        other = site.logged_in("astrid")
        assert astrid.post("/settings/sessions/end").headers["Location"] == "/login"
        assert astrid.get("/progress").status_code == other.get("/progress").status_code == 303


class TestLinks:
    """Links that work once."""

    def test_the_setup_link_makes_an_admin_once(self, site: Site, stranger: Caller) -> None:
        path = link(site, "setup", None)
        assert "admin" in stranger.get(path).text
        assert stranger.post(path, NEW).headers["Location"] == "/"
        assert account(site, "nova@example.org").role == "admin"
        again = site.caller().get(path)
        assert (again.status_code, "used already" in again.text) == (404, True)

    def test_a_mistake_does_not_use_it_up(self, site: Site, stranger: Caller) -> None:
        path = link(site, "setup", None)
        assert stranger.post(path, {**NEW, "email": "astrid@example.org"}).status_code == 422
        assert stranger.post(path, NEW).status_code == 303

    def test_the_reset_link_sets_a_password_and_ends_old_sessions(
        self, site: Site, astrid: Caller, stranger: Caller
    ) -> None:
        path = link(site, "reset", site.cast.astrid)
        form = {"password": "words that are new", "again": "words that are new"}
        assert stranger.post(path, {**form, "again": "typed wrong"}).status_code == 422
        assert stranger.post(path, form).status_code == 303
        assert stranger.get("/progress").status_code == 200
        assert astrid.get("/progress").status_code == 303
        assert site.caller().get(path).status_code == 404

    def test_a_link_is_good_for_its_purpose_only(self, site: Site, stranger: Caller) -> None:
        token = link(site, "reset", site.cast.astrid).removeprefix("/reset/")
        assert stranger.get(f"/setup/{token}").status_code == 404

    def test_links_cannot_be_guessed_at_leisure(self, stranger: Caller) -> None:
        assert stranger.get("/reset/made-up").status_code == 404
        codes = {stranger.post("/reset/made-up", {"password": "x"}).status_code for _ in range(35)}
        assert codes == {404, 429}


@on_both_databases
def test_the_export_is_a_file_of_ones_own(site: Site, astrid: Caller) -> None:
    begin_writing(site.session)
    site.lesson.answer(site.cast.astrid, "cards.tco", days=0)
    site.lesson.answer(site.cast.jussi, "cards.sla", days=0)
    site.session.commit()
    answer = astrid.get("/settings/export")
    assert answer.mimetype == "application/json"
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="quizapp-')
    data = json.loads(answer.text)
    assert data["account"]["email"] == "astrid@example.org"
    assert "cards.tco" in answer.text
    assert "cards.sla" not in answer.text
    assert "password" not in answer.text
    assert "jussi" not in answer.text


class TestLeaving:
    """An account can be deleted by its owner."""

    @on_both_databases
    def test_it_takes_the_password_and_removes_everything(self, site: Site, astrid: Caller) -> None:
        begin_writing(site.session)
        site.lesson.answer(site.cast.astrid, "cards.tco", days=0)
        site.session.commit()
        assert astrid.post("/settings/delete", {"password": "not it at all"}).status_code == 422
        assert astrid.post("/settings/delete", {"password": PASSWORD}).headers["Location"] == "/"
        site.session.rollback()
        assert site.session.scalars(select(models.User.email).where(models.User.name == "Astrid")).all() == []
        assert site.session.scalars(select(models.Review)).all() == []
        assert "deleted" in astrid.get("/").text

    def test_the_last_admin_stays(self, site: Site) -> None:
        admin = site.logged_in("admin")
        answer = admin.post("/settings/delete", {"password": PASSWORD})
        assert (answer.status_code, "There must be an admin" in answer.text) == (422, True)


def _without_token(page: str) -> str:
    """Leave out what a form's token is: it holds the time to the second."""
    assert 'name="csrf_token"' in page
    return re.sub(r'name="csrf_token"[^>]*>', "", page)


def test_a_password_is_checked_without_waiting_for_whoever_writes(site: Site, database: Engine) -> None:
    with Session(database) as other:
        begin_writing(other)
        other.execute(update(models.User).values(last_seen_at=site.lesson.start))
        assert site.caller().log_in("astrid@example.org", "not the password").status_code == 422
        other.rollback()
