"""Items and answers as JSON: an item is kept as it was shown, and graded against what was kept."""

from collections.abc import Callable, Mapping
from dataclasses import fields
from typing import Any, TypeVar

from quizapp.core.items.model import (
    Answer,
    ChoiceAnswer,
    ChoiceItem,
    FlashcardAnswer,
    FlashcardItem,
    Form,
    Head,
    Item,
    MatchingAnswer,
    MatchingItem,
    Option,
    Premise,
    Response,
    TrueFalseAnswer,
    TrueFalseItem,
    TypedAnswer,
    TypedItem,
    form_of,
)

VERSION = 1

Kept = TypeVar("Kept")


def dump(item: Item) -> dict[str, object]:
    """Turn an item into JSON-ready values, with the version of this layout and the item's form."""
    return {"v": VERSION, **_plain(item), "form": form_of(item).value}


def load(data: Mapping[str, Any]) -> Item:
    """Read what `dump` wrote; ValueError for another version, an unknown form or a missing part."""
    return _read(data, _ITEMS, "item")


def dump_answer(answer: Answer) -> dict[str, object]:
    """Turn an answer into JSON-ready values."""
    kind = next(kind for kind, make in _ANSWER_TYPES.items() if isinstance(answer, make))
    return {"v": VERSION, "form": kind, **_plain(answer)}


def load_answer(data: Mapping[str, Any]) -> Answer:
    """Read what `dump_answer` wrote; ValueError for another version, an unknown kind or a missing part."""
    return _read(data, _ANSWERS, "answer")


def _plain(value: Item | Answer) -> dict[str, object]:
    return {part.name: _listed(getattr(value, part.name)) for part in fields(value)}


def _listed(part: object) -> object:
    """Write values as dictionaries, tuples as lists and sets as sorted lists, as JSON will give them back."""
    match part:
        case Head() | Option() | Premise() | Response():
            return {inner.name: _listed(getattr(part, inner.name)) for inner in fields(part)}
        case Mapping():
            return {name: _listed(inner) for name, inner in part.items()}
        case frozenset():
            return sorted(part)
        case tuple():
            return [_listed(inner) for inner in part]
        case _:
            return part


def _read(data: Mapping[str, Any], readers: Mapping[str, Callable[[Mapping[str, Any]], Kept]], what: str) -> Kept:
    if data.get("v") != VERSION:
        raise ValueError(f"a kept {what} of version {data.get('v')!r} cannot be read, only of {VERSION}")
    reader = readers.get(data["form"]) if isinstance(data.get("form"), str) else None
    if reader is None:
        raise ValueError(f"a kept {what} has the unknown form {data.get('form')!r}")
    try:
        return reader(data)
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"a kept {what} is damaged: {error!r}") from error


def _head(data: Mapping[str, Any]) -> Head:
    head = data["head"]
    image = head["image"]
    parts = {"facts": tuple(head["facts"]), "source": tuple(head["source"])}
    return Head(**{**head, **parts, "image": None if image is None else (image[0], image[1])})


def _choice(data: Mapping[str, Any]) -> ChoiceItem:
    return ChoiceItem(_head(data), tuple(Option(**option) for option in data["options"]))


def _judgement(data: Mapping[str, Any]) -> TrueFalseItem:
    return TrueFalseItem(_head(data), data["is_true"], data["correction"], data["value_of"])


def _typed(data: Mapping[str, Any]) -> TypedItem:
    accept, refuse = tuple(data["accept"]), dict(data["refuse"])
    return TypedItem(_head(data), Form(data["form"]), data["key"], accept, refuse, data["hint"])


def _flashcard(data: Mapping[str, Any]) -> FlashcardItem:
    return FlashcardItem(_head(data), data["back"])


def _matching(data: Mapping[str, Any]) -> MatchingItem:
    return MatchingItem(
        _head(data),
        premises=tuple(Premise(**premise) for premise in data["premises"]),
        responses=tuple(Response(**response) for response in data["responses"]),
        key=dict(data["key"]),
        reusable=data["reusable"],
    )


def _pairs(data: Mapping[str, Any]) -> MatchingAnswer:
    pairs = tuple((premise, response) for premise, response in data["pairs"])
    return MatchingAnswer(pairs, frozenset(data["changed"]), data["unsure"])


_ITEMS: Mapping[str, Callable[[Mapping[str, Any]], Item]] = {
    Form.CHOICE: _choice,
    Form.TRUE_FALSE: _judgement,
    Form.TYPED: _typed,
    Form.CLOZE: _typed,
    Form.FLASHCARD: _flashcard,
    Form.MATCHING: _matching,
}
_ANSWER_TYPES: Mapping[str, type[Answer]] = {
    "choice": ChoiceAnswer,
    "true-false": TrueFalseAnswer,
    "typed": TypedAnswer,
    "flashcard": FlashcardAnswer,
    "matching": MatchingAnswer,
}
_ANSWERS: Mapping[str, Callable[[Mapping[str, Any]], Answer]] = {
    "choice": lambda data: ChoiceAnswer(data["token"], data["unsure"]),
    "true-false": lambda data: TrueFalseAnswer(data["says_true"], data["unsure"]),
    "typed": lambda data: TypedAnswer(data["text"], data["unsure"]),
    "flashcard": lambda data: FlashcardAnswer(data["grade"]),
    "matching": _pairs,
}
