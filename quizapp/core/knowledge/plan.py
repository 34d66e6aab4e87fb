"""What an edit of a bank does to memories, told before it is published."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

from quizapp.core.knowledge.facts import answer_of, prompt_of
from quizapp.core.knowledge.model import Bank, Fact
from quizapp.core.knowledge.outcomes import (
    MINOR_DUE_DAYS,
    Added,
    Impossible,
    Kept,
    Minor,
    Moved,
    Outcome,
    Plan,
    Relearn,
    Retired,
    Returned,
    Value,
    describe,
)
from quizapp.core.knowledge.values import same_value
from quizapp.messages import msg

__all__ = [
    "MINOR_DUE_DAYS",
    "Added",
    "Impossible",
    "Kept",
    "Minor",
    "Moved",
    "Outcome",
    "Plan",
    "Relearn",
    "Retired",
    "Returned",
    "Value",
    "describe",
    "plan",
]


def plan(old: Mapping[str, Bank], new: Mapping[str, Bank], retired: frozenset[str] = frozenset()) -> Plan:
    """Compare two versions of a bank, each its editions by language, and say what becomes of every fact.

    `retired` are the ids of facts that were removed before and whose memories are frozen. An empty `old` is a first
    version. Values are compared in the source language of the old version.
    """
    after = _source(new)
    if after is None:
        message = msg("the new version has no source edition")
        return Plan({}, (Impossible("", message, msg("publish the source file too")),))
    before = _source(old)
    if before is None:
        return Plan({fact: Returned(fact) if fact in retired else Added(fact) for fact in after.facts})
    errors = _mismatch(before, after, new)
    if errors:
        return Plan({}, errors)
    return _Comparison(before, new[before.language], old, new, retired).plan()


class _Comparison:
    """Two versions of a bank in one language, with all editions at hand."""

    __slots__ = ("_after", "_before", "_common", "_names", "_retired")

    def __init__(
        self, before: Bank, after: Bank, old: Mapping[str, Bank], new: Mapping[str, Bank], retired: frozenset[str]
    ) -> None:
        self._before, self._after, self._retired = before, after, retired
        self._common = [(old[language], new[language]) for language in old if language in new]
        self._names = {fact.id: self._named(fact) for fact in after if fact.extras.was}

    def plan(self) -> Plan:
        claims = Counter(name for names in self._names.values() for name in names)
        outcomes: dict[str, Outcome] = {}
        errors: list[Impossible] = []
        for fact in self._after:
            named = self._names.get(fact.id, ())
            errors.extend(self._still_there(fact.id, named))
            outcomes[fact.id] = self._outcome(fact, named, claims)
        for fact_id in self._before.facts:
            if fact_id not in outcomes and not claims[fact_id]:
                outcomes[fact_id] = Retired(fact_id)
        return Plan(outcomes, tuple(errors))

    def _named(self, fact: Fact) -> tuple[str, ...]:
        """Give those former ids of a fact that have memories; names of older renames stay in a file for ever."""
        known = self._before.facts
        return tuple(name for name in fact.extras.was if name in known or (name in self._retired and name != fact.id))

    def _still_there(self, fact_id: str, named: tuple[str, ...]) -> list[Impossible]:
        """A named fact that goes on under its id must say where its own memory comes from."""
        return [
            Impossible(
                fact_id,
                msg("%(fact)s was %(old)s, but %(old)s is still there", fact=fact_id, old=name),
                msg("remove %(old)s, or give both was: [%(old)s] to split it", old=name),
            )
            for name in named
            if name != fact_id and name in self._after.facts and not self._names.get(name)
        ]

    def _outcome(self, fact: Fact, named: tuple[str, ...], claims: Counter[str]) -> Outcome:
        own = fact.id in self._before.facts and not claims[fact.id]
        sources = (fact.id, *named) if own and named else named
        if not sources:
            if fact.id in self._before.facts:
                return self._stayed(fact)
            return Returned(fact.id) if fact.id in self._retired else Added(fact.id)
        split = any(claims[source] > 1 for source in sources)
        if sources == (fact.id,) and not split:
            return self._stayed(fact)
        value = Value.SAME
        if len(sources) == 1 and not split and sources[0] in self._before.facts:
            value = self._value(self._before.facts[sources[0]], fact)
        return Moved(fact.id, sources, split, value)

    def _stayed(self, fact: Fact) -> Outcome:
        match self._value(self._before.facts[fact.id], fact):
            case Value.CHANGED:
                return Relearn(fact.id)
            case Value.MINOR:
                return Minor(fact.id)
            case _:
                return Kept(fact.id, reworded=any(_reworded(*pair, fact.id) for pair in self._common))

    def _value(self, before: Fact, after: Fact) -> Value:
        if same_value(self._before, before, self._after, after):
            return Value.SAME
        return Value.MINOR if after.extras.minor else Value.CHANGED


def _source(editions: Mapping[str, Bank]) -> Bank | None:
    return next((bank for bank in editions.values() if bank.translates is None), None)


def _mismatch(before: Bank, after: Bank, new: Mapping[str, Bank]) -> tuple[Impossible, ...]:
    if before.id != after.id:
        message = msg(
            "the bank %(old)s cannot become %(new)s: learners' progress hangs on the id", old=before.id, new=after.id
        )
        return (Impossible("", message, msg("write id: %(old)s, or publish it as another bank", old=before.id)),)
    if before.language not in new:
        message = msg(
            "the language changed from %(old)s to %(new)s, so that no value can be compared",
            old=before.language,
            new=after.language,
        )
        return (Impossible("", message, msg("add an overlay in %(language)s", language=before.language)),)
    return ()


def _reworded(old: Bank, new: Bank, fact_id: str) -> bool:
    before, after = old.facts[fact_id], new.facts[fact_id]
    if before != after and _bare(before) != _bare(after):
        return True
    return prompt_of(old, before) != prompt_of(new, after) or answer_of(old, before) != answer_of(new, after)


def _bare(fact: Fact) -> Fact:
    return replace(fact, extras=replace(fact.extras, was=(), minor=False))
