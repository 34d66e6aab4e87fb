"""A field for several choices as boxes to tick."""

from wtforms import SelectMultipleField
from wtforms.widgets import CheckboxInput, ListWidget


class TicksField(SelectMultipleField):
    """Several choices as boxes to tick."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()
