"""Progress: what is remembered now and expected to be, what is due, what is hard, and how far the predictions hold."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from flask import Blueprint, abort, render_template, url_for

from quizapp.core.insight import pages, sheets
from quizapp.core.insight.pages import Day, Kept, Size
from quizapp.core.knowledge.facts import prompt_of
from quizapp.core.knowledge.model import Bank
from quizapp.core.memory.days import study_day
from quizapp.store import insight, library
from quizapp.store.db import db
from quizapp.store.models import User
from quizapp.web import words
from quizapp.web.identity import learner

bp = Blueprint("progress", __name__)

AHEAD = 30
WEEKS = 52
HARDEST = 10
MIXED = 10
TRUST_DAYS = timedelta(days=365)
BUSY = (1, 10, 25, 50)
"""Answers a day from which a square of the calendar takes the next shade."""


@dataclass(frozen=True, slots=True)
class Named:
    """A fact with its words, for a list."""

    prompt: str
    answer: str
    language: str
    bank: str
    url: str


@dataclass(frozen=True, slots=True)
class Square:
    """One day of the calendar."""

    day: date
    reviews: int
    right: int
    level: int


@dataclass(frozen=True, slots=True)
class Outlook:
    """Recall and due facts of the coming days."""

    days: tuple[date, ...]
    recall: tuple[float, ...]
    due: tuple[int, ...]


@bp.get("/progress")
def overall() -> str:
    """Show the progress over all banks."""
    session, user, now = db.session(), learner(), datetime.now(UTC)
    banks, memories = insight.sizes(session), insight.kept(session, user.id)
    today = study_day(now, user.zone)
    days = insight.days(session, user.id, today - timedelta(weeks=WEEKS + 5))
    names = _Names(banks, user)
    return render_template(
        "progress/overall.html",
        standings=pages.standings(banks, memories, now),
        begun=len(memories),
        recall=pages.mean_recall(memories, now),
        known=sum(pages.is_known(kept) for kept in memories),
        streak=pages.streak({day.day for day in days}, today, {int(day) for day in user.quiet_weekdays}),
        month=[day for day in days if day.day > today - timedelta(days=AHEAD)],
        outlook=_outlook(memories, now, user),
        squares=_calendar(days, today),
        hardest=[(names.of(kept.bank, kept.key), kept) for kept in pages.hardest(memories, HARDEST)],
        mixed=_mixed(insight.mixed_up(session, user.id, MIXED), names),
        trust=insight.trust(session, user.id, now - TRUST_DAYS),
        target=user.retention,
    )


@bp.get("/progress/<key>")
def of_bank(key: str) -> str:
    """Show the progress in one bank, fact by fact."""
    session, user, now = db.session(), learner(), datetime.now(UTC)
    size = next((size for size in insight.sizes(session) if size.key == key), None)
    if size is None:
        abort(404)
    memories = insight.kept_of_bank(session, user.id, size.id)
    edition = library.edition(session, size.version_id, user.language)
    names = _Names([size], user)
    recall = dict(zip((kept.key for kept in memories), pages.recalls(memories, now).tolist(), strict=True))
    mixed = [one for one in insight.mixed_up(session, user.id, 100) if one.bank == size.id]
    return render_template(
        "progress/bank.html",
        edition=edition,
        standing=pages.standings([size], memories, now)[0],
        outlook=_outlook(memories, now, user),
        parts=list(sheets.parts(edition)),
        recall=recall,
        level=pages.level,
        hardest=[(names.of(kept.bank, kept.key), kept) for kept in pages.hardest(memories, HARDEST)],
        mixed=_mixed(mixed[:MIXED], names),
        target=user.retention,
    )


class _Names:
    """The words of facts, bank by bank; editions are read only for banks that are asked for."""

    def __init__(self, banks: Sequence[Size], user: User) -> None:
        self._banks = {bank.id: bank for bank in banks}
        self._language = user.language
        self._ids: dict[int, dict[str, int]] = {}

    def of(self, bank_id: int, key: str) -> Named | None:
        """Name a fact; None when its bank or the fact is no longer there."""
        bank = self._banks.get(bank_id)
        edition = self._edition(bank)
        if bank is None or edition is None or key not in edition.facts:
            return None
        fact = edition.facts[key]
        fact_id = library.fact_ids(db.session(), bank.id).get(key)
        url = url_for("banks.fact", key=bank.key, fact_id=fact_id) if fact_id else ""
        return Named(prompt_of(edition, fact), words.answer(edition, fact), edition.language, bank.title, url)

    def _edition(self, bank: Size | None) -> Bank | None:
        return library.edition(db.session(), bank.version_id, self._language) if bank else None


def _mixed(rows: Sequence[insight.Mixed], names: _Names) -> list[tuple[Named, Named, insight.Mixed]]:
    found = [(names.of(row.bank, row.key), names.of(row.other_bank, row.other_key), row) for row in rows]
    return [(asked, given, row) for asked, given, row in found if asked is not None and given is not None]


def _outlook(memories: Sequence[Kept], now: datetime, user: User) -> Outlook:
    due = pages.due_by_day(memories, now, user.zone, AHEAD)
    recall = pages.recall_ahead(memories, now, AHEAD)
    return Outlook(tuple(day for day, _count in due), tuple(recall), tuple(count for _day, count in due))


def _calendar(days: Sequence[Day], today: date) -> list[Square]:
    first = today - timedelta(days=today.weekday(), weeks=WEEKS - 1)
    done = {day.day: day for day in days}
    squares = []
    for ahead in range((today - first).days + 1):
        day = first + timedelta(days=ahead)
        row = done.get(day, Day(day, 0, 0, 0, 0.0))
        squares.append(Square(day, row.reviews, row.right, sum(row.reviews >= edge for edge in BUSY)))
    return squares
