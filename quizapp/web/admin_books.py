"""The books of the site: who changed what, and when."""

import json
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

from flask import Blueprint, Response, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext

from quizapp.interop.gradebook_csv import write_csv
from quizapp.store import site as shelf
from quizapp.store.db import db
from quizapp.store.site import Entry, Wanted
from quizapp.web import book_words
from quizapp.web.identity import requires_role
from quizapp.web.listing import SIZE, Chosen, Listed, Listing

bp = Blueprint("admin_books", __name__)

NAMES = ("action", "course", "period")
PERIODS = {"1": lazy_gettext("last day"), "7": lazy_gettext("last 7 days"), "30": lazy_gettext("last 30 days")}
MOST_EXPORTED = 50_000
AT_ONCE = 5000


@bp.get("/admin/audit")
@requires_role("admin")
def audit() -> str:
    """Show who changed what, the newest first."""
    session = db.session()
    asked = Listing.read(request.args, NAMES)
    wanted = _wanted(asked)
    total = shelf.entry_count(session, wanted)
    pages = max(1, -(-total // SIZE))
    page = min(max(asked.page, 1), pages)
    listed = Listed(
        rows=shelf.entries(session, wanted, start=(page - 1) * SIZE, count=SIZE),
        page=page,
        pages=pages,
        total=total,
        all=shelf.entry_count(session, Wanted()),
        sort="",
        query=asked.query,
        filters=_filters(asked),
        kept=asked.kept,
    )
    kept = [("q", asked.query), *asked.chosen.items()]
    export = f"{url_for('admin_books.audit_csv')}?{urlencode(kept)}"
    return render_template("admin/audit.html", listed=listed, words=book_words, export=export)


@bp.get("/admin/audit.csv")
@requires_role("admin")
def audit_csv() -> Response:
    """Hand out what the page shows, all pages of it, as a table."""
    head = ["at", "by", "action", "about", "course", "detail"]
    rows = [
        [
            each.at.astimezone(UTC).isoformat(timespec="seconds"),
            each.by_name,
            each.action,
            each.about,
            each.course or "",
            json.dumps(each.detail, ensure_ascii=False, sort_keys=True),
        ]
        for each in _all(_wanted(Listing.read(request.args, NAMES)))
    ]
    name = f"audit-{_now().date().isoformat()}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(write_csv(head, rows), mimetype="text/csv", headers=headers)


def _all(wanted: Wanted) -> Iterator[Entry]:
    for start in range(0, MOST_EXPORTED, AT_ONCE):
        found = shelf.entries(db.session(), wanted, start=start, count=AT_ONCE)
        yield from found
        if len(found) < AT_ONCE:
            return


def _wanted(asked: Listing) -> Wanted:
    course, period = asked.chosen.get("course", ""), asked.chosen.get("period", "")
    return Wanted(
        words=asked.query,
        action=asked.chosen.get("action", ""),
        course=int(course) if _is_row(course) else None,
        since=_now() - timedelta(days=int(period)) if period in PERIODS else None,
    )


def _filters(asked: Listing) -> tuple[Chosen, ...]:
    session = db.session()
    courses = [(str(course), name) for course, name in shelf.book_courses(session)]
    actions = [(action, book_words.action_name(action)) for action in shelf.actions(session)]
    periods = [(days, str(name)) for days, name in PERIODS.items()]
    labels = (("action", _("Action"), actions), ("course", _("Course"), courses), ("period", _("Period"), periods))
    return tuple(
        Chosen(name, label, options, _known(asked.chosen.get(name, ""), options), "") for name, label, options in labels
    )


def _known(value: str, options: Sequence[tuple[str, str]]) -> str:
    return value if value in [option for option, _label in options] else ""


def _is_row(text: str) -> bool:
    return text.isdecimal() and text.isascii() and len(text) < len(str(2**31))


def _now() -> datetime:
    return datetime.now(UTC)
