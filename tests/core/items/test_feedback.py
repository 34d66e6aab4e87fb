"""What is said after an answer."""

from quizapp.core.items.feedback import Feedback, Outcome, feedback
from quizapp.core.items.grade import grade
from quizapp.core.items.model import (
    Answer,
    ChoiceAnswer,
    ChoiceItem,
    FlashcardAnswer,
    FlashcardItem,
    Form,
    Graded,
    Head,
    Item,
    MatchingAnswer,
    MatchingItem,
    Option,
    Premise,
    Response,
    TrueFalseAnswer,
    TrueFalseItem,
    TypedAnswer,
    TypedItem,
)

HEAD = Head(
    "bank", "en", ("in.staff",), "value", "Whose staff?", "Models", why="They are employed.", source=("lecture",)
)
CHOICE = ChoiceItem(
    HEAD,
    (
        Option("a", "Our own staff", correct=True, fact="in.staff"),
        Option("b", "The supplier's", correct=False, fact="out.staff", because="That is outsourcing."),
    ),
)
MATCHING = MatchingItem(
    Head("bank", "en", ("a", "b"), "match", "Match:", "Models"),
    (Premise("p0", "first", "a", why="because a"), Premise("p1", "second", "b")),
    (Response("r0", "one", "a"), Response("r1", "two", "b"), Response("r2", "three", "c")),
    {"p0": "r0", "p1": "r1"},
    reusable=False,
)


def after(item: Item, answer: Answer) -> Feedback:
    graded = grade(item, answer)
    assert isinstance(graded, Graded)
    return feedback(item, graded)


def test_a_wrong_choice_names_the_right_answer_why_and_whose_value_it_was() -> None:
    said = after(CHOICE, ChoiceAnswer("b"))
    assert (said.outcome, said.form, said.answer) == (Outcome.WRONG, Form.CHOICE, "Our own staff")
    assert (said.why, said.sources) == ("They are employed.", ("lecture",))
    (line,) = said.lines
    assert (line.given, line.expected, line.because) == ("The supplier's", "Our own staff", "That is outsourcing.")
    assert (line.confused_with, line.right, line.why) == ("out.staff", False, "They are employed.")


def test_a_right_choice_still_says_why() -> None:
    said = after(CHOICE, ChoiceAnswer("a"))
    assert (said.outcome, said.why, said.lines[0].because) == (Outcome.RIGHT, "They are employed.", "")


def test_a_false_sentence_is_set_right() -> None:
    claim = TrueFalseItem(HEAD, is_true=False, correction="Our own staff", value_of="out.staff")
    said = after(claim, TrueFalseAnswer(says_true=True))
    assert (said.answer, said.lines[0].given, said.lines[0].expected) == ("Our own staff", "true", "false")


def test_a_forgiven_slip_shows_the_exact_spelling() -> None:
    item = TypedItem(HEAD, Form.TYPED, "Outsourcing", (), {})
    assert after(item, TypedAnswer("outsorcing")).almost == "Outsourcing"
    assert after(item, TypedAnswer("outsourcing")).almost == ""
    assert after(item, TypedAnswer("insourcing")).almost == ""


def test_a_flashcard_shows_its_back() -> None:
    said = after(FlashcardItem(HEAD, "Our own staff"), FlashcardAnswer(1))
    assert (said.outcome, said.answer, said.form) == (Outcome.WRONG, "Our own staff", Form.FLASHCARD)


def test_matching_is_partly_right_and_says_where_a_wrong_response_belongs() -> None:
    said = after(MATCHING, MatchingAnswer((("p0", "r1"), ("p1", "r2")), unsure=True))
    assert said.outcome is Outcome.WRONG
    first, second = said.lines
    assert (first.asked, first.given, first.expected, first.belongs_to) == ("first", "two", "one", "second")
    assert (first.why, second.why) == ("because a", "")
    assert (second.belongs_to, second.confused_with) == ("", "c")
    assert after(MATCHING, MatchingAnswer((("p0", "r0"), ("p1", "r2")))).outcome is Outcome.PARTLY
    assert after(MATCHING, MatchingAnswer((("p0", "r0"), ("p1", "r1")))).outcome is Outcome.RIGHT
