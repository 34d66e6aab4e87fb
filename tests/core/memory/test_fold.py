"""Memories are a fold of the log, the same in one go and step by step."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.core.items.model import Form
from quizapp.core.memory import fsrs
from quizapp.core.memory.fold import apply, fold, lineage
from quizapp.core.memory.model import (
    DEFAULT_PARAMETERS,
    Answered,
    Corrected,
    Event,
    Memory,
    Moved,
    Reset,
    Settings,
    Undone,
)
from quizapp.core.memory.scheduling import recall_at

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
SETTINGS = Settings(zone="Europe/Stockholm")
FIRST = Answered(
    key=1, fact=1, at=NOON, sitting=1, form=Form.TYPED, surface="", right=True,
    guess_rate=0.0, unsure=False, grade=None, prior=0.3,
)  # fmt: skip


def day(number: float) -> datetime:
    return NOON + timedelta(days=number)


@st.composite
def logs(draw: st.DrawFn) -> list[Event]:
    """A log of up to 40 rows over 4 facts, in time order, with every kind of event."""
    events: list[Event] = []
    at = NOON
    for key in range(draw(st.integers(1, 40))):
        at += draw(st.timedeltas(timedelta(0), timedelta(days=30)))
        fact, other = draw(st.integers(1, 4)), draw(st.integers(1, 4))
        answered = replace(
            FIRST, key=key, fact=fact, at=at, sitting=key // 3 + 1,
            right=draw(st.booleans()), form=draw(st.sampled_from([Form.CHOICE, Form.TYPED])),
            guess_rate=draw(st.sampled_from([0.0, 0.25, 1.0])), unsure=draw(st.booleans()),
        )  # fmt: skip
        rare = draw(st.integers(0, 11))
        match rare:
            case 0:
                events.append(Undone(frozenset({draw(st.integers(0, max(key - 1, 0)))}), at))
            case 1:
                events.append(Reset(fact, at))
            case 2 | 3:
                events.append(Corrected(fact, at, minor=rare == 2))
            case 4:
                events.append(Moved(fact, other, at))
            case _:
                events.append(answered)
    return events


def step_by_step(events: list[Event]) -> dict[int, Memory]:
    """As the store does it: each event changes the memories; an answer taken back folds its facts anew."""
    memories: dict[int, Memory] = {}
    for count, event in enumerate(events, 1):
        if isinstance(event, Undone):
            known = events[:count]
            touched = {row.fact for row in known if isinstance(row, Answered) and row.key in event.keys}
            again = fold(known, SETTINGS)
            for fact in lineage(touched, known):
                memories.pop(fact, None)
                if fact in again:
                    memories[fact] = again[fact]
        else:
            before = dict(memories)
            changes = apply(memories, event, SETTINGS)
            assert {fact: memories.get(fact) for fact in changes} == changes
            assert {f: m for f, m in before.items() if f not in changes} == {
                f: m for f, m in memories.items() if f not in changes
            }
    return memories


@given(logs())
def test_step_by_step_gives_the_same_memories_to_the_last_digit(events: list[Event]) -> None:
    assert step_by_step(events) == fold(events, SETTINGS)


@given(logs())
def test_a_fact_can_be_rebuilt_from_its_lineage_alone(events: list[Event]) -> None:
    whole = fold(events, SETTINGS)
    for fact in range(1, 5):
        family = lineage({fact}, events)
        part = [event for event in events if isinstance(event, Undone) or event.fact in family]
        assert fold(part, SETTINGS).get(fact) == whole.get(fact)


@given(logs(), st.integers(0, 39))
def test_an_answer_taken_back_never_was(events: list[Event], key: int) -> None:
    taken_back = [*events, Undone(frozenset({key}), day(2000))]
    without = [event for event in events if not (isinstance(event, Answered) and event.key == key)]
    assert fold(taken_back, SETTINGS) == fold(without, SETTINGS)


def test_an_answer_taken_back_cannot_be_subtracted() -> None:
    with pytest.raises(ValueError, match="anew"):
        apply({}, Undone(frozenset({1}), NOON), SETTINGS)


def test_a_forced_pair_changes_nothing() -> None:
    memories: dict[int, Memory] = {}
    assert apply(memories, replace(FIRST, form=Form.MATCHING, guess_rate=1.0), SETTINGS) == {}
    assert memories == {}


@pytest.mark.parametrize("event", [Reset(9, NOON), Corrected(9, NOON, minor=True), Moved(8, 9, NOON)])
def test_events_of_unknown_facts_change_nothing(event: Event) -> None:
    memories = fold([FIRST], SETTINGS)
    assert apply(memories, event, SETTINGS) == {}
    assert memories == fold([FIRST], SETTINGS)


def test_a_reset_fact_begins_afresh() -> None:
    later = replace(FIRST, key=2, at=day(30), sitting=2)
    assert fold([FIRST, Reset(1, day(3))], SETTINGS) == {}
    assert fold([FIRST, Reset(1, day(3)), later], SETTINGS) == fold([later], SETTINGS)


def test_a_corrected_fact_is_relearnt_with_its_history_kept() -> None:
    before = fold([FIRST], SETTINGS)[1]
    after = fold([FIRST, Corrected(1, day(1), minor=False)], SETTINGS)[1]
    assert after.stability == fsrs.initial(1, DEFAULT_PARAMETERS)[0]
    assert (after.due_at, after.reviewed_at, after.produced) == (day(1), day(1), False)
    assert (after.difficulty, after.reviews, after.lapses) == (before.difficulty, before.reviews, before.lapses)


def test_an_answer_in_the_sitting_of_a_correction_counts() -> None:
    corrected: list[Event] = [FIRST, Corrected(1, day(0.01), minor=False)]
    answered = replace(FIRST, key=2, at=day(0.02))
    assert fold([*corrected, answered], SETTINGS)[1].stability > fold(corrected, SETTINGS)[1].stability


def test_failing_a_corrected_fact_is_no_lapse() -> None:
    failed = replace(FIRST, key=2, at=day(2), sitting=2, right=False)
    assert fold([FIRST, Corrected(1, day(1), minor=False), failed], SETTINGS)[1].lapses == 0


def test_a_minor_correction_keeps_the_memory_and_asks_within_a_week() -> None:
    learnt = [replace(FIRST, key=n, at=day(gap), sitting=n) for n, gap in enumerate((0, 2, 13, 60), 1)]
    before = fold(learnt, SETTINGS)[1]
    after = fold([*learnt, Corrected(1, day(61), minor=True)], SETTINGS)[1]
    assert before.due_at > day(100)
    assert after == replace(before, due_at=after.due_at)
    assert day(61) < after.due_at <= day(68)


def test_a_minor_correction_never_postpones() -> None:
    soon = fold([FIRST], SETTINGS)[1]
    assert fold([FIRST, Corrected(1, day(0.1), minor=True)], SETTINGS)[1].due_at <= soon.due_at


def test_a_renamed_fact_takes_its_memory_along() -> None:
    memories = fold([FIRST, Moved(2, 1, day(1)), Moved(3, 1, day(1))], SETTINGS)
    assert memories[2] == memories[3] == memories[1]


def test_of_two_merged_memories_the_weaker_stays() -> None:
    weak, strong = replace(FIRST, key=2, fact=2, at=day(-40), right=False), FIRST
    merges: list[list[Event]] = [[weak, strong, Moved(1, 2, day(1))], [weak, strong, Moved(2, 1, day(1))]]
    for events in merges:
        memories = fold(events, SETTINGS)
        assert recall_at(memories[1], day(2), SETTINGS) >= recall_at(memories[2], day(2), SETTINGS)
        assert memories[2] == fold([weak], SETTINGS)[2]
    assert fold([weak, strong, Moved(1, 2, day(1))], SETTINGS)[1] == fold([weak], SETTINGS)[2]


def test_a_fact_moved_to_itself_stays() -> None:
    assert fold([FIRST, Moved(1, 1, day(1))], SETTINGS) == fold([FIRST], SETTINGS)


def test_lineage_follows_renames_both_ways() -> None:
    events = [Moved(2, 1, NOON), Moved(3, 2, NOON), Moved(9, 8, NOON)]
    assert lineage({2}, events) == {1, 2, 3}
    assert lineage({5}, events) == {5}
