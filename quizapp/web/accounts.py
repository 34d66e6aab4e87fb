"""One's own account: settings, password, export, the end of it."""

import json
from datetime import UTC, datetime

from flask import Blueprint, Response, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import refresh
from flask_login import current_user

from quizapp.actions import accounts, reading
from quizapp.languages import INTERFACE
from quizapp.store.db import db
from quizapp.store.models import User
from quizapp.web import identity, tongues
from quizapp.web.filling import blaming, draw
from quizapp.web.forms.accounts import ChangePasswordForm, DeleteForm, SettingsForm
from quizapp.web.forms.values import number, text
from quizapp.web.identity import learner
from quizapp.web.languages import locale
from quizapp.web.security import client_network, limiter, refused

bp = Blueprint("accounts", __name__)


def _own_guess() -> str:
    return f"{client_network()} {current_user.get_id()}"


own_guesses = limiter.limit("5 per minute; 20 per hour", key_func=_own_guess, methods=["POST"], deduct_when=refused)


@bp.route("/settings", methods=["GET", "POST"])
def change_settings() -> ResponseReturnValue:
    """Show and change how somebody wants to learn."""
    user = learner()
    shown = {"retention": f"{user.retention:g}", "quiet": list(user.quiet_weekdays)}
    form = SettingsForm(obj=user, data=shown)
    form.offer(zone=user.zone, retention=user.retention)
    form.offer_languages(INTERFACE, _languages(user), now=locale())
    if form.validate_on_submit():
        with blaming(form):
            reading.choose_languages(
                db.session(),
                user,
                language=form.language.data,
                content=form.content_language.data or None,
                second=form.second_language.data or None,
            )
            accounts.change_settings(
                db.session(),
                user,
                name=text(form.name),
                zone=form.zone.data,
                minutes_a_day=number(form.minutes_a_day),
                retention=float(form.retention.data),
                quiet_weekdays="".join(sorted(form.quiet.data or ())),
                private=bool(form.private.data),
            )
            db.session.commit()
            refresh()
            flash(_("Your settings are saved."))
            return redirect(url_for("accounts.change_settings"), 303)
    return draw("accounts/settings.html", form)


@bp.route("/settings/password", methods=["GET", "POST"])
@own_guesses
def change_password() -> ResponseReturnValue:
    """Change the password; other devices are logged out by it."""
    form = ChangePasswordForm()
    if form.validate_on_submit():
        with blaming(form):
            user = learner()
            accounts.change_password(db.session(), user, old=text(form.old), new=text(form.new))
            db.session.commit()
            identity.log_in(user)
            flash(_("Your password is changed. Every other device is logged out."))
            return redirect(url_for("accounts.change_settings"), 303)
    return draw("accounts/password.html", form)


@bp.post("/settings/sessions/end")
def log_out_everywhere() -> ResponseReturnValue:
    """End every session of the account, this one too."""
    accounts.log_out_everywhere(db.session(), learner())
    db.session.commit()
    identity.log_out()
    flash(_("You are logged out on every device."))
    return redirect(url_for("entry.log_in"), 303)


@bp.get("/settings/export")
def export() -> Response:
    """Hand out everything kept about the account as one JSON file."""
    now = _now()
    data = accounts.export_account(db.session(), learner(), now=now)
    name = f"quizapp-{now.date().isoformat()}.json"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(json.dumps(data, ensure_ascii=False, indent=1), mimetype="application/json", headers=headers)


@bp.route("/settings/delete", methods=["GET", "POST"])
@own_guesses
def delete() -> ResponseReturnValue:
    """Delete the account and all it remembers, after the password."""
    form = DeleteForm()
    if form.validate_on_submit():
        with blaming(form):
            accounts.delete_account(db.session(), learner(), password=text(form.password))
            db.session.commit()
            identity.log_out()
            flash(_("Your account and everything it remembered are deleted."))
            return redirect(url_for("home.home"), 303)
    return draw("accounts/delete.html", form)


def _languages(user: User) -> dict[str, str]:
    """Name the languages to read questions in, each in itself; those chosen before stay in the list."""
    kept = (code for code in (user.content_language, user.second_language) if code)
    return {code: tongues.own_name(code) for code in dict.fromkeys((*reading.readable(db.session(), user), *kept))}


def _now() -> datetime:
    return datetime.now(UTC)
