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


def _never(_: Offer) -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Ask:
    """One stem with its key and what may stand beside it.

    `right` holds every text that is right for this stem, the key first; no offer may clash with any. `near` are
    answers of sibling facts, `far` finds same-typed ones from elsewhere; `holds` tells of an offer that by the table
    it is right as well, asked only of those about to be chosen. `cue` is set
    when the key is a name that other stems mention freely: the text which, seen beside the name, reveals the key.
    """

    surface: str
    fact: Fact
    stem: str
    right: tuple[str, ...]
    near: tuple[Offer, ...] = ()
    far: Callable[[], Iterable[Offer]] = tuple
    holds: Callable[[Offer], bool] = _never
    cue: str = ""
    hint: str = ""

    @property
    def key(self) -> str:
        """The right answer as it is shown."""
        return self.right[0]


@dataclass(frozen=True, slots=True)
class Reply:
    """A response; `owner` names what it stands for: a concept, an attribute, a term, a group, or a fact."""

    text: str
    owner: str
    fact: str | None


@dataclass(frozen=True, slots=True)
class Pair:
    """A premise, the fact it is evidence for, and its own response."""

    fact: str
    text: str
    reply: Reply
    why: str = ""


@dataclass(frozen=True, slots=True)
class Sides:
    """One fact of a set in words: what the set is asked by, the premise, and its own response."""

    stem: str
    left: str
    right: str


@dataclass(frozen=True, slots=True)
class Pairing:
    """A set to match: the asked pair, others of the same relation, and responses that nobody claims.

    With replies the responses are those, each usable by any premise; else each pair brings its own and `spare` are
    tried as extra ones. `right` tells of a fact and a response's owner whether the bank holds the response right for
    the fact's premise; it is asked only of those about to be chosen.
    """

    surface: str
    stem: str
    asked: Pair
    others: tuple[Pair, ...]
    right: Callable[[str, str], bool]
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
