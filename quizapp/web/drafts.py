"""The workshop: drafts and banks that somebody may edit, and the ways in: files, an empty bank, an edit."""

from datetime import UTC, datetime

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from quizapp.actions import drafts as deeds
from quizapp.actions import pictures
from quizapp.actions.errors import NotFound, Refused
from quizapp.core.knowledge.reading import Problem
from quizapp.interop.upload import Unpacked, unpack
from quizapp.store import drafts, library, models
from quizapp.store.db import db
from quizapp.web import listing
from quizapp.web.draft_pages import author, begin_change
from quizapp.web.filling import blaming
from quizapp.web.forms.drafts import NewBankForm
from quizapp.web.forms.values import text
from quizapp.web.languages import said
from quizapp.web.security import reads_first

bp = Blueprint("drafts", __name__)


@bp.get("/drafts")
def workshop() -> str:
    """List what is being written and what may be edited, with the ways in."""
    return _workshop(author(), NewBankForm(formdata=None))


@bp.post("/drafts")
@reads_first
def begin() -> ResponseReturnValue:
    """Make drafts of uploaded files, or begin an empty bank."""
    user = author()
    return _upload(user) if "files" in request.files else _empty(user)


@bp.post("/banks/<key>/edit")
def edit(key: str) -> ResponseReturnValue:
    """Open the draft of a bank, or begin one from what is published."""
    user = author()
    bank = library.bank_by_key(db.session(), key)
    if bank is None:
        raise NotFound
    draft = deeds.edit_bank(db.session(), user, bank, now=_now())
    db.session.commit()
    return redirect(url_for("draft_editor.edit", draft_id=draft.id), 303)


def _upload(user: models.User) -> ResponseReturnValue:
    sent = [(file.filename or "", file.read()) for file in request.files.getlist("files") if file.filename]
    found = unpack(sent) if sent else Unpacked((), (), ())
    if not found.texts:
        return _refused(user, found.problems)
    session = db.session()
    begin_change()
    try:
        begun = deeds.begin_upload(session, user, found.texts, now=_now())
        for draft in begun:
            _keep_pictures(user, draft, found, alone=len(begun) == 1)
    except Refused as error:
        session.rollback()
        return _refused(user, (*found.problems, Problem("", 0, 0, error.reason)))
    session.commit()
    for problem in found.problems:
        flash(f"{problem.path}: {said(problem.message)}. {said(problem.hint)}", "warning")
    if len(begun) == 1:
        return redirect(url_for("draft_editor.edit", draft_id=begun[0].id), 303)
    flash(ngettext("One bank came in.", "%(num)d banks came in: each is a draft of its own.", len(begun)), "success")
    return redirect(url_for("drafts.workshop"), 303)


def _empty(user: models.User) -> ResponseReturnValue:
    form = NewBankForm()
    if form.validate_on_submit():
        begin_change()
        with blaming(form):
            draft = deeds.begin_empty(
                db.session(),
                user,
                title=text(form.title),
                bank_id=text(form.bank_id),
                language=text(form.language),
                now=_now(),
            )
            db.session.commit()
            return redirect(url_for("draft_editor.edit", draft_id=draft.id), 303)
    db.session.rollback()
    return _workshop(user, form), 422


def _keep_pictures(user: models.User, draft: models.Draft, found: Unpacked, *, alone: bool) -> None:
    """Give a draft the pictures that came with it: all of them if it came alone, else those that it names."""
    texts = [str(each.content) for each in drafts.texts_of(db.session(), draft.id)]
    taken = [file for file in found.pictures if alone or any(file.filename in each for each in texts)]
    pictures.keep_pictures(db.session(), user, draft, taken, _now())


def _refused(user: models.User, problems: tuple[Problem, ...]) -> ResponseReturnValue:
    nothing = (Problem("", 0, 0, _("No knowledge file was sent. Choose files that end in .yaml, or a zip of them.")),)
    return _workshop(user, NewBankForm(formdata=None), problems or nothing), 422


def _workshop(user: models.User, form: NewBankForm, problems: tuple[Problem, ...] = ()) -> str:
    session = db.session()
    open_drafts = drafts.drafts_of(session, user)
    banks = listing.of(
        drafts.banks_to_edit(session, user),
        keys={
            "title": lambda row: row.title,
            "facts": lambda row: row.facts,
            "published": lambda row: row.published_at,
        },
        default="title",
        search=lambda row: f"{row.title} {row.key}",
        size=25,
    )
    return render_template("drafts/workshop.html", drafts=open_drafts, banks=banks, form=form, problems=problems)


def _now() -> datetime:
    return datetime.now(UTC)
