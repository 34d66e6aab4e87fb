"""The blueprint of a quiz: rows that each ask for so many questions about a topic of a bank in a form."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from quizapp.core.items.model import Form
from quizapp.core.knowledge.facts import section_of, topic_of
from quizapp.core.knowledge.model import Bank, Fact

TAG = "#"
"""A topic that begins so is a tag; any other names a container or a section; an empty one is the whole bank."""

MIXED = "mixed"
EXAM_FORMS = frozenset(Form) - {Form.FLASHCARD}
"""A flashcard is graded by who takes it, which is no way to take a quiz."""

FORMS: Mapping[str, frozenset[Form]] = {
    MIXED: EXAM_FORMS,
    **{form.value: frozenset({form}) for form in Form if form in EXAM_FORMS},
}
"""What a row may say of its form."""


@dataclass(frozen=True, slots=True)
class Row:
    """`count` questions about a topic of the bank with that row id, in the form named by a key of `FORMS`."""

    bank: int
    topic: str
    form: str
    count: int

    def to_json(self) -> dict[str, Any]:
        """Give the row as JSON keeps it."""
        return {"bank": self.bank, "topic": self.topic, "form": self.form, "n": self.count}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Row":
        """Read a row that `to_json` wrote."""
        return cls(data["bank"], data["topic"], data["form"], data["n"])


@dataclass(frozen=True, slots=True)
class Topic:
    """A part of a bank that can be asked for: its key, its title, how many facts it has.

    `kind` is the section of the knowledge file (comparisons, taxonomies, groups, cards, questions, statements, cloze)
    or tag; the title of a section without containers is empty.
    """

    key: str
    kind: str
    title: str
    facts: int


def topics_of(bank: Bank) -> tuple[Topic, ...]:
    """List the topics of a bank: its containers in the order of the file, then the tags of its facts by name."""
    sizes = Counter(_container(fact) for fact in bank)
    first: dict[str, Fact] = {}
    for fact in bank:
        first.setdefault(_container(fact), fact)
    tags = Counter(tag for fact in bank for tag in set(fact.extras.tags))
    return (
        *(Topic(key, section_of(fact), _title(bank, fact, key), sizes[key]) for key, fact in first.items()),
        *(Topic(TAG + tag, "tag", bank.tag_names.get(tag, tag), tags[tag]) for tag in sorted(tags)),
    )


def facts_of(bank: Bank, topic: str) -> Iterator[Fact]:
    """Go through the facts of a topic in file order; none for a topic that the bank does not have."""
    for fact in bank:
        if _within(bank, fact, topic):
            yield fact


def _within(bank: Bank, fact: Fact, topic: str) -> bool:
    if not topic:
        return True
    if topic.startswith(TAG):
        return topic.removeprefix(TAG) in {*fact.extras.tags, *bank.tags}
    return _container(fact) == topic


def _container(fact: Fact) -> str:
    """Give the key of a fact's comparison, taxonomy or group set; else that of its section."""
    return fact.id.split(".")[0]


def _title(bank: Bank, fact: Fact, key: str) -> str:
    return "" if key == section_of(fact) else topic_of(bank, fact)
