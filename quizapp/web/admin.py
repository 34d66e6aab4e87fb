"""Running the site: how it is doing, what it holds, its settings."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from quizapp.actions.site import change_site, installed
from quizapp.store import health, schema
from quizapp.store import site as shelf
from quizapp.store.db import db
from quizapp.store.engine import sqlite_warning
from quizapp.web import listing, sizes
from quizapp.web import site as site_settings
from quizapp.web.filling import blaming
from quizapp.web.forms.site import SiteForm
from quizapp.web.identity import learner, requires_role
from quizapp.web.security import reads_first, settings

bp = Blueprint("admin", __name__)
bp.add_app_template_filter(sizes.in_words, "bytes")

ACTIVE = timedelta(days=30)
LITTLE_DISK = 1_000_000_000
OLD_BACKUP = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class File:
    """A file in the data folder."""

    name: str
    size: int
    at: datetime


@bp.get("/admin")
@requires_role("admin")
def overview() -> str:
    """Show how the site is doing."""
    session, now = db.session(), _now()
    backups = _backups()
    disk = shutil.disk_usage(settings().folder)
    return render_template(
        "admin/overview.html",
        counts=shelf.counts(session, now - ACTIVE),
        database=health.version(session),
        warning=sqlite_warning() if session.get_bind().dialect.name == "sqlite" else None,
        revision=health.revision(session),
        head=schema.head(),
        size=health.size(session),
        disk=disk,
        little_disk=disk.free < LITTLE_DISK,
        backups=backups,
        old_backup=not backups or now - backups[0].at > OLD_BACKUP,
        folder=settings().folder,
    )


@bp.post("/admin/check")
@requires_role("admin")
@reads_first
def check() -> ResponseReturnValue:
    """Look whether the pages of the database are sound; nobody waits for it."""
    wrong = health.unsound(db.session())
    if wrong:
        flash(_("The database is damaged: %(what)s. Restore a backup.", what=wrong), "error")
    else:
        flash(_("The database was checked: all is well."), "success")
    return redirect(url_for("admin.overview"), 303)


@bp.get("/admin/storage")
@requires_role("admin")
def storage() -> str:
    """Show what takes how much room."""
    session = db.session()
    return render_template(
        "admin/storage.html",
        database=health.version(session),
        size=health.size(session),
        tables=health.tables(session),
        pictures=health.pictures(session),
        backups=_backups(),
        folder=settings().folder,
    )


@bp.get("/admin/courses")
@requires_role("admin")
def courses() -> str:
    """List every course."""
    states = [("open", _("Open")), ("archived", _("Archived"))]
    listed = listing.of(
        shelf.all_courses(db.session()),
        keys={
            "name": lambda row: row.name,
            "by": lambda row: row.opened_by,
            "created": lambda row: row.created_at,
            "students": lambda row: row.students,
            "staff": lambda row: row.staff,
            "banks": lambda row: row.banks,
            "assignments": lambda row: row.assignments,
        },
        default="name",
        search=lambda row: f"{row.name} {row.opened_by or ''}",
        filters=[
            listing.Filter(
                "state", _("State"), states, lambda row, value: (row.archived_at is None) == (value == "open")
            )
        ],
    )
    return render_template("admin/courses.html", listed=listed)


@bp.route("/admin/settings", methods=["GET", "POST"])
@requires_role("admin")
def change_settings() -> ResponseReturnValue:
    """Show and change the settings of the site."""
    rows = shelf.setting_rows(db.session())
    started = installed(settings())
    form = SiteForm(data=_filled(rows))
    form.offer(sign_up=started.sign_up, language=started.language, zone=started.zone, chosen=rows.get("zone", ""))
    if form.validate_on_submit():
        with blaming(form):
            change_site(db.session(), learner(), dict(_values(form)), now=_now())
            db.session.commit()
            site_settings.forget()
            flash(_("The settings of the site are saved."))
            return redirect(url_for("admin.change_settings"), 303)
    status = 200
    if form.is_submitted():
        db.session.rollback()
        status = 422
    return render_template("admin/settings.html", form=form, rows=rows, started=started), status


def _filled(rows: dict[str, str]) -> dict[str, object]:
    values: dict[str, object] = {"sign_up": "", "language": "", "zone": "", **rows}
    values["minutes_a_day"] = int(rows["minutes_a_day"]) if rows.get("minutes_a_day", "").isdecimal() else None
    values["retention"] = round(float(rows["retention"]) * 100) if "retention" in rows else None
    return values


def _values(form: SiteForm) -> Iterator[tuple[str, str]]:
    """Give the settings as text; a field left empty is none."""
    for name in ("name", "notice", "sign_up", "language", "zone"):
        yield name, form[name].data or ""
    yield "minutes_a_day", "" if form.minutes_a_day.data is None else str(form.minutes_a_day.data)
    yield "retention", "" if form.retention.data is None else f"{form.retention.data / 100:g}"


def _backups() -> list[File]:
    """List the backups in the data folder, the newest first."""
    folder = settings().folder / "backups"
    return sorted(map(_file, _whole(folder)), key=lambda file: file.at, reverse=True)


def _whole(folder: Path) -> list[Path]:
    if not folder.is_dir():
        return []
    return [path for path in folder.iterdir() if path.is_file() and path.suffix in {".sqlite3", ".dump"}]


def _file(path: Path) -> File:
    known = path.stat()
    return File(path.name, known.st_size, datetime.fromtimestamp(known.st_mtime, UTC))


def _now() -> datetime:
    return datetime.now(UTC)
