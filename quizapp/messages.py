"""Messages: English texts that remember how they were made, so that a page can say them in another language.

Whatever is no web page (commands, logs, tests) uses a message as the English text that it is.
"""

import re
from collections.abc import Mapping
from typing import Any, Self

LONGEST_TEMPLATE = 500
LONGEST_VALUE = 2_000
DEEPEST = 3
"""How many messages may stand in one another when they come as plain values."""

_NO_SLOT = re.compile(r"%(?!\(\w+\)[sd]|%)")


class Message(str):
    """An English text with the `template` and `values` it was made of; `plural` and `number` where it counts.

    `values` may hold messages themselves. A template without values is said as it stands, `%` and all.
    """

    __slots__ = ("number", "plural", "template", "values")

    template: str
    values: Mapping[str, Any]
    plural: str
    number: int

    def __new__(cls, template: str, values: Mapping[str, Any] | None = None, plural: str = "", number: int = 1) -> Self:
        """Word a template in English."""
        wanted = plural if plural and number != 1 else template
        self = super().__new__(cls, wanted % values if values else wanted)
        self.template, self.values, self.plural, self.number = template, dict(values or {}), plural, number
        return self

    def filled(self, /, **values: Any) -> "Message":  # noqa: ANN401 -- as `msg`
        """Put values into a template that was kept as a constant."""
        return Message(self.template, values)


class Number(int):
    """A number whose thousands are set apart, as the language of the page does it; English: 5,000,000."""

    __slots__ = ()

    def __str__(self) -> str:
        """Write the number in English."""
        return f"{int(self):,}"


def msg(template: str, /, **values: Any) -> Message:  # noqa: ANN401 -- whatever `%` can put into a text
    """Make a message with its `values` put where the template says `%(name)s`; catalogues gather the template."""
    return Message(template, values)


def msg_n(singular: str, plural: str, number: int, /, **values: Any) -> Message:  # noqa: ANN401 -- as `msg`
    """Make a message about a number of things, which both templates may name as `%(num)d`."""
    return Message(singular, {"num": number, **values}, plural, number)


def as_plain(value: str | int) -> Any:  # noqa: ANN401 -- what JSON can hold
    """Take a message apart into what JSON can hold; a text or number stays as it is."""
    if isinstance(value, Message):
        values = {name: as_plain(each) for name, each in value.values.items()}
        return {"template": value.template, "values": values, "plural": value.plural, "number": value.number}
    return {"thousands": int(value)} if isinstance(value, Number) else value


def from_plain(value: object, deepest: int = DEEPEST) -> str | int:
    """Put together again what `as_plain` took apart; ValueError or KeyError for anything else, however hostile."""
    match value:
        case str() if len(value) <= LONGEST_VALUE:
            return value
        case int():
            return value
        case {"thousands": int(number)}:
            return Number(number)
        case {"template": str(template), "values": dict(values), "plural": str(plural), "number": int(number)} if (
            deepest
        ):
            filled = {str(name): from_plain(each, deepest - 1) for name, each in values.items()}
            if all(
                len(each) <= LONGEST_TEMPLATE and not (filled and _NO_SLOT.search(each)) for each in (template, plural)
            ):
                return Message(template, filled, plural, number)
    raise ValueError("neither a text nor a message")
