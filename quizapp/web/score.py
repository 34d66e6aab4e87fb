"""The page of a finished quiz: its points, and every answer as soon as it may tell."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from flask import render_template, url_for

from quizapp.actions import gradebook
from quizapp.actions.telling import telling
from quizapp.core.insight.guessing import chance_points
from quizapp.core.items import snapshot
from quizapp.store import grades, models, sittings
from quizapp.store.db import db
from quizapp.web import present
from quizapp.web.identity import learner
from quizapp.web.restated import restated


@dataclass(frozen=True, slots=True)
class Origin:
    """The assignment that an attempt is at: its title, its page, and when it tells the answers."""

    title: str
    url: str
    feedback: str


def score_page(attempt: models.Attempt, items: Sequence[models.Item]) -> str:
    """Show what a finished quiz was worth, and every answer as soon as it may tell; until then no byte of a key."""
    session = db.session()
    tells = telling(session, attempt, now=datetime.now(UTC))
    grade = gradebook.current(session, [attempt.id]).get(attempt.id)
    verdicts = [
        (item, present.verdict(item, sittings.sources_of(session, item), reader=learner()) if item.result else None)
        for item in items
        if tells.told
    ]
    chance = chance_points(snapshot.load(item.snapshot) for item in items)
    points, possible = (grade.points, grade.possible) if grade else (attempt.points or 0.0, attempt.points_possible)
    worth = gradebook.score(grade) if grade else points
    entries = grades.history_of(session, attempt.id) if grade and tells.told else ()
    missed = any(verdict is None or verdict.verdict != "right" or verdict.unsure for _item, verdict in verdicts)
    return render_template(
        "quiz/score.html",
        attempt=attempt,
        origin=origin_of(attempt),
        tells=tells,
        grade=grade,
        entries=entries,
        restated=restated(items, entries, learner().reads),
        points=points,
        worth=worth,
        possible=possible or 1.0,
        verdicts=verdicts,
        unanswered={
            item.id: present.question(item, reader=learner()) for item in items if tells.told and not item.result
        },
        share=worth / (possible or 1.0),
        chance=chance,
        beyond=max(0.0, (points - chance) / ((possible or 1.0) - chance)),
        missed=missed and not attempt.preview,
    )


def origin_of(attempt: models.Attempt) -> Origin | None:
    """Find the assignment that an attempt is at, for the ways back to it; None for a quiz of one's own."""
    assignment = db.session.get(models.Assignment, attempt.assignment_id) if attempt.assignment_id else None
    if assignment is None:
        return None
    url = url_for("assignments.show", course_id=assignment.course_id, assignment_id=assignment.id)
    return Origin(assignment.title, url, assignment.feedback)
