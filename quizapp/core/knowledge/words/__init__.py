"""Word lists of each language: what folding, item checks and lint need to know about its words."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Any

_NEVER = re.compile(r"(?!)")
_NEAREST = {"nn": "nb", "no": "nb", "da": "nb"}


@dataclass(frozen=True, slots=True)
class Words:
    """One language's lists, all casefolded; an unknown language has empty ones and keeps every accent.

    `letters` are the accented letters that are letters of their own (None: keep all accents); `rewrite`, `plurals`
    and `spelling` are (from, to) pairs, tried in order; `units` maps spellings of one or two words to one form;
    `lacking` are words like "without", which deny but make no question negative; `generic` are words of empty stems.
    `cases` are pairs of endings a letter apart: one for the other is another case of a word, not a slip of the pen.
    """

    letters: str | None = None
    decimal: str = "."
    rewrite: tuple[tuple[re.Pattern[str], str], ...] = ()
    plurals: tuple[tuple[str, str], ...] = ()
    plural_endings: tuple[str, ...] = ()
    plural_from: int = 99
    articles: frozenset[str] = frozenset()
    stop: frozenset[str] = frozenset()
    verbs: frozenset[str] = frozenset()
    months: frozenset[str] = frozenset()
    negations: frozenset[str] = frozenset()
    lacking: frozenset[str] = frozenset()
    absolutes: tuple[str, ...] = ()
    hedges: tuple[str, ...] = ()
    above: re.Pattern[str] = _NEVER
    generic: frozenset[str] = frozenset()
    numbers: Mapping[str, int] = field(default_factory=dict)
    scales: Mapping[str, int] = field(default_factory=dict)
    units: Mapping[str, str] = field(default_factory=dict)
    spelling: tuple[tuple[str, str], ...] = ()
    cases: tuple[tuple[str, str], ...] = ()


@cache
def words_of(language: str) -> Words:
    """Return the lists of a BCP 47 language, by its first part; empty lists when there are none."""
    base = language.lower().split("-")[0]
    name = f"{_NEAREST.get(base, base)}.toml"
    files = {entry.name: entry for entry in resources.files(__name__).iterdir()}
    if name not in files:
        return Words()
    data = tomllib.loads(files[name].read_text(encoding="utf-8"))
    common = tomllib.loads(files["common.toml"].read_text(encoding="utf-8"))
    return _words(data, common["units"])


def _words(data: Mapping[str, Any], common_units: Mapping[str, list[str]]) -> Words:
    return Words(
        letters=data["letters"],
        decimal=data["decimal"],
        rewrite=tuple((re.compile(pattern), to) for pattern, to in data["rewrite"]),
        plurals=_pairs(data["plurals"]),
        plural_endings=tuple(ending for ending, _ in data["plurals"]),
        plural_from=data["plural_from"],
        articles=frozenset(data["articles"].split()),
        stop=frozenset(data["stop"].split()),
        verbs=frozenset(data["verbs"].split()),
        months=frozenset(data["months"].split()),
        negations=frozenset(data["negations"].split()),
        lacking=frozenset(data["lacking"].split()),
        absolutes=tuple(data["absolutes"]),
        hedges=tuple(data["hedges"]),
        above=re.compile("|".join(f"(?:{pattern})" for pattern in data["above"]), re.IGNORECASE),
        generic=frozenset(data["generic"].split()),
        numbers=dict(data["numbers"]),
        scales=dict(data["scales"]),
        units=_spellings(common_units) | _spellings(data["units"]),
        spelling=_pairs(data.get("spelling", [])),
        cases=_pairs(data.get("cases", [])),
    )


def _pairs(rows: list[list[str]]) -> tuple[tuple[str, str], ...]:
    return tuple((before, after) for before, after in rows)


def _spellings(units: Mapping[str, list[str]]) -> dict[str, str]:
    return {spelling: unit for unit, spellings in units.items() for spelling in spellings}
