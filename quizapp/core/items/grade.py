"""Grading: item + answer -> marks, each with the chance that a guess would have been marked right."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import assert_never

from quizapp.core.items.model import (
    Answer,
    ChoiceAnswer,
    ChoiceItem,
    FlashcardAnswer,
    FlashcardItem,
    Form,
    Graded,
    Item,
    Mark,
    MatchingAnswer,
    MatchingItem,
    Premise,
    Response,
    TrueFalseAnswer,
    TrueFalseItem,
    TypedAnswer,
    TypedItem,
    Ungradable,
)
from quizapp.core.items.typed import Verdict, check_typed, tidy

FEWEST_FIRST_ANSWERS = 20
TRUE, FALSE = "true", "false"
_GRADES = frozenset({1, 2, 3, 4})


def grade(item: Item, answer: Answer, guess_rate: float | None = None) -> Graded | Ungradable:
    """Grade an answer to an item against its key.

    `guess_rate` in (0, 1] replaces 1/k for a choice (`effective_guess_rate`); other forms leave it alone. A choice,
    true-false, typed or flashcard item gives one mark, for the first fact of its head; matching gives one a premise, in
    the order of the premises. Ungradable: `blank`, `incomplete` (matching), `malformed` (an unknown or repeated token,
    a grade out of range), `used-twice` (one response of a
    matching item that is not reusable), `wrong-form` (the answer of another form). Never raises.
    """
    match item:
        case ChoiceItem():
            return _grade_choice(item, answer, guess_rate) if isinstance(answer, ChoiceAnswer) else _WRONG_FORM
        case TrueFalseItem():
            return _grade_judgement(item, answer) if isinstance(answer, TrueFalseAnswer) else _WRONG_FORM
        case TypedItem():
            return _grade_typed(item, answer) if isinstance(answer, TypedAnswer) else _WRONG_FORM
        case FlashcardItem():
            return _grade_flashcard(item, answer) if isinstance(answer, FlashcardAnswer) else _WRONG_FORM
        case MatchingItem():
            return _grade_matching(item, answer) if isinstance(answer, MatchingAnswer) else _WRONG_FORM
        case _:
            assert_never(item)


def effective_guess_rate(shares: Sequence[int], first_answers: int | None = None) -> float | None:
    """Return 1/k_eff, the guess rate of a choice whose distractors do not all tempt; None on too little data.

    `shares` counts the first answers that chose each distractor; `first_answers` counts all first answers, right ones
    too (default: the sum of `shares`). k_eff = 1 + exp(H), H the entropy of the distractors' shares in nats: exp(H) is
    the number of equally tempting distractors with the same entropy (Hill 1973, Ecology 54, number of order 1). Equal
    shares of k - 1 distractors give 1/k. Needs 20 first answers and one wrong one.
    """
    wrong = sum(shares)
    if wrong < 1 or (wrong if first_answers is None else first_answers) < FEWEST_FIRST_ANSWERS:
        return None
    entropy = -sum(share / wrong * math.log(share / wrong) for share in shares if share > 0)
    return 1 / (1 + math.exp(entropy))


def confusions(marks: Iterable[Mark]) -> frozenset[frozenset[str]]:
    """Return the unordered pairs of facts that were taken for one another, so that a swap counts once."""
    return frozenset(
        frozenset({mark.fact, mark.confused_with})
        for mark in marks
        if mark.confused_with is not None and mark.confused_with != mark.fact
    )


_WRONG_FORM = Ungradable("wrong-form")
_MALFORMED = Ungradable("malformed")
_BLANK = Ungradable("blank")


def _graded(*marks: Mark) -> Graded:
    return Graded(marks, sum(mark.right for mark in marks) / len(marks))


def _grade_choice(item: ChoiceItem, answer: ChoiceAnswer, guess_rate: float | None) -> Graded | Ungradable:
    fact = item.head.facts[0]
    guess = 1 / len(item.options) if guess_rate is None else guess_rate
    expected = next((option.text for option in item.options if option.correct), "")
    if not answer.token:
        gave_up = Mark(fact, right=False, form=Form.CHOICE, guess_rate=guess, unsure=True, expected=expected)
        return _graded(gave_up) if answer.unsure else _BLANK
    chosen = next((option for option in item.options if option.token == answer.token), None)
    if chosen is None:
        return _MALFORMED
    return _graded(
        Mark(
            fact,
            right=chosen.correct,
            form=Form.CHOICE,
            guess_rate=guess,
            unsure=answer.unsure,
            confused_with=None if chosen.correct else _other_than(fact, chosen.fact),
            given=chosen.text,
            expected=expected,
            because="" if chosen.correct else chosen.because,
        )
    )


def _grade_judgement(item: TrueFalseItem, answer: TrueFalseAnswer) -> Graded:
    fact = item.head.facts[0]
    right = answer.says_true == item.is_true
    return _graded(
        Mark(
            fact,
            right=right,
            form=Form.TRUE_FALSE,
            guess_rate=1 / 2,
            unsure=answer.unsure,
            confused_with=None if right else _other_than(fact, item.value_of),
            given=TRUE if answer.says_true else FALSE,
            expected=TRUE if item.is_true else FALSE,
        )
    )


def _grade_typed(item: TypedItem, answer: TypedAnswer) -> Graded | Ungradable:
    fact = item.head.facts[0]
    result = check_typed(answer.text, item)
    if result.verdict is Verdict.BLANK and not answer.unsure:
        return _BLANK
    return _graded(
        Mark(
            fact,
            right=result.verdict is Verdict.RIGHT,
            form=item.form,
            guess_rate=0.0,
            unsure=answer.unsure,
            confused_with=_other_than(fact, result.confused_with),
            given=tidy(answer.text),
            expected=item.key,
        )
    )


def _grade_flashcard(item: FlashcardItem, answer: FlashcardAnswer) -> Graded | Ungradable:
    if isinstance(answer.grade, bool) or answer.grade not in _GRADES:
        return _MALFORMED
    right = answer.grade > 1
    fact = item.head.facts[0]
    return _graded(Mark(fact, right, Form.FLASHCARD, guess_rate=0.0, grade=answer.grade, expected=item.back))


def _grade_matching(item: MatchingItem, answer: MatchingAnswer) -> Graded | Ungradable:
    premises = {premise.token: premise for premise in item.premises}
    responses = {response.token: response for response in item.responses}
    placed = dict(answer.pairs)
    used_twice = not item.reusable and len(set(placed.values())) < len(placed)
    unknown = not premises.keys() >= placed.keys() | answer.changed or not responses.keys() >= set(placed.values())
    if len(placed) < len(answer.pairs) or unknown:
        return _MALFORMED
    if used_twice:
        return Ungradable("used-twice")
    complete = len(placed) == len(premises)
    if not complete and not answer.unsure:
        return Ungradable("incomplete") if placed else _BLANK
    guesses = _guess_rates(item, answer)
    marks = []
    for token, premise in premises.items():
        given = responses.get(placed.get(token, ""))
        unsure = answer.unsure if complete or given is None else False
        mark = _mark_pair(item, premise, given, guesses.get(token, 0.0), responses)
        marks.append(replace(mark, unsure=unsure or (mark.right and token in answer.changed)))
    return _graded(*marks)


def _guess_rates(item: MatchingItem, answer: MatchingAnswer) -> Mapping[str, float]:
    """Map each placed premise to 1 / (responses open when it was placed): a last one without choice gets 1."""
    count = len(item.responses)
    return {token: 1 / (count if item.reusable else count - earlier) for earlier, (token, _) in enumerate(answer.pairs)}


def _mark_pair(
    item: MatchingItem, premise: Premise, given: Response | None, guess: float, responses: Mapping[str, Response]
) -> Mark:
    expected = responses[item.key[premise.token]]
    right = given is not None and given.token == expected.token
    return Mark(
        premise.fact,
        right=right,
        form=Form.MATCHING,
        guess_rate=guess,
        confused_with=None if right or given is None else _other_than(premise.fact, _owner(item, given)),
        given=given.text if given else "",
        expected=expected.text,
    )


def _owner(item: MatchingItem, response: Response) -> str | None:
    """Name the fact whose response this is: that of the one premise it belongs to, else its own."""
    facts = [premise.fact for premise in item.premises if item.key[premise.token] == response.token]
    return facts[0] if len(facts) == 1 else response.fact


def _other_than(fact: str, other: str | None) -> str | None:
    return None if other == fact else other
