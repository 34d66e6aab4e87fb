"""Whether a matching set has exactly one solution: perfect matchings of a small bipartite graph."""

from collections.abc import Sequence


def solutions(edges: Sequence[frozenset[int]], most: int = 2) -> list[tuple[int, ...]]:
    """Find up to `most` ways to give every premise an admissible response of its own.

    `edges[i]` holds the responses admissible for premise i. Depth first, the premise with the fewest responses first;
    a set has at most seven premises with few edges each, so this ends at once.
    """
    order = sorted(range(len(edges)), key=lambda at: len(edges[at]))
    found: list[tuple[int, ...]] = []
    given: dict[int, int] = {}

    def place(depth: int) -> None:
        if len(found) >= most:
            return
        if depth == len(order):
            found.append(tuple(given[at] for at in range(len(edges))))
            return
        premise = order[depth]
        for response in sorted(edges[premise] - set(given.values())):
            given[premise] = response
            place(depth + 1)
            del given[premise]

    place(0)
    return found
