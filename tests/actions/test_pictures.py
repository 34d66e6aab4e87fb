"""Pictures of facts: with a draft first, then with its bank, never for anybody else."""

from datetime import datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session
from support.cast import Cast
from support.lessons import Lesson
from support.pictures import PIXEL, Drawn, pictured

from quizapp.actions import pictures
from quizapp.actions.banks import publish_bank
from quizapp.actions.errors import NotFound, Refused
from quizapp.core.knowledge.limits import Text
from quizapp.store import models
from quizapp.store import pictures as shelf


@pytest.fixture
def draft(session: Session, cast: Cast, now: datetime) -> models.Draft:
    made = models.Draft(owner_id=cast.teacher.id, title="Ours", created_at=now, updated_at=now)
    session.add(made)
    session.flush()
    return made


def kept(session: Session, draft: models.Draft) -> list[models.Picture]:
    return list(session.scalars(select(models.Picture).where(models.Picture.draft_id == draft.id)))


def test_more_pictures_than_a_draft_takes_are_refused(
    session: Session, cast: Cast, draft: models.Draft, now: datetime
) -> None:
    many = [Drawn(f"{number}.png") for number in range(pictures.MOST_PICTURES + 1)]
    with pytest.raises(Refused, match="at most 300 pictures"):
        pictures.keep_pictures(session, cast.teacher, draft, many, now)


def test_a_picture_of_somebody_elses_draft_is_not_found(
    session: Session, cast: Cast, draft: models.Draft, now: datetime
) -> None:
    (row,) = pictures.keep_pictures(session, cast.teacher, draft, [Drawn()], now)
    for stranger in (cast.astrid, cast.outsider):
        with pytest.raises(NotFound):
            pictures.shown_picture(session, stranger, row.token)
    assert pictures.shown_picture(session, cast.teacher, row.token).content == PIXEL
    assert pictures.shown_picture(session, cast.admin, row.token).id == row.id


def test_a_picture_of_a_private_bank_is_only_its_owners(
    session: Session, cast: Cast, lesson: Lesson, draft: models.Draft, now: datetime
) -> None:
    (row,) = pictures.keep_pictures(session, cast.teacher, draft, [Drawn()], now)
    pictures.adopt(session, draft, lesson.bank)
    lesson.bank.visibility, lesson.bank.owner_id = "private", cast.teacher.id
    session.flush()
    session.expire_all()
    with pytest.raises(NotFound):
        pictures.shown_picture(session, cast.astrid, row.token)
    assert pictures.shown_picture(session, cast.teacher, row.token)
    lesson.bank.visibility = "site"
    assert pictures.shown_picture(session, cast.astrid, row.token)


def test_a_picture_of_an_archived_bank_is_still_there_for_open_quizzes(
    session: Session, cast: Cast, lesson: Lesson, draft: models.Draft, now: datetime
) -> None:
    (row,) = pictures.keep_pictures(session, cast.teacher, draft, [Drawn()], now)
    pictures.adopt(session, draft, lesson.bank)
    lesson.bank.archived_at = now
    session.flush()
    session.expire_all()
    assert pictures.shown_picture(session, cast.astrid, row.token)


def test_a_name_that_nobody_was_given_is_not_found(session: Session, cast: Cast) -> None:
    with pytest.raises(NotFound):
        pictures.shown_picture(session, cast.admin, "x" * 43)


def test_a_picture_that_is_the_banks_already_is_not_taken_out_of_a_draft(
    session: Session, cast: Cast, lesson: Lesson, draft: models.Draft, now: datetime
) -> None:
    (row,) = pictures.keep_pictures(session, cast.teacher, draft, [Drawn()], now)
    pictures.adopt(session, draft, lesson.bank)
    session.expire_all()
    with pytest.raises(NotFound):
        pictures.remove_picture(session, draft, row.token)


def test_pictures_are_named_at_random(session: Session, cast: Cast, draft: models.Draft, now: datetime) -> None:
    rows = pictures.keep_pictures(session, cast.teacher, draft, [Drawn("a.png"), Drawn("b.png")], now)
    assert len({row.token for row in rows}) == 2
    assert all(len(row.token) == 43 for row in rows)


def test_a_picture_of_the_same_name_replaces_the_drafts(
    session: Session, cast: Cast, draft: models.Draft, now: datetime
) -> None:
    pictures.keep_pictures(session, cast.teacher, draft, [Drawn(width=1)], now)
    pictures.keep_pictures(session, cast.teacher, draft, [Drawn(width=2)], now)
    assert [row.width for row in kept(session, draft)] == [2]


def test_a_picture_can_be_taken_out_again(session: Session, cast: Cast, draft: models.Draft, now: datetime) -> None:
    (row,) = pictures.keep_pictures(session, cast.teacher, draft, [Drawn()], now)
    assert pictures.remove_picture(session, draft, row.token) == "sla.png"
    assert kept(session, draft) == []


def test_the_newest_picture_of_a_name_is_shown_and_folders_do_not_matter(
    session: Session, cast: Cast, lesson: Lesson, draft: models.Draft, now: datetime
) -> None:
    assert shelf.of_key(session, "sourcing-test", "pictures/sla.png") is None
    for width in (1, 2):
        pictures.keep_pictures(session, cast.teacher, draft, [Drawn(width=width)], now)
        pictures.adopt(session, draft, lesson.bank)
    found = shelf.of_key(session, "sourcing-test", "pictures/sla.png")
    assert found is not None
    assert found.width == 2
    assert shelf.newest(session, lesson.bank.id, ["sla.png", "other.png"]) == {"sla.png": found}


def test_another_banks_picture_of_the_same_name_is_not_shown(
    session: Session, cast: Cast, lesson: Lesson, draft: models.Draft, now: datetime
) -> None:
    other = (Text("other.yaml", str(pictured()[0].content).replace("id: sourcing-test", "id: other")),)
    bank = publish_bank(session, other, origin="added", by=None, now=now).bank
    pictures.keep_pictures(session, cast.teacher, draft, [Drawn()], now)
    pictures.adopt(session, draft, lesson.bank)
    assert shelf.of_key(session, "other", "pictures/sla.png") is None
    assert shelf.newest(session, bank.id, ["pictures/sla.png"]) == {}
