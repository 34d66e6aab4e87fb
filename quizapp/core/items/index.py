"""What the generator looks up in a bank, found once per bank, so that one item never scans all facts."""

import re
from collections import OrderedDict, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from threading import Lock
from typing import TypeVar

from quizapp.core.items.model import Form
from quizapp.core.items.wording import Phrases, phrases_for
from quizapp.core.knowledge import normalise
from quizapp.core.knowledge.model import Bank, Card, Cell, Example, Gap, Member
from quizapp.core.knowledge.normalise import ValueKind
from quizapp.core.knowledge.words import Words, words_of

SAMPLE = 12
_REMEMBERED = 16
_FREE_KINDS = frozenset({ValueKind.NUMBER, ValueKind.QUANTITY, ValueKind.DATE, ValueKind.ACRONYM, ValueKind.NAME})
_WORD = re.compile(r"[^\W\d_]+")
_T = TypeVar("_T")


class Index:
    """One bank with its neighbourhoods: rows, columns, terms, members, cards of a tag, values of a kind.

    Ids are fact ids in file order. A term is written `(taxonomy, term)` and stands for one fact in `term_fact`: its
    definition, else its first example. Results of comparing texts are remembered, since the texts never change.
    """

    def __init__(self, bank: Bank) -> None:
        self.bank = bank
        self.language = bank.language
        self.phrases: Phrases = phrases_for(bank.language)
        self.words: Words = words_of(bank.language)
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
        self.owners: dict[str, frozenset[str]] = {}
        self._alike: dict[tuple[str, str], defaultdict[frozenset[str] | None, list[str]]] = {}
        self._of_kind: dict[ValueKind, tuple[str, ...]] | None = None
        self._kinds: dict[str, ValueKind] = {}
        self._first_letters: dict[str, frozenset[str] | None] = {}
        own = self.words.letters or ""
        letters = re.escape(own + own.upper())
        self._plain = re.compile(
            rf"(?:[a-z{letters} ,;:!?]|-(?=[a-z])|\.(?![a-z{letters}]))+", re.IGNORECASE | re.ASCII
        )
        self._changing = frozenset((*self.words.numbers, *self.words.scales))
        self._content: dict[str, frozenset[str]] = {}

    def folded(self, text: str) -> str:
        """Give the comparison form of a text."""
        return normalise.fold(text, self.language)

    def content(self, text: str) -> frozenset[str]:
        """Give the words of a text that carry meaning."""
        known = self._content.get(text)
        if known is None:
            words = self._plain_words(text)
            known = normalise.content_words(text, self.language) if words is None else self._meaning(words)
            self._content[text] = known
        return known

    def kind(self, text: str) -> ValueKind:
        """Tell what sort of value a text is."""
        known = self._kinds.get(text)
        if known is None:
            known = self._kinds[text] = normalise.kind(text, self.language)
        return known

    def is_plain(self, text: str) -> bool:
        """Tell whether a text is words only: no figures, signs, number words or foreign letters."""
        return self._letters(text) is not None

    def same(self, a: str, b: str) -> bool:
        """Tell whether two texts are one answer."""
        mine, theirs = self._letters(a), self._letters(b)
        if mine is not None and theirs is not None and mine != theirs:
            return False
        return normalise.same(a, b, self.language)

    def clash(self, a: str, b: str) -> bool:
        """Tell whether one text could stand for the other."""
        mine, theirs = self._letters(a), self._letters(b)
        if mine is not None and theirs is not None and not (mine <= theirs or theirs <= mine):
            return False
        return normalise.clash(a, b, self.language)

    def share(self, a: str, b: str) -> frozenset[str]:
        """Give the words that carry meaning in both texts."""
        mine, theirs = self._letters(a), self._letters(b)
        if mine is not None and theirs is not None and mine.isdisjoint(theirs):
            return frozenset()
        return self.content(a) & self.content(b)

    def has_alike(self, key: tuple[str, str], facts: Sequence[str], text: str) -> bool:
        """Tell whether a member of a group, named by `key`, reads the same as a text."""
        buckets = self._alike.get(key)
        if buckets is None:
            buckets = self._alike[key] = defaultdict(list)
            for member in (self.bank.facts[fact] for fact in facts):
                if isinstance(member, Member):
                    buckets[self._letters(member.text)].append(member.text)
        letters = self._letters(text)
        near = (*buckets.get(letters, ()), *(buckets.get(None, ()) if letters is not None else ()))
        return any(self.same(text, other) for other in near)

    def _letters(self, text: str) -> frozenset[str] | None:
        """Give the letters that the words of a plain text begin with, or None when folding could change them.

        Folding takes off endings and leading articles only, unless there are figures, number words, signs or foreign
        letters. So texts with unlike initials cannot be the same or hold one another, and need not be folded; that is
        forty times faster, and most pairs are settled so.
        """
        if text in self._first_letters:
            return self._first_letters[text]
        words = self._plain_words(text)
        found = None if words is None else frozenset(word[0] for word in words if word not in self.words.articles)
        self._first_letters[text] = found
        return found

    def _plain_words(self, text: str) -> list[str] | None:
        if not self._plain.fullmatch(text):
            return None
        words = _WORD.findall(text.casefold())
        return words if self._changing.isdisjoint(words) else None

    def _meaning(self, words: Iterable[str]) -> frozenset[str]:
        """Fold the words of a plain text as `normalise.content_words` does, without its search for figures and signs."""
        skipped = self.words.stop | self.words.articles
        return frozenset(
            normalise.fold_word(word, self.words) for word in words if len(word) > 1 and word not in skipped
        )

    def of_kind(self, kind: ValueKind) -> Sequence[str]:
        """List the cells whose values have a kind that says enough by itself: numbers, dates, names, not phrases."""
        if self._of_kind is None:
            found: defaultdict[ValueKind, list[str]] = defaultdict(list)
            for fact in self.bank:
                if isinstance(fact, Cell):
                    found[self.kind(fact.text)].append(fact.id)
            self._of_kind = {key: tuple(ids) for key, ids in found.items() if key in _FREE_KINDS}
        return self._of_kind.get(kind, ())


_indexes: OrderedDict[int, Index] = OrderedDict()
_lock = Lock()


def index_of(bank: Bank) -> Index:
    """Give the index of a bank, built on first use and kept for the sixteen banks used last.

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
