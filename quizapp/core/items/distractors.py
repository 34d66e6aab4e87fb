"""Choosing wrong answers: what this learner confuses, what the class confuses, siblings, then others of the type."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from random import Random

from quizapp.core.items.ask import Ask, Offer
from quizapp.core.items.context import Context
from quizapp.core.items.index import Index
from quizapp.core.items.rules import distinct, echo, gives_away, may_stand

MOST = 3
FEWEST_LEARNERS = 5
_PRIOR = (1, 9)
_LONGEST_RATIO = 1.5


@dataclass(slots=True)
class _Picker:
    """One choice in the making: offers are judged when their turn comes, since most are never needed."""

    index: Index
    ask: Ask
    chosen: list[Offer]
    judged: dict[Offer, bool]

    def fits(self, offer: Offer) -> bool:
        known = self.judged.get(offer)
        if known is None:
            known = self.judged[offer] = may_stand(self.index, self.ask, offer)
        return known and offer not in self.chosen and distinct(self.index, offer, self.chosen)

    def fill(self, offers: Iterable[Offer], most: int, *, of_a_length: bool = False) -> None:
        for offer in offers:
            if len(self.chosen) >= most:
                return
            if (not of_a_length or self.keeps_length(offer)) and self.fits(offer):
                self.chosen.append(offer)

    def keeps_length(self, offer: Offer) -> bool:
        """Tell whether the options would still be of about one length with this one (W1)."""
        lengths = [len(self.ask.key), len(offer.text), *(len(other.text) for other in self.chosen)]
        return max(lengths) <= _LONGEST_RATIO * min(lengths)

    def swap_last(self, offers: Iterable[Offer], wanted: Callable[[Offer], bool]) -> None:
        """Put the first fitting offer that is `wanted` in the last place; leave all as it is when there is none."""
        last = self.chosen.pop()
        found = next((offer for offer in offers if wanted(offer) and offer is not last and self.fits(offer)), last)
        self.chosen.append(found)


def pick(
    index: Index, ask: Ask, rng: Random, context: Context, *, most: int = MOST, least: int = 2
) -> tuple[Offer, ...] | None:
    """Choose `least` to `most` distractors that are false and distinct, or None when too few are good.

    The order is that of the learner's confusions, then Thompson sampling over Beta(1 + chosen, 9 + shown - chosen) of
    the class's counts (design: memory, distractors), then siblings of about the key's length, then same-typed values
    from elsewhere. The last place is kept for a sibling drawn at random, so that unpopular ones stay measured.
    """
    picker = _Picker(index, ask, [], {})
    own, siblings = _by_confusion(ask, context)
    may_lead = rng.random() * (most + 1) < 1
    explorers = sorted(siblings, key=_length_order(ask, rng, may_lead))
    popular = _by_popularity(siblings, rng, context)
    picker.fill(own, most - 1 if explorers and most > 1 else most)
    picker.fill(popular, most - 1)
    picker.fill(explorers, most, of_a_length=True)
    picker.fill(explorers, most)
    picker.fill(own, most)
    if len(picker.chosen) < most:
        picker.fill(ask.far(), most)
    if len(picker.chosen) < least:
        return None
    if most == 1:  # one sentence to judge stands alone: nothing to compare it with
        return tuple(picker.chosen)
    _hide_longest(picker, explorers, may_lead)
    _drown_echo(picker, [*explorers, *own])
    if gives_away(index, ask.stem, ask.key, [offer.text for offer in picker.chosen]):
        return None
    return tuple(picker.chosen)


def _by_confusion(ask: Ask, context: Context) -> tuple[list[Offer], list[Offer]]:
    weights = context.own_confusions
    own = [offer for offer in ask.near if offer.fact is not None and weights.get(offer.fact, 0) > 0]
    own.sort(key=lambda offer: (-weights[offer.fact or ""], offer.text))
    return own, [offer for offer in ask.near if offer not in own]


def _by_popularity(offers: list[Offer], rng: Random, context: Context) -> Iterator[Offer]:
    if context.exam or context.learners < FEWEST_LEARNERS:
        return iter(())
    drawn = []
    for offer in sorted(offers, key=lambda each: each.text):
        chosen, shown = context.class_counts.get(offer.fact or "", (0, 0))
        drawn.append((rng.betavariate(_PRIOR[0] + chosen, _PRIOR[1] + max(0, shown - chosen)), offer))
    drawn.sort(key=lambda pair: -pair[0])
    return (offer for _, offer in drawn)


def _length_order(ask: Ask, rng: Random, may_lead: bool) -> Callable[[Offer], tuple[bool, bool, float]]:
    """Order offers by closeness in length to the key; where the key may be the longest, shorter ones come first."""
    own = max(1, len(ask.key))

    def order(offer: Offer) -> tuple[bool, bool, float]:
        length = max(1, len(offer.text))
        unlike = max(own, length) > _LONGEST_RATIO * min(own, length)
        return unlike, may_lead and length > own, rng.random()

    return order


def _hide_longest(picker: _Picker, explorers: list[Offer], may_lead: bool) -> None:
    """Keep the key from being the longest option more often than chance: once in k items it may be."""
    own = len(picker.ask.key)
    if may_lead or any(len(offer.text) >= own for offer in picker.chosen) or picker.chosen[-1] not in explorers:
        return
    picker.swap_last(explorers, lambda offer: len(offer.text) > own)


def _drown_echo(picker: _Picker, offers: list[Offer]) -> None:
    """Bring in an option that echoes the stem as much as the key does, if the key would stand out by it (E4)."""
    index, ask = picker.index, picker.ask
    if gives_away(index, ask.stem, ask.key, [offer.text for offer in picker.chosen]):
        wanted = echo(index, ask.stem, ask.key)
        picker.swap_last(offers, lambda offer: echo(index, ask.stem, offer.text) >= wanted)
