"""Laws that every generated item keeps."""

from collections import Counter
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.item_banks import bank_of, card, comparison, everything, question

from quizapp.core.items.audit import Seen, audit
from quizapp.core.items.context import Context
from quizapp.core.items.generate import forms_of, generate, guess_rate, variants
from quizapp.core.items.model import (
    ChoiceItem,
    FlashcardItem,
    Form,
    MatchingItem,
    TrueFalseItem,
    TypedItem,
    form_of,
)
from quizapp.core.knowledge.model import Extras

BANK = everything()
ASKABLE = [(fact.id, form) for fact in BANK for form in forms_of(BANK, fact)]


def test_an_unknown_fact_is_refused() -> None:
    with pytest.raises(KeyError):
        generate(BANK, "models.staff.nobody", Form.CHOICE, Random(1))


def test_a_form_that_the_section_does_not_afford_gives_no_item() -> None:
    assert generate(BANK, "models.staff.in", Form.CLOZE, Random(1)) is None
    assert variants(BANK, "models.staff.in", Form.CLOZE) == ()


@given(st.sampled_from(ASKABLE), st.integers(0, 2**32))
@settings(max_examples=200, deadline=None)
def test_every_form_offered_gives_an_item_that_passes_the_audit(askable: tuple[str, Form], seed: int) -> None:
    fact, form = askable
    item = generate(BANK, fact, form, Random(seed))
    assert item is not None
    assert form_of(item) is form
    assert fact in item.head.facts
    assert item.head.surface in variants(BANK, fact, form)
    assert audit(BANK, item) == ()


@given(st.sampled_from(ASKABLE), st.integers(0, 2**32))
@settings(max_examples=100, deadline=None)
def test_the_same_seed_makes_the_same_item(askable: tuple[str, Form], seed: int) -> None:
    first = generate(BANK, *askable, Random(seed))
    assert first == generate(everything(), *askable, Random(seed))


def test_another_seed_makes_another_item() -> None:
    made = {generate(BANK, "models.control.in", Form.CHOICE, Random(seed)) for seed in range(20)}
    assert len(made) > 10


@given(st.sampled_from(ASKABLE), st.integers(0, 1000))
@settings(max_examples=100, deadline=None)
def test_only_matching_touches_more_than_one_fact(askable: tuple[str, Form], seed: int) -> None:
    item = generate(BANK, *askable, Random(seed))
    assert item is not None
    if isinstance(item, MatchingItem):
        assert item.head.facts == tuple(premise.fact for premise in item.premises)
    else:
        assert item.head.facts == (askable[0],)


def test_the_surface_to_avoid_is_avoided_where_there_is_another() -> None:
    context = Context(avoid_surface="value")
    surfaces = {made(seed, Form.CHOICE, context).head.surface for seed in range(30)}
    assert surfaces == {"concept", "statement"}
    only = generate(BANK, "models.control.in", Form.FLASHCARD, Random(1), context)
    assert only is not None
    assert only.head.surface == "value"


def made(seed: int, form: Form, context: Context, fact: str = "models.control.in") -> ChoiceItem | MatchingItem:
    item = generate(BANK, fact, form, Random(seed), context)
    assert isinstance(item, ChoiceItem | MatchingItem)
    return item


def test_a_key_shown_earlier_in_the_attempt_is_not_asked() -> None:
    context = Context(revealed=("It is a matter of direct orders, as was said.",))
    for form in (Form.TYPED, Form.FLASHCARD, Form.CHOICE):
        for seed in range(20):
            item = generate(BANK, "models.control.in", form, Random(seed), context)
            if item is not None:
                assert item.head.surface != "value"
                assert audit(BANK, item, Seen(revealed=context.revealed)) == ()
    assert generate(BANK, "models.control.in", Form.FLASHCARD, Random(1), context) is None


def test_a_name_is_revealed_only_beside_what_is_asked_of_it() -> None:
    mentioned = Context(revealed=("Whose people do the work in Insourcing?",), avoid_surface="value")
    told = replace(mentioned, revealed=("Insourcing · Control: Direct orders",))
    surfaces = {made(seed, Form.CHOICE, mentioned).head.surface for seed in range(20)}
    assert "concept" in surfaces
    for seed in range(20):
        item = generate(BANK, "models.control.in", Form.CHOICE, Random(seed), told)
        assert item is None or item.head.surface == "statement"


def test_keys_stand_in_every_place_alike() -> None:
    places: Counter[int] = Counter()
    for fact in ("models.control.in", "models.staff.out", "models.risk.joint", "centres.off.definition"):
        for seed in range(400):
            item = generate(BANK, fact, Form.CHOICE, Random(f"{fact}:{seed}"))
            assert isinstance(item, ChoiceItem)
            if len(item.options) == 4:
                places[[option.correct for option in item.options].index(True)] += 1
    expected = places.total() / 4
    assert sum((places[place] - expected) ** 2 / expected for place in range(4)) < 16.27  # p = .001, three degrees


def test_a_key_never_stands_four_times_running_in_one_place() -> None:
    for place in range(4):
        context = Context(key_positions=(3, place, place, place))
        for seed in range(60):
            item = generate(BANK, "models.control.in", Form.CHOICE, Random(seed), context)
            assert isinstance(item, ChoiceItem)
            assert not item.options[place].correct


def test_figures_are_ordered_by_size() -> None:
    seen = set()
    for seed in range(20):
        item = generate(BANK, "models.notice.hybrid", Form.CHOICE, Random(seed))
        assert isinstance(item, ChoiceItem)
        if item.head.surface == "value":
            seen.add(tuple(option.text for option in item.options))
    assert seen == {("3 months", "6 months", "9 months", "12 months")}


def test_tokens_are_short_distinct_and_the_same_whichever_option_is_right() -> None:
    options = ("Alpha road", "Beta lane", "Gamma walk", "Delta street")
    shown = set()
    for right in options:
        wrong = sorted(set(options) - {right})
        item = generate(bank_of(question("q", "Where is it?", right, *wrong)), "questions.q", Form.CHOICE, Random(5))
        assert isinstance(item, ChoiceItem)
        assert next(option.text for option in item.options if option.correct) == right
        shown.add((item.head.stem, tuple((option.token, option.text) for option in item.options)))
    assert len(shown) == 1


def test_swapping_two_values_of_a_table_shows_the_same_page() -> None:
    values = {"a": "Slow trains", "b": "Fast ships", "c": "Small planes", "d": "Big lorries"}
    swapped = {**values, "a": values["b"], "b": values["a"]}
    concepts = {"a": "North", "b": "South", "c": "East", "d": "West"}
    banks = [comparison("roads", concepts, {"means": row}) for row in (values, swapped)]
    compared = 0
    for seed in range(40):
        first, second = (generate(bank, "roads.means.a", Form.CHOICE, Random(seed)) for bank in banks)
        assert isinstance(first, ChoiceItem)
        assert isinstance(second, ChoiceItem)
        if first.head.surface == "value":
            assert [(o.token, o.text) for o in first.options] == [(o.token, o.text) for o in second.options]
            assert [o.correct for o in first.options] != [o.correct for o in second.options]
            compared += 1
    assert compared


def test_a_value_that_is_also_true_never_stands_against_the_key() -> None:
    surfaces = set()
    for seed in range(200):
        value = generate(BANK, "models.staff.hybrid", Form.CHOICE, Random(seed))
        assert isinstance(value, ChoiceItem)
        if value.head.surface == "value":
            assert "Own employees" not in [option.text for option in value.options]
        concept = generate(BANK, "models.staff.in", Form.CHOICE, Random(seed))
        assert isinstance(concept, ChoiceItem)
        if concept.head.surface == "concept":
            assert "Hybrid model" not in [option.text for option in concept.options]
        claim = generate(BANK, "models.staff.hybrid", Form.TRUE_FALSE, Random(seed))
        assert isinstance(claim, TrueFalseItem)
        assert claim.is_true or claim.value_of != "models.staff.in"
        surfaces |= {value.head.surface, concept.head.surface}
    assert {"value", "concept"} <= surfaces


def test_true_and_false_claims_are_equally_likely() -> None:
    claims = [generate(BANK, "models.risk.out", Form.TRUE_FALSE, Random(seed)) for seed in range(400)]
    right = sum(isinstance(item, TrueFalseItem) and item.is_true for item in claims)
    assert 160 < right < 240


def test_a_false_claim_says_whose_value_it_shows_and_what_is_right() -> None:
    for seed in range(30):
        item = generate(BANK, "models.risk.out", Form.TRUE_FALSE, Random(seed))
        assert isinstance(item, TrueFalseItem)
        if not item.is_true:
            assert item.correction == "Lock-in"
            assert item.value_of is not None
            assert item.value_of.startswith("models.risk.")
            return
    pytest.fail("no false claim in thirty")


def test_a_claim_that_cannot_be_false_is_not_made() -> None:
    lonely = comparison("lonely", {"a": "One", "b": "Two"}, {"size": {"a": "Small boats", "b": "Small boats"}})
    assert generate(lonely, "lonely.size.a", Form.TRUE_FALSE, Random(1)) is None


def test_a_choice_with_one_good_wrong_answer_is_not_made() -> None:
    pair = comparison("pair", {"a": "One", "b": "Two"}, {"size": {"a": "Small boats", "b": "Large cranes"}})
    assert all(generate(pair, "pair.size.a", Form.CHOICE, Random(seed)) is None for seed in range(20))


def test_an_author_ask_wins_over_the_phrases_and_keeps_braces_in_maths() -> None:
    bank = comparison(
        "sums",
        {"a": r"$\frac{1}{2}$", "b": "A third", "c": "A fifth", "d": "A tenth"},
        {"of": {"a": "Half portion", "b": "Small slice", "c": "Tiny crumb", "d": "Fine dust"}},
        {"of": ("What is {concept} of a cake?", "")},
    )
    item = generate(bank, "sums.of.a", Form.FLASHCARD, Random(1))
    assert item is not None
    assert item.head.stem == r"What is $\frac{1}{2}$ of a cake?"


def test_a_stem_that_holds_the_answer_is_not_asked() -> None:
    bank = bank_of(card("told", "What does a captive centre do in captive centres?", "Captive centre"))
    assert generate(bank, "cards.told", Form.FLASHCARD, Random(1)) is None
    assert generate(bank, "cards.told", Form.TYPED, Random(1)) is None


def test_a_long_answer_is_not_asked_to_be_typed() -> None:
    bank = bank_of(card("long", "Why?", "Because it has always been done so by everybody in the firm"))
    assert generate(bank, "cards.long", Form.TYPED, Random(1)) is None
    assert generate(bank, "cards.long", Form.FLASHCARD, Random(1)) is not None


def test_a_typed_item_accepts_synonyms_and_refuses_siblings() -> None:
    item = generate(BANK, "models.control.out", Form.TYPED, Random(1), Context(avoid_surface="value"))
    assert isinstance(item, TypedItem)
    assert item.key == "Outsourcing"
    assert "contracting out" in item.accept
    assert item.refuse["Insourcing"] == "models.control.in"
    assert "contracting out" not in item.refuse


def test_lookalikes_are_refused_in_a_deck_too_large_to_list() -> None:
    words = [f"word{first}{second}" for first in "abcdefghijklmnop" for second in "abcdefghijklmnop"]
    deck = bank_of(
        *(card(f"n{at}", f"Front number {at}", word * 3) for at, word in enumerate(words)),
        card("one", "Influence as a verb", "affect"),
        card("two", "Influence as a noun", "effect"),
    )
    for seed in range(5):
        item = generate(deck, "cards.one", Form.TYPED, Random(seed))
        assert isinstance(item, TypedItem)
        assert item.refuse["effect"] == "cards.two"
        assert len(item.refuse) <= 210


def test_a_gap_shows_the_text_around_it_and_a_choice_empties_its_siblings() -> None:
    typed = generate(BANK, "cloze.arbitrage.2", Form.CLOZE, Random(1))
    choice = generate(BANK, "cloze.arbitrage.2", Form.CHOICE, Random(1))
    assert isinstance(typed, TypedItem)
    assert typed.head.stem == "Offshoring relies on wage gaps, nearshoring on ___ and crowdsourcing on volunteers."
    assert typed.form is Form.CLOZE
    assert isinstance(choice, ChoiceItem)
    assert "Offshoring relies on […], nearshoring on ___ and crowdsourcing on […]." in choice.head.stem
    assert {"Wage gaps", "Closeness", "wage gaps", "closeness"} & {option.text for option in choice.options}


def test_an_article_before_a_gap_does_not_point_at_the_key() -> None:
    bank = question("gap", "It is an ___.", "offer", "bid", "tender", extras=Extras())
    assert generate(bank, "questions.gap", Form.CHOICE, Random(1)) is None


def test_capitals_and_full_stops_do_not_point_at_the_key() -> None:
    bank = question("mixed", "What grows?", "Oaks and elms.", "stones", "Rivers", "Clouds of dust")
    item = generate(bank, "questions.mixed", Form.CHOICE, Random(1))
    assert isinstance(item, ChoiceItem)
    assert {option.text for option in item.options} == {"Oaks and elms", "Stones", "Rivers", "Clouds of dust"}


def test_options_about_other_options_are_left_out() -> None:
    bank = question("all", "What is cheap?", "Sand", "Gold", "Silver", "All of the above")
    item = generate(bank, "questions.all", Form.CHOICE, Random(1))
    assert isinstance(item, ChoiceItem)
    assert {option.text for option in item.options} == {"Sand", "Gold", "Silver"}


def test_the_guess_rate_is_one_in_the_number_of_ways_to_answer() -> None:
    rates = {form: generate(BANK, fact, form, Random(1)) for fact, form in ASKABLE}
    for form, item in rates.items():
        assert item is not None
        match item:
            case ChoiceItem():
                assert guess_rate(item) == 1 / len(item.options)
            case MatchingItem():
                assert guess_rate(item) == 1 / len(item.responses)
            case TrueFalseItem():
                assert guess_rate(item) == 0.5
            case TypedItem() | FlashcardItem():
                assert guess_rate(item) == 0
        assert form_of(item) is form


def test_a_fact_shown_in_its_source_language_is_marked() -> None:
    bank = replace(BANK, untranslated=frozenset({"models.risk.in"}))
    for fact, marked in (("models.risk.in", True), ("models.risk.out", False)):
        item = generate(bank, fact, Form.FLASHCARD, Random(1))
        assert item is not None
        assert item.head.untranslated is marked
