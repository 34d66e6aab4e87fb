"""Accounts: who may do what with them, and what is kept."""

import json
from datetime import datetime, timedelta
from typing import Any

import pytest
from argon2 import PasswordHasher, Type, extract_parameters
from argon2.exceptions import VerifyMismatchError
from argon2.low_level import verify_secret
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from support.cast import PASSWORD, Cast
from support.effort import arguments
from support.lessons import Lesson

from quizapp.actions import accounts
from quizapp.actions.errors import Refused
from quizapp.actions.passwords import hash_password, is_right
from quizapp.store import models
from quizapp.store.models import User


def join(session: Session, now: datetime, **changes: Any) -> User:
    values: dict[str, Any] = {
        "email": "New@Example.org",
        "name": "Somebody  New",
        "password": PASSWORD,
        "zone": "Europe/Oslo",
        "minutes_a_day": 15,
        "retention": 0.85,
        "now": now,
    }
    return accounts.sign_up(session, **(values | changes))


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("email", {"email": "astrid@example.org"}),
        ("email", {"email": " ASTRID@example.org "}),
        ("email", {"email": "nobody"}),
        ("email", {"email": "@example.org"}),
        ("email", {"email": "a b@example.org"}),
        ("email", {"email": "a\u202e@example.org"}),
        ("email", {"email": f"{'a' * 250}@example.org"}),
        ("name", {"name": " \t "}),
        ("name", {"name": "n" * 121}),
        ("password", {"password": "ninechars"}),
        ("password", {"password": "x" * 129}),
        ("password", {"password": "Password123"}),
        ("password", {"password": "NEW@example.org"}),
        ("password", {"password": "abababababab"}),
        ("zone", {"zone": "Mars/Base"}),
        ("zone", {"zone": "../../etc/passwd"}),
        ("minutes_a_day", {"minutes_a_day": 0}),
        ("minutes_a_day", {"minutes_a_day": 601}),
        ("retention", {"retention": 0.5}),
        ("retention", {"retention": 0.99}),
    ],
)
def test_a_field_that_cannot_be_taken_is_named(
    field: str,
    changes: dict[str, Any],
    session: Session,
    cast: Cast,
    now: datetime,
) -> None:
    assert cast.astrid.email == "astrid@example.org"
    with pytest.raises(Refused) as refused:
        join(session, now, **changes)
    assert refused.value.field == field
    assert refused.value.reason.endswith(".")


def test_who_signs_up_is_a_student_and_the_password_is_not_kept(session: Session, now: datetime) -> None:
    user = join(session, now)
    assert (user.email, user.name, user.role) == ("new@example.org", "Somebody New", "student")
    assert (user.zone, user.minutes_a_day, user.retention) == ("Europe/Oslo", 15, 0.85)
    assert user.password_hash is not None
    assert user.password_hash.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert PASSWORD not in user.password_hash


def test_two_who_sign_up_at_once_get_one_account(session: Session, now: datetime, monkeypatch: Any) -> None:
    join(session, now)
    monkeypatch.setattr(accounts, "user_by_email", lambda *_: None)
    with pytest.raises(Refused, match="account with this address"):
        join(session, now)
    assert session.scalar(select(func.count(User.id))) == 1


@pytest.mark.parametrize(
    ("email", "password"),
    [("new@example.org", "wrong horse battery"), ("new@example.org", ""), ("other@example.org", PASSWORD), ("", "")],
)
def test_nobody_gets_in_with_what_is_wrong(email: str, password: str, session: Session, now: datetime) -> None:
    join(session, now)
    assert accounts.authenticate(session, email=email, password=password, now=now) is None


def test_disabled_accounts_and_accounts_without_password_stay_out(session: Session, cast: Cast, now: datetime) -> None:
    user = join(session, now)
    user.disabled_at = now
    assert accounts.authenticate(session, email=user.email, password=PASSWORD, now=now) is None
    assert accounts.authenticate(session, email=cast.astrid.email, password="", now=now) is None


@pytest.mark.parametrize("email", ["nobody@example.org", "disabled@example.org", "astrid@example.org", ""])
def test_who_has_no_password_costs_the_same_check_as_a_wrong_password(
    email: str, session: Session, cast: Cast, now: datetime
) -> None:
    assert cast.astrid.password_hash is None
    join(session, now)
    join(session, now, email="disabled@example.org").disabled_at = now
    for address in ("new@example.org", email):
        kept = _checked(session, address, now)
        cost = extract_parameters(kept)
        assert (cost.type, cost.memory_cost, cost.time_cost, cost.parallelism) == (Type.ID, 19 * 1024, 2, 1)
        with pytest.raises(VerifyMismatchError):  # it is computed: a hash that cannot be read would cost nothing
            PasswordHasher().verify(kept, WRONG)


def test_the_right_password_lets_in_however_it_is_typed(session: Session, now: datetime) -> None:
    user = join(session, now, password="correct hörse battery")
    later = now + timedelta(days=1)
    assert accounts.authenticate(session, email=" NEW@example.org", password="correct ho\u0308rse battery", now=later)
    assert user.last_seen_at == later


def test_an_old_hash_is_made_anew_at_the_next_log_in(session: Session, now: datetime) -> None:
    user = join(session, now)
    user.password_hash = PasswordHasher(time_cost=1, memory_cost=8192, parallelism=1).hash(PASSWORD)
    assert accounts.authenticate(session, email=user.email, password=PASSWORD, now=now) is user
    assert "m=19456,t=2,p=1" in user.password_hash


def test_the_password_is_changed_only_by_who_knows_it(session: Session, now: datetime) -> None:
    user = join(session, now)
    for old, new, field in (("wrong", "another good one", "old"), (PASSWORD, "short", "new")):
        with pytest.raises(Refused) as refused:
            accounts.change_password(session, user, old=old, new=new)
        assert refused.value.field == field
    assert user.session_version == 1
    accounts.change_password(session, user, old=PASSWORD, new="another good one")
    assert is_right(user.password_hash, "another good one")
    assert user.session_version == 2


def test_logging_out_everywhere_ends_every_session(session: Session, cast: Cast) -> None:
    accounts.log_out_everywhere(session, cast.astrid)
    assert (cast.astrid.session_version, cast.jussi.session_version) == (2, 1)


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("quiet_weekdays", {"quiet_weekdays": "0123456"}),
        ("quiet_weekdays", {"quiet_weekdays": "7"}),
        ("name", {"name": ""}),
    ],
)
def test_settings_that_cannot_be_are_refused(field: str, changes: dict[str, Any], session: Session, cast: Cast) -> None:
    with pytest.raises(Refused) as refused:
        accounts.change_settings(session, cast.astrid, **(SETTINGS | changes))
    assert refused.value.field == field


def test_another_retention_moves_what_falls_due(session: Session, cast: Cast, lesson: Lesson) -> None:
    lesson.answer(cast.astrid, "cards.tco", days=0)
    lesson.answer(cast.astrid, "cards.tco", days=20)
    due = lesson.memory(cast.astrid, "cards.tco").due_at
    accounts.change_settings(session, cast.astrid, **(SETTINGS | {"retention": 0.95}))
    assert lesson.memory(cast.astrid, "cards.tco").due_at < due
    accounts.change_settings(session, cast.astrid, **SETTINGS)
    assert lesson.memory(cast.astrid, "cards.tco").due_at == due


def test_the_last_admin_stays(session: Session, cast: Cast) -> None:
    cast.admin.password_hash = hash_password(PASSWORD)
    with pytest.raises(Refused, match="must be an admin"):
        accounts.set_role(session, cast.admin, "student")
    with pytest.raises(Refused, match="must be an admin"):
        accounts.delete_account(session, cast.admin, password=PASSWORD)
    accounts.set_role(session, cast.teacher, "admin")
    accounts.delete_account(session, cast.admin, password=PASSWORD)
    assert accounts.user_by_email(session, "admin@example.org") is None


def test_there_is_no_fourth_role(session: Session, cast: Cast) -> None:
    with pytest.raises(Refused):
        accounts.set_role(session, cast.astrid, "owner")


def test_deleting_an_account_asks_for_the_password(session: Session, now: datetime) -> None:
    user = join(session, now)
    with pytest.raises(Refused) as refused:
        accounts.delete_account(session, user, password="not this one")
    assert refused.value.field == "password"
    assert accounts.user_by_email(session, "new@example.org") is user


def test_deleting_an_account_deletes_its_rows_and_nobody_elses(session: Session, cast: Cast, lesson: Lesson) -> None:
    for learner in (cast.astrid, cast.jussi):
        lesson.answer(learner, "cards.tco", days=0)
        lesson.choose(learner, "ownership.captive.definition", "ownership.joint.definition", days=1)
    cast.astrid.password_hash = hash_password(PASSWORD)
    gone = cast.astrid.id
    accounts.delete_account(session, cast.astrid, password=PASSWORD)
    for model in (models.Review, models.Item, models.Sitting, models.Memory, models.DayTotal, models.Confusion):
        owners = set(session.scalars(select(model.learner_id)))
        assert owners == {cast.jussi.id}, model.__tablename__
    assert session.get(User, gone) is None


def test_an_export_holds_everything_and_no_secret(session: Session, cast: Cast, lesson: Lesson, now: datetime) -> None:
    cast.astrid.password_hash = hash_password(PASSWORD)
    lesson.answer(cast.astrid, "cards.tco", days=0)
    lesson.choose(cast.astrid, "ownership.captive.definition", "ownership.joint.definition", days=1)
    lesson.answer(cast.jussi, "cards.tco", days=0)
    session.flush()
    data = json.loads(json.dumps(accounts.export_account(session, cast.astrid, now=now)))
    assert data["account"]["email"] == "astrid@example.org"
    assert {memory["fact"] for memory in data["memories"]} == {"sourcing-test.cards.tco", CAPTIVE}
    assert [review["right"] for review in data["reviews"]] == [True, False]
    assert data["reviews"][1]["confused_with"] == "sourcing-test.ownership.joint.definition"
    assert data["reviews"][0]["at"] == "2026-03-02T09:00:00+00:00"
    assert len(data["sittings"]) == len(data["totals"]) == 2
    assert {"attempts", "items", "suspensions", "confusions"} <= data.keys()
    assert "argon2" not in json.dumps(data)
    assert "password" not in json.dumps(data)


CAPTIVE = "sourcing-test.ownership.captive.definition"
SETTINGS: dict[str, Any] = {
    "name": "Astrid",
    "zone": "Europe/Stockholm",
    "minutes_a_day": 20,
    "retention": 0.9,
    "quiet_weekdays": "",
    "private": False,
}
WRONG = "some wrong words"


def _checked(session: Session, email: str, now: datetime) -> str:
    """Try to log in with a wrong password and give the one hash that it was checked with."""

    def knock() -> None:
        assert accounts.authenticate(session, email=email, password=WRONG, now=now) is None

    (check,) = arguments(verify_secret, knock)
    return bytes(check["hash"]).decode()
