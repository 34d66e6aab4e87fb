"""A leech is named where progress and feedback are shown, and its pair can be drilled."""

import re
from datetime import datetime, timedelta
from types import SimpleNamespace

import pytest
import time_machine
from flask import render_template
from markupsafe import Markup
from sqlalchemy import event, select
from support.caller import Caller
from support.lessons import Lesson
from support.play import Fields, right, wrong
from support.site import Site, on_both_databases

from quizapp.actions import practice
from quizapp.actions.scope import Scope
from quizapp.core.memory.leech import LEECH_LAPSES
from quizapp.store import learning, models
from quizapp.store.db import db
from quizapp.store.engine import begin_writing
from quizapp.web import present, samples

CAPTIVE, JOINT, THIRD = (f"ownership.{term}.definition" for term in ("captive", "joint", "third"))
DAYS = 2 * LEECH_LAPSES
LINE = "You keep mixing this up with the answer to:"

pytestmark = on_both_databases


def later(lesson: Lesson) -> datetime:
    return lesson.start + timedelta(days=DAYS)


@pytest.fixture
def plagued(site: Site) -> Site:
    """Astrid has forgotten one fact six times, and another once."""
    begin_writing(site.session)
    site.lesson.forget(site.cast.astrid, CAPTIVE, JOINT)
    site.lesson.forget(site.cast.astrid, THIRD, JOINT, times=1)
    site.session.commit()
    return site


def rows(site: Site, path: str = "/progress") -> list[str]:
    """Give the rows of the hardest facts, the hardest first."""
    with time_machine.travel(later(site.lesson), tick=False):
        text = site.logged_in("astrid").get(path).text
    hardest = text.partition("Hardest facts")[2].partition("What you mix up")[0]
    return hardest.split("<li")[1:]


def drill(row: str) -> dict[str, str | list[str]]:
    """Give the fields of the button in a row."""
    fields = re.findall(r'name="(kind|fact|ahead)" value="([^"]+)"', row)
    return {name: [value for each, value in fields if each == name] for name, _ in fields}


def answer(site: Site, key: str, fields: str) -> tuple[str, int]:
    """Answer a question about one fact; give the page that follows, and how often it read what is confused."""
    now = later(site.lesson)
    site.session.rollback()
    begin_writing(site.session)
    scope = Scope(facts=(site.lesson.id(key),), forms=("choice",), ahead=True)
    sitting = practice.start_sitting(site.session, site.cast.astrid, "practice", scope, now=now, seed=1)
    item = practice.serve_item(site.session, site.cast.astrid, sitting, now=now)
    assert item
    site.session.commit()
    given: Fields = {"right": right, "wrong": wrong}[fields](item)
    with time_machine.travel(now, tick=False):
        caller = site.logged_in("astrid")
        sent = caller.post(f"/items/{item.id}/answer", {**given, "key": "k" * 22, "version": "1"})
        return counted(site, caller, sent.headers["Location"])


def counted(site: Site, caller: Caller, path: str) -> tuple[str, int]:
    sent: list[str] = []

    def hear(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        sent.append(statement)

    with site.app.app_context():
        event.listen(db.engine, "before_cursor_execute", hear)
        text = caller.get(path).text
        event.remove(db.engine, "before_cursor_execute", hear)
    return text, len([each for each in sent if "FROM fact" in each and "confusion" in each])


@pytest.mark.parametrize("path", ["/progress", "/progress/sourcing-test"])
def test_a_leech_is_marked_in_words_with_what_is_taken_for_it(plagued: Site, path: str) -> None:
    leech, other = rows(plagued, path)
    assert "Leech</span>" in leech
    assert f"forgotten {LEECH_LAPSES} times" in leech
    assert "Joint venture" in leech.partition("Most often mixed up with:")[2]
    assert "Leech" not in other
    assert "mixed up with" not in other
    assert "<form" not in other


def test_the_button_drills_the_pair_and_nothing_else(plagued: Site) -> None:
    button = rows(plagued)[0]
    pair = [plagued.lesson.id(CAPTIVE), plagued.lesson.id(JOINT)]
    assert "Drill the pair" in button
    assert drill(button) == {"kind": ["practice"], "fact": [*map(str, pair)], "ahead": ["1"]}
    with time_machine.travel(later(plagued.lesson), tick=False):
        assert plagued.logged_in("astrid").post("/sittings", drill(button)).status_code == 303
    plagued.session.rollback()
    query = select(models.Sitting).where(models.Sitting.ended_at.is_(None))
    sitting = plagued.session.scalars(query).one()
    assert sorted(sitting.plan["facts"]) == sorted(pair)
    assert learning.open_item(plagued.session, sitting.id)


def test_a_leech_that_is_mixed_up_with_nothing_is_drilled_alone(site: Site) -> None:
    begin_writing(site.session)
    for day in range(DAYS):
        site.lesson.answer(site.cast.astrid, CAPTIVE, days=day, right=day % 2 == 0)
    site.session.commit()
    (leech,) = rows(site)
    assert "Drill this fact" in leech
    assert "mixed up with" not in leech
    assert drill(leech)["fact"] == [str(site.lesson.id(CAPTIVE))]


def test_a_suspended_fact_is_not_offered_to_be_drilled(plagued: Site) -> None:
    suspend(plagued, CAPTIVE)
    assert "<form" not in rows(plagued)[0]
    assert "Leech</span>" in rows(plagued)[0]


def suspend(site: Site, key: str) -> None:
    begin_writing(site.session)
    practice.suspend_fact(site.session, site.cast.astrid, site.lesson.id(key), now=site.lesson.start)
    site.session.commit()


def test_a_wrong_answer_to_a_leech_names_what_it_is_mixed_up_with(plagued: Site) -> None:
    text, reads = answer(plagued, CAPTIVE, "wrong")
    assert reads == 1
    assert re.search(rf"{LINE} <b><span[^>]*>[^<]*Joint venture<", text)


def test_of_a_matching_set_both_facts_are_named(site: Site) -> None:
    mixed_up = present.MixUp(Markup("Captive centre"), Markup("Joint venture"))
    shown = SimpleNamespace(**vars(samples.PARTLY_MATCHING) | {"mixed_up": mixed_up})
    with site.app.test_request_context():
        text = render_template("items/verdict.html", verdict=shown)
    line = text.partition("You keep mixing up these two:")[2].partition("</p>")[0]
    assert re.search(r"<b>Captive centre</b> . <b>Joint venture</b>", line)


def test_a_wrong_answer_to_a_fact_that_is_no_leech_names_nothing(plagued: Site) -> None:
    assert LINE not in answer(plagued, THIRD, "wrong")[0]


def test_a_right_answer_names_nothing_and_does_not_ask_for_it(plagued: Site) -> None:
    text, reads = answer(plagued, CAPTIVE, "right")
    assert 'data-verdict="right"' in text
    assert LINE not in text
    assert reads == 0


def test_what_somebody_else_mixes_up_is_not_shown(site: Site) -> None:
    begin_writing(site.session)
    site.lesson.forget(site.cast.jussi, CAPTIVE, JOINT)
    site.session.commit()
    assert rows(site) == []
    assert LINE not in answer(site, CAPTIVE, "wrong")[0]
