"""One student as the staff of a course see them: topics, hard facts, mix-ups, activity and attempts."""

from datetime import timedelta

from flask import abort, render_template

from quizapp.actions.forecasting import facts_asked
from quizapp.core.insight.activity import LOOK_BACK
from quizapp.core.insight.classmap import student_lines
from quizapp.core.insight.expected import of_students
from quizapp.core.insight.trouble import confused_pairs, hardest
from quizapp.core.memory.days import ONE_DAY, study_day
from quizapp.core.memory.readiness import recall_on
from quizapp.store import classlog, insight
from quizapp.store.db import db
from quizapp.web import class_room as shared
from quizapp.web import pictures
from quizapp.web.class_room import Room

LISTED = 10
MONTH = timedelta(days=30)


def show(course_id: int, user_id: int) -> str:
    """Show one student; of who practises privately only that, and the quizzes handed in."""
    room = shared.enter(course_id)
    row = next((row for row, student in enumerate(room.cohort.students) if student.id == user_id), None)
    if row is None:
        abort(404)
    student, session = room.cohort.students[row], db.session()
    common = {
        "place": room.place,
        "tab": "students",
        "room": room,
        "student": student,
        "attempts": classlog.attempts(session, course_id, user_id),
    }
    if student.private:
        return render_template("classroom/student.html", **common)
    today = study_day(room.now, student.zone)
    days = insight.days(session, user_id, today - LOOK_BACK)
    return render_template(
        "classroom/student.html",
        **common,
        **_standing(room, row),
        **_trouble(room, user_id),
        month=[day for day in days if day.day > today - MONTH],
        calendar=pictures.year(days, today),
        last=max((day.day for day in days), default=None),
    )


def _standing(room: Room, row: int) -> dict[str, object]:
    """Set recall now against recall on the next date, topic by topic; a fact not begun counts in neither."""
    cohort, held = room.cohort, room.cohort.held
    task = next((task for task in classlog.tasks(db.session(), room.course_id) if task.due_at > room.now), None)
    line = student_lines(cohort, recall_on(held, 0.0))[row]
    places = cohort.syllabus.place_of_topics()
    topics = [
        (topic, line.topics[place], int((held.begun[row] & (places == place)).sum()), int((places == place).sum()))
        for place, topic in enumerate(cohort.syllabus.topics)
    ]
    found: dict[str, object] = {"line": line, "topics": topics, "task": task, "share": None, "on_date": []}
    if task is not None:
        on = recall_on(held, (task.due_at - room.now) / ONE_DAY)[[row]]
        asked, begun = facts_asked(cohort.syllabus, task)[None, :], held.begun[[row]]
        (found["share"],) = of_students(on, asked)
        found["on_date"] = [of_students(on, begun & (places == place))[0] for place in range(len(topics))]
    return found


def _trouble(room: Room, user_id: int) -> dict[str, object]:
    """Name the hardest facts and the pairs most often mixed up, of this course alone."""
    session = db.session()
    facts = {fact.id: fact for fact in room.cohort.syllabus.facts}
    hard = hardest((kept for kept in insight.kept(session, user_id) if kept.fact in facts), LISTED)
    mixed = [row for row in insight.mixed_up(session, user_id) if row.fact in facts and row.other in facts]
    pairs = confused_pairs(((row.fact, row.other, row.chosen) for row in mixed), LISTED)
    wanted = {kept.fact for kept in hard} | {fact for pair in pairs for fact in (pair.first, pair.second)}
    return {"hardest": hard, "pairs": pairs, "worded": shared.names(room, [facts[fact] for fact in sorted(wanted)])}
