"""The first lines of a knowledge file or overlay: version, id, language."""

import re

from quizapp.core.knowledge.fields import Fields, check_key
from quizapp.core.knowledge.problems import show
from quizapp.messages import Message, msg

VERSION = "1"

_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?(-([a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*")
_LANGUAGE_HINT = msg("write a code such as en, sv, nb or pt-BR")
_COUNTRIES = {
    "no": msg("write nb (Bokmål) or nn (Nynorsk)"),
    "dk": msg("write da for Danish"),
    "cz": msg("write cs for Czech"),
    "jp": msg("write ja for Japanese"),
}


def read_header(top: Fields) -> tuple[str, str]:
    """Read version, id and language; a part that is not right is empty."""
    version = top.word("knowledge", msg("begin with: knowledge: 1"))
    if version is not None and version.text != VERSION:
        message = msg("%(word)s is not a version of the format", word=show(version.text))
        top.problems.at(version, message, msg("write knowledge: 1"))
    name = top.word("id", msg("add id: and a short name that never changes, such as my-course"))
    return (name.text if name is not None and check_key(name, top.problems) else ""), read_language(top, "language")


def read_language(top: Fields, key: str) -> str:
    """Read a BCP 47 language code written in its usual case, empty when it is not right."""
    word = top.word(key, _LANGUAGE_HINT)
    if word is None:
        return ""
    if _LANGUAGE.fullmatch(word.text) and word.text not in _COUNTRIES:
        return word.text
    hint = _COUNTRIES.get(word.text.casefold()) or _usual_case(word.text)
    top.problems.at(word, msg("%(word)s is not a language code", word=show(word.text)), hint)
    return ""


def _usual_case(word: str) -> Message:
    parts = word.replace("_", "-").split("-")
    shaped = [parts[0].lower()] + [part.title() if len(part) == 4 else part.upper() for part in parts[1:]]  # noqa: PLR2004 - a script has 4 letters
    code = "-".join(shaped)
    if _LANGUAGE.fullmatch(code) and code not in _COUNTRIES:
        return msg("write %(word)s", word=code)
    return _LANGUAGE_HINT
