"""Accounts: signing up and in, settings, roles, passwords, and leaving."""

from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from quizapp.actions.account_fields import (
    checked_email,
    checked_name,
    checked_role,
    checked_weekdays,
    checked_zone,
    normal,
)
from quizapp.actions.errors import NotFound, Refused
from quizapp.actions.export import export_account
from quizapp.actions.invitations import accept
from quizapp.actions.links import find_link, make_link, use_link
from quizapp.actions.passwords import hash_password, is_outdated, is_right, refuse_weak
from quizapp.actions.reading import choose_language, settle_language
from quizapp.core.memory.fold import fold
from quizapp.store.ledger import events_of, settings_of, write_memories
from quizapp.store.models import User

__all__ = [
    "add_user",
    "admit",
    "authenticate",
    "change_password",
    "change_settings",
    "choose_language",
    "delete_account",
    "export_account",
    "find_link",
    "log_out_everywhere",
    "make_link",
    "recognise",
    "set_pace",
    "set_password",
    "set_role",
    "settle_language",
    "sign_up",
    "use_reset_link",
    "use_setup_link",
    "user_by_email",
]

MINUTES = (1, 600)
RETENTION = (0.7, 0.97)


def sign_up(  # noqa: PLR0913 -- who, and at the installation's pace
    session: Session,
    *,
    email: str,
    name: str,
    password: str,
    zone: str,
    minutes_a_day: int,
    retention: float,
    recognition_cap: float = 21.0,
    now: datetime,
) -> User:
    """Make a student's account with the installation's pace; Refused names the field at fault."""
    user = add_user(session, email=email, name=name, role="student", password=password, zone=zone, now=now)
    set_pace(user, minutes_a_day=minutes_a_day, retention=retention, recognition_cap=recognition_cap)
    session.flush()
    return user


def add_user(
    session: Session, *, email: str, name: str, role: str, password: str | None, zone: str, now: datetime
) -> User:
    """Make an account of any role, in the courses that expect it; without a password it opens by a reset link only."""
    address = checked_email(email)
    if user_by_email(session, address) is not None:
        raise _taken()
    if password is not None:
        refuse_weak(password, address, "password")
    user = User(
        email=address,
        name=checked_name(name),
        role=checked_role(role),
        password_hash=None if password is None else hash_password(password),
        zone=checked_zone(zone),
        created_at=now,
    )
    try:
        with session.begin_nested():
            session.add(user)
    except IntegrityError:  # somebody was faster
        raise _taken() from None
    accept(session, user, now=now)
    return user


def set_pace(user: User, *, minutes_a_day: int, retention: float, recognition_cap: float) -> None:
    """Give a new account the installation's pace; Refused names the field at fault."""
    user.recognition_cap = recognition_cap
    _set_pace(user, minutes_a_day, retention)


def user_by_email(session: Session, email: str) -> User | None:
    """Find the account of an address, however it is written."""
    return session.scalar(select(User).where(func.lower(User.email) == normal(email)))


def authenticate(session: Session, *, email: str, password: str, now: datetime) -> User | None:
    """Give the account that address and password belong to; finding none takes as long, whatever the reason."""
    known = recognise(session, email=email, password=password)
    return None if known is None else admit(session, known, password=password, now=now)


def recognise(session: Session, *, email: str, password: str) -> int | None:
    """Name the account by its row, reading only: the check is slow on purpose, and nobody should wait for its lock."""
    user = user_by_email(session, email)
    kept = None if user is None or user.disabled_at is not None else user.password_hash
    return user.id if is_right(kept, password) and user is not None else None


def admit(session: Session, user_id: int, *, password: str, now: datetime) -> User | None:
    """Note that a recognised account came in, and keep its password at today's cost; None if it is gone by now."""
    user = session.get(User, user_id)
    if user is None or user.disabled_at is not None or user.password_hash is None:
        return None
    if is_outdated(user.password_hash):
        user.password_hash = hash_password(password)
    user.last_seen_at = now
    session.flush()
    return user


def change_settings(
    session: Session,
    user: User,
    *,
    name: str,
    zone: str,
    minutes_a_day: int,
    retention: float,
    quiet_weekdays: str,
    private: bool,
) -> None:
    """Change how somebody learns; memories are folded anew when that moves what falls due."""
    before = settings_of(user)
    user.name = checked_name(name)
    user.zone = checked_zone(zone)
    user.quiet_weekdays = checked_weekdays(quiet_weekdays)
    user.private = private
    _set_pace(user, minutes_a_day, retention)
    session.flush()
    if settings_of(user) != before:
        events = list(events_of(session, user.id))
        write_memories(session, user.id, dict(fold(events, settings_of(user))))


def change_password(session: Session, user: User, *, old: str, new: str) -> None:
    """Change a password by somebody who knows it; every session ends."""
    if not is_right(user.password_hash, old):
        raise Refused("This is not your password.", "old")
    refuse_weak(new, user.email, "new")
    _put_password(session, user, new)


def set_password(session: Session, user: User, password: str) -> None:
    """Give somebody a password; every session of theirs ends."""
    refuse_weak(password, user.email, "password")
    _put_password(session, user, password)


def log_out_everywhere(session: Session, user: User) -> None:
    """End every session of an account."""
    user.session_version += 1
    session.flush()


def set_role(session: Session, user: User, role: str) -> None:
    """Change what somebody may do; the last admin stays one."""
    if user.role == "admin" and checked_role(role) != "admin":
        refuse_last_admin(session, user)
    user.role = checked_role(role)
    session.flush()


def refuse_last_admin(session: Session, user: User) -> None:
    """Refuse to do without the last admin who can log in."""
    query = select(User.id).where(User.role == "admin", User.disabled_at.is_(None)).with_for_update()
    if set(session.scalars(query)) <= {user.id}:
        raise Refused("There must be an admin: make somebody else one first.")


def delete_account(session: Session, user: User, *, password: str) -> None:
    """Delete an account with everything it remembered; the last admin stays."""
    if not is_right(user.password_hash, password):
        raise Refused("This is not your password.", "password")
    if user.role == "admin":
        refuse_last_admin(session, user)
    session.expunge(user)
    session.execute(delete(User).where(User.id == user.id))


def use_setup_link(
    session: Session,
    token: str,
    *,
    email: str,
    name: str,
    password: str,
    zone: str,
    now: datetime,
) -> User:
    """Make the first admin by the link printed at the first start."""
    use_link(session, token, "setup", now)
    return add_user(session, email=email, name=name, role="admin", password=password, zone=zone, now=now)


def use_reset_link(session: Session, token: str, *, password: str, now: datetime) -> User:
    """Set a new password by a link that an admin handed out."""
    link = use_link(session, token, "reset", now)
    user = session.get(User, link.user_id) if link.user_id is not None else None
    if user is None:
        raise NotFound
    set_password(session, user, password)
    return user


def _put_password(session: Session, user: User, password: str) -> None:
    user.password_hash = hash_password(password)
    log_out_everywhere(session, user)


def _set_pace(user: User, minutes_a_day: int, retention: float) -> None:
    if not MINUTES[0] <= minutes_a_day <= MINUTES[1]:
        raise Refused("Choose 1 to 600 minutes a day.", "minutes_a_day")
    if not RETENTION[0] <= retention <= RETENTION[1]:
        raise Refused("Choose a recall of 70 to 97 percent.", "retention")
    user.minutes_a_day = minutes_a_day
    user.retention = retention


def _taken() -> Refused:
    return Refused("Somebody has an account with this address: log in, or ask an admin for a reset link.", "email")
