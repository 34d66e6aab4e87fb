"""Taxonomies: terms with definitions and examples."""

from quizapp.core.knowledge.draft import Draft, Kin, lineage, placeholder
from quizapp.core.knowledge.fields import Fields, fields
from quizapp.core.knowledge.keys import readable
from quizapp.core.knowledge.model import Definition, Example, Extras, Name, Taxonomy, Term
from quizapp.core.knowledge.problems import show
from quizapp.core.knowledge.tree import Entry
from quizapp.messages import msg

TAXONOMY = frozenset({"title", "source", "tags", "was", "ask-definition", "ask-term", "ask-example", "terms"})
TERM = frozenset({"name", "also", "was", "source", "tags", "definition", "examples"})
NAMED = msg("write its name and definition below it")

_THE_TAXONOMY = msg("the taxonomy %(key)s")
THE_TERM = msg("the term %(key)s")
_THE_DEFINITION = msg("the definition")
_THE_EXAMPLE = msg("the example %(key)s")


def read_taxonomy(entry: Entry, draft: Draft) -> Taxonomy | None:
    """Read one taxonomy and add its definitions and examples to the draft; None when it is no mapping."""
    key = entry.key.text
    found = fields(entry.value, entry.key, (_THE_TAXONOMY, key), TAXONOMY, draft.problems)
    if found is None:
        return None
    base, was = draft.inherited(found), lineage(entry.key, found)
    children = found.children("terms", least=1)
    keys = {child.key.text for child in children}
    terms = {}
    for child in children:
        below = fields(child.value, child.key, (THE_TERM, child.key.text), TERM, draft.problems, NAMED)
        if below is not None:
            terms[child.key.text] = _Reader(key, was, base, keys, draft).term(child, below)
    return Taxonomy(
        key,
        found.text("title") or readable(key),
        terms,
        ask_definition=placeholder(found, "ask-definition", "term"),
        ask_term=placeholder(found, "ask-term", "definition"),
        ask_example=placeholder(found, "ask-example", "example"),
    )


class _Reader:
    """What the terms of one taxonomy share."""

    __slots__ = ("_base", "_draft", "_keys", "_taxonomy", "_was")

    def __init__(self, taxonomy: str, was: tuple[str, ...], base: Extras, keys: set[str], draft: Draft) -> None:
        self._taxonomy, self._was, self._base, self._keys, self._draft = taxonomy, was, base, keys, draft

    def term(self, entry: Entry, found: Fields) -> Term:
        """Read a term with its facts."""
        key = entry.key.text
        name = Name(found.required("name"), found.texts("also"))
        base, was = self._draft.inherited(found, self._base), lineage(entry.key, found)
        definition = found.entry("definition")
        examples = found.children("examples")
        if definition is None and not examples:
            message = msg("the term %(key)s has no definition", key=show(key))
            self._draft.problems.at(entry.key, message, msg("add definition: and a text, or examples:"))
        return Term(
            key,
            name,
            self._definition(definition, key, was, base) if definition is not None else None,
            tuple(fact for example in examples if (fact := self._example(example, key, was, base))),
        )

    def _definition(self, entry: Entry, term: str, was: tuple[str, ...], base: Extras) -> str | None:
        kin = Kin(term, self._keys, self._draft.former(entry.key, self._was, was, ("definition",)))
        read = self._draft.fact_text(entry.value, entry.key, _THE_DEFINITION, base, kin)
        if read is None:
            return None
        fact = Definition(f"{self._taxonomy}.{term}.definition", self._taxonomy, term, *read)
        self._draft.add(fact, entry.value.line, entry.value.column)
        return fact.id

    def _example(self, entry: Entry, term: str, was: tuple[str, ...], base: Extras) -> str | None:
        key = entry.key.text
        kin = Kin(term, self._keys, self._draft.former(entry.key, self._was, was, ("examples",), (key,)))
        read = self._draft.fact_text(entry.value, entry.key, (_THE_EXAMPLE, key), base, kin)
        if read is None:
            return None
        fact = Example(f"{self._taxonomy}.{term}.examples.{key}", self._taxonomy, term, *read)
        self._draft.add(fact, entry.value.line, entry.value.column)
        return fact.id
