"""Making matching items: pairs of one relation with extra or reusable responses and exactly one solution."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from random import Random

from quizapp.core.items.ask import Pair, Pairing, Reply, head_of
from quizapp.core.items.assignment import solutions
from quizapp.core.items.choice import tokens
from quizapp.core.items.context import Context
from quizapp.core.items.index import Index
from quizapp.core.items.model import MatchingItem, Premise, Response
from quizapp.core.items.rules import alike, in_one_language

_FEWEST, _USUAL = 4, 6
_FEWEST_EXTRA, _MOST_EXTRA = 2, 3
_MOST_WEAK = 3
_FEWEST_USED = 2
_LONG_RESPONSE = 24
_TRIES = 4


@dataclass(slots=True)
class _Judge:
    """Whether a response is right for a premise, asked of the bank once per pair and remembered."""

    index: Index
    pairing: Pairing
    known: dict[tuple[str, str], bool] = field(default_factory=dict)

    def admits(self, pair: Pair, reply: Reply) -> bool:
        """Tell whether a response is right for a premise: it is its own, reads the same, or the bank says so."""
        key = (pair.fact, reply.owner)
        if key not in self.known:
            own = pair.reply
            alike_texts = reply.owner == own.owner or self.index.same(reply.text, own.text)
            self.known[key] = alike_texts or self.pairing.right(pair.fact, reply.owner)
        return self.known[key]

    def choices(self, pair: Pair) -> int:
        """Count the shared responses that are right for a premise."""
        return sum(self.admits(pair, reply) for reply in self.pairing.replies)


def matching_item(index: Index, pairing: Pairing, rng: Random, context: Context) -> MatchingItem | None:
    """Make a set of four to six pairs around the one asked (M1-M10), or None when the bank has too few that fit."""
    judge = _Judge(index, pairing)
    surface, asked = pairing.surface, pairing.asked.fact
    pool = [
        pair
        for pair in _by_need(pairing.others, rng, context)
        if _usable(index, pair, context) and in_one_language(index, surface, asked, pair.fact)
    ]
    if not _usable(index, pairing.asked, context):
        return None
    for _ in range(_TRIES):
        pairs = _compatible(judge, pool, context)
        telling = [pair for pair in pairs if _tells(judge, pair, pairs, ())]
        if pairing.asked in telling:
            return None
        if not telling:
            return _made(judge, pairs, rng)
        pool = [pair for pair in pool if pair not in telling]
    return None


def instruction(index: Index, stem: str, reusable: bool, extra: int) -> str:
    """Say what is to be matched, and which responses are left over or may be used again."""
    rule = index.phrases.say("match.reusable") if reusable else index.phrases.say("match.extras", count=str(extra))
    return f"{stem} {rule}"


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
    if not context.revealed:
        return True
    left, right = index.folded(pair.text), index.folded(pair.reply.text)
    shown = (f" {index.folded(text)} " for text in context.revealed)
    return not any(f" {left} " in text and f" {right} " in text for text in shown)


def _compatible(judge: _Judge, pool: Sequence[Pair], context: Context) -> list[Pair]:
    """Gather pairs of one type none of which could take another's response (M2, M3, M5)."""
    chosen = [judge.pairing.asked]
    if judge.pairing.reusable and judge.choices(chosen[0]) != 1:
        return []
    weak = 0
    for pair in pool:
        if len(chosen) >= _USUAL:
            break
        if context.known and pair.fact in context.weak and weak >= _MOST_WEAK - 1 and len(chosen) >= _FEWEST:
            continue
        if _joins(judge, pair, chosen):
            chosen.append(pair)
            weak += pair.fact in context.weak
    return chosen


def _joins(judge: _Judge, pair: Pair, chosen: Sequence[Pair]) -> bool:
    index, asked = judge.index, judge.pairing.asked
    if any(index.same(pair.text, other.text) for other in chosen):
        return False
    if not alike(index, asked.text, pair.text):
        return False
    if judge.pairing.reusable:
        return judge.choices(pair) == 1
    return alike(index, asked.reply.text, pair.reply.text) and not any(
        judge.admits(pair, other.reply) or judge.admits(other, pair.reply) for other in chosen
    )


def _tells(judge: _Judge, pair: Pair, pairs: Sequence[Pair], replies: Sequence[Reply]) -> bool:
    """Tell whether a premise shares a word with its own response and no other entry has it (M8)."""
    index = judge.index
    common = index.share(pair.text, pair.reply.text)
    if not common:
        return False
    for reply in (*judge.pairing.replies, *replies):
        if reply.owner != pair.reply.owner:
            common -= index.content(reply.text)
    for other in pairs:
        if other.reply.owner != pair.reply.owner:
            common -= index.content(other.text) | index.content(other.reply.text)
    return bool(common)


def _made(judge: _Judge, pairs: Sequence[Pair], rng: Random) -> MatchingItem | None:
    """Lay out the largest part of the pairs that leaves responses enough over, or None."""
    for size in range(len(pairs), _FEWEST - 1, -1):
        part = list(pairs[:size])
        replies = list(judge.pairing.replies) or _replies(judge, part, rng)
        if replies and _sound(judge, part, replies):
            return _laid_out(judge.index, judge.pairing, part, replies, rng)
    return None


def _replies(judge: _Judge, pairs: Sequence[Pair], rng: Random) -> list[Reply]:
    """Add two or three responses that are right for no premise (M4); none at all when there are too few."""
    most = rng.randint(_FEWEST_EXTRA, _MOST_EXTRA)
    replies = [pair.reply for pair in pairs]
    for reply in judge.pairing.spare:
        if len(replies) == len(pairs) + most:
            break
        if (
            in_one_language(judge.index, judge.pairing.surface, judge.pairing.asked.fact, reply.fact)
            and not any(judge.index.same(reply.text, other.text) for other in replies)
            and not any(judge.admits(pair, reply) for pair in pairs)
            and alike(judge.index, reply.text, pairs[0].reply.text)
        ):
            replies.append(reply)
    return replies if len(replies) >= len(pairs) + _FEWEST_EXTRA else []


def _sound(judge: _Judge, pairs: Sequence[Pair], replies: Sequence[Reply]) -> bool:
    """Tell whether a set is readable, of one type, tells nothing by its words and has one solution (M2, M5-M8)."""
    if not _readable(pairs, replies) or len({pair.reply.owner for pair in pairs}) < _FEWEST_USED:
        return False
    if any(_tells(judge, pair, pairs, replies) for pair in pairs):
        return False
    if not all(alike(judge.index, pairs[0].reply.text, reply.text) for reply in replies):
        return False
    edges = [frozenset(at for at, reply in enumerate(replies) if judge.admits(pair, reply)) for pair in pairs]
    if judge.pairing.reusable:
        return all(len(edge) == 1 for edge in edges)
    return len(solutions(edges)) == 1


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
    head = head_of(
        index,
        fact,
        pairing.surface,
        instruction(index, pairing.stem, pairing.reusable, len(replies) - len(pairs)),
        facts,
    )
    return MatchingItem(head, premises, responses, key, pairing.reusable)


def _in_order(places: Sequence[int]) -> bool:
    """Tell whether the responses stand in the order of the premises (M7)."""
    return all(before <= after for before, after in pairwise(places))
