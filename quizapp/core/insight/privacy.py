"""Privacy: somebody who practises privately is counted among at least five such people, or not at all."""

from collections.abc import Collection
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

LEAST = 5
"""So many private people must stand behind a figure before any of them counts in it."""


class Person(Protocol):
    """Whoever may stand behind a figure."""

    @property
    def id(self) -> int:
        """The row id of the account."""

    @property
    def private(self) -> bool:
        """Whether the person practises privately."""


def open_to_view(people: Collection[Person]) -> frozenset[int]:
    """Name who counts in a figure, given all who would contribute to it.

    Everybody who is not private; the private ones only if at least `LEAST` of them contribute. Ask anew for each
    figure, and build larger figures from what its parts counted: so nobody can be found by subtraction.
    """
    private = {person.id for person in people if person.private}
    named = frozenset(person.id for person in people if not person.private)
    return named | private if len(private) >= LEAST else named


def counted(contributes: NDArray[np.bool_], private: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Do the same for many figures at once: `contributes` is people x figures, `private` people.

    Gives people x figures: whether somebody counts in a figure if they contribute to it.
    """
    enough = (contributes & private[:, None]).sum(axis=0) >= LEAST
    counts: NDArray[np.bool_] = ~private[:, None] | enough[None, :]
    return counts
