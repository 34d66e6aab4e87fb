"""A sitting asks what is due first, keeps siblings apart, climbs from being shown to giving, and ends."""

import random
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.core.items.model import Form
from quizapp.core.memory.model import Memory, NewFact, Settings, State
from quizapp.core.memory.scheduling import recall_at
from quizapp.core.memory.selection import APART, Asked, Candidate, minutes_for, next_fact, next_form, plan_sitting

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
SETTINGS = Settings()
ALL = tuple(Form)
KEPT = Memory(
    stability=10.0, difficulty=5.0, reviewed_at=NOW - timedelta(days=10), due_at=NOW, reviews=3, lapses=0,
    produced=False, sitting=1, recall_then=0.9, failed_last=False, form=Form.CHOICE, surface="forward",
)  # fmt: skip


def candidate(fact: int, state: State = KEPT, group: str | None = None) -> Candidate:
    return Candidate(fact, f"bank/{fact}", state, ALL, f"group {fact}" if group is None else group)


def new(fact: int) -> Candidate:
    return candidate(fact, NewFact())


def later(fact: int) -> Candidate:
    return candidate(fact, replace(KEPT, due_at=NOW + timedelta(days=9)))


def plan(
    candidates: list[Candidate],
    minutes: float = 10,
    confusable: frozenset[frozenset[int]] = frozenset(),
    most: int = 200,
    partners: Mapping[int, int] = MappingProxyType({}),
) -> tuple[int, ...]:
    return plan_sitting(
        candidates,
        confusable=confusable,
        minutes=minutes,
        now=NOW,
        settings=SETTINGS,
        rng=random.Random(1),
        most=most,
        partners=partners,
    )


def practise(facts: tuple[int, ...], failures: dict[int, int], groups: dict[int, str]) -> list[int]:
    """Answer until the sitting ends; `failures` says how often each fact fails first."""
    left = dict(failures)
    asked: list[Asked] = []
    order: list[int] = []
    while (fact := next_fact(facts, asked, groups)) is not None:
        right = left.get(fact, 0) == 0
        left[fact] = left.get(fact, 0) - (not right)
        asked.append(Asked(len(order), fact, right))
        order.append(fact)
        assert len(order) < 1000
    return order


def test_a_naive_time_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        plan_sitting(
            [], confusable=(), minutes=1, now=NOW.replace(tzinfo=None), settings=SETTINGS, rng=random.Random(1)
        )


def test_a_fact_without_a_form_cannot_be_asked() -> None:
    with pytest.raises(ValueError, match="form"):
        next_form(NewFact(), (), None, SETTINGS)


def test_nothing_due_and_nothing_new_makes_no_sitting() -> None:
    assert plan([candidate(1, replace(KEPT, due_at=NOW + timedelta(seconds=1)))]) == ()


def test_suspended_facts_and_facts_without_a_form_stay_out() -> None:
    assert plan([replace(candidate(1), suspended=True), replace(candidate(2), forms=()), candidate(3)]) == (3,)


def test_due_facts_come_lowest_recall_first_and_before_new_ones() -> None:
    due = [candidate(fact, replace(KEPT, stability=10.0 * fact)) for fact in (3, 1, 2)]
    assert plan([new(9), *due, new(8)]) == (1, 2, 3, 9, 8)


def test_the_budget_of_minutes_holds_back_new_facts_and_never_due_ones() -> None:
    due, fresh = [candidate(fact) for fact in range(10)], [new(fact) for fact in range(100, 200)]
    assert set(plan([*due, *fresh], minutes=0)) == set(range(10))
    short, long = plan(fresh, minutes=2), plan(fresh, minutes=10)
    assert 0 < len(short) < len(long) < 100
    assert minutes_for([new(fact) for fact in long[:-1]], SETTINGS) < 10


def test_due_facts_use_up_the_minutes_of_new_ones() -> None:
    due, fresh = [candidate(fact) for fact in range(10)], [new(fact) for fact in range(100, 200)]
    assert len(plan([*due, *fresh])) - 10 < len(plan(fresh))


def test_a_sitting_has_a_longest_length() -> None:
    assert len(plan([candidate(fact) for fact in range(500)], most=50)) == 50


@given(st.lists(st.integers(0, 7), min_size=1, max_size=40))
def test_every_due_fact_is_planned_once(groups: list[int]) -> None:
    facts = [candidate(fact, group=str(group)) for fact, group in enumerate(groups)]
    assert sorted(plan(facts)) == list(range(len(groups)))


@pytest.mark.parametrize("groups", [5, 6, 9])
@pytest.mark.parametrize("seed", range(10))
def test_siblings_have_three_facts_between_them_where_possible(groups: int, seed: int) -> None:
    facts = [candidate(fact, group=f"row {fact % groups}") for fact in range(4 * groups)]
    chosen = plan_sitting(
        facts, confusable=(), minutes=1, now=NOW, settings=SETTINGS, rng=random.Random(seed), most=200
    )
    placed = [fact % groups for fact in chosen]
    for group in range(groups):
        places = [place for place, found in enumerate(placed) if found == group]
        assert all(later - earlier > APART for earlier, later in pairwise(places))


def test_siblings_alone_are_still_asked() -> None:
    assert sorted(plan([candidate(fact, group="row") for fact in range(5)])) == list(range(5))


def test_facts_that_are_mixed_up_follow_each_other() -> None:
    facts = [candidate(fact, replace(KEPT, stability=10.0 + fact)) for fact in range(30)]
    placed = plan(facts, confusable=frozenset({frozenset({2, 25})}))
    assert placed.index(25) - placed.index(2) == 1


def test_mixed_up_siblings_come_soon_but_not_at_once() -> None:
    facts = [
        candidate(fact, replace(KEPT, stability=10.0 + fact), group="pair" if fact in {2, 25} else str(fact))
        for fact in range(30)
    ]
    placed = plan(facts, confusable=frozenset({frozenset({2, 25})}))
    assert placed.index(25) - placed.index(2) == APART + 1


def test_a_due_fact_takes_the_one_it_is_drilled_with_along_though_that_is_not_due() -> None:
    facts = [*(candidate(fact, replace(KEPT, stability=10.0 + fact)) for fact in range(20)), later(50), later(51)]
    placed = plan(facts, partners={3: 50})
    assert sorted(placed) == [*range(20), 50]
    assert placed.index(50) - placed.index(3) == 1


def test_what_is_not_due_itself_takes_nothing_along() -> None:
    assert plan([candidate(1), later(2), later(3)], partners={2: 3}) == (1,)


def test_a_partner_that_cannot_be_asked_stays_out() -> None:
    assert plan([candidate(1), replace(later(2), suspended=True)], partners={1: 2}) == (1,)
    assert plan([candidate(1)], partners={1: 2}) == (1,)


def test_a_partner_is_planned_once_however_it_comes_in() -> None:
    facts = [candidate(1), candidate(2, replace(KEPT, stability=99.0)), new(3), later(4)]
    assert sorted(plan(facts, partners={1: 2, 2: 1})) == [1, 2, 3]
    assert sorted(plan(facts, partners={1: 3, 2: 3})) == [1, 2, 3]


def test_the_longest_length_holds_with_partners() -> None:
    facts = [*(candidate(fact) for fact in range(20)), *(later(fact) for fact in range(100, 120))]
    assert len(plan(facts, most=9, partners={fact: fact + 100 for fact in range(20)})) == 9


def test_the_same_dice_give_the_same_plan() -> None:
    facts = [candidate(fact) for fact in range(50)]
    assert plan(facts) == plan(facts)


@given(st.integers(1, 15), st.dictionaries(st.integers(0, 14), st.integers(0, 3)))
def test_a_sitting_ends_when_each_fact_was_right_once(size: int, failures: dict[int, int]) -> None:
    facts = tuple(range(size))
    order = practise(facts, failures, {})
    for fact in facts:
        assert order.count(fact) == failures.get(fact, 0) + 1


def test_a_failed_fact_returns_after_a_few_others() -> None:
    order = practise(tuple(range(10)), {0: 1, 5: 1}, {})
    first, second = (place for place, fact in enumerate(order) if fact == 0)
    assert second - first == APART + 1


def test_a_failed_fact_that_is_the_only_one_left_returns_at_once() -> None:
    assert practise((1,), {1: 2}, {}) == [1, 1, 1]


def test_a_sibling_of_what_was_just_asked_waits() -> None:
    groups = {1: "row", 2: "row", 3: "other"}
    assert next_fact((1, 2, 3), [Asked(0, 1, right=True)], groups) == 3
    assert next_fact((1, 2), [Asked(0, 1, right=True)], groups) == 2


def test_a_matching_item_settles_several_facts_at_once() -> None:
    asked = [Asked(0, 1, right=True), Asked(0, 2, right=False), Asked(0, 3, right=True)]
    assert next_fact((1, 2, 3), asked, {}) == 2


@pytest.mark.parametrize(
    ("state", "form"),
    [
        (NewFact(), Form.CHOICE),
        (replace(KEPT, form=Form.CHOICE, recall_then=0.3), Form.MATCHING),
        (replace(KEPT, form=Form.MATCHING, recall_then=0.5), Form.MATCHING),
        (replace(KEPT, form=Form.MATCHING, recall_then=0.9), Form.CLOZE),
        (replace(KEPT, form=Form.TYPED, recall_then=0.5), Form.CLOZE),
        (replace(KEPT, form=Form.TYPED, failed_last=True), Form.MATCHING),
        (replace(KEPT, form=Form.MATCHING, failed_last=True), Form.CHOICE),
        (replace(KEPT, form=Form.CHOICE, failed_last=True), Form.CHOICE),
    ],
)
def test_forms_climb_after_success_and_step_down_after_failure(state: State, form: Form) -> None:
    assert next_form(state, ALL, None, SETTINGS).form is form


@pytest.mark.parametrize(
    ("state", "available", "form"),
    [
        (NewFact(), (Form.TYPED,), Form.TYPED),
        (NewFact(), (Form.TRUE_FALSE, Form.FLASHCARD), Form.TRUE_FALSE),
        (replace(KEPT, recall_then=0.9), (Form.CHOICE, Form.TYPED), Form.TYPED),
        (replace(KEPT, recall_then=0.5), (Form.CHOICE, Form.TYPED), Form.CHOICE),
        (replace(KEPT, recall_then=0.9), (Form.CHOICE, Form.FLASHCARD), Form.FLASHCARD),
        (replace(KEPT, recall_then=0.9), (Form.CHOICE,), Form.CHOICE),
        (replace(KEPT, form=Form.MATCHING, recall_then=0.5), (Form.CHOICE, Form.TYPED), Form.CHOICE),
        (replace(KEPT, form=Form.TYPED, failed_last=True), (Form.TYPED,), Form.TYPED),
    ],
)
def test_missing_rungs_are_left_out(state: State, available: tuple[Form, ...], form: Form) -> None:
    assert next_form(state, available, None, SETTINGS).form is form


def test_forms_of_one_rung_take_turns() -> None:
    strong = replace(KEPT, form=Form.TYPED)
    assert next_form(strong, ALL, Form.CLOZE, SETTINGS).form is Form.TYPED
    assert next_form(strong, ALL, Form.TYPED, SETTINGS).form is Form.CLOZE


def test_the_surface_the_fact_had_last_is_to_be_avoided() -> None:
    assert next_form(KEPT, ALL, None, SETTINGS).avoid_surface == "forward"
    assert next_form(NewFact(), ALL, None, SETTINGS).avoid_surface == ""


def test_new_facts_and_harder_forms_take_longer() -> None:
    assert minutes_for([new(1)], SETTINGS) > minutes_for([replace(candidate(1), forms=(Form.CHOICE,))], SETTINGS)
    assert minutes_for([], SETTINGS) == 0


@given(st.integers(1, 60))
def test_recall_rises_along_the_plan_when_nothing_else_matters(size: int) -> None:
    states = {fact: replace(KEPT, stability=1.0 + 7 * fact % 61) for fact in range(size)}
    recalls = [recall_at(states[fact], NOW, SETTINGS) for fact in plan([candidate(f, s) for f, s in states.items()])]
    assert recalls == sorted(recalls)
