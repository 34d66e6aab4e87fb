"""Typing an answer in a language, for the tests of its words."""

from quizapp.core.items.model import Form, Head, TypedItem
from quizapp.core.items.typed import TypedResult, check_typed


def judge(language: str, typed: str, key: str, *accept: str, refuse: dict[str, str] | None = None) -> TypedResult:
    """Judge what was typed where `key` is right, `accept` too, and `refuse` are the answers of other facts."""
    head = Head("bank", language, ("fact",), "surface", "stem?", "topic")
    return check_typed(typed, TypedItem(head, Form.TYPED, key, accept, refuse or {}))
