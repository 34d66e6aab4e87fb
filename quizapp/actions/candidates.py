"""Which facts could be asked within a scope, and in which forms."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

from sqlalchemy.orm import Session

from quizapp.actions.scope import Scope
from quizapp.core.items.model import Form
from quizapp.core.items.sections import surfaces_of
from quizapp.core.knowledge.model import Bank
from quizapp.core.memory.model import NewFact
from quizapp.core.memory.selection import Candidate
from quizapp.store import library, models, supply
from quizapp.store.learning import Known

MOST_CANDIDATES = 400
MOST_OF_ALL = 2000
FOREVER = datetime(9999, 1, 1, tzinfo=UTC)
KIND_FORMS: Mapping[str, frozenset[Form]] = {
    "practice": frozenset(Form),
    "match": frozenset({Form.MATCHING}),
    "flashcards": frozenset({Form.FLASHCARD}),
    "quiz": frozenset(Form) - {Form.FLASHCARD},
}
_SINGLES = frozenset({"cards", "questions", "statements"})


def editions_in(session: Session, learner: models.User, scope: Scope) -> dict[int, Bank]:
    """Give the banks of a scope as the learner reads them, by row id."""
    return {
        bank.id: library.edition(session, bank.version_id, learner.reads)
        for bank in library.live_banks(session, learner.id)
        if bank.version_id is not None and (not scope.banks or bank.id in scope.banks)
    }


def sibling_group(bank_id: int, key: str) -> str:
    """Name the facts that would give one another away: those of one row, term or text, by the id of a fact."""
    parts = key.split(".")
    stem = parts if parts[0] in _SINGLES else parts[:2]
    return f"{bank_id}:{'.'.join(stem)}"


def candidates_in(
    session: Session,
    learner: models.User,
    kind: str,
    scope: Scope,
    editions: Mapping[int, Bank],
    *,
    now: datetime,
) -> list[Candidate]:
    """Give the facts of a scope: those due and new, or all where it looks ahead or to a date."""
    if scope.facts:
        found: Iterable[Known] = supply.askable_facts(session, learner.id, list(editions), scope.facts)
    else:
        everything = scope.ahead or bool(scope.until)
        limit = MOST_OF_ALL if everything else MOST_CANDIDATES
        found = [
            *supply.due_facts(session, learner.id, list(editions), FOREVER if everything else now, limit=limit),
            *supply.new_facts(session, learner.id, list(editions), limit=limit),
        ]
    return candidates_of(found, kind, scope, editions)


def candidates_of(found: Iterable[Known], kind: str, scope: Scope, editions: Mapping[int, Bank]) -> list[Candidate]:
    """Give those of some facts that a scope allows and that have a form to be asked in."""
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
