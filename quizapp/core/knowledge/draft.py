"""A bank while it is read: facts and places so far, and what every section needs of its surroundings."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from itertools import product
from math import prod

from quizapp.core.knowledge.fields import Fields, text_of
from quizapp.core.knowledge.keys import FACT_ID, is_key
from quizapp.core.knowledge.limits import MOST_FACTS, MOST_FORMER
from quizapp.core.knowledge.model import Extras, Fact, Image, Name
from quizapp.core.knowledge.problems import Problems, What, show, worded
from quizapp.core.knowledge.tree import Mapping as Branch
from quizapp.core.knowledge.tree import Node, Scalar
from quizapp.messages import Number, msg

EXTRAS = frozenset({"accept", "why", "source", "difficulty", "tags", "image", "alt", "minor", "was"})
WITH_SIBLINGS = EXTRAS | {"also-true"}

_PICTURE = re.compile(r"[\w()+ -][\w()+ .-]*(/[\w()+ -][\w()+ .-]*)*\.(png|jpe?g|gif|webp|avif|svg)", re.IGNORECASE)
_ALT_HINT = msg("say in words what the picture shows")
_NOTHING = Extras()


class Draft:
    """The facts and places of a bank in file order, with its problems and the sources that may be named."""

    __slots__ = ("facts", "places", "problems", "sources")

    def __init__(self, problems: Problems, sources: Mapping[str, str]) -> None:
        self.problems = problems
        self.sources = sources
        self.facts: dict[str, Fact] = {}
        self.places: dict[str, tuple[int, int]] = {}

    def add(self, fact: Fact, line: int, column: int) -> None:
        """Take in a fact written at a line and column from 0."""
        if len(self.facts) >= MOST_FACTS:
            message = msg("the file has more than %(most)s facts", most=Number(MOST_FACTS))
            self.problems.add(line, column, message, msg("split it into several banks"))
            return
        self.facts[fact.id] = fact
        self.places[fact.id] = (line + 1, column + 1)

    def former(self, owner: Scalar, *levels: tuple[str, ...]) -> tuple[str, ...]:
        """Give the former ids of a fact whose path has at each level its key and the keys it had before."""
        for level in levels:
            if len(level) > 1:
                break
        else:
            return ()
        if prod(map(len, levels)) > MOST_FORMER:
            message = msg("was gives it more than %(most)d former ids", most=MOST_FORMER)
            self.problems.at(owner, message, msg("delete keys of long ago"))
            return ()
        return tuple(".".join(path) for path in product(*levels))[1:]

    def inherited(self, found: Fields, outer: Extras = _NOTHING) -> Extras:
        """Give the source and tags that a container hands down to its facts."""
        if "source" not in found and "tags" not in found:
            return outer
        source = self._sources(found) if "source" in found else outer.source
        return Extras(source=source, tags=_joined(outer.tags, found.texts("tags")))

    def extras(self, found: Fields, outer: Extras, kin: "Kin") -> Extras:
        """Read what a fact carries beside its text; `was` stays with the caller if the kin already has it."""
        return Extras(
            accept=found.texts("accept"),
            why=found.text("why"),
            source=self._sources(found) if "source" in found else outer.source,
            difficulty=found.number("difficulty", 1, 5),
            tags=_joined(outer.tags, found.texts("tags")),
            image=_image(found),
            also_true=_also_true(found, kin) if kin.keys is not None and "also-true" in found else (),
            minor=found.flag("minor"),
            was=_joined(kin.was, _fact_ids(found)) if "was" in found and not kin.moved else kin.was,
        )

    def fact_text(self, node: Node, key: Scalar, what: What, outer: Extras, kin: "Kin") -> tuple[str, Extras] | None:
        """Read `text` or `{text, ...}`; None after a problem with the text."""
        if not isinstance(node, Branch):
            text = text_of(node, what, self.problems)
            extras = replace(outer, was=kin.was) if kin.was else outer
        else:
            allowed = _TEXT_AND_SIBLINGS if kin.keys is not None else _TEXT
            found = Fields(node, key, what, allowed, self.problems)
            text, extras = found.required("text"), self.extras(found, outer, kin)
        return (text, extras) if text else None

    def _sources(self, found: Fields) -> tuple[str, ...]:
        named = []
        for node, key in found.listed("source", words=True):
            if key in self.sources:
                named.append(key)
            else:
                message = msg("the source %(key)s is not under sources", key=show(key))
                self.problems.at(node, message, msg("add it under sources at the top"), near=(key, self.sources))
        return tuple(named)


@dataclass(frozen=True, slots=True)
class Kin:
    """A fact's own key among its siblings' `keys` (None where `also-true` has no meaning) and its former ids.

    `was` are the former ids that the keys above tell; `moved` when they are all there is.
    """

    own: str = ""
    keys: Collection[str] | None = None
    was: tuple[str, ...] = ()
    moved: bool = False


def lineage(key: Scalar, found: Fields | None) -> tuple[str, ...]:
    """Give a container's key and those it had before."""
    return (key.text, *found.keys("was")) if found is not None and "was" in found else (key.text,)


def name_of(node: Node, what: What, found: Fields | None, problems: Problems) -> Name:
    """Read a name: a text alone, or `name` and `also` of the fields."""
    if found is None:
        return Name(text_of(node, what, problems))
    return Name(found.required("name"), found.texts("also"))


def placeholder(found: Fields, key: str, name: str) -> str:
    """Read an author's stem, which must hold a placeholder such as `{concept}`."""
    entry = found.entry(key)
    if entry is None:
        return ""
    return stem(entry.value, key, name, found.problems)


def stem(node: Node, what: str, name: str, problems: Problems) -> str:
    """Read a text that must hold a placeholder."""
    text = text_of(node, what, problems)
    if text and f"{{{name}}}" not in text:
        words = re.findall(r"\{(\w+)\}", text)
        hint = (
            msg("replace %(word)s by %(placeholder)s", word=f"{{{words[0]}}}", placeholder=f"{{{name}}}")
            if words
            else msg("write %(placeholder)s where it belongs", placeholder=f"{{{name}}}")
        )
        problems.at(node, msg("%(what)s has no %(key)s", what=worded(what), key=f"{{{name}}}"), hint)
    return text


def _image(found: Fields) -> Image | None:
    entry = found.entry("image")
    if entry is None:
        if "alt" in found:
            found.problems.at(found.owner, msg("alt without an image"), msg("add image: and the file's name"))
        return None
    path, alt = found.text("image"), found.required("alt", _ALT_HINT)
    if path and not _PICTURE.fullmatch(path):
        hint = msg("write a path such as pictures/cell.png: no .., no address, ending png, jpg, gif, webp, avif or svg")
        found.problems.at(entry.value, msg("%(path)s is not a picture of this bank", path=show(path)), hint)
    return Image(path, alt) if path and alt else None


def _also_true(found: Fields, kin: Kin) -> tuple[str, ...]:
    keys = kin.keys or ()
    named = []
    for node, key in found.listed("also-true", words=True):
        if key == kin.own:
            message = msg("also-true names %(key)s itself", key=show(key))
            found.problems.at(node, message, msg("name the others for which it holds too"))
        elif key not in keys:
            message = msg("also-true names %(key)s, which is not there", key=show(key))
            found.problems.at(node, message, near=(key, keys))
        else:
            named.append(key)
    return tuple(named)


def _fact_ids(found: Fields) -> tuple[str, ...]:
    named = []
    for node, text in found.listed("was", words=True):
        if FACT_ID.fullmatch(text):
            named.append(text)
            continue
        whole = msg("%(word)s is not a whole fact id", word=show(text))
        message = whole if is_key(text) else msg("%(word)s is not a fact id", word=show(text))
        found.problems.at(node, message, msg("write its path, such as cards.old-key"))
    return tuple(named)


def _joined(first: tuple[str, ...], second: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(first + second)) if second else first


_TEXT = EXTRAS | {"text"}
_TEXT_AND_SIBLINGS = WITH_SIBLINGS | {"text"}
