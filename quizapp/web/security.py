"""What every response carries and every request must pass, whoever asks."""

import ipaddress
import logging
from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, Response, abort, current_app, request
from flask_limiter import Limiter
from flask_login import current_user
from flask_wtf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.routing import IntegerConverter, ValidationError

from quizapp.config import Config
from quizapp.store.db import db
from quizapp.store.engine import begin_writing

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=(), interest-cohort=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
WRITING_METHODS = frozenset({"POST", "PUT", "PATCH", "DELETE"})
MOST_DIGITS = 10
MOST_ID = 2**31 - 1
"""Larger numbers are no row of any table."""

View = TypeVar("View", bound=Callable[..., Any])

_reading_first: set[str] = set()


def client_network() -> str:
    """Name whom an address limit counts: the address itself, or the /64 that one IPv6 household owns."""
    text = request.remote_addr or "unknown"
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return text
    if address.version == 4:  # noqa: PLR2004 -- IP version 4
        return text
    return str(ipaddress.ip_network((address, 64), strict=False))


csrf = CSRFProtect()
limiter = Limiter(key_func=client_network, headers_enabled=False, in_memory_fallback_enabled=True)


class RowId(IntegerConverter):
    """A whole number in an address that may be a row of a table; others are not found."""

    def to_python(self, value: str) -> int:
        """Read the number; one with too many digits is refused before it is converted."""
        number = int(value) if len(value) <= MOST_DIGITS else MOST_ID + 1
        if number > MOST_ID:
            raise ValidationError
        return number


def init_app(app: Flask) -> None:
    """Put the guards in front of every view, in order: proxies, bad bytes, forgery, limits, the write lock."""
    config: Config = app.config["QUIZAPP"]
    if config.proxies:
        count = config.proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=count, x_proto=count, x_host=count)  # type: ignore[method-assign]  # as Flask says
    hosts = [host.strip() for host in config.hosts.split(",") if host.strip()]
    app.config["TRUSTED_HOSTS"] = hosts or None
    app.config["SESSION_REFRESH_EACH_REQUEST"] = False
    app.config["SESSION_COOKIE_NAME"] = "__Host-quizapp" if config.secure_cookies else "quizapp"
    app.url_map.converters["int"] = RowId
    app.after_request(_add_headers)
    app.before_request(_refuse_nul)
    csrf.init_app(app)
    logging.getLogger("flask-limiter").setLevel(logging.ERROR)
    limiter.init_app(app)
    app.before_request(_open_write_transaction)


def refused(response: Response) -> bool:
    """Say whether a form was refused, or sent to a link that does not work; limits on guessing count only those."""
    return response.status_code in {404, 422}


def reads_first(view: View) -> View:
    """Mark a view that takes the write lock itself, after slow work that needs none."""
    _reading_first.add(view_name(view))
    return view


def view_name(view: Callable[..., Any]) -> str:
    """Name a view, however it is wrapped."""
    return f"{view.__module__}.{view.__qualname__}"


def settings() -> Config:
    """Give the settings of the application that answers."""
    config: Config = current_app.config["QUIZAPP"]
    return config


def _add_headers(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if settings().secure_cookies:
        response.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
    if "Cache-Control" not in response.headers:
        response.headers["Cache-Control"] = "no-store"
    return response


def _refuse_nul() -> None:
    """Refuse text that no database takes alike; also makes form parsing fail here, with 400 or 413."""
    parts = [request.path, *request.args, *request.args.values()]
    if request.method in WRITING_METHODS:
        if request.is_json:
            abort(400)  # pages send forms; Flask-WTF would read JSON of any shape as one
        parts += [*request.form, *(value for values in request.form.listvalues() for value in values)]
    if any("\0" in part for part in parts):
        abort(400)


def _open_write_transaction() -> None:
    """Begin a change; the changes of one person take turns, as those of all do on SQLite by itself."""
    view = current_app.view_functions.get(request.endpoint or "")
    if view is None or request.method not in WRITING_METHODS or view_name(view) in _reading_first:
        return
    session = db.session()
    begin_writing(session)
    if session.get_bind().dialect.name != "sqlite" and current_user.is_authenticated:
        session.refresh(current_user.account, with_for_update={"key_share": True})
