"""A fact that no question can be made of is told to its author, with the reason."""

import pytest
from support.item_banks import bank_of, card, question, statement

from quizapp.core.items.generate import forms_of
from quizapp.core.items.survey import survey
from quizapp.core.items.unasked import NO_FORM, unasked
from quizapp.core.items.writing import FEW_WRONG, judged
from quizapp.core.knowledge.model import Bank

ITS_OWN_STEM = card("echo", "What is a captive centre called?", "Captive centre")
STANDS_OUT = question("echo", "Which cost is forgotten?", "The cost of transition", "The rate", "The hours")
TOO_ALIKE = question("alike", "Which one?", "Control", "The control")


@pytest.mark.parametrize(
    ("part", "reason"),
    [
        (ITS_OWN_STEM, "its answer stands in its own question"),
        (STANDS_OUT, "repeats words of its question, and no wrong answer does"),
        (TOO_ALIKE, "too few good wrong answers"),
    ],
)
def test_the_reason_is_told(part: Bank, reason: str) -> None:
    bank = bank_of(part)
    (fact,) = bank
    assert forms_of(bank, fact) == ()
    found = unasked(bank, fact)
    assert found is not None
    form, said = found
    assert said.rule == NO_FORM
    assert reason in said.detail
    assert (fact.id, form, said) in judged(bank, tuple(bank), 0)


def without_form(bank: Bank) -> tuple[str, ...]:
    return survey(bank, seed=0, per_fact=1).without_form


def test_the_survey_of_a_bank_names_such_facts_and_warns_of_each_once() -> None:
    bank = bank_of(STANDS_OUT, statement("fine", "So it is.", is_true=True))
    assert without_form(bank) == ("questions.echo",)
    warned = [(fact, said.rule) for fact, _, said in survey(bank, seed=0, per_fact=2).warned]
    assert warned.count(("questions.echo", NO_FORM)) == 1


def test_a_fact_that_is_asked_in_some_form_is_no_such_fact() -> None:
    bank = bank_of(card("lone", "Front", "Back"))
    (fact,) = bank
    assert unasked(bank, fact) is None
    assert without_form(bank) == ()
    assert {said.rule for _, _, said in judged(bank, (fact,), 0)} == {FEW_WRONG}
