"""A table from a spreadsheet becomes a comparison in a new bank: pasted, looked at, and opened as a draft."""

from datetime import UTC, datetime

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from quizapp.actions import drafts as deeds
from quizapp.core.knowledge.keys import is_key, propose_key
from quizapp.core.knowledge.limits import Text
from quizapp.core.knowledge.pasted import Pasted, source_of, table_of
from quizapp.core.knowledge.reading import Problem
from quizapp.store import library
from quizapp.store.db import db
from quizapp.web.draft_pages import author, begin_change
from quizapp.web.forms.drafts import TableForm
from quizapp.web.forms.values import text
from quizapp.web.security import reads_first

bp = Blueprint("draft_table", __name__)

MOST_SHOWN = 40
"""Rows of the table on the page; all of them are taken."""


@bp.route("/drafts/table", methods=["GET", "POST"])
@reads_first
def paste() -> ResponseReturnValue:
    """Take a pasted table, show what it becomes, and make a draft of it once that was confirmed."""
    user, form = author(), TableForm()
    if not form.is_submitted():
        return _page(form)
    if "bank_id" not in request.form or not text(form.bank_id):
        form.bank_id.data = propose_key(text(form.title), ())
    if not form.validate():
        return _page(form), 422
    table = table_of(text(form.table))
    if not isinstance(table, Pasted):
        return _page(form, problems=table), 422
    concepts = _keys("concept", [each.key for each in table.concepts])
    attributes = _keys("attribute", [each.key for each in table.attributes])
    refusals = _refusals(form, concepts, attributes) if "confirm" in request.form else []
    if "confirm" not in request.form or refusals:
        page = _page(form, table=table, concepts=concepts, attributes=attributes, refusals=refusals)
        return page, 422 if refusals else 200
    key, language = text(form.bank_id), text(form.language)
    source = source_of(
        table,
        bank_id=key,
        language=language,
        title=text(form.title),
        comparison=_comparison(key),
        concepts=concepts,
        attributes=attributes,
    )
    begin_change()
    draft = deeds.begin_from_texts(db.session(), user, None, (Text(f"{key}.yaml", source),), now=datetime.now(UTC))
    db.session.commit()
    return redirect(url_for("draft_editor.edit", draft_id=draft.id), 303)


def _page(
    form: TableForm,
    *,
    table: Pasted | None = None,
    problems: tuple[Problem, ...] = (),
    concepts: list[str] | None = None,
    attributes: list[str] | None = None,
    refusals: list[str] | None = None,
) -> str:
    return render_template(
        "drafts/table.html",
        form=form,
        table=table,
        problems=problems,
        concepts=concepts or [],
        attributes=attributes or [],
        refusals=refusals or [],
        most=MOST_SHOWN,
    )


def _keys(name: str, proposed: list[str]) -> list[str]:
    """Give the ids as they were edited, those proposed where the table is another than the one they were for."""
    sent = [value.strip() for value in request.form.getlist(name)]
    return sent if len(sent) == len(proposed) else proposed


def _comparison(bank_id: str) -> str:
    reserved = {"cards", "questions", "statements", "cloze"}
    return f"{bank_id[:58]}-table" if bank_id in reserved else bank_id


def _refusals(form: TableForm, concepts: list[str], attributes: list[str]) -> list[str]:
    found = []
    if not is_key(text(form.bank_id)):
        found.append(_("The bank's id has small letters a to z, digits and hyphens, at most 64."))
    elif library.bank_by_key(db.session(), text(form.bank_id)) is not None:
        found.append(_("The bank's id is already that of another bank."))
    for keys in (concepts, attributes):
        wrong = next((key for key in keys if not is_key(key)), None)
        twice = next((key for key in keys if keys.count(key) > 1), None)
        if wrong is not None:
            found.append(_("“%(key)s” is no id: small letters a to z, digits and hyphens, at most 64.", key=wrong))
        elif twice is not None:
            found.append(_("The id “%(key)s” stands there twice.", key=twice))
    return found
