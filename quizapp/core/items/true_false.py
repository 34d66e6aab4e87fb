"""Making a sentence to judge: a fact's own value, or one that belongs to a sibling."""

from random import Random

from quizapp.core.items.ask import Ask, head_of
from quizapp.core.items.context import Context
from quizapp.core.items.distractors import pick
from quizapp.core.items.index import Index
from quizapp.core.items.model import TrueFalseItem
from quizapp.core.items.sections import claim_of
from quizapp.core.knowledge.model import Statement


def true_false_item(index: Index, ask: Ask, rng: Random, context: Context) -> TrueFalseItem | None:
    """Make a true sentence or a false one, as likely as each other; None when no false one can be made.

    A statement stays as its author wrote it.
    """
    if isinstance(ask.fact, Statement):
        return TrueFalseItem(head_of(index, ask.fact, ask.surface, ask.stem), ask.fact.is_true, correction="")
    false = pick(index, ask, rng, context, most=1, least=1)
    if false is None:
        return None
    is_true = rng.random() < 1 / 2
    stem = claim_of(index, ask.fact, ask.key if is_true else false[0].text)
    return TrueFalseItem(
        head=head_of(index, ask.fact, ask.surface, stem),
        is_true=is_true,
        correction="" if is_true else ask.key,
        value_of=None if is_true else false[0].fact,
    )
