"""Item analysis, against numbers worked out by hand and a slow oracle in plain Python."""

from dataclasses import dataclass, field
from math import atanh, isclose, sqrt, tanh
from statistics import mean

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.core.insight.correlation import correlations
from quizapp.core.insight.firstanswers import Answers, earliest, picked, rest_scores
from quizapp.core.insight.itemanalysis import Distractor, Flag, ItemStats, analyse

CHOICE, TYPED = 0, 1
KEY, OTHER, THIRD = 1, 101, 102


@dataclass(frozen=True)
class Row:
    learner: int
    fact: int
    right: bool
    form: int = CHOICE
    guess: float = 0.25
    chosen: int = 0
    shown: tuple[int, ...] = ()


@dataclass
class Class:
    """Learners from 1 on, each with six other first answers of which `strength` were right."""

    rows: list[Row] = field(default_factory=list)

    def meet(self, learner: int, strength: int) -> None:
        self.rows += [Row(learner, 900 + at, at < strength, TYPED, 0.0) for at in range(6)]

    def item(self, fact: int) -> ItemStats:
        return next(one for one in analyse(answers(self.rows)) if one.fact == fact)


def answers(rows: list[Row]) -> Answers:
    return Answers(
        key=np.arange(len(rows)),
        learner=np.array([row.learner for row in rows], dtype=np.int64),
        fact=np.array([row.fact for row in rows], dtype=np.int64),
        form=np.array([row.form for row in rows], dtype=np.int64),
        right=np.array([row.right for row in rows], dtype=np.bool_),
        guess=np.array([row.guess for row in rows], dtype=np.float64),
        chosen=np.array([row.chosen for row in rows], dtype=np.int64),
        shown_at=np.array([at for at, row in enumerate(rows) for _ in row.shown], dtype=np.int64),
        shown=np.array([value for row in rows for value in row.shown], dtype=np.int64),
    )


def one_class(right: int, n: int) -> Class:
    """Let n learners answer one fact, the first `right` of them rightly; the stronger half is right elsewhere, too."""
    made = Class()
    for learner in range(1, n + 1):
        made.meet(learner, 5 if learner <= n // 2 else 1)
        made.rows.append(Row(learner, KEY, learner <= right))
    return made


def test_no_answers_are_no_items() -> None:
    assert analyse(answers([])) == []


def test_nineteen_first_answers_are_not_enough_data() -> None:
    few, enough = one_class(10, 19).item(KEY), one_class(10, 20).item(KEY)
    assert (few.n, few.facility, few.corrected, few.discrimination, few.flags) == (19, None, None, None, ())
    assert enough.facility is not None
    assert enough.discrimination is not None


def test_facility_has_wilsons_interval_and_its_guesses_taken_out() -> None:
    facility = (one := one_class(15, 20).item(KEY)).facility
    assert facility is not None
    assert facility.value == 0.75
    assert (round(facility.low, 4), round(facility.high, 4)) == (0.5678, 0.8726)
    assert one.corrected == pytest.approx((0.75 - 0.25) / 0.75)
    assert one_class(2, 20).item(KEY).corrected == 0.0


def test_discrimination_is_the_correlation_with_all_other_answers() -> None:
    """Ten who score 5 of 6 elsewhere are right, ten who score 1 of 6 are wrong but for two: r = sqrt(2/3)."""
    found = one_class(12, 20).item(KEY).discrimination
    assert found is not None
    assert found.n == 20
    assert found.value == pytest.approx(sqrt(2 / 3))
    half = 1.6449 / sqrt(17)
    assert (found.low, found.high) == pytest.approx((tanh(atanh(found.value) - half), tanh(atanh(found.value) + half)))


def test_an_items_own_answer_is_not_part_of_the_rest() -> None:
    rows = [Row(1, fact, right=fact < 4) for fact in range(1, 7)]
    assert rest_scores(answers(rows)) == pytest.approx([0.4, 0.4, 0.4, 0.6, 0.6, 0.6])


def test_four_other_answers_say_nothing_about_a_learner() -> None:
    assert np.isnan(rest_scores(answers([Row(1, fact, right=True) for fact in range(5)]))).all()


def test_items_that_everybody_gets_right_do_not_discriminate_at_all() -> None:
    assert one_class(20, 20).item(KEY).discrimination is None


@pytest.mark.parametrize(
    ("right", "test", "expected"),
    [(5, False, Flag.HARD), (12, False, None), (17, False, None), (19, False, Flag.EASY), (17, True, Flag.EASY)],
)
def test_facility_is_flagged_by_the_limits_of_practice_and_of_tests(
    right: int, test: bool, expected: Flag | None
) -> None:
    rows = one_class(right, 20).rows
    flags = next(one for one in analyse(answers(rows), test=test) if one.fact == KEY).flags
    assert [flag for flag in flags if flag in {Flag.HARD, Flag.EASY}] == ([expected] if expected else [])


def test_an_item_that_the_weak_get_right_as_often_is_flat() -> None:
    made = Class()
    for learner in range(1, 25):
        made.meet(learner, 5 if learner % 2 else 1)
        made.rows.append(Row(learner, KEY, learner % 4 < 2))
    item = made.item(KEY)
    assert item.discrimination is not None
    assert abs(item.discrimination.value) < 1e-9
    assert Flag.FLAT in item.flags


def mixing(n: int, taken: int, *, strong: bool) -> Distractor:
    """Let n learners see two other values, and `taken` of them, the strong or the weak ones, take one of the two."""
    made = Class()
    for learner in range(1, n + 1):
        takes = learner <= taken
        made.meet(learner, 5 if takes == strong else 1)
        made.rows.append(Row(learner, KEY, not takes, chosen=OTHER if takes else 0, shown=(OTHER, THIRD)))
    values = {value.value: value for value in made.item(KEY).distractors}
    assert values[THIRD].chosen == 0
    return values[OTHER]


def test_a_value_that_hardly_anybody_takes_is_idle_from_twenty_showings_on() -> None:
    assert mixing(19, 0, strong=False).takers is None
    assert mixing(19, 0, strong=False).flags == ()
    assert mixing(25, 1, strong=False).flags == (Flag.IDLE,) or mixing(25, 1, strong=False).of_wrong == 1.0
    assert Flag.IDLE not in mixing(40, 2, strong=False).flags


def test_where_nearly_all_are_right_a_share_of_the_wrong_answers_is_enough() -> None:
    found = mixing(50, 1, strong=False)
    assert found.takers is not None
    assert found.takers.value == 0.02
    assert (found.of_wrong, found.flags) == (1.0, ())


def test_a_value_that_the_best_take_is_perhaps_also_true_but_not_below_thirty() -> None:
    assert Flag.ALSO_TRUE in mixing(30, 10, strong=True).flags
    assert Flag.ALSO_TRUE not in mixing(29, 10, strong=True).flags
    assert Flag.ALSO_TRUE not in mixing(30, 10, strong=False).flags


def test_only_those_who_saw_a_value_are_its_takers() -> None:
    made = Class()
    for learner in range(1, 41):
        made.meet(learner, 3)
        sees = learner <= 25
        made.rows.append(Row(learner, KEY, not sees, chosen=OTHER if sees else 0, shown=(OTHER,) if sees else (THIRD,)))
    seen = {value.value: value for value in made.item(KEY).distractors}
    assert (seen[OTHER].shown, seen[OTHER].chosen, seen[THIRD].shown) == (25, 25, 15)


def test_forms_of_a_fact_are_items_of_their_own() -> None:
    rows = [Row(learner, KEY, right=True, form=learner % 2) for learner in range(1, 60)]
    assert [(one.fact, one.form, one.n) for one in analyse(answers(rows))] == [(KEY, 0, 29), (KEY, 1, 30)]


def test_four_private_people_do_not_count_and_five_do() -> None:
    rows = one_class(15, 25).rows

    def counted(private: set[int]) -> int:
        return next(one.n for one in analyse(answers(rows), private) if one.fact == KEY)

    assert counted({1, 2, 3, 4}) == 21
    assert counted({1, 2, 3, 4, 5}) == 25


def test_of_several_answers_to_a_fact_only_a_learners_earliest_counts() -> None:
    rows = [
        Row(1, KEY, right=False, chosen=OTHER, shown=(OTHER,)),
        Row(2, KEY, right=True, form=TYPED),
        Row(1, KEY, right=True, form=TYPED),
        Row(1, 2, right=True, shown=(THIRD,)),
    ]
    kept = picked(answers(rows), earliest(answers(rows)))
    assert kept.learner.tolist() == [1, 2, 1]
    assert kept.right.tolist() == [False, True, True]
    assert (kept.shown_at.tolist(), kept.shown.tolist()) == ([0, 2], [OTHER, THIRD])


ROWS = st.lists(
    st.builds(
        Row,
        learner=st.integers(1, 12),
        fact=st.integers(1, 4),
        right=st.booleans(),
        form=st.integers(0, 1),
        guess=st.sampled_from([0.0, 0.25, 0.5]),
        chosen=st.sampled_from([0, OTHER, THIRD, -1]),
        shown=st.sampled_from([(), (OTHER,), (OTHER, THIRD), (THIRD, -1)]),
    ),
    max_size=240,
)


@given(ROWS, st.frozensets(st.integers(1, 12), max_size=8))
def test_the_fast_numbers_are_those_of_the_oracle(rows: list[Row], private: frozenset[int]) -> None:
    found = {(one.fact, one.form): one for one in analyse(answers(rows), private)}
    assert analyse(answers(rows), private, only=2) == [one for one in found.values() if one.fact == 2]
    items = {(row.fact, row.form): counted_rows(rows, row.fact, row.form, private) for row in rows}
    assert found.keys() == {key for key, some in items.items() if some}
    for key, one in found.items():
        some = items[key]
        assert (one.n, one.right) == (len(some), sum(row.right for row, _ in some))
        assert (one.facility is None) == (len(some) < 20)
        same(one.discrimination, pearson([(row.right, rest) for row, rest in some]))
        for value in one.distractors:
            saw = [(row, rest) for row, rest in some if value.value in row.shown]
            assert (value.shown, value.chosen) == (len(saw), sum(row.chosen == value.value for row, _ in saw))
            same(value.correlation, pearson([(row.chosen == value.value, rest) for row, rest in saw]))


def counted_rows(rows: list[Row], fact: int, form: int, private: frozenset[int]) -> list[tuple[Row, float | None]]:
    mine = [at for at, row in enumerate(rows) if (row.fact, row.form) == (fact, form)]
    hidden = [at for at in mine if rows[at].learner in private]
    left = [at for at in mine if at not in hidden or len(hidden) >= 5]
    return [(rows[at], rest_of(rows, at)) for at in left]


def rest_of(rows: list[Row], at: int) -> float | None:
    others = [row.right for number, row in enumerate(rows) if number != at and row.learner == rows[at].learner]
    return sum(others) / len(others) if len(others) >= 5 else None


def pearson(pairs: list[tuple[bool, float | None]]) -> float | None:
    known = [(float(x), y) for x, y in pairs if y is not None]
    if len(known) < 20:
        return None
    left, right = mean(x for x, _ in known), mean(y for _, y in known)
    over = sum((x - left) * (y - right) for x, y in known)
    under = sum((x - left) ** 2 for x, _ in known) * sum((y - right) ** 2 for _, y in known)
    return over / sqrt(under) if under > 1e-12 else None


def same(found: object, expected: float | None) -> None:
    assert (found is None) == (expected is None)
    if expected is not None:
        assert isclose(found.value, expected, abs_tol=1e-9)  # type: ignore[attr-defined]  # a Correlation by now
        assert found.low <= found.value <= found.high  # type: ignore[attr-defined]  # as above


def test_groups_without_pairs_have_no_correlation() -> None:
    none = correlations(np.array([1, 1]), np.array([True, False]), np.array([0.1, np.nan]), 3, 4)
    assert none == [None, None, None]
