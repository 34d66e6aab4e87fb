"""Item analysis and mix-ups in words: rows of lists, tables and pictures."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil

from flask_babel import gettext as _
from flask_babel import lazy_gettext

from quizapp.core.insight.alternatives import Alternatives, Value, alternatives, given_instead, retold
from quizapp.core.insight.classconfusions import Direction, Matrix, Pair
from quizapp.core.insight.firstanswers import Answers
from quizapp.core.insight.itemanalysis import Distractor, Flag, ItemStats, analyse
from quizapp.core.insight.model import Size
from quizapp.core.items import results, snapshot
from quizapp.core.items.model import Form
from quizapp.store.analysis import FORMS, Shown
from quizapp.web.naming import Named
from quizapp.web.words import form_name

LEVELS = 4
THICKEST = 9.0
TYPED_BY = 2
"""Words that nobody else typed are not shown: they may say who did."""

FLAG_NAMES = {
    Flag.HARD: lazy_gettext("Hard"),
    Flag.EASY: lazy_gettext("Easy"),
    Flag.FLAT: lazy_gettext("Does not separate"),
    Flag.ALSO_TRUE: lazy_gettext("Perhaps also true"),
    Flag.IDLE: lazy_gettext("Idle wrong answer"),
}
ADVICE = {
    Flag.HARD: lazy_gettext(
        "Hardly anybody gets it right at first. Teach it again, or see whether the question can be misread."
    ),
    Flag.EASY: lazy_gettext(
        "Nearly everybody gets it right at first, so it tells little. Ask it in a harder form, or drop it from tests."
    ),
    Flag.FLAT: lazy_gettext(
        "Those who know the rest get it right hardly more often than the others. Look for unclear words, "
        "a hint in the question, or a second answer that could be defended."
    ),
    Flag.ALSO_TRUE: lazy_gettext(
        "The better somebody is, the likelier they choose this wrong answer. Perhaps it is also true: check the fact, "
        "and if it is, say so with also-true or mend the value."
    ),
    Flag.IDLE: lazy_gettext(
        "Hardly anybody takes this wrong answer for the right one. Find one that students really believe, "
        "or do with fewer answers."
    ),
}


@dataclass(frozen=True, slots=True)
class Line:
    """An item in the list: its words, its bank and its numbers."""

    name: Named
    form: str
    form_name: str
    bank: Size
    stats: ItemStats

    @property
    def words(self) -> str:
        """Give what a search looks through."""
        return f"{self.name.prompt} {self.name.answer}"


@dataclass(frozen=True, slots=True)
class Wrong:
    """A wrong value in words; `name` is None where it is no fact of the course."""

    text: str
    name: Named | None
    stats: Distractor


@dataclass(frozen=True, slots=True)
class Sheet:
    """One form of a fact: its numbers, its wrong answers, and for forms that show none what was given instead."""

    form: Form
    stats: ItemStats
    wrong: list[Wrong]
    instead: list[tuple[str, int]]
    others: int


@dataclass(frozen=True, slots=True)
class Arc:
    """A line of the picture from one place to another, thicker for more mix-ups."""

    start: int
    end: int
    width: float
    title: str


def lines(stats: Iterable[ItemStats], names: Mapping[int, Named], banks: Mapping[int, Size]) -> list[Line]:
    """Put items into words; `banks` is by fact."""
    return [
        Line(names[one.fact], FORMS[one.form].value, form_name(FORMS[one.form]), banks[one.fact], one)
        for one in stats
        if one.fact in names and one.fact in banks
    ]


def sheets(
    answers: Answers,
    fact: tuple[int, str],
    shown: Mapping[int, Shown],
    private: Collection[int],
    *,
    test: bool,
) -> tuple[list[tuple[ItemStats, list[tuple[int, int]]]], list[Value]]:
    """Analyse every form of one fact by the questions as they were shown; values are numbered from 1."""
    number, key = fact
    rows = [at for at, each in enumerate(answers.fact.tolist()) if each == number]
    told = [_alternatives(shown.get(int(answers.key[row])), key) for row in rows]
    again, values = retold(answers, rows, told)
    stats = analyse(again, private, test=test, only=number)
    return [(one, given_instead(again, number, one.form, private)) for one in stats], values


def sheet(
    stats: ItemStats, given: Sequence[tuple[int, int]], values: Sequence[Value], names: Mapping[str, Named]
) -> Sheet:
    """Put one form of a fact into words; `names` is by key of the fact."""
    wrong = [
        Wrong(_text(values[one.value - 1], names), names.get(values[one.value - 1].fact or ""), one)
        for one in stats.distractors
    ]
    instead = [] if wrong else [(values[value - 1], times) for value, times in given]
    told = [(_text(value, names), times) for value, times in instead if value.fact in names or times >= TYPED_BY]
    others = sum(times for _value, times in instead) - sum(times for _text, times in told)
    return Sheet(FORMS[stats.form], stats, wrong, told, others)


def letters(count: int) -> list[str]:
    """Give the short names that facts have in a picture."""
    return [chr(ord("A") + at) for at in range(count)]


def shaded(matrix: Matrix) -> list[list[tuple[str, int]]]:
    """Give the cells of a matrix with their words and shade, darker for more mix-ups."""
    return [
        [
            ("–", 0)
            if cell is None
            else (f"{cell.chosen}/{cell.shown}" if cell.shown else "·", _level(cell, matrix.most))
            for cell in row
        ]
        for row in matrix.cells
    ]


def arcs(matrix: Matrix, pairs: Iterable[Pair]) -> list[Arc]:
    """Draw the pairs whose facts are both in the matrix."""
    places = {fact: at for at, fact in enumerate(matrix.facts)}
    signs = letters(len(places))
    drawn = [pair for pair in pairs if pair.there.fact in places and pair.there.other in places]
    most = max((pair.chosen for pair in drawn), default=1)
    found = []
    for pair in drawn:
        start, end = sorted((places[pair.there.fact], places[pair.there.other]))
        width = round(1.0 + (THICKEST - 1.0) * pair.chosen / most, 1)
        title = _("%(one)s and %(other)s: %(times)s times", one=signs[start], other=signs[end], times=pair.chosen)
        found.append(Arc(start, end, width, str(title)))
    return found


def _alternatives(kept: Shown | None, key: str) -> Alternatives | None:
    if kept is None or not kept.result:
        return None
    return alternatives(snapshot.load(kept.snapshot), results.load(kept.result), key)


def _text(value: Value, names: Mapping[str, Named]) -> str:
    known = names.get(value.fact or "")
    return known.answer if known else value.text


def _level(cell: Direction, most: int) -> int:
    return ceil(cell.chosen * LEVELS / most) if most else 0
