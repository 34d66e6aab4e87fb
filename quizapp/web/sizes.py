"""Numbers of bytes in words."""

from math import log10

from flask_babel import format_decimal

UNITS = ("kB", "MB", "GB", "TB")
STEP = 1000


def in_words(count: int | None) -> str:
    """Give bytes in the unit that reads best, decimal as file managers have it; – where they are not known."""
    if count is None:
        return "–"
    if count < STEP:
        return f"{format_decimal(count)} B"
    power = min(int(log10(count) // 3), len(UNITS))
    return f"{format_decimal(round(count / STEP**power, 1))} {UNITS[power - 1]}"
