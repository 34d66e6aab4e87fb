"""Facts of which no question at all can be made, and why: nobody would ever be asked them."""

from collections.abc import Iterator
from random import Random

from quizapp.core.items.ask import Ask
from quizapp.core.items.broken import Warned
from quizapp.core.items.generate import forms_of
from quizapp.core.items.index import SAMPLE, Draw, Index, index_of
from quizapp.core.items.model import Form
from quizapp.core.items.rules import gives_away, holds_answer
from quizapp.core.items.sections import ask_of, surfaces_of
from quizapp.core.knowledge.model import Bank, Fact
from quizapp.messages import Message, msg

NO_FORM = "F2"
"""Not a rule of writing: what was written affords questions, but each would break one."""


def unasked(bank: Bank, fact: Fact) -> tuple[Form, Warned] | None:
    """Say why a fact is asked in no form, with the first form that its section affords; None when it is asked."""
    if forms_of(bank, fact):
        return None
    afforded = [form for form in Form if surfaces_of(fact, form)]
    return afforded[0], Warned(NO_FORM, _reason(index_of(bank), fact, afforded))


def _reason(index: Index, fact: Fact, afforded: list[Form]) -> Message:
    asks = list(_asks(index, fact, afforded))
    if any(holds_answer(index, ask.stem, text) for ask in asks for text in ask.right):
        return msg("no question can be made of it: its answer stands in its own question")
    if any(gives_away(index, ask.stem, ask.key, [offer.text for offer in ask.near]) for ask in asks):
        return msg("no question can be made of it: its answer repeats words of its question, and no wrong answer does")
    return msg("no question can be made of it: there are too few good wrong answers")


def _asks(index: Index, fact: Fact, afforded: list[Form]) -> Iterator[Ask]:
    for form in afforded:
        for surface in surfaces_of(fact, form) if form is not Form.MATCHING else ():
            ask = ask_of(index, fact, form, surface, Draw(Random(0), (), SAMPLE))
            if ask is not None:
                yield ask
