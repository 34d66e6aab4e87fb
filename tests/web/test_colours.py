"""Colours stand out from their grounds in the light and in the dark."""

import re

import pytest

from quizapp.paths import bundled

TOKENS = (bundled("static") / "css" / "tokens.css").read_text(encoding="utf-8")
PAIRS = dict(re.findall(r"--([\w-]+): (light-dark\(#\w{6}, #\w{6}\)|#\w{6});", TOKENS))
GROUNDS = ("paper", "surface", "sunken", "marker-soft", "right-soft", "wrong-soft", "partly-soft", "info-soft")
TEXTS = [
    *((text, ground) for text in ("ink", "ink-soft") for ground in GROUNDS),
    *((text, ground) for text in ("link", "right", "wrong", "partly") for ground in ("paper", "surface")),
    *((tone, f"{tone}-soft") for tone in ("right", "wrong", "partly", "info")),
    ("on-primary", "primary"),
    ("on-primary", "primary-hover"),
    ("on-marker", "marker"),
    *(("on-level-low", f"level-{level}") for level in range(3)),
    *(("on-level-high", f"level-{level}") for level in (3, 4)),
]
EDGES = [(edge, ground) for edge in ("line-strong", "focus") for ground in ("paper", "surface")]


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), TEXTS)
def test_words_are_readable_on_their_ground(text: str, ground: str, scheme: int) -> None:
    assert contrast(colour(text, scheme), colour(ground, scheme)) >= 4.5


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("edge", "ground"), EDGES)
def test_the_edge_of_a_control_is_seen(edge: str, ground: str, scheme: int) -> None:
    assert contrast(colour(edge, scheme), colour(ground, scheme)) >= 3


def colour(name: str, scheme: int) -> str:
    found = re.findall(r"#(\w{6})", PAIRS[name])
    return str(found[scheme % len(found)])


def contrast(one: str, other: str) -> float:
    """The ratio of WCAG 2.2 between two colours."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    parts = (int(colour[place : place + 2], 16) / 255 for place in (0, 2, 4))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
