"""What a class mixes up."""

from hypothesis import given
from hypothesis import strategies as st

from quizapp.core.insight.classconfusions import Counted, directions, matrix, pairs
from quizapp.core.insight.intervals import wilson


def row(fact: int, other: int, shown: int, chosen: int, *, people: int = 6, private: bool = False) -> Counted:
    return Counted(fact, other, private, people, shown, chosen)


def test_four_students_are_too_few_to_show() -> None:
    assert directions([row(1, 2, 9, 3, people=4)], 5) == {}
    assert directions([row(1, 2, 9, 3, people=5)], 5).keys() == {(1, 2)}


def test_one_student_by_name_needs_no_others() -> None:
    assert directions([row(1, 2, 2, 1, people=1)], 1)[1, 2].share == 0.5


def test_four_private_people_are_left_out_and_five_count() -> None:
    seen = [row(1, 2, 10, 2), row(1, 2, 8, 8, people=4, private=True)]
    assert directions(seen, 5)[1, 2].chosen == 2
    seen[1] = row(1, 2, 8, 8, people=5, private=True)
    assert (directions(seen, 5)[1, 2].chosen, directions(seen, 5)[1, 2].people) == (10, 11)


def test_counts_that_were_taken_back_are_nothing() -> None:
    assert directions([row(1, 2, 0, 0)], 5) == {}


def test_a_pair_adds_up_both_directions_and_keeps_them_apart() -> None:
    found = pairs(directions([row(7, 3, 20, 5), row(3, 7, 10, 1), row(4, 5, 30, 0)], 5))
    assert len(found) == 1
    assert (found[0].there.fact, found[0].there.chosen, found[0].back.chosen) == (3, 1, 5)
    assert (found[0].chosen, found[0].shown, found[0].share) == (6, 30, 0.2)
    assert found[0].interval == wilson(6, 30)
    assert (found[0].back.low, found[0].back.high) == wilson(5, 20)


def test_a_pair_known_one_way_has_no_share_the_other_way() -> None:
    (pair,) = pairs(directions([row(1, 2, 10, 4)], 5))
    assert (pair.back.shown, pair.back.share) == (0, None)


def test_the_matrix_holds_both_facts_of_a_pair_or_neither() -> None:
    known = directions([row(1, 2, 9, 9), row(3, 4, 9, 8), row(5, 2, 9, 7), row(6, 7, 9, 1)], 5)
    found = matrix(known, pairs(known), 5)
    assert found.facts == (1, 2, 3, 4, 5)
    assert found.cells[0][0] is None
    assert found.cells[4][1] is not None
    assert (found.cells[4][1].chosen, found.most) == (7, 9)


def test_without_mix_ups_the_matrix_is_empty() -> None:
    assert (matrix({}, [], 8).facts, matrix({}, [], 8).most) == ((), 0)


@given(
    st.lists(
        st.tuples(st.integers(1, 6), st.integers(1, 6), st.integers(0, 9), st.integers(0, 9)).map(
            lambda of: row(of[0], of[1], of[2] + of[3], of[3])
        )
    )
)
def test_nothing_that_was_counted_gets_lost(rows: list[Counted]) -> None:
    found = pairs(directions(rows, 1))
    assert sum(pair.chosen for pair in found) == sum(each.chosen for each in rows if each.fact != each.other)
    assert [pair.chosen for pair in found] == sorted((pair.chosen for pair in found), reverse=True)
    assert all(pair.there.fact < pair.there.other for pair in found)
