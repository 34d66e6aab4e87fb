"""Two versions of a bank side by side: the one an item was made from, and the one that is asked now."""

import re
from collections import defaultdict
from collections.abc import Mapping

from quizapp.core.knowledge.model import Bank, Cell, Definition, Example, Fact, Gap, Member
from quizapp.core.knowledge.normalise import fold
from quizapp.core.knowledge.values import same_value

Rights = Mapping[str, str]
"""Texts that are right for a stem, by the form in which texts are compared; the answer itself first."""

_GAP = re.compile(r"==(.+?)==")


class Editions:
    """A bank `then` and `now`, in one language, with what became of each fact; rights are remembered per stem."""

    def __init__(self, then: Bank, now: Bank) -> None:
        self.then = then
        self.now = now
        self.known: dict[tuple[str, str, bool], Rights] = {}
        self._facts: dict[str, Fact | None] = {}
        self._kept: dict[str, bool] = {}
        self._claims: defaultdict[str, list[Fact]] = defaultdict(list)
        for fact in now:
            for name in fact.extras.was:
                self._claims[name].append(fact)

    def at(self, *, now: bool) -> Bank:
        """Give one of the two versions."""
        return self.now if now else self.then

    def fold(self, text: str) -> str:
        """Give the form in which texts are compared."""
        return fold(text, self.then.language)

    def fact(self, key: str, *, now: bool = True) -> Fact | None:
        """Give a fact by the id it had then; None for one that is retired, was split, or became of another kind."""
        if not now:
            return self.then.facts.get(key)
        if key not in self._facts:
            self._facts[key] = self._found(key)
        return self._facts[key]

    def kept(self, key: str, *, now: bool = True) -> bool:
        """Tell whether a fact has the value it had then, but for slips and what its author calls minor."""
        if not now:
            return key in self.then.facts
        if key not in self._kept:
            before, after = self.then.facts.get(key), self.fact(key)
            same = before is not None and after is not None
            if before is not None and after is not None:
                same = after.extras.minor or same_value(self.then, before, self.now, after)
            self._kept[key] = same
        return self._kept[key]

    def concept(self, cell: Cell, key: str) -> str:
        """Give today's key of a concept in the comparison of a cell of then."""
        comparison = self.then.comparisons[cell.comparison]
        column = (fact for (_, concept), fact in comparison.cells.items() if concept == key)
        heirs = [heir.concept for heir in map(self.fact, column) if isinstance(heir, Cell)]
        return _heir(key, heirs)

    def term(self, fact: Definition | Example, key: str) -> str:
        """Give today's key of a term in the taxonomy of a fact of then."""
        term = self.then.taxonomies[fact.taxonomy].terms[key]
        ids = (term.definition, *term.examples) if term.definition else term.examples
        return _heir(key, [heir.term for heir in map(self.fact, ids) if isinstance(heir, Definition | Example)])

    def group(self, member: Member, key: str) -> str:
        """Give today's key of a group in the group set of a member of then."""
        ids = self.then.groupsets[member.groupset].groups[key].members
        return _heir(key, [heir.group for heir in map(self.fact, ids) if isinstance(heir, Member)])

    def _found(self, key: str) -> Fact | None:
        claims = self._claims.get(key, [])
        fresh = [fact for fact in claims if fact.id not in self.then.facts]
        own = [self.now.facts[key]] if key in self.now.facts else []
        heirs = fresh or own or claims
        before = self.then.facts.get(key)
        if len(heirs) != 1 or before is None or type(heirs[0]) is not type(before):
            return None
        return self._gap(before, heirs[0]) if isinstance(before, Gap) and isinstance(heirs[0], Gap) else heirs[0]

    def _gap(self, before: Gap, after: Gap) -> Gap | None:
        """Find the gap that was shown: gaps are numbered, and one put in or taken out moves the numbers."""
        if self._outline(self.then, before) == self._outline(self.now, after):
            return after
        others = (self.now.facts[key] for key in self.now.clozes[after.cloze].gaps)
        shown = (self.fold(before.before), self.fold(before.after))
        for other in others:
            if isinstance(other, Gap) and (self.fold(other.before), self.fold(other.after)) == shown:
                return other
        return after if after.extras.minor or same_value(self.then, before, self.now, after) else None

    def _outline(self, bank: Bank, gap: Gap) -> list[str]:
        return [self.fold(part) for part in _GAP.split(bank.clozes[gap.cloze].text)[::2]]


def _heir(key: str, heirs: list[str]) -> str:
    return key if not heirs or key in heirs else heirs[0]
