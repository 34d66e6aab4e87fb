"""What waits for an answer, asked in another language as soon as its learner reads one."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from quizapp.actions import asking
from quizapp.store import learning, models


def reword_all(session: Session, learner: models.User) -> None:
    """Ask what waits in the learner's open sittings in the language that they read now.

    The questions of a quiz stay as they are: an attempt is one paper.
    """
    query = select(models.Sitting).where(
        models.Sitting.learner_id == learner.id, models.Sitting.ended_at.is_(None), models.Sitting.kind != "quiz"
    )
    for sitting in session.scalars(query).all():
        waiting = learning.open_item(session, sitting.id)
        if waiting is not None:
            reword(session, learner, sitting, waiting)


def reword(session: Session, learner: models.User, sitting: models.Sitting, waiting: models.Item) -> None:
    """Ask the item that waits in the language that the learner reads now; a card that was turned stays.

    A page that still shows the old words is told of the change when it answers.
    """
    item = learning.own_item(session, learner.id, waiting.id)
    if item is None or item.answered_at is not None or item.undone_at is not None or item.revealed_at is not None:
        return
    made = asking.ask_anew(session, learner, sitting, item)
    if made is None:
        return
    item.version_id, item.form, item.snapshot = made.version_id, made.form, made.snapshot
    item.version += 1
    session.flush()
