"""What the pages count: facts as a learner keeps them, banks, and days of study."""

from datetime import date, datetime
from typing import NamedTuple


class Kept(NamedTuple):
    """One fact with what a learner keeps of it; stability in days, instants aware UTC."""

    fact: int
    bank: int
    key: str
    stability: float
    difficulty: float
    reviewed_at: datetime
    due_at: datetime
    reviews: int
    lapses: int
    failed_last: bool
    suspended: bool


class Size(NamedTuple):
    """A published bank and how many facts it has."""

    id: int
    key: str
    title: str
    version_id: int
    facts: int


class Day(NamedTuple):
    """What a learner did on one study day."""

    day: date
    reviews: int
    right: int
    new: int
    seconds: float
