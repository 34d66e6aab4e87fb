"""A learner's long lists, of banks and of quizzes taken, are searched, ordered and come in pages."""

import re
from datetime import timedelta

import pytest
from support.caller import Caller
from support.site import Site

from quizapp.actions.banks import publish_bank
from quizapp.core.knowledge.limits import Text
from quizapp.store import models
from quizapp.store.engine import begin_writing
from quizapp.web import banks, quiz

MANY = 25


@pytest.fixture
def shelf(site: Site) -> Site:
    """The test bank and many more."""
    begin_writing(site.session)
    for number in range(MANY):
        head = f"knowledge: 1\nid: more-{number}\nlanguage: en\ntitle: More {number:02}\n"
        text = head + "cards:\n  a: {front: F?, back: B}\n"
        publish_bank(site.session, [Text("more.yaml", text)], origin="added", by=None, now=site.lesson.start)
    site.lesson.answer(site.cast.astrid, "cards.tco", days=-30)
    site.session.commit()
    return site


@pytest.fixture
def taken(site: Site) -> Site:
    """Many quizzes that Astrid took, one of them at an assignment."""
    begin_writing(site.session)
    now, learner = site.lesson.start, site.cast.astrid.id
    course = models.Course(name="Week", code="WEEK", created_at=now)
    site.session.add(course)
    site.session.flush()
    made = models.Assignment(
        course_id=course.id, kind="quiz", title="Zebra", scope={}, blueprint=[], due_at=now, seed=1, created_at=now
    )
    site.session.add(made)
    site.session.flush()
    for number in range(MANY):
        at = now + timedelta(hours=number)
        sitting = models.Sitting(learner_id=learner, kind="quiz", scope={}, plan={}, seed=1, started_at=at, ended_at=at)
        site.session.add(sitting)
        site.session.flush()
        row = {"sitting_id": sitting.id, "learner_id": learner, "feedback": "end", "questions": 1, "started_at": at}
        done = {"finished_at": at, "points": 1.0, "points_possible": 1.0}
        site.session.add(models.Attempt(**row, **done, assignment_id=None if number else made.id))
    site.session.commit()
    return site


def titles(caller: Caller, url: str) -> list[str]:
    return re.findall(r'class="card__cover"[^>]*>([^<]+)<', caller.get(url).text)


def quizzes(caller: Caller, url: str) -> int:
    return len(re.findall(r'class="row__title" href="/attempts/', caller.get(url).text))


def test_a_short_list_of_banks_has_nothing_above_it(astrid: Caller) -> None:
    page = astrid.get("/banks").text
    assert titles(astrid, "/banks") == ["Sourcing models"]
    assert 'name="q"' not in page


def test_many_banks_come_in_pages(shelf: Site) -> None:
    astrid = shelf.logged_in("astrid")
    assert len(titles(astrid, "/banks")) == banks.LISTED
    assert len(titles(astrid, "/banks?page=2")) == MANY + 1 - banks.LISTED


def test_banks_are_searched_ordered_and_filtered(shelf: Site) -> None:
    astrid = shelf.logged_in("astrid")
    assert titles(astrid, "/banks?q=more+07") == ["More 07"]
    assert titles(astrid, "/banks?sort=-due")[0] == "Sourcing models"
    assert titles(astrid, "/banks?due=y") == ["Sourcing models"]
    assert "No bank fits." in astrid.get("/banks?q=nowhere").text


def test_quizzes_taken_come_in_pages_and_are_found_by_title(taken: Site) -> None:
    astrid = taken.logged_in("astrid")
    assert quizzes(astrid, "/quiz") == quiz.LISTED
    assert quizzes(astrid, "/quiz?page=2") == MANY - quiz.LISTED
    assert quizzes(astrid, "/quiz?q=zebra") == 1
    assert "No quiz fits." in astrid.get("/quiz?q=nowhere").text
