"""Questions and statements: multiple choice and true-false as the author wrote them."""

from quizapp.core.knowledge.draft import EXTRAS, Draft, Kin
from quizapp.core.knowledge.fields import Fields, fields, text_of
from quizapp.core.knowledge.model import Extras, Question, Statement, Wrong
from quizapp.core.knowledge.problems import What
from quizapp.core.knowledge.tree import Entry, Mapping
from quizapp.messages import msg

QUESTION = EXTRAS | {"ask", "right", "wrong"}
STATEMENT = EXTRAS | {"say", "is"}
WRONG = frozenset({"text", "because"})
MOST_WRONG = 6

THE_QUESTION = msg("the question %(key)s")
THE_STATEMENT = msg("the statement %(key)s")
_THE_WRONG_ANSWER = msg("the wrong answer %(key)s")
_NOTHING = Extras()
_NO_KIN = Kin()


def read_question(entry: Entry, draft: Draft) -> None:
    """Read one handwritten question and add it to the draft."""
    key = entry.key
    found = fields(entry.value, key, (THE_QUESTION, key.text), QUESTION, draft.problems)
    if found is None:
        return
    ask, right = found.required("ask"), found.required("right")
    options = found.children("wrong", least=1)
    if len(options) > MOST_WRONG:
        message = msg("more than %(most)d wrong answers", most=MOST_WRONG)
        draft.problems.at(options[MOST_WRONG].key, message, msg("keep the plausible ones"))
    wrong = tuple(option for child in options if (option := read_wrong(child, draft)))
    extras = draft.extras(found, _NOTHING, _NO_KIN)
    if ask and right:
        draft.add(Question(f"questions.{key.text}", ask, right, wrong, extras), key.line, key.column)


def read_statement(entry: Entry, draft: Draft) -> None:
    """Read one true or false statement and add it to the draft."""
    key = entry.key
    found = fields(entry.value, key, (THE_STATEMENT, key.text), STATEMENT, draft.problems)
    if found is None:
        return
    say = found.required("say")
    if "is" not in found:
        draft.problems.at(key, found.lacks("is"), msg("add is: true or is: false"))
    is_true = found.flag("is")
    extras = draft.extras(found, _NOTHING, _NO_KIN)
    if say:
        draft.add(Statement(f"statements.{key.text}", say, is_true, extras), key.line, key.column)


def read_wrong(entry: Entry, draft: Draft) -> Wrong | None:
    """Read a wrong answer, a text alone or with the reason why somebody might choose it."""
    key = entry.key
    what: What = (_THE_WRONG_ANSWER, key.text)
    if not isinstance(entry.value, Mapping):
        text, because = text_of(entry.value, what, draft.problems), ""
    else:
        found = Fields(entry.value, key, what, WRONG, draft.problems)
        text, because = found.required("text"), found.text("because")
    return Wrong(key.text, text, because) if text else None
