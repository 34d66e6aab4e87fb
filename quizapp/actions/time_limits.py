"""How long somebody has, with the accommodations that belong to them."""

from datetime import timedelta

from quizapp.store import models


def time_for(minutes: int | None, learner: models.User) -> timedelta | None:
    """Give somebody's own part of a time limit, with their extra time; None for as long as they like."""
    if minutes is None or learner.no_time_limit:
        return None
    return timedelta(minutes=minutes) * (100 + learner.extra_time) / 100


def extra_of(assignment: models.Assignment, learner: models.User) -> timedelta:
    """Give the time that somebody has beyond what everybody has; none where they are not limited at all."""
    time = time_for(assignment.minutes, learner)
    return time - timedelta(minutes=assignment.minutes) if time and assignment.minutes else timedelta(0)
