"""What everybody has done alone: a sitting, questions of each form, a quiz that runs and one that is finished."""

from datetime import UTC, datetime

from sqlalchemy.orm import Session
from support.lessons import Lesson
from support.matrix.rows import Person
from support.play import right

from quizapp.actions import planning, practice, quiz
from quizapp.actions.scope import Scope
from quizapp.store import learning, models

_KEY = "k" * 22


def play(session: Session, lesson: Lesson, user: models.User) -> Person:
    """Let somebody practise and take quizzes of their own, some of it still going on."""
    now = datetime.now(UTC)
    lesson.answer(user, "cards.tco", days=0)
    practice.suspend_fact(session, user, lesson.id("cards.sla"), now=now)
    sitting = practice.start_sitting(session, user, "practice", Scope(forms=("choice",)), now=now, seed=1)
    _answer(session, user, practice.serve_item(session, user, sitting, now=now))
    item = learning.open_item(session, sitting.id)
    kinds = {"card": "flashcard", "match": "matching", "typed": "typed"}
    shown = {name: _show(session, user, form, now) for name, form in kinds.items()}
    assert item
    settings = quiz.QuizSettings(Scope(), 3, "now")
    running = quiz.start_attempt(session, user, settings, now=now, seed=2)
    finished = quiz.start_attempt(session, user, settings, now=now, seed=3)
    quiz.finish_attempt(session, user, finished.id, now=now)
    objects = {
        "bank": lesson.bank.key,
        "fact": lesson.id("cards.tco"),
        "quiet": lesson.id("cards.sla"),
        "sitting": sitting.id,
        "item": item.id,
        **{name: each.id for name, each in shown.items()},
        "quiz": running.sitting_id,
        "question": quiz.items_of(session, running)[0].id,
        "attempt": running.id,
        "slot": 1,
        "finished": finished.id,
    }
    answer = {**right(item), "key": _KEY, "version": str(item.version), "unsure": "1"}
    return Person(user.id, user.session_version, {name: str(thing) for name, thing in objects.items()}, answer)


def _show(session: Session, user: models.User, form: str, now: datetime) -> models.Item:
    kind = {"flashcard": "flashcards", "matching": "match"}.get(form, "practice")
    scope = Scope(tags=("sourcing",), forms=(form,), ahead=True)
    sitting = models.Sitting(learner_id=user.id, kind=kind, scope=scope.to_json(), plan={}, seed=1, started_at=now)
    sitting.plan = planning.plan(session, user, kind, scope, now=now, seed=1).to_json()
    session.add(sitting)
    session.flush()
    item = practice.serve_item(session, user, sitting, now=now)
    assert item
    return item


def _answer(session: Session, user: models.User, item: models.Item | None) -> None:
    assert item
    now = datetime.now(UTC)
    practice.submit_answer(session, user, item.id, fields=right(item), key=f"first-{user.id}", version=1, now=now)
