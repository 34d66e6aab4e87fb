"""The root of a knowledge file in its source language."""

from collections.abc import Callable
from typing import TypeVar

from quizapp.core.knowledge.draft import Draft
from quizapp.core.knowledge.fields import Fields, text_of
from quizapp.core.knowledge.header import read_header
from quizapp.core.knowledge.model import Bank, Card, Cloze, Comparison, GroupSet, Taxonomy
from quizapp.core.knowledge.problems import Problems, show
from quizapp.core.knowledge.sections.cards import read_card
from quizapp.core.knowledge.sections.cloze import read_cloze
from quizapp.core.knowledge.sections.comparisons import read_comparison
from quizapp.core.knowledge.sections.groups import read_groupset
from quizapp.core.knowledge.sections.questions import read_question, read_statement
from quizapp.core.knowledge.sections.taxonomies import read_taxonomy
from quizapp.core.knowledge.tree import Entry, Mapping, Scalar
from quizapp.messages import msg

SECTIONS = ("comparisons", "taxonomies", "groups", "cards", "questions", "statements", "cloze")
HEAD = ("knowledge", "id", "language", "title", "description", "tags", "licence", "sources")
ROOT = frozenset(HEAD + SECTIONS)
RESERVED = frozenset({"cards", "questions", "statements", "cloze"})

_THE_SOURCE = msg("the source %(name)s")

T = TypeVar("T")


def read_source(root: Mapping, problems: Problems) -> tuple[Bank, Draft]:
    """Read a whole source file; after problems the bank lacks what could not be read."""
    top = Fields(root, Scalar(root.line, root.column, ""), msg("the file"), ROOT | {"translates"}, problems)
    overlay = top.entry("translates")
    if overlay is not None:
        hint = msg("give it together with its source file, or delete translates")
        problems.at(overlay.key, msg("a file with translates is an overlay, not a source"), hint)
    bank_id, language = read_header(top)
    draft = Draft(problems, _sources(top))
    sections = _Sections(top, draft)
    for name in root.entries:
        if name in SECTIONS:
            sections.read(name)
    if not draft.facts and not len(problems):
        hint = msg("add a section: %(names)s", names=", ".join(SECTIONS))
        problems.add(0, 0, msg("the file has no facts"), hint)
    bank = Bank(
        id=bank_id,
        language=language,
        title=top.required("title"),
        description=top.text("description"),
        tags=top.texts("tags"),
        licence=top.text("licence"),
        sources=draft.sources,
        comparisons=sections.comparisons,
        taxonomies=sections.taxonomies,
        groupsets=sections.groupsets,
        clozes=sections.clozes,
        facts=draft.facts,
        cards=by_tag(sections.cards),
    )
    return bank, draft


def by_tag(cards: dict[str, Card]) -> dict[str, tuple[str, ...]]:
    """Index cards by tag, those without a tag under an empty one."""
    tagged: dict[str, list[str]] = {}
    for card in cards.values():
        for tag in card.extras.tags or ("",):
            tagged.setdefault(tag, []).append(card.id)
    return {tag: tuple(ids) for tag, ids in tagged.items()}


class _Sections:
    """The sections of a file as they are read; containers share one space of keys."""

    __slots__ = ("_draft", "_named", "_top", "cards", "clozes", "comparisons", "groupsets", "taxonomies")

    def __init__(self, top: Fields, draft: Draft) -> None:
        self._top, self._draft = top, draft
        self._named: dict[str, Scalar] = {}
        self.comparisons: dict[str, Comparison] = {}
        self.taxonomies: dict[str, Taxonomy] = {}
        self.groupsets: dict[str, GroupSet] = {}
        self.cards: dict[str, Card] = {}
        self.clozes: dict[str, Cloze] = {}

    def read(self, name: str) -> None:
        """Read the section of this name."""
        entries = self._top.children(name)
        match name:
            case "comparisons":
                self.comparisons = self._containers(entries, read_comparison)
            case "taxonomies":
                self.taxonomies = self._containers(entries, read_taxonomy)
            case "groups":
                self.groupsets = self._containers(entries, read_groupset)
            case "cards":
                self._cards(entries)
            case "cloze":
                self.clozes = _kept(entries, lambda entry: read_cloze(entry, self._draft))
            case _:
                read_one = read_question if name == "questions" else read_statement
                for entry in entries:
                    read_one(entry, self._draft)

    def _containers(self, entries: list[Entry], read_one: Callable[[Entry, Draft], T | None]) -> dict[str, T]:
        for entry in entries:
            self._see_new(entry.key)
        return _kept(entries, lambda entry: read_one(entry, self._draft))

    def _cards(self, entries: list[Entry]) -> None:
        keys = frozenset(entry.key.text for entry in entries)
        self.cards = _kept(entries, lambda entry: read_card(entry, keys, self._draft))

    def _see_new(self, key: Scalar) -> None:
        first = self._named.setdefault(key.text, key)
        problems = self._draft.problems
        if key.text in RESERVED:
            message = msg("%(word)s is the name of a section", word=show(key.text))
            problems.at(key, message, msg("choose another id"))
        elif first is not key:
            message = msg("the id %(key)s is taken on line %(line)d", key=show(key.text), line=first.line + 1)
            problems.at(key, message, msg("fact ids begin with it: choose another id"))


def _kept(entries: list[Entry], read_one: Callable[[Entry], T | None]) -> dict[str, T]:
    read = ((entry.key.text, read_one(entry)) for entry in entries)
    return {key: value for key, value in read if value is not None}


def _sources(top: Fields) -> dict[str, str]:
    entries = top.children("sources")
    return {entry.key.text: text_of(entry.value, (_THE_SOURCE, entry.key.text), top.problems) for entry in entries}
