"""What becomes of each fact and its memories in an edit, and how that reads."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from quizapp.messages import Message, msg, msg_n

MINOR_DUE_DAYS = 7


class Value(StrEnum):
    """How the value of a fact that was renamed fared."""

    SAME = "same"
    MINOR = "minor"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Kept:
    """The memory stays; `reworded` when a text around the value, or a translation, is another."""

    fact: str
    reworded: bool


@dataclass(frozen=True, slots=True)
class Minor:
    """The value changed a little, as the author says: the memory stays and is due within `MINOR_DUE_DAYS`."""

    fact: str


@dataclass(frozen=True, slots=True)
class Relearn:
    """The value changed: stability restarts, history stays, the learner is told of the correction."""

    fact: str


@dataclass(frozen=True, slots=True)
class Retired:
    """The fact is gone: not asked, its memory and statistics frozen."""

    fact: str


@dataclass(frozen=True, slots=True)
class Returned:
    """A retired fact is back, and its memory with it."""

    fact: str


@dataclass(frozen=True, slots=True)
class Added:
    """A fact that nobody has met."""

    fact: str


@dataclass(frozen=True, slots=True)
class Moved:
    """The fact has memories of other ids: `sources`, several when merged (then the weaker memory counts).

    `split` when another fact takes the same memory too (then each gets a copy). `value` is compared for a plain rename
    only; a split or merged fact keeps what it is given.
    """

    fact: str
    sources: tuple[str, ...]
    split: bool = False
    value: Value = Value.SAME

    @property
    def merged(self) -> bool:
        """Tell whether several memories become one."""
        return len(self.sources) > 1


Outcome: TypeAlias = Kept | Minor | Relearn | Retired | Returned | Added | Moved


@dataclass(frozen=True, slots=True)
class Impossible:
    """Why an edit cannot be published as it stands; `fact` is empty when the whole bank is meant."""

    fact: str
    message: Message
    hint: Message


@dataclass(frozen=True, slots=True)
class Plan:
    """Outcomes by fact id (of retired facts the old one), and what stands against publishing."""

    outcomes: Mapping[str, Outcome]
    errors: tuple[Impossible, ...] = ()

    @property
    def keeps_every_memory(self) -> bool:
        """Tell whether no memory restarts, is frozen or gives way to another."""
        return not self.errors and not any(_costs_memory(outcome) for outcome in self.outcomes.values())

    def summary(self) -> dict[str, int]:
        """Count facts by what becomes of them; a renamed fact with another value counts as both."""
        counts = Counter(label for outcome in self.outcomes.values() for label in _labels(outcome))
        return {label: counts[label] for label in LABELS}


LABELS = (
    "unchanged",
    "reworded",
    "minor",
    "relearn",
    "retired",
    "returned",
    "added",
    "renamed",
    "split",
    "merged",
)


def describe(plan: Plan, learners: Mapping[str, int]) -> list[Message]:
    """Write a plan line by line; `learners` counts by old fact id those who have a memory of it."""
    lines = [msg("%(message)s (%(hint)s)", message=error.message, hint=error.hint) for error in plan.errors]
    groups: dict[str, list[Outcome]] = {label: [] for label in LABELS}
    for outcome in plan.outcomes.values():
        for label in _labels(outcome):
            groups[label].append(outcome)
    return lines + [_line(label, group, learners) for label, group in groups.items() if group]


def _costs_memory(outcome: Outcome) -> bool:
    match outcome:
        case Relearn() | Retired():
            return True
        case Moved():
            return outcome.merged or outcome.value is Value.CHANGED
        case _:
            return False


def _labels(outcome: Outcome) -> list[str]:
    match outcome:
        case Kept():
            return ["reworded" if outcome.reworded else "unchanged"]
        case Moved():
            how = "merged" if outcome.merged else "split" if outcome.split else "renamed"
            value = {Value.SAME: [], Value.MINOR: ["minor"], Value.CHANGED: ["relearn"]}[outcome.value]
            return [how, *value]
        case _:
            return [type(outcome).__name__.lower()]


def _line(label: str, outcomes: list[Outcome], learners: Mapping[str, int]) -> Message:
    known = sum(learners.get(source, 0) for outcome in outcomes for source in _sources(outcome))
    return _LINES[label](len(outcomes), known)


def _sources(outcome: Outcome) -> tuple[str, ...]:
    return outcome.sources if isinstance(outcome, Moved) else (outcome.fact,)


def _minor(count: int, known: int) -> Message:
    due = msg_n(
        "%(num)d memory due within %(days)d days",
        "%(num)d memories due within %(days)d days",
        known,
        days=MINOR_DUE_DAYS,
    )
    return msg_n(
        "%(num)d value changed a little: %(memories)s",
        "%(num)d values changed a little: %(memories)s",
        count,
        memories=due,
    )


def _relearn(count: int, known: int) -> Message:
    if count == 1:
        memories = msg_n("%(num)d learner relearns it", "%(num)d learners relearn it", known)
    else:
        memories = msg_n("%(num)d memory to relearn", "%(num)d memories to relearn", known)
    return msg_n(
        "%(num)d value changed: %(memories)s", "%(num)d values changed: %(memories)s", count, memories=memories
    )


def _retired(count: int, known: int) -> Message:
    frozen = msg_n("%(num)d memory frozen", "%(num)d memories frozen", known)
    return msg_n("%(num)d fact removed: %(memories)s", "%(num)d facts removed: %(memories)s", count, memories=frozen)


def _renamed(count: int, known: int) -> Message:
    moved = msg_n("%(num)d memory moved along", "%(num)d memories moved along", known)
    return msg_n("%(num)d fact renamed: %(memories)s", "%(num)d facts renamed: %(memories)s", count, memories=moved)


def _split(count: int, known: int) -> Message:
    copied = msg_n("%(num)d memory copied", "%(num)d memories copied", known)
    return msg_n(
        "%(num)d fact split off: %(memories)s", "%(num)d facts split off: %(memories)s", count, memories=copied
    )


_LINES: Mapping[str, Callable[[int, int], Message]] = {
    "unchanged": lambda count, _: msg_n("%(num)d unchanged: kept", "%(num)d unchanged: kept", count),
    "reworded": lambda count, _: msg_n("%(num)d reworded: kept", "%(num)d reworded: kept", count),
    "minor": _minor,
    "relearn": _relearn,
    "retired": _retired,
    "returned": lambda count, _: msg_n(
        "%(num)d fact returned, and the memories of it", "%(num)d facts returned, and the memories of them", count
    ),
    "added": lambda count, _: msg_n("%(num)d fact added", "%(num)d facts added", count),
    "renamed": _renamed,
    "split": _split,
    "merged": lambda count, _: msg_n(
        "%(num)d fact merged from several: the weaker memory counts",
        "%(num)d facts merged from several: the weaker memory counts",
        count,
    ),
}
"""What is said of so many facts of each kind, and of the memories that are known of them."""
