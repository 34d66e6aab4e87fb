"""Each row of the table of forms that a section of a knowledge file affords."""

from random import Random

import pytest
from support.item_banks import bank_of, card, everything

from quizapp.core.items.context import Context
from quizapp.core.items.generate import forms_of, generate, variants
from quizapp.core.items.model import ChoiceItem, FlashcardItem, Form, Item, MatchingItem, TrueFalseItem, TypedItem

BANK = everything()

TABLE = {
    "models.control.in": {
        Form.CHOICE: {"value", "concept", "statement"},
        Form.MATCHING: {"match-concepts", "match-attributes"},
        Form.TRUE_FALSE: {"value"},
        Form.TYPED: {"value", "concept"},
        Form.FLASHCARD: {"value"},
    },
    "centres.near.definition": {
        Form.CHOICE: {"term", "definition"},
        Form.MATCHING: {"match-definitions"},
        Form.TYPED: {"term"},
        Form.FLASHCARD: {"term", "definition"},
    },
    "centres.near.examples.helsinki": {
        Form.CHOICE: {"example"},
        Form.MATCHING: {"match-examples"},
        Form.TYPED: {"example"},
        Form.FLASHCARD: {"example"},
    },
    "costs.once.severance": {
        Form.CHOICE: {"group", "member", "odd"},
        Form.MATCHING: {"match-members"},
        Form.TRUE_FALSE: {"group"},
    },
    "cards.tco": {
        Form.CHOICE: {"front", "back"},
        Form.MATCHING: {"match-backs"},
        Form.TYPED: {"front", "back"},
        Form.FLASHCARD: {"front", "back"},
    },
    "cards.lone": {Form.TYPED: {"front"}, Form.FLASHCARD: {"front"}},
    "questions.forgotten": {Form.CHOICE: {"written"}},
    "statements.cheap": {Form.TRUE_FALSE: {"written"}},
    "cloze.arbitrage.2": {Form.CLOZE: {"gap"}, Form.CHOICE: {"gap"}},
}


@pytest.mark.parametrize("fact", TABLE)
def test_a_section_affords_the_forms_of_its_row(fact: str) -> None:
    offered = {form: set(variants(BANK, fact, form)) for form in forms_of(BANK, BANK.facts[fact])}
    assert offered == TABLE[fact]


def of(fact: str, form: Form, surface: str) -> Item:
    for seed in range(60):
        item = generate(BANK, fact, form, Random(seed))
        if item is not None and item.head.surface == surface:
            return item
    pytest.fail(f"no {surface} of {fact} in sixty")


def key_of(item: Item) -> str:
    assert isinstance(item, ChoiceItem)
    return next(option.text for option in item.options if option.correct)


def pairs_of(item: Item) -> dict[str, str]:
    assert isinstance(item, MatchingItem)
    texts = {response.token: response.text for response in item.responses}
    return {premise.text: texts[item.key[premise.token]] for premise in item.premises}


def test_comparison_value_of_a_concept() -> None:
    item = of("models.control.in", Form.CHOICE, "value")
    assert item.head.stem == "How is work steered in Insourcing?"
    assert key_of(item) == "Direct orders"


def test_comparison_concept_with_a_value() -> None:
    item = of("models.control.in", Form.CHOICE, "concept")
    assert item.head.stem == "Which model is steered by Direct orders?"
    assert key_of(item) == "Insourcing"


def test_comparison_statement_that_is_true_of_a_concept() -> None:
    item = of("models.control.in", Form.CHOICE, "statement")
    assert "Insourcing" in item.head.stem
    assert key_of(item) == "Control: Direct orders"
    assert isinstance(item, ChoiceItem)
    assert all(option.fact and not option.fact.endswith(".in") for option in item.options if not option.correct)


def test_comparison_values_matched_with_concepts() -> None:
    item = of("levels.skill.low", Form.MATCHING, "match-concepts")
    assert isinstance(item, MatchingItem)
    assert item.reusable
    assert "more than once" in item.head.stem
    assert pairs_of(item)["Skill: Follows a manual"] == "Junior role"


def test_comparison_attributes_matched_with_values_of_one_concept() -> None:
    item = of("models.control.in", Form.MATCHING, "match-attributes")
    assert isinstance(item, MatchingItem)
    assert not item.reusable
    assert "Insourcing" in item.head.stem
    assert pairs_of(item)["Control"] == "Direct orders"
    assert "left over" in item.head.stem


def test_comparison_true_false_uses_the_ask_or_a_colon_phrase() -> None:
    asked = of("models.control.in", Form.TRUE_FALSE, "value")
    plain = of("models.risk.in", Form.TRUE_FALSE, "value")
    assert asked.head.stem.startswith("How is work steered in Insourcing? – ")
    assert plain.head.stem.startswith("Insourcing · Risk: ")


def test_comparison_typed_and_flashcard() -> None:
    typed = of("models.control.in", Form.TYPED, "value")
    flashcard = of("models.control.in", Form.FLASHCARD, "value")
    assert isinstance(typed, TypedItem)
    assert typed.key == "Direct orders"
    assert isinstance(flashcard, FlashcardItem)
    assert flashcard.back == "Direct orders"


def test_taxonomy_choice_three_ways() -> None:
    term = of("centres.near.definition", Form.CHOICE, "term")
    definition = of("centres.near.definition", Form.CHOICE, "definition")
    example = of("centres.near.examples.helsinki", Form.CHOICE, "example")
    assert key_of(term) == key_of(example) == "Nearshoring"
    assert key_of(definition) == "Moving work to a neighbouring country"


def test_taxonomy_matching_two_ways() -> None:
    definitions = of("centres.near.definition", Form.MATCHING, "match-definitions")
    examples = of("centres.near.examples.helsinki", Form.MATCHING, "match-examples")
    assert isinstance(definitions, MatchingItem)
    assert not definitions.reusable
    assert pairs_of(definitions)["Moving work to a neighbouring country"] == "Nearshoring"
    assert isinstance(examples, MatchingItem)
    assert examples.reusable
    assert pairs_of(examples)["Helsinki sends bookkeeping to Tallinn"] == "Nearshoring"


def test_group_of_a_member_and_member_of_a_group() -> None:
    assert key_of(of("costs.once.severance", Form.CHOICE, "group")) == "One-off"
    member = of("costs.once.severance", Form.CHOICE, "member")
    assert key_of(member) == "Severance pay"
    assert "One-off" in member.head.stem


def test_group_odd_one_out_is_evidence_for_the_odd_member() -> None:
    item = of("costs.once.severance", Form.CHOICE, "odd")
    assert isinstance(item, ChoiceItem)
    assert key_of(item) == "Severance pay"
    assert item.head.facts == ("costs.once.severance",)
    assert "**not**" in item.head.stem
    assert len({option.fact.split(".")[1] for option in item.options if option.fact and not option.correct}) == 1


def test_group_members_sorted_into_groups() -> None:
    item = of("costs.once.severance", Form.MATCHING, "match-members")
    assert isinstance(item, MatchingItem)
    assert item.reusable
    assert pairs_of(item)["Severance pay"] == "One-off"


def test_group_true_false() -> None:
    item = of("costs.once.severance", Form.TRUE_FALSE, "group")
    assert isinstance(item, TrueFalseItem)
    assert item.head.stem.startswith("Severance pay · costs: ")
    assert item.value_of is None


def test_cards_are_asked_backwards_only_when_the_author_says_so() -> None:
    bank = bank_of(card("once", "TCO", "Total cost of ownership"), card("twice", "RFP", "Bid call", both_ways=True))
    assert variants(bank, "cards.once", Form.FLASHCARD) == ("front",)
    assert set(variants(bank, "cards.twice", Form.FLASHCARD)) == {"front", "back"}


def test_a_card_whose_front_is_no_question_is_asked_by_a_phrase_but_shown_bare() -> None:
    assert of("cards.tco", Form.TYPED, "front").head.stem == "What goes with this? TCO"
    assert of("cards.tco", Form.FLASHCARD, "front").head.stem == "TCO"
    assert of("cards.lone", Form.TYPED, "front").head.stem == "What comes before a contract is signed?"


def test_cards_of_one_tag_are_matched() -> None:
    assert pairs_of(of("cards.tco", Form.MATCHING, "match-backs"))["Total cost of ownership"] == "TCO"


def test_questions_and_statements_stay_as_written() -> None:
    item = of("questions.two", Form.CHOICE, "written")
    assert isinstance(item, ChoiceItem)
    assert item.head.stem == "Who pays for the move?"
    assert {option.text for option in item.options} == {"The client", "The vendor"}
    assert next(o.because for o in item.options if not o.correct) == "because of The vendor"
    statement = of("statements.cheap", Form.TRUE_FALSE, "written")
    assert isinstance(statement, TrueFalseItem)
    assert statement.head.stem == "The lowest bid has the lowest total expense."
    assert not statement.is_true
    assert statement.head.why == "So it is."


def test_a_handwritten_question_shows_three_of_its_four_wrong_answers() -> None:
    shown = set()
    for seed in range(40):
        item = generate(BANK, "questions.forgotten", Form.CHOICE, Random(seed), Context())
        assert isinstance(item, ChoiceItem)
        assert len(item.options) == 4
        shown |= {option.text for option in item.options}
    assert len(shown) == 5
