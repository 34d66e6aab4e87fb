"""HTTP in and out, one blueprint a module."""

from flask import Flask

from quizapp.config import Config
from quizapp.web import (
    accounts,
    admin,
    admin_books,
    admin_people,
    analysis,
    assets,
    assignments,
    banks,
    classroom,
    course_banks,
    courses,
    draft_editor,
    draft_pictures,
    draft_plan,
    draft_preview,
    draft_table,
    drafts,
    entry,
    errors,
    flashcards,
    grade_files,
    graded,
    grades,
    health,
    home,
    identity,
    joining,
    languages,
    match,
    media,
    people,
    practice,
    progress,
    quiz,
    regrades,
    roster,
    security,
    sharing,
    styleguide,
    versions,
)

_STUDY = (home, entry, languages, accounts, practice, quiz, match, flashcards, progress, banks, media)
_TEACHING = (courses, joining, course_banks, people, roster, assignments, classroom, analysis, versions, sharing)
_SITE = (admin, admin_people, admin_books, health)
_GRADES = (grades, graded, regrades, grade_files)
_WORKSHOP = (drafts, draft_editor, draft_pictures, draft_preview, draft_plan, draft_table)


def init_app(app: Flask, config: Config) -> None:
    """Put guards, assets, languages, error pages and every blueprint in place."""
    security.init_app(app)
    identity.init_app(app)
    languages.init_app(app)
    assets.init_app(app)
    errors.init_app(app)
    for module in (*_STUDY, *_TEACHING, *_GRADES, *_WORKSHOP, *_SITE):
        app.register_blueprint(module.bp)
    if config.debug:
        app.register_blueprint(styleguide.bp)
