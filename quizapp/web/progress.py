"""Progress: what is remembered now and expected to be, what is due, what is hard, and how far the predictions hold."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from flask import Blueprint, abort, render_template

from quizapp.core.insight import pages
from quizapp.core.insight.calibration import calibration
from quizapp.core.insight.pages import Kept, Size
from quizapp.core.insight.trouble import confused_pairs
from quizapp.core.memory.days import study_day
from quizapp.store import insight, library
from quizapp.store.db import db
from quizapp.store.ledger import settings_of
from quizapp.store.models import User
from quizapp.web import pictures
from quizapp.web.identity import learner
from quizapp.web.naming import names

bp = Blueprint("progress", __name__)

LISTED = 10


@bp.get("/progress")
def overall() -> str:
    """Show the progress over all banks."""
    session, user, now = db.session(), learner(), datetime.now(UTC)
    banks, memories = insight.sizes(session), insight.kept(session, user.id)
    today = study_day(now, user.zone)
    days = insight.days(session, user.id, today - pages.LONGEST_STREAK)
    return render_template(
        "progress/overall.html",
        standings=pages.standings(banks, memories, now, settings_of(user)),
        recall=pages.mean_recall(memories, now, settings_of(user)),
        streak=pages.streak({day.day for day in days}, today, {int(day) for day in user.quiet_weekdays}),
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
    size = next((size for size in insight.sizes(session) if size.key == key), None)
    if size is None:
        abort(404)
    memories = insight.kept_of_bank(session, user.id, size.id)
    edition = library.edition(session, size.version_id, user.language)
    recall = dict(
        zip((kept.key for kept in memories), pages.recalls(memories, now, settings_of(user)).tolist(), strict=True)
    )
    drawn, more = pictures.shaded(edition, recall)
    mixed = [row for row in insight.mixed_up(session, user.id) if row.bank == size.id]
    return render_template(
        "progress/bank.html",
        edition=edition,
        standing=pages.standings([size], memories, now, settings_of(user))[0],
        outlook=pictures.outlook(memories, now, settings_of(user)),
        sheets=drawn,
        more=pictures.MOST_DRAWN if more else 0,
        target=user.retention,
        **_trouble(memories, mixed, [size], user),
    )


def _trouble(
    memories: Sequence[Kept], mixed: Iterable[insight.Mixed], banks: Sequence[Size], user: User
) -> dict[str, Any]:
    """Name the hardest facts and the pairs most often mixed up."""
    hard = pages.hardest(memories, LISTED)
    given = ((row.fact, row.other) for row in mixed for _time in range(row.chosen))
    pairs = confused_pairs(given, limit=LISTED)
    facts = {kept.fact for kept in hard} | {fact for pair in pairs for fact in (pair.first, pair.second)}
    known = names(facts, banks, user.language)
    return {
        "hardest": [(known[kept.fact], kept) for kept in hard if kept.fact in known],
        "mixed": [
            (known[pair.first], known[pair.second], pair)
            for pair in pairs
            if pair.first in known and pair.second in known
        ],
    }
