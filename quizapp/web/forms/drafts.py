"""Forms of the workshop."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import StringField, TextAreaField
from wtforms.validators import DataRequired, Length

from quizapp.web.forms.accounts import stripped

LONGEST_TABLE = 1_000_000


class NewBankForm(FlaskForm):
    """A bank that is begun by hand; its id is chosen once and for all."""

    title = StringField(
        _("Title"),
        filters=[stripped],
        validators=[DataRequired(_("Give the bank a title.")), Length(max=200, message=_("At most 200 characters."))],
    )
    bank_id = StringField(
        _("Id"),
        filters=[stripped],
        validators=[DataRequired(_("Give the bank an id.")), Length(max=64, message=_("At most 64 characters."))],
        render_kw={"autocapitalize": "none", "spellcheck": "false", "autocomplete": "off"},
    )
    language = StringField(
        _("Language"),
        default="en",
        filters=[stripped],
        validators=[DataRequired(_("Name the language.")), Length(max=16, message=_("At most 16 characters."))],
        render_kw={"autocapitalize": "none", "spellcheck": "false", "autocomplete": "off"},
    )


class TableForm(NewBankForm):
    """A table as it was copied, and what the bank around it is called."""

    table = TextAreaField(
        _("Table"),
        validators=[
            DataRequired(_("Paste a table.")),
            Length(max=LONGEST_TABLE, message=_("Too much at once: paste a part of the table.")),
        ],
        render_kw={"rows": "10", "wrap": "off", "spellcheck": "false"},
    )
