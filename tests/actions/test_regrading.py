"""A regrade does exactly the plan that was shown, adds grades with their reason, and does nothing twice."""

from dataclasses import replace

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from support.cast import Cast
from support.grading import OTHER_COST, SWAPPED, Class
from support.lessons import Lesson

from quizapp.actions import gradebook, quiz
from quizapp.actions.data import verify
from quizapp.actions.errors import NotFound, Refused, Stale
from quizapp.actions.regrade_plan import LEAVE_OUT, LOWER, RUNNING, SET
from quizapp.actions.regrading import PlanChanged, Policy, RegradePlan, apply_regrade, plan_regrade, set_grade
from quizapp.core.items.regrade import Kind
from quizapp.store import grades, models

COST, TCO = "questions.forgotten-cost", "cards.tco"
MAY_LOWER = Policy(never_lower=False)


@pytest.fixture
def school(session: Session, cast: Cast, lesson: Lesson) -> Class:
    return Class.begin(session, cast, lesson)


def planned(school: Class, policy: Policy = Policy()) -> RegradePlan:  # noqa: B008 -- frozen
    return plan_regrade(school.session, school.quiz, policy)


def applied(school: Class, plan: RegradePlan, *, reason: str = "The key was wrong.", digest: str = "") -> int:
    return apply_regrade(
        school.session,
        school.cast.teacher,
        school.quiz,
        plan.policy,
        reason=reason,
        digest=digest or plan.digest,
        now=school.now,
    )


def audited(school: Class, action: str) -> list[models.AuditEntry]:
    return list(school.session.scalars(select(models.AuditEntry).where(models.AuditEntry.action == action)))


def test_a_regrade_without_a_reason_is_refused(school: Class) -> None:
    with pytest.raises(Refused) as refusal:
        applied(school, planned(school), reason=" \n ")
    assert refusal.value.field == "reason"


@pytest.mark.parametrize("who", ["astrid", "outsider"])
def test_only_an_instructor_of_the_course_may_change_grades(school: Class, who: str) -> None:
    attempt = school.hand_in(school.cast.astrid)
    (grade,) = school.grades(attempt)
    user = getattr(school.cast, who)
    with pytest.raises(NotFound):
        apply_regrade(
            school.session, user, school.quiz, Policy(), reason="r", digest=planned(school).digest, now=school.now
        )
    with pytest.raises(NotFound):
        set_grade(school.session, user, attempt, 4, base=grade.id, reason="r", now=school.now)


def test_in_an_archived_course_no_grade_changes(school: Class) -> None:
    school.course.archived_at = school.now
    with pytest.raises(Refused):
        applied(school, planned(school))


def test_where_nothing_was_edited_nothing_changes(school: Class) -> None:
    school.hand_in(school.cast.astrid, wrongly=[COST, TCO])
    plan = planned(school)
    assert (plan.attempts, plan.changes, plan.left_out, plan.questions) == (1, (), (), ())
    assert applied(school, plan) == 0
    assert audited(school, "grade.regrade") == []


def test_a_plan_says_who_changes_by_what_and_why(school: Class) -> None:
    helped, hurt = school.hand_in(school.cast.astrid, wrongly=[COST]), school.hand_in(school.cast.jussi)
    school.publish(*SWAPPED)
    plan = planned(school, MAY_LOWER)
    assert [(change.student, change.old, change.new) for change in plan.changes] == [
        ("Astrid", (3, 4), (4, 4)),
        ("Jussi", (4, 4), (3, 4)),
    ]
    (slot,) = plan.changes[0].slots
    assert (slot.slot, slot.old, slot.new) == (school.slot(helped, COST), 0, 1)
    ((cause, count),) = plan.questions
    assert (cause.fact, cause.kind, cause.answer, count) == (COST, Kind.CHANGED, OTHER_COST, 2)
    assert school.grades(hurt)[0].points == 4


def test_a_grade_is_not_lowered_unless_that_is_asked_for(school: Class) -> None:
    school.hand_in(school.cast.astrid, wrongly=[COST])
    kept = school.hand_in(school.cast.jussi)
    school.publish(*SWAPPED)
    plan = planned(school)
    assert [change.student for change in plan.changes] == ["Astrid"]
    assert [(each.attempt_id, each.why) for each in plan.left_out] == [(kept.id, LOWER)]


def test_a_regrade_adds_grades_keeps_the_old_ones_and_moves_no_memory(school: Class) -> None:
    attempt = school.hand_in(school.cast.astrid, wrongly=[COST])
    results = [item.result for item in school.items(attempt)]
    school.publish(*SWAPPED)
    before = school.session.scalar(select(func.count()).select_from(models.Review))
    assert applied(school, planned(school)) == 1
    first, second = school.grades(attempt)
    assert (first.kind, first.points) == ("finished", 3)
    assert (second.kind, second.points, second.reason, second.by_id) == (
        "regraded",
        4,
        "The key was wrong.",
        school.cast.teacher.id,
    )
    assert [item.result for item in school.items(attempt)] == results
    assert school.session.scalar(select(func.count()).select_from(models.Review)) == before
    assert verify(school.session) == []
    (entry,) = audited(school, "grade.regrade")
    assert entry.detail["attempts"] == [
        {"attempt": attempt.id, "student": school.cast.astrid.id, "from": [3, 4], "to": [4, 4]}
    ]
    assert [row.by for row in grades.history_of(school.session, attempt.id)] == ["", "Teacher"]


def test_the_same_regrade_sent_again_adds_nothing(school: Class) -> None:
    attempt = school.hand_in(school.cast.astrid, wrongly=[COST])
    school.publish(*SWAPPED)
    plan = planned(school)
    assert (applied(school, plan), applied(school, plan)) == (1, 1)
    assert len(school.grades(attempt)) == 2
    assert len(audited(school, "grade.regrade")) == 1
    assert planned(school).changes == ()


def test_another_plan_than_the_one_shown_is_not_done(school: Class) -> None:
    attempt = school.hand_in(school.cast.astrid, wrongly=[COST])
    school.publish(*SWAPPED)
    plan = planned(school)
    school.hand_in(school.cast.jussi)
    school.publish()
    with pytest.raises(PlanChanged) as refusal:
        applied(school, plan)
    assert refusal.value.plan.digest != plan.digest
    with pytest.raises(PlanChanged):
        applied(school, replace(planned(school), policy=Policy(void=LEAVE_OUT)))
    assert len(school.grades(attempt)) == 1


def test_an_edit_that_is_taken_back_gives_the_first_points_again(school: Class) -> None:
    attempt = school.hand_in(school.cast.jussi)
    school.publish(*SWAPPED)
    applied(school, planned(school, MAY_LOWER))
    school.publish()
    applied(school, planned(school))
    school.publish(*SWAPPED)
    applied(school, planned(school, MAY_LOWER))
    assert [grade.points for grade in school.grades(attempt)] == [4, 3, 4, 3]


def test_a_question_that_cannot_be_judged_counts_for_everybody_or_for_nobody(school: Class) -> None:
    attempt = school.hand_in(school.cast.astrid, wrongly=[COST])
    school.publish(("say: A captive centre belongs to the supplier.", "say: Nobody owns a captive centre."))
    full, leave = planned(school), planned(school, Policy(void=LEAVE_OUT))
    assert full.changes == ()
    assert [(change.old, change.new) for change in leave.changes] == []
    assert [each.why for each in leave.left_out] == [LOWER]
    less = planned(school, Policy(void=LEAVE_OUT, never_lower=False))
    assert [(change.old, change.new) for change in less.changes] == [((3, 4), (2, 3))]
    applied(school, less)
    grade = school.grades(attempt)[-1]
    assert gradebook.marks_of(grade)[school.slot(attempt, "statements.captive-owned")] is None


def test_full_marks_are_given_to_those_who_did_not_answer(school: Class) -> None:
    attempt = school.start(school.cast.astrid)
    quiz.finish_attempt(school.session, school.cast.astrid, attempt.id, now=school.now)
    school.publish(("say: A captive centre belongs to the supplier.", "say: Nobody owns a captive centre."))
    plan = planned(school)
    assert [(change.old, change.new) for change in plan.changes] == [((0, 4), (1, 4))]


def test_attempts_that_run_are_left_out_and_named(school: Class) -> None:
    running = school.start(school.cast.astrid)
    school.publish(*SWAPPED)
    assert [(each.attempt_id, each.why) for each in planned(school).left_out] == [(running.id, RUNNING)]


def test_a_late_attempt_keeps_its_factor(school: Class) -> None:
    school.quiz.late_rule, school.quiz.late_percent = "penalty", 50
    attempt = school.hand_in(school.cast.astrid, wrongly=[COST], at=school.quiz.due_at.replace(hour=23))
    school.publish(*SWAPPED)
    applied(school, planned(school))
    assert [gradebook.score(grade) for grade in school.grades(attempt)] == [1.5, 2.0]


def test_points_set_by_hand_need_a_reason_and_must_be_possible(school: Class) -> None:
    attempt = school.hand_in(school.cast.astrid)
    (grade,) = school.grades(attempt)
    for points in (-1.0, 4.5, float("nan"), float("inf"), None):
        with pytest.raises(Refused) as refusal:
            set_grade(school.session, school.cast.teacher, attempt, points, base=grade.id, reason="r", now=school.now)
        assert refusal.value.field == "points"
    with pytest.raises(Refused) as refusal:
        set_grade(school.session, school.cast.teacher, attempt, 2, base=grade.id, reason=" ", now=school.now)
    assert refusal.value.field == "reason"
    assert school.grades(attempt) == [grade]


def test_a_grade_set_by_hand_counts_once_and_stays_when_others_are_regraded(school: Class) -> None:
    attempt = school.hand_in(school.cast.astrid, wrongly=[COST])
    (grade,) = school.grades(attempt)
    for _ in range(2):
        set_grade(school.session, school.cast.teacher, attempt, 3.5, base=grade.id, reason="Talk", now=school.now)
    assert [each.kind for each in school.grades(attempt)] == ["finished", "set"]
    (entry,) = audited(school, "grade.set")
    assert (entry.detail["from"], entry.detail["to"], entry.detail["reason"]) == (3, 3.5, "Talk")
    with pytest.raises(Stale):
        set_grade(school.session, school.cast.teacher, attempt, 1, base=grade.id, reason="Late", now=school.now)
    school.publish(*SWAPPED)
    plan = planned(school)
    assert plan.changes == ()
    assert [each.why for each in plan.left_out] == [SET]


def test_whoever_edits_a_bank_is_told_which_of_their_quizzes_asked_it(school: Class) -> None:
    bank, teacher = school.lesson.bank.id, school.cast.teacher.id
    attempt = school.start(school.cast.astrid)
    assert grades.asking(school.session, teacher, bank) == []
    quiz.finish_attempt(school.session, school.cast.astrid, attempt.id, now=school.now)
    (found,) = grades.asking(school.session, teacher, bank)
    assert (found.assignment_id, found.course) == (school.quiz.id, school.course.name)
    assert grades.asking(school.session, school.cast.astrid.id, bank) == []
    assert grades.asking(school.session, teacher, bank + 1) == []
