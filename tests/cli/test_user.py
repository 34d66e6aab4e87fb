"""`quizapp user`: accounts from the command line, on both databases."""

import json
from datetime import UTC, datetime

import pytest
from sqlalchemy import URL, select
from sqlalchemy.orm import Session
from support.command_line import Call

from quizapp.actions.accounts import authenticate, find_link
from quizapp.store.engine import begin_writing, make_engine
from quizapp.store.models import User

pytestmark = pytest.mark.usefixtures("database")

PASSWORD = "a quiet evening"


def token_of(text: str) -> str:
    return text.split("/reset/")[1].strip()


def test_an_address_that_is_none_is_refused(call: Call) -> None:
    result = call("user", "add", "nobody")
    assert result.exit_code == 1
    assert result.stderr.startswith("error: ")


def test_an_address_is_taken_only_once(call: Call) -> None:
    assert call("user", "add", "astrid@example.org").exit_code == 0
    assert call("user", "add", "ASTRID@example.org").exit_code == 1


def test_a_weak_password_is_refused(call: Call) -> None:
    assert call("user", "add", "astrid@example.org", "--password-stdin", stdin="short\n").exit_code == 1
    assert call("user", "list", "--json").stdout == ""


def test_no_password_on_standard_input_is_refused(call: Call) -> None:
    result = call("user", "add", "astrid@example.org", "--password-stdin")
    assert result.exit_code == 1
    assert "holds no password" in result.stderr


def test_an_unknown_role_is_a_wrong_use(call: Call) -> None:
    assert call("user", "add", "astrid@example.org", "--role", "king").exit_code == 2


def test_nobody_can_be_reset_or_promoted_who_is_not_there(call: Call) -> None:
    assert call("user", "reset", "nobody@example.org").exit_code == 1
    assert call("user", "role", "nobody@example.org", "admin").exit_code == 1


def test_a_new_account_has_the_pace_of_the_settings(call: Call, database: URL, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (("MINUTES_A_DAY", "7"), ("RETENTION", "0.8"), ("RECOGNITION_CAP", "30")):
        monkeypatch.setenv(f"QUIZAPP_{name}", value)
    assert call("user", "add", "astrid@example.org").exit_code == 0
    engine = make_engine(database)
    with Session(engine) as session:
        user = session.scalars(select(User)).one()
        assert (user.minutes_a_day, user.retention, user.recognition_cap) == (7, 0.8, 30.0)
    engine.dispose()


def test_the_last_admin_stays_one(call: Call) -> None:
    call("user", "add", "boss@example.org", "--role", "admin")
    result = call("user", "role", "boss@example.org", "student")
    assert result.exit_code == 1
    assert "There must be an admin" in result.stderr


def test_a_password_read_from_standard_input_logs_in(call: Call, database: URL) -> None:
    result = call("user", "add", "boss@example.org", "--role", "admin", "--password-stdin", stdin=PASSWORD + "\n")
    assert "/reset/" not in result.stdout
    engine = make_engine(database)
    with Session(engine) as session:
        begin_writing(session)
        user = authenticate(session, email="boss@example.org", password=PASSWORD, now=datetime.now(UTC))
        assert user is not None
        assert user.role == "admin"
    engine.dispose()


@pytest.mark.parametrize("again", [False, True])
def test_without_a_password_a_link_is_printed_that_works(call: Call, database: URL, *, again: bool) -> None:
    printed = call("user", "add", "astrid@example.org").stdout
    if again:
        printed = call("user", "reset", "astrid@example.org").stdout
    engine = make_engine(database)
    with Session(engine) as session:
        link = find_link(session, token_of(printed), datetime.now(UTC))
        assert link is not None
        assert link.purpose == "reset"
    engine.dispose()


def test_accounts_are_listed_for_people_and_for_programs(call: Call) -> None:
    call("user", "add", "astrid@example.org", "--name", "Astrid")
    call("user", "role", "astrid@example.org", "instructor")
    assert "astrid@example.org  Astrid  instructor" in call("user", "list").stdout
    row = json.loads(call("user", "list", "--json").stdout)
    assert (row["email"], row["name"], row["role"], row["seen"]) == ("astrid@example.org", "Astrid", "instructor", None)
