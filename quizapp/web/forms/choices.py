"""Fields with choices."""

from typing import Any

from wtforms import SelectChoice, SelectMultipleField  # type: ignore[attr-defined] # the stubs describe wtforms 3.2
from wtforms.widgets import CheckboxInput, ListWidget


class TicksField(SelectMultipleField):
    """Several choices as boxes to tick."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


def choice(value: str, label: object = None, group: str | None = None) -> Any:  # noqa: ANN401 - as above
    """Make one choice; its words are the value where no label is given."""
    return SelectChoice(value, value if label is None else label, optgroup=group)
