"""Numbers of the progress pages shaped for charts and for the table beside each."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from flask_babel import gettext as _
from markupsafe import Markup

from quizapp.core.insight import sheets
from quizapp.core.insight.activity import CalendarDay, calendar
from quizapp.core.insight.calibration import Calibration
from quizapp.core.insight.model import Day, Kept
from quizapp.core.insight.sheets import Part
from quizapp.core.insight.standing import shade
from quizapp.core.knowledge.facts import text_of
from quizapp.core.knowledge.model import Bank, Card, Question
from quizapp.core.memory import forecast
from quizapp.core.memory.model import Settings
from quizapp.web.dates import day_names
from quizapp.web.markdown import inline
from quizapp.web.words import percent

AHEAD = 30
WEEK = 7
MOST_DRAWN = 1000

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
class Year:
    """The days of a year as squares (text, count, level), the names at its edges, the weeks as rows, the most a day."""

    days: list[tuple[str, str, int]]
    months: list[tuple[int, str]]
    weekdays: list[str]
    weeks: list[Row]
    most: int


@dataclass(frozen=True, slots=True)
class Trust:
    """Predicted against true recall: points (predicted, right, answers), rows with the whole last, and the whole."""

    points: list[tuple[float, float, int]]
    rows: list[Row]
    predicted: float
    right: float


@dataclass(frozen=True, slots=True)
class Sheet:
    """A container of a bank shaded by recall: a comparison has columns and rows, all others a list of cells."""

    title: str
    columns: list[Markup]
    rows: list[tuple[Markup, list[Cell | None]]]
    cells: list[tuple[Markup, str, int | None]]


def outlook(memories: Sequence[Kept], now: datetime, settings: Settings) -> Outlook:
    """Look 30 days ahead."""
    due = forecast.due_by_day([kept for kept in memories if not kept.suspended], now, settings, AHEAD)
    recall = forecast.recall_ahead(memories, now, AHEAD, settings)
    short = day_names([day for day, _count in due], "short")
    long = day_names([day for day, _count in due], "weekday-long")
    counts = [count for _day, count in due]
    return Outlook(
        list(zip(short, recall, strict=False)),
        list(zip(long, map(percent, recall), strict=False)),
        list(zip(short, counts, strict=True)),
        list(zip(long, map(str, counts), strict=True)),
    )


def year(days: Iterable[Day], today: date) -> Year:
    """Lay out the last 52 weeks; the first day is a Monday."""
    done = {day.day: day for day in days}
    laid = calendar({day: row.reviews for day, row in done.items()}, today)
    squares = [square for week in laid.weeks for square in week]
    names = day_names([square.day for square in squares], "long")
    turns = [at for at in range(0, len(squares), WEEK) if squares[at].day.day <= WEEK]
    return Year(
        [(name, str(one.reviews), one.level) for name, one in zip(names, squares, strict=True)],
        list(zip(turns, day_names([squares[at].day for at in turns], "month"), strict=True)),
        day_names([square.day for square in squares[:WEEK]], "weekday"),
        [(name, *_week(week, done)) for name, week in zip(names[::WEEK], laid.weeks, strict=True)][::-1],
        laid.most,
    )


def trust(found: Calibration | None) -> Trust | None:
    """Set what was predicted against what came true; None while there are too few reviews."""
    if found is None:
        return None
    return Trust(
        [(one.predicted, one.right, one.n) for one in found.bins],
        [
            (percent(one.predicted), percent(one.right), f"{percent(one.low)} – {percent(one.high)}", str(one.n))
            for one in (*found.bins, found.overall)
        ],
        found.overall.predicted,
        found.overall.right,
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
    return (percent(recall[key]), shade(recall[key])) if key in recall else (_("new"), None)


def _week(squares: Sequence[CalendarDay], done: Mapping[date, Day]) -> Row:
    days = [done[square.day] for square in squares if square.day in done]
    right = sum(day.right for day in days)
    return str(len(days)), str(sum(day.reviews for day in days)), str(right)
