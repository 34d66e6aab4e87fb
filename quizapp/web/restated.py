"""What a regraded question is worth now, and what is right now, beside what was said when it was answered."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from quizapp.core.items import snapshot
from quizapp.store import library, models
from quizapp.store.db import db
from quizapp.store.grades import Entry
from quizapp.web import words
from quizapp.web.markdown import inline


@dataclass(frozen=True, slots=True)
class Restated:
    """A question whose points were changed: None for one that no longer counts; `verdict` as `present` has it.

    `answers` are the right answers as the bank has them now, each in its language.
    """

    points: float | None
    verdict: str
    answers: tuple[tuple[str, Markup], ...]


def restated(items: Sequence[models.Item], entries: Sequence[Entry], language: str | None) -> dict[int, Restated]:
    """Find the questions of an attempt that its newest grade judges otherwise than its first."""
    found: dict[int, Restated] = {}
    for item in items if entries else ():
        before, now = (entry.marks.get(str(item.slot)) for entry in (entries[0], entries[-1]))
        if before != now:
            found[item.id] = Restated(now, _verdict(now), _answers(item, language))
    return found


def _verdict(points: float | None) -> str:
    if points is None:
        return "blank"
    return "right" if points >= 1.0 else "partly" if points > 0.0 else "wrong"


def _answers(item: models.Item, language: str | None) -> tuple[tuple[str, Markup], ...]:
    bank = db.session.get(models.Bank, item.bank_id)
    if bank is None or bank.version_id is None:
        return ()
    edition = library.edition(db.session(), bank.version_id, language)
    known = [edition.facts[key] for key in snapshot.load(item.snapshot).head.facts if key in edition.facts]
    return tuple((edition.language, inline(words.answer(edition, fact), edition.language)) for fact in known)
