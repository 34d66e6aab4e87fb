"""Whatever is derived from the log agrees with it, and can be made to."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session
from support.banks import sourcing
from support.cast import Cast
from support.lessons import Lesson

from quizapp.actions.banks import publish_bank
from quizapp.actions.data import rebuild, verify
from quizapp.store import models
from quizapp.store.totals import count_answer, count_confusions

CAPTIVE, JOINT, THIRD = (f"ownership.{term}.definition" for term in ("captive", "joint", "third"))


@pytest.fixture
def weeks(lesson: Lesson, cast: Cast) -> Lesson:
    """Two learners with some weeks of right and wrong answers, one of them taken back."""
    for learner, shift in ((cast.astrid, 0.0), (cast.jussi, 0.3)):
        for number, key in enumerate(
            ("cards.tco", "cards.sla", "models.staff.in", "cards.tco", "cards.sla", "cards.tco")
        ):
            lesson.answer(learner, key, days=number * 2.5 + shift, right=number % 4 != 3)
        lesson.choose(learner, CAPTIVE, JOINT, days=16)
        lesson.choose(learner, CAPTIVE, CAPTIVE, days=17)
        slip = lesson.choose(learner, JOINT, THIRD, days=18)
        lesson.take_back(learner, slip, days=18.001)
    return lesson


@pytest.mark.parametrize(
    ("table", "spoil"),
    [
        ("memory", update(models.Memory).values(stability=models.Memory.stability + 1e-9)),
        ("memory", update(models.Memory).values(produced=False)),
        ("memory", delete(models.Memory)),
        ("day_total", update(models.DayTotal).values(right=0)),
        ("day_total", update(models.DayTotal).values(seconds=models.DayTotal.seconds + 1)),
        ("day_total", delete(models.DayTotal)),
        ("confusion", update(models.Confusion).values(chosen=models.Confusion.shown + 1)),
        ("confusion", delete(models.Confusion)),
    ],
)
def test_a_row_that_differs_from_the_log_is_named_and_mended(
    table: str,
    spoil: Any,
    session: Session,
    cast: Cast,
    weeks: Lesson,
) -> None:
    assert weeks.bank.id
    session.execute(spoil.where(spoil.table.c.learner_id == cast.astrid.id))
    found = verify(session)
    assert {(each.learner, each.table) for each in found} == {(cast.astrid.id, table)}
    assert verify(session) == found, "looking changes nothing"
    assert rebuild(session) == found
    assert verify(session) == []
    assert rebuild(session) == []


def test_a_row_nobody_ever_earned_is_taken_away(session: Session, cast: Cast, weeks: Lesson) -> None:
    count_answer(session, cast.outsider.id, date(2026, 3, 2), reviews=3, right=3, new=0, seconds=9.0)
    count_confusions(session, cast.outsider.id, weeks.id(CAPTIVE), [weeks.id(JOINT)], None)
    found = verify(session)
    assert [(each.table, each.log) for each in found] == [("day_total", "nothing"), ("confusion", "nothing")]
    rebuild(session)
    assert session.get(models.DayTotal, (cast.outsider.id, date(2026, 3, 2))) is None
    assert verify(session) == []


def test_what_was_written_answer_by_answer_is_what_the_log_says(session: Session, weeks: Lesson) -> None:
    assert weeks.bank.id
    seen: list[tuple[int, int]] = []
    assert verify(session, progress=lambda *parts: seen.append(parts)) == []
    assert seen == [(number, 5) for number in range(1, 6)]


def test_only_the_learners_named_are_looked_at(session: Session, cast: Cast, weeks: Lesson) -> None:
    assert weeks.bank.id
    session.execute(delete(models.Memory))
    assert {each.learner for each in rebuild(session, learners=[cast.jussi.id])} == {cast.jussi.id}
    assert {each.learner for each in verify(session)} == {cast.astrid.id}


def test_an_answer_taken_back_leaves_no_trace_in_counts(session: Session, cast: Cast, weeks: Lesson) -> None:
    assert session.get(models.Memory, (cast.astrid.id, weeks.id(JOINT))) is None
    rows = session.scalars(select(models.Confusion).where(models.Confusion.learner_id == cast.astrid.id)).all()
    counts = {(row.fact_id, row.other_id): (row.shown, row.chosen) for row in rows}
    captive, joint, third = (weeks.id(key) for key in (CAPTIVE, JOINT, THIRD))
    assert counts[captive, joint] == (2, 1)
    assert counts[captive, third] == (2, 0)
    assert counts[joint, third] == counts[joint, captive] == (0, 0)


def test_a_value_given_unseen_counts_as_shown(session: Session, cast: Cast, lesson: Lesson) -> None:
    asked, taken = lesson.id("cards.tco"), lesson.id("cards.sla")
    count_confusions(session, cast.astrid.id, asked, [], taken)
    count_confusions(session, cast.astrid.id, asked, [asked], asked)
    rows = session.scalars(select(models.Confusion)).all()
    assert [(row.fact_id, row.other_id, row.shown, row.chosen) for row in rows] == [(asked, taken, 1, 1)]


def test_the_log_is_still_right_after_facts_were_renamed_and_corrected(
    session: Session,
    cast: Cast,
    weeks: Lesson,
) -> None:
    joint = "name: Joint venture\n        definition: A service centre that client and supplier own together.\n"
    edited = sourcing(
        ("  tco: {front", "  owning: {was: [cards.tco], front"),
        ("  sla: {front", "  tco: {was: [cards.sla], front"),
        ("Our own staff ", "Our employees "),
        (f"      joint:\n        {joint}", f"      joined:\n        was: [joint]\n        {joint}"),
        swedish=False,
    )
    publish_bank(session, edited, origin="added", by=None, now=weeks.start)
    assert verify(session) == []
    weeks.answer(cast.astrid, "cards.tco", days=40)
    weeks.answer(cast.astrid, "models.staff.in", days=40)
    assert verify(session) == []
