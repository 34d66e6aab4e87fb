"""Drafts: begun from files, saved over what was read, planned and published; nothing is lost on the way."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from support.banks import SOURCING, SOURCING_SV, sourcing
from support.cast import Cast
from support.lessons import Lesson

from quizapp.actions import drafts as deeds
from quizapp.actions.banks import publish_bank
from quizapp.actions.drafting import FIRST_FILE, Saved, Stale, free_name, plain_text, with_line_ends
from quizapp.actions.errors import BankProblems, NotFound, Refused
from quizapp.actions.publishing import Published
from quizapp.core.knowledge.limits import Text
from quizapp.store import drafts, library, models

BROKEN = "knowledge: 1\nid: broken\nlanguage: en\ntitle: B\ncards:\n  a: {front: F?}\n"
SMALL = "knowledge: 1\nid: small\nlanguage: en\ntitle: Small\ncards:\n  a: {front: F?, back: B}\n"


def begin(session: Session, cast: Cast, now: datetime, *texts: Text) -> models.Draft:
    return deeds.begin_upload(session, cast.teacher, texts, now=now)[0]


def contents(session: Session, draft: models.Draft) -> dict[str, str]:
    return {text.path: str(text.content) for text in drafts.texts_of(session, draft.id)}


def published(session: Session, done: Published | Stale) -> Published:
    session.flush()
    assert isinstance(done, Published)
    return done


class TestBeginning:
    def test_a_student_begins_nothing(self, session: Session, cast: Cast, lesson: Lesson, now: datetime) -> None:
        with pytest.raises(NotFound):
            deeds.begin_upload(session, cast.astrid, sourcing(), now=now)
        with pytest.raises(NotFound):
            deeds.begin_from_texts(session, cast.astrid, None, sourcing(), now=now)
        with pytest.raises(NotFound):
            deeds.edit_bank(session, cast.astrid, lesson.bank, now=now)
        with pytest.raises(NotFound):
            deeds.edit_bank(session, cast.teacher, lesson.bank, now=now)

    def test_nothing_sent_is_refused(self, session: Session, cast: Cast, now: datetime) -> None:
        with pytest.raises(Refused):
            deeds.begin_upload(session, cast.teacher, (), now=now)

    def test_files_become_one_draft_a_bank_with_its_translations(
        self, session: Session, cast: Cast, now: datetime
    ) -> None:
        source, overlay = sourcing()
        other = Text("folder/small.yaml", SMALL)
        begun = deeds.begin_upload(session, cast.teacher, (overlay, other, source), now=now)
        assert [draft.title for draft in begun] == ["Small", "Sourcing models"]
        assert list(contents(session, begun[0])) == ["small.yaml"]
        assert list(contents(session, begun[1])) == ["sourcing-test.yaml", "sourcing-test.sv.yaml"]
        assert [draft.problems for draft in begun] == [0, 0]
        assert session.scalar(select(func.count()).select_from(models.BankVersion)) == 0

    def test_a_file_with_mistakes_is_a_draft_that_counts_them(
        self, session: Session, cast: Cast, now: datetime
    ) -> None:
        draft = begin(session, cast, now, Text("broken.yaml", BROKEN))
        assert (draft.title, draft.problems) == ("B", 1)

    def test_what_is_not_even_text_is_a_draft_whose_lost_characters_are_told(
        self, session: Session, cast: Cast, now: datetime
    ) -> None:
        draft = begin(session, cast, now, Text("odd.yaml", SMALL.replace("B}", "B\u00e4r}").encode("latin-1")))
        texts = drafts.texts_of(session, draft.id)
        checked = deeds.check_draft(session, draft, texts, ())
        assert [(problem.line, problem.column) for problem in checked.errors] == [(6, 25)]
        assert not checked.sound

    def test_an_overlay_without_its_source_is_a_draft_too(self, session: Session, cast: Cast, now: datetime) -> None:
        draft = begin(session, cast, now, Text("alone.sv.yaml", SOURCING_SV))
        assert draft.problems > 0

    def test_files_of_a_bank_that_one_may_edit_become_its_draft_and_keep_its_other_languages(
        self, session: Session, cast: Cast, now: datetime
    ) -> None:
        bank = publish_bank(session, sourcing(), origin="added", by=cast.teacher.id, now=now).bank
        edited = sourcing(("What does TCO stand for?", "What is TCO?"), swedish=False)
        draft = begin(session, cast, now, *edited)
        assert (draft.bank_id, draft.base_version_id) == (bank.id, bank.version_id)
        assert contents(session, draft)["sourcing-test.sv.yaml"] == SOURCING_SV
        assert "What is TCO?" in contents(session, draft)["sourcing-test.yaml"]

    def test_a_translation_alone_joins_its_published_source(self, session: Session, cast: Cast, now: datetime) -> None:
        publish_bank(session, sourcing(swedish=False), origin="added", by=cast.teacher.id, now=now)
        draft = begin(session, cast, now, Text("sourcing-test.sv.yaml", SOURCING_SV))
        assert list(contents(session, draft)) == ["sourcing-test.yaml", "sourcing-test.sv.yaml"]
        assert draft.problems == 0

    def test_a_second_draft_of_a_bank_is_refused_and_names_who_edits(
        self, session: Session, cast: Cast, lesson: Lesson, now: datetime
    ) -> None:
        lesson.bank.owner_id = cast.teacher.id
        deeds.edit_bank(session, cast.admin, lesson.bank, now=now)
        with pytest.raises(Refused, match="is being edited by Admin"):
            begin(session, cast, now, *sourcing())

    def test_the_id_of_somebody_elses_bank_makes_a_new_draft_with_the_problem_at_its_line(
        self, session: Session, cast: Cast, lesson: Lesson, now: datetime
    ) -> None:
        draft = begin(session, cast, now, *sourcing())
        assert (draft.bank_id, draft.problems) == (None, 1)
        checked = deeds.check_draft(session, draft, drafts.texts_of(session, draft.id), ())
        assert [(problem.line, "already that of another bank" in problem.message) for problem in checked.errors] == [
            (2, True)
        ]
        before = lesson.bank.version_id
        with pytest.raises(BankProblems):
            deeds.publish(session, cast.teacher, draft, draft.version, now=now, against=None)
        assert session.get_one(models.Bank, lesson.bank.id).version_id == before

    def test_an_empty_bank_begins_as_an_example_that_can_be_read(
        self, session: Session, cast: Cast, now: datetime
    ) -> None:
        draft = deeds.begin_empty(
            session, cast.teacher, title='Cells: "a" start', bank_id="cells", language="en", now=now
        )
        assert (draft.title, draft.problems) == ('Cells: "a" start', 0)
        assert list(contents(session, draft)) == ["cells.yaml"]

    @pytest.mark.parametrize(
        ("bank_id", "language", "field"),
        [("No Id", "en", "bank_id"), ("sourcing-test", "en", "bank_id"), ("fine", "no", "language")],
    )
    def test_an_empty_bank_needs_a_free_id_and_a_language(
        self, session: Session, cast: Cast, lesson: Lesson, now: datetime, bank_id: str, language: str, field: str
    ) -> None:
        assert lesson.bank.key == "sourcing-test"
        with pytest.raises(Refused) as refused:
            deeds.begin_empty(session, cast.teacher, title="T", bank_id=bank_id, language=language, now=now)
        assert refused.value.field == field

    def test_editing_a_bank_twice_opens_one_draft(
        self, session: Session, cast: Cast, lesson: Lesson, now: datetime
    ) -> None:
        first = deeds.edit_bank(session, cast.admin, lesson.bank, now=now)
        assert deeds.edit_bank(session, cast.admin, lesson.bank, now=now) is first
        assert tuple(contents(session, first).values()) == (SOURCING, SOURCING_SV)


class TestSaving:
    def test_a_save_over_what_one_read_is_kept(self, session: Session, cast: Cast, now: datetime) -> None:
        draft = begin(session, cast, now, Text("small.yaml", SMALL))
        done = deeds.save(session, cast.teacher, draft, "small.yaml", BROKEN, 1, now=now)
        assert isinstance(done, Saved)
        assert contents(session, draft) == {"small.yaml": BROKEN}
        assert (draft.version, draft.problems, draft.title) == (2, 1, "B")

    def test_a_save_over_an_old_version_stores_nothing_and_gives_the_other_text(
        self, session: Session, cast: Cast, now: datetime
    ) -> None:
        draft = begin(session, cast, now, Text("small.yaml", SMALL))
        later = now + timedelta(minutes=5)
        deeds.save(session, cast.admin, draft, "small.yaml", SMALL + "# theirs\n", 1, now=later)
        done = deeds.save(session, cast.teacher, draft, "small.yaml", SMALL + "# mine\n", 1, now=later)
        assert done == Stale(2, SMALL + "# theirs\n", "Admin", later)
        assert contents(session, draft) == {"small.yaml": SMALL + "# theirs\n"}
        assert draft.version == 2

    def test_the_same_text_saved_again_is_no_change(self, session: Session, cast: Cast, now: datetime) -> None:
        draft = begin(session, cast, now, Text("small.yaml", SMALL))
        assert isinstance(
            deeds.save(session, cast.admin, draft, "small.yaml", SMALL.replace("\n", "\r\n"), 0, now=now), Saved
        )
        assert (draft.version, draft.updated_by) == (1, cast.teacher.id)

    def test_a_text_taken_out_meanwhile_is_not_lost(self, session: Session, cast: Cast, now: datetime) -> None:
        draft = begin(session, cast, now, *sourcing())
        deeds.remove_file(session, cast.admin, draft, "sourcing-test.sv.yaml", 1, now=now)
        mine = SOURCING_SV + "# mine\n"
        assert isinstance(deeds.save(session, cast.teacher, draft, "sourcing-test.sv.yaml", mine, 1, now=now), Stale)
        assert isinstance(deeds.save(session, cast.teacher, draft, "sourcing-test.sv.yaml", mine, 2, now=now), Saved)
        assert contents(session, draft)["sourcing-test.sv.yaml"] == mine

    def test_a_file_too_large_is_refused(self, session: Session, cast: Cast, now: datetime) -> None:
        draft = begin(session, cast, now, Text("small.yaml", SMALL))
        with pytest.raises(Refused):
            deeds.save(session, cast.teacher, draft, "small.yaml", "x" * 5_000_001, 1, now=now)


class TestFiles:
    def test_a_translation_begins_empty_and_reads(self, session: Session, cast: Cast, now: datetime) -> None:
        draft = begin(session, cast, now, Text("small.yaml", SMALL))
        file = deeds.add_file(session, cast.teacher, draft, "sv", 1, now=now)
        assert isinstance(file, models.DraftText)
        assert file.filename == "small.sv.yaml"
        assert (draft.version, draft.problems) == (2, 0)

    @pytest.mark.parametrize("language", ["en", "no", "x y", ""])
    def test_a_language_that_is_there_or_is_none_is_refused(
        self, session: Session, cast: Cast, now: datetime, language: str
    ) -> None:
        draft = begin(session, cast, now, Text("small.yaml", SMALL))
        with pytest.raises(Refused) as refused:
            deeds.add_file(session, cast.teacher, draft, language, 1, now=now)
        assert refused.value.field == "language"

    def test_the_source_stays_and_an_old_version_takes_nothing_out(
        self, session: Session, cast: Cast, now: datetime
    ) -> None:
        draft = begin(session, cast, now, *sourcing())
        with pytest.raises(Refused):
            deeds.remove_file(session, cast.teacher, draft, "sourcing-test.yaml", 1, now=now)
        with pytest.raises(NotFound):
            deeds.remove_file(session, cast.teacher, draft, "none.yaml", 1, now=now)
        assert isinstance(deeds.remove_file(session, cast.teacher, draft, "sourcing-test.sv.yaml", 0, now=now), Stale)
        deeds.remove_file(session, cast.teacher, draft, "sourcing-test.sv.yaml", 1, now=now)
        assert list(contents(session, draft)) == ["sourcing-test.yaml"]

    def test_a_draft_thrown_away_leaves_the_bank_as_it_was(
        self, session: Session, cast: Cast, lesson: Lesson, now: datetime
    ) -> None:
        draft = deeds.edit_bank(session, cast.admin, lesson.bank, now=now)
        deeds.discard(session, draft)
        assert session.scalar(select(func.count()).select_from(models.Draft)) == 0
        assert library.edition(session, lesson.bank.version_id or 0, None).title == "Sourcing models"


class TestChecking:
    def test_mistakes_and_warnings_come_in_the_order_of_the_lines(self) -> None:
        checked = deeds.check((Text("a.yaml", BROKEN + "  b: {back: B}\n"),), ())
        assert [problem.line for problem in checked.errors] == [6, 7]
        assert not checked.sound

    def test_a_sound_text_is_warned_about_its_writing(self) -> None:
        source, overlay = sourcing()
        checked = deeds.check((source, overlay), ())
        assert checked.sound
        assert (checked.facts, checked.judged) == (17, 17)
        assert checked.untranslated == (("sv", 16),)
        assert checked.warnings
        assert all(problem.line > 1 for problem in checked.warnings)

    def test_a_picture_that_nobody_uploaded_is_told(self) -> None:
        text = SMALL.replace("B}", "B, image: folder/cell.png, alt: A cell}")
        said = [problem.message for problem in deeds.check((Text("a.yaml", text),), ()).warnings]
        assert any("cell.png" in message for message in said)
        said = [problem.message for problem in deeds.check((Text("a.yaml", text),), {"cell.png"}).warnings]
        assert not any("cell.png" in message for message in said)

    @given(st.one_of(st.text(), st.binary()))
    def test_no_content_makes_a_check_fail(self, content: str | bytes) -> None:
        kept = plain_text(content)
        assert deeds.check((Text("a.yaml", kept),), ()).sound is False
        assert "\0" not in kept
        assert kept.encode().decode() == kept


class TestPublishing:
    def test_a_new_bank_is_private_to_its_author_and_in_the_books(
        self, session: Session, cast: Cast, now: datetime
    ) -> None:
        draft = begin(session, cast, now, *sourcing())
        planned = deeds.plan_of(session, draft)
        assert planned.ready
        assert planned.lines == ("17 facts added",)
        done = published(session, deeds.publish(session, cast.teacher, draft, 1, now=now, against=None))
        assert (done.bank.visibility, done.bank.owner_id, done.bank.origin) == ("private", cast.teacher.id, "added")
        assert session.scalar(select(func.count()).select_from(models.Draft)) == 0
        entry = session.scalars(select(models.AuditEntry)).one()
        assert (entry.action, entry.about, entry.by_id) == ("bank.publish", "Sourcing models", cast.teacher.id)
        assert entry.detail == {"bank": "sourcing-test", "version": 1, "summary": ["17 facts added"]}

    def test_the_plan_names_the_learners_of_a_changed_value(
        self, session: Session, cast: Cast, lesson: Lesson, now: datetime
    ) -> None:
        lesson.answer(cast.astrid, "cards.sla", days=0)
        draft = deeds.edit_bank(session, cast.admin, lesson.bank, now=now)
        content = contents(session, draft)["sourcing-test.yaml"]
        edited = content.replace("Service level agreement", "Service level arrangement")
        deeds.save(session, cast.admin, draft, "sourcing-test.yaml", edited, 1, now=now)
        planned = deeds.plan_of(session, draft)
        assert "1 value changed: 1 learner relearns it" in planned.lines
        assert planned.learners == {"cards.sla": 1}
        assert planned.ahead is None
        done = deeds.publish(session, cast.admin, draft, 2, now=now, against=lesson.bank.version_id)
        assert published(session, done).version.number == 2
        assert session.get_one(models.Bank, lesson.bank.id).visibility == "site"

    def test_a_draft_that_says_what_is_published_has_nothing_to_publish(
        self, session: Session, cast: Cast, lesson: Lesson, now: datetime
    ) -> None:
        draft = deeds.edit_bank(session, cast.admin, lesson.bank, now=now)
        planned = deeds.plan_of(session, draft)
        assert planned.same
        assert not planned.ready

    def test_a_plan_that_was_read_before_a_save_publishes_nothing(
        self, session: Session, cast: Cast, now: datetime
    ) -> None:
        draft = begin(session, cast, now, Text("small.yaml", SMALL))
        deeds.save(session, cast.admin, draft, "small.yaml", SMALL + "# more\n", 1, now=now)
        assert isinstance(deeds.publish(session, cast.teacher, draft, 1, now=now, against=None), Stale)
        assert library.bank_by_key(session, "small") is None

    def test_a_plan_against_an_older_version_of_the_bank_publishes_nothing_and_says_who_was_faster(
        self, session: Session, cast: Cast, lesson: Lesson, now: datetime
    ) -> None:
        before = lesson.bank.version_id
        draft = deeds.edit_bank(session, cast.admin, lesson.bank, now=now)
        content = contents(session, draft)["sourcing-test.yaml"]
        deeds.save(session, cast.admin, draft, "sourcing-test.yaml", content + "# more\n", 1, now=now)
        publish_bank(session, sourcing(swedish=False), origin="added", by=cast.teacher.id, now=now)
        planned = deeds.plan_of(session, draft)
        assert planned.ahead is not None
        assert planned.ahead.number == 2
        assert isinstance(deeds.publish(session, cast.admin, draft, 2, now=now, against=before), Stale)
        done = deeds.publish(session, cast.admin, draft, 2, now=now, against=planned.ahead.id)
        assert published(session, done).version.number == 3

    def test_the_id_of_a_published_bank_does_not_change(
        self, session: Session, cast: Cast, lesson: Lesson, now: datetime
    ) -> None:
        draft = deeds.edit_bank(session, cast.admin, lesson.bank, now=now)
        for name, content in contents(session, draft).items():
            renamed = content.replace("id: sourcing-test", "id: other")
            deeds.save(session, cast.admin, draft, name, renamed, draft.version, now=now)
        planned = deeds.plan_of(session, draft)
        assert [problem.line for problem in planned.checked.errors] == [2]
        with pytest.raises(BankProblems, match="its id cannot become"):
            deeds.publish(session, cast.admin, draft, draft.version, now=now, against=lesson.bank.version_id)
        assert library.bank_by_key(session, "other") is None

    def test_pictures_go_along_into_the_bank(self, session: Session, cast: Cast, now: datetime) -> None:
        draft = begin(session, cast, now, Text("small.yaml", SMALL))
        picture = models.Picture(
            token="t" * 43, draft_id=draft.id, filename="cell.png", media_type="image/png", width=1, height=1,
            digest="d", content=b"x", created_at=now,
        )  # fmt: skip
        session.add(picture)
        session.flush()
        done = published(session, deeds.publish(session, cast.teacher, draft, 1, now=now, against=None))
        session.refresh(picture)
        assert (picture.bank_id, picture.draft_id) == (done.bank.id, None)


def test_line_ends_stay_those_of_the_file() -> None:
    assert with_line_ends("a\r\nb\r\n", "x\n") == "a\nb\n"
    assert with_line_ends("a\r\nb\n", "x\r\n") == "a\r\nb\r\n"


def test_a_free_name_is_found_beside_those_taken() -> None:
    assert free_name("a.yaml", ()) == "a.yaml"
    assert free_name("a.yaml", {"a.yaml", "a-2.yaml"}) == "a-3.yaml"
    assert free_name("a", {"a"}) == "a-2"


def test_the_example_of_a_new_bank_is_sound() -> None:
    text = FIRST_FILE.format(id="a", title="A", language="en")
    assert deeds.check((Text("a.yaml", text),), ()).sound
