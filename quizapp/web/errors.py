"""Pages for what went wrong, in the site's own layout, and plain ones when even that cannot be drawn."""

from dataclasses import dataclass
from math import ceil
from time import time

from flask import Flask, Response, current_app, render_template
from flask_babel import get_locale
from flask_babel import gettext as _
from flask_limiter import RateLimitExceeded
from flask_wtf.csrf import CSRFError
from markupsafe import escape
from sqlalchemy.exc import DataError, DBAPIError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from werkzeug.exceptions import HTTPException, InternalServerError, ServiceUnavailable, TooManyRequests
from werkzeug.wrappers import Response as BaseResponse

from quizapp.actions.errors import NotFound, Refused, Stale
from quizapp.store.db import db
from quizapp.web import identity
from quizapp.web.languages import said
from quizapp.web.security import limiter

RETRY_AFTER = 2
SERVER_FAULT = 500

_AWAY = ("locked", "busy", "full", "readonly", "disk i/o", "unable to open")
_PLAIN = """<!doctype html>
<html lang="{lang}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{title}</title></head>
<body><main><h1>{title}</h1><p>{text}</p><p><a href="/">{home}</a></p></main></body>
</html>
"""


@dataclass(frozen=True, slots=True)
class Words:
    """What an error page says: what happened and what to do."""

    title: str
    text: str


def init_app(app: Flask) -> None:
    """Answer every error with a page."""
    app.register_error_handler(HTTPException, _page)
    app.register_error_handler(NotFound, lambda _error: _answer(404))
    app.register_error_handler(Refused, _refused)
    app.register_error_handler(Stale, lambda _error: _answer(409))
    app.register_error_handler(SQLAlchemyError, _database)
    app.register_error_handler(OverflowError, _overflow)
    app.teardown_appcontext(_end_transaction)


def words_for(code: int) -> Words:
    """Give the words of an error page; an unknown code is a fault of the server from 500 on, else of the request."""
    known = {
        400: Words(
            _("That did not arrive whole"),
            _("Something in the request could not be read. Go back, reload the page and try again."),
        ),
        401: Words(_("Please log in"), _("This page belongs to an account.")),
        403: Words(_("Not for this account"), _("Your account may not open this page. Ask whoever runs the site.")),
        404: Words(_("Nothing here"), _("The page does not exist, was archived, or belongs to somebody else.")),
        405: Words(_("That does not work here"), _("This address cannot be called that way. Use the menu instead.")),
        409: Words(_("Changed elsewhere"), _("Another tab or window was faster. What was recorded there stays.")),
        413: Words(_("Too large"), _("More was sent than the site takes (6 MB).")),
        422: Words(_("Something is missing"), _("The form could not be taken as it was. Go back and check it.")),
        429: Words(_("A short pause"), _("There were too many tries. Nothing is locked: wait a little and try again.")),
        503: Words(_("Busy for a moment"), _("The database did not answer in time. Nothing was changed: try again.")),
    }
    fault = Words(_("Our fault"), _("Something broke on the server and was written to its log. Your answers are safe."))
    return known.get(code) or (fault if code >= SERVER_FAULT else known[400])


def is_database_away(error: SQLAlchemyError) -> bool:
    """Say whether the database is only busy, full or unreachable, so that trying again later makes sense."""
    if isinstance(error, PoolTimeout):
        return True
    if not isinstance(error, DBAPIError):
        return False
    if error.connection_invalidated:
        return True
    if not isinstance(error, OperationalError):
        return False
    from_sqlite = type(error.orig).__module__.startswith(("sqlite3", "pysqlite3"))
    return not from_sqlite or any(sign in str(error.orig).lower() for sign in _AWAY)


def _page(error: HTTPException) -> BaseResponse:
    if isinstance(error, RateLimitExceeded):
        wait = max(1, ceil(limiter.current_limit.reset_at - time())) if limiter.current_limit else 60
        return _answer(429, base=TooManyRequests(retry_after=wait).get_response(), wait=wait)
    if isinstance(error, CSRFError):
        return _answer(
            400, _("The page was open for too long, or the browser keeps no cookies. Reload it and try again.")
        )
    own_words = error.description if error.description != type(error).description else None
    return _answer(error.code or SERVER_FAULT, own_words, base=error.get_response())


def _refused(error: Refused) -> BaseResponse:
    return _answer(422, said(error.reason))


def _database(error: SQLAlchemyError) -> BaseResponse:
    if is_database_away(error):
        current_app.logger.warning("The database is away: %s", type(error).__name__)
        return _answer(503, base=ServiceUnavailable(retry_after=RETRY_AFTER).get_response())
    if isinstance(error, DataError):
        return _answer(400)
    raise InternalServerError(original_exception=error) from error


def _overflow(error: OverflowError) -> BaseResponse:
    """Answer a number that SQLite cannot hold; any other overflow is a fault."""
    if "SQLite" in str(error):
        return _answer(400)
    raise InternalServerError(original_exception=error) from error


def _answer(code: int, text: str | None = None, *, base: BaseResponse | None = None, wait: int = 0) -> BaseResponse:
    _forget_half_done_work(code)
    response = base if base is not None else Response()
    words = words_for(code)
    response.status_code = code
    response.mimetype = "text/html"
    try:
        response.set_data(
            render_template("errors/error.html", code=code, words=words, text=text or words.text, wait=wait, here=str)
        )
    except Exception:
        current_app.logger.exception("The error page itself could not be drawn")
        said = {"title": escape(words.title), "text": escape(text or words.text), "home": escape(_("Home"))}
        response.set_data(_PLAIN.format(lang=get_locale() or "en", **said))
    return response


def _forget_half_done_work(code: int) -> None:
    """Let go of the write lock before the page is drawn; with the database away nobody is asked who this is."""
    if code >= SERVER_FAULT:
        identity.forget_for_this_request()
    _end_transaction()


def _end_transaction(_error: BaseException | None = None) -> None:
    """Roll back what was not committed; a database that goes away now spoils no page that is drawn already."""
    try:
        db.session.rollback()
    except SQLAlchemyError:
        current_app.logger.warning("The transaction could not be rolled back")
