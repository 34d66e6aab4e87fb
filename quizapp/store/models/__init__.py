"""Every table, importable from one place."""

from quizapp.store.models.banks import Bank, BankText, BankVersion, Fact, Offer
from quizapp.store.models.base import Base, UTCDateTime
from quizapp.store.models.learning import (
    Attempt,
    Confusion,
    DayTotal,
    Item,
    Memory,
    Review,
    Sitting,
    Suspension,
)
from quizapp.store.models.people import OneTimeLink, User

__all__ = [
    "Attempt",
    "Bank",
    "BankText",
    "BankVersion",
    "Base",
    "Confusion",
    "DayTotal",
    "Fact",
    "Item",
    "Memory",
    "Offer",
    "OneTimeLink",
    "Review",
    "Sitting",
    "Suspension",
    "UTCDateTime",
    "User",
]
