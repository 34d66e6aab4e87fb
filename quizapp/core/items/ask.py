"""What a section of the bank hands to the builders: a stem with its right answer, or a set of pairs to match."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from quizapp.core.items.index import Index
from quizapp.core.items.model import Head
from quizapp.core.knowledge.facts import topic_of
from quizapp.core.knowledge.model import Fact


@dataclass(frozen=True, slots=True)
class Offer:
    """A wrong answer the bank vouches for: its text, whose value it is, its synonyms, and what to say if chosen."""

    text: str
    fact: str | None
    because: str = ""
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ask:
    """One stem with its key and what may stand beside it.

    `right` holds every text that is right for this stem, the key first; no offer may clash with any. `near` are
    answers of sibling facts, `far` finds same-typed ones from elsewhere; both are false by the table. `cue` is set
    when the key is a name that other stems mention freely: the text which, seen beside the name, reveals the key.
    """

    surface: str
    fact: Fact
    stem: str
    right: tuple[str, ...]
    near: tuple[Offer, ...] = ()
    far: Callable[[], Iterable[Offer]] = tuple
    cue: str = ""
    hint: str = ""

    @property
    def key(self) -> str:
        """The right answer as it is shown."""
        return self.right[0]


@dataclass(frozen=True, slots=True)
class Reply:
    """A response; `owner` names what it stands for, so that pairs can say which owners are right for them."""

    text: str
    owner: str
    fact: str | None


@dataclass(frozen=True, slots=True)
class Pair:
    """A premise with its own response and every owner that would be right for it (its own reply's among them)."""

    fact: str
    text: str
    reply: Reply
    owners: frozenset[str]
    why: str = ""


@dataclass(frozen=True, slots=True)
class Pairing:
    """A set to match: the asked pair, others of the same relation, and responses that nobody claims.

    With `reusable` the responses are `replies`, each usable by any premise; else each pair brings its own and
    `spare` are tried as extra ones.
    """

    surface: str
    stem: str
    asked: Pair
    others: tuple[Pair, ...]
    spare: tuple[Reply, ...] = ()
    replies: tuple[Reply, ...] = ()

    @property
    def reusable(self) -> bool:
        """Tell whether responses may be used more than once."""
        return bool(self.replies)


def head_of(index: Index, fact: Fact, surface: str, stem: str, facts: Iterable[str] = ()) -> Head:
    """Make the head of an item about one fact, or about several for a matching set."""
    image = fact.extras.image
    ids = tuple(facts)
    return Head(
        bank=index.bank.id,
        language=index.language,
        facts=ids or (fact.id,),
        surface=surface,
        stem=stem,
        topic=topic_of(index.bank, fact),
        why="" if ids else fact.extras.why,
        source=fact.extras.source,
        image=(image.path, image.alt) if image and not ids else None,
        untranslated=any(key in index.bank.untranslated for key in ids or (fact.id,)),
    )
