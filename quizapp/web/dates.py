"""Days, times of day and instants, as the language of the page writes them."""

from collections.abc import Iterable
from datetime import date, datetime, tzinfo
from functools import lru_cache
from typing import Literal

from babel import Locale
from babel.dates import format_date, format_skeleton
from flask_babel import get_locale, get_timezone

Style = Literal["short", "medium", "weekday-medium", "long", "weekday-long", "month", "weekday"]
"""How a day is written: "5 Nov", "5 Nov 2026", "Thu, 5 Nov 2026", "5 November 2026", "Thursday 5 November", and in
part "Nov" or "Thu"."""

_AS_WRITTEN = {"en": "en_GB"}
"""English pages write dates as Europe does: the day first, and 24 hours."""

_GLUES = {"fi": "{1} klo {0}"}
"""Between day and time where the locale's own data leaves out a word that everybody writes."""

_SKELETONS = {"short": "MMMd", "medium": "yMMMd", "weekday-medium": "yMMMEd"}
_PARTS = {"month": "LLL", "weekday": "ccc"}


def day(at: date, style: Style = "medium") -> str:
    """Give a day, or the day on which an instant falls in the zone of the page."""
    return _day(at.astimezone(get_timezone()).date() if isinstance(at, datetime) else at, style, _locale())


def day_names(days: Iterable[date], style: Style) -> list[str]:
    """Give many days in the language of the page; a year of them is a matter of a millisecond."""
    locale = _locale()
    return [_day(day, style, locale) for day in days]


def moment(at: datetime, zone: tzinfo | None = None, style: Style = "medium") -> str:
    """Give an instant as day and time of day, in the zone of the page where no other is given."""
    local, locale = at.astimezone(zone or get_timezone()), _locale()
    glue = _GLUES.get(locale) or str(Locale.parse(locale).datetime_formats["medium"])
    return glue.replace("{1}", _day(local.date(), style, locale)).replace("{0}", _clock(local, locale))


def clock(at: datetime) -> str:
    """Give an instant as the time of day in the zone of the page."""
    return _clock(at.astimezone(get_timezone()), _locale())


def _locale() -> str:
    locale = str(get_locale() or "en")
    return _AS_WRITTEN.get(locale, locale)


@lru_cache(maxsize=8192)
def _day(day: date, style: Style, locale: str) -> str:
    return str(format_date(day, _pattern(style, locale), locale))


@lru_cache(maxsize=64)
def _pattern(style: Style, locale: str) -> str:
    known = Locale.parse(locale)
    if style in _SKELETONS:
        return str(known.datetime_skeletons[_SKELETONS[style]])
    if style in _PARTS:
        return _PARTS[style]
    if style == "long":
        return str(known.date_formats["long"])
    return str(known.datetime_skeletons.get("MMMMEEEEd") or str(known.date_formats["full"]).replace(" y", ""))


def _clock(local: datetime, locale: str) -> str:
    return str(format_skeleton("Hm", local, local.tzinfo, locale=locale))
