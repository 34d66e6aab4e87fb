"""The rows of courses: their people, banks and assignments."""

from support.matrix.rows import Access, Row, given, of_theirs

U = "/courses/<int:course_id>"
P, B, A = f"{U}/people/<int:user_id>", f"{U}/banks/<int:bank_id>", f"{U}/assignments/<int:assignment_id>"
_LIST = ("q", "sort", "page")

_COURSE, _CODE = {"course_id": "course"}, {"code": "code"}
_STUDENT, _FORMER = {**_COURSE, "user_id": "student"}, {**_COURSE, "user_id": "former"}
_BANK, _INVITED = {**_COURSE, "bank_id": "own bank"}, {**_COURSE, "invitation_id": "invitation"}
_QUIZ, _DRILL = {**_COURSE, "assignment_id": "set quiz"}, {**_COURSE, "assignment_id": "drill"}
_PLANNED, _PAST = {**_COURSE, "assignment_id": "planned"}, {**_COURSE, "assignment_id": "archived quiz"}

_SETTINGS = given(version="1", name="Another", note="Bring a pen.", zone="Europe/Oslo", open="y")
_NEW_PERSON = given(email="new@example.org", role="student")
_GRANTED = given(extra_time="25", extra_attempts="1")
_ROSTER = given(text="name,email\nNils Holgersson,nils@example.org\n")
_ASKED = {
    "title": "Another quiz",
    "source": "banks",
    "forms": "mixed",
    "questions": "2",
    "due_at": "2099-01-01T12:00",
    "late_rule": "refuse",
    "late_percent": "10",
    "attempts": "2",
    "feedback": "due",
}
_NEW_TASK = of_theirs({"bank": "taught bank"}, kind="quiz", **_ASKED)
_TASK = of_theirs({"bank": "taught bank"}, version="1", **_ASKED)
_OTHERS_BANK = {"bank": "taught bank"}

COURSES = (
    Row("GET", "/courses", Access.MEMBERS, 200),
    Row("POST", "/courses", Access.AUTHORS, 303, fields=given(name="A new one", zone="Europe/Oslo"), changes=True),
    Row("GET", "/courses/join", Access.MEMBERS, 200),
    Row("POST", "/courses/join", Access.MEMBERS, 303, fields=of_theirs({"code": "open code"}), changes=True),
    Row("GET", "/join/<code>", Access.NEWCOMERS, 200, _CODE),
    Row("POST", "/join/<code>", Access.NEWCOMERS, 303, _CODE, changes=True),
    Row("GET", U, Access.COURSE, 200, _COURSE, query=("state",)),
    Row("GET", f"{U}/settings", Access.INSTRUCTORS, 200, _COURSE),
    Row("POST", f"{U}/settings", Access.INSTRUCTORS, 303, _COURSE, _SETTINGS, changes=True),
    Row("POST", f"{U}/archive", Access.INSTRUCTORS, 303, _COURSE, changes=True),
    Row("POST", f"{U}/unarchive", Access.INSTRUCTORS, 303, {"course_id": "past course"}, changes=True),
    Row("POST", f"{U}/code", Access.INSTRUCTORS, 303, _COURSE, changes=True),
    Row("POST", f"{U}/leave", Access.ENROLLED, 303, _COURSE, changes=True),
    Row("GET", f"{U}/banks", Access.STAFF, 200, _COURSE),
    Row(
        "POST",
        f"{U}/banks",
        Access.INSTRUCTORS,
        303,
        _COURSE,
        given(bank="1"),
        changes=True,
        foreign={"bank": "private bank"},
    ),
    Row("POST", B, Access.INSTRUCTORS, 303, _BANK, given(editable="1"), changes=True),
    Row("POST", f"{B}/remove", Access.INSTRUCTORS, 303, _BANK, changes=True),
    Row("GET", f"{U}/people", Access.STAFF, 200, _COURSE, query=(*_LIST, "role")),
    Row("POST", f"{U}/people", Access.INSTRUCTORS, 303, _COURSE, _NEW_PERSON, changes=True),
    Row("GET", P, Access.STAFF, 200, _STUDENT),
    Row("POST", f"{P}/role", Access.INSTRUCTORS, 303, _STUDENT, given(role="assistant"), changes=True),
    Row("POST", f"{P}/accommodations", Access.STAFF, 303, _STUDENT, _GRANTED, changes=True),
    Row("POST", f"{P}/remove", Access.INSTRUCTORS, 303, _STUDENT, changes=True),
    Row("POST", f"{P}/restore", Access.INSTRUCTORS, 303, _FORMER, changes=True),
    Row("GET", f"{U}/roster", Access.INSTRUCTORS, 200, _COURSE),
    Row("POST", f"{U}/roster", Access.INSTRUCTORS, 200, _COURSE, _ROSTER),
    Row("POST", f"{U}/roster/apply", Access.INSTRUCTORS, 303, _COURSE, _ROSTER, changes=True),
    Row("POST", f"{U}/invitations/<int:invitation_id>/remove", Access.INSTRUCTORS, 303, _INVITED, changes=True),
    Row("GET", f"{U}/assignments/new", Access.INSTRUCTORS, 200, _COURSE, query=("kind",)),
    Row(
        "POST",
        f"{U}/assignments",
        Access.INSTRUCTORS,
        303,
        _COURSE,
        _NEW_TASK,
        changes=True,
        foreign=_OTHERS_BANK,
    ),
    Row("GET", A, Access.COURSE, 200, _QUIZ),
    Row("GET", f"{A}/edit", Access.INSTRUCTORS, 200, _PLANNED),
    Row("POST", f"{A}/edit", Access.INSTRUCTORS, 303, _PLANNED, _TASK, changes=True, foreign=_OTHERS_BANK),
    Row("POST", f"{A}/publish", Access.INSTRUCTORS, 303, _PLANNED, changes=True),
    Row("POST", f"{A}/archive", Access.INSTRUCTORS, 303, _QUIZ, changes=True),
    Row("POST", f"{A}/unarchive", Access.INSTRUCTORS, 303, _PAST, changes=True),
    Row("POST", f"{A}/attempts", Access.STUDENTS, 303, _QUIZ, changes=True),
    Row("POST", f"{A}/practice", Access.STUDENTS, 303, _DRILL, changes=True),
    Row("POST", f"{A}/preview", Access.STAFF, 303, _QUIZ, changes=True),
)
