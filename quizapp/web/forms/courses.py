"""Forms about courses and their people."""

from collections.abc import Iterable

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import BooleanField, EmailField, HiddenField, IntegerField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional

from quizapp.web.forms.accounts import known_zones, stripped, zones
from quizapp.web.forms.choices import choice

ROLES = [
    choice("student", _("Student")),
    choice("assistant", _("Assistant")),
    choice("instructor", _("Instructor")),
]


def _name() -> StringField:
    return StringField(
        _("Name of the course"),
        filters=[stripped],
        validators=[
            DataRequired(_("Give the course a name.")),
            Length(max=200, message=_("The name of a course has at most 200 characters.")),
        ],
        render_kw={"maxlength": "200", "autocomplete": "off"},
    )


class OpenCourseForm(FlaskForm):
    """A new course; the browser fills in the zone."""

    name = _name()
    zone = HiddenField(render_kw={"data-zone": ""})

    def zone_or(self, default: str) -> str:
        """Give the browser's time zone, or the default where it says none that exists."""
        return self.zone.data if self.zone.data in known_zones() else default


class CourseForm(FlaskForm):
    """What a course is called and who may join."""

    version = HiddenField()
    name = _name()
    note = TextAreaField(
        _("Description"),
        validators=[Optional(), Length(max=5000, message=_("A description has at most 5,000 characters."))],
        render_kw={"rows": "4"},
    )
    zone = SelectField(_("Time zone"))
    open = BooleanField(_("Students may join by the code"))

    def offer(self, zone: str) -> None:
        """List the time zones."""
        self.zone.choices = zones(zone)


class JoinForm(FlaskForm):
    """The code of a course."""

    code = StringField(
        _("Code"),
        filters=[stripped],
        validators=[
            DataRequired(_("Fill in the code that your teacher gave you.")),
            Length(max=40, message=_("A code has eight letters and digits.")),
        ],
        render_kw={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false", "maxlength": "40"},
    )


class AddBankForm(FlaskForm):
    """A bank for a course."""

    bank = SelectField(_("Bank"), coerce=int)
    share = BooleanField(_("Let the people of the course see it"))

    def offer(self, banks: Iterable[tuple[int, str]]) -> None:
        """List the banks that can be added."""
        self.bank.choices = [choice(str(key), title) for key, title in banks]


class AddPersonForm(FlaskForm):
    """Somebody for a course."""

    email = EmailField(
        _("E-mail address"),
        filters=[stripped],
        validators=[
            DataRequired(_("Fill in an e-mail address.")),
            Length(max=254, message=_("An e-mail address has at most 254 characters.")),
        ],
        render_kw={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"},
    )
    role = SelectField(_("Role"), choices=ROLES, default="student")


class RoleForm(FlaskForm):
    """What somebody may do in a course."""

    role = SelectField(_("Role"), choices=ROLES)


class AccommodationsForm(FlaskForm):
    """What is granted to a student in every quiz."""

    extra_time = IntegerField(
        _("Extra time in per cent"),
        validators=[
            InputRequired(_("Fill in a number, 0 for none.")),
            NumberRange(0, 300, _("Extra time is 0 to 300 per cent.")),
        ],
        render_kw={"inputmode": "numeric", "min": "0", "max": "300"},
    )
    no_time_limit = BooleanField(_("No time limit at all"))
    extra_attempts = IntegerField(
        _("Extra attempts"),
        validators=[
            InputRequired(_("Fill in a number, 0 for none.")),
            NumberRange(0, 20, _("Extra attempts are 0 to 20.")),
        ],
        render_kw={"inputmode": "numeric", "min": "0", "max": "20"},
    )


class RosterForm(FlaskForm):
    """A list of students: a file, or its text."""

    file = FileField(_("A file"), render_kw={"accept": ".csv,.tsv,.txt,text/csv,text/plain"})
    text = TextAreaField(_("Or paste the list"), render_kw={"rows": "8", "spellcheck": "false", "autocomplete": "off"})
