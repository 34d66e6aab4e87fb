"""Numbers and units in words: `1 000`, `1,000` and `one thousand` become one form, as do `10 %` and `ten per cent`."""

import re
from collections.abc import Sequence
from decimal import Decimal

from quizapp.core.knowledge.words import Words

NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_GROUPED = {
    ",": re.compile(r"-?[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?"),
    ".": re.compile(r"-?[1-9]\d{0,2}(?:\.\d{3})+(?:,\d+)?"),
}
_ONE_SIGN = re.compile(r"-?\d+[.,]\d+")
_MOST_DIGITS = 20


def canonical_number(token: str, decimal: str) -> str:
    """Write a number with a point for decimals, without grouping and without idle zeros; else return it as it is.

    `decimal` is the language's decimal sign; the other of `.` and `,` groups thousands. `1.2.3` is no number.
    """
    plain = token.replace("'", "")
    group = "," if decimal == "." else "."
    if _GROUPED[group].fullmatch(plain):
        plain = plain.replace(group, "").replace(",", ".")
    elif _ONE_SIGN.fullmatch(plain):
        plain = plain.replace(",", ".")
    if "." in plain and NUMBER.fullmatch(plain):
        plain = plain.rstrip("0").rstrip(".")
    return plain


def join_quantities(tokens: Sequence[str], words: Words) -> list[str]:
    """Turn number words into digits, a unit behind each number: `ten per cent` gives `10 %`, `€ 5` gives `5 €`."""
    joined: list[str] = []
    at = 0
    while at < len(tokens):
        number, at = _number_at(tokens, at, words)
        if number is None:
            joined.append(tokens[at])
            at += 1
            continue
        before = words.units.get(joined[-1]) if joined and joined[-1] in "€$£¥" else None
        unit, at = _unit_at(tokens, at, words)
        if before is not None and unit is None:
            joined.pop()
            unit = before
        joined.extend([number] if unit is None else [number, unit])
    return joined


def is_number(token: str) -> bool:
    """Tell whether a token is a number in the form of `canonical_number`."""
    return NUMBER.fullmatch(token) is not None


def _number_at(tokens: Sequence[str], at: int, words: Words) -> tuple[str | None, int]:
    token = tokens[at]
    if token in words.numbers:
        value = words.numbers[token]
        at += 1
        ones = words.numbers.get(tokens[at], 0) if at < len(tokens) else 0
        if value >= 20 and value % 10 == 0 and value < 100 and 0 < ones < 10:  # noqa: PLR2004 -- twenty-one to ninety-nine
            value += ones
            at += 1
        number = str(value)
    elif token[-1].isdigit() and is_number(token):
        number = canonical_number(token, ".")
        at += 1
    else:
        return None, at
    while at < len(tokens) and tokens[at] in words.scales and len(number) < _MOST_DIGITS:
        number = _times(number, words.scales[tokens[at]])
        at += 1
    return number, at


def _times(number: str, scale: int) -> str:
    return canonical_number(f"{Decimal(number) * scale:f}", ".")


def _unit_at(tokens: Sequence[str], at: int, words: Words) -> tuple[str | None, int]:
    for length in (2, 1):
        unit = words.units.get(" ".join(tokens[at : at + length]))
        if unit is not None and at + length <= len(tokens):
            return unit, at + length
    return None, at
