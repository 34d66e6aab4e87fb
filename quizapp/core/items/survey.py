"""What a bank gives: items of each form, facts no choice can be made of, rules broken, warnings."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from random import Random

from quizapp.core.items.audit import audit
from quizapp.core.items.broken import Broken, Warned
from quizapp.core.items.generate import forms_of, generate
from quizapp.core.items.model import Form, Item, form_of
from quizapp.core.items.unasked import unasked
from quizapp.core.items.warn import bank_warnings, warnings
from quizapp.core.knowledge.model import Bank, Statement


@dataclass(frozen=True, slots=True)
class Survey:
    """The outcome of making items of every form about every fact of a bank.

    `facts` counts the facts each form can ask, `items` the items made. `without_choice` are facts that afford a
    choice but have too few good wrong answers, `without_form` those that are asked in no form at all. `broken` and
    `warned` name the fact and form of the item.
    """

    facts: Mapping[Form, int]
    items: Mapping[Form, int]
    without_choice: tuple[str, ...]
    without_form: tuple[str, ...]
    broken: tuple[tuple[str, Form, Broken], ...]
    warned: tuple[tuple[str, Form, Warned], ...]
    bank_warned: tuple[Warned, ...]


def survey(bank: Bank, seed: int, per_fact: int) -> Survey:
    """Make `per_fact` items of every form about every fact, and judge each by the audit and the writing rules."""
    made = list(items_of(bank, seed, per_fact))
    asked = {(item_fact, form_of(item)) for item_fact, item in made}
    choosable = {fact for fact, form in asked if form is Form.CHOICE}
    never = tuple((fact.id, *reason) for fact in bank if (reason := unasked(bank, fact)) is not None)
    return Survey(
        facts=_by_form(form for _, form in asked),
        items=_by_form(form_of(item) for _, item in made),
        without_choice=tuple(fact.id for fact in bank if fact.id not in choosable and not isinstance(fact, Statement)),
        without_form=tuple(fact for fact, _, _ in never),
        broken=tuple((fact, form_of(item), broken) for fact, item in made for broken in audit(bank, item)),
        warned=(
            *never,
            *((fact, form_of(item), warned) for fact, item in made for warned in warnings(bank, item)),
        ),
        bank_warned=bank_warnings(bank, (item for _, item in made)),
    )


def items_of(bank: Bank, seed: int, per_fact: int, form: Form | None = None) -> Iterator[tuple[str, Item]]:
    """Make items fact by fact, of one form or of all; each has its own seed, so that one can be made again alone."""
    for fact in bank:
        for each in forms_of(bank, fact) if form is None else (form,):
            for number in range(per_fact):
                item = generate(bank, fact.id, each, Random(f"{seed}:{fact.id}:{each}:{number}"))
                if item is not None:
                    yield fact.id, item


def _by_form(forms: Iterable[Form]) -> Mapping[Form, int]:
    counted = Counter(forms)
    return {form: counted[form] for form in Form}
