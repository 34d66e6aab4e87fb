"""A simulated learner's head: what it truly remembers, and how it answers; the program never looks inside."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from random import Random
from typing import assert_never

from quizapp.actions.demo_people import Person
from quizapp.core.items.model import (
    ChoiceItem,
    FlashcardItem,
    Form,
    Item,
    MatchingItem,
    Premise,
    TrueFalseItem,
    TypedItem,
    form_of,
)
from quizapp.core.memory import fsrs
from quizapp.core.memory.model import DEFAULT_PARAMETERS

Fields = Mapping[str, Sequence[str]]

INTERFERENCE = 0.3
"""A fact of two names that are mixed up is remembered for this part of the time."""

TEMPTING = 6.0
"""So many times likelier than others is the value of a name that is mixed up with the one asked."""

TYPO = 0.04
OVERRATED = 0.12
EASY, HARD = 0.97, 0.75
SECONDS: Mapping[Form, float] = {
    Form.CHOICE: 1.0,
    Form.TRUE_FALSE: 0.7,
    Form.TYPED: 1.6,
    Form.CLOZE: 1.3,
    Form.FLASHCARD: 0.9,
    Form.MATCHING: 3.5,
}
"""Time an answer takes, as a multiple of a choice's."""

_UNSURE: Fields = {"unsure": ["1"]}


@dataclass(slots=True)
class Trace:
    """What is truly remembered of one fact: FSRS state of the head, not of the program."""

    stability: float
    difficulty: float
    at: datetime


@dataclass(slots=True)
class Mind:
    """The head of one person: traces by bank and fact, and the person's own dice."""

    person: Person
    rng: Random
    traces: dict[str, Trace] = field(default_factory=dict)

    def answer(self, item: Item, now: datetime) -> Fields:
        """Answer an item as the person would, as the form fields a browser sends."""
        match item:
            case ChoiceItem():
                return self._choose(item, now)
            case TrueFalseItem():
                return self._judge(item, now)
            case TypedItem():
                return self._type(item, now)
            case FlashcardItem():
                return {"grade": [self._own_grade(item, now)]}
            case MatchingItem():
                return self._match(item, now)
            case _:
                assert_never(item)

    def learn(self, bank: str, fact: str, now: datetime, *, right: bool) -> None:
        """Read the feedback: a right answer strengthens the trace, a wrong one begins it again."""
        grade = fsrs.GOOD if right else fsrs.AGAIN
        key = f"{bank}:{fact}"
        old = self.traces.get(key)
        if old is None:
            moved = fsrs.initial(grade, DEFAULT_PARAMETERS)
        else:
            elapsed = self._elapsed(old, bank, fact, now)
            moved = fsrs.advance(old.stability, old.difficulty, elapsed, grade, DEFAULT_PARAMETERS)
        self.traces[key] = Trace(*moved, now)

    def seconds(self, item: Item) -> float:
        """Think about an item for a while."""
        spread = self.rng.lognormvariate(0.0, 0.35)
        return min(self.person.pace * SECONDS[form_of(item)] * spread, 85.0)

    def _recall(self, bank: str, fact: str, now: datetime) -> float:
        trace = self.traces.get(f"{bank}:{fact}")
        if trace is None:
            return self.person.prior * (0.5 if self._is_mixed(fact) else 1.0)
        return fsrs.recall(trace.stability, self._elapsed(trace, bank, fact, now), DEFAULT_PARAMETERS)

    def _knows(self, bank: str, fact: str, now: datetime) -> bool:
        return self.rng.random() < self._recall(bank, fact, now)

    def _elapsed(self, trace: Trace, bank: str, fact: str, now: datetime) -> float:
        """Let time run faster for a weak memory, a hard fact, and names that are mixed up."""
        days = (now - trace.at).total_seconds() / 86_400
        return days / (self.person.memory * _ease(bank, fact) * (INTERFERENCE if self._is_mixed(fact) else 1.0))

    def _is_mixed(self, fact: str) -> bool:
        parts = set(fact.split("."))
        return any(not parts.isdisjoint(pair) for pair in self.person.mixes)

    def _mixes_up(self, asked: str, other: str | None) -> bool:
        if other is None:
            return False
        here, there = set(asked.split(".")), set(other.split("."))
        pairs = [*self.person.mixes, *((b, a) for a, b in self.person.mixes)]
        return any(a in here and b in there and b not in here for a, b in pairs)

    def _gives_up(self) -> bool:
        return self.rng.random() < self.person.caution

    def _tempted(self, asked: str, others: Sequence[str | None]) -> int:
        """Give the place of the one that is guessed: any, but sooner the one that is mixed up."""
        weights = [TEMPTING if self._mixes_up(asked, other) else 1.0 for other in others]
        return self.rng.choices(range(len(others)), weights)[0]

    def _choose(self, item: ChoiceItem, now: datetime) -> Fields:
        fact = item.head.facts[0]
        if self._knows(item.head.bank, fact, now) and self.rng.random() > self.person.slip:
            return {"choice": [next(option.token for option in item.options if option.correct)]}
        tempting = any(self._mixes_up(fact, option.fact) for option in item.options)
        if not tempting and self._gives_up():
            return _UNSURE
        guessed = self._tempted(fact, [option.fact for option in item.options])
        return {"choice": [item.options[guessed].token]}

    def _judge(self, item: TrueFalseItem, now: datetime) -> Fields:
        fact = item.head.facts[0]
        if self._knows(item.head.bank, fact, now) and self.rng.random() > self.person.slip:
            return {"choice": [_word(item.is_true)]}
        believes = 0.8 if self._mixes_up(fact, item.value_of) else 0.55
        fields: Fields = {"choice": [_word(self.rng.random() < believes)]}
        return {**fields, **_UNSURE} if self._gives_up() else fields

    def _type(self, item: TypedItem, now: datetime) -> Fields:
        fact = item.head.facts[0]
        if self._knows(item.head.bank, fact, now):
            return {"text": [self._typed(item.key)]}
        mixed = [text for text, other in item.refuse.items() if self._mixes_up(fact, other)]
        if mixed:
            return {"text": [self.rng.choice(mixed)]}
        if not item.refuse or self.rng.random() < 0.3 + self.person.caution:
            return _UNSURE
        return {"text": [self.rng.choice(list(item.refuse))]}

    def _typed(self, key: str) -> str:
        """Write an answer with the odd typing error: two letters of a word swapped."""
        if len(key) < 4 or self.rng.random() > TYPO:  # noqa: PLR2004 -- too short to slip
            return key
        at = self.rng.randrange(1, len(key) - 2)
        return key[:at] + key[at + 1] + key[at] + key[at + 2 :]

    def _own_grade(self, item: FlashcardItem, now: datetime) -> str:
        recall = self._recall(item.head.bank, item.head.facts[0], now)
        if self.rng.random() >= recall:
            return "3" if self.rng.random() < OVERRATED else "1"
        return "4" if recall > EASY else "2" if recall < HARD else "3"

    def _match(self, item: MatchingItem, now: datetime) -> Fields:
        """Place what is known first, then guess among what is left."""
        known = [premise for premise in item.premises if self._knows(item.head.bank, premise.fact, now)]
        guessed = [premise for premise in item.premises if premise not in known]
        placed = {premise.token: item.key[premise.token] for premise in known}
        for premise in guessed:
            placed[premise.token] = self._guess_pair(item, premise, placed)
        fields: dict[str, Sequence[str]] = {f"pair-{token}": [response] for token, response in placed.items()}
        return fields | {"order": [" ".join(placed)]}

    def _guess_pair(self, item: MatchingItem, premise: Premise, placed: Mapping[str, str]) -> str:
        taken = set() if item.reusable else set(placed.values())
        left = [response for response in item.responses if response.token not in taken]
        return left[self._tempted(premise.fact, [response.fact for response in left])].token


def _ease(bank: str, fact: str) -> float:
    """Make some facts hard and some easy for everybody: 0.5 to 1.6 times as long remembered, the same each time."""
    number = int.from_bytes(sha256(f"{bank}:{fact}".encode()).digest()[:4], "big") / 2**32
    return 0.5 + 1.1 * number


def _word(is_true: bool) -> str:
    return "true" if is_true else "false"
