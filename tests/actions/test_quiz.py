"""A quiz fixes its questions at the start, saves answers as given and counts points once."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from support.cast import Cast
from support.lessons import Lesson
from support.play import Fields, right, wrong

from quizapp.actions import quiz
from quizapp.actions.answers import Answered, Conflict, Invalid, Outcome
from quizapp.actions.data import verify
from quizapp.actions.errors import NotFound, Refused
from quizapp.actions.scope import Scope
from quizapp.store import models


class Candidate:
    """A learner who takes a quiz."""

    def __init__(self, session: Session, learner: models.User, lesson: Lesson) -> None:
        self.session, self.learner, self.now, self.turns = session, learner, lesson.start, 0

    def start(self, feedback: str = "end", minutes: int | None = None, questions: int = 6) -> models.Attempt:
        settings = quiz.QuizSettings(Scope(), questions, feedback, minutes)
        return quiz.start_attempt(self.session, self.learner, settings, now=self.now, seed=5)

    def item(self, attempt: models.Attempt, slot: int) -> models.Item:
        return quiz.serve_slot(self.session, self.learner, attempt, slot)

    def save(self, item: models.Item, fields: Fields) -> Outcome:
        self.turns += 1
        return quiz.save_answer(
            self.session,
            self.learner,
            item.id,
            fields=fields,
            key=f"quiz-key-{self.turns}",
            version=item.version,
            now=self.now,
        )

    def finish(self, attempt: models.Attempt) -> models.Attempt:
        return quiz.finish_attempt(self.session, self.learner, attempt.id, now=self.now)

    def reviews(self) -> int:
        query = select(func.count()).select_from(models.Review).where(models.Review.kind == "answer")
        return self.session.scalar(query) or 0


@pytest.fixture
def candidate(session: Session, cast: Cast, lesson: Lesson) -> Candidate:
    return Candidate(session, cast.astrid, lesson)


def test_a_scope_without_questions_is_refused(candidate: Candidate) -> None:
    settings = quiz.QuizSettings(Scope(tags=("no-such-tag",)), 5, "end")
    with pytest.raises(Refused):
        quiz.start_attempt(candidate.session, candidate.learner, settings, now=candidate.now, seed=1)


def test_somebody_elses_quiz_does_not_exist(candidate: Candidate, cast: Cast) -> None:
    attempt = candidate.start()
    with pytest.raises(NotFound):
        quiz.finish_attempt(candidate.session, cast.jussi, attempt.id, now=candidate.now)
    with pytest.raises(NotFound):
        quiz.serve_slot(candidate.session, cast.jussi, attempt, 1)


def test_a_slot_outside_the_quiz_is_not_found(candidate: Candidate) -> None:
    attempt = candidate.start()
    with pytest.raises(NotFound):
        candidate.item(attempt, attempt.questions + 1)


def test_an_empty_answer_saves_nothing(candidate: Candidate) -> None:
    item = candidate.item(candidate.start(), 1)
    assert isinstance(candidate.save(item, {}), Invalid)
    assert item.answered_at is None


def test_after_the_deadline_nothing_is_taken(candidate: Candidate) -> None:
    attempt = candidate.start(minutes=5)
    item = candidate.item(attempt, 1)
    candidate.now += timedelta(minutes=6)
    assert isinstance(candidate.save(item, right(item)), Conflict)
    assert item.answered_at is None


def test_after_the_finish_nothing_is_taken(candidate: Candidate) -> None:
    attempt = candidate.start()
    item = candidate.item(attempt, 1)
    candidate.finish(attempt)
    assert isinstance(candidate.save(item, right(item)), Conflict)


def test_no_fact_is_asked_twice_in_a_quiz(candidate: Candidate) -> None:
    attempt = candidate.start(questions=8)
    facts = [key for item in quiz.items_of(candidate.session, attempt) for key in item.snapshot["head"]["facts"]]
    assert len(quiz.items_of(candidate.session, attempt)) == attempt.questions
    assert {item.form for item in quiz.items_of(candidate.session, attempt)} <= {
        "choice", "matching", "true-false", "typed", "cloze",
    }  # fmt: skip
    firsts = [item.snapshot["head"]["facts"][0] for item in quiz.items_of(candidate.session, attempt)]
    assert len(firsts) == len(set(firsts))
    assert len(facts) >= len(firsts)


def test_with_feedback_at_the_end_an_answer_can_be_changed_and_moves_no_memory_before(candidate: Candidate) -> None:
    attempt = candidate.start("end")
    item = candidate.item(attempt, 1)
    assert isinstance(candidate.save(item, wrong(item)), Answered)
    assert isinstance(candidate.save(item, right(item)), Answered)
    assert candidate.reviews() == 0
    assert item.result is None
    candidate.finish(attempt)
    assert item.result is not None
    assert item.result["score"] == 1.0


def test_with_feedback_now_an_answer_is_final(candidate: Candidate) -> None:
    attempt = candidate.start("now")
    item = candidate.item(attempt, 1)
    assert isinstance(candidate.save(item, wrong(item)), Answered)
    assert candidate.reviews() > 0
    assert isinstance(candidate.save(item, right(item)), Conflict)


def test_an_unanswered_question_costs_its_point_and_no_memory(candidate: Candidate) -> None:
    attempt = candidate.start("end")
    item = candidate.item(attempt, 2)
    candidate.save(item, right(item))
    candidate.finish(attempt)
    assert (attempt.points, attempt.points_possible) == (1.0, float(attempt.questions))
    assert candidate.reviews() == len(item.snapshot["head"]["facts"])
    assert verify(candidate.session) == []


def test_finishing_twice_counts_once(candidate: Candidate) -> None:
    attempt = candidate.start("end")
    item = candidate.item(attempt, 1)
    candidate.save(item, right(item))
    first = candidate.finish(attempt).points
    reviews, finished = candidate.reviews(), attempt.finished_at
    candidate.now += timedelta(minutes=1)
    assert candidate.finish(attempt).points == first
    assert (candidate.reviews(), attempt.finished_at) == (reviews, finished)


def test_a_late_finish_is_dated_at_the_deadline(candidate: Candidate) -> None:
    attempt = candidate.start(minutes=5)
    candidate.now += timedelta(hours=2)
    assert candidate.finish(attempt).finished_at == attempt.deadline_at


def test_what_was_missed_is_practised(candidate: Candidate) -> None:
    attempt = candidate.start("end")
    for slot in range(1, attempt.questions + 1):
        item = candidate.item(attempt, slot)
        candidate.save(item, wrong(item) if slot == 1 else right(item))
    candidate.finish(attempt)
    sitting = quiz.practise_missed(candidate.session, candidate.learner, attempt.id, now=candidate.now, seed=1)
    keys = set(candidate.item(attempt, 1).snapshot["head"]["facts"])
    ids = set(candidate.session.scalars(select(models.Fact.id).where(models.Fact.key.in_(keys))))
    assert set(sitting.plan["facts"]) == ids


def test_nothing_missed_leaves_nothing_to_practise(candidate: Candidate) -> None:
    attempt = candidate.start("end", questions=2)
    for slot in range(1, attempt.questions + 1):
        candidate.save(candidate.item(attempt, slot), right(candidate.item(attempt, slot)))
    candidate.finish(attempt)
    with pytest.raises(Refused):
        quiz.practise_missed(candidate.session, candidate.learner, attempt.id, now=candidate.now, seed=1)


def test_a_question_takes_as_long_as_since_the_answer_before(session: Session, cast: Cast, lesson: Lesson) -> None:
    at = lesson.start
    attempt = quiz.start_attempt(session, cast.astrid, quiz.QuizSettings(Scope(), 3, "end"), now=at, seed=1)
    for number, item in enumerate(quiz.items_of(session, attempt), 1):
        then = at + timedelta(seconds=10 * number)
        fields, key = right(item), f"key-of-{item.id}"
        quiz.save_answer(session, cast.astrid, item.id, fields=fields, key=key, version=item.version, now=then)
    quiz.finish_attempt(session, cast.astrid, attempt.id, now=at + timedelta(minutes=5))
    (seconds,) = session.execute(select(func.sum(models.Review.seconds))).one()
    assert seconds == pytest.approx(30.0)
