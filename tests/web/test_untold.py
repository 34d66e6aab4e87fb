"""A fact's page waits with what a quiz may not tell yet."""

from datetime import UTC, datetime, timedelta

import time_machine
from sqlalchemy import select
from support.assigned import open_classroom
from support.caller import Caller
from support.site import Site

from quizapp.store import library, models
from quizapp.store.engine import begin_writing

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
WEEK = timedelta(days=7)


def asked_once(site: Site) -> str:
    """Let Astrid hand in a quiz whose answers follow its due date, and give the page of a fact it asked."""
    begin_writing(site.session)
    school = open_classroom(site.session, site.cast, site.lesson.bank, NOW)
    attempt = school.start(school.assign(feedback="due"))
    school.save(attempt, 1)
    school.finish(attempt)
    site.session.flush()
    fact = site.session.scalars(select(models.Review.fact_id)).first()
    bank, _ = library.fact_keys(site.session, [fact or 0])[fact or 0]
    site.session.commit()
    assert bank == site.lesson.bank.id
    return f"/banks/{site.lesson.bank.key}/facts/{fact}"


def read(caller: Caller, url: str) -> str:
    answer = caller.get(url)
    assert answer.status_code == 200
    return answer.text


def test_a_facts_page_tells_how_a_quiz_went_only_from_when_the_quiz_does(site: Site) -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        url = asked_once(site)
        assert "What happened last" not in read(site.logged_in("astrid"), url)
        clock.shift(2 * WEEK)
        assert "What happened last" in read(site.logged_in("astrid"), url)
