"""The auditor finds each rule broken by hand in an item that was sound."""

from dataclasses import replace
from random import Random
from typing import TypeVar

import pytest
from support.item_banks import bank_of, comparison, everything, question

from quizapp.core.items.audit import Seen, audit
from quizapp.core.items.generate import generate
from quizapp.core.items.model import ChoiceItem, FlashcardItem, Form, Item, Option, TrueFalseItem, TypedItem
from quizapp.core.knowledge.model import Bank

BANK = everything()
_Kind = TypeVar("_Kind", ChoiceItem, TrueFalseItem, TypedItem, FlashcardItem)


def sound(kind: type[_Kind], fact: str, form: Form, surface: str, bank: Bank = BANK) -> _Kind:
    for seed in range(80):
        item = generate(bank, fact, form, Random(seed))
        if isinstance(item, kind) and item.head.surface == surface:
            assert audit(bank, item) == ()
            return item
    pytest.fail(f"no {surface} of {fact}")


def choice(fact: str = "models.control.in", surface: str = "value", bank: Bank = BANK) -> ChoiceItem:
    return sound(ChoiceItem, fact, Form.CHOICE, surface, bank)


def rules(item: Item, bank: Bank = BANK, seen: Seen | None = None) -> set[str]:
    return {broken.rule for broken in audit(bank, item, seen or Seen())}


def with_wrong(item: ChoiceItem, text: str) -> ChoiceItem:
    """Put another text on the first wrong option."""
    at = next(place for place, option in enumerate(item.options) if not option.correct)
    options = list(item.options)
    options[at] = replace(options[at], text=text)
    return replace(item, options=tuple(options))


def with_key(item: ChoiceItem, text: str) -> ChoiceItem:
    options = [replace(option, text=text) if option.correct else option for option in item.options]
    return replace(item, options=tuple(options))


@pytest.mark.parametrize("text", ["Direct orders", "the direct order", "DIRECT ORDERS!", "Direct orders from above"])
def test_a_wrong_option_that_may_stand_for_the_key_breaks_e1(text: str) -> None:
    assert "E1" in rules(with_wrong(choice(), text))


def test_no_key_or_two_keys_break_e1() -> None:
    item = choice()
    none = tuple(replace(option, correct=False) for option in item.options)
    every = tuple(replace(option, correct=True) for option in item.options)
    assert rules(replace(item, options=none)) == {"E1"}
    assert rules(replace(item, options=every)) == {"E1"}


def test_a_key_that_the_bank_does_not_hold_breaks_e1() -> None:
    assert "E1" in rules(with_key(choice(), "Gentle hints"))


def test_two_options_or_five_break_e1() -> None:
    item = choice()
    key = next(option for option in item.options if option.correct)
    wrong = [option for option in item.options if not option.correct]
    assert "E1" in rules(replace(item, options=(key, wrong[0])))
    assert "E1" in rules(replace(item, options=(*item.options, Option("zzzz", "Loose talk", correct=False))))


def test_a_value_that_is_also_true_breaks_e2() -> None:
    assert rules(with_wrong(choice("models.staff.hybrid"), "Own employees")) == {"E2"}
    assert rules(with_wrong(choice("models.staff.in", "concept"), "Hybrid model")) == {"E2"}


def test_an_accepted_answer_among_the_wrong_ones_breaks_e2() -> None:
    assert "E2" in rules(with_wrong(choice("models.staff.in"), "In-house staff"))


def test_a_synonym_of_the_right_concept_breaks_e2() -> None:
    assert "E2" in rules(with_wrong(choice("models.control.out", "concept"), "Contracting out"))


def test_another_true_statement_breaks_e2() -> None:
    assert "E2" in rules(with_wrong(choice(surface="statement"), "Risk: Idle capacity"))


def test_another_member_of_the_group_breaks_e2() -> None:
    assert "E2" in rules(with_wrong(choice("costs.once.severance", "member"), "Vendor search"))


def test_a_second_odd_one_breaks_e1() -> None:
    assert "E1" in rules(with_wrong(choice("costs.once.severance", "odd"), "Vendor search"))


def test_options_that_say_the_same_break_e3() -> None:
    item = choice()
    other = [option.text for option in item.options if not option.correct][1]
    assert "E3" in rules(with_wrong(item, f"the {other.upper()}"))
    twin = tuple(replace(option, token="same") for option in item.options)
    assert "E3" in rules(replace(item, options=twin))


def test_a_key_that_alone_echoes_the_stem_breaks_e4() -> None:
    item = choice()
    stem = "Which orders are direct in Insourcing?"
    assert rules(replace(item, head=replace(item.head, stem=stem))) == {"E4"}


def test_a_typed_stem_that_holds_the_answer_breaks_e4() -> None:
    typed = sound(TypedItem, "models.control.in", Form.TYPED, "value")
    told = replace(typed, head=replace(typed.head, stem="By direct orders: what is Insourcing steered by?"))
    assert rules(told) == {"E4"}
    flashcard = sound(FlashcardItem, "models.control.in", Form.FLASHCARD, "value")
    assert rules(replace(flashcard, head=replace(flashcard.head, stem="A direct order?"))) == {"E4"}


@pytest.mark.parametrize("text", ["All of the above", "None of these", "Both A and B"])
def test_an_option_about_other_options_breaks_e5(text: str) -> None:
    assert "E5" in rules(with_wrong(choice(), text))


@pytest.mark.parametrize("text", ["1995-05-01", "12 %", "42"])
def test_an_option_of_another_type_breaks_e6(text: str) -> None:
    assert rules(with_wrong(choice(), text)) == {"E6"}


def test_an_article_a_capital_or_a_full_stop_at_the_key_breaks_e7() -> None:
    bank = bank_of(question("gap", "It is a ___.", "tender", "bid", "plan", "deal"))
    item = choice("questions.gap", "written", bank)
    assert rules(with_wrong(item, "offer"), bank) == {"E7"}
    assert rules(with_wrong(item, "contracts"), bank) == {"E7"}
    assert rules(with_key(choice(), "direct orders")) == {"E7"}
    assert rules(with_key(choice(), "Direct orders.")) == {"E7"}


def test_a_key_shown_before_breaks_e8() -> None:
    item = choice()
    assert rules(item, seen=Seen(revealed=("These were direct orders.",))) == {"E8"}
    assert rules(item, seen=Seen(revealed=("These were orders.",))) == set()


def test_a_name_shown_before_breaks_e8_only_beside_what_is_asked() -> None:
    item = choice(surface="concept")
    assert rules(item, seen=Seen(revealed=("Insourcing is old.",))) == set()
    assert rules(item, seen=Seen(revealed=("Insourcing: direct orders",))) == {"E8"}


def test_typed_and_flashcard_items_keep_e8_too() -> None:
    seen = Seen(revealed=("These were direct orders.",))
    assert rules(sound(TypedItem, "models.control.in", Form.TYPED, "value"), seen=seen) == {"E8"}
    assert rules(sound(FlashcardItem, "models.control.in", Form.FLASHCARD, "value"), seen=seen) == {"E8"}


def test_a_sentence_that_is_called_what_it_is_not_breaks_e1_or_e2() -> None:
    for seed in range(20):
        item = generate(BANK, "models.risk.in", Form.TRUE_FALSE, Random(seed))
        assert isinstance(item, TrueFalseItem)
        assert rules(replace(item, is_true=not item.is_true, correction="Idle capacity")) & {"E1", "E2"}


def test_a_false_sentence_with_a_value_that_is_also_true_breaks_e2() -> None:
    false = TrueFalseItem(
        head=replace(
            sound(TrueFalseItem, "models.staff.hybrid", Form.TRUE_FALSE, "value").head,
            stem="Whose people do the work in Hybrid model? – Own employees",
        ),
        is_true=False,
        correction="A mix of teams",
        value_of="models.staff.in",
    )
    assert rules(false) == {"E2"}


def test_a_false_correction_breaks_e1() -> None:
    for seed in range(20):
        item = generate(BANK, "models.risk.in", Form.TRUE_FALSE, Random(seed))
        if isinstance(item, TrueFalseItem) and not item.is_true:
            assert rules(replace(item, correction="Lock-in")) == {"E1"}
            return
    pytest.fail("no false sentence in twenty")


def test_a_statement_turned_round_breaks_e1() -> None:
    item = sound(TrueFalseItem, "statements.cheap", Form.TRUE_FALSE, "written")
    assert rules(replace(item, is_true=True)) == {"E1"}


def test_accepting_what_is_false_or_refusing_what_is_true_is_found() -> None:
    item = sound(TypedItem, "models.control.out", Form.TYPED, "concept")
    assert rules(replace(item, accept=(*item.accept, "Insourcing"))) == {"E1", "E3"}
    assert "E2" in rules(replace(item, refuse={**item.refuse, "contracting out": "models.control.in"}))


def test_a_flashcard_with_another_back_breaks_e1() -> None:
    item = sound(FlashcardItem, "models.control.in", Form.FLASHCARD, "value")
    assert rules(replace(item, back="Written agreements")) == {"E1"}


def test_truth_is_read_from_the_bank_and_not_from_the_item() -> None:
    concepts = {"a": "North", "b": "South", "c": "East", "d": "West"}
    values = {"a": "Slow trains", "b": "Fast ships", "c": "Small planes", "d": "Big lorries"}
    bank = comparison("roads", concepts, {"means": values})
    item = choice("roads.means.a", "value", bank)
    changed = comparison("roads", concepts, {"means": {**values, "a": "Fast ships", "b": "Slow trains"}})
    assert rules(item, changed) == {"E1", "E2"}
