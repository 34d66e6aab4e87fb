"""Links that work once: the first admin's set-up and a new password."""

import secrets
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from quizapp.actions.errors import Refused
from quizapp.store.models import OneTimeLink, User

LIVES = timedelta(hours=24)


def make_link(session: Session, *, purpose: str, user: User | None, now: datetime) -> str:
    """Make a link for `setup` (without a user) or `reset` and give its token; older unused ones die."""
    owner = None if user is None else user.id
    session.execute(
        delete(OneTimeLink).where(
            OneTimeLink.purpose == purpose,
            OneTimeLink.user_id.is_(None) if owner is None else OneTimeLink.user_id == owner,
            OneTimeLink.used_at.is_(None),
        ),
    )
    token = secrets.token_urlsafe(32)
    session.add(
        OneTimeLink(
            purpose=purpose,
            token_hash=_hash(token),
            user_id=owner,
            created_at=now,
            expires_at=now + LIVES,
        ),
    )
    session.flush()
    return token


def find_link(session: Session, token: str, now: datetime) -> OneTimeLink | None:
    """Find the link of a token if it still works."""
    query = select(OneTimeLink).where(
        OneTimeLink.token_hash == _hash(token),
        OneTimeLink.used_at.is_(None),
        OneTimeLink.expires_at > now,
    )
    return session.scalar(query)


def use_link(session: Session, token: str, purpose: str, now: datetime) -> OneTimeLink:
    """Use a link up; of two who try at once one is refused."""
    link = find_link(session, token, now)
    if link is not None and link.purpose == purpose:
        unused = update(OneTimeLink).where(OneTimeLink.id == link.id, OneTimeLink.used_at.is_(None))
        used = session.execute(unused.values(used_at=now).returning(OneTimeLink.id)).all()
        if used:
            return link
    raise Refused("This link was used already, has expired, or was copied only in part. Ask for a new one.")


def _hash(token: str) -> str:
    return sha256(token.encode()).hexdigest()
