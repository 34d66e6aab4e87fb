"""Making a choice item out of a stem and the wrong answers chosen for it."""

import re
from collections.abc import Sequence
from random import Random

from quizapp.core.items.ask import Ask, Offer, head_of
from quizapp.core.items.context import Context
from quizapp.core.items.distractors import pick
from quizapp.core.items.index import Index
from quizapp.core.items.model import ChoiceItem, Option
from quizapp.core.items.rules import levelled
from quizapp.core.knowledge.model import Question
from quizapp.core.knowledge.normalise import ValueKind

_LONGEST_RUN = 3
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
_TOKEN_LENGTH = 4
_FIGURE = re.compile(r"-?\d+(?:\.\d+)?")
_ISO_DATE = re.compile(r"\d{4}-\d{1,2}-\d{1,2}")
_COUNTED = frozenset({ValueKind.NUMBER, ValueKind.QUANTITY})


def choice_item(index: Index, ask: Ask, seed: int, context: Context) -> ChoiceItem | None:
    """Make a choice of three or four options (two at least for a handwritten question), or None.

    The chance that orders and names the options is apart from the one that picks them, so that neither order nor
    tokens depend on which option is right.
    """
    if index.words.above.search(ask.key):
        return None
    offers = pick(index, ask, Random(seed), context, least=1 if isinstance(ask.fact, Question) else 2)
    if offers is None:
        return None
    texts = levelled([ask.key, *(offer.text for offer in offers)])
    return _laid_out(index, ask, texts, offers, Random(seed + 1), context)


def tokens(rng: Random, count: int) -> list[str]:
    """Draw short tokens, all different, that say nothing about what they stand for."""
    found: dict[str, None] = {}
    while len(found) < count:
        found["".join(rng.choices(_LETTERS, k=_TOKEN_LENGTH))] = None
    return list(found)


def _laid_out(
    index: Index, ask: Ask, texts: Sequence[str], offers: Sequence[Offer], rng: Random, context: Context
) -> ChoiceItem:
    order = _order(index, texts, rng, context)
    options = []
    for token, at in zip(tokens(rng, len(texts)), order, strict=True):
        if at == 0:
            options.append(Option(token, texts[0], correct=True, fact=ask.fact.id))
        else:
            offer = offers[at - 1]
            options.append(Option(token, texts[at], correct=False, fact=offer.fact, because=offer.because))
    return ChoiceItem(head_of(index, ask.fact, ask.surface, ask.stem), tuple(options))


def _order(index: Index, texts: Sequence[str], rng: Random, context: Context) -> list[int]:
    """Order options: figures by size, the rest at random, without a fourth key in one place running (W6)."""
    order = sorted(range(len(texts)), key=lambda at: texts[at])
    sizes = [_size(index, text) for text in texts]
    figures = [size for size in sizes if size is not None]
    if len(figures) == len(texts) and len({unit for _, unit in figures}) == 1:
        return sorted(order, key=lambda at: figures[at])
    rng.shuffle(order)
    run = context.key_positions[-_LONGEST_RUN:]
    while len(run) == _LONGEST_RUN and len(set(run)) == 1 and order.index(0) == run[0]:
        rng.shuffle(order)
    return order


def _size(index: Index, text: str) -> tuple[tuple[float, ...], str] | None:
    """Read a number, a quantity or a date that begins with its year as figures and unit; None when it is no such."""
    if index.is_plain(text):
        return None
    first, _, unit = index.folded(text).partition(" ")
    kind = index.kind(text)
    if kind in _COUNTED and _FIGURE.fullmatch(first):
        return (float(first),), unit
    if kind is ValueKind.DATE and _ISO_DATE.fullmatch(first) and not unit:
        return tuple(float(part) for part in first.split("-")), "date"
    return None
