"""Guessing: what a quiz would give to somebody who knows nothing."""

from collections.abc import Iterable

from quizapp.core.items.model import ChoiceItem, Item, MatchingItem, TrueFalseItem


def chance_points(items: Iterable[Item]) -> float:
    """Expect the points of somebody who guesses every question blindly.

    A choice of k gives 1/k, a sentence to judge 1/2, a typed answer nothing. A matching item gives 1/m for m responses:
    each premise meets each response equally often, whether responses are reusable or used once.
    """
    points = 0.0
    for item in items:
        match item:
            case ChoiceItem(options=options):
                points += 1 / len(options)
            case TrueFalseItem():
                points += 1 / 2
            case MatchingItem(responses=responses):
                points += 1 / len(responses)
            case _:
                pass
    return points
