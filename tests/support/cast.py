"""The standing cast: a teacher, two students, an outsider, an admin."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from quizapp.store.models import User

PASSWORD = "correct horse battery"


@dataclass(frozen=True, slots=True)
class Cast:
    """Everybody who plays a part in the tests; nobody has a password until a test sets one."""

    teacher: User
    astrid: User
    jussi: User
    outsider: User
    admin: User


def hire(session: Session, now: datetime) -> Cast:
    """Give everybody an account."""

    def user(name: str, role: str = "student", zone: str = "Europe/Stockholm") -> User:
        return User(email=f"{name.lower()}@example.org", name=name, role=role, zone=zone, created_at=now)

    cast = Cast(
        teacher=user("Teacher", "instructor"),
        astrid=user("Astrid"),
        jussi=user("Jussi", zone="Europe/Helsinki"),
        outsider=user("Outsider", zone="UTC"),
        admin=user("Admin", "admin"),
    )
    session.add_all([cast.teacher, cast.astrid, cast.jussi, cast.outsider, cast.admin])
    session.flush()
    return cast


@dataclass(frozen=True, slots=True)
class Staff:
    """Those who come into it where rights are tried: they work for courses, or write banks."""

    assistant: User
    colleague: User
    author: User


def hire_staff(session: Session, now: datetime) -> Staff:
    """Give accounts to an assistant, an instructor of another course, and an author who is in no course."""
    roles = {"assistant": "student", "colleague": "instructor", "author": "instructor"}
    users = {
        name: User(
            email=f"{name}@example.org", name=name.capitalize(), role=role, zone="Europe/Stockholm", created_at=now
        )
        for name, role in roles.items()
    }
    session.add_all(users.values())
    session.flush()
    return Staff(**users)
