"""The files of a draft: translations are added and taken out; the source stays."""

from datetime import datetime

from sqlalchemy.orm import Session

from quizapp.actions.drafting import OVERLAY_FILE, Saved, Stale, hold, new_file, stale, touch
from quizapp.actions.errors import NotFound, Refused
from quizapp.core.knowledge.limits import Text
from quizapp.core.knowledge.peek import header
from quizapp.core.knowledge.read import read
from quizapp.core.knowledge.reading import Problem
from quizapp.messages import Message, msg
from quizapp.store import drafts, models


def add_file(
    session: Session, user: models.User, draft: models.Draft, language: str, version: int, *, now: datetime
) -> models.DraftText | Stale:
    """Add a translation: an overlay in a language with nothing translated yet."""
    hold(session, draft)
    files = drafts.files_of(session, draft.id)
    source = header(drafts.texts_of(session, draft.id)[0])
    if draft.version != version:
        return stale(session, draft, None)
    if any(header(Text(file.filename, file.content)).language == language for file in files):
        raise Refused("There is a file in this language already.", "language")
    key, original = source.id or "bank-id", source.language or "en"
    content = OVERLAY_FILE.format(id=key, translates=original, language=language, title=source.title)
    wrong = _language_problem(Text("overlay", content))
    if wrong is not None:
        raise Refused(no_language(language, wrong), "language")
    file = new_file(session, draft, f"{key}.{language}.yaml")
    file.content = content
    touch(session, user, draft, now)
    return file


def remove_file(
    session: Session, user: models.User, draft: models.Draft, filename: str, version: int, *, now: datetime
) -> Saved | Stale:
    """Take a translation out of a draft; the source file stays."""
    hold(session, draft)
    file = drafts.file_named(session, draft.id, filename)
    if file is None:
        raise NotFound
    if draft.version != version:
        return stale(session, draft, file)
    if drafts.texts_of(session, draft.id)[0].path == filename:
        raise Refused("The source file stays: discard the draft to be rid of all of it.", "filename")
    session.delete(file)
    touch(session, user, draft, now)
    return Saved(draft)


def no_language(language: str, problem: Problem) -> Message:
    """Say that a text is no language, with the hint of the problem that it makes in a file."""
    return msg('"%(language)s" is not a language code: %(hint)s.', language=language, hint=problem.hint)


def _language_problem(text: Text) -> Problem | None:
    """Find what the reader has against the language of a text."""
    line = header(text).lines.get("language")
    return next((problem for problem in read(text).problems if problem.line == line), None)
