"""Asking what the author wrote out: questions, statements, and the gaps of a cloze text."""

from collections.abc import Iterator
from functools import partial

from quizapp.core.items.ask import Ask, Offer
from quizapp.core.items.index import Draw, Index
from quizapp.core.items.model import Form
from quizapp.core.knowledge.facts import GAP
from quizapp.core.knowledge.model import Gap, Question, Statement

_OTHER_GAP = "[…]"

_FORMS = {
    Question: (Form.CHOICE,),
    Statement: (Form.TRUE_FALSE,),
    Gap: (Form.CLOZE, Form.CHOICE),
}


def surfaces(fact: Question | Statement | Gap, form: Form) -> tuple[str, ...]:
    """Name the one way in which a written question, statement or gap is asked."""
    if form not in _FORMS[type(fact)]:
        return ()
    return ("gap",) if isinstance(fact, Gap) else ("written",)


def ask_question(question: Question) -> Ask:
    """Ask a handwritten question with its own wrong answers."""
    near = tuple(Offer(wrong.text, None, wrong.because) for wrong in question.wrong)
    return Ask("written", question, question.ask, (question.right, *question.extras.accept), near)


def ask_statement(statement: Statement) -> Ask:
    """Ask whether a statement is true."""
    return Ask("written", statement, statement.say, (statement.say,))


def ask_gap(index: Index, gap: Gap, form: Form, draw: Draw) -> Ask:
    """Ask for the text of a gap; as a choice the sibling gaps of the same text are emptied too and offered."""
    right = (gap.text, *gap.extras.accept)
    siblings = tuple(_siblings(index, gap))
    if form is Form.CLOZE:
        near = tuple(Offer(other.text, other.id) for other in siblings)
        return Ask("gap", gap, f"{gap.before}{GAP}{gap.after}", right, near, hint=gap.hint)
    near = tuple(_offer(index, other) for other in siblings)
    stem = index.phrases.say("stem.gap", text=_emptied(index, gap))
    return Ask("gap", gap, stem, right, near, partial(_elsewhere, index, gap, draw))


def _siblings(index: Index, gap: Gap) -> Iterator[Gap]:
    for key in index.bank.clozes[gap.cloze].gaps:
        other = index.bank.facts[key]
        if isinstance(other, Gap) and other.id != gap.id:
            yield other


def _emptied(index: Index, gap: Gap) -> str:
    """Empty every gap of the text, so that no option can be struck out because it stands there already."""
    parts = []
    filled = 0
    last = gap
    for key in index.bank.clozes[gap.cloze].gaps:
        other = index.bank.facts[key]
        if isinstance(other, Gap):
            parts.append(other.before[filled:] + (GAP if other.id == gap.id else _OTHER_GAP))
            filled = len(other.before) + len(other.text)
            last = other
    return "".join(parts) + last.after


def _elsewhere(index: Index, gap: Gap, draw: Draw) -> Iterator[Offer]:
    """Offer gaps of other texts, those with a tag in common first."""
    found = (index.bank.facts[key] for key in draw.take(index.gaps))
    others = [other for other in found if isinstance(other, Gap) and other.cloze != gap.cloze]
    others.sort(key=lambda other: set(gap.extras.tags).isdisjoint(other.extras.tags))
    for other in others:
        yield _offer(index, other)


def _offer(index: Index, gap: Gap) -> Offer:
    text = f"{gap.before}**{gap.text}**{gap.after}"
    return Offer(gap.text, gap.id, index.phrases.say("because.gap", text=text))
