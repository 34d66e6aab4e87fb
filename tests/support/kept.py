"""Facts as a learner keeps them, for what is counted from them."""

from datetime import UTC, datetime, timedelta

from quizapp.core.insight.model import Kept

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def kept(  # noqa: PLR0913 - one fact has many numbers
    fact: int = 1,
    *,
    bank: int = 1,
    stability: float = 10.0,
    ago: float = 1.0,
    due: float = 3.0,
    lapses: int = 0,
    difficulty: float = 5.0,
    failed: bool = False,
    suspended: bool = False,
) -> Kept:
    """Keep a fact that was reviewed some days before NOW and falls due some days after it."""
    reviewed, falls_due = NOW - timedelta(days=ago), NOW + timedelta(days=due)
    return Kept(fact, bank, f"f{fact}", stability, difficulty, reviewed, falls_due, 3, lapses, failed, suspended)
