"""Making matching items: pairs of one relation with extra or reusable responses and exactly one solution."""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from random import Random

from quizapp.core.items.ask import Pair, Pairing, Reply, head_of
from quizapp.core.items.assignment import solutions
from quizapp.core.items.choice import tokens
from quizapp.core.items.context import Context
from quizapp.core.items.index import Index
from quizapp.core.items.model import MatchingItem, Premise, Response
from quizapp.core.items.rules import alike

_FEWEST, _USUAL = 4, 6
_FEWEST_EXTRA, _MOST_EXTRA = 2, 3
_MOST_WEAK = 3
_FEWEST_USED = 2
_LONG_RESPONSE = 24
_TRIES = 4


def matching_item(index: Index, pairing: Pairing, rng: Random, context: Context) -> MatchingItem | None:
    """Make a set of four to six pairs around the one asked (M1-M10), or None when the bank has too few that fit."""
    pool = [pair for pair in _by_need(pairing.others, rng, context) if _usable(index, pair, context)]
    if not _usable(index, pairing.asked, context):
        return None
    for _ in range(_TRIES):
        pairs = _compatible(index, pairing, pool, context)
        telling = [pair for pair in pairs if _tells(index, pair, pairs, pairing)]
        if telling:
            pool = [pair for pair in pool if pair not in telling]
            continue
        return _made(index, pairing, pairs, rng) if len(pairs) >= _FEWEST else None
    return None


def _by_need(pairs: Sequence[Pair], rng: Random, context: Context) -> list[Pair]:
    """Put weak facts where they stay one to three among known ones, and facts never seen last (M9)."""
    shuffled = rng.sample(pairs, len(pairs))
    if not context.known:
        return shuffled
    weak = [pair for pair in shuffled if pair.fact in context.weak]
    known = [pair for pair in shuffled if pair.fact in context.known and pair.fact not in context.weak]
    rest = [pair for pair in shuffled if pair.fact not in context.known and pair.fact not in context.weak]
    return [*weak[: _MOST_WEAK - 1], *known, *rest, *weak[_MOST_WEAK - 1 :]]


def _usable(index: Index, pair: Pair, context: Context) -> bool:
    """Keep out a pair that one earlier text of the attempt shows whole (E8)."""
    left, right = index.folded(pair.text), index.folded(pair.reply.text)
    shown = (f" {index.folded(text)} " for text in context.revealed)
    return not any(f" {left} " in text and f" {right} " in text for text in shown)


def _compatible(index: Index, pairing: Pairing, pool: Sequence[Pair], context: Context) -> list[Pair]:
    """Gather pairs of one type none of which could take another's response (M2, M3, M5)."""
    chosen = [pairing.asked]
    fitting = [pair for pair in pool if not pairing.reusable or _choices(index, pair, pairing.replies) == 1]
    if pairing.reusable and _choices(index, pairing.asked, pairing.replies) != 1:
        return []
    weak = 0
    for pair in fitting:
        if len(chosen) >= _USUAL:
            break
        if context.known and pair.fact in context.weak and weak >= _MOST_WEAK - 1 and len(chosen) >= _FEWEST:
            continue
        if _joins(index, pair, chosen, reusable=pairing.reusable):
            chosen.append(pair)
            weak += pair.fact in context.weak
    return chosen


def _choices(index: Index, pair: Pair, replies: Iterable[Reply]) -> int:
    return sum(admits(index, pair, reply) for reply in replies)


def admits(index: Index, pair: Pair, reply: Reply) -> bool:
    """Tell whether a response is right for a premise: it stands for one of its owners, or reads the same."""
    return reply.owner in pair.owners or index.same(reply.text, pair.reply.text)


def _joins(index: Index, pair: Pair, chosen: Sequence[Pair], *, reusable: bool) -> bool:
    asked = chosen[0]
    if not alike(index, asked.text, pair.text) and not alike(index, asked.reply.text, pair.reply.text):
        return False
    if any(index.same(pair.text, other.text) for other in chosen):
        return False
    if reusable:
        return True
    return not any(admits(index, pair, other.reply) or admits(index, other, pair.reply) for other in chosen)


def _tells(index: Index, pair: Pair, pairs: Sequence[Pair], pairing: Pairing) -> bool:
    """Tell whether a premise shares a word with its own response and no other (M8)."""
    common = index.content(pair.text) & index.content(pair.reply.text)
    if not common:
        return False
    replies = pairing.replies or tuple(other.reply for other in pairs)
    for reply in replies:
        if reply.owner != pair.reply.owner:
            common -= index.content(reply.text)
    for other in pairs:
        if other.reply.owner != pair.reply.owner:
            common -= index.content(other.text)
    return bool(common)


def _made(index: Index, pairing: Pairing, pairs: list[Pair], rng: Random) -> MatchingItem | None:
    """Lay out the largest part of the pairs that leaves responses enough over, or None."""
    for size in range(len(pairs), _FEWEST - 1, -1):
        part = pairs[:size]
        replies = list(pairing.replies) or _replies(index, pairing, part, rng)
        if replies and _sound(index, part, replies, reusable=pairing.reusable):
            return _laid_out(index, pairing, part, replies, rng)
    return None


def _replies(index: Index, pairing: Pairing, pairs: Sequence[Pair], rng: Random) -> list[Reply]:
    extra = _extra(index, pairing, pairs, rng)
    return [*(pair.reply for pair in pairs), *extra] if len(extra) >= _FEWEST_EXTRA else []


def _sound(index: Index, pairs: Sequence[Pair], replies: Sequence[Reply], *, reusable: bool) -> bool:
    """Tell whether a set is readable and has one solution only, found by search and not by construction (M5, M6)."""
    if not _readable(pairs, replies) or len({pair.reply.owner for pair in pairs}) < _FEWEST_USED:
        return False
    edges = [frozenset(at for at, reply in enumerate(replies) if admits(index, pair, reply)) for pair in pairs]
    if reusable:
        return all(len(edge) == 1 for edge in edges)
    return len(solutions(edges)) == 1


def _extra(index: Index, pairing: Pairing, pairs: Sequence[Pair], rng: Random) -> list[Reply]:
    """Choose two or three responses that are right for no premise (M4)."""
    most = rng.randint(_FEWEST_EXTRA, _MOST_EXTRA)
    taken = [pair.reply for pair in pairs]
    extra: list[Reply] = []
    for reply in pairing.spare:
        if len(extra) == most:
            break
        if not alike(index, reply.text, pairing.asked.reply.text):
            continue
        if any(index.same(reply.text, other.text) for other in (*taken, *extra)):
            continue
        if not any(admits(index, pair, reply) for pair in pairs):
            extra.append(reply)
    return extra


def _readable(pairs: Sequence[Pair], replies: Sequence[Reply]) -> bool:
    """Tell whether the longer texts stand left, unless the responses are short anyway (M6)."""
    left = sum(len(pair.text) for pair in pairs) / len(pairs)
    right = sum(len(reply.text) for reply in replies) / len(replies)
    return left >= right or right <= _LONG_RESPONSE


def _laid_out(index: Index, pairing: Pairing, pairs: list[Pair], replies: list[Reply], rng: Random) -> MatchingItem:
    chance = Random(rng.getrandbits(64))
    pairs.sort(key=lambda pair: pair.text)
    replies.sort(key=lambda reply: reply.text)
    places = {reply.owner: at for at, reply in enumerate(replies)}
    chance.shuffle(pairs)
    if not pairing.reusable:
        chance.shuffle(replies)
        places = {reply.owner: at for at, reply in enumerate(replies)}
    while _in_order([places[pair.reply.owner] for pair in pairs]):
        chance.shuffle(pairs)
    names = tokens(chance, len(pairs) + len(replies))
    premises = tuple(Premise(names[at], pair.text, pair.fact, pair.why) for at, pair in enumerate(pairs))
    responses = tuple(Response(names[len(pairs) + at], reply.text, reply.fact) for at, reply in enumerate(replies))
    key = {names[at]: names[len(pairs) + places[pair.reply.owner]] for at, pair in enumerate(pairs)}
    fact = index.bank.facts[pairing.asked.fact]
    facts = (pair.fact for pair in pairs)
    head = head_of(index, fact, pairing.surface, _instruction(index, pairing, len(replies) - len(pairs)), facts)
    return MatchingItem(head, premises, responses, key, pairing.reusable)


def _in_order(places: Sequence[int]) -> bool:
    """Tell whether the responses stand in the order of the premises (M7)."""
    return all(before <= after for before, after in pairwise(places))


def _instruction(index: Index, pairing: Pairing, extra: int) -> str:
    if pairing.reusable:
        return f"{pairing.stem} {index.phrases.say('match.reusable')}"
    return f"{pairing.stem} {index.phrases.say('match.extras', count=str(extra))}"
