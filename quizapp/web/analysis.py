"""What the class's answers say about items and confusions."""

from collections.abc import Collection
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, abort, render_template, request
from flask_babel import gettext as _

from quizapp.actions import access
from quizapp.actions.access import Seat
from quizapp.actions.errors import NotFound
from quizapp.core.insight import classconfusions
from quizapp.core.insight.itemanalysis import ENOUGH, analyse
from quizapp.core.insight.model import Size
from quizapp.core.insight.privacy import LEAST
from quizapp.store import analysis, courses, library, rights
from quizapp.store.analysis import FORMS, Where
from quizapp.store.courses import Student
from quizapp.store.db import db
from quizapp.web import analysed, listing, words
from quizapp.web.analysed import Line
from quizapp.web.identity import learner
from quizapp.web.naming import Named, names, title_of
from quizapp.web.seats import place

bp = Blueprint("analysis", __name__)

DRAWN = 10
"""Facts in the pictures of what is mixed up."""


@bp.get("/courses/<int:course_id>/items")
def items(course_id: int) -> str:
    """List the items of a course with their numbers."""
    seat, session = place(course_id, "assistant"), db.session()
    where, banks = _where(), analysis.banks_of(session, course_id)
    private = _private(courses.students(session, course_id))
    stats = analyse(analysis.first_answers(session, course_id, where), private, test=where is Where.TESTS)
    facts = {one.fact for one in stats}
    found = analysed.lines(stats, names(facts, banks, learner().reads), _banks(facts, banks))
    listed = listing.of(
        found,
        keys={
            "name": lambda line: line.name.prompt,
            "form": lambda line: line.form_name,
            "n": lambda line: line.stats.n,
            "facility": lambda line: line.stats.facility and line.stats.facility.value,
            "corrected": lambda line: line.stats.corrected,
            "discrimination": lambda line: line.stats.discrimination and line.stats.discrimination.value,
            "flags": lambda line: len(line.stats.flags),
        },
        default="-flags",
        search=lambda line: line.words,
        filters=_filters(banks),
    )
    return render_template(
        "analysis/items.html",
        **_frame(seat, "items", where),
        listed=listed,
        banks=banks,
        enough=sum(line.stats.n >= ENOUGH for line in found),
        flagged=sum(bool(line.stats.flags) for line in found),
        private=len(private),
    )


@bp.get("/courses/<int:course_id>/items/<int:fact_id>")
def item(course_id: int, fact_id: int) -> str:
    """Show one fact in all its forms, with what was taken for it."""
    seat, session = place(course_id, "assistant"), db.session()
    where, banks = _where(), analysis.banks_of(session, course_id)
    bank, key = _home(fact_id, banks)
    name = names([fact_id], banks, learner().reads).get(fact_id)
    if name is None:
        abort(404)
    answers = analysis.first_answers(session, course_id, where)
    shown = analysis.as_shown(session, answers.key[answers.fact == fact_id].tolist())
    private = _private(courses.students(session, course_id))
    told, values = analysed.sheets(answers, (fact_id, key), shown, private, test=where is Where.TESTS)
    known = _named({value.fact for value in values if value.fact}, bank)
    return render_template(
        "analysis/item.html",
        **_frame(seat, "items", where),
        name=name,
        bank=bank,
        sheets=[analysed.sheet(stats, given, values, known) for stats, given in told],
        **_ways_to_bank(bank),
    )


@bp.get("/courses/<int:course_id>/confusions")
def confusions(course_id: int) -> str:
    """Show which fact is answered with which, by the class or by one student."""
    seat, session = place(course_id, "assistant"), db.session()
    people = courses.students(session, course_id)
    student = _student(people)
    counts = analysis.mixed_up_by(session, course_id, student.id) if student else analysis.mixed_up(session, course_id)
    hidden = student is not None and student.private
    known = {} if hidden else classconfusions.directions(counts, 1 if student else LEAST)
    banks = analysis.banks_of(session, course_id)
    named = names({fact for pair in known for fact in pair}, banks, learner().reads)
    pairs = [pair for pair in classconfusions.pairs(known) if pair.there.fact in named and pair.there.other in named]
    matrix = classconfusions.matrix(known, pairs, DRAWN)
    listed = listing.of(
        pairs,
        keys={"times": lambda pair: pair.chosen, "share": lambda pair: pair.share, "people": lambda pair: pair.people},
        default="-times",
        search=lambda pair: " ".join(_words(named[each]) for each in (pair.there.fact, pair.there.other)),
    )
    return render_template(
        "analysis/confusions.html",
        place=seat,
        tab="confusions",
        listed=listed,
        names=named,
        student=student,
        students=[person for person in people if not person.private],
        hidden=hidden,
        private=len(_private(people)),
        facts=[named[fact] for fact in matrix.facts],
        letters=analysed.letters(len(matrix.facts)),
        cells=analysed.shaded(matrix),
        arcs=analysed.arcs(matrix, pairs),
        most=matrix.most,
        least=LEAST,
    )


def _where() -> Where:
    """Read where answers are to be taken from; what is no such place means everywhere."""
    asked = request.args.get("where", "")
    return Where(asked) if asked in set(Where) else Where.BOTH


def _frame(seat: Seat, tab: str, where: Where) -> dict[str, Any]:
    """Give what both pages of items share: the tabs between practice, tests and both keep what else was asked."""
    asked = [(name, request.args[name]) for name in ("q", "sort", "bank", "form", "flag") if request.args.get(name)]

    def url(each: Where) -> str:
        kept = asked if each is Where.BOTH else [*asked, ("where", each.value)]
        return f"{request.path}?{urlencode(kept)}"

    labels = ((Where.BOTH, _("Practice and tests")), (Where.PRACTICE, _("Practice")), (Where.TESTS, _("Tests")))
    return {
        "place": seat,
        "tab": tab,
        "where": where.value,
        "wheres": [(label, url(each), each is where, None) for each, label in labels],
        "flag_names": analysed.FLAG_NAMES,
        "advice": analysed.ADVICE,
        "percent": words.percent,
        "number": words.exact,
    }


def _filters(banks: list[Size]) -> list[listing.Filter[Line]]:
    flags = [("any", _("any")), *((flag.value, str(name)) for flag, name in analysed.FLAG_NAMES.items())]
    forms = [(form.value, words.form_name(form)) for form in FORMS]
    titles = [(bank.key, title_of(bank)) for bank in banks]
    return [
        listing.Filter("bank", _("Bank"), titles, lambda line, key: line.bank.key == key),
        listing.Filter("form", _("Form"), forms, lambda line, form: line.form == form),
        listing.Filter("flag", _("Noticed"), flags, _has_flag),
    ]


def _has_flag(line: Line, flag: str) -> bool:
    return bool(line.stats.flags) if flag == "any" else flag in line.stats.flags


def _named(keys: Collection[str], bank: Size) -> dict[str, Named]:
    """Name facts of a bank by their keys, as far as they are still there."""
    ids = library.fact_ids(db.session(), bank.id)
    found = names([ids[key] for key in keys if key in ids], [bank], learner().reads)
    return {key: found[ids[key]] for key in keys if ids.get(key) in found}


def _private(people: list[Student]) -> frozenset[int]:
    return frozenset(person.id for person in people if person.private)


def _banks(facts: set[int], banks: list[Size]) -> dict[int, Size]:
    by_id = {bank.id: bank for bank in banks}
    found = library.fact_keys(db.session(), facts)
    return {fact: by_id[bank] for fact, (bank, _key) in found.items() if bank in by_id}


def _home(fact_id: int, banks: list[Size]) -> tuple[Size, str]:
    """Give the bank of a fact that is in the course, and its key there."""
    owner, key = library.fact_keys(db.session(), [fact_id]).get(fact_id, (0, ""))
    bank = next((bank for bank in banks if bank.id == owner), None)
    if bank is None:
        raise NotFound
    return bank, key


def _ways_to_bank(bank: Size) -> dict[str, bool]:
    """Say whether the reader may open the bank, and whether they may edit it."""
    session, user = db.session(), learner()
    try:
        row = access.bank_of(session, user, bank.key)
    except NotFound:
        return {"may_open": False, "may_edit": False}
    return {"may_open": True, "may_edit": rights.may_edit(session, user, row)}


def _student(people: list[Student]) -> Student | None:
    asked = request.args.get("student", "")
    if not asked:
        return None
    found = next((person for person in people if str(person.id) == asked), None)
    if found is None:
        abort(404)
    return found


def _words(name: Named) -> str:
    return f"{name.prompt} {name.answer}"
