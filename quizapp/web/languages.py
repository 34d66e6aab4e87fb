"""The language and zone of a page: the account's, else the browser's, else the setting's; and what is said in it."""

from flask import Flask, request, session
from flask_babel import Babel, gettext, ngettext
from flask_login import current_user

from quizapp.languages import INTERFACE
from quizapp.messages import Message
from quizapp.web.security import settings

CHOSEN = "language"
"""Key in the session of the language that somebody without an account chose."""


def init_app(app: Flask) -> None:
    """Choose language and zone for each request."""
    Babel(app, locale_selector=locale, timezone_selector=zone)
    app.jinja_env.globals["locale"] = locale
    app.jinja_env.globals["interface_languages"] = INTERFACE
    app.jinja_env.filters["said"] = said


def locale() -> str:
    """Give the language of the interface."""
    wanted = current_user.language if current_user.is_authenticated else session.get(CHOSEN)
    if wanted in INTERFACE:
        return str(wanted)
    return request.accept_languages.best_match(INTERFACE) or settings().language


def zone() -> str | None:
    """Give the learner's time zone, None for the default."""
    return str(current_user.zone) if current_user.is_authenticated else None


def said(text: str) -> str:
    """Say a message in the language of the page; a text that is none, such as an author's, stays as it is."""
    if not isinstance(text, Message):
        return text
    values = {name: said(value) if isinstance(value, str) else value for name, value in text.values.items()}
    if text.plural:
        return str(ngettext(text.template, text.plural, text.number, **values))
    return str(gettext(text.template, **values))
