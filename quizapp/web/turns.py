"""What one turn of the play page shows: the question, the verdict, the summary and the frame around them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import url_for
from markupsafe import Markup

from quizapp.actions import asking
from quizapp.actions.asking import Place
from quizapp.actions.scope import Scope
from quizapp.core.items import results
from quizapp.core.knowledge.facts import prompt_of
from quizapp.store import learning, library, models, sittings
from quizapp.store.db import db
from quizapp.web import present
from quizapp.web.identity import learner
from quizapp.web.markdown import inline


@dataclass(frozen=True, slots=True)
class Frame:
    """Where a sitting stands, for the frame around the question."""

    id: int
    kind: str
    url: str
    done: int
    total: int
    answered: int
    minutes_left: int
    can_undo: bool
    ended: bool


@dataclass(frozen=True, slots=True)
class Summary:
    """How a sitting went, in words; `lines` holds (prompt, answer, right at the first try, when it comes again)."""

    facts: int
    right_first: int
    answers: int
    minutes: int
    stopped: bool
    lines: tuple[tuple[Markup, Markup, bool, str], ...]
    more: bool
    again: dict[str, Any]


def turn(
    sitting: models.Sitting, place: Place, *, now: datetime, given: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """Give the play page its context: the waiting question or the summary, and where the sitting stands.

    `given` is an answer to the question that could not be graded: the form keeps it.
    """
    item = place.waiting
    title = sittings.bank_title(db.session(), item) if item else ""
    return {
        "question": present.question(item, bank_title=title, given=given, reader=learner()) if item else None,
        "sitting": frame(sitting, place.asked),
        "summary": None if item else _summary(sitting, now),
    }


def frame(sitting: models.Sitting, asked: Sequence[learning.Asked]) -> Frame:
    """Say where a sitting stands after what was asked in it."""
    stand = asking.standing(sitting, asked)
    return Frame(
        id=sitting.id,
        kind=sitting.kind,
        url=url_for("practice.show", sitting_id=sitting.id),
        done=stand.done,
        total=stand.total,
        answered=stand.answered,
        minutes_left=stand.minutes_left,
        can_undo=stand.answered > 0,
        ended=sitting.ended_at is not None,
    )


def verdict(item: models.Item, *, now: datetime) -> present.Verdict:
    """Show what the answer to a graded item was worth, and when its facts come again."""
    sources = sittings.sources_of(db.session(), item)
    due = sittings.next_due(db.session(), item)
    return present.verdict(
        item,
        sources,
        next_due=present.due_text(due, now) if due else "",
        can_undo=True,
        url_next=url_for("practice.show", sitting_id=item.sitting_id),
        mixed_up=_mixed_up(item),
        reader=learner(),
    )


def _mixed_up(item: models.Item) -> present.MixUp | None:
    """Name what a leech keeps being mixed up with, after a wrong answer to it."""
    wrong = {mark.fact for mark in results.load(item.result or {}).marks if not mark.right}
    found = sittings.leech(db.session(), item, wrong) if wrong else None
    edition = library.edition(db.session(), item.version_id, learner().reads) if found else None
    if found is None or edition is None or not edition.facts.keys() >= set(found):
        return None
    asked, other = (inline(prompt_of(edition, edition.facts[key]), edition.language) for key in found)
    return present.MixUp(asked, other)


def _summary(sitting: models.Sitting, now: datetime) -> Summary:
    """Word how a sitting went, and what may come next."""
    session, user = db.session(), learner()
    went = sittings.summary(session, sitting, language=user.reads)
    offer = sittings.offer(session, user, sitting.kind, now=now)
    lines = tuple(
        (
            inline(line.prompt, line.language),
            inline(line.answer, line.language),
            line.right_first,
            present.due_text(line.next_due, now) if line.next_due else "",
        )
        for line in went.lines
    )
    scope = Scope.from_json(sitting.scope)
    return Summary(
        facts=went.facts,
        right_first=went.right_first,
        answers=went.answers,
        minutes=went.minutes,
        stopped=went.stopped,
        lines=lines,
        more=bool(offer.due or offer.fresh) and not scope.facts,
        again={"kind": sitting.kind, "bank": list(scope.banks), "tag": list(scope.tags)},
    )
