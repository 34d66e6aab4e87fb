"""Reading the keys of one mapping: each misfit becomes a problem at its place, and reading goes on."""

from collections.abc import Set as AbstractSet

from quizapp.core.knowledge.keys import is_key, propose_key
from quizapp.core.knowledge.problems import QUOTE_IT, Problems, show
from quizapp.core.knowledge.tree import Entry, Mapping, Node, Scalar, Sequence

COMMENT_HINT = f"{QUOTE_IT}, or move the comment to its own line"


class Fields:
    """The keys of one mapping; `owner` is the key it stands under and `what` its name in messages."""

    __slots__ = ("_entries", "owner", "problems", "what")

    def __init__(self, node: Mapping, owner: Scalar, what: str, keys: AbstractSet[str], problems: Problems) -> None:
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

    def word(self, key: str, hint: str) -> Scalar | None:
        """Give a word that must be there, which a comment may follow; None after a problem."""
        entry = self._entries.get(key)
        if entry is None:
            self.problems.at(self.owner, f"{self.what} has no {key}", hint)
        elif not isinstance(entry.value, Scalar) or not entry.value.text:
            self.problems.at(entry.key, f"{key} must be one word", hint)
        else:
            return entry.value
        return None

    def text(self, key: str) -> str:
        """Give a text, empty when the key is not there."""
        entry = self._entries.get(key)
        return "" if entry is None else text_of(entry.value, key, self.problems)

    def required(self, key: str, hint: str = "") -> str:
        """Give a text that must be there."""
        entry = self._entries.get(key)
        if entry is None:
            self.problems.at(self.owner, f"{self.what} has no {key}", hint or f"add {key}: and a text")
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
            text = text_of(bare, f"an entry of {key}", self.problems)
            if text in found and text:
                self.problems.at(node, f"{show(text)} is in {key} twice", "delete one")
            found.setdefault(text, node)
        return [(node, text) for text, node in found.items() if text]

    def keys(self, key: str) -> tuple[str, ...]:
        """Give a list of keys."""
        return tuple(text for node, text in self.listed(key, words=True) if self._is_key(node, text))

    def flag(self, key: str) -> bool:
        """Give true or false, false when the key is not there."""
        entry = self._entries.get(key)
        if entry is None:
            return False
        word = entry.value.text if isinstance(entry.value, Scalar) else ""
        if word not in {"true", "false"}:
            self.problems.at(entry.value, f"{key} is true or false", "write true or false")
        return word == "true"

    def number(self, key: str, least: int, most: int) -> int | None:
        """Give a whole number in a range, None when the key is not there."""
        entry = self._entries.get(key)
        if entry is None:
            return None
        word = entry.value.text if isinstance(entry.value, Scalar) else ""
        if word in map(str, range(least, most + 1)):
            return int(word)
        self.problems.at(entry.value, f"{key} is a whole number from {least} to {most}", f"write {least} to {most}")
        return None

    def children(self, key: str, least: int = 0) -> list[Entry]:
        """Give the entries below a key, whose own keys must be ids; `least` of them must be there."""
        entry = self._entries.get(key)
        if entry is None:
            if least:
                self.problems.at(self.owner, f"{self.what} has no {key}", f"add {key}:")
            return []
        if not isinstance(entry.value, Mapping):
            listed = isinstance(entry.value, Sequence)
            hint = "write an id and a colon in place of each -" if listed else "write one id: value a line below it"
            self.problems.at(entry.key, f"{key} must be ids with values", hint)
            return []
        found = children_of(entry.value, self.problems)
        if len(entry.value.entries) < least:
            self.problems.at(entry.key, f"{self.what} needs at least {least} {key}", "add what is missing")
        return found

    def _is_key(self, node: Node, text: str) -> bool:
        return is_key(text) or _refuse_key(node, text, self.problems)

    def _refuse_unknown(self, node: Mapping, keys: AbstractSet[str]) -> None:
        hint = "its keys are " + ", ".join(sorted(keys))
        unknown = [(name, entry) for name, entry in node.entries.items() if name not in keys]
        for number, (name, entry) in enumerate(unknown):
            if self.problems.full:
                self.problems.pass_over(len(unknown) - number)
                return
            empty = isinstance(entry.value, Scalar) and not entry.value.text
            if node.flow and empty and not is_key(name):
                self.problems.at(entry.key, "a comma inside braces ends the text before it", QUOTE_IT)
            else:
                message = f"{self.what} has no key {show(name)}"
                self.problems.at(entry.key, message, hint, near=(name, keys))


def children_of(node: Mapping, problems: Problems) -> list[Entry]:
    """Give the entries of a mapping whose keys are ids."""
    return [entry for entry in node.entries.values() if check_key(entry.key, problems)]


def check_key(key: Scalar, problems: Problems) -> bool:
    """Tell whether a scalar is an id, and say so where it is not."""
    return is_key(key.text) or _refuse_key(key, key.text, problems)


def fields(
    node: Node, owner: Scalar, what: str, keys: AbstractSet[str], problems: Problems, hint: str = ""
) -> Fields | None:
    """Read a node that must be a mapping with some of these keys."""
    if isinstance(node, Mapping):
        return Fields(node, owner, what, keys, problems)
    problems.at(owner, f"{what} must have keys of its own", hint or "its keys are " + ", ".join(sorted(keys)))
    return None


def text_of(node: Node, what: str, problems: Problems) -> str:
    """Read a node that must be a text; empty after a problem."""
    if type(node) is not Scalar:
        hint = QUOTE_IT if isinstance(node, Mapping) else "write one text"
        problems.at(node, f"{what} must be a text", hint)
        return ""
    if node.cut:
        line, column = node.line, node.column
        comment = problems.lines[line].find(" #", column)
        message = f"a # after a space begins a comment, which cuts {what}"
        problems.add(line, comment + 1 if comment >= 0 else column, message, COMMENT_HINT)
    text = node.text
    if node.style and node.style in "|>":
        text = text.rstrip("\n")
    if not text or text.isspace():
        problems.at(node, f"{what} is empty", "write a text or delete the key")
        return ""
    return text


def _refuse_key(node: Node, text: str, problems: Problems) -> bool:
    hint = "an id has lower case letters a-z, digits and hyphens, at most 64: write " + propose_key(text, ())
    problems.at(node, f"{show(text)} is not an id", hint)
    return False
