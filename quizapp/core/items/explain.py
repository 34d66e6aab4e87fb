"""Telling an author why an item looks as it does: where each wrong answer came from, and why a form cannot be made."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain
from random import Random

from quizapp.core.items.ask import Ask, Offer
from quizapp.core.items.context import Context
from quizapp.core.items.distractors import FEWEST_LEARNERS
from quizapp.core.items.generate import variants
from quizapp.core.items.index import Draw, Index, index_of
from quizapp.core.items.model import ChoiceItem, Form, Item, MatchingItem, TrueFalseItem
from quizapp.core.items.rules import distinct, holds_answer, may_stand
from quizapp.core.items.sections import ask_of, pairing_of, surfaces_of
from quizapp.core.knowledge.facts import name_of, prompt_of
from quizapp.core.knowledge.model import Bank, Cell, Fact, Question

LEAST_WRONG, LEAST_FALSE, LEAST_PAIRS = 2, 1, 4
_LOOKED_AT = 200


class Origin(StrEnum):
    """Where a wrong answer came from, the strongest reason first."""

    WRITTEN = "written"
    OWN = "own"
    CLASS = "class"
    SIBLING = "sibling"
    ELSEWHERE = "elsewhere"


@dataclass(frozen=True, slots=True)
class Chosen:
    """One wrong answer and why it stands there.

    `of` names the concept, term, group or question whose value it is; `times` of `shown` learners chose it when it was
    offered (0 of 0 where nobody was asked yet).
    """

    text: str
    fact: str | None
    origin: Origin
    of: str = ""
    times: int = 0
    shown: int = 0


class Cause(StrEnum):
    """Why a form cannot be made."""

    TOO_FEW_WRONG = "too-few-wrong"
    TOO_FEW_PAIRS = "too-few-pairs"
    SPEAKS_OF_OPTIONS = "speaks-of-options"
    GIVEN_AWAY = "given-away"
    TOO_LONG = "too-long"
    RULES = "rules"


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Why no item of a form can be made about a fact; `found` of `needed` answers or pairs where those are counted."""

    cause: Cause
    found: int = 0
    needed: int = 0


def explain(bank: Bank, item: Item, context: Context) -> tuple[Chosen, ...]:
    """Say of every wrong answer of an item why it was chosen, in the order in which they stand.

    `context` is the one the item was made with. Typed items and flashcards have no wrong answers.
    """
    match item:
        case ChoiceItem(head=head, options=options):
            wrong: Iterable[tuple[str, str | None]] = ((each.text, each.fact) for each in options if not each.correct)
        case TrueFalseItem(head=head, is_true=False, value_of=str() as value_of):
            wrong = [(_shown(bank, value_of), value_of)]
        case MatchingItem(head=head, responses=responses, key=key):
            used = set(key.values())
            wrong = ((each.text, each.fact) for each in responses if each.token not in used)
        case _:
            return ()
    asked = bank.facts[head.facts[0]]
    return tuple(_chosen(bank, asked, text, fact, context) for text, fact in wrong)


def obstacle(bank: Bank, fact_id: str, form: Form) -> Obstacle | None:
    """Say why no item of a form can be made about a fact; None when one can, or its section never has this form.

    A fact id that is not in the bank is a KeyError.
    """
    fact = bank.facts[fact_id]
    if not surfaces_of(fact, form) or variants(bank, fact_id, form):
        return None
    index = index_of(bank)
    if form is Form.MATCHING:
        return _no_pairs(index, fact)
    asks = list(_asks(index, fact, form))
    if form in {Form.CHOICE, Form.TRUE_FALSE}:
        return _no_options(index, asks, fact, form)
    if asks and all(any(holds_answer(index, ask.stem, text) for text in ask.right) for ask in asks):
        return Obstacle(Cause.GIVEN_AWAY)
    return Obstacle(Cause.TOO_LONG if form is Form.TYPED else Cause.RULES)


def _shown(bank: Bank, fact_id: str) -> str:
    fact = bank.facts[fact_id]
    return fact.text if isinstance(fact, Cell) else getattr(fact, "text", "")


def _chosen(bank: Bank, asked: Fact, text: str, fact_id: str | None, context: Context) -> Chosen:
    if fact_id is None or fact_id == asked.id:
        return Chosen(text, None, Origin.WRITTEN if isinstance(asked, Question) else Origin.SIBLING)
    other = bank.facts[fact_id]
    times, shown = context.class_counts.get(fact_id, (0, 0))
    name = name_of(bank, other)
    return Chosen(
        text, fact_id, _origin(asked, other, context), name.text if name else prompt_of(bank, other), times, shown
    )


def _origin(asked: Fact, other: Fact, context: Context) -> Origin:
    if context.own_confusions.get(other.id, 0) > 0:
        return Origin.OWN
    popular = context.learners >= FEWEST_LEARNERS and not context.exam
    if popular and context.class_counts.get(other.id, (0, 0))[0] > 0:
        return Origin.CLASS
    near = type(asked) is type(other) and asked.id.split(".")[0] == other.id.split(".")[0]
    return Origin.SIBLING if near else Origin.ELSEWHERE


def _asks(index: Index, fact: Fact, form: Form) -> Iterator[Ask]:
    draw = Draw(Random(0), (), _LOOKED_AT)
    for surface in surfaces_of(fact, form):
        ask = ask_of(index, fact, form, surface, draw)
        if ask is not None:
            yield ask


def _no_options(index: Index, asks: list[Ask], fact: Fact, form: Form) -> Obstacle:
    if form is Form.CHOICE and asks and all(index.words.above.search(ask.key) for ask in asks):
        return Obstacle(Cause.SPEAKS_OF_OPTIONS)
    needed = LEAST_FALSE if form is Form.TRUE_FALSE or isinstance(fact, Question) else LEAST_WRONG
    found = max((_fitting(index, ask) for ask in asks), default=0)
    return Obstacle(Cause.TOO_FEW_WRONG, found, needed) if found < needed else Obstacle(Cause.GIVEN_AWAY)


def _fitting(index: Index, ask: Ask) -> int:
    """Count wrong answers that could stand together, as far as an item needs them."""
    chosen: list[Offer] = []
    for offer in chain(ask.near, ask.far()):
        if may_stand(index, ask, offer) and distinct(index, offer, chosen):
            chosen.append(offer)
        if len(chosen) >= LEAST_WRONG:
            break
    return len(chosen)


def _no_pairs(index: Index, fact: Fact) -> Obstacle:
    draw = Draw(Random(0), (), _LOOKED_AT)
    pairings = [pairing_of(index, fact, surface, draw) for surface in surfaces_of(fact, Form.MATCHING)]
    found = max((1 + len(pairing.others) for pairing in pairings if pairing), default=1)
    if found < LEAST_PAIRS:
        return Obstacle(Cause.TOO_FEW_PAIRS, found, LEAST_PAIRS)
    return Obstacle(Cause.RULES)
