"""The versions of a bank: what changed when and by whom, the files as written, and the way back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from quizapp.actions import sharing
from quizapp.actions import versions as deeds
from quizapp.actions.course_banks import may_share
from quizapp.actions.errors import Refused
from quizapp.paths import bundled
from quizapp.store import library, models, pictures, rights, versions
from quizapp.store.db import db
from quizapp.store.summaries import read_summary
from quizapp.store.versions import File
from quizapp.web import listing
from quizapp.web.diffs import Line, changes
from quizapp.web.identity import learner
from quizapp.web.languages import said
from quizapp.web.wording import Marked, marked

MOST_LINES = 3_000
"""Lines of a comparison that a page shows."""

bp = Blueprint("versions", __name__)


@dataclass(frozen=True, slots=True)
class Compared:
    """A file in two versions: `lines` is None for one too long to compare, `cut` says that not all are shown."""

    file: File
    kind: str
    lines: tuple[Marked, ...] | None
    cut: bool


@bp.get("/banks/<key>/versions")
def index(key: str) -> str:
    """List the versions of a bank."""
    return _page(deeds.bank_to_edit(db.session(), learner(), key))


@bp.get("/banks/<key>/versions/<int:number>")
def show(key: str, number: int) -> str:
    """Show what a version changed, seen from the one before or another."""
    session = db.session()
    bank = deeds.bank_to_edit(session, learner(), key)
    version = deeds.version_of(session, bank, number)
    rows = versions.versions_of(session, bank)
    others = [row.number for row in rows if row.number != number]
    before = max((other for other in others if other < number), default=None)
    against = request.args.get("against", before, type=int)
    if against is not None and against not in others:
        abort(404)
    old = versions.version_of(session, bank, against) if against is not None else None
    return render_template(
        "versions/show.html",
        bank=bank,
        row=next(row for row in rows if row.number == number),
        others=others,
        against=against,
        files=_compared(bank, old, version),
        visible=_visible(bank),
    )


@bp.get("/banks/<key>/versions/<int:number>/files/<language>")
def download(key: str, number: int, language: str) -> Response:
    """Give a file of a version as it was written."""
    _bank, _version, files = _files(key, number)
    file = next((file for file in files if file.language == language), None)
    if file is None:
        abort(404)
    return _attachment(file.content.encode(), file.name, "text/yaml; charset=utf-8")


@bp.get("/banks/<key>/versions/<int:number>/files.zip")
def download_all(key: str, number: int) -> Response:
    """Give all files of a version, and the pictures that its facts show, in one archive."""
    bank, version, files = _files(key, number)
    edition = library.edition(db.session(), version.id, None)
    paths = [fact.extras.image.path for fact in edition if fact.extras.image is not None]
    content = BytesIO()
    with ZipFile(content, "w", ZIP_DEFLATED) as archive:
        for file in files:
            archive.writestr(_entry(file.name, version), file.content.encode())
        for name, row in pictures.newest(db.session(), bank.id, paths).items():
            picture = pictures.by_token(db.session(), row.token)
            archive.writestr(_entry(name, version), picture.content if picture else b"")
    return _attachment(content.getvalue(), f"{bank.key}-{version.number}.zip", "application/zip")


@bp.post("/banks/<key>/versions/<int:number>/restore")
def restore(key: str, number: int) -> ResponseReturnValue:
    """Make a draft of an old version, and show what publishing it would do."""
    bank = deeds.bank_to_edit(db.session(), learner(), key)
    try:
        draft = deeds.restore(db.session(), learner(), bank, number, now=_now())
    except Refused as error:
        return _again(key, error.reason)
    db.session.commit()
    flash(_("Version %(number)s is a draft now: publish it to bring it back.", number=number))
    return redirect(url_for("draft_plan.show", draft_id=draft.id), 303)


@bp.post("/banks/<key>/offer")
def take_offer(key: str) -> ResponseReturnValue:
    """Make a draft of the newer version that came with the program."""
    bank = deeds.bank_to_edit(db.session(), learner(), key)
    try:
        draft = deeds.take_offer(db.session(), learner(), bank, bundled("questions"), now=_now())
    except Refused as error:
        return _again(key, error.reason)
    db.session.commit()
    return redirect(url_for("draft_plan.show", draft_id=draft.id), 303)


@bp.post("/banks/<key>/archive")
def archive(key: str) -> ResponseReturnValue:
    """Put a bank away."""
    bank = sharing.bank_to_share(db.session(), learner(), key)
    sharing.archive(db.session(), learner(), bank, now=_now())
    return _done(bank, _("“%(title)s” is archived: nobody is asked it any more. Nothing is lost.", title=bank.title))


@bp.post("/banks/<key>/unarchive")
def unarchive(key: str) -> ResponseReturnValue:
    """Bring an archived bank back."""
    bank = sharing.bank_to_share(db.session(), learner(), key)
    sharing.unarchive(db.session(), learner(), bank, now=_now())
    return _done(bank, _("“%(title)s” is back.", title=bank.title))


def _done(bank: models.Bank, words: str) -> ResponseReturnValue:
    db.session.commit()
    flash(words, "success")
    return redirect(url_for("versions.index", key=bank.key), 303)


def _again(key: str, reason: str) -> ResponseReturnValue:
    db.session.rollback()
    return _page(deeds.bank_to_edit(db.session(), learner(), key), refusal=said(reason)), 422


def _page(bank: models.Bank, refusal: str = "") -> str:
    session, user = db.session(), learner()
    offer = versions.offer_for(session, bank) if user.role == "admin" else None
    listed = listing.of(
        versions.versions_of(session, bank),
        keys={"number": lambda row: row.number},
        default="-number",
        search=lambda row: " ".join((str(row.number), row.by, *map(said, row.lines))),
    )
    return render_template(
        "versions/index.html",
        bank=bank,
        listed=listed,
        refusal=refusal,
        may_share=may_share(user, bank.owner_id),
        offer=offer,
        offered=read_summary(offer.summary) if offer else (),
        visible=_visible(bank),
    )


def _visible(bank: models.Bank) -> bool:
    return rights.visible_bank(db.session(), learner().id, bank.key) is not None


def _files(key: str, number: int) -> tuple[models.Bank, models.BankVersion, list[File]]:
    bank = deeds.bank_to_edit(db.session(), learner(), key)
    version = deeds.version_of(db.session(), bank, number)
    return bank, version, list(versions.files_of(db.session(), bank, version))


def _compared(bank: models.Bank, old: models.BankVersion | None, new: models.BankVersion) -> list[Compared]:
    session = db.session()
    before = {file.language: file for file in versions.files_of(session, bank, old)} if old else {}
    after = {file.language: file for file in versions.files_of(session, bank, new)}
    return [_file(language, before, after) for language in dict.fromkeys([*after, *before])]


def _file(language: str, before: Mapping[str, File], after: Mapping[str, File]) -> Compared:
    old, new = before.get(language), after.get(language)
    if new is None:
        return Compared(before[language], "gone", (), cut=False)
    if old is None:
        written = [Line("+", None, number, text) for number, text in enumerate(new.content.splitlines(), 1)]
        return Compared(new, "new", marked(written[:MOST_LINES]), cut=len(written) > MOST_LINES)
    if old.content == new.content:
        return Compared(new, "same", (), cut=False)
    lines = changes(old.content, new.content)
    if lines is None:
        return Compared(new, "changed", None, cut=False)
    return Compared(new, "changed", marked(lines[:MOST_LINES]), cut=len(lines) > MOST_LINES)


def _entry(name: str, version: models.BankVersion) -> ZipInfo:
    """Date a member by its version, so that the same version always gives the same archive."""
    entry = ZipInfo(name, max(version.published_at.timetuple()[:6], (1980, 1, 1, 0, 0, 0)))
    entry.compress_type = ZIP_DEFLATED
    return entry


def _attachment(content: bytes, name: str, media_type: str) -> Response:
    response = Response(content, content_type=media_type)
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response


def _now() -> datetime:
    return datetime.now(UTC)
