"""The rows of accounts, practice and quizzes of one's own."""

from support.cast import PASSWORD
from support.matrix.rows import Access, Row, given

NEW_PASSWORD = "words that are new"

_SITTING, _ITEM = {"sitting_id": "sitting"}, {"item_id": "item"}
_ATTEMPT, _DONE = {"attempt_id": "attempt"}, {"attempt_id": "finished"}
_BANK, _FACT = {"key": "bank"}, {"key": "bank", "fact_id": "fact"}
_HIDDEN = {"bank": "private bank"}
_LOG_IN = given(email="outsider@example.org", password=PASSWORD)
_SIGN_UP = given(name="Nils", email="nils@example.org", password=NEW_PASSWORD, zone="Europe/Oslo")
_NEW_PASSWORD = given(password=NEW_PASSWORD, again=NEW_PASSWORD)
_CHANGE_PASSWORD = given(old=PASSWORD, new=NEW_PASSWORD, again=NEW_PASSWORD)
_SETTINGS = given(name="Another", minutes_a_day="33", retention="0.9", quiet="6", zone="Europe/Oslo")
_BEGIN = given(kind="match", bank="1", tag="sourcing", fact="", ahead="y")
_QUIZ = given(bank="1", tag="sourcing", questions="3", forms="mixed", feedback="end", minutes="10")

LEARNING = (
    Row("GET", "/", Access.ANYBODY, 200),
    Row("GET", "/static/<tag>/<path:path>", Access.ANYBODY, 200, {"tag": "tag", "path": "file"}),
    Row("GET", "/login", Access.STRANGERS, 200, query=("next",)),
    Row("POST", "/login", Access.STRANGERS, 303, fields=_LOG_IN, changes=True, query=("next",)),
    Row("POST", "/language", Access.CHOOSERS, 303, fields=given(language="sv", next="/"), changes=True),
    Row("GET", "/signup", Access.STRANGERS, 200),
    Row("POST", "/signup", Access.STRANGERS, 303, fields=_SIGN_UP, changes=True),
    Row("GET", "/setup/<token>", Access.ANYBODY, 200, {"token": "setup"}),
    Row("POST", "/setup/<token>", Access.ANYBODY, 303, {"token": "setup"}, _SIGN_UP, changes=True),
    Row("GET", "/reset/<token>", Access.ANYBODY, 200, {"token": "reset"}),
    Row("POST", "/reset/<token>", Access.ANYBODY, 303, {"token": "reset"}, _NEW_PASSWORD, changes=True),
    Row("POST", "/logout", Access.MEMBERS, 303),
    Row("GET", "/settings", Access.MEMBERS, 200),
    Row("POST", "/settings", Access.MEMBERS, 303, fields=_SETTINGS, changes=True),
    Row("GET", "/settings/password", Access.MEMBERS, 200),
    Row("POST", "/settings/password", Access.MEMBERS, 303, fields=_CHANGE_PASSWORD, changes=True),
    Row("POST", "/settings/sessions/end", Access.MEMBERS, 303, changes=True),
    Row("GET", "/settings/export", Access.MEMBERS, 200),
    Row("GET", "/settings/delete", Access.MEMBERS, 200),
    Row("POST", "/settings/delete", Access.MEMBERS, 303, fields=given(password=PASSWORD), changes=True),
    Row("GET", "/practice", Access.MEMBERS, 200, query=("bank",), foreign=_HIDDEN),
    Row("GET", "/match", Access.MEMBERS, 200, query=("bank",), foreign=_HIDDEN),
    Row("GET", "/flashcards", Access.MEMBERS, 200, query=("bank",), foreign=_HIDDEN),
    Row("POST", "/sittings", Access.MEMBERS, 303, fields=_BEGIN, changes=True),
    Row("GET", "/sittings/<int:sitting_id>", Access.OWNER, 200, _SITTING, query=("answered",)),
    Row("POST", "/sittings/<int:sitting_id>/undo", Access.OWNER, 303, _SITTING, changes=True),
    Row("POST", "/sittings/<int:sitting_id>/end", Access.OWNER, 303, _SITTING, changes=True),
    Row("GET", "/sittings/<int:sitting_id>/quiz", Access.OWNER, 303, {"sitting_id": "quiz"}),
    Row("POST", "/items/<int:item_id>/answer", Access.OWNER, 303, _ITEM, lambda who: who.answer, changes=True),
    Row("POST", "/items/<int:item_id>/reveal", Access.OWNER, 303, {"item_id": "card"}, changes=True),
    Row("GET", "/items/<int:item_id>/after", Access.OWNER, 303, {"item_id": "question"}),
    Row("GET", "/quiz", Access.MEMBERS, 200, query=("bank",), foreign=_HIDDEN),
    Row("POST", "/attempts", Access.MEMBERS, 303, fields=_QUIZ, changes=True, foreign=_HIDDEN),
    Row("GET", "/attempts/<int:attempt_id>", Access.OWNER, 200, _DONE),
    Row("GET", "/attempts/<int:attempt_id>/<int:slot>", Access.OWNER, 200, {**_ATTEMPT, "slot": "slot"}),
    Row("GET", "/attempts/<int:attempt_id>/finish", Access.OWNER, 200, _ATTEMPT),
    Row("POST", "/attempts/<int:attempt_id>/finish", Access.OWNER, 303, _ATTEMPT, changes=True),
    Row("POST", "/attempts/<int:attempt_id>/practice", Access.OWNER, 303, _DONE, changes=True),
    Row("GET", "/progress", Access.MEMBERS, 200),
    Row("GET", "/progress/<key>", Access.MEMBERS, 200, _BANK),
    Row("GET", "/banks", Access.MEMBERS, 200),
    Row("GET", "/banks/<key>", Access.MEMBERS, 200, _BANK, query=("page",)),
    Row("GET", "/banks/<key>/facts/<int:fact_id>", Access.MEMBERS, 200, _FACT),
    Row("POST", "/banks/<key>/facts/<int:fact_id>/suspend", Access.MEMBERS, 303, _FACT, changes=True),
    Row(
        "POST",
        "/banks/<key>/facts/<int:fact_id>/resume",
        Access.MEMBERS,
        303,
        {"key": "bank", "fact_id": "quiet"},
        changes=True,
    ),
    Row("POST", "/banks/<key>/facts/<int:fact_id>/reset", Access.MEMBERS, 303, _FACT, changes=True),
)
