"""What the generator looks up in a bank, found once per bank, so that one item never scans all facts."""

from collections import OrderedDict, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from threading import Lock
from typing import TypeVar

from quizapp.core.items.model import Form
from quizapp.core.items.texts import Texts
from quizapp.core.items.wording import Phrases, phrases_for
from quizapp.core.knowledge.model import Bank, Card, Cell, Example, Gap, Member
from quizapp.core.knowledge.normalise import ValueKind

SAMPLE = 12
_REMEMBERED = 32
_FREE_KINDS = frozenset({ValueKind.NUMBER, ValueKind.QUANTITY, ValueKind.DATE, ValueKind.ACRONYM, ValueKind.NAME})
_T = TypeVar("_T")


class Index(Texts):
    """One bank with its neighbourhoods: rows, columns, terms, members, cards of a tag, values of a kind.

    Ids are fact ids in file order. A term is written `(taxonomy, term)` and stands for one fact in `term_fact`: its
    definition, else its first example. Results of comparing texts are remembered, since the texts never change.
    """

    def __init__(self, bank: Bank) -> None:
        super().__init__(bank.language)
        self.bank = bank
        self.phrases: Phrases = phrases_for(bank.language)
        self.offered: dict[tuple[str, Form], tuple[str, ...]] = {}
        self.cells_of: Mapping[str, tuple[str, ...]] = {
            key: tuple(comparison.cells.values()) for key, comparison in bank.comparisons.items()
        }
        self.rows = _grouped((key, attribute, fact) for key, attribute, _, fact in _table(bank))
        self.columns = _grouped((key, concept, fact) for key, _, concept, fact in _table(bank))
        self.also_true = _also_true(bank)
        self.term_fact = _term_facts(bank)
        self.terms: tuple[tuple[str, str], ...] = tuple(self.term_fact)
        self.terms_of = _by_first(self.terms)
        self.examples_of = _collect((fact.taxonomy, fact.id) for fact in bank if isinstance(fact, Example))
        self.members_of = _collect((fact.groupset, fact.id) for fact in bank if isinstance(fact, Member))
        self.cards_of = _collect((tag, card.id) for card in bank if isinstance(card, Card) for tag in tags_of(card))
        self.gaps: tuple[str, ...] = tuple(fact.id for fact in bank if isinstance(fact, Gap))
        self.rows_named = _rows_named(bank)
        self.lengths: dict[tuple[str, str], Mapping[int, list[tuple[str, str]]]] = {}
        self.owners: dict[str, frozenset[str]] = {}
        self._of_kind: dict[ValueKind, tuple[str, ...]] | None = None

    def of_kind(self, kind: ValueKind) -> Sequence[str]:
        """List the cells whose values have a kind that says enough by itself: numbers, dates, names, not phrases."""
        if self._of_kind is None:
            found: defaultdict[ValueKind, list[str]] = defaultdict(list)
            for fact in self.bank:
                if isinstance(fact, Cell) and not fact.text.split()[-1][:1].islower():  # then it is but a phrase
                    found[self.kind(fact.text)].append(fact.id)
            self._of_kind = {key: tuple(ids) for key, ids in found.items() if key in _FREE_KINDS}
        return self._of_kind.get(kind, ())


_indexes: OrderedDict[int, Index] = OrderedDict()
_lock = Lock()


def index_of(bank: Bank) -> Index:
    """Give the index of a bank, built on first use and kept for the 32 editions used last.

    Banks are told apart by identity: they are immutable but hold mappings, so they have no hash.
    """
    with _lock:
        index = _indexes.get(id(bank))
        if index is None or index.bank is not bank:
            index = _indexes[id(bank)] = Index(bank)
            if len(_indexes) > _REMEMBERED:
                _indexes.popitem(last=False)
        _indexes.move_to_end(id(bank))
        return index


@dataclass(frozen=True, slots=True)
class Draw:
    """How a section takes some of its facts: at random, but always the ones `mentioned` (known confusions)."""

    rng: Random
    mentioned: tuple[str, ...] = ()
    most: int = SAMPLE

    def take(self, pool: Sequence[_T]) -> list[_T]:
        """Take at most `most` of a pool in random order, in time that does not grow with the pool."""
        return self.rng.sample(pool, min(self.most, len(pool)))

    def facts(self, pool: Sequence[str]) -> list[str]:
        """Take fact ids of a pool, the mentioned ones first whether they are in the pool or not."""
        return list(dict.fromkeys((*self.mentioned, *self.take(pool))))


def tags_of(card: Card) -> tuple[str, ...]:
    """Give the tags that make cards siblings; cards without any are siblings of each other."""
    return card.extras.tags or ("",)


def _table(bank: Bank) -> Iterable[tuple[str, str, str, str]]:
    for key, comparison in bank.comparisons.items():
        for (attribute, concept), fact in comparison.cells.items():
            yield key, attribute, concept, fact


def _grouped(entries: Iterable[tuple[str, str, str]]) -> Mapping[tuple[str, str], tuple[str, ...]]:
    found: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for container, key, fact in entries:
        found[container, key].append(fact)
    return {key: tuple(facts) for key, facts in found.items()}


def _collect(entries: Iterable[tuple[str, str]]) -> Mapping[str, tuple[str, ...]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for key, fact in entries:
        found[key].append(fact)
    return {key: tuple(facts) for key, facts in found.items()}


def _by_first(pairs: Iterable[tuple[str, str]]) -> Mapping[str, tuple[tuple[str, str], ...]]:
    found: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for pair in pairs:
        found[pair[0]].append(pair)
    return {key: tuple(members) for key, members in found.items()}


def _also_true(bank: Bank) -> Mapping[tuple[str, str, str], tuple[str, ...]]:
    """Map (comparison, attribute, concept) to the cells of other concepts whose value holds for it too."""
    found: defaultdict[tuple[str, str, str], list[str]] = defaultdict(list)
    for fact in bank:
        if isinstance(fact, Cell):
            for concept in fact.extras.also_true:
                found[fact.comparison, fact.attribute, concept].append(fact.id)
    return {key: tuple(facts) for key, facts in found.items()}


def _term_facts(bank: Bank) -> Mapping[tuple[str, str], str]:
    return {
        (key, term.key): term.definition or term.examples[0]
        for key, taxonomy in bank.taxonomies.items()
        for term in taxonomy.terms.values()
        if term.definition or term.examples
    }


def _rows_named(bank: Bank) -> Mapping[str, tuple[tuple[str, str], ...]]:
    """Map an attribute's name, in lower case, to the rows that bear it: comparable values across comparisons."""
    found: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for key, comparison in bank.comparisons.items():
        for attribute in comparison.attributes.values():
            found[attribute.name.casefold()].append((key, attribute.key))
    return {name: tuple(rows) for name, rows in found.items() if len(rows) > 1}
