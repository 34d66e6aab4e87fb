"""The settings of the site as they are in force, read from the database every few seconds at most."""

from dataclasses import dataclass
from time import monotonic

from flask import current_app, g
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from quizapp.actions.site import SiteSettings, in_force, installed
from quizapp.store.db import db
from quizapp.store.site import setting_rows
from quizapp.web.security import settings

FRESH_FOR = 3.0
"""Seconds after which another process's change is seen."""

_KEPT = "quizapp.site"


@dataclass(frozen=True, slots=True)
class _Kept:
    site: SiteSettings
    until: float


def site() -> SiteSettings:
    """Give what is in force; where the database does not answer, what was in force last."""
    kept: _Kept | None = current_app.extensions.get(_KEPT)
    if kept is not None and (monotonic() < kept.until or "database_away" in g):
        return kept.site
    fresh = _read() if "database_away" not in g else None
    if fresh is None:
        fresh = kept.site if kept else installed(settings())
    current_app.extensions[_KEPT] = _Kept(fresh, monotonic() + FRESH_FOR)
    return fresh


def forget() -> None:
    """Read the settings anew at the next page: they were changed."""
    current_app.extensions.pop(_KEPT, None)


def _read() -> SiteSettings | None:
    """Read on a connection of its own, since a page may be drawn in any state of its transaction."""
    try:
        with Session(db.engine) as session:
            return in_force(settings(), setting_rows(session))
    except SQLAlchemyError as error:
        current_app.logger.warning("The settings of the site could not be read: %s", type(error).__name__)
        return None
