"""Leeches: facts that keep being forgotten, and what each is mixed up with."""

from collections.abc import Mapping
from dataclasses import dataclass

LEECH_LAPSES = 6
"""So many lapses make a leech (Anki warns at 8, on Good/Again cards with many shorter intervals)."""


@dataclass(frozen=True, slots=True)
class Leech:
    """A fact that costs more than it gives; drill it beside `confused_with`, the fact given for it most often."""

    fact: int
    lapses: int
    confused_with: int | None
    times: int


def leech_of(fact: int, lapses: int, confusions: Mapping[int, int]) -> Leech | None:
    """Say whether a fact is a leech; `confusions` counts per other fact how often its value was given instead."""
    if lapses < LEECH_LAPSES:
        return None
    ranked = sorted((-times, other) for other, times in confusions.items() if other != fact and times > 0)
    times, other = ranked[0] if ranked else (0, None)
    return Leech(fact, lapses, other, -times)
