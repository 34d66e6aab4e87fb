"""Forms about one's own account."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any
from zoneinfo import available_timezones

from flask_babel import format_decimal
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    EmailField,
    Field,
    HiddenField,
    IntegerField,
    PasswordField,
    RadioField,
    SelectField,
    StringField,
)
from wtforms.validators import DataRequired, EqualTo, InputRequired, Length, NumberRange, Regexp, ValidationError

from quizapp.web.forms.choices import TicksField, choice

LEAST_PASSWORD = 10
MOST_PASSWORD = 128
WEEK = 7


RETENTIONS = [
    choice("0.8", _("Relaxed, 80%: one fact in five has slipped away when it comes back. The fewest reviews.")),
    choice("0.85", _("Easy-going, 85%")),
    choice("0.9", _("Balanced, 90%: one in ten has slipped away. Right for most people.")),
    choice("0.93", _("Thorough, 93%")),
    choice("0.95", _("Strict, 95%: one in twenty has slipped away. About twice the reviews of 90%.")),
]
"""How sure somebody wants to be, in words; the value is the recall wanted when a fact falls due."""


@lru_cache(maxsize=1)
def known_zones() -> frozenset[str]:
    """Give the names of all time zones; they are looked up on disk only once."""
    return frozenset(available_timezones())


def stripped(text: str | None) -> str | None:
    """Take the spaces off both ends of what was typed."""
    return text.strip() if text else text


def _email() -> EmailField:
    return EmailField(
        _("E-mail address"),
        filters=[stripped],
        validators=[
            DataRequired(_("Fill in your e-mail address.")),
            Length(max=254, message=_("An e-mail address has at most 254 characters.")),
            Regexp(r"[^@\s]+@[^@\s]+\Z", message=_("This is not an e-mail address: it looks like name@example.org.")),
        ],
        render_kw={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"},
    )


def _name() -> StringField:
    return StringField(
        _("Name"),
        filters=[stripped],
        validators=[
            DataRequired(_("Fill in a name; any will do.")),
            Length(max=120, message=_("A name has at most 120 characters.")),
        ],
        render_kw={"autocomplete": "name"},
    )


def _new_password(label: str) -> PasswordField:
    return PasswordField(
        label,
        validators=[
            InputRequired(_("Choose a password.")),
            Length(LEAST_PASSWORD, MOST_PASSWORD, _("A password has 10 to 128 characters.")),
        ],
        render_kw={"autocomplete": "new-password"},
    )


def _own_password(label: str) -> PasswordField:
    return PasswordField(
        label,
        validators=[InputRequired(_("Fill in your password.")), Length(max=MOST_PASSWORD, message=_("Too long."))],
        render_kw={"autocomplete": "current-password"},
    )


class LogInForm(FlaskForm):
    """Who somebody is."""

    email = _email()
    password = _own_password(_("Password"))


class SignUpForm(FlaskForm):
    """A new account; the browser fills in the zone."""

    name = _name()
    email = _email()
    password = _new_password(_("Password"))
    zone = HiddenField(render_kw={"data-zone": ""})

    def zone_or(self, default: str) -> str:
        """Give the browser's time zone, or the default where it says none that exists."""
        return self.zone.data if self.zone.data in known_zones() else default


class NewPasswordForm(FlaskForm):
    """A new password by a one-time link."""

    password = _new_password(_("New password"))
    again = PasswordField(
        _("The new password once more"),
        validators=[EqualTo("password", _("The two passwords differ."))],
        render_kw={"autocomplete": "new-password"},
    )


class ChangePasswordForm(FlaskForm):
    """A new password for somebody who knows the old one."""

    old = _own_password(_("Password now"))
    new = _new_password(_("New password"))
    again = PasswordField(
        _("The new password once more"),
        validators=[EqualTo("new", _("The two passwords differ."))],
        render_kw={"autocomplete": "new-password"},
    )


class DeleteForm(FlaskForm):
    """The password, to be sure."""

    password = _own_password(_("Password"))


class SettingsForm(FlaskForm):
    """How somebody wants to learn."""

    name = _name()
    minutes_a_day = IntegerField(
        _("Minutes a day"),
        validators=[
            InputRequired(_("Fill in a number of minutes.")),
            NumberRange(1, 600, _("Between 1 and 600 minutes.")),
        ],
        render_kw={"inputmode": "numeric", "min": "1", "max": "600"},
    )
    retention = RadioField(
        _("How sure do you want to be?"),
        choices=RETENTIONS,
    )
    quiet = TicksField(
        _("Quiet days"),
        choices=[
            choice("0", _("Monday")),
            choice("1", _("Tuesday")),
            choice("2", _("Wednesday")),
            choice("3", _("Thursday")),
            choice("4", _("Friday")),
            choice("5", _("Saturday")),
            choice("6", _("Sunday")),
        ],
    )
    zone = SelectField(_("Time zone"))
    language = SelectField(_("Language of the pages"))
    content_language = SelectField(_("Language of the questions"))
    second_language = SelectField(_("Second language beside it"))
    private = BooleanField(_("Practise privately"))

    def offer(self, *, zone: str, retention: float) -> None:
        """List the time zones, and keep a retention that none of the usual words fit."""
        self.zone.choices = zones(zone)
        value = f"{retention:g}"
        if value not in [known.value for known in RETENTIONS]:
            own = choice(value, _("Your own value, %(percent)s%%", percent=format_decimal(round(retention * 100, 1))))
            self.retention.choices = [*RETENTIONS, own]

    def offer_languages(self, pages: Mapping[str, str], questions: Mapping[str, str], *, now: str) -> None:
        """List the languages by code with their names; the pages are in `now`, which need not be chosen yet."""
        self.language.choices = [choice(code, name) for code, name in pages.items()]
        named = [choice(code, name) for code, name in questions.items()]
        self.content_language.choices = [choice("", _("As the pages")), *named]
        self.second_language.choices = [choice("", _("None")), *named]
        self.language.data = self.language.data or now
        self.content_language.data = self.content_language.data or ""
        self.second_language.data = self.second_language.data or ""

    def validate_quiet(self, field: Field) -> None:
        """Leave at least one day of the week to learn on."""
        if len(field.data or ()) >= WEEK:
            raise ValidationError(_("Leave at least one day to learn on."))


def zones(own: str) -> list[Any]:
    """List the time zones by continent, the universal one and an unusual own one last."""
    choices = []
    rest = {"UTC", own}
    for name in sorted(known_zones()):
        area, slash, place = name.partition("/")
        if slash and area != "Etc":
            choices.append(choice(name, place.replace("_", " ").replace("/", ", "), group=area))
            rest.discard(name)
    return [*choices, *(choice(name, name, group=str(_("Other"))) for name in sorted(rest))]
