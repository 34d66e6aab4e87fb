"""What the pages of the workshop share: whose draft it is, its files as tabs, and problems as they are shown."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import request, url_for

from quizapp.actions import access
from quizapp.actions.checking import Checked, blocks
from quizapp.actions.errors import NotFound
from quizapp.core.knowledge.limits import Text
from quizapp.core.knowledge.peek import header, lines_of
from quizapp.core.knowledge.reading import Problem
from quizapp.store import drafts, models
from quizapp.store.db import db
from quizapp.store.engine import begin_writing
from quizapp.web.identity import learner
from quizapp.web.languages import said

MOST_TOLD = 150
_BEFORE, _AFTER = 20, 40


@dataclass(frozen=True, slots=True)
class Told:
    """A problem on a page: where to jump to, and the piece of its line with the place in it (`at`, from 0).

    All is said in the language of the page. `short` is the message without the name of the fact, for beside the line.
    """

    file: str
    line: int
    column: int
    message: str
    short: str
    hint: str
    rule: str
    tone: str
    here: bool
    piece: str
    at: int
    url: str


@dataclass(frozen=True, slots=True)
class Tab:
    """A file of a draft above the editor; `errors` counts what stands against publishing it."""

    name: str
    language: str
    url: str
    current: bool
    errors: int


@dataclass(frozen=True, slots=True)
class Report:
    """A check as it is shown: errors, then warnings, cut where they are very many; `more` are not shown."""

    errors: tuple[Told, ...]
    warnings: tuple[Told, ...]
    more: int
    checked: Checked


def author() -> models.User:
    """Give whoever is logged in if they may write banks; else there is no such page."""
    user = learner()
    if user.role not in access.AUTHORS:
        raise NotFound
    return user


def own_draft(draft_id: int) -> models.Draft:
    """Give a draft that whoever is logged in may edit; else there is no such page."""
    return access.draft_of(db.session(), learner(), draft_id)


def begin_change() -> None:
    """Begin to write after slow work that needed no lock; what was read before is read afresh."""
    db.session.rollback()
    begin_writing(db.session())


def version_sent() -> int:
    """Give the version that a form was written over, 0 where it says none."""
    return request.form.get("version", 0, type=int)


def saved_by(draft: models.Draft) -> str:
    """Name who saved a draft last, empty where it was whoever reads it."""
    if draft.updated_by is None or draft.updated_by == learner().id:
        return ""
    return drafts.names(db.session(), [draft.updated_by]).get(draft.updated_by, "")


def report_of(draft: models.Draft, texts: Sequence[Text], checked: Checked, current: str) -> Report:
    """Make a check ready for the page; `current` is the file that is open."""
    lines = {text.path: lines_of(text) for text in texts}
    errors = [_told(draft, problem, lines, current) for problem in checked.errors]
    warnings = [_told(draft, problem, lines, current) for problem in checked.warnings]
    shown = max(0, MOST_TOLD - len(errors[:MOST_TOLD]))
    more = max(0, len(errors) - MOST_TOLD) + max(0, len(warnings) - shown)
    return Report(tuple(errors[:MOST_TOLD]), tuple(warnings[:shown]), more, checked)


def tabs_of(draft: models.Draft, texts: Sequence[Text], checked: Checked, current: str) -> list[Tab]:
    """Give the files of a draft as tabs, the source first."""
    return [
        Tab(
            text.path,
            header(text).language,
            _url(draft, text.path),
            text.path == current,
            sum(problem.path == text.path for problem in checked.errors),
        )
        for text in texts
    ]


def _url(draft: models.Draft, file: str, line: int = 0) -> str:
    return url_for("draft_editor.edit", draft_id=draft.id, file=file, line=line or None, _anchor="source")


def _told(draft: models.Draft, problem: Problem, lines: dict[str, list[str]], current: str) -> Told:
    known = lines.get(problem.path, [])
    text = known[problem.line - 1] if 0 < problem.line <= len(known) else problem.excerpt
    at = min(max(problem.column - 1, 0), len(text))
    start = max(0, at - _BEFORE)
    short = said(problem.message)
    return Told(
        file=problem.path,
        line=problem.line,
        column=problem.column,
        message=f"{said(problem.fact)}: {short}" if problem.fact else short,
        short=short,
        hint=said(problem.hint),
        rule=problem.rule,
        tone="wrong" if blocks(problem) else "partly",
        here=problem.path == current,
        piece=text[start : at + _AFTER],
        at=at - start,
        url=_url(draft, problem.path, problem.line),
    )
