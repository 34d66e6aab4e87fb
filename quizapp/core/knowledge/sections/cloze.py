"""Cloze: texts with gaps, each gap one fact."""

from dataclasses import replace

from quizapp.core.knowledge.draft import EXTRAS, Draft, Kin
from quizapp.core.knowledge.fields import Fields, text_of
from quizapp.core.knowledge.gaps import Piece, find_gaps
from quizapp.core.knowledge.keys import FACT_ID, is_key
from quizapp.core.knowledge.model import Cloze, Extras, Gap
from quizapp.core.knowledge.problems import Problems, show
from quizapp.core.knowledge.tree import Entry, Mapping, Node

CLOZE = EXTRAS | {"text"}
MOST_GAPS = 20

_NOTHING = Extras()
_MOVED = Kin(moved=True)


def read_cloze(entry: Entry, draft: Draft) -> Cloze | None:
    """Read one cloze text and add its gaps to the draft; None when it has none."""
    key, node, extras = entry.key, entry.value, _NOTHING
    former: tuple[tuple[str, ...], ...] = ()
    if isinstance(node, Mapping):
        found = Fields(node, key, f"the cloze {show(key.text)}", CLOZE, draft.problems)
        text, owner = found.required("text"), found.entry("text")
        node = owner.value if owner is not None else node
        pieces = read_gaps(text, node, draft.problems)
        former = _former(found, len(pieces))
        extras = draft.extras(found, _NOTHING, _MOVED)
        if len(pieces) > 1 and extras.accept:
            hint = "write one text for each gap, or put what else is right into why"
            draft.problems.at(key, "accept does not tell which of the gaps it is for", hint)
    else:
        text = text_of(node, f"the cloze {show(key.text)}", draft.problems)
        pieces = read_gaps(text, node, draft.problems)
    ids = []
    for number, piece in enumerate(pieces, 1):
        was = former[number - 1] if former else ()
        own = replace(extras, was=was) if was else extras
        gap = Gap(
            f"cloze.{key.text}.{number}", key.text, number, piece.before, piece.text, piece.after, piece.hint, own
        )
        draft.add(gap, node.line, node.column)
        ids.append(gap.id)
    return Cloze(key.text, text, tuple(ids)) if ids else None


def read_gaps(text: str, node: Node, problems: Problems) -> tuple[Piece, ...]:
    """Find the gaps of a text that must have some."""
    if text.count("==") > 2 * MOST_GAPS:
        problems.at(node, f"more than {MOST_GAPS} gaps in one text", "split it into several texts")
        return ()
    gaps = find_gaps(text)
    if gaps.unclosed:
        problems.at(node, "== opens or closes no gap here", "write ==answer== without spaces inside the marks")
    elif text and not gaps.pieces:
        problems.at(node, "the text has no gap", "write ==answer== around what is to be filled in")
    return gaps.pieces


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
            found.problems.at(
                node, f"{show(text)} is not an old cloze key", "write the key that the text had, such as old-key"
            )
    return tuple(tuple(ids) for ids in former)
