"""The front door: a stranger learns what this is, a learner what is due today."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import event
from support.caller import Caller
from support.site import Site, on_both_databases

from quizapp.actions import practice, quiz
from quizapp.actions.scope import Scope
from quizapp.store import models
from quizapp.store.db import db
from quizapp.store.engine import begin_writing

MOST_STATEMENTS = 8


class Counted:
    """Counts the statements that the application sends."""

    def __init__(self, site: Site) -> None:
        self.statements: list[str] = []
        with site.app.app_context():
            event.listen(db.engine, "before_cursor_execute", self._hear)

    def _hear(self, _connection: object, _cursor: object, statement: str, *_: object) -> None:
        self.statements.append(statement)


def study(site: Site, *days: float, right: bool = True) -> None:
    """Let Astrid answer every card and definition on some days after the start."""
    keys = ("cards.tco", "cards.sla", "ownership.captive.definition", "ownership.joint.definition")
    begin_writing(site.session)
    for day in days:
        for key in keys:
            site.lesson.answer(site.cast.astrid, key, days=day, right=right)
    site.session.commit()


def at(site: Site, days: float) -> time_machine.travel:
    return time_machine.travel(site.lesson.start + timedelta(days=days), tick=False)


def test_a_stranger_is_told_what_it_is_and_how_to_begin(stranger: Caller) -> None:
    page = stranger.get("/").text
    assert 'href="/signup"' in page
    assert 'href="/login"' in page
    assert "before you would forget it" in page


@on_both_databases
def test_a_newcomer_is_offered_new_facts(astrid: Caller) -> None:
    page = astrid.get("/").text
    assert "Ready when you are" in page
    assert "Learn new facts" in page
    assert "Sourcing models" in page
    assert 'action="/sittings"' in page


@on_both_databases
def test_due_facts_come_first_with_the_time_they_take(site: Site) -> None:
    study(site, 0)
    with at(site, 30):
        page = site.logged_in("astrid").get("/").text
    assert '<span class="today__count">4</span>' in page
    assert "About a minute of your time." in page
    assert "Start practice" in page
    assert "Wednesday 1 April" in page


def test_when_nothing_is_due_the_next_day_is_named(site: Site) -> None:
    study(site, 0)
    with at(site, 0.05):
        page = site.logged_in("astrid").get("/").text
    assert "Nothing is due" in page
    assert "fall due in" in page or "falls due in" in page


def test_days_in_a_row_and_answers_are_counted(site: Site) -> None:
    study(site, 0, 1, 2)
    with at(site, 2.1):
        page = site.logged_in("astrid").get("/").text
    shown = re.findall(r'<dt class="stat__label">(.*?)</dt><dd class="stat__value">(\d+)', page)
    assert shown[:2] == [("days in a row", "3"), ("answers today", "4")]


def test_a_suspended_fact_is_not_due(site: Site) -> None:
    study(site, 0)
    begin_writing(site.session)
    practice.suspend_fact(site.session, site.cast.astrid, site.lesson.id("cards.tco"), now=site.lesson.start)
    site.session.commit()
    with at(site, 30):
        assert '<span class="today__count">3</span>' in site.logged_in("astrid").get("/").text


def test_an_archived_bank_is_gone(site: Site) -> None:
    study(site, 0)
    site.lesson.bank.archived_at = site.lesson.start
    site.session.commit()
    with at(site, 30):
        page = site.logged_in("astrid").get("/").text
    assert "No banks yet" in page
    assert "Sourcing models" not in page


@on_both_databases
def test_what_was_left_open_can_be_resumed(site: Site, astrid: Caller) -> None:
    begin_writing(site.session)
    now = datetime.now(UTC)
    sitting = practice.start_sitting(site.session, site.cast.astrid, "match", Scope(), now=now, seed=1)
    settings = quiz.QuizSettings(Scope(), 3, "end")
    attempt = quiz.start_attempt(site.session, site.cast.astrid, settings, now=now, seed=1)
    site.session.commit()
    page = astrid.get("/").text
    assert f'href="/sittings/{sitting.id}"' in page
    assert f'href="/attempts/{attempt.id}"' in page
    assert "Go on where you stopped" not in site.logged_in("jussi").get("/").text


@on_both_databases
@pytest.mark.parametrize("path", ["/", "/banks", "/progress", "/progress/sourcing-test"])
def test_a_page_sends_few_statements(site: Site, path: str) -> None:
    study(site, 0, 1)
    caller = site.logged_in("astrid")
    caller.get(path)
    counted = Counted(site)
    assert caller.get(path).status_code == 200
    statements = [each for each in counted.statements if not each.startswith(("BEGIN", "ROLLBACK", "SELECT 1"))]
    assert len(statements) <= MOST_STATEMENTS, statements


def test_the_number_of_statements_does_not_grow_with_the_banks(site: Site) -> None:
    study(site, 0)
    begin_writing(site.session)
    for number in range(12):
        bank = models.Bank(key=f"more-{number}", title=f"More {number}", origin="added", created_at=site.lesson.start)
        bank.version_id = site.lesson.bank.version_id
        site.session.add(bank)
    site.session.commit()
    caller = site.logged_in("astrid")
    counted = Counted(site)
    assert caller.get("/").text.count("bank-card__end") == 13
    assert len([each for each in counted.statements if each.startswith("SELECT")]) <= MOST_STATEMENTS
