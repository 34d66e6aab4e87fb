"""The form that starts a sitting."""

from flask_wtf import FlaskForm
from wtforms import BooleanField, SelectMultipleField, StringField
from wtforms.validators import AnyOf, Optional


class StartForm(FlaskForm):
    """Kind, banks, tags and facts of a sitting; nothing chosen means everything."""

    kind = StringField(default="practice", validators=[AnyOf(("practice", "match", "flashcards"))])
    bank = SelectMultipleField(coerce=int, validate_choice=False, validators=[Optional()])
    tag = SelectMultipleField(validate_choice=False, validators=[Optional()])
    fact = SelectMultipleField(coerce=int, validate_choice=False, validators=[Optional()])
    ahead = BooleanField()
