"""How a deed says no."""

from quizapp.core.knowledge.reading import Problem
from quizapp.messages import Message


class Refused(Exception):  # noqa: N818 -- it is an answer to a person, not a fault
    """Something a person may not do, or not like this; `reason` is a sentence, `field` the form's field or empty.

    Catalogues gather a reason that is written in the call; one with values in it is made by `msg`.
    """

    def __init__(self, reason: str, field: str = "") -> None:
        super().__init__(reason)
        self.reason = reason if isinstance(reason, Message) else Message(reason)
        self.field = field


class NotFound(Exception):  # noqa: N818 -- as above
    """There is no such thing, or it is somebody else's, which must look the same."""


class BankProblems(Exception):  # noqa: N818 -- as above
    """A bank that cannot be published; `problems` says where and why."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


class Stale(Exception):  # noqa: N818 -- as above
    """What was to be changed was changed by somebody else since it was read; nothing was written."""
