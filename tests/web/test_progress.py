"""Progress: full, empty, and true to the log."""

import re
from datetime import timedelta

import pytest
import time_machine
from support.caller import Caller
from support.site import Site, on_both_databases

from quizapp.store.engine import begin_writing

TERMS = tuple(f"ownership.{term}.definition" for term in ("captive", "joint", "third"))


@pytest.fixture
def studied(site: Site) -> Site:
    """Astrid has two weeks behind her, with one pair mixed up and one fact forgotten."""
    begin_writing(site.session)
    for day in (0, 3, 9):
        for key in ("cards.tco", "cards.sla", "models.staff.in", "models.staff.out", "cost-kinds.running.fees"):
            site.lesson.answer(site.cast.astrid, key, days=day, right=not (key == "cards.sla" and day > 0))
    for day in (1, 5, 11):
        site.lesson.choose(site.cast.astrid, TERMS[0], TERMS[1], days=day)
        site.lesson.choose(site.cast.astrid, TERMS[1], TERMS[0], days=day)
        site.lesson.choose(site.cast.astrid, TERMS[2], TERMS[2], days=day)
    site.session.commit()
    return site


def page(site: Site, path: str, days: float = 14) -> str:
    with time_machine.travel(site.lesson.start + timedelta(days=days), tick=False):
        answer = site.logged_in("astrid").get(path)
    assert answer.status_code == 200
    return answer.text


@on_both_databases
def test_before_the_first_answer_there_is_nothing_but_a_way_in(astrid: Caller) -> None:
    text = astrid.get("/progress").text
    assert "Nothing to show yet" in text
    assert '<svg class="chart' not in text
    assert 'href="/practice"' in text


@on_both_databases
def test_every_picture_has_a_table_beside_it(studied: Site) -> None:
    text = page(studied, "/progress")
    assert text.count('<svg class="chart') >= 3
    for caption in ("Expected recall", "Facts due", "Answers week by week", "Where you stand in each bank"):
        assert re.search(rf"<caption>(<span[^>]*>)?{caption}", text), caption


@on_both_databases
def test_what_was_forgotten_and_mixed_up_is_named(studied: Site) -> None:
    text = page(studied, "/progress")
    hardest = text.partition("Hardest facts")[2].partition("What you mix up")[0]
    assert "What does SLA stand for?" in hardest
    assert "Total cost" not in hardest
    mixed = text.partition("What you mix up")[2].partition("Can you trust it?")[0]
    assert "6 times" in mixed
    assert "Captive centre" in mixed
    assert "Joint venture" in mixed
    assert "Third-party centre" not in mixed


def test_trust_needs_twenty_reviews(studied: Site) -> None:
    assert "Comes after 20 reviews" in page(studied, "/progress")


def test_recall_falls_and_nobody_else_sees_it(studied: Site) -> None:
    def recalled(text: str) -> int:
        found = re.search(r'recalled now</dt><dd class="stat__value">(\d+)', text)
        assert found
        return int(found[1])

    assert 50 < recalled(page(studied, "/progress", 60)) < recalled(page(studied, "/progress", 14)) <= 100
    assert "Nothing to show yet" in studied.logged_in("jussi").get("/progress").text


@on_both_databases
def test_a_bank_is_shaded_fact_by_fact(studied: Site) -> None:
    text = page(studied, "/progress/sourcing-test")
    levels = text.partition('<table class="levels">')[2].partition("</table>")[0]
    assert levels.count("data-level") == 4
    assert levels.count(">new<") == 2
    assert "Insourcing" in levels
    assert "Kinds of cost" in text
    assert text.count('class="shade"') == 13


def test_a_bank_not_begun_yet_says_so(astrid: Caller) -> None:
    assert "All new to you" in astrid.get("/progress/sourcing-test").text
