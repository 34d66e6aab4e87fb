"""Accounts: sign up, log in and out, settings, passwords, links that work once, export and deletion."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from flask_wtf import FlaskForm

from quizapp.actions import accounts
from quizapp.actions.errors import Refused
from quizapp.store.db import db
from quizapp.web import identity
from quizapp.web.forms.accounts import (
    ChangePasswordForm,
    DeleteForm,
    LogInForm,
    NewPasswordForm,
    SettingsForm,
    SignUpForm,
)
from quizapp.web.forms.values import number, text
from quizapp.web.identity import learner, public
from quizapp.web.security import client_network, limiter, refused, settings

bp = Blueprint("accounts", __name__)


def _guess() -> str:
    """Count guesses at one account from one address, so that nobody can lock another out from elsewhere."""
    return f"{client_network()} {request.form.get('email', '').strip().lower()[:254]}"


def _own_guess() -> str:
    return f"{client_network()} {current_user.get_id()}"


guesses = limiter.limit("5 per minute; 20 per hour", key_func=_guess, methods=["POST"], deduct_when=refused)
own_guesses = limiter.limit("5 per minute; 20 per hour", key_func=_own_guess, methods=["POST"], deduct_when=refused)
address_guesses = limiter.limit("30 per minute; 200 per hour", methods=["POST"], deduct_when=refused)
new_accounts = limiter.limit("60 per hour", methods=["POST"])


@bp.route("/login", methods=["GET", "POST"])
@public
@guesses
@address_guesses
def log_in() -> ResponseReturnValue:
    """Let somebody in; unknown addresses and wrong passwords get the same answer."""
    back = identity.safe_next(request.args.get("next"))
    if current_user.is_authenticated:
        return redirect(back, 303)
    form = LogInForm()
    if form.validate_on_submit():
        user = accounts.authenticate(db.session(), email=text(form.email), password=text(form.password), now=_now())
        if user is not None:
            db.session.commit()
            identity.log_in(user)
            return redirect(back, 303)
        form.form_errors.append(_("The e-mail address or the password is not right."))
    return _form("accounts/log_in.html", form)


@bp.post("/logout")
def log_out() -> ResponseReturnValue:
    """Log this browser out."""
    identity.log_out()
    flash(_("You are logged out."))
    return redirect(url_for("home.home"), 303)


@bp.route("/signup", methods=["GET", "POST"])
@public
@new_accounts
def sign_up() -> ResponseReturnValue:
    """Make an account, where the site allows it."""
    if current_user.is_authenticated:
        return redirect(url_for("home.home"), 303)
    if not settings().sign_up:
        return render_template("accounts/closed.html"), 403 if request.method == "POST" else 200
    form = SignUpForm()
    if form.validate_on_submit():
        with _blaming(form):
            user = accounts.sign_up(
                db.session(),
                email=text(form.email),
                name=text(form.name),
                password=text(form.password),
                zone=form.zone_or(settings().zone),
                minutes_a_day=settings().minutes_a_day,
                retention=settings().retention,
                recognition_cap=settings().recognition_cap,
                now=_now(),
            )
            db.session.commit()
            identity.log_in(user)
            return redirect(url_for("home.home"), 303)
    return _form("accounts/sign_up.html", form)


@bp.route("/settings", methods=["GET", "POST"])
def change_settings() -> ResponseReturnValue:
    """Show and change how somebody wants to learn."""
    user = learner()
    shown = {"retention": f"{user.retention:g}", "quiet": list(user.quiet_weekdays)}
    form = SettingsForm(obj=user, data=shown)
    form.offer(zone=user.zone, retention=user.retention)
    if form.validate_on_submit():
        with _blaming(form):
            accounts.change_settings(
                db.session(),
                user,
                name=text(form.name),
                zone=form.zone.data,
                language=user.language,
                minutes_a_day=number(form.minutes_a_day),
                retention=float(form.retention.data),
                quiet_weekdays="".join(sorted(form.quiet.data or ())),
            )
            db.session.commit()
            flash(_("Your settings are saved."))
            return redirect(url_for("accounts.change_settings"), 303)
    return _form("accounts/settings.html", form)


@bp.route("/settings/password", methods=["GET", "POST"])
@own_guesses
def change_password() -> ResponseReturnValue:
    """Change the password; other devices are logged out by it."""
    form = ChangePasswordForm()
    if form.validate_on_submit():
        with _blaming(form):
            user = learner()
            accounts.change_password(db.session(), user, old=text(form.old), new=text(form.new))
            db.session.commit()
            identity.log_in(user)
            flash(_("Your password is changed. Every other device is logged out."))
            return redirect(url_for("accounts.change_settings"), 303)
    return _form("accounts/password.html", form)


@bp.post("/settings/sessions/end")
def log_out_everywhere() -> ResponseReturnValue:
    """End every session of the account, this one too."""
    accounts.log_out_everywhere(db.session(), learner())
    db.session.commit()
    identity.log_out()
    flash(_("You are logged out on every device."))
    return redirect(url_for("accounts.log_in"), 303)


@bp.get("/settings/export")
def export() -> Response:
    """Hand out everything kept about the account as one JSON file."""
    data = accounts.export_account(db.session(), learner())
    name = f"quizapp-{_now().date().isoformat()}.json"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(json.dumps(data, ensure_ascii=False, indent=1), mimetype="application/json", headers=headers)


@bp.route("/settings/delete", methods=["GET", "POST"])
@own_guesses
def delete() -> ResponseReturnValue:
    """Delete the account and all it remembers, after the password."""
    form = DeleteForm()
    if form.validate_on_submit():
        with _blaming(form):
            accounts.delete_account(db.session(), learner(), password=text(form.password))
            db.session.commit()
            identity.log_out()
            flash(_("Your account and everything it remembered are deleted."))
            return redirect(url_for("home.home"), 303)
    return _form("accounts/delete.html", form)


@bp.route("/setup/<token>", methods=["GET", "POST"])
@public
@address_guesses
def set_up(token: str) -> ResponseReturnValue:
    """Make the first admin by the link printed at the first start."""
    _open_link(token, "setup")
    form = SignUpForm()
    if form.validate_on_submit():
        with _blaming(form):
            user = accounts.use_setup_link(
                db.session(),
                token,
                email=text(form.email),
                name=text(form.name),
                password=text(form.password),
                zone=form.zone_or(settings().zone),
                now=_now(),
            )
            db.session.commit()
            identity.log_in(user)
            return redirect(url_for("home.home"), 303)
    return _form("accounts/setup.html", form)


@bp.route("/reset/<token>", methods=["GET", "POST"])
@public
@address_guesses
def reset(token: str) -> ResponseReturnValue:
    """Set a new password by a link that an admin handed out."""
    _open_link(token, "reset")
    form = NewPasswordForm()
    if form.validate_on_submit():
        with _blaming(form):
            user = accounts.use_reset_link(db.session(), token, password=text(form.password), now=_now())
            db.session.commit()
            identity.log_in(user)
            flash(_("Your new password is set."))
            return redirect(url_for("home.home"), 303)
    return _form("accounts/reset.html", form)


def _open_link(token: str, purpose: str) -> None:
    link = accounts.find_link(db.session(), token, _now())
    if link is None or link.purpose != purpose:
        abort(
            404,
            description=_("This link was used already, has expired, or was copied only in part. Ask for a new one."),
        )


def _form(template: str, form: FlaskForm) -> ResponseReturnValue:
    """Draw a form: fresh, or again with what was typed and what is wrong with it (422)."""
    if not form.is_submitted():
        return render_template(template, form=form, sign_up_open=settings().sign_up)
    db.session.rollback()
    return render_template(template, form=form, sign_up_open=settings().sign_up), 422


@contextmanager
def _blaming(form: FlaskForm) -> Iterator[None]:
    """Write a refusal beside the field it is about."""
    try:
        yield
    except Refused as error:
        field = form._fields.get(error.field)
        if field is None:
            form.form_errors.append(_(error.reason))
        else:
            field.errors = [*field.errors, _(error.reason)]


def _now() -> datetime:
    return datetime.now(UTC)
