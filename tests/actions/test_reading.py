"""One memory whatever the language: what is read can be changed at any time, in the midst of a sitting too."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session
from support.cast import Cast
from support.play import Player, right, wrong
from support.tongues import river_files
from support.translations import QUESTIONS

from quizapp.actions import accounts, practice, quiz, reading
from quizapp.actions.answers import Answered, Conflict
from quizapp.actions.banks import publish_bank
from quizapp.actions.data import verify
from quizapp.actions.errors import Refused
from quizapp.actions.quiz import QuizSettings
from quizapp.actions.scope import Scope
from quizapp.core.items import snapshot
from quizapp.core.items.model import ChoiceItem, Item
from quizapp.core.knowledge.limits import Text
from quizapp.store import learning, library, models
from quizapp.store.ledger import memories_of

FIVE = ("en", "sv", "de", "fi", "nb")


def files(name: str = "bpo-and-kpo", *languages: str) -> tuple[Text, ...]:
    paths = [QUESTIONS / f"{name}.yaml", *(QUESTIONS / f"{name}.{code}.yaml" for code in languages or FIVE[1:])]
    return tuple(Text(path.name, Path(path).read_text(encoding="utf-8")) for path in paths)


@pytest.fixture
def bank(session: Session, cast: Cast) -> models.Bank:
    return publish_bank(session, files(), origin="added", by=None, now=cast.astrid.created_at).bank


@pytest.fixture
def player(session: Session, cast: Cast, bank: models.Bank) -> Player:  # noqa: ARG001 -- it is there to be asked
    read(session, cast.astrid, "fi")
    return Player(session, cast.astrid, cast.astrid.created_at)


def read(session: Session, user: models.User, content: str | None, second: str | None = None) -> None:
    reading.choose_languages(session, user, language="en", content=content, second=second)


def begin(player: Player, kind: str = "practice", scope: Scope | None = None) -> models.Sitting:
    at = player.now
    sitting = practice.start_sitting(player.session, player.learner, kind, scope or Scope(ahead=True), now=at, seed=1)
    practice.serve_item(player.session, player.learner, sitting, now=at)
    return sitting


def waiting(player: Player, sitting: models.Sitting) -> models.Item:
    item = learning.open_item(player.session, sitting.id)
    assert item is not None
    return item


def core(item: models.Item) -> Item:
    return snapshot.load(item.snapshot)


def reviews(player: Player) -> list[models.Review]:
    query = select(models.Review).where(models.Review.learner_id == player.learner.id).order_by(models.Review.id)
    return list(player.session.scalars(query))


class TestChoosing:
    """Which languages an account may have."""

    @pytest.mark.parametrize(
        ("changes", "field"),
        [
            ({"language": "xx"}, "language"),
            ({"language": ""}, "language"),
            ({"content": "fr"}, "content_language"),
            ({"second": "fr"}, "second_language"),
            ({"content": "sv", "second": "sv"}, "second_language"),
            ({"second": "en"}, "second_language"),
        ],
    )
    def test_a_language_that_does_not_fit_is_refused_and_nothing_changes(
        self, session: Session, cast: Cast, changes: dict[str, Any], field: str
    ) -> None:
        read(session, cast.astrid, "de", "fi")
        with pytest.raises(Refused) as error:
            reading.choose_languages(
                session, cast.astrid, **({"language": "en", "content": None, "second": None} | changes)
            )
        assert error.value.field == field
        user = cast.astrid
        assert (user.language, user.content_language, user.second_language) == ("en", "de", "fi")

    def test_the_languages_of_the_pages_and_of_all_ones_banks_are_offered(self, session: Session, cast: Cast) -> None:
        assert reading.readable(session, cast.astrid) == FIVE
        french = river_files(language="fr")
        own = publish_bank(session, french, origin="added", by=cast.teacher.id, now=cast.teacher.created_at).bank
        own.visibility = "private"
        assert reading.readable(session, cast.teacher) == (*FIVE, "fr")
        assert reading.readable(session, cast.astrid) == FIVE, "a bank that somebody else has for themselves"

    def test_a_language_that_no_bank_is_in_any_more_may_stay(self, session: Session, cast: Cast) -> None:
        cast.astrid.content_language = "fr"
        read(session, cast.astrid, "fr", "sv")
        assert cast.astrid.reads == "fr"

    def test_the_languages_are_in_the_export(self, session: Session, cast: Cast) -> None:
        read(session, cast.astrid, "de", "fi")
        account = accounts.export_account(session, cast.astrid, now=cast.astrid.created_at)["account"]
        assert isinstance(account, dict)
        assert (account["language"], account["content_language"], account["second_language"]) == ("en", "de", "fi")


class TestEditions:
    """Which edition of a bank is read."""

    def test_the_nearest_language_is_read_and_else_the_one_it_was_written_in(
        self, session: Session, bank: models.Bank
    ) -> None:
        version = bank.version_id or 0
        read = {code: library.edition(session, version, code).language for code in ("de", "de-AT", "no", "fr", None)}
        assert read == {"de": "de", "de-AT": "de", "no": "nb", "fr": "en", None: "en"}
        assert library.edition_in(session, version, "fr") is None


class TestSwitching:
    """Another language in the midst of it."""

    @pytest.mark.parametrize("kind", ["practice", "match", "flashcards"])
    def test_the_question_that_waits_is_asked_in_the_new_language(self, player: Player, kind: str) -> None:
        sitting = begin(player, kind)
        before = waiting(player, sitting)
        old, slot = core(before), before.slot
        assert old.head.language == "fi"
        read(player.session, player.learner, "sv")
        after = waiting(player, sitting)
        new = core(after)
        assert (after.id, after.slot, after.version) == (before.id, slot, 2)
        assert (new.head.language, new.head.facts, new.head.surface) == ("sv", old.head.facts, old.head.surface)
        assert isinstance(player.answer(after, right(after)), Answered)
        assert core(waiting(player, sitting)).head.language == "sv"

    def test_the_switch_of_the_pages_is_followed_where_the_questions_are_as_the_pages(self, player: Player) -> None:
        read(player.session, player.learner, None)
        sitting = begin(player)
        assert core(waiting(player, sitting)).head.language == "en"
        accounts.choose_language(player.session, player.learner, "nb")
        assert core(waiting(player, sitting)).head.language == "nb"

    def test_a_page_with_the_old_words_is_told_of_the_change(self, player: Player) -> None:
        sitting = begin(player)
        item = waiting(player, sitting)
        shown = item.version
        fields = right(item)
        read(player.session, player.learner, "sv")
        assert isinstance(player.answer(item, fields, version=shown), Conflict)
        assert reviews(player) == []

    def test_an_answer_sent_again_after_the_switch_is_the_same_answer(self, player: Player) -> None:
        sitting = begin(player)
        item = waiting(player, sitting)
        version, fields = item.version, right(item)
        player.answer(item, fields, key="the-same-key", version=version)
        read(player.session, player.learner, "sv")
        again = player.answer(item, fields, key="the-same-key", version=version)
        assert isinstance(again, Answered)
        assert again.replay
        assert len({review.item_id for review in reviews(player)}) == 1

    def test_a_card_that_was_turned_stays_as_it_is(self, player: Player) -> None:
        sitting = begin(player, "flashcards")
        item = waiting(player, sitting)
        practice.reveal(player.session, player.learner, item.id, now=player.now)
        read(player.session, player.learner, "sv")
        assert core(waiting(player, sitting)).head.language == "fi"

    def test_nothing_changes_where_the_bank_does_not_have_the_language(self, session: Session, cast: Cast) -> None:
        publish_bank(session, files("outsourcing", "fi"), origin="added", by=None, now=cast.astrid.created_at)
        read(session, cast.astrid, "fi")
        player = Player(session, cast.astrid, cast.astrid.created_at)
        sitting = begin(player)
        read(session, cast.astrid, "sv")
        assert core(waiting(player, sitting)).head.language == "fi"

    def test_the_paper_of_a_quiz_that_has_begun_stays_as_it_is(self, player: Player) -> None:
        settings = QuizSettings(Scope(), 5, "end")
        attempt = quiz.start_attempt(player.session, player.learner, settings, now=player.now, seed=1)
        before = [item.snapshot for item in quiz.items_of(player.session, attempt)]
        read(player.session, player.learner, "sv")
        assert [item.snapshot for item in quiz.items_of(player.session, attempt)] == before

    def test_what_is_taken_back_is_asked_again_in_the_language_read_now(self, player: Player) -> None:
        sitting = begin(player)
        item = waiting(player, sitting)
        player.answer(item, wrong(item))
        read(player.session, player.learner, "sv")
        again = practice.undo_answer(player.session, player.learner, sitting.id, now=player.now)
        assert core(again).head.facts == core(item).head.facts
        assert core(again).head.language == "sv"
        assert memories_of(player.session, player.learner.id) == {}
        assert isinstance(player.answer(again, right(again)), Answered)


class TestOneMemory:
    """A fact is remembered, not its words."""

    def test_answers_in_two_languages_move_the_same_memory(self, player: Player) -> None:
        sitting = begin(player)
        first = waiting(player, sitting)
        player.answer(first, wrong(first))
        facts = {review.fact_id for review in reviews(player)}
        before = {fact: memories_of(player.session, player.learner.id)[fact] for fact in facts}
        read(player.session, player.learner, "sv")
        scope = Scope(facts=tuple(sorted(facts)), ahead=True)
        later = begin(player, scope=scope)
        item = waiting(player, later)
        player.answer(item, right(item))
        after = memories_of(player.session, player.learner.id)
        assert after.keys() >= facts
        assert any(after[fact].reviews == before[fact].reviews + 1 for fact in facts)
        assert verify(player.session) == []

    def test_the_log_keeps_the_language_of_each_answer_and_the_one_beside_it(self, player: Player) -> None:
        sitting = begin(player)
        item = waiting(player, sitting)
        player.answer(item, right(item))
        read(player.session, player.learner, "sv", "de")
        item = waiting(player, sitting)
        player.answer(item, right(item))
        said = list(dict.fromkeys((review.language, review.second_language) for review in reviews(player)))
        assert said == [("fi", None), ("sv", "de")]

    def test_distractors_stay_in_the_language_asked_after_mix_ups_in_another(self, player: Player) -> None:
        sitting = begin(player)
        for _ in range(8):
            item = waiting(player, sitting)
            player.answer(item, wrong(item))
        read(player.session, player.learner, "sv")
        edition = library.edition(player.session, waiting(player, sitting).version_id, "sv")
        for _ in range(8):
            item = waiting(player, sitting)
            shown = core(item)
            assert shown.head.language == edition.language
            if isinstance(shown, ChoiceItem):
                finnish = library.edition(player.session, item.version_id, "fi")
                texts = {getattr(fact, "text", "") for fact in finnish} - {
                    getattr(fact, "text", "") for fact in edition
                }
                assert not texts & {option.text for option in shown.options}
            player.answer(item, right(item))


class TestHoles:
    """A fact that the language read has no words for."""

    @pytest.fixture
    def reader(self, session: Session, cast: Cast) -> Player:
        hole = ("  fen: {front: Vad kallas flack våtmark?, back: Kärr}\n", "")
        publish_bank(session, river_files(hole), origin="added", by=None, now=cast.astrid.created_at)
        read(session, cast.astrid, "sv")
        return Player(session, cast.astrid, cast.astrid.created_at)

    def test_it_is_asked_in_the_source_language_from_stem_to_options_and_marked(self, reader: Player) -> None:
        facts = library.fact_ids(reader.session, reader.session.scalars(select(models.Bank.id)).one())
        for key, language in (("cards.fen", "en"), ("cards.ford", "sv")):
            sitting = begin(reader, scope=Scope(facts=(facts[key],), ahead=True))
            asked = core(waiting(reader, sitting))
            assert (asked.head.language, asked.head.untranslated) == (language, language == "en")

    def test_a_quiz_asks_it_so_too(self, reader: Player) -> None:
        attempt = quiz.start_attempt(
            reader.session, reader.learner, QuizSettings(Scope(), 40, "end"), now=reader.now, seed=1
        )
        items = [core(item) for item in quiz.items_of(reader.session, attempt)]
        found = {item.head.facts[0]: (item.head.language, item.head.untranslated) for item in items}
        assert found["cards.fen"] == ("en", True)
        assert {said for fact, said in found.items() if fact != "cards.fen"} == {("sv", False)}
