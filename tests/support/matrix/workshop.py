"""The rows of writing banks: drafts, versions, sharing and pictures."""

from support.matrix.rows import Access, Row, given, of_theirs
from support.pictures import PIXEL

V, D = "/banks/<key>/versions/<int:number>", "/drafts/<int:draft_id>"

_BANK, _PAST, _OFFERED = {"key": "taught"}, {"key": "archived"}, {"key": "offered"}
_VERSION, _DRAFT = {**_BANK, "number": "number"}, {"draft_id": "draft"}
_TABLE = "\tInsourcing\tOutsourcing\nWhose staff?\tOurs\tTheirs\nControl\tDirect\tBy contract\n"
_NEW_BANK = given(title="Cells", bank_id="cells", language="en")
_PASTED = given(title="Pasted", bank_id="pasted", language="en", table=_TABLE, confirm="y")
_FILE = of_theirs({"file": "source", "version": "draft version"}, content="knowledge: 1\nid: x\ntitle: Not yet\n")
_CHECKED = of_theirs({"file": "source"}, content="knowledge: 1\nid: x\ntitle: Not yet\n")
_LANGUAGE = of_theirs({"version": "draft version"}, language="de")
_OVERLAY = of_theirs({"file": "overlay", "version": "draft version"})
_PUBLISHED = of_theirs({"version": "draft version", "against": "published"})
_PICTURE = of_theirs({"token": "draft picture"})

WORKSHOP = (
    Row("GET", "/drafts", Access.AUTHORS, 200),
    Row("POST", "/drafts", Access.AUTHORS, 303, fields=_NEW_BANK, changes=True),
    Row("GET", "/drafts/table", Access.AUTHORS, 200),
    Row("POST", "/drafts/table", Access.AUTHORS, 303, fields=_PASTED, changes=True),
    Row("POST", "/banks/<key>/edit", Access.EDITORS, 303, _BANK, changes=True),
    Row("GET", D, Access.EDITORS, 200, _DRAFT, query=("file", "line")),
    Row("POST", D, Access.EDITORS, 303, _DRAFT, _FILE, changes=True),
    Row("POST", f"{D}/check", Access.EDITORS, 200, _DRAFT, _CHECKED),
    Row("GET", f"{D}/preview", Access.EDITORS, 200, _DRAFT, query=("language", "page", "fact", "form", "seed")),
    Row("GET", f"{D}/plan", Access.EDITORS, 200, _DRAFT),
    Row("POST", f"{D}/publish", Access.EDITORS, 303, _DRAFT, _PUBLISHED, changes=True),
    Row("POST", f"{D}/discard", Access.EDITORS, 303, _DRAFT, changes=True),
    Row("POST", f"{D}/files", Access.EDITORS, 303, _DRAFT, _LANGUAGE, changes=True),
    Row("POST", f"{D}/files/remove", Access.EDITORS, 303, _DRAFT, _OVERLAY, changes=True, foreign={"file": "overlay"}),
    Row("POST", f"{D}/pictures", Access.EDITORS, 303, _DRAFT, changes=True, files={"pictures": ("new.png", PIXEL)}),
    Row(
        "POST",
        f"{D}/pictures/remove",
        Access.EDITORS,
        303,
        _DRAFT,
        _PICTURE,
        changes=True,
        foreign={"token": "draft picture"},
    ),
    Row("GET", "/banks/<key>/versions", Access.EDITORS, 200, _BANK),
    Row("GET", V, Access.EDITORS, 200, _VERSION, query=("against",)),
    Row("GET", f"{V}/files.zip", Access.EDITORS, 200, _VERSION),
    Row("GET", f"{V}/files/<language>", Access.EDITORS, 200, {**_VERSION, "language": "language"}),
    Row("POST", f"{V}/restore", Access.EDITORS, 303, _VERSION, changes=True),
    Row("POST", "/banks/<key>/offer", Access.SHIPPED, 303, _OFFERED, changes=True),
    Row("POST", "/banks/<key>/archive", Access.DECIDERS, 303, _BANK, changes=True),
    Row("POST", "/banks/<key>/unarchive", Access.DECIDERS, 303, _PAST, changes=True),
    Row("GET", "/banks/<key>/sharing", Access.DECIDERS, 200, _BANK),
    Row(
        "POST",
        "/banks/<key>/sharing",
        Access.DECIDERS,
        303,
        _BANK,
        given(visibility="site"),
        changes=True,
        foreign={"courses": "course", "editable": "course"},
    ),
    Row("GET", "/pictures/<token>", Access.READERS, 200, {"token": "picture"}),
)
