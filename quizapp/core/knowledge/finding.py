"""What lint found at a fact, before it has a place in a file."""

from dataclasses import dataclass

from quizapp.messages import Message


@dataclass(frozen=True, slots=True)
class Finding:
    """One remark about a fact's text: the rule broken, what is wrong, what to do, and whether it is only a warning."""

    fact: str
    rule: str
    message: Message
    hint: Message
    warning: bool = True
