"""Forms of assignments: what practice and quizzes ask, and when."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import lazy_gettext as _
from flask_babel import lazy_pgettext
from wtforms import (
    BooleanField,
    DateTimeLocalField,
    FieldList,
    Form,
    FormField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from quizapp.core.items.blueprint import FORMS as ROW_FORMS
from quizapp.web.forms.choices import TicksField, choice
from quizapp.web.forms.quiz import FORMS, BanksForm, kinds_of_question

LONGEST_TITLE, LONGEST_NOTE = 200, 5000
MOST_ROWS, MORE_ROWS, FIRST_ROWS = 30, 3, 3
FORMAT = ("%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S")

FORM_LABELS = {
    "mixed": _("Mixed"),
    "choice": _("Multiple choice"),
    "matching": _("Matching"),
    "true-false": _("True or false"),
    "cloze": _("Gap to fill"),
    "typed": _("Typed answer"),
}


def _moment(label: str, *, required: bool) -> Any:  # noqa: ANN401 -- an unbound field
    return DateTimeLocalField(
        label,
        format=list(FORMAT),
        validators=[InputRequired(_("Fill in a date and a time.")) if required else Optional()],
    )


class _Unsaid(Optional):
    """Lets a field be empty without saying so beside its label: something else tells whether it is needed."""

    def __init__(self) -> None:
        super().__init__()
        self.field_flags = {}


def _count(label: str, least: int, most: int, *, default: int | None = None, unlimited: bool = False) -> Any:  # noqa: ANN401 -- as above
    return IntegerField(
        label,
        default=default,
        validators=[
            Optional() if unlimited else _Unsaid(),
            NumberRange(least, most, _("Between %(min)s and %(max)s.")),
        ],
        render_kw={"inputmode": "numeric", "min": str(least), "max": str(most)},
    )


class RowForm(Form):
    """One row of a blueprint; a row that names nothing is left out."""

    what = SelectField(_("About"), validate_choice=False)
    form = SelectField(_("As"), choices=[choice(name, FORM_LABELS[name]) for name in ROW_FORMS], default="mixed")
    count = _count(_("How many"), 1, 100, default=5)


class AssignmentForm(BanksForm):
    """What both kinds have: words, banks and dates in the course's time zone."""

    version = HiddenField(default="1")
    title = StringField(
        _("Title"),
        validators=[
            InputRequired(_("Give it a title.")),
            Length(max=LONGEST_TITLE, message=_("At most %(max)d characters.")),
        ],
        filters=[lambda text: " ".join((text or "").split())],
        render_kw={"maxlength": LONGEST_TITLE, "autocomplete": "off"},
    )
    note = TextAreaField(
        _("What students should know"),
        validators=[Optional(), Length(max=LONGEST_NOTE, message=_("At most %(max)d characters."))],
        render_kw={"rows": 3, "maxlength": LONGEST_NOTE},
    )
    bank = TicksField(_("Banks"), coerce=int)
    tag = TicksField(_("Only these tags"))
    opens_at = _moment(_("Opens"), required=False)
    due_at = _moment(lazy_pgettext("deadline", "Due"), required=True)


class PracticeForm(AssignmentForm):
    """Practice to be ready by a date."""

    due_at = _moment(_("Be ready by"), required=True)


class QuizForm(AssignmentForm):
    """A quiz: so many questions out of banks, or rows that say how many of what."""

    source = RadioField(
        _("Where the questions come from"),
        default="banks",
        choices=[choice("banks", _("Whole banks")), choice("rows", _("A blueprint: so many of each topic and form"))],
    )
    questions = _count(_("Questions"), 1, 100, default=10)
    forms = kinds_of_question()
    rows = FieldList(FormField(RowForm), min_entries=FIRST_ROWS, max_entries=MOST_ROWS)
    attempts = _count(_("Attempts"), 1, 20, default=1, unlimited=True)
    minutes = _count(_("Time limit in minutes"), 1, 600, unlimited=True)
    closes_at = _moment(_("Closes"), required=False)
    late_rule = RadioField(
        _("After the due date"),
        default="refuse",
        choices=[
            choice("refuse", _("Nothing is taken")),
            choice("accept", _("Late work counts in full")),
            choice("penalty", _("Late work loses points for each day begun")),
        ],
    )
    late_percent = _count(_("Lost for each late day, in per cent"), 0, 100, default=10)
    feedback = RadioField(
        _("When are the answers explained?"),
        default="due",
        choices=[
            choice("due", _("After the due date")),
            choice("end", _("To each student who has finished")),
            choice("now", _("After each question")),
            choice("never", _("Never: points only")),
        ],
    )
    shuffled = BooleanField(_("Different questions for each student and attempt"), default=True)
    popular = BooleanField(_("Wrong answers from what the class mixes up"))

    def offer_topics(self, groups: Iterable[tuple[str, list[tuple[str, str]]]]) -> None:
        """List by bank what a row can be about."""
        topics = [choice(value, label, bank) for bank, found in groups for value, label in found]
        options = [choice("", _("nothing")), *topics]
        for row in self.rows:
            row.form.what.choices = options

    def add_rows(self) -> None:
        """Make room for more rows."""
        for _turn in range(min(MORE_ROWS, MOST_ROWS - len(self.rows))):
            self.rows.append_entry()


def instant(field: DateTimeLocalField, zone: str) -> datetime | None:
    """Read what was filled in as local time of a zone."""
    return field.data.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC) if field.data else None


def local(at: datetime | None, zone: str) -> datetime | None:
    """Write an instant as local time of a zone, as a field shows it."""
    return at.astimezone(ZoneInfo(zone)).replace(tzinfo=None) if at else None


def forms_named(name: str) -> tuple[str, ...]:
    """Give the forms of a kind of question; all of them where any will do."""
    return FORMS[name]


def name_of_forms(forms: tuple[str, ...]) -> str:
    """Name the kind of question that stands for some forms."""
    return next((name for name, found in FORMS.items() if set(found) == set(forms)), "mixed")
