"""A second language beside an item helps to read it and never tells the answer."""

from dataclasses import replace
from random import Random

import pytest
from support.tongues import rivers
from support.translations import BANKS, bank_of, made

from quizapp.core.items.audit import audit
from quizapp.core.items.beside import beside, told
from quizapp.core.items.generate import generate
from quizapp.core.items.model import ChoiceItem, FlashcardItem, Form, Item, MatchingItem, TypedItem
from quizapp.core.items.translated import translated
from quizapp.core.knowledge.model import Bank, Card
from quizapp.core.knowledge.normalise import fold

PAIRS = [("fi", "sv"), ("sv", "nb"), ("de", "en"), ("en", "fi")]
ENGLISH, SWEDISH = rivers()


def asked(fact: str, form: Form, bank: Bank = ENGLISH, seed: int = 1) -> Item:
    item = generate(bank, fact, form, Random(seed))
    assert item is not None
    return item


def with_front(bank: Bank, front: str) -> Bank:
    card = bank.facts["cards.delta"]
    assert isinstance(card, Card)
    return replace(bank, facts={**bank.facts, card.id: replace(card, front=front)})


@pytest.mark.parametrize("form", [Form.TYPED, Form.FLASHCARD, Form.CHOICE])
def test_nothing_stands_beside_a_question_whose_other_words_say_the_answer(form: Form) -> None:
    telling = with_front(SWEDISH, "Vad heter deltaland vid en flodmynning?")
    assert beside(asked("cards.delta", form), ENGLISH, telling) is None


@pytest.mark.parametrize("form", [Form.TYPED, Form.FLASHCARD])
def test_the_answer_of_the_first_language_is_not_in_the_words_of_the_second(form: Form) -> None:
    telling = with_front(SWEDISH, "Vad kallas land i ett floddelta?")
    assert beside(asked("cards.delta", form), ENGLISH, telling) is None


def test_nothing_stands_beside_a_question_that_an_earlier_one_answers_in_the_second_language() -> None:
    item = asked("cards.delta", Form.TYPED)
    assert beside(item, ENGLISH, SWEDISH, ["Vad växer i ett deltaland?"]) is None
    assert beside(item, ENGLISH, SWEDISH, ["Vad växer i ett kärr?"]) is not None


def test_a_fact_without_a_translation_has_nothing_beside_it() -> None:
    holes = rivers(("  fen: {front: Vad kallas flack våtmark?, back: Kärr}\n", ""))[1]
    assert beside(asked("cards.fen", Form.FLASHCARD), ENGLISH, holes) is None
    assert told(asked("cards.fen", Form.FLASHCARD), ENGLISH, holes) is None


def test_options_have_a_second_line_all_or_none() -> None:
    holes = rivers(("  fen: {front: Vad kallas flack våtmark?, back: Kärr}\n", ""))[1]
    for seed in range(10):
        item = asked("cards.delta", Form.CHOICE, seed=seed)
        found = beside(item, ENGLISH, holes)
        assert isinstance(item, ChoiceItem)
        assert found is not None
        assert found.stem == "Vad kallas land vid en flodmynning?"
        hole = "cards.fen" in [option.fact for option in item.options]
        assert len(found.texts) == (0 if hole else len(item.options))


@pytest.mark.parametrize("alone", ["right: The Volga", "wrong: others"])
def test_the_key_alone_never_has_or_lacks_a_second_line(alone: str) -> None:
    if alone.startswith("right"):
        changes = [("right: Volgafloden", "right: The Volga")]
    else:
        changes = [("text: Seinefloden", "text: The Seine"), ("Pofloden", "The Po"), ("Ebrofloden", "The Ebro")]
    found = beside(asked("questions.longest", Form.CHOICE), ENGLISH, rivers(*changes)[1])
    assert found is None or found.texts == {}


def test_what_reads_the_same_in_both_languages_is_not_said_twice() -> None:
    same = rivers(("front: Vad kallas flack våtmark?", "front: 'What is flat wet land called?'"))[1]
    found = told(asked("cards.fen", Form.FLASHCARD), ENGLISH, same)
    assert found is not None
    assert (found.stem, found.answer) == ("", "Kärr")


def test_a_set_to_match_has_every_text_in_both_languages() -> None:
    item = asked("seas.north.rhine", Form.MATCHING)
    found = beside(item, ENGLISH, SWEDISH)
    assert isinstance(item, MatchingItem)
    assert found is not None
    assert found.texts.keys() == {premise.token for premise in item.premises} | {
        response.token for response in item.responses
    }
    names = {response.text: found.texts[response.token] for response in item.responses}
    assert names.get("Black Sea", "Svarta havet") == "Svarta havet"


def test_the_answer_and_why_are_told_once_the_question_is_answered() -> None:
    item = asked("cards.delta", Form.TYPED)
    before, after = beside(item, ENGLISH, SWEDISH), told(item, ENGLISH, SWEDISH)
    assert before is not None
    assert after is not None
    assert (before.stem, before.answer, before.why) == ("Vad kallas land vid en flodmynning?", "", "")
    assert (after.stem, after.answer, after.why) == (before.stem, "Deltaland", "Det har bokstavens form.")


@pytest.mark.parametrize(("one", "other"), PAIRS)
@pytest.mark.parametrize("name", BANKS)
def test_before_the_answer_no_item_of_a_shipped_bank_tells_it(name: str, one: str, other: str) -> None:
    shown, second = bank_of(name, one), bank_of(name, other)
    seen = 0
    for item in made(name, one):
        found = beside(item, shown, second)
        if found is None:
            continue
        seen += 1
        assert (found.answer, found.why, found.whys) == ("", "", {})
        whole = translated(item, shown, second)
        assert whole is not None
        assert [broken.rule for broken in audit(second, whole) if broken.rule[0] == "E"] == []
        if isinstance(item, TypedItem | FlashcardItem):
            rights = (item.key, *item.accept) if isinstance(item, TypedItem) else (item.back,)
            words = f" {fold(f'{found.stem} {found.hint}', one)} "
            assert [right for right in rights if f" {fold(right, one)} " in words] == []
    assert seen > 0.9 * len(made(name, one))
