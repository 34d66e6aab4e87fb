"""What may not be told of a quiz yet is told nowhere: the export of an account and a fact's page wait with it."""

import json
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session
from support.assigned import Classroom, open_classroom
from support.cast import Cast
from support.lessons import Lesson
from support.play import wrong

from quizapp.actions import accounts, quiz
from quizapp.actions.telling import untold
from quizapp.store import models

WEEK = timedelta(days=7)
TELLING = {"result", "right", "grade", "weight", "confused_with", "failed_last"}


@pytest.fixture
def school(session: Session, cast: Cast, lesson: Lesson) -> Classroom:
    return open_classroom(session, cast, lesson.bank, lesson.start)


def hand_in(school: Classroom, **values: Any) -> models.Attempt:
    """Let Astrid hand in a quiz with a right and a wrong answer."""
    attempt = school.start(school.assign(**values))
    items = quiz.items_of(school.session, attempt)
    school.save(attempt, 1)
    school.save(attempt, 2, wrong(items[1]))
    return school.finish(attempt)


def exported(school: Classroom) -> dict[str, Any]:
    school.session.flush()
    found: dict[str, Any] = json.loads(
        json.dumps(accounts.export_account(school.session, school.cast.astrid, now=school.now))
    )
    return found


def told_in(data: dict[str, Any]) -> set[str]:
    """Name the columns that tell what was right."""
    return {name for part in ("reviews", "items", "memories") for row in data[part] for name in row} & TELLING


def test_an_export_leaves_out_what_was_right_until_it_may_be_told(school: Classroom) -> None:
    hand_in(school, feedback="due")
    data = exported(school)
    assert told_in(data) == set()
    assert len(data["reviews"]) == 2
    assert sum("answer" in item for item in data["items"]) == 2
    school.now += WEEK
    assert {"result", "right", "failed_last"} <= told_in(exported(school))


def test_an_export_never_tells_what_is_never_told(school: Classroom) -> None:
    hand_in(school, feedback="never")
    school.now += 52 * WEEK
    assert told_in(exported(school)) == set()


def test_an_export_tells_what_the_quiz_has_told(school: Classroom) -> None:
    hand_in(school, feedback="end")
    assert {"result", "right", "failed_last"} <= told_in(exported(school))


def test_only_the_sittings_that_may_not_tell_are_untold(school: Classroom) -> None:
    waiting, told = hand_in(school, feedback="due"), hand_in(school, feedback="now")
    quiet = untold(school.session, school.cast.astrid.id, now=school.now)
    assert quiet == {waiting.sitting_id}
    assert told.sitting_id not in quiet
    assert untold(school.session, school.cast.jussi.id, now=school.now) == frozenset()
