"""The rows of what a course knows: grades, the class, its items and mix-ups."""

from support.matrix.rows import Access, Row, of_theirs

U = "/courses/<int:course_id>"
A = f"{U}/assignments/<int:assignment_id>"

_COURSE = {"course_id": "course"}
_QUIZ, _TAKEN = {**_COURSE, "assignment_id": "set quiz"}, {**_COURSE, "attempt_id": "taken"}
_REGRADE = of_theirs({"digest": "digest"}, void="full", never_lower="", reason="The key was wrong.")
_GRADE = of_theirs({"base": "grade"}, points="0.5", reason="It was half right.")

RESULTS = (
    Row("GET", f"{U}/grades", Access.STAFF, 200, _COURSE, query=("sort", "show")),
    Row("GET", f"{U}/grades.csv", Access.STAFF, 200, _COURSE),
    Row("GET", f"{U}/grades.xlsx", Access.STAFF, 200, _COURSE),
    Row("GET", f"{U}/grades.json", Access.STAFF, 200, _COURSE),
    Row("GET", f"{A}/grades", Access.STAFF, 200, _QUIZ),
    Row("GET", f"{A}/regrade", Access.INSTRUCTORS, 200, _QUIZ, query=("shown", "void", "never_lower")),
    Row(
        "POST",
        f"{A}/regrade",
        Access.INSTRUCTORS,
        303,
        _QUIZ,
        _REGRADE,
        changes=True,
        foreign={"digest": "digest"},
    ),
    Row("GET", f"{U}/attempts/<int:attempt_id>", Access.STAFF, 200, _TAKEN),
    Row(
        "POST",
        f"{U}/attempts/<int:attempt_id>/grade",
        Access.INSTRUCTORS,
        303,
        _TAKEN,
        _GRADE,
        changes=True,
        foreign={"base": "grade"},
    ),
    Row("GET", f"{U}/map", Access.STAFF, 200, _COURSE, query=("bank", "topic", "day"), foreign={"bank": "taught bank"}),
    Row("GET", f"{U}/students", Access.STAFF, 200, _COURSE),
    Row("GET", f"{U}/students/<int:user_id>", Access.STAFF, 200, {**_COURSE, "user_id": "student"}),
    Row(
        "GET",
        f"{U}/forecast",
        Access.STAFF,
        200,
        _COURSE,
        query=("minutes", "assignment", "day"),
        foreign={"assignment": "set quiz", "bank": "taught bank"},
    ),
    Row("GET", f"{U}/activity", Access.STAFF, 200, _COURSE, query=("weeks",)),
    Row("GET", f"{U}/items", Access.STAFF, 200, _COURSE, query=("where", "bank", "flag"), foreign={"bank": "taught"}),
    Row("GET", f"{U}/items/<int:fact_id>", Access.STAFF, 200, {**_COURSE, "fact_id": "taught fact"}, query=("where",)),
    Row("GET", f"{U}/confusions", Access.STAFF, 200, _COURSE, query=("student",), foreign={"student": "student"}),
)
