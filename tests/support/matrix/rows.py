"""What a row of the table says, and the people whom it says it of."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum

from support.caller import Form

STRANGER = ""
EVERYBODY = ("astrid", "jussi", "assistant", "teacher", "colleague", "author", "outsider", "admin")
"""Everybody with an account who tries every row."""

PARTS: Mapping[str, Mapping[str, str]] = {
    "astrid": {"astrid": "student", "assistant": "assistant", "teacher": "instructor"},
    "jussi": {"jussi": "student", "colleague": "instructor"},
}
"""The two courses, each called by its student: who is in it, and as what."""

OWNERS: Mapping[str, str] = {"astrid": "author", "jussi": "colleague"}
"""Who owns the banks and drafts of each course, whose instructors may edit them too."""

MAY_WRITE = frozenset({"teacher", "colleague", "author", "admin"})
NOWHERE = "2147483647"
"""A number, and a name, of nothing at all."""


class Access(Enum):
    """For whom a route is there; where it says no more, it does not exist for all others."""

    ANYBODY = "the same for everybody"
    CHOOSERS = "the same for everybody; what a stranger chooses stays in the browser"
    STRANGERS = "for whoever has no account yet; members are sent home"
    MEMBERS = "strangers are asked to log in"
    OWNER = "for everybody but its owner it does not exist, teachers and admins included"
    NEWCOMERS = "for whoever is not in the course; its people are sent there"
    ENROLLED = "for the people of the course; admins have no part in it"
    COURSE = "for the people of the course, and admins"
    STUDENTS = "for the students of the course alone; its staff has a preview"
    STAFF = "for assistants and instructors of the course, and admins"
    INSTRUCTORS = "for instructors of the course, and admins"
    AUTHORS = "for whoever may write banks and open courses"
    READERS = "for the owner of the bank, the people of its course, and admins"
    EDITORS = "for the owner of the bank, the instructors of a course that edits it, and admins"
    DECIDERS = "for the owner of the bank, and admins"
    SHIPPED = "for admins, since what came with the program has no owner"
    ADMINS = "for admins; all others are told that it is not for them"

    def guests(self, course: str) -> frozenset[str] | None:
        """Give those with an account for whom a route is there, by the course that things belong to; None for all."""
        parts, owner = PARTS[course], OWNERS[course]
        staff = {name for name, role in parts.items() if role != "student"}
        instructors = {name for name, role in parts.items() if role == "instructor"}
        found = {
            Access.ENROLLED: parts.keys(),
            Access.COURSE: {*parts, "admin"},
            Access.STUDENTS: {course},
            Access.STAFF: {*staff, "admin"},
            Access.INSTRUCTORS: {*instructors, "admin"},
            Access.AUTHORS: MAY_WRITE,
            Access.READERS: {*parts, owner, "admin"},
            Access.EDITORS: {*instructors, owner, "admin"},
            Access.DECIDERS: {owner, "admin"},
            Access.SHIPPED: {"admin"},
            Access.ADMINS: {"admin"},
        }.get(self)
        return None if found is None else frozenset(found)

    @property
    def host(self) -> str:
        """Give the least of those for whom a route is there, strangers but for what is for them alone."""
        hosts = {
            Access.NEWCOMERS: "outsider",
            Access.STAFF: "assistant",
            Access.INSTRUCTORS: "teacher",
            Access.AUTHORS: "author",
            Access.EDITORS: "teacher",
            Access.DECIDERS: "author",
            Access.SHIPPED: "admin",
            Access.ADMINS: "admin",
        }
        return hosts.get(self, "astrid")


COURSEWISE = frozenset({Access.NEWCOMERS, Access.ENROLLED, Access.COURSE, Access.STUDENTS, Access.STAFF})
COURSEWISE |= {Access.INSTRUCTORS, Access.READERS, Access.EDITORS, Access.DECIDERS}
"""What depends on the course that a thing belongs to."""


@dataclass
class Person:
    """Somebody of the cast: the row, and by name what a route's variables may stand for."""

    id: int
    version: int
    objects: dict[str, str] = field(default_factory=dict)
    answer: Form = field(default_factory=dict)


Fields = Callable[[Person], Form]


def nothing(_: Person) -> Form:
    """Send no field."""
    return {}


def given(**fields: str) -> Fields:
    """Send these fields, whoever sends them."""
    return lambda _: fields


def of_theirs(objects: Mapping[str, str], **fields: str) -> Fields:
    """Send the names of things of the person's, by field, and these fields."""
    return lambda who: {**fields, **{name: who.objects[thing] for name, thing in objects.items()}}


@dataclass(frozen=True, slots=True)
class Row:
    """A route with one method: for whom it is, the status it answers them with, and whether it changes anything.

    `objects` names what the variables of the route stand for, `query` what it reads of the address, `files` the parts
    of its form that are files. `foreign` are fields, or parts of the query, that name things: what is of another course
    is refused in a form, and in a query it is as good as nothing.
    """

    method: str
    rule: str
    access: Access
    status: int
    objects: Mapping[str, str] = field(default_factory=dict)
    fields: Fields = nothing
    changes: bool = False
    query: tuple[str, ...] = ()
    files: Mapping[str, tuple[str, bytes]] = field(default_factory=dict)
    foreign: Mapping[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.method} {self.rule}"

    def path(self, person: Person, **values: str) -> str:
        """Give the address with one person's objects, or with other values, percent-encoded ones, in their place."""
        path = self.rule
        for name, thing in self.objects.items():
            path = path.replace(f"<int:{name}>", f"<{name}>").replace(f"<path:{name}>", f"<{name}>")
            path = path.replace(f"<{name}>", values.get(name, person.objects[thing]))
        return path
