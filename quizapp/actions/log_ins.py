"""Log-ins that failed: kept for a while, for admins to see who is being guessed at and from where."""

from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlalchemy.orm import Session

from quizapp.actions.accounts import user_by_email
from quizapp.store import models

KEPT = timedelta(days=90)


def note_failure(session: Session, *, email: str, address: str, now: datetime) -> None:
    """Note that a log-in failed, known account or not, and forget those older than 90 days.

    What was typed is not kept: people type passwords into the wrong field.
    """
    user = user_by_email(session, email)
    session.execute(delete(models.FailedLogIn).where(models.FailedLogIn.at < now - KEPT))
    width = models.FailedLogIn.address.type.length
    session.add(models.FailedLogIn(at=now, user_id=user.id if user else None, address=address[:width]))
    session.flush()
