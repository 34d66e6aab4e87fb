"""Numbers and times in words, the same on every page."""

from collections.abc import Iterable
from datetime import date, datetime
from functools import lru_cache

from babel.dates import format_date
from flask_babel import format_datetime, format_decimal, format_time, get_locale, ngettext
from flask_babel import gettext as _
from markupsafe import Markup

from quizapp.core.knowledge import facts
from quizapp.core.knowledge.model import Bank, Fact, Statement
from quizapp.core.memory.days import study_day

MONTHS_FROM = 60
YEARS_FROM = 730


def when(due: datetime, now: datetime, zone: str) -> str:
    """Say on which study day something falls due, seen from now."""
    days = (study_day(due, zone) - study_day(now, zone)).days
    if days <= 0:
        return str(_("today"))
    if days == 1:
        return str(_("tomorrow"))
    return str(_("in %(time)s", time=span(days)))


def span(days: float) -> str:
    """Say how long so many days are, in the unit that reads best."""
    whole = max(1, round(days))
    if whole < MONTHS_FROM:
        return str(ngettext("%(num)d day", "%(num)d days", whole))
    if whole < YEARS_FROM:
        return str(ngettext("%(num)d month", "%(num)d months", round(whole / 30.4)))
    return str(ngettext("%(num)d year", "%(num)d years", round(whole / 365)))


def percent(share: float | None) -> str:
    """Give a share in [0, 1] as a whole percentage; certain only where it is certain."""
    if share is None:
        return "–"
    return f"{min(round(share * 100), 99) if share < 1.0 else 100}\u00a0%"


def moment(at: datetime) -> str:
    """Give an instant as a short date and time in the zone of the page."""
    return str(format_datetime(at, "d MMM y, HH:mm"))


def answer(bank: Bank, fact: Fact) -> str:
    """Give the right answer of a fact as a learner reads it."""
    if isinstance(fact, Statement):
        return str(_("True") if fact.is_true else _("False"))
    return facts.answer_of(bank, fact)


def clock(at: datetime) -> str:
    """Give an instant as the time of day in the zone of the page."""
    return str(format_time(at, "HH:mm"))


def points(number: float | None) -> str:
    """Give points with one digit after the point where they are not whole."""
    return str(format_decimal(round(number or 0.0, 1)))


def gaps(stem: Markup) -> Markup:
    """Show the gap of a stem as a line that a screen reader names."""
    mark = Markup('<span class="gap" role="img" aria-label="{}"></span>').format(_("gap"))
    return stem.replace("___", mark)


def day_names(days: Iterable[date], pattern: str) -> list[str]:
    """Give many days in the language of the page; a year of them is a matter of a millisecond."""
    locale = str(get_locale())
    return [_day_name(day, pattern, locale) for day in days]


@lru_cache(maxsize=8192)
def _day_name(day: date, pattern: str, locale: str) -> str:
    return str(format_date(day, pattern, locale))
