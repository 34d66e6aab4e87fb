"""What all deeds about drafts share: names and contents of files, the lock, and what a late save is told."""

from collections.abc import Container
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from quizapp.actions.checking import blocks, id_problems, title_of
from quizapp.actions.errors import Refused
from quizapp.core.knowledge.read import read
from quizapp.store import drafts, models

LONGEST_NAME = 120
MOST_FILES = 60

FIRST_FILE = """\
# The id cannot be changed once the bank is published: learners' progress hangs on it.
knowledge: 1
id: {id}
language: {language}
title: {title}
description: One sentence that says what this bank is about.
sources:
  book: The book or lecture that says so

# One fact is one line of a card, one cell of a table, one definition. Write over these examples.
cards:
  first-card: {{front: What is asked?, back: The answer, source: book}}

comparisons:
  first-table:
    title: What is compared
    source: book
    concepts:
      one: The first thing
      two: The second thing
    attributes:
      cost: What does {{concept}} cost?
    facts: |
      |      | one        | two         |
      | cost | Much money | Little work |
"""

OVERLAY_FILE = """\
knowledge: 1
id: {id}
translates: {translates}
language: {language}

# Write the same ids as in the source file, with the texts in this language. What is missing is shown in the
# source language. A line such as  title: {title}  is translated by writing it here in the new language.
"""


@dataclass(frozen=True, slots=True)
class Saved:
    """A draft with what was sent in it."""

    draft: models.Draft


@dataclass(frozen=True, slots=True)
class Stale:
    """Somebody else was faster: the draft as it is now. `theirs` is the file as they left it, empty if it is gone."""

    version: int
    theirs: str
    by: str
    at: datetime


def named(path: str) -> str:
    """Give the name of a file without its folders, short enough to be kept."""
    name = "".join(char for char in path.replace("\\", "/").rpartition("/")[2] if char.isprintable()).strip()
    return name[-LONGEST_NAME:] or "bank.yaml"


def free_name(name: str, taken: Container[str]) -> str:
    """Give a file name that is not taken, with a number where it must be."""
    stem, dot, ending = name.rpartition(".")
    free, number = name, 2
    while free in taken:
        free, number = (f"{stem}-{number}{dot}{ending}" if dot else f"{name}-{number}"), number + 1
    return free


def plain_text(content: str | bytes) -> str:
    """Give a file as text that every database keeps; what is not UTF-8 becomes a mark that the check points at."""
    text = content.decode("utf-8-sig", "replace") if isinstance(content, bytes) else content.removeprefix("\ufeff")
    return text.replace("\0", "\ufffd").encode("utf-8", "replace").decode("utf-8")


def with_line_ends(content: str, before: str) -> str:
    """Give a text from a form the line ends that its file had, since browsers send their own."""
    text = plain_text(content).replace("\r\n", "\n").replace("\r", "\n")
    return text.replace("\n", "\r\n") if "\r\n" in before else text


def hold(session: Session, draft: models.Draft) -> None:
    """Read a draft again and keep others from changing it until the transaction ends."""
    session.refresh(draft, with_for_update=True)


def new_file(session: Session, draft: models.Draft, filename: str) -> models.DraftText:
    """Add an empty file to a draft."""
    there = drafts.files_of(session, draft.id)
    if len(there) >= MOST_FILES:
        raise Refused("A bank has at most 60 files.", "language")
    file = models.DraftText(
        draft_id=draft.id, filename=free_name(named(filename), {each.filename for each in there}), content=""
    )
    session.add(file)
    return file


def look_over(session: Session, draft: models.Draft) -> None:
    """Note the title and how many problems stand against publishing, for the list of drafts."""
    texts = drafts.texts_of(session, draft.id)
    reading = read(texts[0], texts[1:])
    draft.title = title_of(texts, reading)
    draft.problems = sum(
        blocks(problem) for problem in (*reading.problems, *id_problems(session, draft.bank_id, texts[0]))
    )
    session.flush()


def touch(session: Session, user: models.User, draft: models.Draft, now: datetime) -> None:
    """Raise the version of a draft that somebody changed."""
    draft.version += 1
    draft.updated_at, draft.updated_by = now, user.id
    session.flush()
    look_over(session, draft)


def stale(session: Session, draft: models.Draft, file: models.DraftText | None) -> Stale:
    """Say how a draft stands that somebody changed meanwhile."""
    names = drafts.names(session, [draft.updated_by])
    return Stale(draft.version, file.content if file else "", names.get(draft.updated_by or 0, ""), draft.updated_at)
