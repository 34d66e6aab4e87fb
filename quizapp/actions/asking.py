"""What is asked next in a sitting: which fact, in which form, as which item."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from random import Random

from sqlalchemy.orm import Session

from quizapp.actions.candidates import KIND_FORMS, sibling_group
from quizapp.actions.planning import Plan
from quizapp.actions.scope import Scope
from quizapp.core.items import snapshot
from quizapp.core.items.generate import Context, generate
from quizapp.core.items.grade import effective_guess_rate
from quizapp.core.items.model import RECOGNITION, ChoiceItem, Form, form_of, marked_untranslated
from quizapp.core.items.model import Item as CoreItem
from quizapp.core.items.reasked import reasked
from quizapp.core.items.sections import surfaces_of
from quizapp.core.knowledge.model import Bank, Fact
from quizapp.core.memory.model import NewFact, Settings
from quizapp.core.memory.selection import Asked, Candidate, minutes_for, next_fact, next_form
from quizapp.store import learning, library, models
from quizapp.store.learning import Known
from quizapp.store.ledger import settings_of

_SHOWN_FIRST = (Form.CHOICE, Form.MATCHING, Form.TRUE_FALSE, Form.CLOZE, Form.TYPED, Form.FLASHCARD)
_PRODUCED_FIRST = (Form.CLOZE, Form.TYPED, Form.FLASHCARD, Form.MATCHING, Form.CHOICE, Form.TRUE_FALSE)
"""What stands in for a form that cannot be made: first what asks as much, a judgement after what shows more."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a sitting is: the item that waits for an answer, None at the end, and all that was asked, in order."""

    waiting: models.Item | None
    asked: tuple[learning.Asked, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a sitting stands: facts right once of all planned, questions answered, minutes it may still take."""

    done: int
    total: int
    answered: int
    minutes_left: int


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A fact to be asked, in the edition that the learner reads, or in the source where that has no words for it."""

    known: Known
    bank: Bank
    version_id: int
    fact: Fact
    forms: frozenset[Form]
    untranslated: bool


def place(session: Session, sitting: models.Sitting) -> Place:
    """Look up where a sitting is."""
    waiting = learning.open_item(session, sitting.id) if sitting.ended_at is None else None
    return Place(waiting, learning.history(session, sitting.id))


def standing(sitting: models.Sitting, asked: Sequence[learning.Asked]) -> Standing:
    """Tell where a sitting stands after what was asked in it."""
    facts = Plan.from_json(sitting.plan).facts
    right = {row.fact for row in asked if row.right}
    left = [fact for fact in facts if fact not in right]
    forms = tuple(KIND_FORMS[sitting.kind])
    candidates = [Candidate(fact, "", NewFact(), forms, "") for fact in left]
    minutes = minutes_for(candidates, Settings())
    return Standing(len(facts) - len(left), len(facts), len({row.item_id for row in asked}), round(minutes + 0.5))


def next_item(
    session: Session,
    learner: models.User,
    sitting: models.Sitting,
    slot: int,
    history: Sequence[learning.Asked],
    *,
    now: datetime,
) -> models.Item | None:
    """Make the item of a slot in a sitting; None when each planned fact was right once or can no longer be asked."""
    plan = Plan.from_json(sitting.plan)
    asked = _numbered(history)
    last_form = Form(history[-1].form) if history else None
    groups = {fact: sibling_group(*key) for fact, key in library.fact_keys(session, plan.facts).items()}
    while (fact := next_fact(plan.facts, asked, groups)) is not None:
        live = learning.live_fact(session, learner.id, fact)
        wanted = _wanted(session, learner, sitting, *live) if live else None
        rng = Random(f"{sitting.seed}:{slot}:{fact}")
        core = _make(session, learner, wanted, last_form, rng) if wanted else None
        if wanted and core:
            return _item(sitting, slot, core, wanted.known.bank, wanted.version_id, now)
        plan = plan.without(fact)
        sitting.plan = plan.to_json()
    return None


def ask_anew(
    session: Session, learner: models.User, sitting: models.Sitting, waiting: models.Item
) -> models.Item | None:
    """Make the question that waits in the language that the learner reads now: a row to take the values of.

    None where it is in that language, or its bank is not. It is the same question wherever that can be asked there,
    else another about the fact.
    """
    core = snapshot.load(waiting.snapshot)
    then = library.editions(session, waiting.version_id)[core.head.language]
    now = library.edition_in(session, waiting.version_id, learner.reads)
    if now is None or now is then:
        return None
    same = reasked(core, then, now, Random(f"{sitting.seed}:{waiting.slot}:{now.language}"))
    if same is not None:
        return _item(sitting, waiting.slot, same, waiting.bank_id, waiting.version_id, waiting.served_at)
    history = learning.history(session, sitting.id)
    fresh = next_item(session, learner, sitting, waiting.slot, history, now=waiting.served_at)
    changed = fresh is not None and snapshot.load(fresh.snapshot).head.language != core.head.language
    return fresh if changed else None


def guess_rate(session: Session, item: models.Item, core: CoreItem) -> float | None:
    """Measure how well guessing would do at a choice, from what everybody chose; None where too little is known."""
    if not isinstance(core, ChoiceItem):
        return None
    counts = learning.taken_for(session, item.bank_id, core.head.facts[0])
    wrong = [counts.get(option.fact or "", (0, 0)) for option in core.options if not option.correct]
    return effective_guess_rate([chosen for chosen, _ in wrong], min(shown for _, shown in wrong)) if wrong else None


def _numbered(rows: Sequence[learning.Asked]) -> list[Asked]:
    """Number the items of a sitting from 0, so that a matching item's facts share one number."""
    numbers: dict[int, int] = {}
    return [Asked(numbers.setdefault(row.item_id, len(numbers)), row.fact, row.right) for row in rows]


def _wanted(
    session: Session, learner: models.User, sitting: models.Sitting, known: Known, version_id: int
) -> _Wanted | None:
    """Look a planned fact up in the version that is published now; it may be gone."""
    read = library.edition(session, version_id, learner.reads)
    untranslated = known.key in read.untranslated
    edition = library.source(session, version_id) if untranslated else read
    fact = edition.facts.get(known.key)
    if fact is None:
        return None
    scope = Scope.from_json(sitting.scope)
    forms = frozenset(form for form in KIND_FORMS[sitting.kind] if scope.allows(form) and surfaces_of(fact, form))
    return _Wanted(known, edition, version_id, fact, forms, untranslated) if forms else None


def _make(
    session: Session, learner: models.User, wanted: _Wanted, last_form: Form | None, rng: Random
) -> CoreItem | None:
    """Make an item in the form the ladder asks for, else in the nearest that can be made."""
    state = wanted.known.memory or NewFact()
    first = next_form(state, wanted.forms, last_form, settings_of(learner))
    context = _context(session, learner, wanted, first.avoid_surface)
    others = _SHOWN_FIRST if first.form in RECOGNITION else _PRODUCED_FIRST
    for form in (first.form, *(each for each in others if each in wanted.forms and each != first.form)):
        if form is Form.MATCHING:
            context = _with_company(session, learner, wanted, context)
        item = generate(wanted.bank, wanted.fact.id, form, rng, context)
        if item is not None:
            return marked_untranslated(item) if wanted.untranslated else item
    return None


def _context(session: Session, learner: models.User, wanted: _Wanted, avoid_surface: str) -> Context:
    found = learning.confused(session, learner.id, wanted.known.fact)
    return Context(
        own_confusions={key: float(times) for key, times in found.own.items()},
        class_counts=found.everyone,
        learners=found.learners,
        avoid_surface=avoid_surface,
    )


def _with_company(session: Session, learner: models.User, wanted: _Wanted, context: Context) -> Context:
    """Tell a matching item which facts of the same section are weak and which are known."""
    section = wanted.fact.id.split(".")[0]
    failed = learning.failed_in_section(session, learner.id, wanted.known.bank, section)
    weak = {key for key, failed_last in failed.items() if failed_last} | {wanted.fact.id}
    return replace(context, weak=frozenset(weak), known=frozenset(failed) - weak)


def _item(
    sitting: models.Sitting, slot: int, core: CoreItem, bank_id: int, version_id: int, now: datetime
) -> models.Item:
    return models.Item(
        learner_id=sitting.learner_id,
        sitting_id=sitting.id,
        slot=slot,
        bank_id=bank_id,
        version_id=version_id,
        form=form_of(core).value,
        snapshot=snapshot.dump(core),
        version=1,
        served_at=now,
    )
