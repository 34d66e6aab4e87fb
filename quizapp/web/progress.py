"""Progress: what is remembered now and expected to be, what is due, what is hard, and how far the predictions hold."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from flask import Blueprint, abort, render_template

from quizapp.core.insight.activity import LOOK_BACK, streak
from quizapp.core.insight.calibration import calibration
from quizapp.core.insight.model import Kept, Size
from quizapp.core.insight.standing import standings
from quizapp.core.insight.trouble import confused_pairs, hardest
from quizapp.core.memory.days import study_day
from quizapp.core.memory.forecast import mean_recall, recalls
from quizapp.core.memory.leech import Leech, leech_of
from quizapp.store import insight, library
from quizapp.store.db import db
from quizapp.store.ledger import settings_of
from quizapp.store.models import User
from quizapp.web import pictures
from quizapp.web.identity import learner
from quizapp.web.naming import Named, names

bp = Blueprint("progress", __name__)

LISTED = 10


@dataclass(frozen=True, slots=True)
class Hard:
    """A fact that is hard to keep; for a leech the fact it is mixed up with most, and the facts to drill together."""

    name: Named
    lapses: int
    leech: bool
    other: Named | None
    drill: list[int]


@bp.get("/progress")
def overall() -> str:
    """Show the progress over all banks."""
    session, user, now = db.session(), learner(), datetime.now(UTC)
    banks, memories = insight.sizes(session, user.id), insight.kept(session, user.id)
    today = study_day(now, user.zone)
    days = insight.days(session, user.id, today - LOOK_BACK)
    return render_template(
        "progress/overall.html",
        standings=standings(banks, memories, now, settings_of(user)),
        recall=mean_recall(memories, now, settings_of(user)),
        streak=streak({day.day for day in days}, today, {int(day) for day in user.quiet_weekdays}),
        month=[day for day in days if day.day > today - timedelta(days=pictures.AHEAD)],
        outlook=pictures.outlook(memories, now, settings_of(user)),
        calendar=pictures.year(days, today),
        trust=pictures.trust(calibration(insight.predictions(session, user.id))),
        target=user.retention,
        **_trouble(memories, insight.mixed_up(session, user.id), banks, user),
    )


@bp.get("/progress/<key>")
def of_bank(key: str) -> str:
    """Show the progress in one bank, fact by fact."""
    session, user, now = db.session(), learner(), datetime.now(UTC)
    size = next((size for size in insight.sizes(session, user.id) if size.key == key), None)
    if size is None:
        abort(404)
    memories = insight.kept_of_bank(session, user.id, size.id)
    edition = library.edition(session, size.version_id, user.reads)
    recall = dict(zip((kept.key for kept in memories), recalls(memories, now, settings_of(user)).tolist(), strict=True))
    drawn, more = pictures.shaded(edition, recall)
    mixed = [row for row in insight.mixed_up(session, user.id) if row.bank == size.id]
    return render_template(
        "progress/bank.html",
        edition=edition,
        standing=standings([size], memories, now, settings_of(user))[0],
        outlook=pictures.outlook(memories, now, settings_of(user)),
        sheets=drawn,
        more=pictures.MOST_DRAWN if more else 0,
        target=user.retention,
        **_trouble(memories, mixed, [size], user),
    )


def _trouble(
    memories: Sequence[Kept], mixed: Sequence[insight.Mixed], banks: Sequence[Size], user: User
) -> dict[str, Any]:
    """Name the hardest facts, what leeches among them are mixed up with, and the pairs most often mixed up."""
    hard = hardest(memories, LISTED)
    leeches = [leech_of(kept.fact, kept.lapses, _given_for(kept.fact, mixed)) for kept in hard]
    pairs = confused_pairs(((row.fact, row.other, row.chosen) for row in mixed), LISTED)
    facts = {kept.fact for kept in hard} | {fact for pair in pairs for fact in (pair.first, pair.second)}
    partners = {leech.confused_with for leech in leeches if leech and leech.confused_with is not None}
    known = names(facts | partners, banks, user.reads)
    askable = known.keys() - {kept.fact for kept in memories if kept.suspended}
    return {
        "hardest": [
            _hard(kept, leech, known, askable) for kept, leech in zip(hard, leeches, strict=True) if kept.fact in known
        ],
        "mixed": [
            (known[pair.first], known[pair.second], pair)
            for pair in pairs
            if pair.first in known and pair.second in known
        ],
    }


def _given_for(fact: int, mixed: Iterable[insight.Mixed]) -> dict[int, int]:
    return {row.other: row.chosen for row in mixed if row.fact == fact}


def _hard(kept: Kept, leech: Leech | None, known: Mapping[int, Named], askable: Collection[int]) -> Hard:
    """Offer to drill a leech with its partner, as far as they may be asked."""
    other = leech.confused_with if leech else None
    drill = (
        [fact for fact in (kept.fact, other) if fact is not None and fact in askable]
        if leech and kept.fact in askable
        else []
    )
    return Hard(known[kept.fact], kept.lapses, leech is not None, known.get(other or 0), drill)
