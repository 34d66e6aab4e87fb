"""Field values after validation, with their types."""

from wtforms import IntegerField, StringField


def text(field: StringField) -> str:
    """Give the text of a field that was filled in."""
    return field.data or ""


def number(field: IntegerField) -> int:
    """Give the number of a field that was filled in."""
    return field.data or 0
