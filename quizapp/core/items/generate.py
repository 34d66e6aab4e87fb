"""Items out of a bank: which forms a fact can take, and one item of a form by chance."""

from dataclasses import replace
from random import Random

from quizapp.core.items.choice import choice_item
from quizapp.core.items.context import Context
from quizapp.core.items.index import SAMPLE, Draw, Index, index_of
from quizapp.core.items.lookalikes import lookalikes
from quizapp.core.items.matching import matching_item
from quizapp.core.items.model import ChoiceItem, FlashcardItem, Form, Item, MatchingItem, TrueFalseItem, TypedItem
from quizapp.core.items.recall import MOST_REFUSED, flashcard_item, typed_item
from quizapp.core.items.rules import revealed
from quizapp.core.items.sections import ask_of, pairing_of, surfaces_of
from quizapp.core.items.true_false import true_false_item
from quizapp.core.knowledge.model import Bank, Fact

__all__ = ["Context", "forms_of", "generate", "guess_rate", "remake", "variants"]

_MATCHING_SAMPLE = 16
_MOST_MENTIONED = 6
_TRIES = 2
_SIBLINGS = {
    Form.CHOICE: SAMPLE,
    Form.TRUE_FALSE: SAMPLE,
    Form.TYPED: MOST_REFUSED,
    Form.CLOZE: 0,
    Form.FLASHCARD: 0,
}
_CHANCY = frozenset({Form.MATCHING, Form.CHOICE})


def forms_of(bank: Bank, fact: Fact) -> tuple[Form, ...]:
    """List the forms in which a fact can be asked: its section affords them and the bank has material enough."""
    return tuple(form for form in Form if variants(bank, fact.id, form))


def variants(bank: Bank, fact_id: str, form: Form) -> tuple[str, ...]:
    """List the surfaces (stem and direction) of a form in which an item about the fact can be made.

    Each is tried and remembered. A fact id that is not in the bank is a KeyError.
    """
    index = index_of(bank)
    known = index.offered.get((fact_id, form))
    if known is None:
        fact = bank.facts[fact_id]
        known = tuple(surface for surface in surfaces_of(fact, form) if _works(index, fact, form, surface))
        index.offered[fact_id, form] = known
    return known


def generate(bank: Bank, fact_id: str, form: Form, rng: Random, context: Context = Context()) -> Item | None:  # noqa: B008 -- frozen and empty
    """Make one item about a fact, or None when none of this form can be made without breaking a rule.

    The same bank, fact, form, context and state of `rng` give the same item. Surfaces are tried in random order, the
    one to avoid last. A fact id that is not in the bank is a KeyError.
    """
    index = index_of(bank)
    fact = bank.facts[fact_id]
    names = list(surfaces_of(fact, form))
    chance = Random(rng.getrandbits(64))
    chance.shuffle(names)
    names.sort(key=lambda name: name == context.avoid_surface)
    made = (_tried(index, fact, form, name, chance, context) for name in names)
    return next((item for item in made if item is not None), None)


def remake(bank: Bank, fact_id: str, form: Form, surface: str, rng: Random) -> Item | None:
    """Make one item of a surface about a fact, or None when that breaks a rule; a fact unknown is a KeyError."""
    return _tried(index_of(bank), bank.facts[fact_id], form, surface, rng, Context())


def guess_rate(item: Item) -> float:
    """Give the chance in [0, 1] that somebody who knows nothing is right: for matching, of one pair."""
    match item:
        case ChoiceItem():
            return 1 / len(item.options)
        case TrueFalseItem():
            return 1 / 2
        case MatchingItem():
            return 1 / len(item.responses)
        case TypedItem() | FlashcardItem():
            return 0.0


def _works(index: Index, fact: Fact, form: Form, surface: str) -> bool:
    probes = (Random(probe) for probe in range(_TRIES if form in _CHANCY else 1))
    return any(_build(index, fact, form, surface, probe, Context()) is not None for probe in probes)


def _tried(index: Index, fact: Fact, form: Form, surface: str, rng: Random, context: Context) -> Item | None:
    made = (_build(index, fact, form, surface, rng, context) for _ in range(_TRIES if form in _CHANCY else 1))
    return next((item for item in made if item is not None), None)


def _build(index: Index, fact: Fact, form: Form, surface: str, rng: Random, context: Context) -> Item | None:
    if form is Form.MATCHING:
        pairing = pairing_of(index, fact, surface, _draw(rng, context, _MATCHING_SAMPLE))
        return matching_item(index, pairing, rng, context) if pairing else None
    draw = _draw(rng, context, _SIBLINGS[form])
    if form is Form.TYPED:
        draw = replace(draw, mentioned=(*draw.mentioned, *lookalikes(index, fact)))
    ask = ask_of(index, fact, form, surface, draw)
    item: Item | None = None
    if ask is None or revealed(index, ask, context.revealed):
        return None
    match form:
        case Form.CHOICE:
            item = choice_item(index, ask, rng.getrandbits(64), context)
        case Form.TRUE_FALSE:
            item = true_false_item(index, ask, rng, context)
        case Form.TYPED | Form.CLOZE:
            item = typed_item(index, ask, form)
        case Form.FLASHCARD:
            item = flashcard_item(index, ask)
    return item


def _draw(rng: Random, context: Context, most: int) -> Draw:
    """Make sure that the strongest confusions come along, wherever they stand in a large table."""
    own = sorted(context.own_confusions, key=lambda fact: (-context.own_confusions[fact], fact))
    chosen = sorted(context.class_counts, key=lambda fact: (-context.class_counts[fact][0], fact))
    mentioned = dict.fromkeys((*own[:_MOST_MENTIONED], *chosen[:_MOST_MENTIONED]))
    return Draw(rng, tuple(mentioned), most)
