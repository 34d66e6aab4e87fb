"""Accounts as an admin sees them: roles, shutting and opening, links for new passwords, failed log-ins."""

from datetime import UTC, datetime

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from quizapp.actions import site_people
from quizapp.actions.errors import Refused
from quizapp.actions.links import LIVES
from quizapp.actions.log_ins import KEPT
from quizapp.store import site as shelf
from quizapp.store.db import db
from quizapp.store.site import Account, Failures
from quizapp.web import listing
from quizapp.web.forms.site import ROLES, RoleForm
from quizapp.web.identity import learner, requires_role
from quizapp.web.languages import said

bp = Blueprint("admin_people", __name__)


@bp.get("/admin/users")
@requires_role("admin")
def index() -> str:
    """List every account."""
    roles = [(role.value, str(role.label)) for role in ROLES]
    states = [("active", _("Active")), ("disabled", _("Disabled"))]
    listed = listing.of(
        shelf.accounts(db.session()),
        keys={
            "name": lambda row: row.name,
            "role": lambda row: row.role,
            "courses": lambda row: row.courses,
            "created": lambda row: row.created_at,
            "seen": lambda row: row.last_seen_at,
        },
        default="name",
        search=lambda row: f"{row.name} {row.email}",
        filters=[
            listing.Filter("role", _("Role"), roles, lambda row, value: row.role == value),
            listing.Filter("state", _("State"), states, _in_state),
        ],
    )
    return render_template("admin/users.html", listed=listed, roles=dict(roles))


@bp.get("/admin/users/<int:user_id>")
@requires_role("admin")
def show(user_id: int) -> ResponseReturnValue:
    """Show one account and what can be done to it."""
    return _one(user_id, RoleForm())


@bp.post("/admin/users/<int:user_id>/role")
@requires_role("admin")
def role(user_id: int) -> ResponseReturnValue:
    """Change what somebody may do on the site."""
    form = RoleForm()
    if not form.validate_on_submit():
        return _one(user_id, form, status=422)
    try:
        site_people.change_role(db.session(), learner(), user_id, form.role.data, now=_now())
    except Refused as error:
        return _refused(user_id, error)
    return _done(user_id, _("The role is changed."))


@bp.post("/admin/users/<int:user_id>/disable")
@requires_role("admin")
def disable(user_id: int) -> ResponseReturnValue:
    """Shut an account."""
    try:
        site_people.disable(db.session(), learner(), user_id, now=_now())
    except Refused as error:
        return _refused(user_id, error)
    return _done(user_id, _("The account is disabled, and logged out everywhere."))


@bp.post("/admin/users/<int:user_id>/enable")
@requires_role("admin")
def enable(user_id: int) -> ResponseReturnValue:
    """Open an account again."""
    site_people.enable(db.session(), learner(), user_id, now=_now())
    return _done(user_id, _("The account is open again."))


@bp.post("/admin/users/<int:user_id>/reset-link")
@requires_role("admin")
def reset_link(user_id: int) -> ResponseReturnValue:
    """Make a link for a new password and show it, this once: not even a cookie may hold it."""
    try:
        user, token = site_people.reset_link(db.session(), learner(), user_id, now=_now())
    except Refused as error:
        return _refused(user_id, error)
    db.session.commit()
    link = url_for("entry.reset", token=token, _external=True)
    return render_template("admin/reset_link.html", user=user, link=link, hours=int(LIVES.total_seconds() // 3600))


@bp.get("/admin/log-ins")
@requires_role("admin")
def log_ins() -> str:
    """List failed log-ins, by account or by address."""
    by_address = request.args.get("by") == "address"
    session = db.session()
    rows = shelf.failed_by_address(session) if by_address else shelf.failed_by_account(session)
    listed = listing.of(
        rows,
        keys={
            "name": lambda row: row.address if by_address else row.name,
            "times": lambda row: row.times,
            "others": lambda row: row.others,
            "first": lambda row: row.first,
            "last": lambda row: row.last,
        },
        default="-times",
        search=_words,
    )
    return render_template("admin/log_ins.html", listed=listed, by_address=by_address, days=KEPT.days)


def _one(user_id: int, form: RoleForm, *, status: int = 200, refused: str = "") -> ResponseReturnValue:
    account = shelf.account(db.session(), user_id)
    if account is None:
        abort(404)
    if not form.is_submitted() or refused:
        form.role.data = account.role
    page = render_template("admin/user.html", account=account, form=form, refused=refused, roles=_role_names())
    return page, status


def _refused(user_id: int, error: Refused) -> ResponseReturnValue:
    db.session.rollback()
    return _one(user_id, RoleForm(), status=422, refused=said(error.reason))


def _done(user_id: int, text: str) -> ResponseReturnValue:
    db.session.commit()
    flash(text)
    return redirect(url_for("admin_people.show", user_id=user_id), 303)


def _role_names() -> dict[str, str]:
    return {role.value: str(role.label) for role in ROLES}


def _in_state(row: Account, state: str) -> bool:
    return (row.disabled_at is None) == (state == "active")


def _words(row: Failures) -> str:
    return f"{row.name or ''} {row.email or ''} {row.address or ''}"


def _now() -> datetime:
    return datetime.now(UTC)
