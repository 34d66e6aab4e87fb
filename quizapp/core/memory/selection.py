"""Selection: which facts a sitting takes, which comes next, and in what form it is asked."""

import random
from collections import Counter, deque
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from quizapp.core.items.model import Form
from quizapp.core.memory.days import utc
from quizapp.core.memory.model import Memory, NewFact, Settings, State
from quizapp.core.memory.scheduling import recall_at

SECONDS: Mapping[Form, float] = {
    Form.CHOICE: 12.0,
    Form.TRUE_FALSE: 8.0,
    Form.MATCHING: 10.0,
    Form.CLOZE: 16.0,
    Form.TYPED: 20.0,
    Form.FLASHCARD: 10.0,
}
"""How long one fact takes in each form (matching: one pair)."""

NEW_TAKES = 2.0
"""A new fact takes so many times as long: its feedback is read, and it often comes twice."""

APART = 3
"""So many facts at least lie between two siblings, and between a wrong answer and the next try, if others are left."""

LOOK_AHEAD = 60
"""How far down the line a fact is looked for that keeps siblings apart; the most urgent is never put back further."""

HIGH = 0.95
"""Recall at the last review was high from this share of the wanted retention on: being a day late is no harm."""

RUNGS: tuple[tuple[Form, ...], ...] = (
    (Form.CHOICE, Form.TRUE_FALSE),
    (Form.MATCHING,),
    (Form.CLOZE, Form.TYPED, Form.FLASHCARD),
)
"""The ladder of forms."""

PRODUCING = 2
"""The rung on which the answer is given without being seen."""

STAND_INS = frozenset({Form.TRUE_FALSE, Form.FLASHCARD})
"""Forms that show less (half of it guessed, graded by oneself): used where their rung has no other."""

Confusable = Collection[frozenset[int]]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A fact that could be asked. `key` is its id as written, `forms` what it can be asked in.

    `group` names its siblings: facts that would give each other away if asked in close turn.
    """

    fact: int
    key: str
    state: State
    forms: tuple[Form, ...]
    group: str
    suspended: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """One fact of one item of the running sitting; `item` counts items from 0 (a matching item asks several facts)."""

    item: int
    fact: int
    right: bool


@dataclass(frozen=True, slots=True)
class Ask:
    """How to ask a fact next; `avoid_surface` is the surface it had last, empty if none."""

    form: Form
    avoid_surface: str


def plan_sitting(
    candidates: Sequence[Candidate],
    *,
    confusable: Confusable,
    minutes: float,
    now: datetime,
    settings: Settings,
    rng: random.Random,
    most: int = 200,
    partners: Mapping[int, int] = MappingProxyType({}),
) -> tuple[int, ...]:
    """Choose and order the facts of a sitting, at most `most`.

    All that is due comes first, the lowest recall first (ties by chance); then new facts in the order given, as long
    as the `minutes` of the day last. Siblings have at least `APART` facts between them where possible; of two facts
    that are mixed up one follows the other soon. `partners` names the fact that a due one is drilled with: it is taken
    in with it, due or not. Suspended facts and those without a form stay out. A naive `now` raises ValueError.
    """
    now = utc(now)
    usable = [candidate for candidate in candidates if candidate.forms and not candidate.suspended]
    due = [one for one in usable if isinstance(one.state, Memory) and one.state.due_at <= now]
    ranked = sorted((recall_at(one.state, now, settings), rng.random(), place) for place, one in enumerate(due))
    chosen = _with_partners([due[place] for _, _, place in ranked], usable, partners)[:most]
    taken = {one.fact for one in chosen}
    left = minutes - minutes_for(chosen, settings)
    fresh: list[Candidate] = []
    for candidate in usable:
        if len(chosen) + len(fresh) >= most or left <= 0.0:
            break
        if isinstance(candidate.state, NewFact) and candidate.fact not in taken:
            left -= minutes_for((candidate,), settings)
            fresh.append(candidate)
    return tuple(one.fact for one in arranged([chosen, fresh], confusable))


def arranged(parts: Sequence[Sequence[Candidate]], confusable: Confusable) -> list[Candidate]:
    """Order each part by its rank, but keep siblings apart and draw a fact's confusable partners near it."""
    partners: dict[int, set[int]] = {}
    for pair in confusable:
        for fact in pair:
            partners.setdefault(fact, set()).update(pair - {fact})
    placed: list[Candidate] = []
    recent: deque[str] = deque(maxlen=APART)
    for part in parts:
        waiting = list(part)
        counts = Counter(one.group for one in waiting)
        while waiting:
            near = {other for one in placed[-APART - 1 :] for other in partners.get(one.fact, ())}
            chosen = waiting.pop(_place(waiting[:LOOK_AHEAD], recent, near, _crowded(counts, len(waiting))))
            counts[chosen.group] -= 1
            recent.append(chosen.group)
            placed.append(chosen)
    return placed


def next_fact(
    plan: Sequence[int], asked: Sequence[Asked], groups: Mapping[int, str], *, apart: int = APART
) -> int | None:
    """Name the fact to ask next in a running sitting; None when each was right once.

    A fact that failed returns after `apart` other items, or at once when only failed ones are left; meanwhile the plan
    goes on, with the first fact that is no sibling (`groups`, fact to group) of what the last item asked.
    """
    done = {row.fact for row in asked if row.right}
    last_seen = {row.fact: row.item for row in asked}
    item = 1 + max((row.item for row in asked), default=-1)
    failed = sorted((last_seen[fact], fact) for fact in plan if fact in last_seen and fact not in done)
    for seen, fact in failed:
        if item - seen > apart:
            return fact
    told = {groups.get(row.fact) for row in asked if row.item == item - 1}
    fresh = [fact for fact in plan if fact not in last_seen]
    for fact in fresh[:LOOK_AHEAD]:
        if groups.get(fact) not in told:
            return fact
    if fresh:
        return fresh[0]
    return failed[0][1] if failed else None


def next_form(state: State, available: Collection[Form], last_form: Form | None, settings: Settings) -> Ask:
    """Choose the form for a fact, climbing from being shown the answer to giving it.

    Rungs without an available form are left out. A new fact starts on the lowest; after a right answer it climbs, on to
    production only when recall at the last review was high; after a failure it goes one down. Among forms of one rung
    it prefers one that differs from `last_form`, the form of the item before. The surface the fact had last is named,
    so that it is not repeated. Without any available form it raises ValueError.
    """
    if not available:
        raise ValueError("a fact needs a form to be asked in")
    rungs = [number for number, forms in enumerate(RUNGS) if any(form in available for form in forms)]
    offered = _offered(_wanted(state, rungs, settings), available)
    form = next((form for form in offered if form != last_form), offered[0])
    return Ask(form, state.surface if isinstance(state, Memory) else "")


def minutes_for(candidates: Sequence[Candidate], settings: Settings) -> float:
    """Estimate how many minutes it takes to ask these facts, each in the form it would have; new ones take longer."""
    total = 0.0
    for candidate in candidates:
        if candidate.forms:
            takes = SECONDS[next_form(candidate.state, candidate.forms, None, settings).form]
            total += takes * NEW_TAKES if isinstance(candidate.state, NewFact) else takes
    return total / 60.0


def _wanted(state: State, rungs: Sequence[int], settings: Settings) -> int:
    """Pick among the rungs that have a form for this fact, lowest first."""
    if isinstance(state, NewFact):
        return rungs[0]
    here = next(number for number, forms in enumerate(RUNGS) if state.form in forms)
    lower = [rung for rung in rungs if rung < here] or [rungs[0]]
    upper = [rung for rung in rungs if rung > here]
    if state.failed_last:
        return lower[-1]
    if upper and (upper[0] < PRODUCING or state.recall_then >= HIGH * settings.retention):
        return upper[0]
    return here if here in rungs else lower[-1]


def _offered(rung: int, available: Collection[Form]) -> tuple[Form, ...]:
    forms = tuple(form for form in RUNGS[rung] if form in available)
    return tuple(form for form in forms if form not in STAND_INS) or forms


def _with_partners(due: list[Candidate], usable: Sequence[Candidate], partners: Mapping[int, int]) -> list[Candidate]:
    """Put behind each due fact the one it is drilled with, if that can be asked."""
    known = {one.fact: one for one in usable if one.fact in partners.values()}
    drawn: dict[int, Candidate] = {}
    for one in due:
        drawn.setdefault(one.fact, one)
        partner = known.get(partners.get(one.fact, one.fact), one)
        drawn.setdefault(partner.fact, partner)
    return list(drawn.values())


def _crowded(counts: Mapping[str, int], waiting: int) -> Collection[str]:
    """Name the largest groups if they must be drawn from now, lest their siblings meet at the end."""
    most = max(counts.values())
    if most == 1 or (most - 1) * (APART + 1) + len(counts) < waiting:
        return ()
    largest = {group for group, count in counts.items() if count == most}
    return largest if (most - 1) * (APART + 1) + len(largest) >= waiting else ()


def _place(waiting: Sequence[Candidate], recent: Sequence[str], near: Collection[int], crowded: Collection[str]) -> int:
    """Find the first that is no recent sibling, of a crowded group or mixed up with what is near before others.

    Where all are recent siblings, the one whose sibling came longest ago.
    """
    first = None
    for place, one in enumerate(waiting):
        if one.group in recent:
            continue
        if one.group in crowded or (not crowded and one.fact in near):
            return place
        first = place if first is None else first
        if not crowded and not near:
            break
    if first is not None:
        return first
    last = {group: number for number, group in enumerate(recent)}
    return min(range(len(waiting)), key=lambda place: last[waiting[place].group])
