"""What an admin does to accounts: roles, shutting them, and the way back in."""

from datetime import datetime

from sqlalchemy.orm import Session

from quizapp.actions import accounts, audit
from quizapp.actions.errors import NotFound, Refused
from quizapp.actions.links import make_link
from quizapp.store import models


def change_role(session: Session, by: models.User | None, user_id: int, role: str, *, now: datetime) -> models.User:
    """Change what somebody may do on the site; the last admin stays one. `by` is None from the command line."""
    user = _account(session, user_id)
    before = user.role
    accounts.set_role(session, user, role)
    if role != before:
        _enter(session, by, "account.role", user, now, {"before": before, "after": role})
    return user


def disable(session: Session, by: models.User, user_id: int, *, now: datetime) -> models.User:
    """Shut an account and end its sessions; nothing of it is lost. The last admin and oneself are refused."""
    user = _account(session, user_id)
    if user.id == by.id:
        raise Refused("This is your own account: ask another admin.")
    if user.role == "admin":
        accounts.refuse_last_admin(session, user)
    if user.disabled_at is None:
        user.disabled_at = now
        accounts.log_out_everywhere(session, user)
        _enter(session, by, "account.disable", user, now)
    return user


def enable(session: Session, by: models.User, user_id: int, *, now: datetime) -> models.User:
    """Open an account again."""
    user = _account(session, user_id)
    if user.disabled_at is not None:
        user.disabled_at = None
        session.flush()
        _enter(session, by, "account.enable", user, now)
    return user


def reset_link(session: Session, by: models.User, user_id: int, *, now: datetime) -> tuple[models.User, str]:
    """Make a link by which somebody sets a new password, and give its token: it is kept nowhere and works once."""
    user = _account(session, user_id)
    if user.disabled_at is not None:
        raise Refused("This account is disabled: enable it first.")
    token = make_link(session, purpose="reset", user=user, now=now)
    _enter(session, by, "account.reset-link", user, now)
    return user, token


def _account(session: Session, user_id: int) -> models.User:
    user = session.get(models.User, user_id)
    if user is None:
        raise NotFound
    return user


def _enter(
    session: Session,
    by: models.User | None,
    action: str,
    user: models.User,
    now: datetime,
    detail: dict[str, str] | None = None,
) -> None:
    audit.enter(session, by, action, f"{user.name} <{user.email}>", now=now, detail={"user": user.id, **(detail or {})})
