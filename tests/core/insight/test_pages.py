"""The numbers of the pages agree with the memory model and with the clock of the learner."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.core.insight import pages
from quizapp.core.insight.pages import Day, Kept, Size
from quizapp.core.items.model import (
    ChoiceItem,
    Form,
    Head,
    MatchingItem,
    Option,
    Premise,
    Response,
    TrueFalseItem,
    TypedItem,
)
from quizapp.core.memory.forecast import due_per_day
from quizapp.core.memory.model import Memory, Settings
from quizapp.core.memory.scheduling import recall_at

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
STOCKHOLM = Settings(zone="Europe/Stockholm")
HEAD = Head("bank", "en", ("a",), "s", "stem", "topic")


def kept(  # noqa: PLR0913 - one fact has many numbers
    fact: int = 1,
    *,
    bank: int = 1,
    stability: float = 10.0,
    ago: float = 1.0,
    due: float = 3.0,
    lapses: int = 0,
    difficulty: float = 5.0,
    failed: bool = False,
    suspended: bool = False,
) -> Kept:
    reviewed, falls_due = NOW - timedelta(days=ago), NOW + timedelta(days=due)
    return Kept(fact, bank, f"f{fact}", stability, difficulty, reviewed, falls_due, 3, lapses, failed, suspended)


def memory(one: Kept) -> Memory:
    state = (one.stability, one.difficulty, one.reviewed_at, one.due_at, one.reviews, one.lapses)
    return Memory(*state, produced=True, sitting=1, recall_then=0.9, failed_last=one.failed_last, form=Form.TYPED)


memories = st.lists(
    st.builds(
        kept,
        fact=st.integers(1, 99),
        bank=st.integers(1, 3),
        stability=st.floats(0.01, 2000),
        ago=st.floats(0, 400),
        due=st.floats(-300, 300),
        failed=st.booleans(),
        suspended=st.booleans(),
    ),
    max_size=20,
)


@given(memories, st.floats(0, 100))
def test_recall_of_many_is_the_recall_of_each(many: list[Kept], days: float) -> None:
    at = NOW + timedelta(days=days)
    expected = [recall_at(memory(one), at, STOCKHOLM) for one in many]
    assert pages.recalls(many, at, STOCKHOLM).tolist() == pytest.approx(expected)


@given(memories)
def test_due_facts_are_counted_as_the_forecast_counts_them(many: list[Kept]) -> None:
    asked = [memory(one) for one in many if not one.suspended]
    expected = [(row.day, row.due) for row in due_per_day(asked, NOW, STOCKHOLM, days=30)]
    assert pages.due_by_day(many, NOW, STOCKHOLM, 30) == expected


@given(memories.filter(bool), st.integers(2, 40))
def test_recall_only_falls_while_nobody_studies(many: list[Kept], days: int) -> None:
    ahead = pages.recall_ahead(many, NOW, days, STOCKHOLM)
    assert ahead[0] == pytest.approx(pages.mean_recall(many, NOW, STOCKHOLM))
    assert ahead == sorted(ahead, reverse=True)
    assert len(ahead) == days


@given(memories)
def test_a_bank_is_the_sum_of_its_parts(many: list[Kept]) -> None:
    banks = [Size(number, f"b{number}", "B", number, 50) for number in (1, 2, 3)]
    for standing in pages.standings(banks, many, NOW, STOCKHOLM):
        assert standing.total == 50
        assert standing.begun == sum(one.bank == standing.bank.id for one in many)
        assert (standing.recall is None) == (standing.begun == 0)


def test_known_means_stable_for_a_week_recalled_and_not_failed() -> None:
    bank = [Size(1, "b", "B", 1, 9)]
    many = [kept(), kept(stability=6.9), kept(ago=90), kept(failed=True)]
    (standing,) = pages.standings(bank, many, NOW, STOCKHOLM)
    assert (standing.known, standing.learning, standing.fresh) == (1, 3, 5)


def test_without_memories_there_is_no_recall() -> None:
    assert pages.mean_recall([], NOW, STOCKHOLM) is None
    assert pages.recall_ahead([], NOW, 30, STOCKHOLM) == []
    assert pages.next_due([], NOW) is None


def test_the_next_to_fall_due_leaves_out_what_is_due_or_suspended() -> None:
    many = [kept(1, due=-1), kept(2, due=2, suspended=True), kept(3, due=4), kept(4, due=4), kept(5, due=9)]
    assert pages.next_due(many, NOW) == (NOW + timedelta(days=4), 2)


def test_the_hardest_facts_were_forgotten_most_often() -> None:
    many = [kept(1), kept(2, lapses=1), kept(3, lapses=4), kept(4, failed=True), kept(5, lapses=4, difficulty=9.0)]
    assert [one.fact for one in pages.hardest(many, 3)] == [5, 3, 2]


class TestStreak:
    """Days in a row."""

    TODAY = date(2026, 3, 4)

    def days(self, *ago: int) -> set[date]:
        return {self.TODAY - timedelta(days=number) for number in ago}

    def test_it_counts_back_from_today_or_yesterday(self) -> None:
        assert pages.streak(self.days(0, 1, 2, 4), self.TODAY) == 3
        assert pages.streak(self.days(1, 2), self.TODAY) == 2
        assert pages.streak(self.days(2, 3), self.TODAY) == 0
        assert pages.streak(set(), self.TODAY) == 0

    def test_a_quiet_weekday_breaks_nothing_and_counts_nothing(self) -> None:
        sunday = {6}
        assert self.TODAY.weekday() == 2
        assert pages.streak(self.days(0, 1, 2, 4), self.TODAY, sunday) == 4
        assert pages.streak(self.days(0, 1, 2, 4), self.TODAY, {5}) == 3

    def test_a_week_of_quiet_days_ends_it(self) -> None:
        assert pages.streak(self.days(0, 30), self.TODAY, range(7)) == 1


def test_minutes_follow_the_learners_own_pace_once_it_is_known() -> None:
    slow = [Day(NOW.date(), 30, 20, 3, 30 * 60.0)]
    assert pages.minutes_for(10, slow) == 10
    assert pages.minutes_for(10, [Day(NOW.date(), 3, 2, 3, 180.0)]) == 3
    assert pages.minutes_for(0, slow) == 0


def test_blind_guessing_earns_what_the_forms_allow() -> None:
    choice = ChoiceItem(HEAD, tuple(Option(str(number), "x", number == 0) for number in range(4)))
    judged = TrueFalseItem(HEAD, is_true=True, correction="")
    typed = TypedItem(HEAD, Form.TYPED, "x", (), {})
    premises = tuple(Premise(str(number), "p", "f") for number in range(4))
    responses = tuple(Response(str(number), "r") for number in range(8))
    matching = MatchingItem(HEAD, premises, responses, {}, reusable=False)
    assert pages.chance_points([choice, judged, typed, matching]) == pytest.approx(0.25 + 0.5 + 0.0 + 0.125)
