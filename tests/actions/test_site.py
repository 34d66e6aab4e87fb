"""The site in the hands of its admins: settings, accounts, failed log-ins, and books that nobody rewrites."""

import ast
from datetime import datetime, timedelta

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session
from support.cast import PASSWORD, Cast

from quizapp.actions import accounts, audit, log_ins, site_people
from quizapp.actions.errors import NotFound, Refused
from quizapp.actions.site import change_site, in_force, installed
from quizapp.config import Config
from quizapp.paths import migrations
from quizapp.store import models
from quizapp.store.site import setting_rows

CONFIG = Config(sign_up=True, zone="Europe/Stockholm", minutes_a_day=25, retention=0.85)


def books(session: Session) -> list[tuple[str, str, str]]:
    rows = session.scalars(select(models.AuditEntry).order_by(models.AuditEntry.id))
    return [(row.by_name, row.action, row.about) for row in rows]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("name", "x" * 61),
        ("name", "a\u202eb"),
        ("notice", "x" * 501),
        ("sign_up", "perhaps"),
        ("zone", "Mars/Olympus"),
        ("minutes_a_day", "0"),
        ("minutes_a_day", "601"),
        ("minutes_a_day", "7.5"),
        ("minutes_a_day", "nan"),
        ("retention", "0.69"),
        ("retention", "much"),
    ],
)
def test_a_setting_that_cannot_be_used_is_refused_and_changes_nothing(
    session: Session, cast: Cast, now: datetime, name: str, value: str
) -> None:
    with pytest.raises(Refused) as refused:
        change_site(session, cast.admin, {"notice": "Hello", name: value}, now=now)
    assert refused.value.field == name
    assert setting_rows(session) == {}
    assert books(session) == []


def test_what_no_admin_set_stands_as_the_program_was_started() -> None:
    found = in_force(CONFIG, {})
    assert found == installed(CONFIG)
    assert (found.name, found.notice, found.sign_up, found.zone) == ("quizapp", "", True, "Europe/Stockholm")
    assert (found.minutes_a_day, found.retention, found.own) == (25, 0.85, frozenset())


def test_a_row_outranks_the_environment_until_it_is_emptied(session: Session, cast: Cast, now: datetime) -> None:
    wanted = {
        "name": "  Our   school ",
        "sign_up": "off",
        "zone": "Asia/Tokyo",
        "minutes_a_day": "5",
        "retention": "0.9",
    }
    change_site(session, cast.admin, wanted, now=now)
    found = in_force(CONFIG, setting_rows(session))
    assert (found.name, found.sign_up, found.zone) == ("Our school", False, "Asia/Tokyo")
    assert (found.minutes_a_day, found.retention) == (5, 0.9)
    assert found.own == wanted.keys()
    change_site(session, cast.admin, dict.fromkeys(wanted, ""), now=now)
    assert in_force(CONFIG, setting_rows(session)) == installed(CONFIG)


def test_a_row_of_a_later_program_or_a_damaged_one_counts_as_none() -> None:
    assert in_force(CONFIG, {"colour": "red", "zone": "Mars/Olympus", "minutes_a_day": "many"}) == installed(CONFIG)


def test_only_what_changed_is_entered_with_before_and_after(session: Session, cast: Cast, now: datetime) -> None:
    change_site(session, cast.admin, {"notice": "Closed on Friday", "sign_up": ""}, now=now)
    change_site(session, cast.admin, {"notice": "Closed on Friday", "sign_up": "off"}, now=now)
    assert books(session) == [("Admin", "setting.change", "notice"), ("Admin", "setting.change", "sign_up")]
    last = session.scalars(select(models.AuditEntry).where(models.AuditEntry.about == "sign_up")).one()
    assert last.detail == {"before": "", "after": "off"}


def test_the_last_admin_stays_one_and_stays_open(session: Session, cast: Cast, now: datetime) -> None:
    with pytest.raises(Refused, match="must be an admin"):
        site_people.change_role(session, cast.admin, cast.admin.id, "student", now=now)
    cast.teacher.role = "admin"
    cast.admin.disabled_at = now
    session.flush()
    with pytest.raises(Refused, match="must be an admin"):
        site_people.disable(session, cast.admin, cast.teacher.id, now=now)
    assert books(session) == []


def test_nobody_disables_themselves(session: Session, cast: Cast, now: datetime) -> None:
    cast.teacher.role = "admin"
    session.flush()
    with pytest.raises(Refused, match="your own account"):
        site_people.disable(session, cast.admin, cast.admin.id, now=now)


def test_a_disabled_account_is_logged_out_and_cannot_come_in(session: Session, cast: Cast, now: datetime) -> None:
    accounts.set_password(session, cast.astrid, PASSWORD)
    before = cast.astrid.session_version
    site_people.disable(session, cast.admin, cast.astrid.id, now=now)
    site_people.disable(session, cast.admin, cast.astrid.id, now=now)
    assert cast.astrid.session_version == before + 1
    assert accounts.authenticate(session, email="astrid@example.org", password=PASSWORD, now=now) is None
    with pytest.raises(Refused, match="disabled"):
        site_people.reset_link(session, cast.admin, cast.astrid.id, now=now)
    site_people.enable(session, cast.admin, cast.astrid.id, now=now)
    site_people.enable(session, cast.admin, cast.astrid.id, now=now)
    assert accounts.authenticate(session, email="astrid@example.org", password=PASSWORD, now=now) is not None
    assert [action for _, action, _ in books(session)] == ["account.disable", "account.enable"]


def test_a_role_and_a_link_are_entered_without_the_token(session: Session, cast: Cast, now: datetime) -> None:
    site_people.change_role(session, cast.admin, cast.astrid.id, "instructor", now=now)
    site_people.change_role(session, cast.admin, cast.astrid.id, "instructor", now=now)
    _, token = site_people.reset_link(session, cast.admin, cast.astrid.id, now=now)
    assert accounts.use_reset_link(session, token, password="words that are new", now=now).id == cast.astrid.id
    rows = session.scalars(select(models.AuditEntry)).all()
    assert [row.action for row in rows] == ["account.role", "account.reset-link"]
    assert rows[0].detail == {"user": cast.astrid.id, "before": "student", "after": "instructor"}
    assert all(token not in f"{row.about}{row.detail}" for row in rows)


def test_an_account_that_is_not_there_is_not_found(session: Session, cast: Cast, now: datetime) -> None:
    for deed in (site_people.disable, site_people.enable, site_people.reset_link):
        with pytest.raises(NotFound):
            deed(session, cast.admin, 999_999, now=now)


def test_failed_log_ins_name_the_account_only_and_are_kept_for_ninety_days(
    session: Session, cast: Cast, now: datetime
) -> None:
    log_ins.note_failure(session, email="ASTRID@example.org", address="192.0.2.7", now=now - timedelta(days=91))
    log_ins.note_failure(session, email="ASTRID@example.org", address="192.0.2.7", now=now - timedelta(days=89))
    log_ins.note_failure(session, email="my-password-1234", address="x" * 100, now=now)
    rows = session.scalars(select(models.FailedLogIn).order_by(models.FailedLogIn.id)).all()
    assert [(row.user_id, row.address) for row in rows] == [(cast.astrid.id, "192.0.2.7"), (None, "x" * 64)]


def test_an_entry_of_the_books_can_neither_be_changed_nor_deleted(session: Session, cast: Cast, now: datetime) -> None:
    audit.enter(session, cast.admin, "setting.change", "name", now=now, detail={"after": "x"})
    session.commit()
    entry = models.AuditEntry
    for statement in (
        delete(entry),
        update(entry).values(about="something else"),
        update(entry).values(at=now + timedelta(days=1)),
        update(entry).values(by_name="somebody else"),
        update(entry).values(action="grade.set"),
        update(entry).values(detail={}),
        update(entry).values(by_id=cast.astrid.id),
    ):
        with pytest.raises(DBAPIError, match="never changed"):
            session.execute(statement)
        session.rollback()
    assert books(session) == [("Admin", "setting.change", "name")]


def test_an_entry_outlives_whoever_made_it_and_the_course_it_is_about(
    session: Session, cast: Cast, now: datetime
) -> None:
    course = models.Course(name="Sourcing", code="ABCDEFGH", created_at=now)
    session.add(course)
    session.flush()
    audit.enter(session, cast.jussi, "course.create", "Sourcing", now=now, course_id=course.id)
    session.flush()
    session.execute(delete(models.User).where(models.User.id == cast.jussi.id))
    session.execute(delete(models.Course).where(models.Course.id == course.id))
    session.expire_all()
    (entry,) = session.scalars(select(models.AuditEntry)).all()
    assert (entry.by_id, entry.by_name, entry.course_id, entry.about) == (None, "Jussi", None, "Sourcing")


def test_nothing_in_the_program_changes_or_deletes_entries() -> None:
    """No statement names the table but `audit.enter`, which adds, and reads."""
    package = migrations().parent.parent
    for path in package.rglob("*.py"):
        if "migrations" in path.parts or "models" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"update", "delete"}:
                assert "AuditEntry" not in ast.unparse(node), path
