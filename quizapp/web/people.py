"""The people of a course: roles, accommodations, invitations, one person's page."""

from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from quizapp.actions import invitations, people
from quizapp.actions.access import RANKS, Seat
from quizapp.store import courses as shelf
from quizapp.store import people as register
from quizapp.store.db import db
from quizapp.store.people import Person
from quizapp.web import listing
from quizapp.web.filling import blaming
from quizapp.web.forms.courses import ROLES, AccommodationsForm, AddPersonForm, RoleForm
from quizapp.web.forms.values import number, text
from quizapp.web.identity import learner
from quizapp.web.listing import Filter
from quizapp.web.seats import place

bp = Blueprint("people", __name__)


@bp.get("/courses/<int:course_id>/people")
def index(course_id: int) -> ResponseReturnValue:
    """List who is in a course."""
    return _list(place(course_id, "assistant"), AddPersonForm())


@bp.post("/courses/<int:course_id>/people")
def add(course_id: int) -> ResponseReturnValue:
    """Add somebody by their address."""
    seat, form = place(course_id, "instructor"), AddPersonForm()
    if form.validate_on_submit():
        with blaming(form):
            added = people.add_person(
                db.session(), learner(), course_id, email=text(form.email), role=form.role.data, now=_now()
            )
            return _done(_added(added), "people.index", course_id=course_id)
    db.session.rollback()
    return _list(seat, form), 422


@bp.get("/courses/<int:course_id>/people/<int:user_id>")
def show(course_id: int, user_id: int) -> ResponseReturnValue:
    """Show one person of a course to its staff."""
    return _one(place(course_id, "assistant"), user_id)


@bp.post("/courses/<int:course_id>/people/<int:user_id>/role")
def role(course_id: int, user_id: int) -> ResponseReturnValue:
    """Change what somebody may do in a course."""
    seat, form = place(course_id, "instructor"), RoleForm()
    if form.validate_on_submit():
        with blaming(form):
            person = people.set_role(db.session(), learner(), course_id, user_id, role=form.role.data, now=_now())
            words = _("%(name)s has another role now.", name=person.name)
            end = "courses.show" if person.id == learner().id else "people.index"
            return _done(words, end, course_id=course_id)
    db.session.rollback()
    return _one(seat, user_id, role=form), 422


@bp.post("/courses/<int:course_id>/people/<int:user_id>/accommodations")
def accommodations(course_id: int, user_id: int) -> ResponseReturnValue:
    """Grant a student more time or attempts."""
    seat, form = place(course_id, "assistant"), AccommodationsForm()
    if form.validate_on_submit():
        with blaming(form):
            person = people.set_accommodations(
                db.session(),
                learner(),
                course_id,
                user_id,
                extra_time=number(form.extra_time),
                no_time_limit=bool(form.no_time_limit.data),
                extra_attempts=number(form.extra_attempts),
                now=_now(),
            )
            words = _("The accommodations of %(name)s are saved.", name=person.name)
            return _done(words, "people.show", course_id=course_id, user_id=user_id)
    db.session.rollback()
    return _one(seat, user_id, granting=form), 422


@bp.post("/courses/<int:course_id>/people/<int:user_id>/remove")
def remove(course_id: int, user_id: int) -> ResponseReturnValue:
    """Take somebody out of a course."""
    person = people.remove(db.session(), learner(), course_id, user_id, now=_now())
    words = _("%(name)s is no longer in this course. What they did is kept.", name=person.name)
    if person.id == learner().id:
        return _done(words, "courses.index")
    return _done(words, "people.index", course_id=course_id)


@bp.post("/courses/<int:course_id>/people/<int:user_id>/restore")
def restore(course_id: int, user_id: int) -> ResponseReturnValue:
    """Take somebody back."""
    person = people.restore(db.session(), learner(), course_id, user_id, now=_now())
    return _done(_("%(name)s is back.", name=person.name), "people.show", course_id=course_id, user_id=user_id)


@bp.post("/courses/<int:course_id>/invitations/<int:invitation_id>/remove")
def withdraw(course_id: int, invitation_id: int) -> ResponseReturnValue:
    """Expect somebody no longer."""
    email = invitations.withdraw(db.session(), learner(), course_id, invitation_id)
    return _done(_("%(email)s is not invited any more.", email=email), "people.index", course_id=course_id)


def _list(seat: Seat, form: AddPersonForm) -> str:
    states = [("here", _("in the course")), ("granted", _("with accommodations")), ("removed", _("removed"))]
    roles = [(choice.value, str(choice.label)) for choice in ROLES]
    listed = listing.of(
        register.people(db.session(), seat.course.id),
        keys={
            "name": lambda person: person.name,
            "email": lambda person: person.email,
            "role": lambda person: -RANKS.index(person.role),
            "joined": lambda person: person.joined_at,
            "practised": lambda person: person.last_day,
        },
        default="name",
        search=lambda person: f"{person.name} {person.email}",
        filters=[
            Filter[Person]("role", _("Role"), roles, lambda person, value: person.role == value),
            Filter[Person]("state", _("Who"), states, _is_so, default="here"),
        ],
    )
    expected = register.invitations(db.session(), seat.course.id)
    return render_template(
        "people/index.html", place=seat, tab="people", listed=listed, form=form, expected=expected, roles=dict(roles)
    )


def _is_so(person: Person, state: str) -> bool:
    removed = person.removed_at is not None
    return removed if state == "removed" else not removed and (state == "here" or person.accommodated)


def _one(seat: Seat, user_id: int, *, role: RoleForm | None = None, granting: AccommodationsForm | None = None) -> str:
    person = register.person(db.session(), seat.course.id, user_id)
    if person is None:
        abort(404)
    return render_template(
        "people/show.html",
        place=seat,
        tab="people",
        person=person,
        tasks=shelf.assignments_of(db.session(), seat.course.id, user_id) if person.role == "student" else [],
        role=role or RoleForm(formdata=None, obj=person),
        granting=granting or AccommodationsForm(formdata=None, obj=person),
        roles={choice.value: str(choice.label) for choice in ROLES},
    )


def _added(added: people.Added) -> str:
    words = {
        people.INVITED: _("%(name)s is invited: whoever signs up with this address is in the course.", name=added.name),
        "restored": _("%(name)s is back, with all they did before.", name=added.name),
    }
    return str(words.get(added.how) or _("%(name)s is in this course now.", name=added.name))


def _done(words: str, endpoint: str, **values: Any) -> ResponseReturnValue:  # noqa: ANN401 -- what the address takes
    db.session.commit()
    flash(words)
    return redirect(url_for(endpoint, **values), 303)


def _now() -> datetime:
    return datetime.now(UTC)
