"""Which facts a sitting takes: what practice calls for, or what a match or quiz draws from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from random import Random
from typing import Any

from sqlalchemy.orm import Session

from quizapp.actions.candidates import MOST_OF_ALL, candidates_in, editions_in
from quizapp.actions.daily import Day, facts_for
from quizapp.actions.scope import Scope
from quizapp.core.memory.model import NewFact, Settings
from quizapp.core.memory.scheduling import recall_at
from quizapp.core.memory.selection import Candidate
from quizapp.store import models, supply
from quizapp.store.ledger import settings_of

MOST_FACTS: Mapping[str, int] = {"practice": 30, "match": 18, "flashcards": 20, "quiz": MOST_OF_ALL}
"""A sitting stays this short; another may follow. A quiz draws its questions from all that fits."""


@dataclass(frozen=True, slots=True)
class Plan:
    """The facts of a sitting in order, and the recall assumed of a new fact of each bank."""

    facts: tuple[int, ...]
    priors: Mapping[int, float] = field(default_factory=dict)

    def prior(self, bank_id: int) -> float:
        """Give the recall assumed of a new fact of a bank."""
        return self.priors.get(bank_id, Settings().prior)

    def without(self, fact: int) -> "Plan":
        """Leave out a fact that cannot be asked."""
        return replace(self, facts=tuple(each for each in self.facts if each != fact))

    def to_json(self) -> dict[str, Any]:
        """Give the plan as JSON keeps it."""
        return {"facts": list(self.facts), "priors": {str(bank): prior for bank, prior in self.priors.items()}}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Plan":
        """Read a plan that `to_json` wrote."""
        return cls(tuple(data["facts"]), {int(bank): prior for bank, prior in data["priors"].items()})


def plan(session: Session, learner: models.User, kind: str, scope: Scope, *, now: datetime, seed: int) -> Plan:
    """Choose the facts of a sitting of a kind within a scope."""
    editions = editions_in(session, learner, scope)
    candidates = candidates_in(session, learner, kind, scope, editions, now=now)
    settings = settings_of(learner)
    rng = Random(seed)
    if scope.ahead:
        facts = _weakest(candidates, MOST_FACTS[kind], settings, rng, now=now, shuffled=kind == "quiz")
    else:
        facts = facts_for(
            Day(session, learner, kind, scope, editions, settings, now, MOST_FACTS[kind]), candidates, rng
        )
    priors = {bank: found for bank in editions if (found := supply.prior(session, bank)) is not None}
    return Plan(facts, priors)


def _weakest(
    candidates: Sequence[Candidate], most: int, settings: Settings, rng: Random, *, now: datetime, shuffled: bool
) -> tuple[int, ...]:
    """Take what is remembered least, new facts last in the order of their file; a quiz takes from all alike."""
    if shuffled:
        return tuple(each.fact for each in rng.sample(candidates, min(most, len(candidates))))
    seen = [each for each in candidates if not isinstance(each.state, NewFact)]
    fresh = [each for each in candidates if isinstance(each.state, NewFact)]
    seen.sort(key=lambda each: recall_at(each.state, now, settings))
    return tuple(each.fact for each in (*seen, *fresh)[:most])
