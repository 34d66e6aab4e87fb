"""Numbers of the progress pages shaped for charts and for the table beside each."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from flask_babel import format_date
from flask_babel import gettext as _
from markupsafe import Markup

from quizapp.core.insight import pages, sheets
from quizapp.core.insight.pages import Day, Kept
from quizapp.core.insight.sheets import Part
from quizapp.core.knowledge.facts import text_of
from quizapp.core.knowledge.model import Bank, Card, Question
from quizapp.store.insight import Trust
from quizapp.store.models import User
from quizapp.web.markdown import inline
from quizapp.web.words import percent

AHEAD = 30
WEEKS = 52
WEEK = 7
MOST_DRAWN = 1000
BUSY = (1, 10, 25, 50)
"""Answers a day from which a square of the calendar takes the next shade."""

Row = tuple[str, ...]
Cell = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Outlook:
    """Recall and due facts of the coming days, as points of a chart and as rows."""

    recall_points: list[tuple[str, float]]
    recall_rows: list[Row]
    due_points: list[tuple[str, int]]
    due_rows: list[Row]


@dataclass(frozen=True, slots=True)
class Calendar:
    """The days of a year as squares (text, count, level), the names along its edges, and the weeks as rows."""

    days: list[tuple[str, str, int]]
    months: list[tuple[int, str]]
    weekdays: list[str]
    weeks: list[Row]


@dataclass(frozen=True, slots=True)
class Calibration:
    """Predicted against true recall: points (predicted, known, answers) and rows."""

    points: list[tuple[float, float, int]]
    rows: list[Row]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A container of a bank shaded by recall: a comparison has columns and rows, all others a list of cells."""

    title: str
    columns: list[Markup]
    rows: list[tuple[Markup, list[Cell | None]]]
    cells: list[tuple[Markup, str, int | None]]


def outlook(memories: Sequence[Kept], now: datetime, user: User) -> Outlook:
    """Look 30 days ahead."""
    due = pages.due_by_day(memories, now, user.zone, AHEAD)
    recall = pages.recall_ahead(memories, now, AHEAD)
    days = [(format_date(day, _("d MMM")), format_date(day, _("EEEE d MMMM"))) for day, _count in due]
    return Outlook(
        [(short, share) for (short, _long), share in zip(days, recall, strict=False)],
        [(long, percent(share)) for (_short, long), share in zip(days, recall, strict=False)],
        [(short, count) for (short, _long), (_day, count) in zip(days, due, strict=True)],
        [(long, str(count)) for (_short, long), (_day, count) in zip(days, due, strict=True)],
    )


def calendar(days: Iterable[Day], today: date) -> Calendar:
    """Lay out the last 52 weeks, the first day a Monday."""
    first = today - timedelta(days=today.weekday(), weeks=WEEKS - 1)
    done = {day.day: day for day in days}
    year = [first + timedelta(days=ahead) for ahead in range((today - first).days + 1)]
    rows = [done.get(day, Day(day, 0, 0, 0, 0.0)) for day in year]
    return Calendar(
        [(format_date(row.day, _("d MMMM y")), str(row.reviews), _busy(row.reviews)) for row in rows],
        [(at, format_date(day, "MMM")) for at, day in enumerate(year) if day.day <= WEEK and day.weekday() == 0],
        [format_date(first + timedelta(days=ahead), "EEE") for ahead in range(WEEK)],
        [_week(rows[start : start + WEEK]) for start in range(0, len(rows), WEEK)][::-1],
    )


def calibration(trust: Iterable[Trust]) -> Calibration:
    """Set predictions against what was known; shares are kept within 0 and 1, where chance may push them out."""
    rows = [(row, min(max(row.known, 0.0), 1.0)) for row in trust]
    return Calibration(
        [(row.predicted, known, row.answers) for row, known in rows],
        [
            (f"{row.tenth * 10}–{row.tenth * 10 + 10} %", str(row.answers), percent(row.predicted), percent(known))
            for row, known in rows
        ],
    )


def shaded(edition: Bank, recall: Mapping[str, float]) -> tuple[list[Sheet], bool]:
    """Shade a bank's facts by recall, and say whether it has more facts than are drawn."""
    laid = sheets.pages(edition, MOST_DRAWN)
    return [_sheet(edition, part, recall) for part in laid[0]], len(laid) > 1


def _sheet(edition: Bank, part: Part, recall: Mapping[str, float]) -> Sheet:
    title = part.title or {"cards": _("Cards"), "questions": _("Questions"), "statements": _("True or false")}.get(
        part.kind, _("Texts with gaps")
    )
    if part.kind == "comparison":
        columns = [inline(name) for name, _also in part.heads]
        rows = [(inline(unit.name), [_cell(key, recall) for key in unit.facts]) for unit in part.units]
        return Sheet(title, columns, rows, [])
    keys = [(unit.name, key) for unit in part.units for key in unit.facts if key is not None]
    return Sheet(title, [], [], [(_words(edition, name, key), *_share(key, recall)) for name, key in keys])


def _words(edition: Bank, name: str, key: str) -> Markup:
    """Name a fact in a list of one container; the answer is not the name."""
    fact = edition.facts[key]
    if isinstance(fact, Card | Question):
        return inline(fact.front if isinstance(fact, Card) else fact.ask)
    text = inline(text_of(fact))
    return Markup("<b>{}</b> {}").format(inline(name), text) if name else text


def _cell(key: str | None, recall: Mapping[str, float]) -> Cell | None:
    if key is None:
        return None
    share, level = _share(key, recall)
    return share, 0 if level is None else level


def _share(key: str, recall: Mapping[str, float]) -> tuple[str, int | None]:
    return (percent(recall[key]), pages.level(recall[key])) if key in recall else (_("new"), None)


def _busy(reviews: int) -> int:
    return sum(reviews >= edge for edge in BUSY)


def _week(days: Sequence[Day]) -> Row:
    studied = sum(day.reviews > 0 for day in days)
    reviews, right = sum(day.reviews for day in days), sum(day.right for day in days)
    return format_date(days[0].day, _("d MMM y")), str(studied), str(reviews), str(right)
