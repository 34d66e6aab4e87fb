"""What people and the program do with banks."""

from quizapp.actions.publishing import Published, plan_bank, publish_bank
from quizapp.actions.shipped import ShippedOutcome, publish_shipped

__all__ = ["Published", "ShippedOutcome", "plan_bank", "publish_bank", "publish_shipped"]
