"""A bank laid out for reading: its sections as they were written, cut into pages between rows, terms and groups."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from quizapp.core.knowledge.model import Bank, Card, Question, Statement

PAGE_FACTS = 200


@dataclass(frozen=True, slots=True)
class Unit:
    """What stays together on a page: a row of a comparison, a term, a group, one card or text.

    `facts` are fact ids: by concept (None for no such fact); a term's definition (or None), then its examples; a
    group's members; the gaps of a text.
    """

    key: str
    name: str
    note: str
    facts: tuple[str | None, ...]

    @property
    def size(self) -> int:
        """Count the facts."""
        return sum(fact is not None for fact in self.facts)


@dataclass(frozen=True, slots=True)
class Part:
    """A container of one kind with the units of it that lie on a page; `heads` are the columns of a comparison.

    `kind` is comparison, taxonomy, groups, cards, questions, statements or cloze.
    """

    kind: str
    key: str
    title: str
    units: tuple[Unit, ...]
    heads: tuple[tuple[str, str], ...] = ()


def pages(bank: Bank, most: int = PAGE_FACTS) -> list[list[Part]]:
    """Cut a bank into pages of at most `most` facts, never within a unit; an empty bank has one empty page."""
    cut: list[list[Part]] = [[]]
    room = most
    for part in parts(bank):
        here: list[Unit] = []
        for unit in part.units:
            if unit.size > room and room < most:
                _put(cut[-1], part, here)
                cut.append([])
                here, room = [], most
            here.append(unit)
            room -= unit.size
        _put(cut[-1], part, here)
    return cut


def parts(bank: Bank) -> Iterator[Part]:
    """Go through the containers of a bank that have facts, in the order of the sections."""
    for laid in (_comparisons(bank), _taxonomies(bank), _groups(bank), _singles(bank)):
        yield from (part for part in laid if part.units)


def keys_of(page: Iterable[Part]) -> list[str]:
    """List the fact ids on a page."""
    return [fact for part in page for unit in part.units for fact in unit.facts if fact is not None]


def _put(page: list[Part], part: Part, units: list[Unit]) -> None:
    if units:
        page.append(replace(part, units=tuple(units)))


def _comparisons(bank: Bank) -> Iterator[Part]:
    for comparison in bank.comparisons.values():
        units = tuple(
            Unit(
                key, attribute.name, "", tuple(comparison.cells.get((key, concept)) for concept in comparison.concepts)
            )
            for key, attribute in comparison.attributes.items()
        )
        heads = tuple((name.text, ", ".join(name.also)) for name in comparison.concepts.values())
        yield Part("comparison", comparison.key, comparison.title, units, heads)


def _taxonomies(bank: Bank) -> Iterator[Part]:
    for taxonomy in bank.taxonomies.values():
        units = tuple(
            Unit(term.key, term.name.text, ", ".join(term.name.also), (term.definition, *term.examples))
            for term in taxonomy.terms.values()
        )
        yield Part("taxonomy", taxonomy.key, taxonomy.title, units)


def _groups(bank: Bank) -> Iterator[Part]:
    for groupset in bank.groupsets.values():
        units = tuple(
            Unit(group.key, group.name.text, ", ".join(group.name.also), group.members)
            for group in groupset.groups.values()
        )
        yield Part("groups", groupset.key, groupset.title, units)


def _singles(bank: Bank) -> Iterator[Part]:
    for kind, sort in (("cards", Card), ("questions", Question), ("statements", Statement)):
        units = tuple(Unit(fact.id, "", "", (fact.id,)) for fact in bank if isinstance(fact, sort))
        yield Part(kind, kind, "", units)
    yield Part("cloze", "cloze", "", tuple(Unit(each.key, "", each.text, each.gaps) for each in bank.clozes.values()))
