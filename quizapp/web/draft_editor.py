"""The editor: one file of a draft as text, checked as one types, saved only over what one has read."""

from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from quizapp.actions import drafts as deeds
from quizapp.actions.checking import check_draft
from quizapp.actions.drafting import Stale, named
from quizapp.actions.errors import NotFound, Refused
from quizapp.core.knowledge.limits import Text
from quizapp.store import drafts, models
from quizapp.store.db import db
from quizapp.web.diffs import changes
from quizapp.web.draft_pages import own_draft, report_of, saved_by, tabs_of, version_sent
from quizapp.web.identity import learner
from quizapp.web.languages import said
from quizapp.web.security import reads_first
from quizapp.web.wording import Marked, marked

bp = Blueprint("draft_editor", __name__)

AFTER = {"preview": "draft_preview.show", "plan": "draft_plan.show"}
"""Where a save leads, by the button that was pressed; else it leads back to the editor."""


@bp.route("/drafts/<int:draft_id>", methods=["GET", "POST"])
def edit(draft_id: int) -> ResponseReturnValue:
    """Show a file of a draft to be written, and save it."""
    draft = own_draft(draft_id)
    texts = drafts.texts_of(db.session(), draft.id)
    if request.method == "GET":
        return editor_page(draft, texts, file_of(texts, request.args.get("file", "")))
    file = Text(named(request.form.get("file", "")), request.form.get("content", ""))
    try:
        done = deeds.save(db.session(), learner(), draft, file.path, str(file.content), version_sent(), now=_now())
    except Refused as error:
        db.session.rollback()
        return editor_page(draft, texts, file, refusal=said(error.reason)), 422
    if isinstance(done, Stale):
        db.session.rollback()
        return editor_page(draft, texts, file, stale=done), 409
    db.session.commit()
    after = AFTER.get(request.form.get("then", ""))
    if after:
        return redirect(url_for(after, draft_id=draft.id), 303)
    flash(_("Saved."), "success")
    return redirect(url_for("draft_editor.edit", draft_id=draft.id, file=file.path), 303)


@bp.post("/drafts/<int:draft_id>/check")
@reads_first
def check(draft_id: int) -> str:
    """Check a file as it stands in the editor, without storing it."""
    draft = own_draft(draft_id)
    texts = drafts.texts_of(db.session(), draft.id)
    file = file_of(texts, request.form.get("file", ""))
    written = Text(file.path, request.form.get("content", ""))
    context = _checked(draft, _instead(texts, written), written.path)
    return render_template("drafts/_problems.html", draft=draft, **context)


@bp.post("/drafts/<int:draft_id>/files")
def add_file(draft_id: int) -> ResponseReturnValue:
    """Add a translation."""
    draft = own_draft(draft_id)
    language = request.form.get("language", "").strip()
    try:
        done = deeds.add_file(db.session(), learner(), draft, language, version_sent(), now=_now())
    except Refused as error:
        db.session.rollback()
        texts = drafts.texts_of(db.session(), draft.id)
        return editor_page(
            draft, texts, file_of(texts, ""), language=language, language_refusal=said(error.reason)
        ), 422
    return _done(draft, done, done.filename if isinstance(done, models.DraftText) else "")


@bp.post("/drafts/<int:draft_id>/files/remove")
def remove_file(draft_id: int) -> ResponseReturnValue:
    """Take a translation out of the draft."""
    draft = own_draft(draft_id)
    done = deeds.remove_file(db.session(), learner(), draft, request.form.get("file", ""), version_sent(), now=_now())
    return _done(draft, done, "")


@bp.post("/drafts/<int:draft_id>/discard")
def discard(draft_id: int) -> ResponseReturnValue:
    """Throw a draft away."""
    draft = own_draft(draft_id)
    title = draft.title
    deeds.discard(db.session(), draft)
    db.session.commit()
    flash(_("The draft of “%(title)s” is gone. What was published stays.", title=title))
    return redirect(url_for("drafts.workshop"), 303)


def _done(draft: models.Draft, done: object, file: str) -> ResponseReturnValue:
    """Answer a change of the files; of an old state nothing was changed, and the new one is shown."""
    if isinstance(done, Stale):
        db.session.rollback()
        texts = drafts.texts_of(db.session(), draft.id)
        return editor_page(draft, texts, file_of(texts, ""), stale=done, nothing_written=True), 409
    db.session.commit()
    return redirect(url_for("draft_editor.edit", draft_id=draft.id, file=file or None), 303)


def editor_page(draft: models.Draft, texts: tuple[Text, ...], file: Text, **wrong: Any) -> str:  # noqa: ANN401 -- for the template
    """Draw the editor with a file as it is or as it was sent; `wrong` holds what went wrong."""
    session = db.session()
    context = _checked(draft, _instead(texts, file), file.path)
    stale: Stale | None = wrong.get("stale")
    return render_template(
        "drafts/editor.html",
        draft=draft,
        bank=session.get(models.Bank, draft.bank_id) if draft.bank_id is not None else None,
        file=file,
        is_source=file.path == texts[0].path,
        version=stale.version if stale else draft.version,
        saved_by=saved_by(draft),
        line=request.args.get("line", 0, type=int),
        changes=_changes(stale, file) if stale and not wrong.get("nothing_written") else None,
        pictures=drafts.pictures_of(session, draft.id, draft.bank_id),
        **context,
        **wrong,
    )


def _changes(stale: Stale, mine: Text) -> tuple[Marked, ...] | None:
    """Compare a text with the one that was saved meanwhile; None where they are too long for it."""
    lines = changes(stale.theirs, str(mine.content))
    return None if lines is None else marked(lines)


def _checked(draft: models.Draft, texts: tuple[Text, ...], current: str) -> dict[str, Any]:
    """Check texts for the page: the report, and the files with their errors as tabs."""
    session = db.session()
    checked = check_draft(session, draft, texts, drafts.picture_names(session, draft.id, draft.bank_id))
    return {
        "report": report_of(draft, texts, checked, current),
        "tabs": tabs_of(draft, texts, checked, current),
    }


def file_of(texts: tuple[Text, ...], name: str) -> Text:
    """Find the file that is asked for, the source where none is named."""
    found = next((text for text in texts if text.path == name), None)
    if found is None and name:
        raise NotFound
    return found or texts[0]


def _instead(texts: tuple[Text, ...], written: Text) -> tuple[Text, ...]:
    """Put a text in place of the file of its name, or after the others if that was taken out meanwhile."""
    there = any(text.path == written.path for text in texts)
    return (*(written if text.path == written.path else text for text in texts), *(() if there else (written,)))


def _now() -> datetime:
    return datetime.now(UTC)
