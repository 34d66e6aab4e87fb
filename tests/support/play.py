"""A learner at the play page, without the page: answers made from the key that only the test may see."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from quizapp.actions import practice
from quizapp.actions.answers import Outcome
from quizapp.core.items import snapshot
from quizapp.core.items.model import (
    ChoiceItem,
    FlashcardItem,
    MatchingItem,
    TrueFalseItem,
    TypedItem,
)
from quizapp.store import models

Fields = Mapping[str, list[str]]


def right(item: models.Item) -> Fields:
    """Give the form fields of the right answer."""
    core = snapshot.load(item.snapshot)
    match core:
        case ChoiceItem(options=options):
            return {"choice": [option.token for option in options if option.correct]}
        case TrueFalseItem(is_true=is_true):
            return {"choice": ["true" if is_true else "false"]}
        case TypedItem(key=key):
            return {"text": [key]}
        case FlashcardItem():
            return {"grade": ["3"]}
        case MatchingItem(premises=premises, key=key):
            pairs = {f"pair-{premise.token}": [key[premise.token]] for premise in premises}
            return {**pairs, "order": [" ".join(premise.token for premise in premises)]}


def wrong(item: models.Item) -> Fields:
    """Give the form fields of an answer that is wrong throughout."""
    core = snapshot.load(item.snapshot)
    match core:
        case ChoiceItem(options=options):
            return {"choice": [next(option.token for option in options if not option.correct)]}
        case TrueFalseItem(is_true=is_true):
            return {"choice": ["false" if is_true else "true"]}
        case TypedItem():
            return {"text": ["something else altogether"]}
        case FlashcardItem():
            return {"grade": ["1"]}
        case MatchingItem(premises=premises, responses=responses, key=key):
            return {
                f"pair-{premise.token}": [next(each.token for each in responses if each.token != key[premise.token])]
                for premise in premises
            }


@dataclass
class Player:
    """Answers item after item, ten seconds each."""

    session: Session
    learner: models.User
    now: datetime
    turns: int = 0

    def answer(self, item: models.Item, fields: Fields, *, key: str = "", version: int | None = None) -> Outcome:
        """Send an answer to an item as the page does."""
        self.now += timedelta(seconds=10)
        self.turns += 1
        if item.form == "flashcard":
            practice.reveal(self.session, self.learner, item.id, now=self.now)
        return practice.submit_answer(
            self.session,
            self.learner,
            item.id,
            fields=fields,
            key=key or f"key-{self.learner.id}-{self.turns:06}",
            version=item.version if version is None else version,
            now=self.now,
        )
