"""What the items of a bank show about its writing, for an author at work: a part of the facts, judged quickly."""

from collections.abc import Sequence
from random import Random

from quizapp.core.items.audit import audit
from quizapp.core.items.broken import Broken, Warned
from quizapp.core.items.generate import forms_of, generate
from quizapp.core.items.model import Form
from quizapp.core.items.sections import surfaces_of
from quizapp.core.items.unasked import unasked
from quizapp.core.items.warn import warnings
from quizapp.core.knowledge.model import Bank, Fact
from quizapp.messages import msg

FEW_WRONG = "F1"
"""Not a rule of writing: the fact affords a choice, but the bank has too few good wrong answers for one."""


def sample(bank: Bank, most: int) -> tuple[Fact, ...]:
    """Give at most `most` facts, spread evenly over the bank."""
    facts = tuple(bank)
    step = max(1.0, len(facts) / most) if most else len(facts) + 1.0
    return tuple(facts[round(at * step)] for at in range(min(most, len(facts))))


def judged(bank: Bank, facts: Sequence[Fact], seed: int) -> tuple[tuple[str, Form, Broken | Warned], ...]:
    """Make one item of every form about each of some facts and say what is wrong with each, every remark once."""
    found: dict[tuple[str, Form, Broken | Warned], None] = {}
    for fact in facts:
        forms, reason = forms_of(bank, fact), unasked(bank, fact)
        if reason is not None:
            found[fact.id, *reason] = None
        elif Form.CHOICE not in forms and surfaces_of(fact, Form.CHOICE):
            few = Warned(FEW_WRONG, msg("too few good wrong answers to make a choice of"))
            found[fact.id, Form.CHOICE, few] = None
        for form in forms:
            item = generate(bank, fact.id, form, Random(f"{seed}:{fact.id}:{form}:0"))
            if item is not None:
                said: tuple[Broken | Warned, ...] = (*audit(bank, item), *warnings(bank, item))
                found.update(((fact.id, form, each), None) for each in said)
    return tuple(found)
