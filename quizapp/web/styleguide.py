"""Every component in every state, for people who change the look; only there in debug."""

from types import SimpleNamespace
from typing import Any

from flask import Blueprint, abort, render_template
from flask_wtf import FlaskForm
from wtforms import BooleanField, EmailField, PasswordField, RadioField, SelectField, StringField, TextAreaField

from quizapp.web import samples
from quizapp.web.forms.choices import choice
from quizapp.web.identity import public

bp = Blueprint("styleguide", __name__, url_prefix="/styleguide")

PAGES = {
    "basics": "Colour, type and icons",
    "parts": "Buttons, cards, rows and boxes",
    "forms": "Forms",
    "charts": "Charts and tables",
    "answers": "Verdicts and score",
}


class SampleForm(FlaskForm):
    """One field of each kind."""

    name = StringField("Name")
    email = EmailField("E-mail address")
    password = PasswordField("Password")
    zone = SelectField("Time zone", choices=[choice("UTC"), choice("Europe/Helsinki")])
    about = TextAreaField("About")
    pace = RadioField("Pace", choices=[choice("calm", "10 minutes a day"), choice("brisk", "20 minutes a day")])
    mail = BooleanField("Remind me by mail")


@bp.get("/")
@public
def index() -> str:
    """List the pages of the guide and every item in every state."""
    return render_template("styleguide/index.html", pages=PAGES, states=samples.QUESTIONS)


@bp.get("/<page>")
@public
def show(page: str) -> str:
    """Show one page of the guide."""
    if page not in PAGES:
        abort(404)
    return render_template(
        f"styleguide/{page}.html", pages=PAGES, page=page, form=_faulty_form(), samples=samples, sitting=samples.SITTING
    )


@bp.get("/items/<state>")
@public
def item(state: str) -> str:
    """Show the play page with one sample question."""
    if state not in samples.QUESTIONS:
        abort(404)
    return render_template("practice/play.html", **_scene(samples.QUESTIONS[state]))


@bp.get("/start/<kind>")
@public
def start(kind: str) -> str:
    """Show a start page: with banks, or with none (`empty`)."""
    offer = samples.OFFER if kind != "empty" else samples.EMPTY_OFFER
    return render_template("practice/start.html", kind=kind if kind != "empty" else "practice", **offer)


def _scene(scene: SimpleNamespace) -> dict[str, Any]:
    plain = {"question": None, "verdict": None, "summary": None, "sitting": samples.SITTING}
    return plain | vars(scene)


def _faulty_form() -> SampleForm:
    form = SampleForm(data={"email": "anna.example.org", "zone": "Europe/Helsinki", "pace": "brisk"})
    form.email.errors = ["This is not an e-mail address: it looks like name@example.org."]
    form.password.errors = ["At least 8 characters."]
    return form
