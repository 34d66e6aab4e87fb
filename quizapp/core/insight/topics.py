"""Topics: what the facts of a course's banks are gathered under on the pages of a class."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from quizapp.core.insight.model import Size
from quizapp.core.items.blueprint import TAG, Row
from quizapp.core.knowledge.facts import topic_of
from quizapp.core.knowledge.model import Bank, Cell, Definition, Example, Fact, Member


class Topic(NamedTuple):
    """A comparison, taxonomy or group set of a bank, or all that is in none; `key` stays when the title is edited."""

    key: str
    bank: int
    title: str


class CourseFact(NamedTuple):
    """A fact of a course by its row id; `topic` is the place of its topic in the syllabus."""

    id: int
    bank: int
    key: str
    topic: int
    tags: frozenset[str]


@dataclass(frozen=True, slots=True)
class Syllabus:
    """What a course learns, in the order of its banks and their files."""

    topics: tuple[Topic, ...]
    facts: tuple[CourseFact, ...]

    def place_of_topics(self) -> NDArray[np.intp]:
        """Give the topic of each fact by its place, in the order of the facts."""
        return np.array([fact.topic for fact in self.facts], dtype=np.intp)

    def within(
        self,
        *,
        banks: Collection[int] = (),
        tags: Collection[str] = (),
        facts: Collection[int] = (),
        topics: Collection[str] = (),
    ) -> NDArray[np.bool_]:
        """Say of each fact whether it lies within a choice; what is left empty chooses all."""
        chosen = {place for place, topic in enumerate(self.topics) if topic.key in topics}
        return np.array(
            [
                (not banks or fact.bank in banks)
                and (not tags or not fact.tags.isdisjoint(tags))
                and (not facts or fact.id in facts)
                and (not topics or fact.topic in chosen)
                for fact in self.facts
            ],
            dtype=np.bool_,
        )

    def of_row(self, row: Row) -> NDArray[np.bool_]:
        """Say of each fact whether a row of a blueprint may ask it."""
        return np.array(
            [
                fact.bank == row.bank
                and (
                    not row.topic
                    or row.topic == fact.key.split(".")[0]
                    or (row.topic.startswith(TAG) and row.topic.removeprefix(TAG) in fact.tags)
                )
                for fact in self.facts
            ],
            dtype=np.bool_,
        )


def syllabus(banks: Iterable[tuple[Size, Bank, Mapping[str, int]]]) -> Syllabus:
    """Lay out banks, each with its edition and the row ids of its live facts by key."""
    topics: dict[str, Topic] = {}
    places: dict[str, int] = {}
    facts: list[CourseFact] = []
    for size, edition, ids in banks:
        for fact in edition:
            if fact.id in ids:
                topic = Topic(_key(edition, fact), size.id, topic_of(edition, fact))
                place = places.setdefault(topic.key, len(places))
                topics.setdefault(topic.key, topic)
                tags = frozenset((*edition.tags, *fact.extras.tags))
                facts.append(CourseFact(ids[fact.id], size.id, fact.id, place, tags))
    return Syllabus(tuple(topics.values()), tuple(facts))


def _key(bank: Bank, fact: Fact) -> str:
    match fact:
        case Cell(comparison=container) | Definition(taxonomy=container) | Example(taxonomy=container):
            return f"{bank.id}/{container}"
        case Member(groupset=container):
            return f"{bank.id}/{container}"
        case _:
            return bank.id
