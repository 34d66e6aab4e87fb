"""Where wrong answers come from, and why a form cannot be made."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.banks import sourcing

from quizapp.core.items.context import Context
from quizapp.core.items.explain import Cause, Origin, explain, obstacle
from quizapp.core.items.generate import forms_of, generate, variants
from quizapp.core.items.model import ChoiceItem, Form, MatchingItem, TrueFalseItem
from quizapp.core.items.sections import surfaces_of
from quizapp.core.items.writing import judged, sample
from quizapp.core.knowledge.limits import Text
from quizapp.core.knowledge.model import Bank
from quizapp.core.knowledge.read import read


def read_bank(text: Text) -> Bank:
    bank = read(text).bank
    assert bank is not None
    return bank


def bank_of(content: str) -> Bank:
    return read_bank(Text("bank.yaml", f"knowledge: 1\nid: bank\nlanguage: en\ntitle: Bank\n{content}"))


BANK = read_bank(sourcing()[0])
CAPTIVE, JOINT = "ownership.captive.definition", "ownership.joint.definition"


def test_a_fact_that_is_not_there_is_an_error() -> None:
    with pytest.raises(KeyError):
        obstacle(BANK, "none", Form.CHOICE)


@given(st.integers(0, 10_000), st.sampled_from(sorted(BANK.facts)), st.sampled_from(list(Form)))
def test_every_wrong_answer_has_a_reason_and_the_key_has_none(seed: int, fact: str, form: Form) -> None:
    item = generate(BANK, fact, form, Random(seed))
    if item is None:
        return
    reasons = explain(BANK, item, Context())
    match item:
        case ChoiceItem(options=options):
            assert [each.text for each in reasons] == [each.text for each in options if not each.correct]
        case MatchingItem(responses=responses, key=key):
            assert len(reasons) == len(responses) - len(set(key.values()))
        case TrueFalseItem(is_true=False, value_of=str()):
            assert len(reasons) == 1
        case _:
            assert reasons == ()
    assert all(each.origin in {Origin.SIBLING, Origin.ELSEWHERE, Origin.WRITTEN} for each in reasons)


@pytest.mark.parametrize("form", list(Form))
def test_an_obstacle_is_told_exactly_where_a_section_affords_a_form_that_cannot_be_made(form: Form) -> None:
    for fact in BANK:
        cannot = bool(surfaces_of(fact, form)) and not variants(BANK, fact.id, form)
        assert (obstacle(BANK, fact.id, form) is not None) is cannot


def test_what_the_class_chose_is_said_with_its_numbers() -> None:
    context = Context(class_counts={JOINT: (4, 9)}, learners=6)
    item = generate(BANK, CAPTIVE, Form.CHOICE, Random(1), context)
    assert item is not None
    told = {each.fact: each for each in explain(BANK, item, context)}
    assert (told[JOINT].origin, told[JOINT].of, told[JOINT].times, told[JOINT].shown) == (
        Origin.CLASS,
        "Joint venture",
        4,
        9,
    )
    few = {each.fact: each for each in explain(BANK, item, Context(class_counts={JOINT: (4, 9)}, learners=2))}
    assert few[JOINT].origin is Origin.SIBLING
    own = {each.fact: each for each in explain(BANK, item, Context(own_confusions={JOINT: 1.0}))}
    assert own[JOINT].origin is Origin.OWN


def test_a_handwritten_wrong_answer_is_its_authors() -> None:
    bank = bank_of("questions:\n  a: {ask: Which?, right: This one, wrong: {b: That one, c: Another thing}}\n")
    item = generate(bank, "questions.a", Form.CHOICE, Random(0))
    assert item is not None
    assert {each.origin for each in explain(bank, item, Context())} == {Origin.WRITTEN}


def test_too_few_wrong_answers_are_counted() -> None:
    bank = bank_of("cards:\n  a: {front: What is a?, back: Alpha}\n  b: {front: What is b?, back: Beta}\n")
    found = obstacle(bank, "cards.a", Form.CHOICE)
    assert found is not None
    assert (found.cause, found.found, found.needed) == (Cause.TOO_FEW_WRONG, 1, 2)
    pairs = obstacle(bank, "cards.a", Form.MATCHING)
    assert pairs is not None
    assert (pairs.cause, pairs.found, pairs.needed) == (Cause.TOO_FEW_PAIRS, 2, 4)


def test_a_long_answer_and_one_that_the_question_holds_are_no_typed_items() -> None:
    long = "one two three four five six seven"
    bank = bank_of(f"cards:\n  a: {{front: Say it, back: {long}}}\n  b: {{front: Who is King Arthur?, back: Arthur}}\n")
    causes = [obstacle(bank, fact, Form.TYPED) for fact in ("cards.a", "cards.b")]
    assert [each.cause for each in causes if each] == [Cause.TOO_LONG, Cause.GIVEN_AWAY]


def test_a_sample_is_spread_over_the_bank_and_never_too_large() -> None:
    assert len(sample(BANK, 100)) == len(BANK.facts)
    few = [fact.id for fact in sample(BANK, 4)]
    assert len(set(few)) == 4
    assert few[0] == next(iter(BANK.facts))
    assert sample(BANK, 0) == ()


def test_what_is_judged_is_said_once_for_each_fact_and_form() -> None:
    facts = tuple(BANK)
    found = judged(BANK, facts, 0)
    assert len(set(found)) == len(found)
    missing = {fact for fact, form, said in found if said.rule in {"F1", "F2"}}
    assert missing == {
        fact.id for fact in facts if surfaces_of(fact, Form.CHOICE) and Form.CHOICE not in forms_of(BANK, fact)
    }
