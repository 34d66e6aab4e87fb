"""The pages of a bank's versions: what changed, the files as written, the way back, archiving and sharing."""

from datetime import timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
from sqlalchemy import select
from support.banks import SOURCING, SOURCING_SV, sourcing
from support.caller import Caller
from support.pictures import PIXEL, Drawn, pictured
from support.site import Site, on_both_databases

from quizapp.actions import pictures
from quizapp.actions.banks import publish_bank
from quizapp.core.knowledge.limits import Text
from quizapp.store import models
from quizapp.store.engine import begin_writing

REWORDED = ("What does TCO stand for?", "What is TCO <b>short</b> for?")
VERSIONS = "/banks/sourcing-test/versions"


@pytest.fixture
def teacher(site: Site) -> Caller:
    """The bank's owner, after a second version of it."""
    begin_writing(site.session)
    site.lesson.bank.owner_id = site.cast.teacher.id
    texts = sourcing(REWORDED, swedish=False)
    publish_bank(site.session, texts, origin="added", by=site.cast.teacher.id, now=site.lesson.start)
    site.session.commit()
    return site.logged_in("teacher")


def draft(site: Site) -> models.Draft:
    site.session.rollback()
    return site.session.scalars(select(models.Draft)).one()


PAGES = ("/versions", "/versions/1", "/versions/1/files/en", "/versions/1/files.zip", "/sharing")
DEEDS = ("/versions/1/restore", "/archive", "/unarchive", "/offer", "/sharing")


@pytest.mark.usefixtures("teacher")
@pytest.mark.parametrize("name", ["astrid", "outsider"])
def test_who_may_not_edit_finds_nothing(site: Site, name: str) -> None:
    caller = site.logged_in(name)
    assert {caller.get(f"/banks/sourcing-test{page}").status_code for page in PAGES} == {404}
    assert {caller.post(f"/banks/sourcing-test{deed}").status_code for deed in DEEDS} == {404}


@pytest.mark.parametrize(
    "path", [f"{VERSIONS}/3", f"{VERSIONS}/1/files/fi", "/banks/nothing/versions", f"{VERSIONS}/2?against=9"]
)
def test_what_is_not_there_is_not_found(teacher: Caller, path: str) -> None:
    assert teacher.get(path).status_code == 404


@on_both_databases
def test_versions_are_listed_with_who_when_and_what(teacher: Caller) -> None:
    page = teacher.get(VERSIONS).text
    assert page.index("Version 2") < page.index("Version 1")
    for words in ("Teacher", "1 reworded: kept", "17 facts added", "en, sv", "asked now", "17 facts"):
        assert words in page, words


def test_versions_are_searched(teacher: Caller) -> None:
    page = teacher.get(f"{VERSIONS}?q=teacher").text
    assert "Version 2" in page
    assert "Version 1" not in page
    assert "No version fits" in teacher.get(f"{VERSIONS}?q=zzz").text


def test_a_version_shows_the_changed_words_and_what_left(teacher: Caller) -> None:
    page = teacher.get(f"{VERSIONS}/2").text
    assert "<del>does</del>" in page
    assert "&lt;b&gt;short&lt;/b&gt;" in page.replace("<ins>", "").replace("</ins>", "")
    assert "<b>short" not in page
    assert "no longer there" in page
    assert "sourcing-test.sv.yaml" in page


def test_a_version_is_compared_with_another_when_asked(teacher: Caller) -> None:
    page = teacher.get(f"{VERSIONS}/1?against=2").text
    assert "<ins>does</ins>" in page


def test_the_first_version_is_all_new(teacher: Caller) -> None:
    assert "difference__old" not in teacher.get(f"{VERSIONS}/1").text


def test_a_file_is_downloaded_as_it_was_written(teacher: Caller) -> None:
    for language, name, content in (
        ("en", "sourcing-test.yaml", SOURCING),
        ("sv", "sourcing-test.sv.yaml", SOURCING_SV),
    ):
        response = teacher.get(f"{VERSIONS}/1/files/{language}")
        assert response.data.decode() == content
        assert response.headers["Content-Type"] == "text/yaml; charset=utf-8"
        assert response.headers["Content-Disposition"] == f"attachment; filename={name}"


def test_all_files_and_pictures_come_in_one_archive(site: Site, teacher: Caller) -> None:
    begin_writing(site.session)
    now = site.lesson.start + timedelta(days=1)
    publish_bank(site.session, pictured(), origin="added", by=site.cast.teacher.id, now=now)
    made = models.Draft(owner_id=site.cast.teacher.id, title="x", created_at=now, updated_at=now)
    site.session.add(made)
    site.session.flush()
    pictures.keep_pictures(site.session, site.cast.teacher, made, [Drawn(), Drawn("unused.png")], now)
    pictures.adopt(site.session, made, site.lesson.bank)
    site.session.commit()
    response = teacher.get(f"{VERSIONS}/3/files.zip")
    assert response.headers["Content-Disposition"] == "attachment; filename=sourcing-test-3.zip"
    with ZipFile(BytesIO(response.data)) as archive:
        assert archive.namelist() == ["sourcing-test.yaml", "sla.png"]
        assert archive.read("sla.png") == PIXEL
        assert archive.read("sourcing-test.yaml").decode() == pictured()[0].content
    assert teacher.get(f"{VERSIONS}/3/files.zip").data == response.data


def test_restoring_leads_to_a_plan_and_changes_nothing_yet(site: Site, teacher: Caller) -> None:
    response = teacher.post(f"{VERSIONS}/1/restore")
    assert response.status_code == 303
    assert response.headers["Location"] == f"/drafts/{draft(site).id}/plan"
    assert "1 reworded: kept" in teacher.get(response.headers["Location"]).text
    assert site.session.get_one(models.Bank, site.lesson.bank.id).version_id is not None


def test_restoring_while_a_draft_is_open_says_so(teacher: Caller) -> None:
    teacher.post(f"{VERSIONS}/1/restore")
    response = teacher.post(f"{VERSIONS}/1/restore")
    assert response.status_code == 422
    assert "being edited by Teacher" in response.text


def test_the_current_version_is_not_restored(teacher: Caller) -> None:
    assert teacher.post(f"{VERSIONS}/2/restore").status_code == 422


@on_both_databases
def test_an_archived_bank_leaves_its_page_but_not_its_versions(site: Site, teacher: Caller) -> None:
    assert teacher.post("/banks/sourcing-test/archive").headers["Location"] == VERSIONS
    assert site.logged_in("astrid").get("/banks/sourcing-test").status_code == 404
    page = teacher.get(VERSIONS).text
    assert "Archived" in page
    assert "Bring it back" in page
    teacher.post("/banks/sourcing-test/unarchive")
    assert site.logged_in("astrid").get("/banks/sourcing-test").status_code == 200


def test_a_bank_is_shared_by_a_form_that_keeps_what_it_was(site: Site, teacher: Caller) -> None:
    page = teacher.get("/banks/sourcing-test/sharing").text
    assert 'value="site" checked' in page
    response = teacher.post("/banks/sourcing-test/sharing", {"visibility": "private"})
    assert response.headers["Location"] == "/banks/sourcing-test/sharing"
    assert 'value="private" checked' in teacher.get("/banks/sourcing-test/sharing").text
    assert site.logged_in("astrid").get("/banks/sourcing-test").status_code == 404
    assert teacher.get("/banks/sourcing-test").status_code == 200


@pytest.mark.parametrize(
    "fields",
    [{}, {"visibility": "world"}, {"visibility": "site", "courses": "99"}, {"visibility": "site", "editable": "x"}],
)
def test_a_form_that_cannot_be_is_refused(teacher: Caller, fields: dict[str, str]) -> None:
    assert teacher.post("/banks/sourcing-test/sharing", fields).status_code == 422


def test_courses_that_have_the_bank_are_ticked(site: Site, teacher: Caller) -> None:
    begin_writing(site.session)
    now = site.lesson.start
    course = models.Course(name="Sourcing 101", code="S", created_at=now)
    site.session.add(course)
    site.session.flush()
    site.session.add(
        models.Enrolment(course_id=course.id, user_id=site.cast.teacher.id, role="instructor", joined_at=now)
    )
    number = str(course.id)
    site.session.commit()
    assert "Sourcing 101" in teacher.get("/banks/sourcing-test/sharing").text
    teacher.post("/banks/sourcing-test/sharing", {"visibility": "course", "editable": number})
    page = teacher.get("/banks/sourcing-test/sharing").text
    for name in ("courses", "editable"):
        assert f'name="{name}" value="{number}" checked' in page


def test_only_admins_see_what_is_offered(site: Site, teacher: Caller) -> None:
    begin_writing(site.session)
    bank = site.lesson.bank
    site.session.add(
        models.Offer(
            bank_id=bank.id, digest="d", summary="1 value changed: 1 learner relearns it", offered_at=site.lesson.start
        )
    )
    site.session.commit()
    assert "newer version" not in teacher.get(VERSIONS).text
    admin = site.logged_in("admin")
    page = admin.get(VERSIONS).text
    assert "1 value changed: 1 learner relearns it" in page
    response = admin.post("/banks/sourcing-test/offer")
    assert response.status_code == 422
    assert "no longer comes with this bank" in response.text


def test_the_bank_page_leads_to_all_this_for_who_may(site: Site, teacher: Caller) -> None:
    links = (f'href="{VERSIONS}"', 'href="/banks/sourcing-test/sharing"', 'action="/banks/sourcing-test/edit"')
    page, other = teacher.get("/banks/sourcing-test").text, site.logged_in("astrid").get("/banks/sourcing-test").text
    assert all(link in page for link in links)
    assert not any(link in other for link in links)


def test_a_file_that_is_too_long_to_compare_says_so(site: Site, teacher: Caller) -> None:
    begin_writing(site.session)
    cards = "".join(f"  c{number}:\n    front: Front {number}\n    back: Back {number}\n" for number in range(3000))
    head = "knowledge: 1\nid: large\nlanguage: en\ntitle: Large\ncards:\n"
    for end in ("", "  last: {front: F, back: B}\n"):
        publish_bank(
            site.session,
            (Text("large.yaml", head + cards + end),),
            origin="added",
            by=site.cast.teacher.id,
            now=site.lesson.start,
        )
    site.session.commit()
    assert "too long to be compared" in teacher.get("/banks/large/versions/2").text
