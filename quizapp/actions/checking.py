"""Checking texts before they are published: every problem at its line, and what the writing could do better."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from quizapp.core.items.broken import Broken, Warned
from quizapp.core.items.model import Form
from quizapp.core.items.writing import judged, sample
from quizapp.core.knowledge.coverage import counted
from quizapp.core.knowledge.limits import Text
from quizapp.core.knowledge.lint import lint
from quizapp.core.knowledge.model import Bank, Fact
from quizapp.core.knowledge.peek import header, lines_of
from quizapp.core.knowledge.read import read
from quizapp.core.knowledge.reading import Problem, Reading
from quizapp.messages import Message, msg
from quizapp.store import library, models
from quizapp.store.pictures import last_part

JUDGED = 100
"""Of so many facts items are made while somebody types; what is slow is never the reading."""

_AS = {
    Form.CHOICE: msg("%(fact)s as choice"),
    Form.MATCHING: msg("%(fact)s as matching"),
    Form.TRUE_FALSE: msg("%(fact)s as true-false"),
    Form.CLOZE: msg("%(fact)s as cloze"),
    Form.TYPED: msg("%(fact)s as typed"),
    Form.FLASHCARD: msg("%(fact)s as flashcard"),
}
_LOST = "\ufffd"
_MOST_LOST = 20
_EXCERPT = 300


@dataclass(frozen=True, slots=True)
class Checked:
    """What came of a check: problems by file and place; items were made of `judged` facts of the `facts` there are.

    For each translation `untranslated` counts the facts that fall back to the source language, and `left_out` words how
    many texts of each kind it lacks.
    """

    reading: Reading
    problems: tuple[Problem, ...]
    facts: int = 0
    judged: int = 0
    untranslated: tuple[tuple[str, int], ...] = ()
    left_out: tuple[tuple[str, tuple[Message, ...]], ...] = ()

    @property
    def errors(self) -> tuple[Problem, ...]:
        """Give what keeps the texts from being published."""
        return tuple(problem for problem in self.problems if blocks(problem))

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """Give what an author should know, though it can be published."""
        return tuple(problem for problem in self.problems if not blocks(problem))

    @property
    def sound(self) -> bool:
        """Say whether the texts can be published."""
        return self.reading.bank is not None and not self.errors


def blocks(problem: Problem) -> bool:
    """Say whether a problem keeps a text from being published; a broken rule of writing only makes fewer items."""
    return not problem.warning and not problem.rule


def check(
    texts: Sequence[Text], pictures: Collection[str], *, more: Sequence[Problem] = (), most: int = JUDGED
) -> Checked:
    """Check a source file with its overlays (the source first); `pictures` are the file names there are.

    Items are made of at most `most` facts. `more` are problems known from elsewhere, such as an id that is taken.
    Never raises on any content.
    """
    reading = read(texts[0], texts[1:])
    found = [*reading.problems, *more, *(problem for text in texts for problem in _lost(text))]
    bank = reading.bank
    facts: tuple[Fact, ...] = ()
    if bank is not None:
        path = texts[0].path
        facts = sample(bank, most)
        found += lint(reading, path)
        found += _of_items(reading, bank, [fact.id for fact in facts], path)
        found += _of_pictures(reading, bank, pictures, path)
    order = {text.path: number for number, text in enumerate(texts)}
    found.sort(key=lambda problem: (order.get(problem.path, 0), problem.line, problem.column))
    return Checked(
        reading,
        tuple(dict.fromkeys(found)),
        len(bank.facts) if bank else 0,
        len(facts),
        tuple((edition.language, len(edition.untranslated)) for edition in _translations(reading)),
        tuple((edition.language, counted(edition.left_out)) for edition in _translations(reading)),
    )


def check_draft(session: Session, draft: models.Draft, texts: Sequence[Text], pictures: Collection[str]) -> Checked:
    """Check the texts of a draft, also against the banks there are: an id stays that of its bank, a new one is free."""
    return check(texts, pictures, more=id_problems(session, draft.bank_id, texts[0]))


def id_problems(session: Session, bank_id: int | None, source: Text) -> tuple[Problem, ...]:
    """Say what is wrong with the id of a source file: it is another bank's, or no longer that of its own."""
    said = header(source)
    if not said.id:
        return ()
    there = library.bank_by_key(session, said.id)
    own = session.get(models.Bank, bank_id) if bank_id is not None else None
    if own is not None and own.key != said.id:
        message = msg('this is a draft of the bank "%(own)s": its id cannot become "%(id)s"', own=own.key, id=said.id)
        hint = msg("write id: %(own)s; learners' progress hangs on it", own=own.key)
    elif own is None and there is not None:
        message = msg('the id "%(id)s" is already that of another bank', id=said.id)
        hint = msg("choose another id; to change that bank, open it from the list of banks that you may edit")
    else:
        return ()
    line = said.lines["id"]
    return (Problem(source.path, line, 1, message, hint, _line(source, line)),)


def title_of(texts: Sequence[Text], reading: Reading) -> str:
    """Name a draft: its bank's title, else the title that can be made out, else its file."""
    title = reading.bank.title if reading.bank is not None else header(texts[0]).title
    return title or texts[0].path


def banks_by_key(session: Session, keys: Collection[str]) -> dict[str, models.Bank]:
    """Give the banks with some ids, by id."""
    found = session.scalars(select(models.Bank).where(models.Bank.key.in_(sorted(keys))))
    return {bank.key: bank for bank in found}


def _translations(reading: Reading) -> Iterator[Bank]:
    return (edition for edition in reading.editions.values() if edition.translates)


def _of_items(reading: Reading, bank: Bank, facts: Sequence[str], path: str) -> Iterator[Problem]:
    for edition in reading.editions.values():
        prefix = "" if edition is bank else f"{edition.language}: "
        known = [edition.facts[fact] for fact in facts if fact not in edition.untranslated]
        said_once: set[tuple[str, str]] = set()
        for fact, form, said in judged(edition, known, seed=0):
            if (fact, said.rule) not in said_once:
                said_once.add((fact, said.rule))
                yield _placed(reading, path, f"{prefix}{fact}", fact, form, said)


def _placed(reading: Reading, path: str, name: str, fact: str, form: Form, said: Broken | Warned) -> Problem:
    line, column = reading.places.get(fact, (1, 1))
    warned = isinstance(said, Warned)
    return Problem(path, line, column, said.detail, warning=warned, rule=said.rule, fact=_AS[form].filled(fact=name))


def _of_pictures(reading: Reading, bank: Bank, pictures: Collection[str], path: str) -> Iterator[Problem]:
    for fact in bank:
        image = fact.extras.image
        if image is not None and last_part(image.path) not in pictures:
            line, column = reading.places.get(fact.id, (1, 1))
            message = msg('no picture "%(picture)s" was uploaded; its words are shown instead', picture=image.path)
            hint = msg("upload a picture of this name")
            yield Problem(path, line, column, message, hint, warning=True, fact=fact.id)


def _lost(text: Text) -> Iterator[Problem]:
    """Find characters that were not readable when the file came in, so that none is published unseen."""
    content = text.content if isinstance(text.content, str) else ""
    if _LOST not in content:
        return
    told = 0
    for number, line in enumerate(lines_of(text), 1):
        at = line.find(_LOST)
        if at >= 0 and told < _MOST_LOST:
            told += 1
            message = msg("a character could not be read here: the file was not UTF-8 text")
            yield Problem(text.path, number, at + 1, message, msg("write the character again"), line[:_EXCERPT])


def _line(text: Text, number: int) -> str:
    lines = lines_of(text)
    return lines[number - 1][:_EXCERPT] if number <= len(lines) else ""
