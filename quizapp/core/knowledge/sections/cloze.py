"""Cloze: texts with gaps, each gap one fact."""

from dataclasses import replace

from quizapp.core.knowledge.draft import EXTRAS, Draft, Kin
from quizapp.core.knowledge.fields import Fields, text_of
from quizapp.core.knowledge.gaps import Piece, find_gaps
from quizapp.core.knowledge.keys import FACT_ID, is_key
from quizapp.core.knowledge.model import Cloze, Extras, Gap
from quizapp.core.knowledge.problems import Problems, show
from quizapp.core.knowledge.tree import Entry, Mapping, Node
from quizapp.messages import msg

CLOZE = EXTRAS | {"text"}
MOST_GAPS = 20

_THE_CLOZE = msg("the cloze %(key)s")
_NOTHING = Extras()
_MOVED = Kin(moved=True)


def read_cloze(entry: Entry, draft: Draft) -> Cloze | None:
    """Read one cloze text and add its gaps to the draft; None when it has none."""
    key, node, extras = entry.key, entry.value, _NOTHING
    former: tuple[tuple[str, ...], ...] = ()
    accept: tuple[tuple[str, ...], ...] = ()
    if isinstance(node, Mapping):
        found = Fields(node, key, (_THE_CLOZE, key.text), CLOZE, draft.problems)
        text, owner = found.required("text"), found.entry("text")
        node = owner.value if owner is not None else node
        pieces = read_gaps(text, node, draft.problems)
        former = _former(found, len(pieces))
        accept = read_accept(found, len(pieces))
        extras = draft.extras(found.without("accept"), _NOTHING, _MOVED)
    else:
        text = text_of(node, (_THE_CLOZE, key.text), draft.problems)
        pieces = read_gaps(text, node, draft.problems)
    ids = []
    for number, piece in enumerate(pieces, 1):
        was = former[number - 1] if former else ()
        right = accept[number - 1] if accept else ()
        own = replace(extras, was=was, accept=right) if was or right else extras
        gap = Gap(
            f"cloze.{key.text}.{number}", key.text, number, piece.before, piece.text, piece.after, piece.hint, own
        )
        draft.add(gap, node.line, node.column)
        ids.append(gap.id)
    return Cloze(key.text, text, tuple(ids)) if ids else None


def read_gaps(text: str, node: Node, problems: Problems) -> tuple[Piece, ...]:
    """Find the gaps of a text that must have some."""
    if text.count("==") > 2 * MOST_GAPS:
        message = msg("more than %(most)d gaps in one text", most=MOST_GAPS)
        problems.at(node, message, msg("split it into several texts"))
        return ()
    gaps = find_gaps(text)
    if gaps.unclosed:
        hint = msg("write ==answer== without spaces inside the marks")
        problems.at(node, msg("== opens or closes no gap here"), hint)
    elif text and not gaps.pieces:
        problems.at(node, msg("the text has no gap"), msg("write ==answer== around what is to be filled in"))
    return gaps.pieces


def read_accept(found: Fields, count: int) -> tuple[tuple[str, ...], ...]:
    """Read what else is right in each of so many gaps: a list for the only gap, else lists by the gap's number."""
    entry = found.entry("accept")
    if entry is not None and isinstance(entry.value, Mapping):
        numbers = [str(number) for number in range(1, count + 1)]
        told = Fields(entry.value, entry.key, msg("accept"), frozenset(numbers), found.problems)
        return tuple(told.texts(number) for number in numbers)
    if entry is not None and count > 1:
        hint = msg("write the gap's number before each list, such as accept: {1: [one, other], 2: [another]}")
        found.problems.at(entry.key, msg("accept does not tell which of the gaps it is for"), hint)
        return ((),) * count
    return (found.texts("accept"),) * count


def _former(found: Fields, count: int) -> tuple[tuple[str, ...], ...]:
    """Give the former ids of each gap: an old cloze key moves all gaps, a whole id the only one."""
    former: list[list[str]] = [[] for _ in range(count)]
    for node, text in found.listed("was", words=True):
        if is_key(text):
            for number, ids in enumerate(former, 1):
                ids.append(f"cloze.{text}.{number}")
        elif FACT_ID.fullmatch(text) and count == 1:
            former[0].append(text)
        else:
            message = msg("%(word)s is not an old cloze key", word=show(text))
            found.problems.at(node, message, msg("write the key that the text had, such as old-key"))
    return tuple(tuple(ids) for ids in former)
