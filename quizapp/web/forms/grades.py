"""Forms about grades: how to regrade, and one grade set by hand."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, FloatField, HiddenField, RadioField, TextAreaField
from wtforms.validators import InputRequired

from quizapp.actions.regrading import FULL, LEAVE_OUT, Policy
from quizapp.web.forms.choices import choice

_REASON = {"rows": "3", "maxlength": "1000"}


class PolicyForm(FlaskForm):
    """What a regrade does with questions that cannot be judged any more, and whether a grade may become worse."""

    class Meta:
        """The policy is read from the address: looking at a plan changes nothing."""

        csrf = False

    void = RadioField(
        _("Questions that have no right answer any more"),
        default=FULL,
        choices=[
            choice(FULL, _("Full marks for everybody")),
            choice(LEAVE_OUT, _("Leave them out of the total")),
        ],
    )
    never_lower = BooleanField(_("Never lower a grade"), default=True)

    def policy(self) -> Policy:
        """Give the policy that was chosen."""
        void = self.void.data if self.void.data in (FULL, LEAVE_OUT) else FULL
        return Policy(void=void, never_lower=bool(self.never_lower.data))


class RegradeForm(FlaskForm):
    """The plan that was shown, and why it is done."""

    digest = HiddenField()
    void = HiddenField()
    never_lower = HiddenField()
    reason = TextAreaField(
        _("Why the grades change"), validators=[InputRequired(_("Write down why."))], render_kw=_REASON
    )

    def policy(self) -> Policy:
        """Give the policy that the plan was made with."""
        return Policy(void=LEAVE_OUT if self.void.data == LEAVE_OUT else FULL, never_lower=self.never_lower.data != "")


class SetGradeForm(FlaskForm):
    """One attempt's points, set by hand."""

    base = HiddenField()
    points = FloatField(
        _("Points"),
        validators=[InputRequired(_("Fill in a number."))],
        render_kw={"inputmode": "decimal", "step": "any", "min": "0"},
    )
    reason = TextAreaField(_("Why"), validators=[InputRequired(_("Write down why."))], render_kw=_REASON)
