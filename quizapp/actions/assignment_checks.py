"""What must hold of an assignment: dates in order, banks of the course, as many questions as are asked for."""

from collections import Counter
from collections.abc import Iterable, Mapping

from sqlalchemy.orm import Session

from quizapp.actions import papers
from quizapp.actions.assignment_values import Values, changes
from quizapp.actions.errors import Refused
from quizapp.actions.papers import MOST_QUESTIONS, Paper, Source
from quizapp.core.items.blueprint import FORMS
from quizapp.messages import Message, msg, msg_n
from quizapp.store import assigned, library, models

_ASKED = msg("Students have begun this quiz: what is asked can no longer change.")
_LATE = msg("Students have begun this quiz: the rule for being late can no longer change.")
FIXED: Mapping[str, Message] = {
    "scope": _ASKED,
    "blueprint": _ASKED,
    "questions": msg("Students have begun this quiz: the number of questions can no longer change."),
    "minutes": msg("Students have begun this quiz: the time limit can no longer change."),
    "late_rule": _LATE,
    "late_percent": _LATE,
    "shuffled": msg("Students have begun this quiz: whether the questions differ can no longer change."),
    "popular": msg("Students have begun this quiz: where the wrong answers come from can no longer change."),
}
"""What cannot change once somebody has begun: else two students would not have taken the same quiz."""

_TRIALS = 3


def check(session: Session, course_id: int, kind: str, values: Values, *, seed: int) -> None:
    """Refuse values that cannot stand, with the field to look at; a quiz is drawn on trial to see that it can be."""
    _check_dates(values)
    offered = {bank.id: bank for bank, _ in assigned.offered(session, course_id)}
    if not values.banks:
        raise Refused("Choose at least one bank.", "bank")
    if not offered.keys() >= set(values.banks):
        raise Refused("One of the banks is not among those of the course, or is no longer published.", "bank")
    if kind == "quiz":
        _check_quiz(values)
        sources = sources_of(session, [offered[bank] for bank in values.banks])
        _check_paper(values, sources, seed)


def check_begun(old: models.Assignment, values: Values) -> None:
    """Refuse a change that would be unfair to those who have begun: only words, more attempts and later dates pass."""
    before, after = Values.of(old).columns(), values.columns()
    changed = changes(before, after)
    for name, reason in FIXED.items():
        if name in changed:
            raise Refused(reason, name)
    if "feedback" in changed and "now" in changed["feedback"]:
        raise Refused("Students have begun this quiz: feedback after each answer can no longer change.", "feedback")
    if values.attempts is not None and (old.attempts is None or values.attempts < old.attempts):
        raise Refused("Students have begun this quiz: the attempts can only become more.", "attempts")
    if values.due_at < old.due_at:
        raise Refused("Students have begun this quiz: it can only be due later.", "due_at")
    closes = after["closes_at"]
    if closes is not None and (old.closes_at is None or closes < old.closes_at):
        raise Refused("Students have begun this quiz: it can only close later.", "closes_at")
    if values.opens_at is not None and (old.opens_at is None or values.opens_at > old.opens_at):
        raise Refused("Students have begun this quiz: it cannot open later.", "opens_at")


def sources_of(session: Session, banks: Iterable[models.Bank], language: str | None = None) -> dict[int, Source]:
    """Give published banks in a language, else as their authors wrote them."""
    return {
        bank.id: _source(session, bank.id, bank.version_id, language) for bank in banks if bank.version_id is not None
    }


def paper_of(values: Values, sources: Mapping[int, Source], seed: int) -> Paper:
    """Lay out what a quiz asks: by its blueprint, else so many questions out of its scope."""
    rows, scope = values.blueprint, values.scope
    if not rows:
        return papers.from_banks(sources, scope.tags, scope.forms, values.questions, seed)
    forms = [FORMS[row.form] for row in rows]
    return papers.from_rows(sources, rows, forms, seed, shuffled=values.shuffled)


def _check_dates(values: Values) -> None:
    if values.opens_at is not None and values.due_at <= values.opens_at:
        raise Refused("It must be due after it opens.", "due_at")
    if values.late_rule != "refuse" and values.closes_at is not None and values.closes_at <= values.due_at:
        raise Refused("It must close after it is due.", "closes_at")
    if values.late_rule == "penalty" and not values.late_percent:
        raise Refused("Say how much a late day costs.", "late_percent")


def _source(session: Session, bank_id: int, version_id: int, language: str | None) -> Source:
    edition = library.edition(session, version_id, language)
    return Source(bank_id, version_id, edition, library.source(session, version_id))


def _check_quiz(values: Values) -> None:
    if values.late_rule != "refuse" and values.closes_at is None and values.minutes is None:
        raise Refused("Say when it closes, or give a time limit: else a quiz once begun might never end.", "closes_at")
    if values.popular and not values.shuffled:
        raise Refused("What the class mixes up changes from day to day: then the questions cannot be the same for all.")
    if not values.blueprint and not 1 <= values.questions <= MOST_QUESTIONS:
        raise Refused(msg("Say how many questions, from 1 to %(most)d.", most=MOST_QUESTIONS), "questions")
    if sum(row.count for row in values.blueprint) > MOST_QUESTIONS:
        raise Refused(msg("A quiz has at most %(most)d questions.", most=MOST_QUESTIONS))


def _check_paper(values: Values, sources: Mapping[int, Source], seed: int) -> None:
    """Draw the quiz as some students would get it; the worst counts."""
    trials = range(seed, seed + (_TRIALS if values.shuffled else 1))
    for trial in trials:
        made = Counter(each.portion for each in papers.fullest(lambda chance: paper_of(values, sources, chance), trial))
        if not values.blueprint and made[0] < values.questions:
            raise Refused(_short(made[0], values.questions), "questions")
        for number, row in enumerate(values.blueprint):
            if made[number] < row.count:
                raise Refused(_short(made[number], row.count), f"rows-{number}-count")


def _short(made: int, asked: int) -> Message:
    return msg_n(
        "Only %(num)d question can be made of this, and %(asked)d are asked for.",
        "Only %(num)d questions can be made of this, and %(asked)d are asked for.",
        made,
        asked=asked,
    )
