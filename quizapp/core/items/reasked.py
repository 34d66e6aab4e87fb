"""An open question asked again in another language."""

from collections.abc import Iterator
from random import Random

from quizapp.core.items.audit import audit
from quizapp.core.items.generate import remake
from quizapp.core.items.model import ChoiceItem, Form, Item, MatchingItem, TrueFalseItem, form_of
from quizapp.core.items.translated import translated
from quizapp.core.knowledge.model import Bank


def reasked(item: Item, then: Bank, now: Bank, rng: Random) -> Item | None:
    """Ask what an item of the edition `then` asks in the edition `now`; None where that needs another question.

    It is the very same question with the same options where that breaks no rule in `now`, else one of the same stem
    about the same fact. Nothing in it is left in the source language.
    """
    if now.untranslated & set(_facts(item)) or not now.facts.keys() >= set(item.head.facts):
        return None
    form = form_of(item)
    if form in {Form.CHOICE, Form.TRUE_FALSE, Form.MATCHING}:
        other = translated(item, then, now)
        if other is not None and not audit(now, other) and _explained(item, other):
            return other
    return None if form is Form.MATCHING else remake(now, item.head.facts[0], form, item.head.surface, rng)


def _facts(item: Item) -> Iterator[str]:
    yield from item.head.facts
    match item:
        case ChoiceItem(options=options):
            yield from (option.fact for option in options if option.fact)
        case MatchingItem(responses=responses):
            yield from (response.fact for response in responses if response.fact)
        case TrueFalseItem(value_of=str() as fact):
            yield fact
        case _:
            return


def _explained(item: Item, other: Item) -> bool:
    """Tell whether every wrong option that had its feedback has it still."""
    if not isinstance(item, ChoiceItem) or not isinstance(other, ChoiceItem):
        return True
    return all(new.because or not old.because for old, new in zip(item.options, other.options, strict=True))
