"""Comparisons: concepts across, attributes down, one cell is one fact."""

from collections.abc import Mapping as Mappings
from dataclasses import replace
from typing import NamedTuple

from quizapp.core.knowledge.draft import WITH_SIBLINGS, Draft, Kin, lineage, name_of, placeholder, stem
from quizapp.core.knowledge.fields import Fields, children_of, fields, text_of
from quizapp.core.knowledge.keys import readable
from quizapp.core.knowledge.limits import MOST_FACTS
from quizapp.core.knowledge.model import Attribute, Cell, Comparison, Extras, Name
from quizapp.core.knowledge.problems import Problems, What, show
from quizapp.core.knowledge.sections.missing import Place, tell_missing
from quizapp.core.knowledge.table import NO_FACT, Table, read_table
from quizapp.core.knowledge.tree import Entry, Mapping, Node, Scalar
from quizapp.messages import Message, Number, msg

COMPARISON = frozenset({"title", "source", "tags", "was", "concepts", "attributes", "facts", "cells"})
CONCEPT = frozenset({"name", "also", "was"})
ATTRIBUTE = frozenset({"name", "ask", "ask-value", "was", "tags"})
CELL = WITH_SIBLINGS | {"text"}

_THE_COMPARISON = msg("the comparison %(key)s")
_THE_CONCEPT = msg("the concept %(key)s")
_THE_ATTRIBUTE = msg("the attribute %(key)s")
_THE_CELL = msg("the cell %(key)s")


def read_comparison(entry: Entry, draft: Draft) -> Comparison | None:
    """Read one comparison and add its cells to the draft; None when it is no mapping."""
    key = entry.key
    found = fields(entry.value, key, (_THE_COMPARISON, key.text), COMPARISON, draft.problems)
    if found is None:
        return None
    base = draft.inherited(found)
    concepts = [_concept(child, draft) for child in found.children("concepts", least=2)]
    attributes = [_attribute(child, base, draft) for child in found.children("attributes", least=1)]
    grid = _Grid(
        key.text,
        lineage(key, found),
        {column.name: column.value for column in concepts},
        {row.name: row.value for row in attributes},
        {column.name: column.was for column in concepts},
        {row.name: row.was for row in attributes},
        {row.name: row.base for row in attributes},
        {column.name: column.owner for column in concepts},
        draft,
    )
    if len(concepts) * len(attributes) > MOST_FACTS:
        most = Number(MOST_FACTS)
        message = msg("the comparison %(key)s has more than %(most)s cells", key=show(key.text), most=most)
        draft.problems.at(key, message, msg("split it into several comparisons"))
        return None
    cells = grid.read_cells(found)
    return Comparison(key.text, found.text("title") or readable(key.text), grid.concepts, grid.attributes, cells)


class _Column(NamedTuple):
    owner: Scalar
    name: str
    value: Name
    was: tuple[str, ...]


class _Row(NamedTuple):
    name: str
    value: Attribute
    was: tuple[str, ...]
    base: Extras


def _concept(entry: Entry, draft: Draft) -> _Column:
    key, problems = entry.key, draft.problems
    what: What = (_THE_CONCEPT, key.text)
    found = Fields(entry.value, key, what, CONCEPT, problems) if isinstance(entry.value, Mapping) else None
    return _Column(key, key.text, name_of(entry.value, what, found, problems), lineage(key, found))


def _attribute(entry: Entry, base: Extras, draft: Draft) -> _Row:
    key, problems = entry.key, draft.problems
    if not isinstance(entry.value, Mapping):
        ask = stem(entry.value, "ask", "concept", problems)
        return _Row(key.text, Attribute(key.text, readable(key.text), ask), (key.text,), base)
    found = Fields(entry.value, key, (_THE_ATTRIBUTE, key.text), ATTRIBUTE, problems)
    name = found.text("name") or readable(key.text)
    attribute = Attribute(
        key.text, name, placeholder(found, "ask", "concept"), placeholder(found, "ask-value", "value")
    )
    return _Row(key.text, attribute, lineage(key, found), draft.inherited(found, base))


class _Grid(NamedTuple):
    """A comparison whose rows and columns are known, while its cells are read."""

    key: str
    was: tuple[str, ...]
    concepts: Mappings[str, Name]
    attributes: Mappings[str, Attribute]
    concepts_were: Mappings[str, tuple[str, ...]]
    attributes_were: Mappings[str, tuple[str, ...]]
    bases: Mappings[str, Extras]
    owners: Mappings[str, Scalar]
    draft: Draft

    def read_cells(self, found: Fields) -> dict[Place, str]:
        """Join the table with `cells`, add every fact to the draft and give the ids."""
        table, more = Table({}, whole=True), self._more(found)
        facts = found.entry("facts")
        if facts is not None:
            names = {key: attribute.name for key, attribute in self.attributes.items()}
            columns = {key: name.text for key, name in self.concepts.items()}
            table = read_table(facts.value, names, columns, self.draft.problems)
        ids: dict[Place, str] = {}
        missing: list[Place] = []
        for attribute in self.attributes:
            for concept in self.concepts:
                place = (attribute, concept)
                cell, entry = table.cells.get(place), more.get(place)
                if entry is not None:
                    fact = self._joined(place, cell or (None if table.whole else _LOST), entry)
                elif cell is None or not cell.text:
                    missing.append(place)
                    continue
                else:
                    fact = self._plain(place, cell, cell) if cell.text != NO_FACT else None
                if fact is not None:
                    ids[place] = fact
        owner = facts.key if facts is not None else found.owner
        tell_missing(missing, table, list(self.concepts), owner, self.draft.problems)
        return ids

    def _more(self, found: Fields) -> dict[Place, Entry]:
        """Give the entries of `cells` whose attribute and concept are there."""
        more = {}
        problems = self.draft.problems
        for row in found.children("cells"):
            if not _there(row.key, self.attributes, _ATTRIBUTES, problems):
                continue
            if not isinstance(row.value, Mapping):
                message = msg("a row of cells must be concepts with values")
                problems.at(row.key, message, msg("write concept: text below it"))
                continue
            for entry in children_of(row.value, problems):
                if _there(entry.key, self.concepts, _CONCEPTS, problems):
                    more[row.key.text, entry.key.text] = entry
        return more

    def _plain(self, place: Place, scalar: Scalar, at: Scalar) -> str:
        """Add a fact that is a text alone."""
        base, was = self.bases[place[0]], self._former(place)
        return self._add(place, scalar.text, replace(base, was=was) if was else base, at)

    def _joined(self, place: Place, cell: Scalar | None, entry: Entry) -> str | None:
        """Add a fact that `cells` tells, wholly or beside the table."""
        concept, node = place[1], entry.value
        at = cell if cell is not None and cell.text else entry.key
        if not isinstance(node, Mapping):
            text = self._one_text(cell, node, entry.key)
            return self._plain(place, Scalar(at.line, at.column, text), at) if text else None
        found = Fields(node, entry.key, (_THE_CELL, concept), CELL, self.draft.problems)
        extras = self.draft.extras(found, self.bases[place[0]], Kin(concept, self.concepts, self._former(place)))
        own = found.entry("text")
        text = self._one_text(cell, own.value if own is not None else None, entry.key)
        return self._add(place, text, extras, at) if text else None

    def _one_text(self, cell: Scalar | None, node: Node | None, owner: Scalar) -> str:
        """Give the text that table and `cells` agree on, empty after a problem."""
        problems = self.draft.problems
        written = cell.text if cell is not None else ""
        if node is None:
            if not written and cell is not _LOST:
                message = msg("this cell has no text, neither here nor in the table")
                problems.at(owner, message, msg("add text:"))
            elif written == NO_FACT:
                hint = msg("delete this cell, or write its text in the table")
                problems.at(owner, msg("the table says - (no such fact) here"), hint)
            return "" if written == NO_FACT else written
        text = text_of(node, "text", problems)
        if text and written and text != written:
            hint = msg("write the text in one of the two places only")
            problems.at(node, msg("the table has another text for this cell"), hint)
        return text

    def _former(self, place: Place) -> tuple[str, ...]:
        owner = self.owners[place[1]]
        return self.draft.former(owner, self.was, self.attributes_were[place[0]], self.concepts_were[place[1]])

    def _add(self, place: Place, text: str, extras: Extras, at: Scalar) -> str:
        attribute, concept = place
        fact = Cell(f"{self.key}.{attribute}.{concept}", self.key, concept, attribute, text, extras)
        self.draft.add(fact, at.line, at.column)
        return fact.id


_LOST = Scalar(0, 0, "")
"""A cell in a row or column that the table had to leave out: its text may be there, in the author's eyes."""


def _there(key: Scalar, known: Mappings[str, object], says: "_Says", problems: Problems) -> bool:
    if key.text in known:
        return True
    problems.at(key, says.unknown.filled(key=show(key.text)), says.add, near=(key.text, known))
    return False


class _Says(NamedTuple):
    """What is said of an id under cells that is none of the comparison's."""

    unknown: Message
    add: Message


_ATTRIBUTES = _Says(msg("there is no attribute %(key)s"), msg("add it under attributes"))
_CONCEPTS = _Says(msg("there is no concept %(key)s"), msg("add it under concepts"))
