"""Numbers and spans of time in words, the same on every page and as its language writes them."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import lru_cache
from math import inf
from typing import Any, Literal

from babel.dates import format_timedelta
from babel.numbers import format_percent
from babel.units import format_unit
from flask_babel import format_decimal, get_locale, lazy_gettext
from flask_babel import gettext as _
from markupsafe import Markup

from quizapp.core.items.model import Form
from quizapp.core.knowledge import facts
from quizapp.core.knowledge.model import Bank, Fact, Statement
from quizapp.core.memory.days import study_day

MONTHS_FROM = 60
YEARS_FROM = 730

Unit = Literal["day", "month", "year"]

_LENGTHS: Mapping[Unit, int] = {"day": 1, "month": 30, "year": 365}
"""Days of a unit as Babel counts them."""

FORM_NAMES: Mapping[Form, Any] = {
    Form.CHOICE: lazy_gettext("Choice"),
    Form.MATCHING: lazy_gettext("Matching"),
    Form.TRUE_FALSE: lazy_gettext("True or false"),
    Form.CLOZE: lazy_gettext("Gap"),
    Form.TYPED: lazy_gettext("Typed"),
    Form.FLASHCARD: lazy_gettext("Flashcard"),
}


def form_name(form: str | None) -> str:
    """Name a form as pages do; – where there was none."""
    return str(FORM_NAMES[Form(form)]) if form else "–"


def when(due: datetime, now: datetime, zone: str) -> str:
    """Say on which study day something falls due, seen from now."""
    days = (study_day(due, zone) - study_day(now, zone)).days
    if days <= 0:
        return str(_("today"))
    if days == 1:
        return str(_("tomorrow"))
    number, unit = _rounded(days)
    ahead = timedelta(days=number * _LENGTHS[unit])
    return format_timedelta(ahead, unit, threshold=inf, add_direction=True, locale=get_locale())


def span(days: float) -> str:
    """Say how long so many days are, in the unit that reads best."""
    number, unit = _rounded(days)
    return format_unit(number, f"duration-{unit}", locale=get_locale())


def percent(share: float | None) -> str:
    """Give a share in [0, 1] as a whole percentage; certain only where it is certain."""
    if share is None:
        return "–"
    return _percent(min(round(share * 100), 99) if share < 1.0 else 100, str(get_locale() or "en"))


def exact(number: float) -> str:
    """Give a number with two digits after the point and a minus that is as wide as a plus."""
    return str(format_decimal(round(number, 2) + 0.0, "#,##0.00")).replace("-", "−")


def answer(bank: Bank, fact: Fact) -> str:
    """Give the right answer of a fact as a learner reads it."""
    if isinstance(fact, Statement):
        return str(_("True") if fact.is_true else _("False"))
    return facts.answer_of(bank, fact)


def points(number: float | None) -> str:
    """Give points with one digit after the point where they are not whole."""
    return str(format_decimal(round(number or 0.0, 1)))


def gaps(stem: Markup) -> Markup:
    """Show the gap of a stem as a line that a screen reader names."""
    mark = Markup('<span class="gap" role="img" aria-label="{}"></span>').format(_("gap"))
    return stem.replace("___", mark)


@lru_cache(maxsize=512)
def _percent(whole: int, locale: str) -> str:
    return str(format_percent(whole / 100, locale=locale))


def _rounded(days: float) -> tuple[int, Unit]:
    whole = max(1, round(days))
    if whole < MONTHS_FROM:
        return whole, "day"
    return (round(whole / 30.4), "month") if whole < YEARS_FROM else (round(whole / 365), "year")
