"""The banks and drafts of a course."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session
from support.pictures import Drawn

from quizapp.actions import drafts as deeds
from quizapp.actions import pictures
from quizapp.actions.publishing import publish_bank
from quizapp.core.knowledge.limits import Text
from quizapp.store import models

Objects = Mapping[str, object]

ASKED = 4
"""Questions in a bank."""

SHIPPED = "back-office-bpo"
"""The id of a bank that comes with the program."""

_SOURCE = """\
knowledge: 1
id: {key}
language: en
title: The bank {key}
questions:
  first: {{ask: Which letter comes first?, right: {right}, wrong: {{u: {wrong}, v: Gamma, w: Delta}}}}
  second: {{ask: Which one is a fruit?, right: An apple, wrong: {{u: A stone, v: A river, w: A cloud}}}}
  third: {{ask: Which one is a colour?, right: Some green, wrong: {{u: Some wind, v: Some sound, w: Some time}}}}
  fourth: {{ask: Which one is a month?, right: In March, wrong: {{u: In Oslo, v: In haste, w: In doubt}}}}
"""
_OVERLAY = """\
knowledge: 1
id: {key}
translates: en
language: sv
title: Banken {key}
"""


def fill(
    session: Session, course: models.Course, owner: models.User, teacher: models.User, letter: str, now: datetime
) -> Objects:
    """Write the banks of a course.

    The taught one may be edited by its instructors, as may the one with an open draft; one belongs to the teacher.
    """
    taught, written = (_share(session, course, _bank(session, f"{name}-{letter}", owner, now), now)
                       for name in ("taught", "written"))  # fmt: skip
    own = _share(session, course, _bank(session, f"own-{letter}", teacher, now), now, editable=False)
    private, archived = (_bank(session, f"{name}-{letter}", owner, now) for name in ("private", "archived"))
    archived.archived_at = now
    return {
        "taught": taught.key,
        "taught bank": taught.id,
        "taught fact": _fact(session, taught),
        "number": 1,
        "language": "sv",
        "picture": _picture(session, taught, owner, now),
        "own bank": own.id,
        "private": private.key,
        "private bank": private.id,
        "private fact": _fact(session, private),
        "archived": archived.key,
        **_drafts(session, written, owner, letter, now),
    }


def mend(session: Session, bank: models.Bank, owner: models.User, now: datetime) -> None:
    """Publish the taught bank with another right answer to its first question."""
    texts = _texts(bank.key, right="Beta", wrong="Alpha")
    publish_bank(session, texts, origin="added", by=owner.id, now=now)


def offered(session: Session, now: datetime) -> Objects:
    """Keep a shipped bank of which the program brings a newer version."""
    bank = publish_bank(session, _texts(SHIPPED), origin="shipped", by=None, now=now, visibility="private").bank
    session.add(models.Offer(bank_id=bank.id, digest="d", summary="1 value changed", offered_at=now))
    return {"offered": bank.key}


def _bank(session: Session, key: str, owner: models.User, now: datetime) -> models.Bank:
    return publish_bank(session, _texts(key), origin="added", by=owner.id, now=now, visibility="private").bank


def _share(
    session: Session, course: models.Course, bank: models.Bank, now: datetime, *, editable: bool = True
) -> models.Bank:
    bank.visibility = "course"
    session.add(models.CourseBank(course_id=course.id, bank_id=bank.id, editable=editable, added_at=now))
    session.flush()
    return bank


def _texts(key: str, *, right: str = "Alpha", wrong: str = "Beta") -> tuple[Text, Text]:
    source = _SOURCE.format(key=key, right=right, wrong=wrong)
    return Text(f"{key}.yaml", source), Text(f"{key}.sv.yaml", _OVERLAY.format(key=key))


def _fact(session: Session, bank: models.Bank) -> int:
    return session.scalars(select(models.Fact.id).where(models.Fact.bank_id == bank.id)).first() or 0


def _picture(session: Session, bank: models.Bank, owner: models.User, now: datetime) -> str:
    draft = models.Draft(owner_id=owner.id, title="", created_at=now, updated_at=now)
    session.add(draft)
    session.flush()
    (row,) = pictures.keep_pictures(session, owner, draft, [Drawn()], now)
    pictures.adopt(session, draft, bank)
    session.delete(draft)
    session.flush()
    return row.token


def _drafts(session: Session, bank: models.Bank, owner: models.User, letter: str, now: datetime) -> Objects:
    """Begin a draft of a bank there is, with a change that could be published, and one of a new bank."""
    later = now + timedelta(hours=1)
    draft = deeds.edit_bank(session, owner, bank, now=now)
    source, overlay = _texts(bank.key, right="Beta", wrong="Alpha")
    deeds.save(session, owner, draft, source.path, str(source.content), draft.version, now=later)
    (shown,) = pictures.keep_pictures(session, owner, draft, [Drawn()], later)
    sketch = deeds.begin_from_texts(session, owner, None, _texts(f"sketch-{letter}"), now=now)
    (drawn,) = pictures.keep_pictures(session, owner, sketch, [Drawn()], later)
    return {
        "draft": draft.id,
        "draft version": draft.version,
        "source": source.path,
        "overlay": overlay.path,
        "published": bank.version_id,
        "draft picture": shown.token,
        "sketch": sketch.id,
        "sketch picture": drawn.token,
    }
