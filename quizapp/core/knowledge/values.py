"""The value of a fact, what a learner remembers, and whether an edit makes another value of it.

Each fact has a value and stems that ask for it. A stem, an explanation, a tag, a source or a translation may change
and the memory stays; a changed value is another thing to remember. The value is

* of a cell and a definition its text, of a gap the answer, of a card its back, of a question the right answer;
* of an example its term (its text is a stem, and cases are reworded often);
* of a member its group and its text (a member's text names the thing itself);
* of a statement its sentence and whether that is true.
"""

import re
import unicodedata
from collections.abc import Mapping
from typing import assert_never

from quizapp.core.knowledge.model import (
    Bank,
    Card,
    Cell,
    Definition,
    Example,
    Fact,
    Gap,
    Group,
    Member,
    Question,
    Statement,
    Term,
)

_SPACES = re.compile(r"\s+")
_AS_TYPED = re.compile(r"[$`]")
_SIGNIFICANT = frozenset("%‰#&@/\\")


def same_value(old: Bank, before: Fact, new: Bank, after: Fact) -> bool:
    """Tell whether two versions of a fact have the same value, but for slips of the pen."""
    if _moved_apart(old, before, new, after):
        return False
    was, now = value_of(before), value_of(after)
    return was == now or [folded(text) for text in was] == [folded(text) for text in now]


def value_of(fact: Fact) -> tuple[str, ...]:
    """Give the texts that make the value of a fact; of an example none, because its term is in its id."""
    match fact:
        case Cell() | Definition() | Member() | Gap():
            return (fact.text,)
        case Example():
            return ()
        case Card():
            return (fact.back,)
        case Question():
            return (fact.right,)
        case Statement():
            return (fact.say, "true" if fact.is_true else "false")
        case _:
            assert_never(fact)


def folded(text: str) -> str:
    """Fold away what only a slip changes: case, white space, and punctuation that no digit follows.

    Formulas and code keep everything but the amount of white space: there a sign or a capital means something.
    """
    if _AS_TYPED.search(text):
        return _SPACES.sub(" ", text).strip()
    plain = unicodedata.normalize("NFC", text).casefold()
    after = [*plain[1:], " "]
    return "".join(mark for mark, following in zip(plain, after, strict=True) if _means_something(mark, following))


def _means_something(mark: str, following: str) -> bool:
    if mark.isalnum() or mark in _SIGNIFICANT:
        return True
    return following.isdigit() if unicodedata.category(mark)[0] == "P" else not mark.isspace()


def _moved_apart(old: Bank, before: Fact, new: Bank, after: Fact) -> bool:
    """Tell whether an example or member went to another term or group that was there before."""
    match before, after:
        case Example(), Example():
            terms = old.taxonomies[before.taxonomy].terms
            return _other(terms, before.term, new.taxonomies[after.taxonomy].terms, after.term)
        case Member(), Member():
            groups = old.groupsets[before.groupset].groups
            return _other(groups, before.group, new.groupsets[after.groupset].groups, after.group)
        case _:
            return type(before) is not type(after) and isinstance(before, Example) != isinstance(after, Example)


def _other(
    old: Mapping[str, Term] | Mapping[str, Group],
    before: str,
    new: Mapping[str, Term] | Mapping[str, Group],
    after: str,
) -> bool:
    if after == before or after not in old:
        return False
    return folded(old[before].name.text) != folded(new[after].name.text)
