"""Containers of an overlay laid over those of the source: comparisons, taxonomies, groups."""

from dataclasses import replace

from quizapp.core.knowledge.edition import Edition, over_name
from quizapp.core.knowledge.fields import Fields, children_of, fields
from quizapp.core.knowledge.model import Attribute, Comparison, Group, GroupSet, Name, Taxonomy, Term
from quizapp.core.knowledge.problems import show
from quizapp.core.knowledge.sections.groups import THE_GROUP
from quizapp.core.knowledge.sections.taxonomies import THE_TERM
from quizapp.core.knowledge.table import NO_FACT, read_table
from quizapp.core.knowledge.tree import Entry, Mapping, Node, Scalar
from quizapp.core.knowledge.unknown import Kind
from quizapp.messages import msg

COMPARISON = frozenset({"title", "concepts", "attributes", "facts", "cells"})
ATTRIBUTE = frozenset({"name", "ask", "ask-value"})
TAXONOMY = frozenset({"title", "ask-definition", "ask-term", "ask-example", "terms"})
TERM = frozenset({"name", "also", "definition", "examples"})
GROUPSET = frozenset({"title", "ask", "ask-member", "groups"})
GROUP = frozenset({"name", "also", "members"})


def translate_comparison(old: Comparison, entry: Entry, edition: Edition) -> Comparison:
    """Lay an overlay's comparison over the source's; its cells go to the edition."""
    found = fields(entry.value, entry.key, show(entry.key.text), COMPARISON, edition.problems)
    if found is None:
        return old
    concepts = dict(old.concepts)
    for child in edition.known(found, "concepts", old.concepts, Kind.CONCEPT):
        concepts[child.key.text] = edition.name(child, old.concepts[child.key.text])
    attributes, foreign = dict(old.attributes), {key for key, row in old.attributes.items() if row.ask or row.ask_value}
    for child in edition.known(found, "attributes", old.attributes, Kind.ATTRIBUTE):
        key = child.key.text
        attributes[key], own = _attribute(old.attributes[key], child, edition)
        if own:
            foreign.discard(key)
    new = replace(old, title=found.text("title") or old.title, concepts=concepts, attributes=attributes)
    _table(new, found, edition)
    _cells(new, found, edition)
    edition.foreign.update(fact for (attribute, _), fact in old.cells.items() if attribute in foreign)
    return new


def translate_taxonomy(old: Taxonomy, entry: Entry, edition: Edition) -> Taxonomy:
    """Lay an overlay's taxonomy over the source's; its definitions and examples go to the edition."""
    found = fields(entry.value, entry.key, show(entry.key.text), TAXONOMY, edition.problems)
    if found is None:
        return old
    terms = dict(old.terms)
    for child in edition.known(found, "terms", old.terms, Kind.TERM):
        terms[child.key.text] = _term(old, old.terms[child.key.text], child, edition)
    ask_definition, own_definition = _stem(found, "ask-definition", "term", old.ask_definition, edition)
    ask_term, own_term = _stem(found, "ask-term", "definition", old.ask_term, edition)
    ask_example, own_example = _stem(found, "ask-example", "example", old.ask_example, edition)
    for term in old.terms.values():
        if term.definition and not (own_definition and own_term):
            edition.foreign.add(term.definition)
        if not own_example:
            edition.foreign.update(term.examples)
    title = found.text("title") or old.title
    return Taxonomy(old.key, title, terms, ask_definition, ask_term, ask_example)


def translate_groupset(old: GroupSet, entry: Entry, edition: Edition) -> GroupSet:
    """Lay an overlay's group set over the source's; its members go to the edition."""
    found = fields(entry.value, entry.key, show(entry.key.text), GROUPSET, edition.problems)
    if found is None:
        return old
    groups = dict(old.groups)
    for child in edition.known(found, "groups", old.groups, Kind.GROUP):
        groups[child.key.text] = _group(old, old.groups[child.key.text], child, edition)
    ask, own_ask = _stem(found, "ask", "member", old.ask, edition)
    ask_member, own_ask_member = _stem(found, "ask-member", "group", old.ask_member, edition)
    if not (own_ask and own_ask_member):
        edition.foreign.update(fact for group in old.groups.values() for fact in group.members)
    return GroupSet(old.key, found.text("title") or old.title, groups, ask, ask_member)


def _attribute(old: Attribute, entry: Entry, edition: Edition) -> tuple[Attribute, bool]:
    """Give the attribute of this edition, and whether all its stems are in the edition's language."""
    found: Fields | None = None
    ask_node: Node | None = entry.value
    if isinstance(entry.value, Mapping):
        found = Fields(entry.value, entry.key, show(entry.key.text), ATTRIBUTE, edition.problems)
        ask_node = _value(found, "ask")
    ask, own_ask = edition.stem(ask_node, "ask", "concept", old.ask)
    value_node = _value(found, "ask-value") if found is not None else None
    ask_value, own_value = edition.stem(value_node, "ask-value", "value", old.ask_value)
    name = (found.text("name") if found is not None else "") or old.name
    return Attribute(old.key, name, ask, ask_value), own_ask and own_value


def _value(found: Fields, key: str) -> Node | None:
    entry = found.entry(key)
    return entry.value if entry is not None else None


def _stem(found: Fields, key: str, name: str, old: str, edition: Edition) -> tuple[str, bool]:
    return edition.stem(_value(found, key), key, name, old)


def _table(comparison: Comparison, found: Fields, edition: Edition) -> None:
    entry = found.entry("facts")
    if entry is None:
        return
    rows = {key: attribute.name for key, attribute in comparison.attributes.items()}
    columns = {key: name.text for key, name in comparison.concepts.items()}
    for place, cell in read_table(entry.value, rows, columns, edition.problems).cells.items():
        fact = comparison.cells.get(place)
        if cell.text == NO_FACT:
            if fact is not None:
                hint = msg("leave the cell empty where the source's text will do")
                edition.problems.at(cell, msg("the source has a fact here"), hint)
        elif cell.text:
            edition.tell(fact, Entry(cell, cell))


def _cells(comparison: Comparison, found: Fields, edition: Edition) -> None:
    for row in edition.known(found, "cells", comparison.attributes, Kind.ATTRIBUTE):
        if not isinstance(row.value, Mapping):
            hint = msg("write concept: text below it")
            edition.problems.at(row.key, msg("a row of cells must be concepts with values"), hint)
            continue
        for entry in children_of(row.value, edition.problems):
            if edition.knows(entry.key, comparison.concepts, Kind.CONCEPT):
                fact = comparison.cells.get((row.key.text, entry.key.text))
                _agree(fact, entry, edition)
                edition.tell(fact, entry)


def _agree(fact: str | None, entry: Entry, edition: Edition) -> None:
    if fact is None or fact not in edition.told:
        return
    inner = entry.value.entries.get("text") if isinstance(entry.value, Mapping) else entry
    written = inner.value if inner is not None else None
    if isinstance(written, Scalar) and written.text != getattr(edition.facts[fact], "text", ""):
        hint = msg("write the text in one of the two places only")
        edition.problems.at(written, msg("the table has another text for this cell"), hint)


def _term(taxonomy: Taxonomy, old: Term, entry: Entry, edition: Edition) -> Term:
    found = fields(entry.value, entry.key, (THE_TERM, old.key), TERM, edition.problems)
    if found is None:
        return old
    definition = found.entry("definition")
    if definition is not None:
        edition.tell(old.definition, definition)
    below = f"{taxonomy.key}.{old.key}.examples."
    known = [fact.removeprefix(below) for fact in old.examples]
    for child in edition.known(found, "examples", known, Kind.EXAMPLE):
        edition.tell(below + child.key.text, child)
    return replace(old, name=over_name(found, old.name))


def _group(groupset: GroupSet, old: Group, entry: Entry, edition: Edition) -> Group:
    found = fields(entry.value, entry.key, (THE_GROUP, old.key), GROUP, edition.problems)
    if found is None:
        return old
    below = f"{groupset.key}.{old.key}."
    known = [fact.removeprefix(below) for fact in old.members]
    for child in edition.known(found, "members", known, Kind.MEMBER):
        edition.tell(below + child.key.text, child)
    name: Name = over_name(found, old.name)
    return replace(old, name=name)
