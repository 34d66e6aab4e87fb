"""The demo's class: who studies when, how well they remember, and what they mix up."""

from collections.abc import Mapping
from dataclasses import dataclass

Pair = tuple[str, str]

KPO = ("bpo", "kpo")
SHORES = ("nearshore", "offshore")
HOME_OR_NEAR = ("onshore", "nearshore")
OFFICES = ("back-office", "front-office")
OFFICES_SHORT = ("back", "front")
WIDE = ("general", "bpo")
MOVES = ("outsourcing", "relocation")
IN_OUT = ("outsourcing", "insourcing")
STAFF = ("contractor", "own-staff")


@dataclass(frozen=True, slots=True)
class Habit:
    """When somebody studies: the chance of each weekday (Monday first), the usual local hour, and minutes a day.

    `from_day` and `to_day` count study days back from today; `second` is the chance of another sitting the same day.
    """

    weekdays: tuple[float, ...]
    hour: float
    minutes: int
    from_day: int = 42
    to_day: int = 0
    second: float = 0.0


@dataclass(frozen=True, slots=True)
class Person:
    """A simulated learner.

    `memory` stretches how long they remember (1 is FSRS's average learner), `prior` is the chance that they knew a fact
    before, `slip` that they miss what they know, `caution` that they say "not sure" instead of guessing; `pace` are
    seconds for a choice, `mixes` names that they take for one another, `quizzes` the days back of their quizzes.
    """

    name: str
    habit: Habit
    memory: float = 1.0
    prior: float = 0.25
    slip: float = 0.03
    caution: float = 0.25
    pace: float = 12.0
    mixes: tuple[Pair, ...] = ()
    quizzes: tuple[int, ...] = ()
    banks: tuple[str, ...] = ()
    zone: str = "Europe/Stockholm"

    @property
    def email(self) -> str:
        """Give the address that the account logs in with."""
        return f"{self.name.split()[0].lower()}@example.org"


def _daily(chance: float, weekend: float) -> tuple[float, ...]:
    return (chance,) * 5 + (weekend, weekend)


BEFORE_WEEKENDS = (0.05, 0.1, 0.2, 0.6, 0.7, 0.05, 0.1)
ON_WEEKENDS = (0.05, 0.0, 0.0, 0.05, 0.1, 0.7, 0.8)
CLASS_DAYS = (0.65, 0.05, 0.6, 0.1, 0.15, 0.0, 0.15)
NOW_AND_THEN = (0.4, 0.0, 0.1, 0.3, 0.0, 0.0, 0.4)

ANNA = Person(
    "Anna Lindqvist",
    Habit((0.9, 0.9, 0.85, 0.9, 0.75, 0.5, 0.85), 19.3, 6, from_day=40, to_day=1, second=0.05),
    memory=1.1,
    pace=9.0,
    mixes=(KPO, SHORES),
    quizzes=(27, 12, 3),
)
"""The student of the demo: she studied every evening of the last week, and has not begun today."""

STREAK = 9
"""So many days before today Anna studied without a break."""

PEOPLE = (
    ANNA,
    Person("Bruno Keller", Habit(_daily(0.5, 0.2), 7.4, 5), memory=1.3, caution=0.4, quizzes=(20, 6)),
    Person("Cecilia Holm", Habit(BEFORE_WEEKENDS, 16.5, 7, second=0.3), mixes=(KPO, WIDE), quizzes=(15,)),
    Person("David Nyström", Habit(_daily(0.6, 0.2), 12.1, 5, to_day=14), memory=0.9, mixes=(SHORES,), quizzes=(18,)),
    Person("Elin Sandberg", Habit(CLASS_DAYS, 10.2, 6), mixes=(OFFICES, OFFICES_SHORT, KPO), quizzes=(9,)),
    Person("Farid Rahimi", Habit(_daily(0.6, 0.5), 21.4, 5), memory=0.8, caution=0.35, pace=13.0),
    Person("Greta Olsen", Habit((1.0,) * 7, 18.0, 15, from_day=5, second=0.4), memory=0.85, prior=0.3, caution=0.05,
           pace=9.0, quizzes=(1,)),
    Person("Hanna Virtanen", Habit(ON_WEEKENDS, 14.0, 8), memory=1.2, zone="Europe/Helsinki"),
    Person("Ivan Petrov", Habit(CLASS_DAYS, 13.1, 5), memory=0.7, prior=0.15, slip=0.06, mixes=(SHORES, KPO, IN_OUT)),
    Person("Johanna Berg", Habit(_daily(0.3, 0.3), 20.1, 5), prior=0.35, banks=("bpo-and-kpo", "outsourcing"),
           quizzes=(8, 2)),
    Person("Karim Haddad", Habit(BEFORE_WEEKENDS, 19.0, 5), memory=0.9, mixes=(MOVES, IN_OUT), caution=0.1),
    Person("Lea Brunner", Habit(_daily(0.35, 0.1), 8.2, 5), memory=1.5, prior=0.4, caution=0.5, quizzes=(13,)),
    Person("Mikael Ek", Habit(CLASS_DAYS, 10.3, 5), memory=0.8, caution=0.0, slip=0.07, pace=7.0, mixes=(KPO, STAFF)),
    Person("Nora Lie", Habit(_daily(0.3, 0.5), 17.2, 6), mixes=(HOME_OR_NEAR, SHORES), quizzes=(10,)),
    Person("Oskar Wallin", Habit(ON_WEEKENDS, 11.5, 6), memory=0.9, prior=0.2, mixes=(KPO,)),
    Person("Petra Novak", Habit(_daily(0.5, 0.2), 22.1, 5, from_day=30), memory=1.1, mixes=(WIDE,), quizzes=(4,)),
    Person("Rasmus Dahl", Habit(BEFORE_WEEKENDS, 15.2, 6, to_day=20), memory=0.75, caution=0.1, mixes=(SHORES,)),
    Person("Sara Lehtonen", Habit(_daily(0.4, 0.2), 6.9, 5), memory=1.2, caution=0.3, zone="Europe/Helsinki"),
    Person("Tomas Urban", Habit(CLASS_DAYS, 10.1, 5), mixes=(OFFICES, OFFICES_SHORT, STAFF), prior=0.2),
    Person("Ulla Mattsson", Habit(_daily(0.25, 0.5), 9.5, 7), memory=0.85, pace=16.0, caution=0.45, slip=0.02),
    Person("Viktor Sjöberg", Habit((0.1, 0.0, 0.1, 0.0, 0.6, 0.1, 0.6), 20.3, 7), mixes=(KPO, MOVES), quizzes=(5,)),
    Person("Wilma Forsberg", Habit(CLASS_DAYS, 13.4, 5, from_day=25), banks=("bpo-and-kpo",), mixes=(KPO,)),
    Person("Yasmin Amiri", Habit(_daily(0.5, 0.1), 16.1, 5), memory=1.4, prior=0.35, quizzes=(16, 7)),
    Person("Zoran Ilic", Habit(NOW_AND_THEN, 23.1, 5), memory=0.65, slip=0.08, mixes=(SHORES, WIDE)),
)  # fmt: skip
"""Everybody who studies; names and addresses belong to nobody."""

PASSWORD = "study-a-little"  # noqa: S105 -- printed for everybody, in a database of its own
TEACHER, ASSISTANT, ADMIN = "teacher@example.org", "assistant@example.org", "admin@example.org"
ROLES: Mapping[str, str] = {TEACHER: "instructor", ASSISTANT: "student", ADMIN: "admin"}
"""Roles on the site; the course makes one of them its assistant."""

LOGINS: Mapping[str, str] = {ANNA.email: "student", TEACHER: "instructor", ASSISTANT: "assistant", ADMIN: "admin"}
"""Who can log in to the demo, with `PASSWORD`, and as what."""
