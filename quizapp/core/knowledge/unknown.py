"""What an overlay may name that its source does not have, each in a sentence of its own."""

from enum import Enum, auto

from quizapp.core.knowledge.problems import show
from quizapp.messages import Message, msg


class Kind(Enum):
    """What an id of an overlay stands for."""

    COMPARISON = auto()
    CONCEPT = auto()
    ATTRIBUTE = auto()
    TAXONOMY = auto()
    TERM = auto()
    EXAMPLE = auto()
    GROUP_SET = auto()
    GROUP = auto()
    MEMBER = auto()
    CARD = auto()
    QUESTION = auto()
    WRONG_ANSWER = auto()
    STATEMENT = auto()
    CLOZE = auto()
    SOURCE = auto()
    TAG = auto()


def unknown(kind: Kind, key: str) -> Message:
    """Say that the source has nothing of this kind under a key."""
    return _UNKNOWN[kind].filled(key=show(key))


_UNKNOWN = {
    Kind.COMPARISON: msg("the source has no comparison %(key)s"),
    Kind.CONCEPT: msg("the source has no concept %(key)s"),
    Kind.ATTRIBUTE: msg("the source has no attribute %(key)s"),
    Kind.TAXONOMY: msg("the source has no taxonomy %(key)s"),
    Kind.TERM: msg("the source has no term %(key)s"),
    Kind.EXAMPLE: msg("the source has no example %(key)s"),
    Kind.GROUP_SET: msg("the source has no group set %(key)s"),
    Kind.GROUP: msg("the source has no group %(key)s"),
    Kind.MEMBER: msg("the source has no member %(key)s"),
    Kind.CARD: msg("the source has no card %(key)s"),
    Kind.QUESTION: msg("the source has no question %(key)s"),
    Kind.WRONG_ANSWER: msg("the source has no wrong answer %(key)s"),
    Kind.STATEMENT: msg("the source has no statement %(key)s"),
    Kind.CLOZE: msg("the source has no cloze %(key)s"),
    Kind.SOURCE: msg("the source has no source %(key)s"),
    Kind.TAG: msg("the source has no tag %(key)s"),
}
