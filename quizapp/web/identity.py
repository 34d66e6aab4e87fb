"""Who is asking: log-in sessions, the default that every page is private, and safe return addresses."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import wraps
from typing import Any
from urllib.parse import quote, urlsplit

from flask import Flask, Response, abort, current_app, g, make_response, redirect, request, session, url_for
from flask_login import AnonymousUserMixin, LoginManager, current_user, login_user, logout_user

from quizapp.store.db import db
from quizapp.store.models import User
from quizapp.web.security import MOST_DIGITS, MOST_ID, View, view_name

_public_views: set[str] = set()
_UNSAFE = frozenset("\\\t\r\n\0")
_DAY = "day"


@dataclass(frozen=True)
class Identity:
    """Whoever is logged in: what a page frame needs as plain values, the rest of the account by its row."""

    id: int
    session_version: int
    name: str
    email: str
    role: str
    language: str | None
    zone: str
    account: User
    is_authenticated: bool = True
    is_active: bool = True
    is_anonymous: bool = False

    def get_id(self) -> str:
        """Give what the session cookie holds: raising the version ends every session."""
        return f"{self.id}.{self.session_version}"

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 -- whatever the view takes and gives
        return getattr(self.account, name)


def init_app(app: Flask) -> None:
    """Load people from their session and let nobody else past the front door."""
    manager = LoginManager()
    manager.session_protection = None
    manager.user_loader(_load)
    manager.init_app(app)
    app.before_request(_guard)


def public(view: View) -> View:
    """Mark a view that anybody may see; every other one asks for a log-in."""
    _public_views.add(view_name(view))
    return view


def is_public(view: Callable[..., Any]) -> bool:
    """Say whether a view was marked public."""
    return view_name(view) in _public_views


def requires_role(*roles: str) -> Callable[[View], View]:
    """Let only people of these roles past; read afresh at each request."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(*args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 -- whatever the view takes and gives
            if current_user.role not in roles:
                abort(403)
            return view(*args, **kwargs)

        return guarded  # type: ignore[return-value]  # `wraps` keeps the signature, which mypy cannot see

    return decorate


def learner() -> User:
    """Give the account of whoever is logged in."""
    account: User = current_user.account
    return account


def log_in(user: User) -> None:
    """Begin a session for somebody; what the browser held before is forgotten, against fixation."""
    session.clear()
    session.permanent = True
    session[_DAY] = _today()
    login_user(_identity(user))


def log_out() -> None:
    """End the session of this browser."""
    logout_user()
    session.clear()


def safe_next(target: str | None) -> str:
    """Give the path to go back to: `target` if it lies on this site, else the home page."""
    home = url_for("home.home")
    if not target or not target.startswith("/") or target.startswith("//") or not _UNSAFE.isdisjoint(target):
        return home
    try:
        parts = urlsplit(target)
    except ValueError:
        return home
    if parts.scheme or parts.netloc or parts.path.startswith("//") or not target.isprintable():
        return home
    return target


def forget_for_this_request() -> None:
    """Answer as if nobody were logged in when who it is was never found out (the database is away)."""
    g.database_away = True
    if "_login_user" not in g:
        g._login_user = AnonymousUserMixin()  # noqa: SLF001 -- flask-login has no public way


def _guard() -> Response | None:
    view = current_app.view_functions.get(request.endpoint or "")
    if view is None or is_public(view):
        return None
    if current_user.is_authenticated:
        _keep_session_alive()
        return None
    return _to_log_in()


def _to_log_in() -> Response:
    back = request.full_path.rstrip("?") if request.method == "GET" else ""
    target = url_for("entry.log_in") + (f"?next={quote(back, safe='')}" if back else "")
    if request.headers.get("HX-Request"):
        response = make_response("", 401)
        response.headers["HX-Redirect"] = url_for("entry.log_in")
        return response
    return make_response(redirect(target, code=303))


def _keep_session_alive() -> None:
    """Send the cookie anew once a day, so that 30 days count from the last visit."""
    if session.get(_DAY) != _today():
        session[_DAY] = _today()


def _load(text: str) -> Identity | None:
    key, _, version = text.partition(".")
    if not key.isdecimal() or len(key) > MOST_DIGITS or int(key) > MOST_ID:
        return None
    user = db.session.get(User, int(key))
    if user is None or user.disabled_at is not None or str(user.session_version) != version:
        return None
    return _identity(user)


def _identity(user: User) -> Identity:
    return Identity(user.id, user.session_version, user.name, user.email, user.role, user.language, user.zone, user)


def _today() -> str:
    return datetime.now(UTC).date().isoformat()
