"""YAML text to a tree in which every scalar is text and every node knows its place.

The tree is read from the event stream of PyYAML's C parser: its own loaders turn `no` into False, follow aliases and
recurse in C until the stack overflows. Here the stream is left at `limits.DEEPEST` levels, and aliases, anchors, tags,
merge keys, duplicate keys and further documents are problems.
"""

from collections.abc import Callable
from typing import NamedTuple, Protocol, TypeAlias, cast

from yaml import events
from yaml._yaml import CParser
from yaml.error import MarkedYAMLError, YAMLError

from quizapp.core.knowledge.limits import DEEPEST, MOST_ENTRIES, strange_escape
from quizapp.core.knowledge.problems import QUOTE_IT, Placed, Problems, show
from quizapp.core.knowledge.syntax import ESCAPE_HINT, GUIDE_HINT, UNREADABLE, explain
from quizapp.messages import Number, msg


class Scalar(NamedTuple):
    """A text as typed; `style` is empty when plain, else the quote or block mark; `cut` when a comment follows it."""

    line: int
    column: int
    text: str
    style: str = ""
    cut: bool = False


class Sequence(NamedTuple):
    """A list."""

    line: int
    column: int
    items: "tuple[Node, ...]"


class Entry(NamedTuple):
    """A key of a mapping with its value."""

    key: Scalar
    value: "Node"


class Mapping(NamedTuple):
    """Keys with values, in file order; `flow` when written in braces."""

    line: int
    column: int
    entries: dict[str, Entry]
    flow: bool


_SCALAR: type[object] = events.ScalarEvent
_ALIAS: type[object] = events.AliasEvent
_LIST: type[object] = events.SequenceStartEvent
_LIST_END: type[object] = events.SequenceEndEvent
_KEYS_END: type[object] = events.MappingEndEvent
_DOCUMENT: type[object] = events.DocumentStartEvent

Node: TypeAlias = Scalar | Sequence | Mapping


def parse(text: str, problems: Problems) -> Mapping | None:
    """Read one YAML document whose root is a mapping; None when the tree is not complete."""
    try:
        root = _Builder(text, problems).document()
    except _TooMuchError:
        return None
    except YAMLError as error:
        _report(error, problems)
        return None
    if root is None:
        problems.add(0, 0, msg("the file is empty"), msg("begin with: knowledge: 1"))
    elif not isinstance(root, Mapping):
        message = msg("the file must be keys with values at its outermost level")
        problems.at(root, message, msg("begin with: knowledge: 1"))
    else:
        return root
    return None


class _Event(Protocol):
    """What the builder reads of the parser's events, whose stubs leave most of it out."""

    start_mark: Placed
    end_mark: Placed
    anchor: str | None
    tag: str | None
    value: str
    style: str
    flow_style: bool


class _TooMuchError(Exception):
    """The text nests deeper, or has more entries, than any knowledge file."""


class _Builder:
    __slots__ = ("_escapes", "_left", "_lines", "_next", "_problems", "_with_hash")

    def __init__(self, text: str, problems: Problems) -> None:
        self._next = cast("Callable[[], _Event]", CParser(text).get_event)
        self._problems = problems
        self._lines = problems.lines
        self._with_hash = {number for number, line in enumerate(problems.lines) if " #" in line}
        self._escapes = "\\" in text
        self._left = MOST_ENTRIES

    def document(self) -> Node | None:
        """Read the first document and see that no other follows."""
        self._next()
        if type(self._next()) is not _DOCUMENT:
            return None
        root = self._node(self._next(), 0)
        self._next()
        other = self._next()
        if type(other) is _DOCUMENT:
            mark = other.start_mark
            hint = msg("one file is one bank: delete ---")
            self._problems.add(mark.line, mark.column, msg("a second document begins here"), hint)
        return root

    def _node(self, event: _Event, depth: int) -> Node:
        kind = type(event)
        if kind is _SCALAR:
            return self._scalar(event)
        mark = event.start_mark
        line, column = mark.line, mark.column
        if kind is _ALIAS:
            message = msg("an alias (*%(name)s) is not allowed here", name=event.anchor)
            self._problems.add(line, column, message, msg("a text that begins with * must be in double quotes"))
            return Scalar(line, column, f"*{event.anchor}")
        if depth >= DEEPEST:
            message = msg("the file nests deeper than %(most)d levels", most=DEEPEST)
            self._problems.add(line, column, message, msg("no section needs that many"))
            raise _TooMuchError
        if event.anchor is not None or event.tag is not None:
            self._mark_refused(event)
        if kind is _LIST:
            return Sequence(line, column, self._items(depth + 1))
        return Mapping(line, column, self._entries(depth + 1), bool(event.flow_style))

    def _scalar(self, event: _Event) -> Scalar:
        text, style, mark = event.value, event.style, event.start_mark
        if event.anchor is not None or event.tag is not None:
            self._mark_refused(event)
        cut = False
        if not style:
            if self._with_hash:
                end = event.end_mark
                cut = end.line in self._with_hash and self._lines[end.line][end.column :].lstrip(" ").startswith("#")
        elif style == '"' and self._escapes and (strange := strange_escape(text)):
            self._problems.add(
                mark.line, mark.column, msg("an escape makes %(what)s of the text", what=strange), ESCAPE_HINT
            )
        return Scalar(mark.line, mark.column, text, style, cut)

    def _items(self, depth: int) -> tuple[Node, ...]:
        items = []
        while type(event := self._next()) is not _LIST_END:
            items.append(self._node(event, depth))
            self._count_down(event)
        return tuple(items)

    def _entries(self, depth: int) -> dict[str, Entry]:
        entries: dict[str, Entry] = {}
        take, scalar = self._next, self._scalar
        while (kind := type(event := take())) is not _KEYS_END:
            key = scalar(event) if kind is _SCALAR else self._node(event, depth)
            event = take()
            value = scalar(event) if type(event) is _SCALAR else self._node(event, depth)
            if type(key) is Scalar and key.text not in entries and key.text != "<<":
                entries[key.text] = Entry(key, value)
            else:
                self._refuse_key(key, entries)
            self._count_down(event)
        return entries

    def _count_down(self, event: _Event) -> None:
        self._left -= 1
        if self._left < 0:
            line, column = event.start_mark.line, event.start_mark.column
            message = msg("the file has more than %(most)s entries", most=Number(MOST_ENTRIES))
            self._problems.add(line, column, message, msg("split it into several banks"))
            raise _TooMuchError

    def _refuse_key(self, key: Node, entries: dict[str, Entry]) -> None:
        if not isinstance(key, Scalar):
            self._problems.at(key, msg("a key must be a word"), QUOTE_IT)
        elif key.text in entries:
            first = entries[key.text].key.line + 1
            message = msg("the key %(key)s is there twice, first on line %(line)d", key=show(key.text), line=first)
            self._problems.at(key, message, msg("delete or rename one"))
        else:
            self._problems.at(key, msg("a merge key (<<) is not allowed here"), msg("write the keys out"))

    def _mark_refused(self, event: _Event) -> None:
        mark = event.start_mark
        if event.anchor is not None:
            message = msg("an anchor (&%(name)s) is not allowed here", name=event.anchor)
            hint = msg("a text that begins with & must be in double quotes")
        else:
            message = msg("a tag (%(name)s) is not allowed here", name=event.tag)
            hint = msg("a text that begins with ! must be in double quotes")
        self._problems.add(mark.line, mark.column, message, hint)


def _report(error: YAMLError, problems: Problems) -> None:
    if isinstance(error, MarkedYAMLError):
        problems.add(*explain(error, problems.lines))
    else:
        problems.add(0, 0, UNREADABLE, GUIDE_HINT)
