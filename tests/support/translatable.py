"""What is told to authors can be said in their language: messages, not bare texts."""

import ast
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Protocol

from quizapp.messages import Message

_TELLING = frozenset(
    {"Problem", "Finding", "Impossible", "Slip", "Trouble", "RefusedArchiveError", "RefusedPictureError", "at", "add"}
)


class Told(Protocol):
    """A problem, a finding or what stands against an edit."""

    @property
    def message(self) -> str:
        """What is wrong."""

    @property
    def hint(self) -> str:
        """What to do, or nothing."""


def all_translatable(told: Iterable[Told]) -> bool:
    """Tell whether everything said is a message, and whatever is said inside another is one too."""
    return all(_is_said(each.message) and (each.hint == "" or _is_said(each.hint)) for each in told)


def bare_texts(path: Path) -> Iterator[str]:
    """Find the places in a module where a text that is no message is told to an author."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        given = [*node.args, *(keyword.value for keyword in node.keywords)]
        if name in _TELLING and any(_has_words(each) for each in given):
            yield f"{path.name}:{node.lineno}: {name} is given a text that is no message"
        if name in {"msg", "msg_n"} and not isinstance(node.args[0], ast.Constant):
            yield f"{path.name}:{node.lineno}: catalogues cannot gather this template"


def _is_said(text: str) -> bool:
    return isinstance(text, Message) and bool(text.template)


def _has_words(node: ast.expr) -> bool:
    """Tell literals with words, joined or not, from keys and names."""
    match node:
        case ast.Constant(value=str(text)):
            return " " in text
        case ast.JoinedStr():
            return True
        case ast.BinOp() | ast.IfExp():
            return any(_has_words(each) for each in ast.iter_child_nodes(node) if isinstance(each, ast.expr))
        case _:
            return False
