"""Forms on their way to a page: drawn fresh or with what is wrong, refusals beside their fields."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm

from quizapp.actions.errors import Refused
from quizapp.store.db import db
from quizapp.web.languages import said
from quizapp.web.site import site


def draw(template: str, form: FlaskForm) -> ResponseReturnValue:
    """Draw a form: fresh, or again with what was typed and what is wrong with it (422)."""
    if not form.is_submitted():
        return render_template(template, form=form, sign_up_open=site().sign_up)
    db.session.rollback()
    return render_template(template, form=form, sign_up_open=site().sign_up), 422


@contextmanager
def blaming(form: FlaskForm) -> Iterator[None]:
    """Write a refusal beside the field it is about."""
    try:
        yield
    except Refused as error:
        field = form._fields.get(error.field)
        if field is None:
            form.form_errors.append(said(error.reason))
        else:
            field.errors = [*field.errors, said(error.reason)]
