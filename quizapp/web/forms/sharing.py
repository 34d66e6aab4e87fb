"""The form that says who learns from a bank and who may edit it."""

from collections.abc import Sequence

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import RadioField
from wtforms.validators import InputRequired

from quizapp.store.versions import CourseRow
from quizapp.web.forms.choices import TicksField, choice

VISIBILITIES = [
    choice("private", _("Only its owner: a draft, or something of one's own")),
    choice("course", _("Its owner, and everybody in the courses ticked below")),
    choice("site", _("Everybody on this site")),
]


class SharingForm(FlaskForm):
    """Who sees a bank; editing a course's bank includes having it."""

    visibility = RadioField(
        _("Who learns from it"), choices=VISIBILITIES, validators=[InputRequired(_("Choose who sees the bank."))]
    )
    courses = TicksField(_("Courses that have it"), coerce=int)
    editable = TicksField(_("Courses whose instructors may edit it, too"), coerce=int)

    def offer(self, courses: Sequence[CourseRow]) -> None:
        """List the courses; a form that was not sent ticks those that have the bank."""
        self.courses.choices = [choice(str(course.id), course.name) for course in courses]
        self.editable.choices = [choice(str(course.id), course.name) for course in courses]
        if not self.is_submitted():
            self.courses.data = [course.id for course in courses if course.has]
            self.editable.data = [course.id for course in courses if course.editable]

    def chosen(self) -> dict[int, bool]:
        """Give the courses with whether their instructors may edit the bank."""
        editable = set(self.editable.data or ())
        return {course: course in editable for course in sorted({*(self.courses.data or ()), *editable})}
