"""Messages: English texts that remember how they were made, so that a page can say them in another language.

Whatever is no web page (commands, logs, tests) uses a message as the English text that it is.
"""

from collections.abc import Mapping
from typing import Any, Self


class Message(str):
    """An English text with the `template` and `values` it was made of; `plural` and `number` where it counts.

    `values` may hold messages themselves. A template without values is said as it stands, `%` and all.
    """

    __slots__ = ("number", "plural", "template", "values")

    template: str
    values: Mapping[str, Any]
    plural: str
    number: int

    def __new__(
        cls, template: str, values: Mapping[str, Any] | None = None, plural: str = "", number: int = 1
    ) -> Self:
        """Word a template in English."""
        wanted = plural if plural and number != 1 else template
        self = super().__new__(cls, wanted % values if values else wanted)
        self.template, self.values, self.plural, self.number = template, dict(values or {}), plural, number
        return self


def msg(template: str, /, **values: Any) -> Message:  # noqa: ANN401 -- whatever `%` can put into a text
    """Make a message with its `values` put where the template says `%(name)s`; catalogues gather the template."""
    return Message(template, values)


def msg_n(singular: str, plural: str, number: int, /, **values: Any) -> Message:  # noqa: ANN401 -- as `msg`
    """Make a message about a number of things, which both templates may name as `%(num)d`."""
    return Message(singular, {"num": number, **values}, plural, number)
