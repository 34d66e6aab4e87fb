"""Which facts a sitting takes: due ones, new ones within the day's minutes, or what a match or quiz draws from."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from random import Random
from typing import Any

from sqlalchemy.orm import Session

from quizapp.actions.scope import Scope
from quizapp.core.items.model import Form
from quizapp.core.items.sections import surfaces_of
from quizapp.core.knowledge.model import Bank
from quizapp.core.memory.days import study_day
from quizapp.core.memory.leech import leech_of
from quizapp.core.memory.model import Memory, NewFact, Settings
from quizapp.core.memory.scheduling import recall_at
from quizapp.core.memory.selection import Candidate, plan_sitting
from quizapp.store import library, models, supply
from quizapp.store.learning import Known
from quizapp.store.ledger import settings_of

MOST_CANDIDATES = 400
MOST_FACTS: Mapping[str, int] = {"practice": 30, "match": 18, "flashcards": 20, "quiz": 2000}
"""A sitting stays this short; another may follow. A quiz draws its questions from all that fits."""

LEAST_MINUTES = 5.0
"""Who starts a sitting gets this much, also when the day's minutes are spent."""

FOREVER = datetime(9999, 1, 1, tzinfo=UTC)
KIND_FORMS: Mapping[str, frozenset[Form]] = {
    "practice": frozenset(Form),
    "match": frozenset({Form.MATCHING}),
    "flashcards": frozenset({Form.FLASHCARD}),
    "quiz": frozenset(Form) - {Form.FLASHCARD},
}
_SINGLES = frozenset({"cards", "questions", "statements"})


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
    candidates = _candidates(session, learner, kind, scope, editions, now=now)
    settings = settings_of(learner)
    rng = Random(seed)
    if scope.ahead:
        facts = _weakest(candidates, MOST_FACTS[kind], settings, rng, now=now, shuffled=kind == "quiz")
    else:
        confusions = supply.confusions(session, learner.id)
        partners = _partners(candidates, confusions)
        beside = set() if scope.facts else {*partners.values()} - {each.fact for each in candidates}
        if beside:
            known = supply.askable_facts(session, learner.id, list(editions), beside)
            candidates += _candidates_of(known, kind, scope, editions)
        facts = plan_sitting(
            candidates,
            confusable={frozenset((fact, other)) for fact, others in confusions.items() for other in others},
            partners=partners,
            minutes=_minutes_left(session, learner, settings, now=now),
            now=now,
            settings=settings,
            rng=rng,
            most=MOST_FACTS[kind],
        )
    priors = {bank: found for bank in editions if (found := supply.prior(session, bank)) is not None}
    return Plan(facts, priors)


def editions_in(session: Session, learner: models.User, scope: Scope) -> dict[int, Bank]:
    """Give the banks of a scope as the learner reads them, by row id."""
    return {
        bank.id: library.edition(session, bank.version_id, learner.language)
        for bank in library.live_banks(session, learner.id)
        if bank.version_id is not None and (not scope.banks or bank.id in scope.banks)
    }


def sibling_group(bank_id: int, key: str) -> str:
    """Name the facts that would give one another away: those of one row, term or text, by the id of a fact."""
    parts = key.split(".")
    stem = parts if parts[0] in _SINGLES else parts[:2]
    return f"{bank_id}:{'.'.join(stem)}"


def _candidates(
    session: Session,
    learner: models.User,
    kind: str,
    scope: Scope,
    editions: Mapping[int, Bank],
    *,
    now: datetime,
) -> list[Candidate]:
    limit = MOST_FACTS["quiz"] if scope.ahead else MOST_CANDIDATES
    if scope.facts:
        found: Iterable[Known] = supply.askable_facts(session, learner.id, list(editions), scope.facts)
    else:
        due_by = FOREVER if scope.ahead else now
        found = [
            *supply.due_facts(session, learner.id, list(editions), due_by, limit=limit),
            *supply.new_facts(session, learner.id, list(editions), limit=limit),
        ]
    return _candidates_of(found, kind, scope, editions)


def _candidates_of(found: Iterable[Known], kind: str, scope: Scope, editions: Mapping[int, Bank]) -> list[Candidate]:
    candidates = (_candidate(known, kind, scope, editions.get(known.bank)) for known in found)
    return [candidate for candidate in candidates if candidate is not None]


def _candidate(known: Known, kind: str, scope: Scope, edition: Bank | None) -> Candidate | None:
    fact = edition.facts.get(known.key) if edition is not None else None
    if fact is None or edition is None:
        return None
    if scope.tags and not {*fact.extras.tags, *edition.tags} & set(scope.tags):
        return None
    forms = tuple(form for form in Form if form in KIND_FORMS[kind] and scope.allows(form) and surfaces_of(fact, form))
    if not forms:
        return None
    return Candidate(known.fact, known.key, known.memory or NewFact(), forms, sibling_group(known.bank, known.key))


def _partners(candidates: Iterable[Candidate], confusions: Mapping[int, Mapping[int, int]]) -> dict[int, int]:
    """Name for each leech the fact it is drilled with: the one whose value was given for it most often."""
    states = ((each.fact, each.state) for each in candidates)
    leeches = (
        leech_of(fact, state.lapses, confusions.get(fact, {})) for fact, state in states if isinstance(state, Memory)
    )
    return {leech.fact: leech.confused_with for leech in leeches if leech and leech.confused_with is not None}


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


def _minutes_left(session: Session, learner: models.User, settings: Settings, *, now: datetime) -> float:
    today = study_day(now, settings.zone, settings.day_turn)
    spent = session.get(models.DayTotal, (learner.id, today))
    return max(learner.minutes_a_day - (spent.seconds / 60 if spent else 0.0), LEAST_MINUTES)
