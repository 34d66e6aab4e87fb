"""Assignments on their way between their form and what is kept: times in the course's zone, rows of a blueprint."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, TypeAlias

from flask_babel import gettext as _
from sqlalchemy.orm import Session
from wtforms import FormField

from quizapp.actions import papers
from quizapp.actions.assignment_checks import sources_of
from quizapp.actions.assignments import Values
from quizapp.actions.errors import Refused
from quizapp.actions.scope import Scope
from quizapp.core.items.blueprint import FORMS, MIXED, Row, Topic, topics_of
from quizapp.messages import msg
from quizapp.store import assigned, library, models
from quizapp.web import tags
from quizapp.web.forms.assignments import (
    FIRST_ROWS,
    PracticeForm,
    QuizForm,
    RowForm,
    forms_named,
    instant,
    local,
    name_of_forms,
)
from quizapp.web.forms.values import number, text
from quizapp.web.identity import learner
from quizapp.web.languages import said
from quizapp.web.naming import title_of

AnyForm: TypeAlias = QuizForm | PracticeForm

_BEGUN_FIXED = (
    *("bank", "tag", "source", "questions", "forms", "rows"),
    *("minutes", "late_rule", "late_percent", "shuffled", "popular"),
)
_APART = "|"


def blank(session: Session, kind: str, course: models.Course, values: Values | None = None) -> AnyForm:
    """Give the form of a kind with the course's banks: as it was sent, else with `values`, else empty."""
    form: AnyForm
    if kind == "quiz":
        form = QuizForm(data=_shown(values, course.zone) if values else None)
        while len(form.rows) < FIRST_ROWS:
            form.rows.append_entry()
    else:
        form = PracticeForm(data=_shown(values, course.zone) if values else None)
    offer(session, form, course)
    return form


def offer(session: Session, form: AnyForm, course: models.Course) -> None:
    """List the banks that a course can be asked about, their tags, and the topics of each."""
    offered = assigned.offered(session, course.id)
    own = any(ours for _bank, ours in offered)
    named = [
        (bank, title_of(bank) if ours or not own else _("%(bank)s (whole site)", bank=title_of(bank)))
        for bank, ours in offered
    ]
    form.offer(
        [(bank.id, name) for bank, name in named],
        tags.offered(session, [bank for bank, _ours in offered], learner().reads),
    )
    if isinstance(form, QuizForm):
        form.offer_topics((name, list(_topics(session, bank))) for bank, name in named)


def keep_fixed(form: AnyForm) -> None:
    """Take away the fields that can no longer change."""
    for name in _BEGUN_FIXED:
        if name in form:
            del form[name]


def values_of(form: AnyForm, zone: str, base: Values | None = None) -> Values:
    """Read what was filled in; what the form no longer asks is as in `base`."""
    due = instant(form.due_at, zone)
    if due is None:
        raise Refused("Fill in a date and a time.", "due_at")
    words: dict[str, Any] = {
        "title": text(form.title),
        "note": text(form.note),
        "due_at": due,
        "opens_at": instant(form.opens_at, zone),
    }
    if isinstance(form, PracticeForm):
        return Values(**words, scope=_scope(form, ahead=False))
    taking: dict[str, Any] = {
        "attempts": form.attempts.data,
        "feedback": form.feedback.data,
        "closes_at": instant(form.closes_at, zone),
    }
    if "shuffled" not in form and base is not None:
        return replace(base, **words, **taking)
    by_rows = form.source.data == "rows"
    rows = tuple(_rows(form)) if by_rows else ()
    if by_rows and not rows:
        raise Refused("Say in at least one row what is asked.", "source")
    return Values(
        **words,
        **taking,
        scope=Scope(ahead=True) if by_rows else _scope(form, ahead=True),
        blueprint=rows,
        questions=sum(row.count for row in rows) if by_rows else number(form.questions),
        minutes=form.minutes.data,
        late_rule=form.late_rule.data,
        late_percent=number(form.late_percent),
        shuffled=bool(form.shuffled.data),
        popular=bool(form.popular.data),
    )


def blame(form: AnyForm, error: Refused) -> None:
    """Write a refusal beside the field it is about, that of a row too."""
    reason = said(error.reason)
    field = form._fields.get(error.field)
    if error.field == "bank" and isinstance(form, QuizForm) and "source" in form and form.source.data == "rows":
        field = form.source
    if field is not None:
        field.errors = [*field.errors, reason]
        return
    rows = list(_filled(form)) if isinstance(form, QuizForm) and "rows" in form else []
    if error.field.startswith("rows-"):
        row = rows[int(error.field.split("-")[1])][1]
        row.form.count.errors = [*row.form.count.errors, reason]
        form.rows.errors = [reason]
        return
    form.form_errors.append(reason)


def afforded(session: Session, form: AnyForm, course: models.Course) -> dict[int, int]:
    """Count for each row that names something how many questions it affords."""
    if not isinstance(form, QuizForm) or "rows" not in form:
        return {}
    banks = {bank.id: bank for bank, _own in assigned.offered(session, course.id)}
    counted: dict[int, int] = {}
    for place, entry in _filled(form):
        bank, topic = _about(entry.form)
        if bank in banks:
            (source,) = sources_of(session, [banks[bank]]).values()
            counted[place] = papers.affords(source, topic, FORMS.get(entry.form.form.data, FORMS[MIXED]))
    return counted


def _shown(values: Values, zone: str) -> dict[str, Any]:
    rows = [
        {"what": f"{row.bank}{_APART}{row.topic}", "form": row.form, "count": row.count} for row in values.blueprint
    ]
    plain = {name: getattr(values, name) for name in ("title", "note", "questions", "minutes", "attempts", "feedback")}
    plain |= {name: getattr(values, name) for name in ("late_rule", "late_percent", "shuffled", "popular")}
    return plain | {
        "bank": list(values.scope.banks),
        "tag": list(values.scope.tags),
        "forms": name_of_forms(values.scope.forms),
        "source": "rows" if rows else "banks",
        "rows": rows,
        "opens_at": local(values.opens_at, zone),
        "due_at": local(values.due_at, zone),
        "closes_at": local(values.closes_at, zone),
    }


def _scope(form: AnyForm, *, ahead: bool) -> Scope:
    return Scope(
        banks=tuple(sorted(set(form.bank.data or ()))),
        tags=tuple(sorted(set(form.tag.data or ()))),
        forms=forms_named(form.forms.data) if isinstance(form, QuizForm) and form.forms.data != MIXED else (),
        ahead=ahead,
    )


def _rows(form: QuizForm) -> Iterator[Row]:
    for place, entry in _filled(form):
        bank, topic = _about(entry.form)
        if not bank or entry.form.form.data not in FORMS or not entry.form.count.data:
            raise Refused(msg("Row %(row)d does not say what, as what, and how many.", row=place + 1), "source")
        yield Row(bank, topic, entry.form.form.data, entry.form.count.data)


def _filled(form: QuizForm) -> Iterator[tuple[int, "FormField[RowForm]"]]:
    for place, entry in enumerate(form.rows):
        if entry.form.what.data:
            yield place, entry


def _about(row: RowForm) -> tuple[int, str]:
    """Read bank and topic of a row; bank 0 for what nobody offered."""
    bank, _apart, topic = (row.what.data or "").partition(_APART)
    return (int(bank) if bank.isdecimal() and len(bank) < 10 else 0), topic  # noqa: PLR2004 -- digits of a row id


def _topics(session: Session, bank: models.Bank) -> Iterator[tuple[str, str]]:
    """Name the topics of a bank, with the bank where the name would say little without it."""
    edition = library.edition(session, bank.version_id or 0, learner().reads)
    yield f"{bank.id}{_APART}", _("%(bank)s: all of it (%(count)s)", bank=title_of(bank), count=len(edition.facts))
    for topic in topics_of(edition):
        name = topic_name(topic)
        whole = name if topic.title and topic.kind != "tag" else f"{title_of(bank)}: {name}"
        yield f"{bank.id}{_APART}{topic.key}", f"{whole} ({topic.facts})"


def topic_name(topic: Topic) -> str:
    """Name a topic."""
    names = {
        "cards": _("Cards"),
        "questions": _("Questions written by hand"),
        "statements": _("Statements"),
        "cloze": _("Texts with gaps"),
        "tag": f"#{topic.title}",
    }
    return names[topic.kind] if topic.kind == "tag" or not topic.title else topic.title
