"""The form that starts a sitting."""

from flask_wtf import FlaskForm
from wtforms import BooleanField, SelectField, SelectMultipleField
from wtforms.validators import Optional


class StartForm(FlaskForm):  # type: ignore[misc]
    """Kind, banks and tags of a sitting; nothing chosen means everything."""

    kind = SelectField(choices=[(kind, kind) for kind in ("practice", "match", "flashcards")], default="practice")
    bank = SelectMultipleField(coerce=int, validate_choice=False, validators=[Optional()])
    tag = SelectMultipleField(validate_choice=False, validators=[Optional()])
    fact = SelectMultipleField(coerce=int, validate_choice=False, validators=[Optional()])
    ahead = BooleanField()
