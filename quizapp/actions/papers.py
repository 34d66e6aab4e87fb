"""What a quiz is drawn from, and the drawing: so many questions of each portion, none giving away another."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from random import Random

from quizapp.core.items.blueprint import EXAM_FORMS, Row, facts_of
from quizapp.core.items.generate import Context, generate
from quizapp.core.items.model import ChoiceItem, Form, Item, marked_untranslated
from quizapp.core.items.sections import surfaces_of
from quizapp.core.knowledge.model import Bank

MOST_QUESTIONS = 100
"""A quiz has no more."""

_DRAWS = 5

Tried = tuple[int, str]
"""A fact by the row id of its bank and its key."""

Heard = Callable[[int, str], Context]
"""What is known of a fact's mix-ups, asked by the row id of its bank and its key."""


@dataclass(frozen=True, slots=True)
class Source:
    """A bank in the edition that the learner reads; `source` asks what that has no words for."""

    bank: int
    version: int
    edition: Bank
    source: Bank | None = None

    def asking(self, key: str) -> Bank:
        """Give the edition in which a fact is asked: an item is in one language."""
        return self.source if self.source and key in self.edition.untranslated else self.edition


@dataclass(frozen=True, slots=True)
class Portion:
    """`count` questions about some facts, tried in this order, in some forms."""

    facts: tuple[Tried, ...]
    forms: frozenset[Form]
    count: int


@dataclass(frozen=True, slots=True)
class Paper:
    """A quiz before it is drawn: sources by row id and portions, asked one after the other or `shuffled`."""

    sources: Mapping[int, Source]
    portions: tuple[Portion, ...]
    shuffled: bool = False


@dataclass(frozen=True, slots=True)
class Drawn:
    """A question of the portion with that place, and what it was made from."""

    source: Source
    item: Item
    portion: int


@dataclass(slots=True)
class _Hand:
    """What was drawn so far: the context that keeps later items from giving it away, and the facts asked."""

    context: Context = field(default_factory=lambda: Context(exam=True))
    covered: set[Tried] = field(default_factory=set)

    def take(self, source: Source, item: Item) -> None:
        """Remember an item: its facts are asked no more, and what it shows is the key of no later one."""
        self.covered.update((source.bank, key) for key in item.head.facts)
        texts, positions = [item.head.stem], self.context.key_positions
        if isinstance(item, ChoiceItem):
            place = next(number for number, option in enumerate(item.options) if option.correct)
            texts.append(item.options[place].text)
            positions = (*positions, place)
        self.context = replace(self.context, revealed=(*self.context.revealed, *texts), key_positions=positions)


def from_rows(
    sources: Mapping[int, Source],
    rows: Sequence[Row],
    forms: Sequence[frozenset[Form]],
    seed: int,
    *,
    shuffled: bool,
) -> Paper:
    """Lay a paper out by a blueprint; `forms` are those of each row, the facts of a row come in an order by `seed`."""
    portions = tuple(
        Portion(_by_chance(_facts_in(sources.get(row.bank), row.topic), f"{seed}:{number}"), wanted, row.count)
        for number, (row, wanted) in enumerate(zip(rows, forms, strict=True))
    )
    return Paper(sources, portions, shuffled=shuffled)


def from_banks(
    sources: Mapping[int, Source], tags: Sequence[str], forms: Sequence[str], count: int, seed: int
) -> Paper:
    """Lay a paper out over whole banks, or some tags of them; no forms named are all of them."""
    wanted = frozenset(Form(form) for form in forms) & EXAM_FORMS if forms else EXAM_FORMS
    facts = list(chain.from_iterable(_facts_in(source, "", tags) for source in sources.values()))
    return Paper(sources, (Portion(_by_chance(facts, f"{seed}"), wanted, count),))


def draw(paper: Paper, seed: int, heard: Heard | None = None) -> list[Drawn]:
    """Draw the questions of a paper in the order in which they are asked; a portion that runs out gives fewer.

    The same paper and seed give the same questions. With `heard` the class's mix-ups steer the wrong answers.
    """
    turns = [number for number, portion in enumerate(paper.portions) for _ in range(portion.count)]
    if paper.shuffled:
        Random(f"{seed}:order").shuffle(turns)
    waiting = [iter(portion.facts) for portion in paper.portions]
    hand, drawn = _Hand(), list[Drawn]()
    for number in turns:
        made = _next(paper, number, waiting[number], hand, seed, heard)
        if made is not None:
            hand.take(made.source, made.item)
            drawn.append(made)
    return drawn


def fullest(lay_out: Callable[[int], Paper], seed: int, heard: Heard | None = None) -> list[Drawn]:
    """Draw a paper with all its questions: chance may spoil a draw, so that some are tried, the same for a seed."""
    best: list[Drawn] = []
    for turn in range(_DRAWS):
        chance = Random(f"{seed}:{turn}").getrandbits(31)
        paper = lay_out(chance)
        drawn = draw(paper, chance, heard)
        if len(drawn) > len(best) or not turn:
            best = drawn
        if len(best) == sum(portion.count for portion in paper.portions):
            break
    return best


def affords(source: Source, topic: str, forms: frozenset[Form], most: int = MOST_QUESTIONS) -> int:
    """Count the questions, up to `most`, that a topic alone affords a quiz in some forms: at least so many."""
    facts = _facts_in(source, topic)
    papers = (Paper({source.bank: source}, (Portion(_by_chance(facts, f"{turn}"), forms, most),)) for turn in range(2))
    return max(len(draw(paper, turn)) for turn, paper in enumerate(papers))


def _next(
    paper: Paper, number: int, facts: Iterator[Tried], hand: _Hand, seed: int, heard: Heard | None
) -> Drawn | None:
    for bank, key in facts:
        source = paper.sources.get(bank)
        fact = source.edition.facts.get(key) if source else None
        if source is None or fact is None or (bank, key) in hand.covered:
            continue
        rng = Random(f"{seed}:{number}:{bank}:{key}")
        forms = sorted(form for form in paper.portions[number].forms if surfaces_of(fact, form))
        rng.shuffle(forms)
        context = hand.context
        if heard is not None:
            told = heard(bank, key)
            context = replace(context, exam=False, class_counts=told.class_counts, learners=told.learners)
        edition = source.asking(key)
        item = next((made for form in forms if (made := generate(edition, key, form, rng, context))), None)
        if item is not None:
            return Drawn(source, item if edition is source.edition else marked_untranslated(item), number)
    return None


def _facts_in(source: Source | None, topic: str, tags: Sequence[str] = ()) -> list[Tried]:
    if source is None:
        return []
    found = facts_of(source.edition, topic)
    of_bank = set(source.edition.tags)
    return [(source.bank, fact.id) for fact in found if not tags or {*fact.extras.tags, *of_bank} & set(tags)]


def _by_chance(facts: Sequence[Tried], seed: str) -> tuple[Tried, ...]:
    return tuple(Random(seed).sample(facts, len(facts)))
