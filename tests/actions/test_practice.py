"""A sitting asks, takes each answer once, moves memories, takes back, and ends."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from support.cast import Cast
from support.lessons import Lesson
from support.play import Player, right, wrong

from quizapp.actions import asking, practice
from quizapp.actions.answers import Answered, Conflict, Invalid
from quizapp.actions.data import verify
from quizapp.actions.errors import NotFound, Refused
from quizapp.actions.scope import Scope
from quizapp.core.memory.model import Memory
from quizapp.store import learning, models
from quizapp.store.ledger import memories_of


@pytest.fixture
def player(session: Session, cast: Cast, lesson: Lesson) -> Player:
    return Player(session, cast.astrid, lesson.start)


def begin(player: Player, kind: str = "practice", scope: Scope | None = None, seed: int = 1) -> models.Sitting:
    at = player.now
    sitting = practice.start_sitting(player.session, player.learner, kind, scope or Scope(), now=at, seed=seed)
    practice.serve_item(player.session, player.learner, sitting, now=at)
    return sitting


def waiting(player: Player, sitting: models.Sitting) -> models.Item:
    item = learning.open_item(player.session, sitting.id)
    assert item is not None
    return item


def count(session: Session, model: type[models.Base]) -> int:
    return session.scalar(select(func.count()).select_from(model)) or 0


def test_somebody_elses_item_does_not_exist(player: Player, cast: Cast) -> None:
    item = waiting(player, begin(player))
    stranger = Player(player.session, cast.jussi, player.now)
    with pytest.raises(NotFound):
        stranger.answer(item, right(item))


def test_an_item_that_does_not_exist_is_not_found(player: Player) -> None:
    item = models.Item(id=987654, form="choice", version=1)
    with pytest.raises(NotFound):
        player.answer(item, {"choice": ["x"]})


def test_an_empty_answer_is_invalid_and_stores_nothing(player: Player) -> None:
    item = waiting(player, begin(player))
    outcome = player.answer(item, {})
    assert isinstance(outcome, Invalid)
    assert count(player.session, models.Review) == 0
    assert item.answered_at is None


def test_an_unknown_option_is_invalid_and_stores_nothing(player: Player) -> None:
    item = waiting(player, begin(player, scope=Scope(forms=("choice",))))
    assert isinstance(player.answer(item, {"choice": ["no-such-token"]}), Invalid)
    assert count(player.session, models.Review) == 0


def test_a_second_tab_gets_a_conflict_and_adds_nothing(player: Player) -> None:
    item = waiting(player, begin(player))
    shown = item.version
    assert isinstance(player.answer(item, right(item), version=shown), Answered)
    reviews = count(player.session, models.Review)
    assert isinstance(player.answer(item, wrong(item), version=shown), Conflict)
    assert count(player.session, models.Review) == reviews


def test_an_answer_sent_again_gives_the_same_and_adds_nothing(player: Player) -> None:
    item = waiting(player, begin(player))
    shown, fields = item.version, right(item)
    player.answer(item, fields, key="the-same-key", version=shown)
    reviews, items = count(player.session, models.Review), count(player.session, models.Item)
    again = player.answer(item, fields, key="the-same-key", version=shown)
    assert isinstance(again, Answered)
    assert again.replay
    assert (count(player.session, models.Review), count(player.session, models.Item)) == (reviews, items)


def test_a_key_used_for_one_item_cannot_answer_another(player: Player) -> None:
    sitting = begin(player)
    player.answer(waiting(player, sitting), right(waiting(player, sitting)), key="the-same-key")
    second = waiting(player, sitting)
    assert isinstance(player.answer(second, right(second), key="the-same-key"), Conflict)
    assert second.answered_at is None


def test_a_flashcard_cannot_be_graded_before_it_was_turned(player: Player) -> None:
    sitting = begin(player, "flashcards", Scope(ahead=True))
    item = waiting(player, sitting)
    outcome = practice.submit_answer(
        player.session, player.learner, item.id, fields={"grade": ["4"]}, key="k" * 12, version=1, now=player.now
    )
    assert isinstance(outcome, Invalid)
    assert count(player.session, models.Review) == 0


def test_an_answer_moves_the_memory_of_each_fact_it_touches(player: Player) -> None:
    item = waiting(player, begin(player))
    player.answer(item, right(item))
    memories = memories_of(player.session, player.learner.id)
    assert len(memories) == len(item.snapshot["head"]["facts"])
    assert all(isinstance(memory, Memory) and memory.due_at > player.now for memory in memories.values())


def test_the_next_item_is_made_with_the_answer(player: Player) -> None:
    sitting = begin(player)
    first = waiting(player, sitting)
    player.answer(first, right(first))
    assert waiting(player, sitting).id != first.id


def test_an_answer_tells_where_the_sitting_is_as_looking_it_up_does(player: Player) -> None:
    sitting = begin(player)
    while sitting.ended_at is None:
        item = waiting(player, sitting)
        outcome = player.answer(item, wrong(item) if player.turns == 0 else right(item))
        assert isinstance(outcome, Answered)
        assert outcome.place == asking.place(player.session, sitting)
    assert asking.place(player.session, sitting).waiting is None


def test_a_sitting_ends_when_each_of_its_facts_was_right_once(player: Player) -> None:
    sitting = begin(player)
    while sitting.ended_at is None:
        item = waiting(player, sitting)
        player.answer(item, wrong(item) if player.turns % 4 == 1 else right(item))
        assert player.turns < 400
    asked = learning.history(player.session, sitting.id)
    assert set(sitting.plan["facts"]) == {each.fact for each in asked if each.right} & set(sitting.plan["facts"])
    assert any(not each.right for each in asked)


def test_what_practice_writes_can_be_rebuilt_from_the_log(player: Player) -> None:
    for day in range(4):
        player.now += timedelta(days=1)
        sitting = begin(player, seed=day)
        while sitting.ended_at is None:
            item = waiting(player, sitting)
            player.answer(item, wrong(item) if player.turns % 5 == 2 else right(item))
            if player.turns % 7 == 3:
                practice.undo_answer(player.session, player.learner, sitting.id, now=player.now)
    assert count(player.session, models.Memory) > 10
    assert verify(player.session) == []


def test_taking_back_restores_memories_and_counts_and_asks_the_same_again(player: Player) -> None:
    sitting = begin(player)
    first = waiting(player, sitting)
    player.answer(first, right(first))
    before = memories_of(player.session, player.learner.id)
    second = waiting(player, sitting)
    player.answer(second, wrong(second))
    again = practice.undo_answer(player.session, player.learner, sitting.id, now=player.now)
    assert again.snapshot == second.snapshot
    assert memories_of(player.session, player.learner.id) == before
    assert waiting(player, sitting).id == again.id
    kinds = list(player.session.scalars(select(models.Review.kind).order_by(models.Review.id)))
    assert kinds.count("undo") == len(second.snapshot["head"]["facts"])
    assert verify(player.session) == []


def test_there_is_nothing_to_take_back_at_the_start(player: Player) -> None:
    sitting = begin(player)
    with pytest.raises(Refused):
        practice.undo_answer(player.session, player.learner, sitting.id, now=player.now)


def test_an_answer_that_was_taken_back_cannot_be_sent_again_from_another_tab(player: Player) -> None:
    sitting = begin(player)
    item = waiting(player, sitting)
    player.answer(item, right(item))
    practice.undo_answer(player.session, player.learner, sitting.id, now=player.now)
    assert isinstance(player.answer(item, right(item)), Conflict)


def test_the_same_sitting_goes_on_when_it_is_started_again(player: Player) -> None:
    sitting = begin(player)
    item = waiting(player, sitting)
    assert begin(player).id == sitting.id
    assert waiting(player, sitting).id == item.id


def test_a_sitting_of_another_day_is_ended_and_a_new_one_begun(player: Player) -> None:
    old = begin(player)
    player.now += timedelta(days=1)
    new = begin(player)
    assert new.id != old.id
    assert old.ended_at is not None


def test_a_stopped_sitting_takes_no_more_answers(player: Player) -> None:
    sitting = begin(player)
    item = waiting(player, sitting)
    practice.end_sitting(player.session, player.learner, sitting.id, now=player.now)
    assert isinstance(player.answer(item, right(item)), Conflict)


def test_matching_sittings_ask_sets_of_pairs_only(player: Player) -> None:
    sitting = begin(player, "match", Scope(ahead=True))
    forms = set()
    while sitting.ended_at is None:
        item = waiting(player, sitting)
        forms.add(item.form)
        player.answer(item, right(item))
    assert forms == {"matching"}


def test_a_suspended_fact_is_not_asked_until_it_is_resumed(player: Player, lesson: Lesson) -> None:
    fact = lesson.id("cards.tco")
    practice.suspend_fact(player.session, player.learner, fact, now=player.now)
    assert fact not in begin(player).plan["facts"]
    practice.resume_fact(player.session, player.learner, fact)
    player.now += timedelta(days=1)
    assert fact in begin(player, scope=Scope(ahead=True)).plan["facts"]


def test_a_suspended_fact_is_not_asked_either_when_it_is_named(player: Player, lesson: Lesson) -> None:
    fact, other = lesson.id("cards.tco"), lesson.id("ownership.captive.definition")
    practice.suspend_fact(player.session, player.learner, fact, now=player.now)
    assert begin(player, scope=Scope(facts=(fact, other), ahead=True)).plan["facts"] == [other]


def test_a_reset_fact_starts_afresh_and_the_log_keeps_the_past(player: Player, lesson: Lesson) -> None:
    lesson.answer(player.learner, "cards.tco", days=0)
    fact = lesson.id("cards.tco")
    practice.reset_fact(player.session, player.learner, fact, now=player.now)
    assert fact not in memories_of(player.session, player.learner.id)
    assert count(player.session, models.Review) == 2


def test_an_edit_between_showing_and_answering_changes_no_grade(player: Player, lesson: Lesson) -> None:
    sitting = begin(player)
    item = waiting(player, sitting)
    fields = right(item)
    lesson.bank.archived_at = player.now
    player.session.flush()
    outcome = player.answer(item, fields)
    assert isinstance(outcome, Answered)
    assert item.result is not None
    assert item.result["score"] == 1.0
    assert sitting.ended_at is not None
