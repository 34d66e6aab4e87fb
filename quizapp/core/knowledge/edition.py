"""An edition while it is read: the source bank with the texts of an overlay laid over it."""

from collections.abc import Collection
from dataclasses import replace

from quizapp.core.knowledge.draft import stem
from quizapp.core.knowledge.fields import Fields, text_of
from quizapp.core.knowledge.model import Bank, Cell, Definition, Example, Extras, Fact, Member, Name
from quizapp.core.knowledge.problems import Problems, show
from quizapp.core.knowledge.tree import Entry, Mapping, Node, Scalar
from quizapp.core.knowledge.unknown import Kind, unknown
from quizapp.messages import msg

TEXT = frozenset({"text", "accept", "why", "alt"})
NAMED = frozenset({"name", "also"})


class Edition:
    """The facts of an edition so far; `told` are those whose own texts the overlay gives.

    `foreign` are those that a stem of the author asks for which the overlay does not give.
    When the source has errors itself (`strict` is false), ids it lacks are passed over: it may have lost them.
    """

    __slots__ = ("_strict", "facts", "foreign", "problems", "source", "told")

    def __init__(self, source: Bank, problems: Problems, *, strict: bool) -> None:
        self.source = source
        self.problems = problems
        self.facts: dict[str, Fact] = dict(source.facts)
        self.told: set[str] = set()
        self.foreign: set[str] = set()
        self._strict = strict

    def knows(self, key: Scalar, known: Collection[str], kind: Kind) -> bool:
        """Tell whether the source has an id, and say so where it has not."""
        if key.text in known:
            return True
        if self._strict and not self.problems.passed_over():
            self.problems.at(key, unknown(kind, key.text), near=(key.text, known))
        return False

    def known(self, found: Fields, key: str, known: Collection[str], kind: Kind) -> list[Entry]:
        """Give the entries below a key that the source has too."""
        return [entry for entry in found.children(key) if self.knows(entry.key, known, kind)]

    def no_fact(self, place: Scalar) -> None:
        """Say that the source has no fact at a place where the overlay tells one."""
        if self._strict:
            hint = msg("add it to the source, or leave it out here")
            self.problems.at(place, msg("the source has no such fact"), hint)

    def tell(self, fact_id: str | None, entry: Entry) -> None:
        """Lay `text` or `{text, accept, why, alt}` over a fact with one text."""
        fact = self.facts.get(fact_id or "")
        if not isinstance(fact, Cell | Definition | Example | Member):
            self.no_fact(entry.key)
            return
        text, found = self.text(entry)
        if text:
            self.told.add(fact.id)
        extras = laid_over(fact.extras, found, told=bool(text))
        self.facts[fact.id] = replace(fact, text=text or fact.text, extras=extras)

    def text(self, entry: Entry) -> tuple[str, Fields | None]:
        """Read a text and, when it stands in a mapping, what stands beside it."""
        what = show(entry.key.text)
        if not isinstance(entry.value, Mapping):
            return text_of(entry.value, what, self.problems), None
        found = Fields(entry.value, entry.key, what, TEXT, self.problems)
        return found.text("text"), found

    def name(self, entry: Entry, old: Name) -> Name:
        """Lay a name or `{name, also}` over a name; synonyms of another language do not stay with a told name."""
        if not isinstance(entry.value, Mapping):
            return Name(text_of(entry.value, show(entry.key.text), self.problems) or old.text)
        return over_name(Fields(entry.value, entry.key, show(entry.key.text), NAMED, self.problems), old)

    def stem(self, node: Node | None, key: str, name: str, old: str) -> tuple[str, bool]:
        """Give the stem of this edition, and whether it is in its language (as one that was never written is)."""
        text = stem(node, key, name, self.problems) if node is not None else ""
        return text or old, bool(text) or not old


def over_name(found: Fields, old: Name) -> Name:
    """Lay `name` and `also` of some fields over a name."""
    text = found.text("name")
    return Name(text or old.text, found.texts("also") if text or "also" in found else old.also)


def laid_over(old: Extras, found: Fields | None, *, told: bool) -> Extras:
    """Lay accept, why and alt over a fact's; a told text does not keep what else was right in the source language."""
    if found is None:
        return replace(old, accept=()) if told and old.accept else old
    accept = found.texts("accept") if told or "accept" in found else old.accept
    image = old.image
    if "alt" in found:
        alt = found.text("alt")
        if image is None:
            found.problems.at(found.owner, msg("alt without an image in the source"), msg("delete it"))
        elif alt:
            image = replace(image, alt=alt)
    return replace(old, accept=accept, why=found.text("why") or old.why, image=image)
