"""A quiz from its form to its score, without JavaScript."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import select
from support.caller import Caller
from support.play import right, wrong
from support.site import Site, on_both_databases

from quizapp.store import models

FORM = {"questions": "5", "forms": "choice", "feedback": "end", "minutes": ""}


class Candidate:
    """Somebody who takes a quiz page by page."""

    def __init__(self, site: Site, caller: Caller) -> None:
        self.site, self.caller, self.attempt = site, caller, 0

    def begin(self, **changes: str) -> None:
        answer = self.caller.post("/attempts", {**FORM, **changes})
        found = re.fullmatch(r"/attempts/(\d+)/1", answer.headers.get("Location", ""))
        assert found, answer.text
        self.attempt = int(found[1])

    def items(self) -> list[models.Item]:
        self.site.session.rollback()
        query = (
            select(models.Item)
            .join(models.Attempt, models.Attempt.sitting_id == models.Item.sitting_id)
            .where(models.Attempt.id == self.attempt)
            .order_by(models.Item.slot)
        )
        return list(self.site.session.scalars(query))

    def answer(self, slot: int, *, rightly: bool = True) -> str:
        item = self.items()[slot - 1]
        page = self.caller.get(f"/attempts/{self.attempt}/{slot}").text
        key = re.search(r'name="key" value="([^"]+)"', page)
        version = re.search(r'name="version" value="(\d+)"', page)
        assert key, page
        assert version
        fields = {**(right(item) if rightly else wrong(item)), "key": key[1], "version": version[1]}
        answer = self.caller.post(f"/items/{item.id}/answer", fields)
        assert answer.status_code == 303, answer.text
        onward = self.caller.get(answer.headers["Location"])
        return onward.headers.get("Location", answer.headers["Location"])

    def finish(self) -> str:
        answer = self.caller.post(f"/attempts/{self.attempt}/finish")
        assert answer.headers["Location"] == f"/attempts/{self.attempt}"
        return self.caller.get(f"/attempts/{self.attempt}").text


@pytest.fixture
def candidate(site: Site, astrid: Caller) -> Candidate:
    return Candidate(site, astrid)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("questions", "0"),
        ("questions", "101"),
        ("questions", ""),
        ("minutes", "0"),
        ("minutes", "1000"),
        ("forms", "essay"),
        ("feedback", "never"),
        ("bank", "999"),
        ("tag", "no-such-tag"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_lost(astrid: Caller, field: str, value: str) -> None:
    answer = astrid.post("/attempts", {**FORM, "minutes": "7", field: value})
    assert answer.status_code == 422
    assert "Please look at this again" in answer.text
    if field not in {"minutes", "questions"}:
        assert 'value="7"' in answer.text


def test_a_quiz_of_nothing_is_refused_with_the_reason(site: Site, astrid: Caller) -> None:
    answer = astrid.post(
        "/attempts", {**FORM, "forms": "matching", "tag": "contract", "bank": str(site.lesson.bank.id)}
    )
    assert answer.status_code == 422
    assert "No question of this kind" in answer.text


def test_the_bank_one_comes_from_is_chosen_already(site: Site, astrid: Caller) -> None:
    page = astrid.get(f"/quiz?bank={site.lesson.bank.id}&bank=x").text
    assert re.search(rf'name="bank" value="{site.lesson.bank.id}" checked', page)


@on_both_databases
def test_answers_are_kept_and_can_be_changed_until_the_end(candidate: Candidate) -> None:
    candidate.begin()
    assert candidate.answer(1, rightly=False) == f"/attempts/{candidate.attempt}/2"
    page = candidate.caller.get(f"/attempts/{candidate.attempt}/1").text
    assert page.count("checked") == 1, "the answer given is still chosen"
    assert "Right answer" not in page
    candidate.answer(1)
    assert candidate.items()[0].answered_at is not None
    assert "data-verdict" not in candidate.caller.get(f"/attempts/{candidate.attempt}/1").text
    page = candidate.finish()
    assert "1 of 5 points" in page


@on_both_databases
def test_the_score_page_tells_every_answer_and_what_guessing_gives(candidate: Candidate) -> None:
    candidate.begin()
    for slot in range(1, 5):
        candidate.answer(slot, rightly=slot != 2)
    finish = candidate.caller.get(f"/attempts/{candidate.attempt}/finish").text
    assert "One question is still open" in finish
    page = candidate.finish()
    assert "3 of 5 points" in page
    assert page.count("mark mark--right") == 3
    assert page.count("mark mark--wrong") == 1
    assert page.count("mark mark--blank") == 1
    assert "Guessing alone would give about 1" in page
    assert "Practise what I missed" in page


def test_an_open_question_lowers_no_memory(site: Site, candidate: Candidate) -> None:
    candidate.begin()
    candidate.finish()
    site.session.rollback()
    assert site.session.scalars(select(models.Review)).all() == []


def test_with_feedback_at_once_each_answer_is_told_and_stays(candidate: Candidate) -> None:
    candidate.begin(feedback="now")
    assert candidate.answer(1, rightly=False) == f"/attempts/{candidate.attempt}/1"
    page = candidate.caller.get(f"/attempts/{candidate.attempt}/1").text
    assert 'data-verdict="wrong"' in page
    assert f'href="/attempts/{candidate.attempt}/2"' in page
    assert 'name="key"' not in page


def test_a_quiz_left_open_goes_on_at_the_first_open_question(candidate: Candidate) -> None:
    candidate.begin()
    candidate.answer(1)
    answer = candidate.caller.get(f"/attempts/{candidate.attempt}")
    assert answer.headers["Location"] == f"/attempts/{candidate.attempt}/2"
    assert "running" in candidate.caller.get("/quiz").text


def test_all_answered_leads_to_the_finish(candidate: Candidate) -> None:
    candidate.begin(questions="1")
    assert candidate.answer(1) == f"/attempts/{candidate.attempt}/finish"
    assert "Every question is answered" in candidate.caller.get(f"/attempts/{candidate.attempt}/finish").text


def test_when_time_is_up_only_the_score_is_left(site: Site, candidate: Candidate) -> None:
    candidate.begin(minutes="5")
    page = candidate.caller.get(f"/attempts/{candidate.attempt}/1").text
    assert "<count-down" in page
    candidate.answer(1)
    with time_machine.travel(datetime.now(UTC) + timedelta(minutes=6), tick=False):
        late = site.logged_in("astrid")
        sent = late.get(f"/attempts/{candidate.attempt}/2").headers["Location"]
        assert late.get(sent).headers["Location"] == f"/attempts/{candidate.attempt}/finish"
        assert "Time is up" in late.get(f"/attempts/{candidate.attempt}/finish").text
        assert "time is up" in late.get("/quiz").text
        late.post(f"/attempts/{candidate.attempt}/finish")
        assert "1 of 5 points" in late.get(f"/attempts/{candidate.attempt}").text


def test_a_finished_quiz_stays_finished(candidate: Candidate) -> None:
    candidate.begin()
    candidate.answer(1)
    before = candidate.finish()
    assert candidate.caller.get(f"/attempts/{candidate.attempt}/1").headers["Location"] == (
        f"/attempts/{candidate.attempt}"
    )
    assert candidate.caller.get(f"/attempts/{candidate.attempt}/finish").status_code == 303
    assert candidate.finish().count("mark mark--") == before.count("mark mark--")


def test_what_was_missed_can_be_practised(candidate: Candidate) -> None:
    candidate.begin()
    candidate.answer(1, rightly=False)
    candidate.finish()
    answer = candidate.caller.post(f"/attempts/{candidate.attempt}/practice")
    assert re.fullmatch(r"/sittings/\d+", answer.headers["Location"])
    assert candidate.caller.get(answer.headers["Location"]).status_code == 200


def test_nothing_missed_is_said(candidate: Candidate) -> None:
    candidate.begin(questions="1")
    candidate.answer(1)
    assert "Practise what I missed" not in candidate.finish()
    assert candidate.caller.post(f"/attempts/{candidate.attempt}/practice").status_code == 422


@on_both_databases
def test_a_quiz_of_somebody_else_is_not_found(site: Site, candidate: Candidate) -> None:
    candidate.begin()
    item = candidate.items()[0]
    jussi = site.logged_in("jussi")
    for path in ("", "/1", "/finish"):
        assert jussi.get(f"/attempts/{candidate.attempt}{path}").status_code == 404
    for deed in ("finish", "practice"):
        assert jussi.post(f"/attempts/{candidate.attempt}/{deed}").status_code == 404
    assert jussi.get(f"/items/{item.id}/after").status_code == 404
    assert jussi.get(f"/sittings/{item.sitting_id}/quiz").status_code == 404
    assert candidate.caller.get(f"/sittings/{item.sitting_id}/quiz").headers["Location"] == (
        f"/attempts/{candidate.attempt}"
    )
    assert candidate.caller.get(f"/attempts/{candidate.attempt}/6").status_code == 404
