"""An item is the same question in every edition, and is made of one edition alone."""

from collections.abc import Iterable
from dataclasses import replace
from random import Random

import pytest
from support.tongues import answers_of, plain, rivers
from support.translations import BANKS, LANGUAGES, bank_of, made

from quizapp.core.items.audit import audit
from quizapp.core.items.context import Context
from quizapp.core.items.generate import forms_of, generate
from quizapp.core.items.model import ChoiceItem, Form, Item, MatchingItem, TrueFalseItem
from quizapp.core.items.reasked import reasked
from quizapp.core.items.translated import translated

ALL = ("en", *LANGUAGES)
PAIRS = [("en", "fi"), ("fi", "sv"), ("sv", "de"), ("de", "nb"), ("nb", "en")]
ENGLISH, SWEDISH = rivers()


def texts_of(item: Item) -> Iterable[str]:
    if isinstance(item, ChoiceItem):
        return [option.text for option in item.options]
    if isinstance(item, MatchingItem):
        return [*(premise.text for premise in item.premises), *(response.text for response in item.responses)]
    return []


def test_a_fact_that_the_other_edition_does_not_have_cannot_be_said_in_it() -> None:
    item = generate(ENGLISH, "cards.fen", Form.FLASHCARD, Random(1))
    assert item is not None
    assert translated(item, ENGLISH, replace(SWEDISH, facts={})) is None


def test_words_that_the_bank_no_longer_has_cannot_be_said_in_another_language() -> None:
    item = generate(ENGLISH, "questions.longest", Form.CHOICE, Random(1))
    assert isinstance(item, ChoiceItem)
    odd = replace(item, options=(replace(item.options[0], text="The Thames"), *item.options[1:]))
    assert translated(odd, ENGLISH, SWEDISH) is None
    assert translated(replace(item, head=replace(item.head, stem="Which?")), ENGLISH, SWEDISH) is None


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_every_item_of_a_bank_can_be_said_in_every_language(one: str, other: str) -> None:
    for name in BANKS:
        then, now = bank_of(name, one), bank_of(name, other)
        lost = [item.head.facts[0] for item in made(name, one) if translated(item, then, now) is None]
        assert lost == []


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_an_item_said_in_another_language_and_back_is_the_item_itself(one: str, other: str) -> None:
    then, now = bank_of("bpo-and-kpo", one), bank_of("bpo-and-kpo", other)
    for item in made("bpo-and-kpo", one):
        if not isinstance(item, ChoiceItem | MatchingItem | TrueFalseItem):
            continue
        there = translated(item, then, now)
        assert there is not None
        assert (there.head.language, there.head.facts) == (other, item.head.facts)
        back = translated(there, now, then)
        assert back is not None
        assert (back.head.stem, texts_of(back)) == (item.head.stem, texts_of(item))


def test_tokens_and_key_stay_when_an_item_is_said_in_another_language() -> None:
    for form in (Form.CHOICE, Form.MATCHING):
        item = generate(ENGLISH, "seas.north.rhine" if form is Form.MATCHING else "cards.fen", form, Random(2))
        assert item is not None
        other = translated(item, ENGLISH, SWEDISH)
        assert other is not None
        if isinstance(item, MatchingItem) and isinstance(other, MatchingItem):
            assert other.key == item.key
            assert [each.token for each in other.responses] == [each.token for each in item.responses]
        elif isinstance(item, ChoiceItem) and isinstance(other, ChoiceItem):
            assert [(each.token, each.correct) for each in other.options] == [
                (each.token, each.correct) for each in item.options
            ]


def test_feedback_for_a_wrong_choice_is_said_in_the_other_language_too() -> None:
    item = generate(ENGLISH, "questions.longest", Form.CHOICE, Random(1))
    assert item is not None
    other = translated(item, ENGLISH, SWEDISH)
    assert isinstance(other, ChoiceItem)
    assert {option.because for option in other.options if option.text == "Seinefloden"} == {"Den är kort."}


@pytest.mark.parametrize("language", ALL)
@pytest.mark.parametrize("name", BANKS)
def test_every_option_is_a_text_of_the_edition_asked(name: str, language: str) -> None:
    own = answers_of(bank_of(name, language))
    foreign = [text for item in made(name, language) for text in texts_of(item) if plain(text) not in own]
    assert foreign == []


@pytest.mark.parametrize("language", ALL)
def test_what_the_class_and_the_learner_mix_up_is_offered_in_the_edition_asked(language: str) -> None:
    bank = bank_of("bpo-and-kpo", language)
    own, asked = answers_of(bank), 0
    for fact in bank:
        if Form.CHOICE not in forms_of(bank, fact):
            continue
        others = [other.id for other in bank if other.id != fact.id]
        counts = dict.fromkeys(others, (8, 9))
        context = Context(own_confusions={others[0]: 3.0, others[-1]: 2.0}, class_counts=counts, learners=30)
        item = generate(bank, fact.id, Form.CHOICE, Random(3), context)
        if item is not None:
            asked += 1
            assert [text for text in texts_of(item) if plain(text) not in own] == []
    assert asked > 40


class TestHoles:
    """An edition that has no words for some facts."""

    ONE = rivers(("  fen: {front: Vad kallas flack våtmark?, back: Kärr}\n", ""))[1]
    MOST = rivers(
        ("  fen: {front: Vad kallas flack våtmark?, back: Kärr}\n", ""),
        ("  ford: {front: Vad kallas ett grunt ställe att gå över?, back: Vadställe}\n", ""),
    )[1]

    def test_a_translated_fact_is_never_asked_beside_texts_that_are_not(self) -> None:
        for seed in range(30):
            item = generate(self.ONE, "cards.delta", Form.CHOICE, Random(seed))
            assert isinstance(item, ChoiceItem)
            assert "cards.fen" not in [option.fact for option in item.options]

    def test_where_too_few_translated_wrong_answers_are_left_the_form_changes(self) -> None:
        assert generate(self.MOST, "cards.delta", Form.CHOICE, Random(1)) is None
        assert generate(self.MOST, "cards.delta", Form.TYPED, Random(1)) is not None

    def test_a_set_to_match_is_of_one_language(self) -> None:
        bank = rivers((", don: Donfloden}", "}"))[1]
        found = [generate(bank, "seas.north.rhine", Form.MATCHING, Random(seed)) for seed in range(20)]
        facts = [item.head.facts for item in found if item is not None]
        assert facts
        assert [each for each in facts if "seas.black.don" in each] == []


class TestReasking:
    """An open question asked in another language."""

    @pytest.mark.parametrize(("one", "other"), PAIRS)
    def test_it_is_the_same_question_and_breaks_no_rule(self, one: str, other: str) -> None:
        then, now = bank_of("bpo-and-kpo", one), bank_of("bpo-and-kpo", other)
        same = 0
        for item in made("bpo-and-kpo", one):
            fresh = reasked(item, then, now, Random(1))
            if fresh is None:  # what the languages word too differently: the sitting makes another question
                continue
            assert fresh.head.language == other
            assert fresh.head.facts[0] == item.head.facts[0]
            assert audit(now, fresh) == ()
            same += fresh.head.surface == item.head.surface
        assert same > 0.95 * len(made("bpo-and-kpo", one))

    def test_a_question_with_a_text_that_is_not_translated_is_not_half_translated(self) -> None:
        for seed in range(10):
            item = generate(ENGLISH, "cards.delta", Form.CHOICE, Random(seed))
            assert isinstance(item, ChoiceItem)
            fresh = reasked(item, ENGLISH, TestHoles.ONE, Random(1))
            if "cards.fen" in [option.fact for option in item.options]:
                assert fresh is None
            else:
                assert isinstance(fresh, ChoiceItem)
