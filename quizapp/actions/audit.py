"""The books: who changed which grade, role, bank, course or setting, and when; entries are only ever added."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from quizapp.store import models

LONGEST = 300


def enter(
    session: Session,
    by: models.User | None,
    action: str,
    about: str,
    *,
    now: datetime,
    course_id: int | None = None,
    detail: Mapping[str, Any] | None = None,
) -> None:
    """Write down that somebody (None: the program, or whoever has its command line) did something.

    `action` is a thing and a verb such as `role.change`; `detail` is JSON: what it was and what it became.
    """
    session.add(
        models.AuditEntry(
            at=now,
            by_id=by.id if by else None,
            by_name=by.name if by else "",
            action=action,
            about=about[:LONGEST],
            course_id=course_id,
            detail=dict(detail or {}),
        )
    )
