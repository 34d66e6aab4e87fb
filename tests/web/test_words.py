"""Numbers, shares and times as each language of the pages writes them."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from flask_babel import Babel, force_locale

from quizapp.store.site import Entry
from quizapp.web import book_words, dates, words
from quizapp.web.rule_words import rule_name

NBSP = "\N{NO-BREAK SPACE}"
AT = datetime(2026, 11, 5, 13, 5, tzinfo=UTC)
HELSINKI = ZoneInfo("Europe/Helsinki")
STYLES: tuple[dates.Style, ...] = ("short", "weekday-medium", "long", "weekday-long", "month", "weekday")


@contextmanager
def speaking(language: str) -> Iterator[None]:
    app = Flask(__name__)
    Babel(app)
    with app.test_request_context(), force_locale(language):
        yield


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("en", "60%"),
        ("sv", f"60{NBSP}%"),
        ("de", f"60{NBSP}%"),
        ("fi", f"60{NBSP}%"),
        ("nb", f"60{NBSP}%"),
    ],
)
def test_a_share_is_written_as_the_language_does(language: str, written: str) -> None:
    with speaking(language):
        assert words.percent(0.6) == written


def test_only_what_is_certain_is_a_hundred_percent() -> None:
    with speaking("en"):
        assert [words.percent(share) for share in (None, 0.0, 0.996, 1.0)] == ["–", "0%", "99%", "100%"]


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("en", "5 Nov 2026, 15:05"),
        ("sv", "5 nov. 2026 15:05"),
        ("de", "5. Nov. 2026, 15:05"),
        ("fi", "5.11.2026 klo 15.05"),
        ("nb", "5. nov. 2026, 15:05"),
    ],
)
def test_an_instant_is_written_as_the_language_does(language: str, written: str) -> None:
    with speaking(language):
        assert dates.moment(AT, HELSINKI) == written


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("en", ["5 Nov", "Thu, 5 Nov 2026", "5 November 2026", "Thursday 5 November", "Nov", "Thu"]),
        ("sv", ["5 nov.", "tors 5 nov. 2026", "5 november 2026", "torsdag 5 november", "nov.", "tors"]),
        ("de", ["5. Nov.", "Do., 5. Nov. 2026", "5. November 2026", "Donnerstag, 5. November", "Nov", "Do"]),
        ("fi", ["5.11.", "to 5.11.2026", "5. marraskuuta 2026", "torstai 5. marraskuuta", "marras", "to"]),
        ("nb", ["5. nov.", "tor. 5. nov. 2026", "5. november 2026", "torsdag 5. november", "nov", "tor."]),
    ],
)
def test_a_day_is_written_as_the_language_does(language: str, written: list[str]) -> None:
    with speaking(language):
        assert [dates.day(date(2026, 11, 5), style) for style in STYLES] == written


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("en", ["−0.50", "1,234.57", "2.5"]),
        ("sv", ["−0,50", f"1{NBSP}234,57", "2,5"]),
        ("de", ["−0,50", "1.234,57", "2,5"]),
        ("fi", ["−0,50", f"1{NBSP}234,57", "2,5"]),
        ("nb", ["−0,50", f"1{NBSP}234,57", "2,5"]),
    ],
)
def test_a_number_is_written_as_the_language_does(language: str, written: list[str]) -> None:
    with speaking(language):
        assert [words.exact(-0.5), words.exact(1234.567), words.points(2.5)] == written


def test_a_time_limit_of_a_course_is_told_in_its_zone() -> None:
    with speaking("en"):
        assert dates.moment(AT, ZoneInfo("America/New_York"), "short") == "5 Nov, 08:05"


def test_the_books_say_what_was_and_what_is() -> None:
    entry = booked("assignment.change", {"due_at": ["2026-11-05T13:05:00+00:00", None], "title": ["Week 1", "Renamed"]})
    with speaking("en"):
        assert book_words.details(entry) == [("due", "5 Nov 2026, 13:05 → –"), ("title", "Week 1 → Renamed")]


def test_the_books_name_roles_and_leave_authors_words_alone() -> None:
    with speaking("en"):
        assert book_words.details(booked("role.change", {"was": "student", "is": "instructor"})) == [
            ("before", "student"),
            ("now", "instructor"),
        ]
        named = book_words.details(booked("course.change", {"was": {"name": "private", "open": True}}))
        assert named == [("before", "name: private; takes in new people: yes")]


def test_a_kind_of_entry_or_detail_that_nobody_named_stands_as_it_is() -> None:
    with speaking("en"):
        assert book_words.action_name("thing.done") == "thing.done"
        assert book_words.details(booked("thing.done", {"odd": 1.5})) == [("odd", "1.5")]


@pytest.mark.parametrize(
    "rule", [*(f"E{n}" for n in range(1, 9)), *(f"M{n}" for n in range(1, 11)), *(f"W{n}" for n in range(1, 8)), "F1"]
)
def test_every_rule_has_a_name_in_words(rule: str) -> None:
    with speaking("en"):
        assert rule_name(rule) != rule


def booked(action: str, detail: dict[str, object]) -> Entry:
    return Entry(at=AT, by_name="Anna", action=action, about="thing", course=None, detail=detail)
