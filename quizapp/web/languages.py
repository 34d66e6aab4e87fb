"""The language and zone of a page: the account's, else the browser's, else the setting's; and what is said in it."""

from babel import negotiate_locale
from flask import Blueprint, Flask, redirect, request, session
from flask.typing import ResponseReturnValue
from flask_babel import Babel, format_decimal, gettext, ngettext, refresh
from flask_login import current_user

from quizapp.actions import accounts
from quizapp.actions.account_fields import checked_language
from quizapp.languages import INTERFACE
from quizapp.messages import Message, Number
from quizapp.store.db import db
from quizapp.web.identity import learner, public, safe_next
from quizapp.web.site import site

bp = Blueprint("languages", __name__)

RELATED = {"no": "nb", "no-no": "nb", "nn": "nb", "nn-no": "nb"}
"""Languages whose readers are best served by one of ours."""

_CHOSEN = "language"


def init_app(app: Flask) -> None:
    """Choose language and zone for each request."""
    Babel(app, locale_selector=locale, timezone_selector=zone)
    app.jinja_env.globals["locale"] = locale
    app.jinja_env.globals["here"] = here
    app.jinja_env.globals["interface_languages"] = INTERFACE
    app.jinja_env.filters["said"] = said


@bp.post("/language")
@public
def choose() -> ResponseReturnValue:
    """Show the pages in another language: kept in the account, else in this browser."""
    wanted = checked_language(request.form.get("language", ""))
    if current_user.is_authenticated:
        accounts.choose_language(db.session(), learner(), wanted)
        db.session.commit()
    else:
        keep_language(wanted)
    return redirect(safe_next(request.form.get("next")), 303)


def keep_language(language: str) -> None:
    """Keep the language that somebody without a log-in reads, in this browser."""
    session[_CHOSEN] = language
    refresh()


def locale() -> str:
    """Give the language of the interface."""
    wanted = current_user.language if current_user.is_authenticated else session.get(_CHOSEN)
    if wanted in INTERFACE:
        return str(wanted)
    accepted = [language for language, quality in request.accept_languages if quality > 0]
    return negotiate_locale(accepted, INTERFACE, sep="-", aliases=RELATED) or site().language


def zone() -> str | None:
    """Give the learner's time zone, None for the default."""
    return str(current_user.zone) if current_user.is_authenticated else None


def here() -> str:
    """Give the address to come back to from a change of language: a page's own, not that of a deed."""
    return request.full_path.rstrip("?") if request.method == "GET" else ""


def said(text: str) -> str:
    """Say a message in the language of the page; a text that is none, such as an author's, stays as it is."""
    if not isinstance(text, Message):
        return text
    values = {name: _value(value) for name, value in text.values.items()}
    if text.plural:
        values.pop("num", None)  # `ngettext` gives it itself
        return str(ngettext(text.template, text.plural, text.number, **values))
    return str(gettext(text.template, **values))


def _value(value: object) -> object:
    """Say what stands in a message: messages and numbers in the language of the page, all else as it is."""
    if isinstance(value, Number | float):
        return format_decimal(int(value) if isinstance(value, Number) else value)
    return said(value) if isinstance(value, str) else value
