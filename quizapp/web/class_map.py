"""The class map: how well a class keeps each fact, who needs help with what, and students against topics."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from flask import render_template
from flask_babel import gettext as _
from markupsafe import Markup

from quizapp.core.insight import expected, sheets
from quizapp.core.insight.classmap import FactLine, StudentLine, class_map, needs, student_lines
from quizapp.core.insight.cohort import Cohort
from quizapp.core.insight.expected import Expected
from quizapp.core.insight.sheets import Part
from quizapp.core.insight.standing import shade
from quizapp.core.knowledge.facts import prompt_of, text_of
from quizapp.core.knowledge.model import Bank, Card, Question, Statement
from quizapp.core.memory.readiness import Floats, recall_on
from quizapp.web import class_room as shared
from quizapp.web import listing
from quizapp.web.class_room import Room
from quizapp.web.markdown import inline
from quizapp.web.words import percent

HELPED = 15
"""So many needs are listed on the map; the page of students has them all."""

LONG_LIST = 12
"""Of a longer list only so many are shown unasked."""

Cell = tuple[str, int | None]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A container of a bank shaded by the class's recall; a comparison has columns and rows, others a list of cells.

    Of a long list the `weakest` are picked, those not begun left out.
    """

    title: str
    language: str
    columns: list[Markup]
    rows: list[tuple[Markup, list[Cell | None]]]
    cells: list[tuple[Markup, str, int | None]]
    weakest: list[tuple[Markup, str, int | None]]


@dataclass(frozen=True, slots=True)
class Chapter:
    """A bank of the map: the class's recall of what it has begun of it, and its containers."""

    edition: Bank
    recall: Expected | None
    facts: int
    sheets: list[Sheet]


def show(course_id: int) -> str:
    """Show how well the class keeps each fact, today or on a chosen day."""
    room = shared.enter(course_id)
    chosen = shared.choices(room)
    cohort = shared.narrowed(room, chosen)
    day = chosen.day or room.today
    recall = recall_on(cohort.held, room.ahead(day))
    found = class_map(cohort, recall)
    lines = student_lines(cohort, recall)
    worded = shared.names(room, cohort.syllabus.facts)
    return render_template(
        "classroom/map.html",
        place=room.place,
        tab="map",
        room=room,
        chosen=chosen,
        topics=shared.topics_of(room, chosen),
        day=day,
        found=found,
        chapters=_chapters(room, cohort, recall, found.facts),
        needs=needs(lines, cohort.syllabus.topics),
        helped=HELPED,
        private=sum(student.private for student in cohort.students),
        worded=worded,
        listed=listing.of(
            found.facts,
            keys={
                "fact": lambda line: worded[line.fact.id].prompt,
                "topic": lambda line: worded[line.fact.id].topic,
                "recall": lambda line: line.recall.mean if line.recall else None,
                "begun": lambda line: line.begun,
            },
            default="recall",
            search=lambda line: " ".join(worded[line.fact.id][:4]),
            size=25,
        ),
    )


def students(course_id: int) -> str:
    """Set the students against the topics."""
    room = shared.enter(course_id)
    chosen = shared.choices(room)
    cohort = shared.narrowed(room, chosen)
    day = chosen.day or room.today
    lines = student_lines(cohort, recall_on(cohort.held, room.ahead(day)))
    kept = sorted({fact.topic for fact in cohort.syllabus.facts})
    return render_template(
        "classroom/students.html",
        place=room.place,
        tab="students",
        room=room,
        chosen=chosen,
        topics=shared.topics_of(room, chosen),
        day=day,
        columns=[(place, cohort.syllabus.topics[place]) for place in kept],
        listed=listing.of(
            lines,
            keys={
                "name": lambda line: line.student.name,
                "recall": lambda line: line.recall.mean if line.recall else None,
                "begun": lambda line: None if line.student.private else line.begun,
                **{f"t{place}": _by_topic(place) for place in kept},
            },
            default="name",
            search=lambda line: line.student.name,
        ),
        begun=any(line.begun for line in lines),
    )


def level_of(recall: Expected | None) -> int | None:
    """Shade a share; None where there is none."""
    return None if recall is None else shade(recall.mean)


def _by_topic(place: int) -> Callable[[StudentLine], float | None]:
    def mean(line: StudentLine) -> float | None:
        found = line.topics[place]
        return found.mean if found else None

    return mean


def _chapters(room: Room, cohort: Cohort, recall: Floats, lines: Sequence[FactLine]) -> list[Chapter]:
    """Lay out what was chosen of each bank as it was written."""
    found = []
    for bank in room.banks:
        here = cohort.syllabus.within(banks=[bank.id])
        by_key = {line.fact.key: line for line in lines if line.fact.bank == bank.id}
        parts = [part for part in sheets.parts(room.editions[bank.id]) if by_key.keys() & set(sheets.keys_of([part]))]
        if parts:
            edition = room.editions[bank.id]
            share = expected.over_class(recall[:, here], cohort.begun[:, here])
            found.append(Chapter(edition, share, len(by_key), [_sheet(edition, part, by_key) for part in parts]))
    return found


def _sheet(edition: Bank, part: Part, lines: Mapping[str, FactLine]) -> Sheet:
    single = {"cards": _("Cards"), "questions": _("Questions"), "statements": _("True or false")}
    title = part.title or str(single.get(part.kind, _("Texts with gaps")))
    if part.kind == "comparison":
        columns = [inline(name) for name, _also in part.heads]
        rows = [(inline(unit.name), [_cell(key, lines) for key in unit.facts]) for unit in part.units]
        return Sheet(title, edition.language, columns, rows, [], [])
    keys = [(unit.name, key) for unit in part.units for key in unit.facts if key is not None and key in lines]
    cells = _listed(edition, keys, lines)
    return Sheet(title, edition.language, [], [], cells, _weakest(cells, [lines[key] for _name, key in keys]))


def _listed(
    edition: Bank, keys: Sequence[tuple[str, str]], lines: Mapping[str, FactLine]
) -> list[tuple[Markup, str, int | None]]:
    return [(_words(edition, name, key), *_shown(lines[key])) for name, key in keys]


def _weakest(
    cells: Sequence[tuple[Markup, str, int | None]], lines: Sequence[FactLine]
) -> list[tuple[Markup, str, int | None]]:
    if len(cells) <= LONG_LIST:
        return []
    begun = [(line.recall.mean, place) for place, line in enumerate(lines) if line.recall]
    return [cells[place] for _mean, place in sorted(begun)[:LONG_LIST]]


def _words(edition: Bank, name: str, key: str) -> Markup:
    fact = edition.facts[key]
    if isinstance(fact, Card | Question | Statement):
        return inline(prompt_of(edition, fact))
    text = inline(text_of(fact))
    return Markup("<b>{}</b> {}").format(inline(name), text) if name else text


def _cell(key: str | None, lines: Mapping[str, FactLine]) -> Cell | None:
    line = lines.get(key or "")
    return None if line is None else _shown(line)


def _shown(line: FactLine) -> Cell:
    return (percent(line.recall.mean), shade(line.recall.mean)) if line.recall else (str(_("not begun")), None)
