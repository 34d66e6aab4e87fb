"""Writing warnings of one item and of a whole bank."""

from dataclasses import replace
from random import Random

import pytest
from support.item_banks import bank_of, card, comparison, everything, question, statement, taxonomy

from quizapp.core.items.context import Context
from quizapp.core.items.generate import generate
from quizapp.core.items.model import ChoiceItem, Form, MatchingItem, Option, TrueFalseItem
from quizapp.core.items.survey import items_of, survey
from quizapp.core.items.warn import bank_warnings, warnings
from quizapp.core.knowledge.model import Bank

BANK = everything()
METALS = bank_of(question("q", "What is it?", "Sand", "Gold", "Iron", "Lead"))


def item_of(ask: str, right: str, *wrong: str) -> ChoiceItem:
    """Lay an item out by hand, the key first, so that nothing is levelled or left out."""
    item = generate(METALS, "questions.q", Form.CHOICE, Random(1))
    assert isinstance(item, ChoiceItem)
    options = tuple(Option(f"t{at}", text, correct=at == 0) for at, text in enumerate((right, *wrong)))
    return replace(item, options=options, head=replace(item.head, stem=ask))


def rules(item: ChoiceItem | TrueFalseItem, bank: Bank = METALS) -> set[str]:
    return {warned.rule for warned in warnings(bank, item)}


def test_a_plain_question_with_three_like_options_earns_no_warning() -> None:
    assert rules(item_of("Which metal is softest?", "Gold", "Iron", "Zinc")) == set()


@pytest.mark.parametrize(
    ("item", "rule"),
    [
        (item_of("Which one?", "Gold", "Iron", "A very long answer that sticks out"), "W1"),
        (item_of("Which one?", "Gold", "Iron"), "W2"),
        (item_of("Which one is not soft?", "Gold", "Iron", "Zinc"), "W3"),
        (item_of("Softest metal", "Gold", "Iron", "Zinc"), "W4"),
        (item_of("Which one?", *(f"{word} {'and so on ' * 5}" for word in ("Gold", "Iron", "Zinc"))), "W4"),
        (item_of("Which one?", "Made of gold", "Made of iron", "Made of zinc"), "W4"),
        (item_of("Which one?", "Gold in rings", "Iron in all things", "Zinc in pipes"), "W5"),
        (item_of("Which one?", "Usually gold", "Iron rods", "Zinc pipes"), "W5"),
        (item_of("How many?", "3", "1", "2"), "W6"),
        (item_of(f"Which one {'of them ' * 20}?", "Gold", "Iron", "Zinc"), "W7"),
        (item_of("Which one is **not** never soft?", "Gold", "Iron", "Zinc"), "W7"),
    ],
)
def test_each_rule_warns(item: ChoiceItem, rule: str) -> None:
    assert rule in rules(item)


def test_an_emphasised_not_is_allowed() -> None:
    assert "W3" not in rules(item_of("Which one is **not** soft?", "Gold", "Iron", "Zinc"))


def test_a_definition_that_denies_something_is_no_denying_stem() -> None:
    bank = taxonomy("t", {key: (f"Name{key}", f"It is not {key * 4}", {}) for key in "abcd"})
    item = generate(bank, "t.a.definition", Form.CHOICE, Random(1), Context(avoid_surface="definition"))
    assert isinstance(item, ChoiceItem)
    assert "W3" not in rules(item, bank)


def test_figures_in_order_earn_no_warning() -> None:
    assert rules(item_of("How many?", "3", "4", "5")) == set()


def test_a_denying_statement_is_warned_of() -> None:
    bank = statement("no", "A captive unit has no parent.", is_true=False)
    item = generate(bank, "statements.no", Form.TRUE_FALSE, Random(1))
    assert isinstance(item, TrueFalseItem)
    assert rules(item, bank) == {"W3"}


def test_a_bank_whose_keys_are_the_longest_is_warned_of() -> None:
    telling = [item_of("Which one?", "Gold and silver", "Iron", "Zinc") for _ in range(30)]
    fair = [item_of("Which one?", "Gold", "Iron", "Zinc") for _ in range(30)]
    assert "W1" in {warned.rule for warned in bank_warnings(BANK, telling)}
    assert "W1" not in {warned.rule for warned in bank_warnings(BANK, fair)}


def test_a_bank_whose_keys_stand_first_is_warned_of() -> None:
    first = [item_of("Which one?", "Gold", "Iron", "Zinc") for _ in range(30)]
    turned = [replace(item, options=item.options[at % 3 :] + item.options[: at % 3]) for at, item in enumerate(first)]
    assert [warned.rule for warned in bank_warnings(BANK, first)] == ["W6"]
    assert bank_warnings(BANK, turned) == ()
    assert bank_warnings(BANK, first[:10]) == ()


def test_a_survey_of_a_sound_bank_finds_nothing_broken() -> None:
    found = survey(BANK, seed=3, per_fact=2)
    assert found.broken == ()
    assert found.bank_warned == ()
    assert found.without_choice == ("cards.lone",)
    assert found.facts[Form.CLOZE] == 4
    assert found.items[Form.CLOZE] == 8
    assert set(found.facts) == set(Form)
    assert all(rule.rule.startswith("W") for *_, rule in found.warned)


def test_a_survey_names_facts_of_which_no_choice_can_be_made() -> None:
    bank = bank_of(
        comparison("pair", {"a": "One", "b": "Two"}, {"size": {"a": "Small boats", "b": "Large cranes"}}),
        card("alone", "What is it?", "A thing"),
        statement("said", "It is so.", is_true=True),
    )
    assert survey(bank, seed=1, per_fact=1).without_choice == ("pair.size.a", "pair.size.b", "cards.alone")


def test_items_of_one_form_can_be_listed_and_made_again() -> None:
    first = list(items_of(BANK, seed=5, per_fact=2, form=Form.MATCHING))
    assert first == list(items_of(BANK, seed=5, per_fact=2, form=Form.MATCHING))
    assert first
    assert all(isinstance(item, MatchingItem) for _, item in first)
    assert {fact for fact, _ in first} <= set(BANK.facts)
