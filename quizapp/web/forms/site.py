"""Forms of the administration."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import IntegerField, SelectField, StringField, TextAreaField
from wtforms.validators import Length, NumberRange, Optional

from quizapp.actions.site import LONGEST_NAME, LONGEST_NOTICE, OFF, ON
from quizapp.languages import INTERFACE
from quizapp.web.forms.accounts import stripped, zones
from quizapp.web.forms.choices import choice

ROLES = [
    choice("student", _("Student")),
    choice("instructor", _("Instructor")),
    choice("admin", _("Admin")),
]


class RoleForm(FlaskForm):
    """What somebody may do on the site."""

    role = SelectField(_("Role"), choices=ROLES)


class SiteForm(FlaskForm):
    """The settings of the site; what is left empty stands as the program was started."""

    name = StringField(
        _("Name of the site"),
        filters=[stripped],
        validators=[Optional(), Length(max=LONGEST_NAME, message=_("The name of the site has at most 60 characters."))],
        render_kw={"maxlength": str(LONGEST_NAME), "autocomplete": "off"},
    )
    notice = TextAreaField(
        _("Notice on every page"),
        filters=[stripped],
        validators=[Optional(), Length(max=LONGEST_NOTICE, message=_("A notice has at most 500 characters."))],
        render_kw={"rows": "3"},
    )
    sign_up = SelectField(_("New accounts"))
    language = SelectField(_("Language of pages"))
    zone = SelectField(_("Time zone of new accounts"))
    minutes_a_day = IntegerField(
        _("Minutes a day of new accounts"),
        validators=[Optional(), NumberRange(1, 600, _("Choose 1 to 600 minutes a day."))],
        render_kw={"inputmode": "numeric", "min": "1", "max": "600"},
    )
    retention = IntegerField(
        _("Recall wanted by new accounts, in per cent"),
        validators=[Optional(), NumberRange(70, 97, _("Choose a recall of 70 to 97 percent."))],
        render_kw={"inputmode": "numeric", "min": "70", "max": "97"},
    )

    def offer(self, *, sign_up: bool, language: str, zone: str, chosen: str) -> None:
        """List the choices, first the one that the program was started with."""
        started = _("As started: anybody") if sign_up else _("As started: nobody")
        self.sign_up.choices = [
            choice("", started),
            choice(ON, _("Anybody may make one")),
            choice(OFF, _("Only admins make them")),
        ]
        started = _("As started: %(language)s", language=INTERFACE[language])
        self.language.choices = [choice("", started), *(choice(code, own) for code, own in INTERFACE.items())]
        self.zone.choices = [choice("", _("As started: %(zone)s", zone=zone)), *zones(chosen or zone)]
