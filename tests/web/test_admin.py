"""The administration: for admins alone, and what it does is entered in the books."""

import csv
import io
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from support.caller import Caller
from support.site import Site, on_both_databases

from quizapp.actions import audit
from quizapp.app import create_app
from quizapp.config import Config
from quizapp.store import models, schema
from quizapp.store.db import db
from quizapp.store.engine import begin_writing

PAGES = ("/admin", "/admin/users", "/admin/courses", "/admin/log-ins", "/admin/audit", "/admin/audit.csv",
         "/admin/storage", "/admin/settings")  # fmt: skip


@pytest.fixture
def admin(site: Site) -> Caller:
    return site.logged_in("admin")


def write(site: Site) -> None:
    site.session.rollback()
    begin_writing(site.session)


def again(site: Site, user: models.User) -> models.User:
    """Read somebody afresh."""
    site.session.rollback()
    site.session.refresh(user)
    return user


def books(site: Site) -> list[tuple[str, str]]:
    site.session.rollback()
    rows = site.session.scalars(select(models.AuditEntry).order_by(models.AuditEntry.id))
    return [(row.by_name, row.action) for row in rows]


def test_it_is_for_admins_alone(site: Site, stranger: Caller) -> None:
    people = {name: site.logged_in(name) for name in ("astrid", "teacher")}
    user = f"/admin/users/{site.cast.jussi.id}"
    for path in (*PAGES, user):
        assert stranger.get(path).status_code == 303, path
        assert [caller.get(path).status_code for caller in people.values()] == [403, 403], path
    for path in ("role", "disable", "enable", "reset-link"):
        assert people["teacher"].post(f"{user}/{path}", {"role": "admin"}).status_code == 403
    assert people["teacher"].post("/admin/check").status_code == 403
    assert people["teacher"].post("/admin/settings", {"name": "Mine"}).status_code == 403
    assert again(site, site.cast.jussi).role == "student"


@on_both_databases
@pytest.mark.parametrize("path", PAGES)
def test_every_page_opens(admin: Caller, path: str) -> None:
    assert admin.get(path).status_code == 200


@on_both_databases
def test_the_overview_tells_how_the_site_is_doing(site: Site, admin: Caller) -> None:
    text = admin.get("/admin").text
    assert re.search(r"(SQLite|PostgreSQL) \d+\.\d+", text)
    assert schema.head() in text
    assert "as it should be" in text
    assert "No backup in the last week" in text
    folder = site.config.folder / "backups"
    folder.mkdir()
    (folder / "quizapp-1.sqlite3").write_bytes(b"x" * 2000)
    assert "No backup in the last week" not in admin.get("/admin").text
    assert "2.0 kB" in admin.get("/admin/storage").text or "2 kB" in admin.get("/admin/storage").text


@on_both_databases
def test_the_database_is_checked_on_demand(admin: Caller) -> None:
    assert admin.post("/admin/check").status_code == 303
    assert "all is well" in admin.get("/admin").text


def test_users_are_listed_filtered_and_sorted(admin: Caller) -> None:
    def names(query: str) -> list[str]:
        return re.findall(r'href="/admin/users/\d+">([^<]+)</a>', admin.get(f"/admin/users{query}").text)

    assert names("") == ["Admin", "Astrid", "Jussi", "Outsider", "Teacher"]
    assert names("?sort=-name")[0] == "Teacher"
    assert names("?role=instructor") == ["Teacher"]
    assert names("?q=jussi@example") == ["Jussi"]
    assert names("?state=disabled") == []


def test_a_role_is_changed_and_entered(site: Site, admin: Caller) -> None:
    path = f"/admin/users/{site.cast.astrid.id}/role"
    assert admin.post(path, {"role": "emperor"}).status_code == 422
    assert admin.post(path, {"role": "instructor"}).status_code == 303
    assert again(site, site.cast.astrid).role == "instructor"
    assert books(site) == [("Admin", "account.role")]


def test_the_last_admin_is_told_why_not(site: Site, admin: Caller) -> None:
    own = f"/admin/users/{site.cast.admin.id}"
    refused = admin.post(f"{own}/role", {"role": "student"})
    assert refused.status_code == 422
    assert "There must be an admin" in refused.text
    assert "your own account" in admin.post(f"{own}/disable").text
    assert admin.get("/admin").status_code == 200
    assert books(site) == []


@on_both_databases
def test_a_disabled_account_is_out_at_once_and_can_be_let_in_again(site: Site, admin: Caller, astrid: Caller) -> None:
    path = f"/admin/users/{site.cast.astrid.id}"
    assert astrid.get("/progress").status_code == 200
    assert admin.post(f"{path}/disable").status_code == 303
    assert astrid.get("/progress").status_code == 303
    assert site.caller().log_in("astrid@example.org").status_code == 422
    assert admin.post(f"{path}/enable").status_code == 303
    assert site.caller().log_in("astrid@example.org").status_code == 303


def test_a_link_for_a_new_password_is_shown_once_and_works_once(site: Site, admin: Caller, stranger: Caller) -> None:
    path = f"/admin/users/{site.cast.astrid.id}"
    made = admin.post(f"{path}/reset-link")
    assert made.status_code == 200
    assert made.headers["Cache-Control"] == "no-store"
    link = re.search(r'value="http://localhost(/reset/[^"]+)"', made.text)
    assert link
    assert link[1] not in admin.get(path).text
    assert "Set-Cookie" not in made.headers
    new = {"password": "words that are new", "again": "words that are new"}
    assert stranger.post(link[1], new).status_code == 303
    assert site.caller().get(link[1]).status_code == 404


def test_accounts_that_are_not_there_are_not_found(admin: Caller) -> None:
    assert admin.get("/admin/users/99999").status_code == 404
    for deed in ("role", "disable", "enable", "reset-link"):
        assert admin.post(f"/admin/users/99999/{deed}", {"role": "student"}).status_code == 404


@on_both_databases
def test_failed_log_ins_are_grouped_by_account_and_by_address(site: Site, admin: Caller) -> None:
    one, other = site.caller("192.0.2.50"), site.caller("192.0.2.60")
    one.log_in("astrid@example.org", "wrong password")
    one.log_in("nobody@example.org", "wrong password")
    other.log_in("astrid@example.org", "wrong password")
    by_account = admin.get("/admin/log-ins").text
    assert re.search(r'Astrid</a>.*?<td class="num">2</td><td class="num">2</td>', by_account, re.DOTALL)
    assert re.search(r'no account of this site.*?<td class="num">1</td><td class="num">1</td>', by_account, re.DOTALL)
    by_address = admin.get("/admin/log-ins?by=address").text
    assert re.search(r'192.0.2.50</code>.*?<td class="num">2</td><td class="num">1</td>', by_address, re.DOTALL)
    assert "wrong password" not in by_account + by_address
    assert "nobody@example.org" not in by_account + by_address


def test_a_known_and_an_unknown_account_fail_alike(site: Site) -> None:
    known = site.caller().log_in("astrid@example.org", "wrong password")
    unknown = site.caller().log_in("nobody@example.org", "wrong password")
    assert known.status_code == unknown.status_code == 422
    site.session.rollback()
    assert len(site.session.scalars(select(models.FailedLogIn)).all()) == 2


def test_a_log_in_that_worked_is_not_noted(site: Site) -> None:
    site.logged_in("astrid")
    site.session.rollback()
    assert site.session.scalars(select(models.FailedLogIn)).all() == []


@pytest.fixture
def entered(site: Site) -> Site:
    """Sixty entries over sixty days, by two people."""
    write(site)
    now = datetime.now(UTC)
    for day in reversed(range(60)):
        by = site.cast.teacher if day % 2 else site.cast.admin
        action = "bank.publish" if day % 3 else "role.change"
        about = "=cmd|' /C calc'!A0" if day == 0 else f"thing {day:02}"
        audit.enter(site.session, by, action, about, now=now - timedelta(days=day), detail={"n": day, "to": "<b>x</b>"})
    site.session.commit()
    return site


@on_both_databases
def test_the_books_are_filtered_and_paged(entered: Site, admin: Caller) -> None:
    def abouts(query: str) -> list[str]:
        return re.findall(r'<p class="row__note">(thing \d\d)\b', admin.get(f"/admin/audit{query}").text)

    assert entered.config
    assert len(abouts("")) == 49
    assert len(abouts("?page=2")) == 10
    assert abouts("?q=teacher&period=7") == ["thing 01", "thing 03", "thing 05"]
    assert len(abouts("?action=role.change")) == 19
    assert abouts("?q=thing+07") == ["thing 07"]
    assert "Nothing in this list fits" in admin.get("/admin/audit?q=%25").text
    for query in ("?course=1", "?course=99999999999", "?course=x", "?period=1e9", "?page=-4", "?action=none"):
        assert admin.get(f"/admin/audit{query}").status_code == 200
    assert "<b>x</b>" not in admin.get("/admin/audit").text


@on_both_databases
def test_the_export_holds_all_that_fits_and_no_formula(entered: Site, admin: Caller) -> None:
    assert entered.config
    answer = admin.get("/admin/audit.csv")
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="audit-')
    rows = list(csv.DictReader(io.StringIO(answer.get_data().decode("utf-8-sig"))))
    assert len(rows) == 60
    assert any(row["about"] == "'=cmd|' /C calc'!A0" for row in rows)
    assert not any(cell.startswith(("=", "+", "@")) for row in rows for cell in row.values())
    filtered = admin.get("/admin/audit.csv?action=role.change").get_data().decode("utf-8-sig")
    assert len(list(csv.DictReader(io.StringIO(filtered)))) == 20


def fields(**values: str) -> dict[str, str]:
    empty = dict.fromkeys(("name", "notice", "sign_up", "zone", "minutes_a_day", "retention"), "")
    return {**empty, **values}


@on_both_databases
def test_settings_hold_at_once_and_the_page_says_which(site: Site, admin: Caller, stranger: Caller) -> None:
    assert "In force: as started, quizapp." in admin.get("/admin/settings").text
    saved = admin.post(
        "/admin/settings", fields(name="Our <school>", notice="Closed on **Friday** <script>", sign_up="off")
    )
    assert saved.status_code == 303
    text = stranger.get("/login").text
    assert "Our &lt;school&gt;</title>" in text
    assert "Closed on <strong>Friday</strong> &lt;script&gt;" in text
    assert "/signup" not in text
    assert stranger.post("/signup", {"name": "N", "email": "n@example.org"}).status_code == 403
    assert "In force: set here. Started with: quizapp." in admin.get("/admin/settings").text
    assert admin.post("/admin/settings", fields()).status_code == 303
    assert "quizapp</title>" in stranger.get("/login").text
    assert books(site) == [("Admin", "setting.change")] * 6


def test_new_accounts_get_what_the_admin_set(site: Site, admin: Caller, stranger: Caller) -> None:
    admin.post("/admin/settings", fields(zone="Asia/Tokyo", minutes_a_day="7", retention="95"))
    words = {"name": "Nils", "email": "nils@example.org", "password": "words that are new", "zone": ""}
    assert stranger.post("/signup", words).status_code == 303
    site.session.rollback()
    nils = site.session.scalars(select(models.User).where(models.User.email == "nils@example.org")).one()
    assert (nils.zone, nils.minutes_a_day, nils.retention) == ("Asia/Tokyo", 7, 0.95)
    page = admin.get("/admin/settings").text
    assert 'value="7"' in page
    assert 'value="95"' in page


def test_a_setting_that_cannot_be_is_shown_again_with_what_was_typed(site: Site, admin: Caller) -> None:
    refused = admin.post("/admin/settings", fields(notice="Hello there", minutes_a_day="9999"))
    assert refused.status_code == 422
    assert "Choose 1 to 600 minutes" in refused.text
    assert "Hello there" in refused.text
    assert admin.post("/admin/settings", fields(zone="Mars/Olympus")).status_code == 422
    assert books(site) == []


@on_both_databases
def test_health_is_for_everybody_and_leaves_no_cookie(stranger: Caller) -> None:
    for _ in range(80):
        answer = stranger.get("/health")
    assert answer.status_code == 200
    assert answer.json == {"status": "ok", "revision": schema.head()}
    assert "Set-Cookie" not in answer.headers


@pytest.fixture
def broken(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The application over a database without tables."""
    app = create_app(Config(data=str(tmp_path_factory.mktemp("broken"))))
    yield app
    with app.app_context():
        db.engine.dispose()


def test_health_is_503_when_the_database_is_not_what_it_should_be(site: Site, broken: Flask, stranger: Caller) -> None:
    answer = broken.test_client().get("/health")
    assert answer.status_code == 503
    assert answer.json == {"status": "unavailable", "revision": None}
    write(site)
    site.session.connection().exec_driver_sql("UPDATE alembic_version SET version_num = '0001'")
    site.session.commit()
    answer = stranger.get("/health")
    assert (answer.status_code, answer.json) == (503, {"status": "outdated", "revision": "0001"})


def test_pages_are_drawn_with_what_was_in_force_when_the_settings_cannot_be_read(broken: Flask) -> None:
    assert "quizapp</title>" in broken.test_client().get("/login").text
