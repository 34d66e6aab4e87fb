"""Lists by their address: words, filters, order and page; whatever the address says, a page comes."""

from collections.abc import Sequence
from typing import NamedTuple
from urllib.parse import parse_qs

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from quizapp.web import listing
from quizapp.web.listing import Filter, Listed


class Row(NamedTuple):
    name: str
    points: int | None = None


ROWS = [Row("Ada Lovelace", 3), Row("alan Turing"), Row("Grace Hopper", 9), Row("Barbara Liskov", 1)]


def show(
    *args: tuple[str, str], rows: Sequence[Row] = ROWS, size: int = 50, default: str = "", search: bool = True
) -> Listed[Row]:
    few = Filter[Row](
        "group",
        "Group",
        [("scored", "with points"), ("none", "without")],
        lambda row, value: (row.points is not None) == (value == "scored"),
        default=default,
    )
    return listing.of(
        rows,
        keys={"name": lambda row: row.name, "points": lambda row: row.points},
        default="name",
        search=(lambda row: row.name) if search else None,
        filters=[few],
        size=size,
        args=MultiDict(args),
    )


def names(listed: Listed[Row]) -> list[str]:
    return [row.name.split()[0] for row in listed.rows]


@given(st.lists(st.tuples(st.sampled_from(["q", "sort", "page", "group", "other"]), st.text(max_size=30)), max_size=8))
def test_any_address_gives_a_page(args: list[tuple[str, str]]) -> None:
    listed = show(*args, size=2)
    assert 1 <= listed.page <= listed.pages
    assert listed.all == len(ROWS)
    assert len(listed.rows) <= 2


@pytest.mark.parametrize("page", ["0", "-3", "99", "x", "9" * 5000, "1.5"])
def test_a_page_that_is_not_there_is_the_nearest(page: str) -> None:
    assert show(("page", page), size=3).page in {1, 2}


@pytest.mark.parametrize("sort", ["", "-", "shoe", "--name", "points; drop"])
def test_an_unknown_order_is_the_default(sort: str) -> None:
    assert show(("sort", sort)).sort == "name"


def test_order_minds_no_case_and_what_is_not_known_comes_last_both_ways() -> None:
    assert names(show()) == ["Ada", "alan", "Barbara", "Grace"]
    assert names(show(("sort", "points"))) == ["Barbara", "Ada", "Grace", "alan"]
    assert names(show(("sort", "-points"))) == ["Grace", "Ada", "Barbara", "alan"]


def test_every_word_of_a_search_is_in_what_is_found() -> None:
    listed = show(("q", "  TURING  al "))
    assert (names(listed), listed.total, listed.all, listed.narrowed) == (["alan"], 1, 4, True)
    assert names(show(("q", "turing ada"))) == []
    assert names(show(("q", "turing"), search=False)) == names(show())


def test_a_filter_lets_through_what_fits_and_an_unknown_value_its_default() -> None:
    assert names(show(("group", "none"))) == ["alan"]
    assert len(show(("group", "shoe")).rows) == 4
    assert names(show(("group", "shoe"), default="none")) == ["alan"]
    assert len(show(("group", ""), default="none").rows) == 4
    assert not show(default="none").narrowed


def test_pages_follow_one_another_and_keep_what_was_asked() -> None:
    asked = (("q", "a"), ("sort", "-name"), ("group", "scored"), ("day", "2026-03-02"))
    first = show(*asked, size=2)
    assert (names(first), first.page, first.pages, first.previous_url) == (["Grace", "Barbara"], 1, 2, "")
    query = parse_qs(first.next_url.removeprefix("?"))
    assert query == {"q": ["a"], "sort": ["-name"], "group": ["scored"], "day": ["2026-03-02"], "page": ["2"]}
    second = show(*((name, values[0]) for name, values in query.items()), size=2)
    assert (names(second), second.next_url) == (["Ada"], "")
    assert parse_qs(second.previous_url.removeprefix("?")) == {name: query[name] for name in query if name != "page"}


def test_a_column_is_turned_round_when_it_is_chosen_again() -> None:
    listed = show(("page", "2"), size=2)
    assert parse_qs(listed.url_for_sort("name").removeprefix("?")) == {"sort": ["-name"]}
    assert parse_qs(listed.url_for_sort("points").removeprefix("?")) == {"sort": ["points"]}
    assert (listed.order_of("name"), listed.order_of("points")) == ("ascending", "none")
    assert show(("sort", "-name")).order_of("name") == "descending"


def test_showing_everything_again_keeps_the_order_and_the_rest() -> None:
    listed = show(("q", "a"), ("group", "none"), ("sort", "-name"), ("day", "x"))
    assert parse_qs(listed.clear_url.removeprefix("?")) == {"sort": ["-name"], "day": ["x"]}
