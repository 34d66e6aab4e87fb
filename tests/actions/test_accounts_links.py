"""Links that work once."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session
from support.cast import PASSWORD, Cast

from quizapp.actions import accounts
from quizapp.actions.errors import Refused
from quizapp.actions.passwords import is_right
from quizapp.store.models import OneTimeLink, User


def test_a_link_dies_after_a_day(session: Session, cast: Cast, now: datetime) -> None:
    token = accounts.make_link(session, purpose="reset", user=cast.astrid, now=now)
    late = now + timedelta(days=1)
    assert accounts.find_link(session, token, late - timedelta(seconds=1)) is not None
    assert accounts.find_link(session, token, late) is None
    with pytest.raises(Refused, match="expired"):
        accounts.use_reset_link(session, token, password=PASSWORD, now=late)


def test_a_link_works_once(session: Session, cast: Cast, now: datetime) -> None:
    token = accounts.make_link(session, purpose="reset", user=cast.astrid, now=now)
    assert accounts.use_reset_link(session, token, password=PASSWORD, now=now) is cast.astrid
    assert is_right(cast.astrid.password_hash, PASSWORD)
    assert cast.astrid.session_version == 2
    with pytest.raises(Refused, match="used already"):
        accounts.use_reset_link(session, token, password="another good one", now=now)


def test_a_link_serves_its_own_purpose_only(session: Session, cast: Cast, now: datetime) -> None:
    reset = accounts.make_link(session, purpose="reset", user=cast.astrid, now=now)
    with pytest.raises(Refused):
        setting_up(session, reset, now)
    assert accounts.find_link(session, reset, now) is not None


def test_a_newer_link_ends_the_older(session: Session, cast: Cast, now: datetime) -> None:
    older = accounts.make_link(session, purpose="reset", user=cast.astrid, now=now)
    others = accounts.make_link(session, purpose="reset", user=cast.jussi, now=now)
    newer = accounts.make_link(session, purpose="reset", user=cast.astrid, now=now)
    works = [accounts.find_link(session, token, now) is not None for token in (older, others, newer)]
    assert works == [False, True, True]


def test_only_the_hash_of_a_token_is_kept(session: Session, now: datetime) -> None:
    token = accounts.make_link(session, purpose="setup", user=None, now=now)
    kept = session.scalars(select(OneTimeLink)).one()
    assert token not in {kept.token_hash, str(kept.id)}
    assert accounts.find_link(session, kept.token_hash, now) is None


def test_the_first_admin_comes_by_the_setup_link(session: Session, now: datetime) -> None:
    token = accounts.make_link(session, purpose="setup", user=None, now=now)
    admin = setting_up(session, token, now)
    assert admin.role == "admin"
    with pytest.raises(Refused):
        setting_up(session, token, now)


def setting_up(session: Session, token: str, now: datetime) -> User:
    return accounts.use_setup_link(
        session,
        token,
        email="first@example.org",
        name="First",
        password=PASSWORD,
        zone="UTC",
        now=now,
    )
