"""Recorded answers are judged by what the bank says now; where it says the same, nothing changes."""

from collections.abc import Mapping
from dataclasses import replace
from random import Random
from typing import Any, TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.item_banks import bank_of, cloze, comparison, everything, statement

from quizapp.core.items.editions import Editions
from quizapp.core.items.generate import forms_of, generate
from quizapp.core.items.grade import grade
from quizapp.core.items.model import (
    Answer,
    ChoiceAnswer,
    ChoiceItem,
    FlashcardAnswer,
    FlashcardItem,
    Form,
    Graded,
    Item,
    MatchingAnswer,
    MatchingItem,
    TrueFalseAnswer,
    TrueFalseItem,
    TypedAnswer,
    TypedItem,
)
from quizapp.core.items.regrade import Kind, Regraded, regrade
from quizapp.core.knowledge.model import Bank, Extras, Gap

BANK = everything()
ASKABLE = [(fact.id, form) for fact in BANK for form in forms_of(BANK, fact)]
Kept = TypeVar("Kept", ChoiceItem, TrueFalseItem, TypedItem, FlashcardItem, MatchingItem)


def edited(bank: Bank, edits: Mapping[str, Mapping[str, Any]]) -> Bank:
    """Change fields of facts; an `extras` is given as its changed fields."""
    facts = dict(bank.facts)
    for key, fields in edits.items():
        extras = replace(facts[key].extras, **fields.get("extras", {}))
        rest = {name: value for name, value in fields.items() if name != "extras"}
        facts[key] = replace(facts[key], extras=extras, **rest)
    return replace(bank, facts=facts)


def without(bank: Bank, *keys: str) -> Bank:
    """Retire cells of the comparisons."""
    tables = {
        name: replace(table, cells={place: key for place, key in table.cells.items() if key not in keys})
        for name, table in bank.comparisons.items()
    }
    return replace(bank, comparisons=tables, facts={key: fact for key, fact in bank.facts.items() if key not in keys})


def item_of(kind: type[Kept], fact: str, form: Form, surface: str, bank: Bank = BANK, **has: Any) -> Kept:
    for seed in range(200):
        item = generate(bank, fact, form, Random(seed))
        if isinstance(item, kind) and item.head.surface == surface:
            texts: list[str] = [option.text for option in item.options] if isinstance(item, ChoiceItem) else []
            if set(has.get("offering", ())) <= set(texts) and getattr(item, "is_true", None) is has.get("is_true"):
                return item
    pytest.fail(f"no {surface} of {fact}")


def chosen(item: ChoiceItem, text: str) -> ChoiceAnswer:
    return ChoiceAnswer(next(option.token for option in item.options if option.text == text))


def judged(item: Item, answer: Answer | None, now: Bank, then: Bank = BANK) -> Regraded:
    return regrade(item, answer, Editions(then, now))


def kinds(found: Regraded) -> list[Kind]:
    return [cause.kind for cause in found.causes]


def an_answer(item: Item, chance: Random) -> Answer:
    match item:
        case ChoiceItem(options=options):
            return ChoiceAnswer(chance.choice(options).token, chance.random() < 0.2)
        case TrueFalseItem():
            return TrueFalseAnswer(chance.random() < 0.5)
        case TypedItem(key=key, accept=accept, refuse=refuse):
            return TypedAnswer(chance.choice([key, *accept, *refuse, "something else"]))
        case FlashcardItem():
            return FlashcardAnswer(chance.randint(1, 4))
        case MatchingItem(premises=premises, responses=responses):
            given = chance.sample(responses, len(premises)) if len(responses) >= len(premises) else []
            shown = given or [chance.choice(responses) for _ in premises]
            pairs = zip(premises, shown, strict=True)
            return MatchingAnswer(tuple((premise.token, response.token) for premise, response in pairs))


@given(st.sampled_from(ASKABLE), st.integers(0, 2**32))
def test_regrading_by_the_same_version_changes_nothing(askable: tuple[str, Form], seed: int) -> None:
    item = generate(BANK, *askable, Random(seed))
    assert item is not None
    answer = an_answer(item, Random(seed))
    first = grade(item, answer)
    found = judged(item, answer, everything())
    assert found.causes == ()
    if isinstance(first, Graded):
        assert found.marks == first.marks
        assert found.score(full=True) == found.score(full=False) == first.score
    else:
        assert found.marks == ()


@given(st.sampled_from(ASKABLE), st.integers(0, 2**32))
def test_a_change_of_explanations_tags_and_titles_changes_no_grade(askable: tuple[str, Form], seed: int) -> None:
    now = edited(BANK, {fact.id: {"extras": {"why": "Other words.", "tags": ("other",)}} for fact in BANK})
    item = generate(BANK, *askable, Random(seed))
    assert item is not None
    cards = askable[0].startswith("cards.")  # cards that share a tag are siblings
    assert cards or judged(item, an_answer(item, Random(seed)), now).causes == ()


@given(st.sampled_from(ASKABLE), st.integers(0, 2**32), st.data())
def test_any_edit_of_values_is_judged_without_a_fault(
    askable: tuple[str, Form], seed: int, data: st.DataObject
) -> None:
    cells = [key for key in BANK.facts if key.startswith(("models.", "levels."))]
    edits = data.draw(st.dictionaries(st.sampled_from(cells), st.sampled_from(["Own employees", "3 months", "New"])))
    gone = data.draw(st.sets(st.sampled_from(cells), max_size=3))
    now = without(edited(BANK, {key: {"text": text} for key, text in edits.items()}), *gone)
    item = generate(BANK, *askable, Random(seed))
    assert item is not None
    found = judged(item, an_answer(item, Random(seed)), now)
    assert len(found.marks) + found.void in (found.asked, found.void)
    share = found.score(full=True)
    assert share is not None
    assert 0 <= share <= 1


def test_a_question_without_an_answer_is_worth_nothing_and_void_all_the_same() -> None:
    item = item_of(ChoiceItem, "models.control.in", Form.CHOICE, "value")
    assert judged(item, None, BANK).score(full=True) == 0
    gone = judged(item, None, without(BANK, "models.control.in"))
    assert kinds(gone) == [Kind.RETIRED]
    assert (gone.score(full=True), gone.score(full=False)) == (1, None)


def test_the_option_that_is_right_by_the_new_value_counts() -> None:
    item = item_of(ChoiceItem, "models.control.in", Form.CHOICE, "value", offering=["Written agreements"])
    now = edited(
        BANK,
        {"models.control.in": {"text": "written agreements."}, "models.control.out": {"text": "Nothing at all"}},
    )
    assert judged(item, chosen(item, "Written agreements"), now).score(full=False) == 1
    old = judged(item, chosen(item, "Direct orders"), now)
    assert old.score(full=False) == 0
    assert kinds(old) == [Kind.CHANGED]
    assert old.causes[0].answer == "Written agreements"


def test_a_choice_with_no_right_option_or_two_is_void() -> None:
    item = item_of(ChoiceItem, "models.control.in", Form.CHOICE, "value", offering=["Written agreements"])
    answer = chosen(item, "Direct orders")
    none = judged(item, answer, edited(BANK, {"models.control.in": {"text": "Weekly meetings"}}))
    assert kinds(none) == [Kind.NONE_RIGHT]
    two = edited(BANK, {"models.control.out": {"extras": {"also_true": ("in",)}}})
    assert kinds(judged(item, answer, two)) == [Kind.SEVERAL_RIGHT]


def test_what_was_only_reworded_stays_right() -> None:
    item = item_of(ChoiceItem, "models.control.in", Form.CHOICE, "value")
    answer = chosen(item, "Direct orders")
    for edit in ({"text": "Direct-orders"}, {"text": "Immediate orders", "extras": {"minor": True}}):
        assert judged(item, answer, edited(BANK, {"models.control.in": edit})).causes == ()


def test_a_fact_that_was_renamed_is_still_known() -> None:
    item = item_of(ChoiceItem, "models.control.in", Form.CHOICE, "value")
    rest = without(BANK, "models.control.in")
    heir = replace(BANK.facts["models.control.in"], id="models.control.own", extras=Extras(was=("models.control.in",)))
    table = BANK.comparisons["models"]
    cells = {**table.cells, ("control", "in"): heir.id}
    now = replace(
        rest,
        facts={**rest.facts, heir.id: heir},
        comparisons={**rest.comparisons, "models": replace(table, cells=cells)},
    )
    assert judged(item, chosen(item, "Direct orders"), now).causes == ()


def test_a_concept_is_right_for_the_value_that_was_shown() -> None:
    item = item_of(ChoiceItem, "models.control.in", Form.CHOICE, "concept", offering=["Outsourcing"])
    swapped = edited(
        BANK,
        {"models.control.in": {"text": "Written agreements"}, "models.control.out": {"text": "Direct orders"}},
    )
    assert judged(item, chosen(item, "Outsourcing"), swapped).score(full=False) == 1
    assert judged(item, chosen(item, "Insourcing"), swapped).score(full=False) == 0
    gone = edited(BANK, {"models.control.in": {"text": "Weekly meetings"}})
    assert kinds(judged(item, None, gone)) == [Kind.NONE_RIGHT]


def test_a_renamed_concept_is_the_same_answer() -> None:
    item = item_of(ChoiceItem, "models.control.in", Form.CHOICE, "concept")
    table = BANK.comparisons["models"]
    names = {**table.concepts, "in": replace(table.concepts["in"], text="Own production")}
    now = replace(BANK, comparisons={**BANK.comparisons, "models": replace(table, concepts=names)})
    assert judged(item, chosen(item, "Insourcing"), now).causes == ()


def test_a_sentence_is_judged_by_the_value_that_it_named() -> None:
    false = item_of(TrueFalseItem, "models.control.in", Form.TRUE_FALSE, "value", is_true=False)
    named = BANK.facts[false.value_of or ""]
    now = edited(BANK, {"models.control.in": {"text": getattr(named, "text", "")}})
    assert judged(false, TrueFalseAnswer(says_true=True), now).score(full=False) == 1
    assert judged(false, TrueFalseAnswer(says_true=False), now).score(full=False) == 0
    true = item_of(TrueFalseItem, "models.control.in", Form.TRUE_FALSE, "value", is_true=True)
    found = judged(true, TrueFalseAnswer(says_true=True), now)
    assert (found.score(full=False), found.causes[0].answer) == (0, "false")


def test_a_members_sentence_is_judged_by_its_group_now() -> None:
    false = item_of(TrueFalseItem, "costs.once.search", Form.TRUE_FALSE, "group", is_true=False)
    groups = edited(BANK, {"costs.once.search": {"extras": {"also_true": ("running", "hidden")}}})
    assert judged(false, TrueFalseAnswer(says_true=True), groups).score(full=False) == 1


def test_a_statement_is_judged_unless_it_became_another_sentence() -> None:
    item = item_of(TrueFalseItem, "statements.owned", Form.TRUE_FALSE, "written", is_true=True)
    turned = edited(BANK, {"statements.owned": {"is_true": False}})
    assert judged(item, TrueFalseAnswer(says_true=False), turned).score(full=False) == 1
    other = edited(BANK, {"statements.owned": {"say": "A captive unit has no parent."}})
    assert kinds(judged(item, TrueFalseAnswer(says_true=True), other)) == [Kind.REWRITTEN]


def test_what_is_accepted_now_is_right() -> None:
    item = item_of(TypedItem, "models.control.in", Form.TYPED, "value")
    accepting = edited(BANK, {"models.control.in": {"extras": {"accept": ("Commands",)}}})
    assert judged(item, TypedAnswer("commands"), BANK).score(full=False) == 0
    assert judged(item, TypedAnswer("commands"), accepting).score(full=False) == 1
    assert judged(item, TypedAnswer("direct orders"), accepting).score(full=False) == 1


def test_an_answer_that_became_anothers_is_refused() -> None:
    item = item_of(TypedItem, "models.control.in", Form.TYPED, "value")
    swapped = edited(
        BANK,
        {"models.control.in": {"text": "Written agreements"}, "models.control.out": {"text": "Direct orders"}},
    )
    found = judged(item, TypedAnswer("direct orders"), swapped)
    assert found.score(full=False) == 0
    assert found.marks[0].confused_with == "models.control.out"
    assert judged(item, TypedAnswer("written agreement"), swapped).score(full=False) == 1


def test_a_gap_is_found_again_when_another_is_put_before_it() -> None:
    then = bank_of(cloze("lock", "A long contract can end in ", "dependence", "."))
    now = bank_of(cloze("lock", "A ", "long", " contract can end in ", "dependence", "."))
    item = item_of(TypedItem, "cloze.lock.1", Form.CLOZE, "gap", then)
    assert judged(item, TypedAnswer("dependence"), now, then).causes == ()
    lost = bank_of(cloze("lock", "A short contract can begin in ", "freedom", "."))
    assert judged(item, TypedAnswer("dependence"), lost, then).void == 1


def test_a_gap_with_another_word_is_judged_by_it() -> None:
    item = item_of(TypedItem, "cloze.lock.1", Form.CLOZE, "gap")
    assert isinstance(BANK.facts["cloze.lock.1"], Gap)
    now = edited(BANK, {"cloze.lock.1": {"text": "lock-in"}})
    assert judged(item, TypedAnswer("lock-in"), now).score(full=False) == 1
    assert judged(item, TypedAnswer("dependence"), now).score(full=False) == 0


def test_a_flashcard_whose_back_was_wrong_is_void() -> None:
    item = item_of(FlashcardItem, "cards.sla", Form.FLASHCARD, "front")
    assert judged(item, FlashcardAnswer(3), BANK).causes == ()
    now = edited(BANK, {"cards.sla": {"back": "Service level annex"}})
    assert kinds(judged(item, FlashcardAnswer(3), now)) == [Kind.NONE_RIGHT]


def values_set() -> tuple[MatchingItem, Bank]:
    """Make a set that pairs the attributes of one concept with its values."""
    rows = {
        name: {"x": f"value {word}"}
        for name, word in zip("abcdef", ["red", "blue", "gold", "pink", "grey", "teal"], strict=True)
    }
    spare = {name: {**row, "y": f"other {name * 4}"} for name, row in rows.items()}
    bank = comparison("t", {"x": "Thing", "y": "Other"}, spare)
    bank = bank_of(bank)
    for seed in range(300):
        item = generate(bank, "t.a.x", Form.MATCHING, Random(seed))
        if isinstance(item, MatchingItem) and item.head.surface == "match-attributes":
            return item, bank
    pytest.fail("no set")


def placed(item: MatchingItem, changes: Mapping[str, str]) -> MatchingAnswer:
    """Give the right pairs but for some facts, which get the response of another."""
    token = {premise.fact: premise.token for premise in item.premises}
    pairs = {**item.key, **{token[fact]: item.key[token[other]] for fact, other in changes.items()}}
    return MatchingAnswer(tuple(pairs.items()))


def test_pairs_are_judged_each_by_its_own_value() -> None:
    item, bank = values_set()
    one, two = item.premises[0].fact, item.premises[1].fact
    texts = {key: getattr(bank.facts[key], "text", "") for key in (one, two)}
    swapped = edited(bank, {one: {"text": texts[two]}, two: {"text": texts[one]}})
    crossed = placed(item, {one: two, two: one})
    size = len(item.premises)
    assert judged(item, crossed, bank, bank).score(full=False) == (size - 2) / size
    found = judged(item, crossed, swapped, bank)
    assert found.score(full=False) == 1
    assert kinds(found) == [Kind.CHANGED, Kind.CHANGED]
    assert judged(item, placed(item, {}), swapped, bank).score(full=False) == (size - 2) / size


def test_only_the_pair_of_a_retired_fact_is_void() -> None:
    item, bank = values_set()
    gone = item.premises[0].fact
    size = len(item.premises)
    wrong = placed(item, {item.premises[0].fact: item.premises[1].fact, item.premises[1].fact: item.premises[0].fact})
    found = judged(item, wrong, without(bank, gone), bank)
    assert kinds(found) == [Kind.RETIRED]
    assert found.score(full=False) == (size - 2) / (size - 1)
    assert found.score(full=True) == (size - 1) / size


def test_one_response_that_is_right_for_two_premises_makes_both_void() -> None:
    item, bank = values_set()
    one, two = item.premises[0].fact, item.premises[1].fact
    now = edited(bank, {one: {"text": getattr(bank.facts[two], "text", "")}})
    assert kinds(judged(item, placed(item, {}), now, bank)) == [Kind.SEVERAL_RIGHT, Kind.SEVERAL_RIGHT]


def test_a_statement_alone_in_its_bank_needs_no_others() -> None:
    bank = bank_of(statement("one", "The moon is made of rock.", is_true=True))
    item = item_of(TrueFalseItem, "statements.one", Form.TRUE_FALSE, "written", bank, is_true=True)
    assert kinds(judged(item, TrueFalseAnswer(says_true=True), bank_of(), bank)) == [Kind.RETIRED]
