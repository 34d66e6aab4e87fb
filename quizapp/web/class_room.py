"""What the pages of a class share: who may look, the cohort, the choices above the page, and the words of facts."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

from flask import request
from flask_babel import gettext as _
from markupsafe import Markup

from quizapp.actions.access import Seat
from quizapp.core.insight.cohort import Cohort
from quizapp.core.insight.expected import Expected
from quizapp.core.insight.model import Size
from quizapp.core.insight.topics import CourseFact, Topic
from quizapp.core.knowledge.facts import prompt_of
from quizapp.core.knowledge.model import Bank
from quizapp.core.memory.days import study_day
from quizapp.store import classroom, library
from quizapp.store.classroom import Also
from quizapp.store.db import db
from quizapp.web import naming, words
from quizapp.web.identity import learner
from quizapp.web.markdown import inline
from quizapp.web.seats import place

FURTHEST = timedelta(days=366)
"""A day further away is not asked for."""


@dataclass(frozen=True, slots=True)
class Room:
    """A course as its staff look at it: `editions` are its banks by row id in the language of whoever looks."""

    place: Seat
    now: datetime
    banks: tuple[Size, ...]
    editions: Mapping[int, Bank]
    cohort: Cohort

    @property
    def today(self) -> date:
        """The study day of the course."""
        return study_day(self.now, self.place.course.zone)

    @property
    def course_id(self) -> int:
        """The row id of the course."""
        return self.place.course.id

    def ahead(self, day: date) -> float:
        """Give the days from now to the same time on a day."""
        return float((day - self.today).days)

    def bank(self, bank_id: int) -> Size:
        """Give one of the banks."""
        return next(bank for bank in self.banks if bank.id == bank_id)


@dataclass(frozen=True, slots=True)
class Choices:
    """What was chosen above the page, None or empty for all; what cannot be read counts as not chosen."""

    bank: int | None
    topic: str
    day: date | None


class Worded(NamedTuple):
    """A fact in words: what asks for it, the answer, the titles of its topic and bank."""

    prompt: str
    answer: str
    topic: str
    bank: str
    language: str


def enter(course_id: int, *, also: Also = "") -> Room:
    """Let the staff of a course in; for all others there is no such page. `also` as `classroom.cohort_of` has it."""
    seat, session, now = place(course_id, "assistant"), db.session(), datetime.now(UTC)
    banks = tuple(classroom.banks(session, course_id))
    language = learner().reads
    editions = {bank.id: library.edition(session, bank.version_id, language) for bank in banks}
    laid = classroom.syllabus_of(session, banks, language)
    return Room(seat, now, banks, editions, classroom.cohort_of(session, course_id, laid, now, also=also))


def choices(room: Room) -> Choices:
    """Read from the address what was chosen."""
    bank, topic = request.args.get("bank", type=int), request.args.get("topic", "")
    return Choices(
        bank if any(bank == one.id for one in room.banks) else None,
        topic if any(topic == one.key for one in room.cohort.syllabus.topics) else "",
        day_chosen(room.today),
    )


def day_chosen(today: date) -> date | None:
    """Read the day from the address, if it is not past and within a year."""
    try:
        day = date.fromisoformat(request.args.get("day", ""))
    except ValueError:
        return None
    return day if today <= day <= today + FURTHEST else None


def narrowed(room: Room, chosen: Choices) -> Cohort:
    """Keep the facts that were chosen."""
    laid = room.cohort.syllabus
    banks, topics = [chosen.bank] if chosen.bank else [], [chosen.topic] if chosen.topic else []
    return room.cohort.narrowed(laid.within(banks=banks, topics=topics))


def topics_of(room: Room, chosen: Choices) -> list[Topic]:
    """Give the topics to choose from: those of the bank chosen, or all."""
    return [topic for topic in room.cohort.syllabus.topics if chosen.bank in (None, topic.bank)]


def worded(room: Room, fact: CourseFact) -> Worded:
    """Put a fact in words."""
    edition = room.editions[fact.bank]
    known = edition.facts[fact.key]
    topic, _bank = name_of(room.cohort.syllabus.topics[fact.topic], room.banks)
    return Worded(prompt_of(edition, known), words.answer(edition, known), topic, edition.title, edition.language)


def names(room: Room, facts: Iterable[CourseFact]) -> dict[int, Worded]:
    """Put facts in words, by row id."""
    return {fact.id: worded(room, fact) for fact in facts}


def between(share: Expected | None) -> str:
    """Write the 90 % interval of a share, or that there is not enough data."""
    if share is None or share.low is None or share.high is None:
        return str(_("not enough data"))
    return f"{words.percent(share.low)} – {words.percent(share.high)}"


def likely(share: Expected | None) -> str:
    """Say between which shares the true one likely lies, or that there is not enough data."""
    if share is None or share.low is None:
        return between(share)
    return str(_("likely %(range)s", range=between(share)))


def name_of(topic: Topic, banks: Sequence[Size]) -> tuple[str, str]:
    """Name a topic and, where it does not say so itself and there are several, its bank.

    What is in no container is called so, since a container may have the title of its bank.
    """
    bank = next(bank for bank in banks if bank.id == topic.bank)
    title = str(_("Other facts")) if topic.key == bank.key else topic.title
    return title, "" if len(banks) == 1 else naming.title_of(bank)


def title_of(topic: Topic, banks: Sequence[Size]) -> Markup:
    """Name a topic and its bank as HTML."""
    title, bank = name_of(topic, banks)
    return Markup("{} <span class=muted>{}</span>").format(inline(title), bank) if bank else inline(title)
