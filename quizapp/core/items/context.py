"""What is known about the learner, the class and the attempt when an item is made."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Context:
    """Everything beside bank, fact, form and chance that may shape an item; the default knows nothing.

    own_confusions: other fact id -> weight, the learner's own confusions with the fact asked.
    class_counts: other fact id -> (times chosen, times shown) as a distractor of the fact asked.
    learners: how many learners the counts come from; popularity is used from 5 on and never in an `exam`.
    avoid_surface: surface of the last item about this fact, not repeated when there is another.
    revealed: stems, keys and feedback already seen in this attempt.
    known, weak: fact ids, so that a matching item mixes one to three weak facts among known ones.
    key_positions: where the keys of the attempt's earlier choice items stood, from 0.
    """

    own_confusions: Mapping[str, float] = field(default_factory=dict)
    class_counts: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    learners: int = 0
    exam: bool = False
    avoid_surface: str = ""
    revealed: tuple[str, ...] = ()
    known: frozenset[str] = frozenset()
    weak: frozenset[str] = frozenset()
    key_positions: tuple[int, ...] = ()
