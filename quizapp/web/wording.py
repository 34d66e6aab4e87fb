"""Changed lines beside each other with the changed words marked."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest

from markupsafe import Markup, escape

from quizapp.web.diffs import Line

MOST_WORDS = 400
"""Lines with more words are marked as a whole: comparing them word by word would take too long."""

ALIKE = 0.35
"""Below this share of letters in common words two lines are not the same line changed."""

_WORD = re.compile(r"\w+|\s+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Marked:
    """A line of a comparison as HTML; `sign` is `+`, `-`, blank, or `…` for a gap."""

    sign: str
    old: int | None
    new: int | None
    text: Markup


def marked(lines: Iterable[Line]) -> tuple[Marked, ...]:
    """Mark the words that differ where lines were changed into lines."""
    done: list[Marked] = []
    gone: list[Line] = []
    come: list[Line] = []
    for line in lines:
        if line.sign == "-" and not come:
            gone.append(line)
        elif line.sign == "+":
            come.append(line)
        else:
            done += _changed(gone, come)
            gone, come = ([line], []) if line.sign == "-" else ([], [])
            if not gone:
                done.append(_whole(line))
    return (*done, *_changed(gone, come))


def _changed(gone: Sequence[Line], come: Sequence[Line]) -> Iterator[Marked]:
    pairs = [_pair(old, new) for old, new in zip_longest(gone, come)]
    yield from (old for old, _ in pairs if old is not None)
    yield from (new for _, new in pairs if new is not None)


def _pair(old: Line | None, new: Line | None) -> tuple[Marked | None, Marked | None]:
    if old is None or new is None:
        return _whole(old) if old else None, _whole(new) if new else None
    before, after = _WORD.findall(old.text), _WORD.findall(new.text)
    if len(before) + len(after) > MOST_WORDS:
        return _whole(old), _whole(new)
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    if _alike(matcher, before, after) < ALIKE:
        return _whole(old), _whole(new)
    left, right = Markup(), Markup()
    for tag, from_old, to_old, from_new, to_new in matcher.get_opcodes():
        gone, come = "".join(before[from_old:to_old]), "".join(after[from_new:to_new])
        left += escape(gone) if tag == "equal" else _mark("del", gone)
        right += escape(come) if tag == "equal" else _mark("ins", come)
    return Marked(old.sign, old.old, old.new, left), Marked(new.sign, new.old, new.new, right)


def _alike(matcher: SequenceMatcher[str], before: Sequence[str], after: Sequence[str]) -> float:
    """Give the share of letters that stand in words common to both; blanks are common to all lines."""
    common = sum(
        len(word.strip()) for match in matcher.get_matching_blocks() for word in before[match.a : match.a + match.size]
    )
    letters = sum(len(word.strip()) for word in (*before, *after))
    return 2 * common / letters if letters else 0.0


def _mark(name: str, words: str) -> Markup:
    return Markup("<{0}>{1}</{0}>").format(Markup(name), words) if words else Markup()  # noqa: S704 -- del or ins


def _whole(line: Line) -> Marked:
    return Marked(line.sign, line.old, line.new, escape(line.text))
