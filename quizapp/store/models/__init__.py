"""Every table, importable from one place."""

from quizapp.store.models.banks import Bank, BankText, BankVersion, Draft, DraftText, Fact, Offer, Picture
from quizapp.store.models.base import Base, UTCDateTime
from quizapp.store.models.courses import Assignment, Course, CourseBank, Enrolment, Forecast, Grade, Invitation
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
from quizapp.store.models.site import AuditEntry, FailedLogIn, SiteSetting

__all__ = [
    "Assignment",
    "Attempt",
    "AuditEntry",
    "Bank",
    "BankText",
    "BankVersion",
    "Base",
    "Confusion",
    "Course",
    "CourseBank",
    "DayTotal",
    "Draft",
    "DraftText",
    "Enrolment",
    "Fact",
    "FailedLogIn",
    "Forecast",
    "Grade",
    "Invitation",
    "Item",
    "Memory",
    "Offer",
    "OneTimeLink",
    "Picture",
    "Review",
    "SiteSetting",
    "Sitting",
    "Suspension",
    "UTCDateTime",
    "User",
]
