"""The languages of an account: of the pages, of the questions, and of what stands beside them."""

from collections.abc import Collection

from sqlalchemy.orm import Session

from quizapp.actions.account_fields import checked_language
from quizapp.actions.errors import Refused
from quizapp.actions.rewording import reword_all
from quizapp.languages import INTERFACE
from quizapp.store import library
from quizapp.store.models import User


def choose_language(session: Session, user: User, language: str) -> None:
    """Show the pages to somebody in another language; what they remember has none."""
    before = user.reads
    user.language = checked_language(language)
    _follow(session, user, before)


def settle_language(session: Session, user: User, language: str) -> None:
    """Keep the language in which somebody came in for the first time."""
    if user.language is None:
        choose_language(session, user, language)


def choose_languages(
    session: Session, user: User, *, language: str | None, content: str | None, second: str | None
) -> None:
    """Set the languages of the pages, of the questions (None: as the pages) and beside them (None: none).

    Refused names the field at fault; nothing is set then.
    """
    offered = {*readable(session, user), *(code for code in (user.content_language, user.second_language) if code)}
    wanted = None if language is None else checked_language(language)
    _refuse_unknown(content, offered, "content_language")
    _refuse_unknown(second, offered, "second_language")
    if second is not None and second == (content or wanted):
        raise Refused("The second language must be another one than that of the questions.", "second_language")
    before = user.reads
    user.language, user.content_language, user.second_language = wanted, content, second
    _follow(session, user, before)


def readable(session: Session, user: User) -> tuple[str, ...]:
    """Give the languages to read questions in: those of the pages, then what else the learner's banks are in."""
    others = (code for code in library.languages(session, user.id) if code not in INTERFACE)
    return (*INTERFACE, *others)


def _refuse_unknown(language: str | None, offered: Collection[str], field: str) -> None:
    if language is not None and language not in offered:
        raise Refused("Choose a language that one of your banks is in.", field)


def _follow(session: Session, user: User, before: str | None) -> None:
    session.flush()
    if user.reads != before:
        reword_all(session, user)
