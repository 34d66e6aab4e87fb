"""One answer moves one memory, as far as it proves something, and sets an honest due day."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.core.items.model import Form
from quizapp.core.memory import fsrs
from quizapp.core.memory.days import study_day
from quizapp.core.memory.model import DEFAULT_PARAMETERS, Answered, Memory, NewFact, Settings
from quizapp.core.memory.scheduling import RELEARN_AFTER, elapsed_days, recall_at, review, seeded_day

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
SETTINGS = Settings()
TYPED = Answered(
    key=1, fact=7, at=NOON, sitting=1, form=Form.TYPED, surface="forward",
    right=True, guess_rate=0.0, unsure=False, grade=None, prior=0.3,
)  # fmt: skip
CHOICE = replace(TYPED, form=Form.CHOICE, guess_rate=0.25)
KEPT = Memory(
    stability=10.0, difficulty=5.0, reviewed_at=NOON, due_at=NOON + timedelta(days=10), reviews=4, lapses=0,
    produced=True, sitting=1, recall_then=0.9, failed_last=False, form=Form.CHOICE, surface="backward",
)  # fmt: skip

forms = st.sampled_from([Form.CHOICE, Form.MATCHING, Form.TRUE_FALSE, Form.CLOZE, Form.TYPED])
moments = st.timedeltas(timedelta(0), timedelta(days=700)).map(lambda gap: NOON + gap)


@st.composite
def answers(draw: st.DrawFn) -> Answered:
    form = draw(forms)
    guess = 0.0 if form in {Form.CLOZE, Form.TYPED} else draw(st.floats(0.05, 0.9))
    return replace(
        TYPED, at=draw(moments), sitting=draw(st.integers(2, 5)), form=form, guess_rate=guess,
        right=draw(st.booleans()), unsure=draw(st.booleans()), fact=draw(st.integers(1, 10**9)),
    )  # fmt: skip


@st.composite
def memories(draw: st.DrawFn) -> Memory:
    return replace(
        KEPT, stability=draw(st.floats(0.001, 2000)), difficulty=draw(st.floats(1, 10)),
        produced=draw(st.booleans()), failed_last=draw(st.booleans()), reviews=draw(st.integers(1, 60)),
    )  # fmt: skip


def after(state: Memory | NewFact, answered: Answered, settings: Settings = SETTINGS) -> Memory:
    memory = review(state, answered, settings)
    assert memory is not None
    return memory


@pytest.mark.parametrize("state", [NewFact(), KEPT])
def test_a_naive_time_is_refused(state: Memory | NewFact) -> None:
    with pytest.raises(ValueError, match="zone"):
        review(state, replace(TYPED, at=NOON.replace(tzinfo=None)), SETTINGS)


@pytest.mark.parametrize("state", [NewFact(), KEPT])
def test_a_forced_pair_moves_nothing(state: Memory | NewFact) -> None:
    assert review(state, replace(CHOICE, form=Form.MATCHING, guess_rate=1.0, sitting=2), SETTINGS) is None


def test_a_typed_first_answer_gives_the_state_of_the_reference() -> None:
    memory = after(NewFact(), TYPED)
    assert (memory.stability, memory.difficulty) == fsrs.initial(3, DEFAULT_PARAMETERS)
    assert (memory.reviews, memory.lapses, memory.produced, memory.failed_last) == (1, 0, True, False)
    assert (memory.recall_then, memory.form, memory.surface) == (0.3, Form.TYPED, "forward")


def test_a_typed_later_answer_gives_the_state_of_the_reference() -> None:
    memory = after(KEPT, replace(TYPED, at=NOON + timedelta(days=10), sitting=2))
    assert (memory.stability, memory.difficulty) == fsrs.advance(10.0, 5.0, 10.0, 3, DEFAULT_PARAMETERS)
    assert memory.recall_then == pytest.approx(0.9)


@pytest.mark.parametrize("grade", [2, 3, 4])
def test_a_flashcard_moves_as_the_learner_graded_it(grade: int) -> None:
    card = replace(TYPED, form=Form.FLASHCARD, grade=grade, at=NOON + timedelta(days=10), sitting=2)
    expected = fsrs.advance(10.0, 5.0, 10.0, grade, DEFAULT_PARAMETERS)
    assert (after(KEPT, card).stability, after(KEPT, card).difficulty) == expected


@given(memories(), answers())
def test_the_blend_lies_between_forgotten_and_known(memory: Memory, answered: Answered) -> None:
    elapsed = elapsed_days(memory.reviewed_at, answered.at, SETTINGS)
    again, good = (
        fsrs.advance(memory.stability, memory.difficulty, elapsed, grade, DEFAULT_PARAMETERS) for grade in (1, 3)
    )
    moved = after(memory, answered)
    assert again[0] * (1 - 1e-12) <= moved.stability <= good[0] * (1 + 1e-12)
    assert good[1] - 1e-12 <= moved.difficulty <= again[1] + 1e-12


@given(memories(), answers())
def test_a_wrong_answer_never_raises_stability(memory: Memory, answered: Answered) -> None:
    assert after(memory, replace(answered, right=False)).stability <= memory.stability


@given(memories(), answers())
def test_not_sure_never_leaves_more_stability(memory: Memory, answered: Answered) -> None:
    unsure, sure = (after(memory, replace(answered, right=True, unsure=said)) for said in (True, False))
    assert unsure.stability <= sure.stability * (1 + 1e-12)


@given(memories(), answers(), answers())
def test_only_the_first_answer_of_a_sitting_moves_stability(memory: Memory, first: Answered, second: Answered) -> None:
    once = after(memory, first)
    twice = after(once, replace(second, fact=first.fact, sitting=first.sitting, at=first.at + timedelta(minutes=9)))
    assert (twice.stability, twice.difficulty, twice.lapses) == (once.stability, once.difficulty, once.lapses)
    assert (twice.recall_then, twice.reviews) == (once.recall_then, once.reviews + 1)
    assert twice.failed_last is not second.right


def test_a_sitting_resumed_the_next_morning_moves_the_memory_again() -> None:
    evening, morning = NOON + timedelta(days=10, hours=10), NOON + timedelta(days=10, hours=20)
    once = after(KEPT, replace(TYPED, sitting=2, at=evening))
    twice = after(once, replace(TYPED, sitting=2, at=morning))
    assert (twice.stability, twice.difficulty) == fsrs.advance(
        once.stability, once.difficulty, 1, 3, DEFAULT_PARAMETERS
    )


def test_the_turn_of_the_day_does_not_split_a_sitting() -> None:
    before, behind = (NOON + timedelta(days=10, hours=16, minutes=minutes) for minutes in (-5, 5))
    wrong = after(KEPT, replace(TYPED, sitting=2, at=before, right=False))
    assert after(wrong, replace(TYPED, sitting=2, at=behind)).stability == wrong.stability


def test_a_night_counts_as_a_day_and_an_afternoon_does_not() -> None:
    assert elapsed_days(NOON, NOON + timedelta(hours=6), SETTINGS) == 0.25
    assert elapsed_days(NOON, NOON + timedelta(hours=20), SETTINGS) == 1.0
    assert elapsed_days(NOON, NOON + timedelta(hours=20), Settings(zone="America/New_York")) == pytest.approx(20 / 24)
    assert elapsed_days(NOON, NOON + timedelta(hours=36), SETTINGS) == 1.5


@given(moments, st.timedeltas(timedelta(0), timedelta(days=3)), st.timedeltas(timedelta(0), timedelta(days=3)))
def test_more_time_is_never_fewer_days(since: datetime, first: timedelta, second: timedelta) -> None:
    sooner, later = sorted((first, second))
    assert elapsed_days(since, since + sooner, SETTINGS) <= elapsed_days(since, since + later, SETTINGS)


def test_a_wrong_answer_is_due_again_in_the_sitting_and_after_relearning_on_a_later_day() -> None:
    wrong = after(KEPT, replace(TYPED, right=False, sitting=2, at=NOON + timedelta(days=10)))
    assert wrong.due_at == NOON + timedelta(days=10) + RELEARN_AFTER
    assert (wrong.lapses, wrong.failed_last) == (1, True)
    relearnt = after(wrong, replace(TYPED, sitting=2, at=NOON + timedelta(days=10, minutes=5)))
    assert study_day(relearnt.due_at, "UTC") > study_day(NOON + timedelta(days=10), "UTC")
    assert (relearnt.lapses, relearnt.failed_last, relearnt.stability) == (1, False, wrong.stability)


def test_failing_again_without_a_right_answer_between_is_no_second_lapse() -> None:
    wrong = after(KEPT, replace(TYPED, right=False, sitting=2, at=NOON + timedelta(days=10)))
    assert after(wrong, replace(TYPED, right=False, sitting=3, at=NOON + timedelta(days=11))).lapses == 1


def test_a_new_fact_answered_wrongly_is_no_lapse() -> None:
    memory = after(NewFact(), replace(CHOICE, right=False))
    assert (memory.lapses, memory.failed_last, memory.due_at) == (0, True, NOON + RELEARN_AFTER)
    assert memory.stability == fsrs.initial(1, DEFAULT_PARAMETERS)[0]


def test_a_review_is_never_before_the_last_one() -> None:
    memory = after(KEPT, replace(TYPED, sitting=2, at=NOON - timedelta(days=3)))
    assert memory.reviewed_at == NOON


@given(memories(), answers())
def test_recognition_alone_stays_under_its_cap(memory: Memory, answered: Answered) -> None:
    moved = after(replace(memory, produced=False), replace(answered, form=Form.CHOICE, guess_rate=0.25))
    days = study_day(moved.due_at, "UTC") - study_day(answered.at, "UTC")
    assert days <= timedelta(days=21)


def test_one_production_success_lifts_the_cap() -> None:
    strong = replace(KEPT, stability=200.0, produced=False)
    later = NOON + timedelta(days=200)
    chosen = after(strong, replace(CHOICE, sitting=2, at=later))
    typed = after(strong, replace(TYPED, sitting=2, at=later))
    assert chosen.due_at - later <= timedelta(days=21)
    assert typed.due_at - later > timedelta(days=100)
    assert after(typed, replace(CHOICE, sitting=3, at=typed.due_at)).produced


def test_no_interval_passes_the_longest_allowed() -> None:
    strong = replace(KEPT, stability=3000.0)
    settings = Settings(maximum_interval=90.0)
    memory = after(strong, replace(TYPED, sitting=2, at=NOON + timedelta(days=3000)), settings)
    assert memory.due_at - memory.reviewed_at <= timedelta(days=90)


@given(memories(), answers(), st.sampled_from(["Europe/Stockholm", "Pacific/Auckland", "America/Los_Angeles"]))
def test_a_right_answer_is_due_at_the_start_of_a_later_study_day(memory: Memory, answered: Answered, zone: str) -> None:
    moved = after(memory, replace(answered, right=True), Settings(zone=zone))
    assert moved.due_at.tzinfo is UTC
    assert moved.due_at.astimezone(ZoneInfo(zone)).hour == 4
    assert study_day(moved.due_at, zone) > study_day(answered.at, zone)


@given(answers(), st.integers(30, 3000))
def test_fuzz_stays_near_the_interval_and_never_changes(answered: Answered, days: int) -> None:
    memory = replace(KEPT, stability=float(days))
    typed = replace(answered, form=Form.TYPED, guess_rate=0.0, right=True)
    moved = after(memory, typed)
    wanted = fsrs.interval(moved.stability, 0.9, DEFAULT_PARAMETERS)
    shown = (study_day(moved.due_at, "UTC") - study_day(answered.at, "UTC")).days
    assert abs(shown - min(wanted, 36500)) <= 1 + 0.05 * wanted + 3
    assert after(memory, typed) == moved


def test_facts_learnt_together_spread_over_days() -> None:
    memories = [after(replace(KEPT, stability=60.0), replace(TYPED, fact=fact, sitting=2)) for fact in range(200)]
    days = [memory.due_at for memory in memories]
    assert len(set(days)) >= 5
    assert max(days.count(day) for day in days) < 80


def test_quiet_weekdays_are_avoided_where_the_interval_allows() -> None:
    weekend = Settings(quiet_weekdays=frozenset({5, 6}))
    for fact in range(100):
        typed = replace(TYPED, fact=fact, sitting=2, at=NOON + timedelta(days=10))
        assert after(KEPT, typed, weekend).due_at.weekday() < 5


def test_a_week_of_quiet_days_still_gives_a_day() -> None:
    quiet = Settings(quiet_weekdays=frozenset(range(7)))
    assert after(KEPT, replace(TYPED, sitting=2, at=NOON + timedelta(days=10)), quiet).due_at > NOON


def test_higher_wanted_retention_brings_a_fact_back_sooner() -> None:
    typed = replace(TYPED, sitting=2, at=NOON + timedelta(days=10))
    due = [after(KEPT, typed, Settings(retention=wanted)).due_at for wanted in (0.95, 0.9, 0.8)]
    assert due == sorted(due)
    assert due[0] < due[2]


def test_recall_of_a_new_fact_is_the_prior_and_of_a_memory_falls() -> None:
    assert recall_at(NewFact(), NOON, Settings(prior=0.4)) == 0.4
    assert recall_at(KEPT, NOON + timedelta(days=10), SETTINGS) == pytest.approx(0.9)
    assert recall_at(KEPT, NOON - timedelta(days=1), SETTINGS) == 1.0


def test_a_seeded_day_lies_within_its_days() -> None:
    days = {seeded_day(NOON, 7, fact, 3, SETTINGS).date() for fact in range(100)}
    assert days == {date(2026, 3, 2) + timedelta(days=ahead) for ahead in range(1, 8)}
