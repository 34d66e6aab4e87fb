"""With whom a bank is shared."""

from datetime import UTC, datetime

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from quizapp.actions import sharing
from quizapp.store import models, rights, versions
from quizapp.store.db import db
from quizapp.web.filling import blaming
from quizapp.web.forms.sharing import SharingForm
from quizapp.web.identity import learner

bp = Blueprint("sharing", __name__)


@bp.route("/banks/<key>/sharing", methods=["GET", "POST"])
def edit(key: str) -> ResponseReturnValue:
    """Say who learns from a bank and who may edit it."""
    session, user = db.session(), learner()
    bank = sharing.bank_to_share(session, user, key)
    courses = versions.courses_for(session, user, bank)
    form = SharingForm(visibility=bank.visibility)
    form.offer(courses)
    if form.validate_on_submit():
        with blaming(form):
            chosen = form.chosen()
            changed = sharing.share(
                session, user, bank, visibility=form.visibility.data, courses=chosen, now=datetime.now(UTC)
            )
            session.commit()
            flash(_("Saved.") if changed else _("Nothing was changed."), "success")
            return redirect(url_for("sharing.edit", key=key), 303)
    if not form.is_submitted():
        return _page(bank, form)
    session.rollback()
    return _page(sharing.bank_to_share(session, learner(), key), form), 422


def _page(bank: models.Bank, form: SharingForm) -> str:
    session, user = db.session(), learner()
    owner = session.get(models.User, bank.owner_id) if bank.owner_id is not None else None
    return render_template(
        "versions/sharing.html",
        bank=bank,
        form=form,
        owner=owner.name if owner else "",
        visible=rights.visible_bank(session, user.id, bank.key) is not None,
    )
