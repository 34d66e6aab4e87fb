"""Reading the keys of one mapping: each misfit becomes a problem at its place, and reading goes on."""

from collections.abc import Set as AbstractSet

from quizapp.core.knowledge.keys import is_key, propose_key
from quizapp.core.knowledge.problems import COMMENT_HINT, QUOTE_IT, Problems, What, show, worded
from quizapp.core.knowledge.tree import Entry, Mapping, Node, Scalar, Sequence
from quizapp.messages import Message, msg

_ENTRY_OF = msg("an entry of %(name)s")


class Fields:
    """The keys of one mapping; `owner` is the key it stands under and `what` its name in messages."""

    __slots__ = ("_entries", "owner", "problems", "what")

    def __init__(self, node: Mapping, owner: Scalar, what: What, keys: AbstractSet[str], problems: Problems) -> None:
        self._entries = node.entries
        self.owner = owner
        self.what = what
        self.problems = problems
        if not node.entries.keys() <= keys:
            self._refuse_unknown(node, keys)

    def __contains__(self, key: str) -> bool:
        return key in self._entries

    def entry(self, key: str) -> Entry | None:
        """Give the key and value nodes, None when the key is not there."""
        return self._entries.get(key)

    def word(self, key: str, hint: Message) -> Scalar | None:
        """Give a word that must be there, which a comment may follow; None after a problem."""
        entry = self._entries.get(key)
        if entry is None:
            self.problems.at(self.owner, self.lacks(key), hint)
        elif not isinstance(entry.value, Scalar) or not entry.value.text:
            self.problems.at(entry.key, msg("%(key)s must be one word", key=key), hint)
        else:
            return entry.value
        return None

    def text(self, key: str) -> str:
        """Give a text, empty when the key is not there."""
        entry = self._entries.get(key)
        return "" if entry is None else text_of(entry.value, key, self.problems)

    def required(self, key: str, hint: Message | None = None) -> str:
        """Give a text that must be there."""
        entry = self._entries.get(key)
        if entry is None:
            if not self.problems.passed_over():
                self.problems.at(self.owner, self.lacks(key), hint or msg("add %(key)s: and a text", key=key))
            return ""
        return text_of(entry.value, key, self.problems)

    def texts(self, key: str) -> tuple[str, ...]:
        """Give a list of texts; one text alone is a list of one."""
        return tuple([text for _, text in self.listed(key)]) if key in self._entries else ()

    def listed(self, key: str, *, words: bool = False) -> list[tuple[Node, str]]:
        """Give a list of texts with their nodes, words if a comment may follow; a text twice is a problem."""
        entry = self._entries.get(key)
        if entry is None:
            return []
        nodes = entry.value.items if isinstance(entry.value, Sequence) else (entry.value,)
        found: dict[str, Node] = {}
        for node in nodes:
            bare = node._replace(cut=False) if words and isinstance(node, Scalar) else node
            text = text_of(bare, (_ENTRY_OF, key), self.problems)
            if text in found and text:
                message = msg("%(word)s is in %(key)s twice", word=show(text), key=key)
                self.problems.at(node, message, msg("delete one"))
            found.setdefault(text, node)
        return [(node, text) for text, node in found.items() if text]

    def keys(self, key: str) -> tuple[str, ...]:
        """Give a list of keys."""
        return tuple(text for node, text in self.listed(key, words=True) if self._is_key(node, text))

    def without(self, key: str) -> "Fields":
        """Give the same fields but one, which is read elsewhere."""
        kept = {name: entry for name, entry in self._entries.items() if name != key}
        node = Mapping(self.owner.line, self.owner.column, kept, flow=False)
        return Fields(node, self.owner, self.what, kept.keys(), self.problems)

    def flag(self, key: str) -> bool:
        """Give true or false, false when the key is not there."""
        entry = self._entries.get(key)
        if entry is None:
            return False
        word = entry.value.text if isinstance(entry.value, Scalar) else ""
        if word not in {"true", "false"}:
            self.problems.at(entry.value, msg("%(key)s is true or false", key=key), msg("write true or false"))
        return word == "true"

    def number(self, key: str, least: int, most: int) -> int | None:
        """Give a whole number in a range, None when the key is not there."""
        entry = self._entries.get(key)
        if entry is None:
            return None
        word = entry.value.text if isinstance(entry.value, Scalar) else ""
        if word in map(str, range(least, most + 1)):
            return int(word)
        message = msg("%(key)s is a whole number from %(least)d to %(most)d", key=key, least=least, most=most)
        self.problems.at(entry.value, message, msg("write %(least)d to %(most)d", least=least, most=most))
        return None

    def children(self, key: str, least: int = 0) -> list[Entry]:
        """Give the entries below a key, whose own keys must be ids; `least` of them must be there."""
        entry = self._entries.get(key)
        if entry is None:
            if least and not self.problems.passed_over():
                self.problems.at(self.owner, self.lacks(key), msg("add %(key)s:", key=key))
            return []
        if not isinstance(entry.value, Mapping):
            listed = isinstance(entry.value, Sequence)
            in_place, below = (
                msg("write an id and a colon in place of each -"),
                msg("write one id: value a line below it"),
            )
            hint = in_place if listed else below
            self.problems.at(entry.key, msg("%(key)s must be ids with values", key=key), hint)
            return []
        found = children_of(entry.value, self.problems)
        if len(entry.value.entries) < least:
            message = msg("%(what)s needs at least %(least)d %(key)s", what=worded(self.what), least=least, key=key)
            self.problems.at(entry.key, message, msg("add what is missing"))
        return found

    def lacks(self, key: str) -> Message:
        """Word that a key is not there."""
        return msg("%(what)s has no %(key)s", what=worded(self.what), key=key)

    def _is_key(self, node: Node, text: str) -> bool:
        return is_key(text) or _refuse_key(node, text, self.problems)

    def _refuse_unknown(self, node: Mapping, keys: AbstractSet[str]) -> None:
        hint: Message | None = None
        unknown = [(name, entry) for name, entry in node.entries.items() if name not in keys]
        for number, (name, entry) in enumerate(unknown):
            if self.problems.full:
                self.problems.pass_over(len(unknown) - number)
                return
            hint = hint or _keys_are(keys)
            empty = isinstance(entry.value, Scalar) and not entry.value.text
            if node.flow and empty and not is_key(name):
                self.problems.at(entry.key, msg("a comma inside braces ends the text before it"), QUOTE_IT)
            else:
                message = msg("%(what)s has no key %(key)s", what=worded(self.what), key=show(name))
                self.problems.at(entry.key, message, hint, near=(name, keys))


def children_of(node: Mapping, problems: Problems) -> list[Entry]:
    """Give the entries of a mapping whose keys are ids."""
    return [entry for entry in node.entries.values() if check_key(entry.key, problems)]


def check_key(key: Scalar, problems: Problems) -> bool:
    """Tell whether a scalar is an id, and say so where it is not."""
    return is_key(key.text) or _refuse_key(key, key.text, problems)


def fields(
    node: Node, owner: Scalar, what: What, keys: AbstractSet[str], problems: Problems, hint: Message | None = None
) -> Fields | None:
    """Read a node that must be a mapping with some of these keys."""
    if isinstance(node, Mapping):
        return Fields(node, owner, what, keys, problems)
    message = msg("%(what)s must have keys of its own", what=worded(what))
    problems.at(owner, message, hint or _keys_are(keys))
    return None


def text_of(node: Node, what: What, problems: Problems) -> str:
    """Read a node that must be a text; empty after a problem."""
    if type(node) is not Scalar:
        if problems.passed_over():
            return ""
        hint = QUOTE_IT if isinstance(node, Mapping) else msg("write one text")
        problems.at(node, msg("%(what)s must be a text", what=worded(what)), hint)
        return ""
    if node.cut:
        line, column = node.line, node.column
        comment = problems.lines[line].find(" #", column)
        message = msg("a # after a space begins a comment, which cuts %(what)s", what=worded(what))
        problems.add(line, comment + 1 if comment >= 0 else column, message, COMMENT_HINT)
    text = node.text
    if node.style and node.style in "|>":
        text = text.rstrip("\n")
    if not text or text.isspace():
        if problems.passed_over():
            return ""
        problems.at(node, msg("%(what)s is empty", what=worded(what)), msg("write a text or delete the key"))
        return ""
    return text


def _refuse_key(node: Node, text: str, problems: Problems) -> bool:
    if problems.passed_over():
        return False
    hint = msg(
        "an id has lower case letters a-z, digits and hyphens, at most 64: write %(key)s", key=propose_key(text, ())
    )
    problems.at(node, msg("%(word)s is not an id", word=show(text)), hint)
    return False


def _keys_are(keys: AbstractSet[str]) -> Message:
    return msg("its keys are %(keys)s", keys=", ".join(sorted(keys)))
