"""The workshop's pages: from files to a draft, from a draft to a plan, from a plan to a version."""

import io
import re
from html import unescape
from zipfile import ZipFile

import pytest
from sqlalchemy import func, select
from support.banks import SOURCING, SOURCING_SV
from support.caller import Caller
from support.site import Site, on_both_databases
from werkzeug.test import TestResponse

from quizapp.actions import drafts as deeds
from quizapp.core.knowledge.limits import Text
from quizapp.store import drafts, models
from quizapp.store.engine import begin_writing
from quizapp.web.diffs import changes

SMALL = "knowledge: 1\nid: small\nlanguage: en\ntitle: Small\ncards:\n  a: {front: F?, back: B}\n"
MISTAKES = "knowledge: 1\nid: wrong\nlanguage: en\ntitle: Wrong\ncards:\n  a: {front: F?, bak: B}\nclozes: {}\n"
TABLE = "\tInsourcing\tOutsourcing\nWhose staff?\tOurs\tTheirs\nControl\tDirect\t-\n"


@pytest.fixture
def teacher(site: Site) -> Caller:
    return site.logged_in("teacher")


def upload(caller: Caller, *files: tuple[str, str]) -> TestResponse:
    sent = [(io.BytesIO(content.encode()), name) for name, content in files]
    return caller.client.post(
        "/drafts",
        data={"files": sent, "csrf_token": caller.token()},
        content_type="multipart/form-data",
        environ_base={"REMOTE_ADDR": caller.address},
    )


def begun(caller: Caller, content: str = SMALL, name: str = "small.yaml") -> str:
    """Upload one file and give the address of its draft."""
    answer = upload(caller, (name, content))
    assert answer.status_code == 303, answer.text
    return answer.headers["Location"]


def hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found, name
    return unescape(found[1])


def text_of(page: str) -> str:
    found = re.search(r"<textarea[^>]*>\n(.*)</textarea>", page, re.DOTALL)
    assert found
    return unescape(found[1])


def count(site: Site, table: type[models.Base]) -> int:
    site.session.rollback()
    return site.session.scalar(select(func.count()).select_from(table)) or 0


class TestWhoMay:
    """Pages of the workshop are not there for who may not write banks, nor drafts of others."""

    @pytest.mark.parametrize("path", ["/drafts", "/drafts/table", "/drafts/1", "/drafts/1/preview", "/drafts/1/plan"])
    def test_a_student_finds_no_workshop(self, site: Site, teacher: Caller, path: str) -> None:
        begun(teacher)
        assert site.logged_in("astrid").get(path).status_code == 404

    def test_a_student_begins_nothing(self, site: Site, astrid: Caller) -> None:
        assert upload(astrid, ("small.yaml", SMALL)).status_code == 404
        assert astrid.post("/drafts", {"title": "T", "bank_id": "t", "language": "en"}).status_code == 404
        assert astrid.post("/banks/sourcing-test/edit").status_code == 404
        assert astrid.post("/drafts/table", {"title": "T", "language": "en", "table": TABLE}).status_code == 404
        assert count(site, models.Draft) == 0

    @pytest.mark.parametrize(
        "deed", ["", "/check", "/publish", "/discard", "/files", "/files/remove", "/pictures", "/pictures/remove"]
    )
    def test_a_draft_of_somebody_else_is_not_there(self, site: Site, teacher: Caller, deed: str) -> None:
        url = begun(teacher)
        begin_writing(site.session)
        site.cast.outsider.role = "instructor"
        site.session.commit()
        outsider = site.logged_in("outsider")
        assert outsider.get(url).status_code == 404
        assert outsider.post(url + deed, {"version": "1"}).status_code == 404
        assert count(site, models.Draft) == 1

    def test_a_bank_that_one_may_not_edit_is_not_opened(self, teacher: Caller) -> None:
        assert teacher.post("/banks/sourcing-test/edit").status_code == 404
        assert teacher.post("/banks/none/edit").status_code == 404


class TestWaysIn:
    def test_an_empty_workshop_says_what_to_do(self, teacher: Caller) -> None:
        page = teacher.get("/drafts").text
        assert "Nothing is being written" in page
        assert "Upload files" in page

    @on_both_databases
    def test_a_file_becomes_a_draft_and_nothing_is_published(self, site: Site, teacher: Caller) -> None:
        url = begun(teacher)
        page = teacher.get(url).text
        assert text_of(page) == SMALL
        assert "No mistakes: one fact can be read." in page
        assert count(site, models.Bank) == 1
        assert "Small" in teacher.get("/drafts").text

    def test_several_files_become_several_drafts(self, site: Site, teacher: Caller) -> None:
        answer = upload(teacher, ("a.yaml", SMALL), ("b.yaml", MISTAKES))
        assert answer.headers["Location"] == "/drafts"
        page = teacher.get("/drafts").text
        assert "2 banks came in" in page
        assert "3 mistakes" in page
        assert count(site, models.Draft) == 2

    def test_a_zip_is_taken_apart(self, site: Site, teacher: Caller) -> None:
        packed = io.BytesIO()
        with ZipFile(packed, "w") as archive:
            archive.writestr("banks/small.yaml", SMALL)
            archive.writestr("banks/wrong.yaml", MISTAKES)
        sent = {"files": (io.BytesIO(packed.getvalue()), "banks.zip"), "csrf_token": teacher.token()}
        answer = teacher.client.post("/drafts", data=sent, content_type="multipart/form-data")
        assert answer.status_code == 303
        assert count(site, models.Draft) == 2

    def test_a_long_list_of_drafts_folds_the_older_ones_away(self, site: Site, teacher: Caller) -> None:
        begin_writing(site.session)
        for number in range(25):
            source = Text(f"b{number}.yaml", SMALL.replace("small", f"b{number}"))
            deeds.begin_from_texts(site.session, site.cast.teacher, None, (source,), now=site.lesson.start)
        site.session.commit()
        page = teacher.get("/drafts").text
        assert "5 older drafts" in page
        assert page.count('class="row__title"') == 25

    @pytest.mark.parametrize("files", [[], [("empty.zip", "no archive")], [("note.txt", "hello")]])
    def test_an_upload_without_a_knowledge_file_is_refused_in_words(
        self, site: Site, teacher: Caller, files: list[tuple[str, str]]
    ) -> None:
        answer = upload(teacher, *files) if files else upload(teacher, ("", ""))
        assert answer.status_code == 422
        assert "This could not be taken in" in answer.text
        assert count(site, models.Draft) == 0

    def test_a_bank_that_is_being_edited_is_not_uploaded_over(self, site: Site) -> None:
        admin = site.logged_in("admin")
        admin.post("/banks/sourcing-test/edit")
        answer = upload(admin, ("sourcing-test.yaml", SOURCING))
        assert answer.status_code == 422
        assert "is being edited by Admin" in unescape(answer.text)

    def test_a_new_bank_is_begun_by_hand_and_its_mistakes_stand_at_fields(self, site: Site, teacher: Caller) -> None:
        wrong = teacher.post("/drafts", {"title": "", "bank_id": "Not An Id", "language": "en"})
        assert wrong.status_code == 422
        assert 'id="title-error"' in wrong.text
        taken = teacher.post("/drafts", {"title": "T", "bank_id": "sourcing-test", "language": "en"})
        assert taken.status_code == 422
        assert "already that of another bank" in taken.text
        done = teacher.post("/drafts", {"title": "Cells", "bank_id": "cells", "language": "en"})
        assert done.status_code == 303
        assert "id: cells" in text_of(teacher.get(done.headers["Location"]).text)
        assert count(site, models.Draft) == 1

    def test_editing_a_bank_opens_its_one_draft(self, site: Site) -> None:
        admin = site.logged_in("admin")
        first = admin.post("/banks/sourcing-test/edit")
        assert first.status_code == 303
        assert admin.post("/banks/sourcing-test/edit").headers["Location"] == first.headers["Location"]
        assert text_of(admin.get(first.headers["Location"]).text) == SOURCING


class TestTable:
    def test_a_table_is_looked_at_before_it_becomes_a_draft(self, site: Site, teacher: Caller) -> None:
        form = {"title": "Sourcing", "language": "en", "table": TABLE}
        page = teacher.post("/drafts/table", form).text
        assert "3 facts." in page
        assert hidden(page, "concept") == "insourcing"
        assert count(site, models.Draft) == 0
        keys = {"bank_id": "pasted", "concept": ["in", "out"], "attribute": ["staff", "control"], "confirm": "y"}
        done = teacher.post("/drafts/table", {**form, **keys})
        assert done.status_code == 303, done.text
        content = text_of(teacher.get(done.headers["Location"]).text)
        assert "in: Insourcing" in content
        assert "| staff " in content

    @pytest.mark.parametrize(
        ("change", "words"),
        [
            ({"concept": ["A B", "out"]}, "is no id"),
            ({"concept": ["out", "out"]}, "stands there twice"),
            ({"bank_id": "sourcing-test"}, "already that of another bank"),
            ({"bank_id": "No"}, "The bank's id has small letters"),
        ],
    )
    def test_ids_that_cannot_be_are_refused_and_the_table_stays(
        self, teacher: Caller, change: dict[str, str | list[str]], words: str
    ) -> None:
        form = {"title": "S", "language": "en", "table": TABLE, "bank_id": "s", "confirm": "y"}
        answer = teacher.post("/drafts/table", {**form, **change})
        assert answer.status_code == 422
        assert words in unescape(answer.text)
        assert "Whose staff?" in answer.text

    def test_a_table_that_cannot_be_read_says_where(self, teacher: Caller) -> None:
        answer = teacher.post("/drafts/table", {"title": "S", "language": "en", "table": "\ta\tb\nrow\tx\n"})
        assert answer.status_code == 422
        assert "line 2" in answer.text
        assert teacher.post("/drafts/table", {"title": "", "language": "", "table": ""}).status_code == 422


class TestEditor:
    def test_mistakes_stand_with_line_column_hint_and_piece(self, teacher: Caller) -> None:
        page = teacher.get(begun(teacher, MISTAKES)).text
        assert "3 mistakes keep this from being published." in page
        assert "line 6, column" in page
        assert "line 7, column 1" in page
        assert "did you mean" in page

    def test_a_save_is_answered_by_the_page_and_kept(self, site: Site, teacher: Caller) -> None:
        url = begun(teacher, MISTAKES, "wrong.yaml")
        sent = {"file": "wrong.yaml", "version": "1", "content": SMALL.replace("\n", "\r\n")}
        assert teacher.post(url, sent).headers["Location"] == f"{url}?file=wrong.yaml"
        assert text_of(teacher.get(url).text) == SMALL
        plan = teacher.post(url, {**sent, "version": "2", "content": SMALL + "# x\n", "then": "plan"})
        assert plan.headers["Location"] == f"{url}/plan"
        assert count(site, models.Draft) == 1

    def test_a_late_save_gets_409_with_both_texts_and_then_goes_through(self, site: Site, teacher: Caller) -> None:
        url = begun(teacher)
        admin = site.logged_in("admin")
        theirs, mine = SMALL.replace("back: B", "back: C"), SMALL.replace("back: B", "back: D")
        admin.post(url, {"file": "small.yaml", "version": "1", "content": theirs})
        late = teacher.post(url, {"file": "small.yaml", "version": "1", "content": mine})
        assert late.status_code == 409
        assert text_of(late.text) == mine
        assert "Admin saved this draft" in late.text
        assert re.search(r'difference__old">(?:(?!</tr>).)*<del>C</del>', late.text, re.DOTALL)
        assert re.search(r'difference__new">(?:(?!</tr>).)*<ins>D</ins>', late.text, re.DOTALL)
        assert text_of(teacher.get(url).text) == theirs
        again = teacher.post(url, {"file": "small.yaml", "version": hidden(late.text, "version"), "content": mine})
        assert again.status_code == 303
        assert text_of(admin.get(url).text) == mine

    def test_a_check_answers_a_fragment_and_stores_nothing(self, teacher: Caller) -> None:
        url = begun(teacher)
        answer = teacher.post(f"{url}/check", {"file": "small.yaml", "content": MISTAKES})
        assert answer.status_code == 200
        assert "<html" not in answer.text
        assert answer.text.count("problem--wrong") == 3
        assert text_of(teacher.get(url).text) == SMALL

    def test_a_check_without_a_token_is_refused(self, teacher: Caller) -> None:
        assert teacher.post_bare(f"{begun(teacher)}/check", {"file": "small.yaml", "content": "x"}).status_code == 400

    def test_a_file_that_is_not_there_is_not_found(self, teacher: Caller) -> None:
        assert teacher.get(f"{begun(teacher)}?file=none.yaml").status_code == 404

    def test_what_an_author_writes_never_runs(self, teacher: Caller) -> None:
        evil = "</textarea><script>alert(1)</script>"
        url = begun(teacher, SMALL.replace("back: B", f'back: "{evil}", why: "{evil}"').replace("Small", f'"{evil}"'))
        for path in ("", "/preview?fact=cards.a", "/plan"):
            assert "<script>alert" not in teacher.get(url + path).text
        assert "<script>alert" not in teacher.get("/drafts").text
        assert "<script>alert" not in teacher.post(f"{url}/check", {"file": "small.yaml", "content": evil}).text

    def test_a_translation_is_added_shown_as_a_tab_and_taken_out(self, teacher: Caller) -> None:
        url = begun(teacher)
        wrong = teacher.post(f"{url}/files", {"language": "no", "version": "1"})
        assert wrong.status_code == 422
        assert 'id="language-error"' in wrong.text
        assert teacher.post(f"{url}/files", {"language": "sv", "version": "0"}).status_code == 409
        added = teacher.post(f"{url}/files", {"language": "sv", "version": "1"})
        assert added.headers["Location"] == f"{url}?file=small.sv.yaml"
        page = teacher.get(added.headers["Location"]).text
        assert "language: sv" in text_of(page)
        assert "One fact is not translated yet" in page
        assert teacher.post(f"{url}/files/remove", {"file": "small.yaml", "version": "2"}).status_code == 422
        assert teacher.post(f"{url}/files/remove", {"file": "small.sv.yaml", "version": "2"}).status_code == 303
        assert "small.sv.yaml" not in teacher.get(url).text

    def test_a_picture_is_kept_named_and_taken_out(self, site: Site, teacher: Caller) -> None:
        url = begun(teacher)
        draft_id = int(url.rpartition("/")[2])
        bad = teacher.client.post(
            f"{url}/pictures",
            data={"pictures": (io.BytesIO(b"no picture"), "cell.png"), "csrf_token": teacher.token()},
            content_type="multipart/form-data",
        )
        assert bad.status_code == 422
        assert 'id="picture-error"' in bad.text
        begin_writing(site.session)
        picture = models.Picture(
            token="t" * 43, draft_id=draft_id, filename="cell.png", media_type="image/png", width=1, height=1,
            digest="d", content=b"x", created_at=site.lesson.start,
        )  # fmt: skip
        site.session.add(picture)
        site.session.commit()
        assert "cell.png" in teacher.get(url).text
        assert teacher.post(f"{url}/pictures/remove", {"token": "t" * 43}).status_code == 303
        assert teacher.post(f"{url}/pictures/remove", {"token": "t" * 43}).status_code == 404
        assert count(site, models.Picture) == 0

    def test_a_draft_is_discarded(self, site: Site, teacher: Caller) -> None:
        url = begun(teacher)
        assert teacher.post(f"{url}/discard").headers["Location"] == "/drafts"
        assert "is gone" in teacher.get("/drafts").text
        assert teacher.get(url).status_code == 404
        assert count(site, models.DraftText) == 0


class TestPreview:
    def test_facts_stand_as_tables_and_lead_to_their_items(self, site: Site) -> None:
        admin = site.logged_in("admin")
        url = admin.post("/banks/sourcing-test/edit").headers["Location"]
        page = admin.get(f"{url}/preview").text
        for words in ("Control through contract", "Knowledge transfer", "The cost of transition", "Lecture 4"):
            assert words in page
        assert page.count("fact=") >= 17
        assert 'lang="sv"' in admin.get(f"{url}/preview?language=sv").text

    def test_items_of_every_form_have_their_key_and_reasons(self, site: Site) -> None:
        admin = site.logged_in("admin")
        url = admin.post("/banks/sourcing-test/edit").headers["Location"]
        page = admin.get(f"{url}/preview?fact=ownership.captive.definition").text
        assert 'id="form-choice"' in page
        assert "made__option--key" in page
        assert "beside it in the same section" in page
        assert "No item of this form can be made" in page
        other = admin.get(f"{url}/preview?fact=ownership.captive.definition&form=choice&seed=3").text
        assert "seed=4" in other

    def test_what_the_class_mixed_up_is_the_reason(self, site: Site) -> None:
        begin_writing(site.session)
        for person in (site.cast.astrid, site.cast.jussi, site.cast.outsider, site.cast.teacher, site.cast.admin):
            site.lesson.choose(person, "ownership.captive.definition", "ownership.joint.definition", days=0)
        site.session.commit()
        admin = site.logged_in("admin")
        url = admin.post("/banks/sourcing-test/edit").headers["Location"]
        page = admin.get(f"{url}/preview?fact=ownership.captive.definition").text
        assert "the class mixes it up: it belongs to Joint venture" in page
        assert "(chosen 5 times of the 5 it was offered)" in page

    def test_a_draft_with_mistakes_shows_them_instead(self, teacher: Caller) -> None:
        page = teacher.get(f"{begun(teacher, MISTAKES)}/preview").text
        assert "There is nothing to show yet" in page
        assert "line 6, column" in page

    def test_a_page_or_a_fact_that_is_not_there(self, teacher: Caller) -> None:
        url = begun(teacher)
        assert teacher.get(f"{url}/preview?page=2").status_code == 404
        assert teacher.get(f"{url}/preview?fact=cards.none&seed=x&form=y").status_code == 200


class TestPublishing:
    @on_both_databases
    def test_a_plan_is_read_and_confirmed(self, site: Site, teacher: Caller) -> None:
        url = begun(teacher)
        plan = teacher.get(f"{url}/plan").text
        assert "1 fact added" in plan
        assert "Publish version 1" in plan
        done = teacher.post(f"{url}/publish", {"version": hidden(plan, "version"), "against": hidden(plan, "against")})
        assert done.headers["Location"] == "/banks/small"
        assert teacher.get("/banks/small").status_code == 200
        assert site.logged_in("astrid").get("/banks/small").status_code == 404
        assert teacher.get(url).status_code == 404

    def test_the_editor_and_the_preview_hold_no_button_that_publishes(self, teacher: Caller) -> None:
        url = begun(teacher)
        for path in (url, f"{url}/preview", "/drafts"):
            assert "/publish" not in teacher.get(path).text

    def test_a_draft_with_mistakes_has_no_button_and_is_not_published(self, site: Site, teacher: Caller) -> None:
        url = begun(teacher, MISTAKES)
        plan = teacher.get(f"{url}/plan").text
        assert "It cannot be published yet" in plan
        assert "/publish" not in plan
        answer = teacher.post(f"{url}/publish", {"version": "1", "against": ""})
        assert answer.status_code == 422
        assert "line 6, column" in answer.text
        assert count(site, models.Bank) == 1

    def test_a_stale_plan_gets_409_and_publishes_nothing(self, site: Site, teacher: Caller) -> None:
        url = begun(teacher)
        teacher.post(url, {"file": "small.yaml", "version": "1", "content": SMALL + "# x\n"})
        answer = teacher.post(f"{url}/publish", {"version": "1", "against": ""})
        assert answer.status_code == 409
        assert "Nothing was published" in answer.text
        assert hidden(answer.text, "version") == "2"
        assert count(site, models.Bank) == 1

    def test_a_changed_value_stands_with_its_learners(self, site: Site) -> None:
        begin_writing(site.session)
        site.lesson.answer(site.cast.astrid, "cards.sla", days=0)
        site.session.commit()
        admin = site.logged_in("admin")
        url = admin.post("/banks/sourcing-test/edit").headers["Location"]
        assert "Nothing is different" in admin.get(f"{url}/plan").text
        edited = SOURCING.replace("Service level agreement", "Service level arrangement")
        admin.post(url, {"file": "sourcing-test.yaml", "version": "1", "content": edited})
        plan = admin.get(f"{url}/plan").text
        assert "1 value changed: 1 learner relearns it" in plan
        assert "Service level arrangement" in plan
        assert "Publish version 2" in plan

    def test_an_edit_that_cannot_be_is_told_without_a_button(self, site: Site) -> None:
        admin = site.logged_in("admin")
        url = admin.post("/banks/sourcing-test/edit").headers["Location"]
        edited = SOURCING.replace("  sla: {front", "  sla: {was: [cards.tco], front")
        admin.post(url, {"file": "sourcing-test.yaml", "version": "1", "content": edited})
        plan = admin.get(f"{url}/plan").text
        assert "is still there" in plan
        assert "/publish" not in plan
        against = str(site.lesson.bank.version_id)
        assert admin.post(f"{url}/publish", {"version": "2", "against": against}).status_code == 422


def test_changes_are_told_line_by_line_with_what_stands_around() -> None:
    told = changes("a\nb\nc\n", "a\nB\nc\nd\n")
    assert told is not None
    assert [(line.sign, line.text) for line in told] == [
        (" ", "a"),
        ("-", "b"),
        ("+", "B"),
        (" ", "c"),
        ("+", "d"),
    ]
    assert changes("a\n", "a\r\n") == ()
    assert changes("x\n" * 9_000, "y\n") is None


def test_the_second_language_of_an_upload_stays_with_its_source(site: Site, teacher: Caller) -> None:
    ours = [text.replace("sourcing-test", "ours") for text in (SOURCING, SOURCING_SV)]
    answer = upload(teacher, ("ours.sv.yaml", ours[1]), ("ours.yaml", ours[0]))
    draft_id = int(answer.headers["Location"].rpartition("/")[2])
    site.session.rollback()
    assert [text.path for text in drafts.texts_of(site.session, draft_id)] == ["ours.yaml", "ours.sv.yaml"]
