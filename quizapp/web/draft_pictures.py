"""The pictures that a draft brings along: uploaded, cited by their file names, and taken out again."""

from datetime import UTC, datetime

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from quizapp.actions import pictures
from quizapp.actions.errors import Refused
from quizapp.interop.upload import Unpacked, unpack
from quizapp.store import drafts, models
from quizapp.store.db import db
from quizapp.web.draft_editor import editor_page, file_of
from quizapp.web.draft_pages import begin_change, own_draft
from quizapp.web.identity import learner
from quizapp.web.languages import said
from quizapp.web.security import reads_first

bp = Blueprint("draft_pictures", __name__)


@bp.post("/drafts/<int:draft_id>/pictures")
@reads_first
def add(draft_id: int) -> ResponseReturnValue:
    """Keep pictures with a draft; each is decoded and written anew first."""
    own_draft(draft_id)
    sent = [(file.filename or "", file.read()) for file in request.files.getlist("pictures") if file.filename]
    found = unpack(sent) if sent else Unpacked((), (), ())
    begin_change()
    draft = own_draft(draft_id)
    reason = "; ".join(f"{problem.path}: {said(problem.message)}" for problem in found.problems)
    if not found.pictures:
        return _again(draft, reason or _("Choose a picture: PNG, JPEG, GIF or WebP."))
    try:
        pictures.keep_pictures(db.session(), learner(), draft, found.pictures, datetime.now(UTC))
    except Refused as error:
        return _again(draft, said(error.reason))
    db.session.commit()
    if reason:
        flash(reason, "warning")
    count = len(found.pictures)
    flash(ngettext("One picture is here: cite it by its name.", "%(num)d pictures are here.", count), "success")
    return redirect(_url(draft), 303)


@bp.post("/drafts/<int:draft_id>/pictures/remove")
def remove(draft_id: int) -> ResponseReturnValue:
    """Take a picture out of a draft; those that its bank has stay."""
    draft = own_draft(draft_id)
    name = pictures.remove_picture(db.session(), draft, request.form.get("token", ""))
    db.session.commit()
    flash(_("“%(name)s” is taken out.", name=name))
    return redirect(_url(draft), 303)


def _again(draft: models.Draft, reason: str) -> ResponseReturnValue:
    db.session.rollback()
    texts = drafts.texts_of(db.session(), draft.id)
    return editor_page(draft, texts, file_of(texts, ""), picture_refusal=reason), 422


def _url(draft: models.Draft) -> str:
    return url_for("draft_editor.edit", draft_id=draft.id, file=request.form.get("file") or None, _anchor="pictures")
