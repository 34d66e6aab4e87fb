"""The ways in: log-in, sign-up, one-time links, and out again."""

from datetime import UTC, datetime

from flask import Blueprint, abort, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy.exc import SQLAlchemyError

from quizapp.actions import accounts, log_ins
from quizapp.store.db import db
from quizapp.store.engine import begin_writing
from quizapp.store.models import User
from quizapp.web import identity
from quizapp.web.filling import blaming, draw
from quizapp.web.forms.accounts import LogInForm, NewPasswordForm, SignUpForm
from quizapp.web.forms.values import text
from quizapp.web.identity import public
from quizapp.web.languages import keep_language, locale
from quizapp.web.security import client_network, limiter, reads_first, refused, settings
from quizapp.web.site import site

bp = Blueprint("entry", __name__)


def _guess() -> str:
    """Count guesses at one account from one address, so that nobody can lock another out from elsewhere."""
    return f"{client_network()} {request.form.get('email', '').strip().lower()[:254]}"


guesses = limiter.limit("5 per minute; 20 per hour", key_func=_guess, methods=["POST"], deduct_when=refused)
address_guesses = limiter.limit("30 per minute; 200 per hour", methods=["POST"], deduct_when=refused)
new_accounts = limiter.limit("60 per hour", methods=["POST"])


@bp.route("/login", methods=["GET", "POST"])
@public
@reads_first
@guesses
@address_guesses
def log_in() -> ResponseReturnValue:
    """Let somebody in; unknown addresses and wrong passwords get the same answer."""
    back = identity.safe_next(request.args.get("next"))
    if current_user.is_authenticated:
        return redirect(back, 303)
    form = LogInForm()
    if form.validate_on_submit():
        user = _let_in(text(form.email), text(form.password))
        if user is not None:
            identity.log_in(user)
            return redirect(back, 303)
        _note_failure(text(form.email))
        form.form_errors.append(_("The e-mail address or the password is not right."))
    return draw("entry/log_in.html", form)


@bp.post("/logout")
def log_out() -> ResponseReturnValue:
    """Log this browser out."""
    language = locale()
    identity.log_out()
    keep_language(language)
    flash(_("You are logged out."))
    return redirect(url_for("home.home"), 303)


@bp.route("/signup", methods=["GET", "POST"])
@public
@new_accounts
def sign_up() -> ResponseReturnValue:
    """Make an account, where the site allows it."""
    back = identity.safe_next(request.args.get("next"))
    if current_user.is_authenticated:
        return redirect(back, 303)
    if not site().sign_up:
        return render_template("entry/closed.html"), 403 if request.method == "POST" else 200
    form = SignUpForm()
    if form.validate_on_submit():
        with blaming(form):
            user = accounts.sign_up(
                db.session(),
                email=text(form.email),
                name=text(form.name),
                password=text(form.password),
                zone=form.zone_or(site().zone),
                minutes_a_day=site().minutes_a_day,
                retention=site().retention,
                recognition_cap=settings().recognition_cap,
                now=_now(),
            )
            accounts.settle_language(db.session(), user, locale())
            db.session.commit()
            identity.log_in(user)
            return redirect(back, 303)
    return draw("entry/sign_up.html", form)


@bp.route("/setup/<token>", methods=["GET", "POST"])
@public
@address_guesses
def set_up(token: str) -> ResponseReturnValue:
    """Make the first admin by the link printed at the first start."""
    _open_link(token, "setup")
    form = SignUpForm()
    if form.validate_on_submit():
        with blaming(form):
            user = accounts.use_setup_link(
                db.session(),
                token,
                email=text(form.email),
                name=text(form.name),
                password=text(form.password),
                zone=form.zone_or(site().zone),
                now=_now(),
            )
            accounts.set_pace(
                user,
                minutes_a_day=site().minutes_a_day,
                retention=site().retention,
                recognition_cap=settings().recognition_cap,
            )
            accounts.settle_language(db.session(), user, locale())
            db.session.commit()
            identity.log_in(user)
            return redirect(url_for("home.home"), 303)
    return draw("entry/setup.html", form)


@bp.route("/reset/<token>", methods=["GET", "POST"])
@public
@address_guesses
def reset(token: str) -> ResponseReturnValue:
    """Set a new password by a link that an admin handed out."""
    _open_link(token, "reset")
    form = NewPasswordForm()
    if form.validate_on_submit():
        with blaming(form):
            user = accounts.use_reset_link(db.session(), token, password=text(form.password), now=_now())
            accounts.settle_language(db.session(), user, locale())
            db.session.commit()
            identity.log_in(user)
            flash(_("Your new password is set."))
            return redirect(url_for("home.home"), 303)
    return draw("entry/reset.html", form)


def _let_in(email: str, password: str) -> User | None:
    """Check a password before the write lock is taken: the check takes long, and a whole class may log in at once."""
    session = db.session()
    known = accounts.recognise(session, email=email, password=password)
    session.rollback()
    if known is None:
        return None
    begin_writing(session)
    user = accounts.admit(session, known, password=password, now=_now())
    if user is not None:
        accounts.settle_language(session, user, locale())
    session.commit()
    return user


def _note_failure(email: str) -> None:
    """Note a failed log-in, known account or not: both take as long. Whoever tries is told the same if it fails."""
    session = db.session()
    try:
        begin_writing(session)
        log_ins.note_failure(session, email=email, address=request.remote_addr or "unknown", now=_now())
        session.commit()
    except SQLAlchemyError as error:
        session.rollback()
        current_app.logger.warning("A failed log-in could not be noted: %s", type(error).__name__)


def _open_link(token: str, purpose: str) -> None:
    link = accounts.find_link(db.session(), token, _now())
    if link is None or link.purpose != purpose:
        abort(
            404,
            description=_("This link was used already, has expired, or was copied only in part. Ask for a new one."),
        )


def _now() -> datetime:
    return datetime.now(UTC)
