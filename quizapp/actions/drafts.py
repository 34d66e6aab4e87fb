"""Writing banks: drafts are begun, saved, given files and thrown away; what was published stays as it is meanwhile."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from quizapp.actions.access import AUTHORS, editable_bank
from quizapp.actions.checking import Checked, banks_by_key, check, check_draft
from quizapp.actions.draft_files import add_file, no_language, remove_file
from quizapp.actions.draft_plans import DraftPlan, plan_of, publish
from quizapp.actions.drafting import (
    FIRST_FILE,
    Saved,
    Stale,
    free_name,
    hold,
    look_over,
    named,
    new_file,
    plain_text,
    stale,
    touch,
    with_line_ends,
)
from quizapp.actions.errors import NotFound, Refused
from quizapp.core.knowledge.files import group
from quizapp.core.knowledge.keys import is_key
from quizapp.core.knowledge.limits import MOST_BYTES, Text
from quizapp.core.knowledge.peek import header, source_first
from quizapp.core.knowledge.read import read
from quizapp.messages import Message, msg
from quizapp.store import drafts, library, models, rights

__all__ = [
    "Checked",
    "DraftPlan",
    "Saved",
    "Stale",
    "add_file",
    "begin_empty",
    "begin_from_texts",
    "begin_upload",
    "check",
    "check_draft",
    "discard",
    "edit_bank",
    "plan_of",
    "publish",
    "remove_file",
    "save",
]


def begin_upload(
    session: Session, user: models.User, texts: Sequence[Text], *, now: datetime
) -> tuple[models.Draft, ...]:
    """Make drafts of files as they came, one a bank; a file that cannot be read is mended in its draft.

    Files of a bank that the user may edit become its draft, where they take the place of the files of their language.
    Refused when that bank's draft is open already; files of somebody else's bank make a draft of a new one.
    """
    _author(user)
    clean = [Text(named(text.path), plain_text(text.content)) for text in texts]
    if not clean:
        raise Refused("Choose at least one file.", "files")
    grouping = group(clean)
    sets = [(source, *overlays) for source, overlays in grouping.banks]
    placed = {id(text) for files in sets for text in files}
    sets += [(text,) for text in clean if id(text) not in placed]
    known = banks_by_key(session, {header(files[0]).id for files in sets})
    begun: list[models.Draft] = []
    taken: set[str] = set()
    for files in sets:
        key = header(files[0]).id
        bank = known.get(key)
        if bank is not None and key not in taken and rights.may_edit(session, user, bank):
            taken.add(key)
            begun.append(begin_from_texts(session, user, bank, _together(session, bank, files), now=now))
        else:
            begun.append(begin_from_texts(session, user, None, files, now=now))
    return tuple(begun)


def begin_empty(
    session: Session, user: models.User, *, title: str, bank_id: str, language: str, now: datetime
) -> models.Draft:
    """Begin a new bank with a small example in it; `bank_id` is the id that its author chose."""
    _author(user)
    if not is_key(bank_id):
        raise Refused("An id has small letters a to z, digits and hyphens, at most 64.", "bank_id")
    if library.bank_by_key(session, bank_id) is not None:
        raise Refused("This id is already that of another bank.", "bank_id")
    source = Text(f"{bank_id}.yaml", FIRST_FILE.format(id=bank_id, title=_quoted(title), language=language))
    wrong = next((problem for problem in read(source).problems if "language" in problem.excerpt), None)
    if wrong is not None:
        raise Refused(no_language(language, wrong), "language")
    return begin_from_texts(session, user, None, (source,), now=now)


def begin_from_texts(
    session: Session, user: models.User, bank: models.Bank | None, texts: Sequence[Text], *, now: datetime
) -> models.Draft:
    """Make a draft of texts: of a bank that the user may edit (Refused while one is open), or of a new bank."""
    _author(user)
    if bank is not None:
        editable_bank(session, user, bank)
        _none_open(session, bank)
    ordered = source_first(tuple(Text(named(text.path), plain_text(text.content)) for text in texts))
    draft = models.Draft(
        bank_id=bank.id if bank else None,
        owner_id=user.id,
        base_version_id=bank.version_id if bank else None,
        title=ordered[0].path,
        created_at=now,
        updated_at=now,
        updated_by=user.id,
    )
    session.add(draft)
    session.flush()
    names: set[str] = set()
    for text in ordered:
        name = free_name(text.path, names)
        names.add(name)
        session.add(models.DraftText(draft_id=draft.id, filename=name, content=str(text.content)))
        session.flush()
    look_over(session, draft)
    return draft


def edit_bank(session: Session, user: models.User, bank: models.Bank, *, now: datetime) -> models.Draft:
    """Open the draft of a bank, or begin one from what is published."""
    editable_bank(session, user, bank)
    there = drafts.open_draft(session, bank.id)
    if there is not None:
        return there
    if bank.version_id is None:
        raise NotFound
    return begin_from_texts(session, user, bank, library.texts_of(session, bank.version_id), now=now)


def save(
    session: Session,
    user: models.User,
    draft: models.Draft,
    filename: str,
    content: str,
    version: int,
    *,
    now: datetime,
) -> Saved | Stale:
    """Store a file of a draft as it was sent; with an old `version` nothing is stored and the other text is given.

    A file that somebody took out meanwhile comes back when it is saved over the version that lacks it.
    """
    hold(session, draft)
    if len(content) > MOST_BYTES:
        raise Refused("The file is too large: split it into several banks.", "content")
    file = drafts.file_named(session, draft.id, filename)
    kept = with_line_ends(content, file.content if file else "")
    if file is not None and kept == file.content:
        return Saved(draft)
    if draft.version != version:
        return stale(session, draft, file)
    if file is None:
        file = new_file(session, draft, filename)
    file.content = kept
    touch(session, user, draft, now)
    return Saved(draft)


def discard(session: Session, draft: models.Draft) -> None:
    """Throw a draft away; what was published stays."""
    session.execute(delete(models.Draft).where(models.Draft.id == draft.id))
    session.expunge(draft)


def _author(user: models.User) -> None:
    if user.role not in AUTHORS:
        raise NotFound


def _none_open(session: Session, bank: models.Bank) -> None:
    there = drafts.open_draft(session, bank.id)
    if there is not None:
        name = drafts.names(session, [there.updated_by]).get(there.updated_by or 0, "")
        raise Refused(_edited(bank.title, name), "files")


def _edited(title: str, name: str) -> Message:
    if not name:
        return msg('"%(bank)s" is being edited by somebody: open that draft, or discard it first.', bank=title)
    return msg('"%(bank)s" is being edited by %(name)s: open that draft, or discard it first.', bank=title, name=name)


def _together(session: Session, bank: models.Bank, files: Sequence[Text]) -> tuple[Text, ...]:
    """Keep the published files in languages that were not given, so that a translation is not lost by an upload."""
    given = {header(text).language for text in files}
    overlays_only = all(header(text).is_overlay for text in files)
    published = library.texts_of(session, bank.version_id) if bank.version_id is not None else ()
    kept = [
        text
        for number, text in enumerate(published)
        if (number > 0 or overlays_only) and header(text).language not in given
    ]
    return source_first((*files, *kept))


def _quoted(title: str) -> str:
    plain = " ".join(title.split()).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{plain}"'
