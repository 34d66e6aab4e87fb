"""The rules of writing in a few words each, for authors who do not know them by their numbers."""

from flask_babel import lazy_gettext

_NAMES = {
    "E1": lazy_gettext("exactly one right answer"),
    "E2": lazy_gettext("wrong answers are wrong"),
    "E3": lazy_gettext("answers differ"),
    "E4": lazy_gettext("the question does not tell"),
    "E5": lazy_gettext("no “all of the above”"),
    "E6": lazy_gettext("answers of one type"),
    "E7": lazy_gettext("grammar does not tell"),
    "E8": lazy_gettext("no question answers another"),
    "F1": lazy_gettext("enough wrong answers"),
    "M1": lazy_gettext("one relation in all pairs"),
    "M2": lazy_gettext("lists of one type"),
    "M3": lazy_gettext("four to seven to match"),
    "M4": lazy_gettext("some answers left over"),
    "M5": lazy_gettext("only one solution"),
    "M6": lazy_gettext("long texts on the left"),
    "M7": lazy_gettext("answers in another order"),
    "M8": lazy_gettext("no word shared by a pair alone"),
    "M9": lazy_gettext("few weak facts at once"),
    "M10": lazy_gettext("every entry can be matched"),
    "W1": lazy_gettext("answers of like length"),
    "W2": lazy_gettext("three or four answers"),
    "W3": lazy_gettext("asked positively"),
    "W4": lazy_gettext("a clear question, short answers"),
    "W5": lazy_gettext("no “always”, no “perhaps”"),
    "W6": lazy_gettext("answers in order"),
    "W7": lazy_gettext("a short, plain question"),
}


def rule_name(rule: str) -> str:
    """Name a rule by what it asks for; one that is not known by its number."""
    return str(_NAMES.get(rule, rule))
