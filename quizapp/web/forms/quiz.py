"""The form that makes a quiz."""

from collections.abc import Iterable

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import IntegerField, RadioField
from wtforms.validators import InputRequired, NumberRange, Optional

from quizapp.web.forms.choices import TicksField, choice

MIXED = ("choice", "true-false", "matching", "cloze", "typed")
FORMS = {"mixed": MIXED, "choice": ("choice",), "matching": ("matching",), "typed": ("typed", "cloze")}


def kinds_of_question() -> RadioField:
    """Make the field that says in which forms a quiz asks; its values are the keys of `FORMS`."""
    return RadioField(
        _("Kind of question"),
        default="mixed",
        choices=[
            choice("mixed", _("Mixed")),
            choice("choice", _("Multiple choice")),
            choice("matching", _("Matching")),
            choice("typed", _("Typed answers")),
        ],
    )


class BanksForm(FlaskForm):
    """A form that draws from banks, or only from some of their tags."""

    bank = TicksField(_("Banks"), coerce=int)
    tag = TicksField(_("Tags"))

    def offer(self, banks: Iterable[tuple[int, str]], tags: Iterable[tuple[str, str]]) -> None:
        """List the banks and tags that can be chosen, each with its name."""
        self.bank.choices = [choice(str(key), title) for key, title in banks]
        self.tag.choices = [choice(tag, name) for tag, name in tags]


class QuizForm(BanksForm):
    """What to ask, how many questions, in which forms, and when to tell."""

    questions = IntegerField(
        _("Questions"),
        default=10,
        validators=[InputRequired(_("Fill in a number.")), NumberRange(1, 100, _("Between 1 and 100 questions."))],
        render_kw={"inputmode": "numeric", "min": "1", "max": "100"},
    )
    forms = kinds_of_question()
    feedback = RadioField(
        _("When do you want to know?"),
        default="end",
        choices=[
            choice("end", _("At the end: answers can be changed until you finish")),
            choice("now", _("After each question")),
        ],
    )
    minutes = IntegerField(
        _("Time limit in minutes"),
        validators=[Optional(), NumberRange(1, 300, _("Between 1 and 300 minutes, or nothing for no limit."))],
        render_kw={"inputmode": "numeric", "min": "1", "max": "300"},
    )
