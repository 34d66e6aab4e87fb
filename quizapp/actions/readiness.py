"""Being ready by a date: practice for an assignment, and how far a learner has got with it."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from quizapp.actions import practice
from quizapp.actions.candidates import candidates_in, editions_in
from quizapp.actions.scope import Scope
from quizapp.core.memory.model import NewFact
from quizapp.core.memory.scheduling import recall_at
from quizapp.store import models
from quizapp.store.ledger import settings_of


@dataclass(frozen=True, slots=True)
class Readiness:
    """Of `total` facts, how many were begun and how many will be recalled well enough on the date if nobody studies.

    `expected` is the mean recall predicted for the date, a fact never asked counted with what is known of new ones;
    None where there are no facts.
    """

    total: int
    begun: int
    ready: int
    expected: float | None


def practise_for(
    session: Session, learner: models.User, assignment: models.Assignment, *, now: datetime, seed: int
) -> models.Sitting:
    """Start practice for an assignment, or go on with it; after its date it is practice as usual."""
    sitting = practice.start_sitting(session, learner, "practice", _scope(assignment), now=now, seed=seed)
    sitting.assignment_id = assignment.id
    return sitting


def readiness(session: Session, learner: models.User, assignment: models.Assignment, *, now: datetime) -> Readiness:
    """Tell how far a learner has got with what an assignment asks them to know by its date."""
    scope, settings = _scope(assignment), settings_of(learner)
    editions = editions_in(session, learner, scope)
    candidates = candidates_in(session, learner, "practice", scope, editions, now=now)
    on = max(now, assignment.due_at)
    recalls = [recall_at(each.state, on, settings) for each in candidates]
    begun = [not isinstance(each.state, NewFact) for each in candidates]
    return Readiness(
        total=len(candidates),
        begun=sum(begun),
        ready=sum(seen and recall >= settings.retention for seen, recall in zip(begun, recalls, strict=True)),
        expected=sum(recalls) / len(recalls) if recalls else None,
    )


def _scope(assignment: models.Assignment) -> Scope:
    return replace(Scope.from_json(assignment.scope), until=assignment.due_at.isoformat())
