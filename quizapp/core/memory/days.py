"""Study days: which day an instant belongs to for a learner, and when a day begins."""

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

ONE_DAY = timedelta(days=1)


def utc(at: datetime) -> datetime:
    """Give the instant in UTC, so that differences are true time; a naive one is refused with ValueError."""
    if at.tzinfo is UTC:
        return at
    if at.utcoffset() is None:
        raise ValueError(f"a time needs its zone: {at.isoformat()}")
    return at.astimezone(UTC)


def study_day(at: datetime, zone: str, turn: int = 4) -> date:
    """Name the study day of an aware instant: the last day that has begun in the learner's IANA `zone`.

    A day begins at `turn` o'clock local time. It never runs backwards, also when clocks do.
    """
    instant = utc(at)
    local = instant.astimezone(_zone(zone))
    day = local.date() if local.hour >= turn else local.date() - ONE_DAY
    if day_starts(day, zone, turn) > instant:
        return day - ONE_DAY
    following = day + ONE_DAY
    return following if day_starts(following, zone, turn) <= instant else day


@lru_cache(maxsize=65536)
def day_starts(day: date, zone: str, turn: int = 4) -> datetime:
    """Give the first instant (UTC) of a study day.

    Of an hour that happens twice the first counts; one that is left out (clocks forward, or a whole day skipped at the
    date line) begins where the gap ends.
    """
    return datetime.combine(day, time(turn), tzinfo=_zone(zone)).astimezone(UTC)


@lru_cache(maxsize=1024)
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)
