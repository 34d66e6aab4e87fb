"""What a judge of items says: a rule broken (never served) or a warning to the author."""

from dataclasses import dataclass

from quizapp.messages import Message


@dataclass(frozen=True, slots=True)
class Broken:
    """A logic rule, E1-E8 or M1-M10, that an item breaks, and where."""

    rule: str
    detail: Message


@dataclass(frozen=True, slots=True)
class Warned:
    """A writing rule, W1-W7, that an item or a bank keeps badly, and where."""

    rule: str
    detail: Message
