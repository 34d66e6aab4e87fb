"""Reading an answer from plain form fields, as a browser sends them with or without the script."""

from collections.abc import Mapping, Sequence
from typing import assert_never

from quizapp.core.items.model import (
    Answer,
    ChoiceAnswer,
    ChoiceItem,
    FlashcardAnswer,
    FlashcardItem,
    Item,
    MatchingAnswer,
    MatchingItem,
    TrueFalseAnswer,
    TrueFalseItem,
    TypedAnswer,
    TypedItem,
    Ungradable,
)

PAIR = "pair-"
LONGEST_FIELD = 2_000
_GRADES = {"1": 1, "2": 2, "3": 3, "4": 4}


class _MalformedError(Exception):
    """A field that no page of ours sends."""


def read_answer(item: Item, fields: Mapping[str, Sequence[str]]) -> Answer | Ungradable:
    """Read the answer to an item from form fields (name to its values); never raises.

    Fields: `choice` (option token, or `true`, `false`) · `text` · `grade` (1-4) · `pair-<premise token>` = response
    token, with `order` and `changed` (premise tokens, parted by spaces) from the script · `unsure` (`1`). Without
    `order` pairs count as placed in the order of the premises. Fields of other names are left alone. Ungradable:
    `blank`, `malformed` (a repeated field, NUL, an unknown token or premise), `too-long`.
    """
    try:
        return _read(item, _Form(fields))
    except _MalformedError as error:
        return Ungradable(str(error))


class _Form:
    """The fields of one request, each read at most once and never trusted."""

    def __init__(self, fields: Mapping[str, Sequence[str]]) -> None:
        self._fields = fields

    def text(self, name: str) -> str:
        """Return the one value of a field, empty when it is missing."""
        values = self._fields.get(name, ())
        if len(values) > 1:
            raise _MalformedError("malformed")
        value = values[0] if values else ""
        if len(value) > LONGEST_FIELD:
            raise _MalformedError("too-long")
        if "\x00" in value or (not value.isprintable() and _has_surrogate(value)):
            raise _MalformedError("malformed")
        return value

    def tokens(self, name: str, known: Mapping[str, str]) -> tuple[str, ...]:
        """Return the tokens of a field, all known and none twice."""
        found = tuple(self.text(name).split())
        if len(set(found)) < len(found) or not known.keys() >= set(found):
            raise _MalformedError("malformed")
        return found

    def unsure(self) -> bool:
        """Tell whether "not sure" was said."""
        said = self.text("unsure")
        if said not in {"", "1"}:
            raise _MalformedError("malformed")
        return said == "1"

    def premises(self) -> set[str]:
        """Return the premise tokens that have a field."""
        return {name.removeprefix(PAIR) for name in self._fields if name.startswith(PAIR)}


def _has_surrogate(value: str) -> bool:
    return any("\ud800" <= char <= "\udfff" for char in value)


def _read(item: Item, form: _Form) -> Answer | Ungradable:
    match item:
        case ChoiceItem():
            return _read_choice(item, form)
        case TrueFalseItem():
            return _read_judgement(form)
        case TypedItem():
            text, unsure = form.text("text"), form.unsure()
            return TypedAnswer(text, unsure) if text.strip() or unsure else Ungradable("blank")
        case FlashcardItem():
            return _read_grade(form)
        case MatchingItem():
            return _read_pairs(item, form)
        case _:
            assert_never(item)


def _read_choice(item: ChoiceItem, form: _Form) -> ChoiceAnswer | Ungradable:
    token, unsure = form.text("choice"), form.unsure()
    if not token and not unsure:
        return Ungradable("blank")
    if token and all(token != option.token for option in item.options):
        return Ungradable("malformed")
    return ChoiceAnswer(token, unsure)


def _read_judgement(form: _Form) -> TrueFalseAnswer | Ungradable:
    said, unsure = form.text("choice"), form.unsure()
    if said not in {"true", "false"}:
        return Ungradable("malformed" if said else "blank")
    return TrueFalseAnswer(said == "true", unsure)


def _read_grade(form: _Form) -> FlashcardAnswer | Ungradable:
    grade = form.text("grade")
    if grade not in _GRADES:
        return Ungradable("malformed" if grade else "blank")
    return FlashcardAnswer(_GRADES[grade])


def _read_pairs(item: MatchingItem, form: _Form) -> MatchingAnswer | Ungradable:
    known = {premise.token: form.text(PAIR + premise.token) for premise in item.premises}
    responses = {response.token for response in item.responses}
    placed = {premise: response for premise, response in known.items() if response}
    if not known.keys() >= form.premises() or not responses >= set(placed.values()):
        return Ungradable("malformed")
    order, changed, unsure = form.tokens("order", known), form.tokens("changed", known), form.unsure()
    if not placed and not unsure:
        return Ungradable("blank")
    ordered = [token for token in order if token in placed] + [token for token in placed if token not in order]
    return MatchingAnswer(tuple((token, placed[token]) for token in ordered), frozenset(changed), unsure)
