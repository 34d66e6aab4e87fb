"""What a reader is shown beside an item: its second language, and that the bank has no words in the first."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from markupsafe import Markup

from quizapp.core.items import snapshot
from quizapp.core.items.beside import Beside
from quizapp.core.items.feedback import Line
from quizapp.core.items.model import ChoiceItem, Item, MatchingItem
from quizapp.store import besides, library, models
from quizapp.store.db import db
from quizapp.web import tongues
from quizapp.web.markdown import inline

_NOTHING = Markup()


@dataclass(frozen=True, slots=True)
class Aside:
    """A line of a verdict in the second language: what was asked, given and expected, and why."""

    prompt: Markup
    given: Markup
    expected: Markup
    why: Markup


@dataclass(frozen=True, slots=True)
class Second:
    """The texts beside a question and its verdict, each as HTML that says its language, empty where there is none.

    `texts` are by token of an option, a premise or a response; `words` are those of a verdict's lines, by what the
    first language says.
    """

    lang: str
    stem: Markup = _NOTHING
    instruction: Markup = _NOTHING
    hint: Markup = _NOTHING
    answer: Markup = _NOTHING
    why: Markup = _NOTHING
    texts: Mapping[str, Markup] = field(default_factory=dict)
    words: Mapping[str, Markup] = field(default_factory=dict)

    def line(self, line: Line) -> Aside:
        """Give a line of the verdict."""
        asked, given, expected, why = (
            self.words.get(text, _NOTHING) for text in (line.asked, line.given, line.expected, line.why)
        )
        return Aside(asked, given, expected, why)


def beside(item: models.Item, reader: models.User | None, earlier: Iterable[models.Item] = ()) -> Second | None:
    """Give the second language beside an item before its answer; what is `earlier` in its quiz must not tell it."""
    if reader is None or not reader.second_language:
        return None
    core, language = snapshot.load(item.snapshot), reader.second_language
    shown = ((each.version_id, snapshot.load(each.snapshot)) for each in earlier)
    revealed = besides.stems(db.session(), shown, language)
    found = besides.beside(db.session(), item.version_id, core, language, revealed)
    return _second(core, found) if found else None


def told(item: models.Item, reader: models.User | None) -> Second | None:
    """Give the second language beside an item that tells its answer."""
    if reader is None or not reader.second_language:
        return None
    core = snapshot.load(item.snapshot)
    found = besides.told(db.session(), item.version_id, core, reader.second_language)
    return _second(core, found) if found else None


def foreign(version_id: int, language: str, reader: models.User | None) -> str:
    """Name the language in which a bank is shown to whom it has no words for; empty where it has."""
    if reader is None or not reader.reads:
        return ""
    lacks = library.edition_in(db.session(), version_id, reader.reads) is None
    return tongues.name_here(language) if lacks else ""


def parted(item: Item, stem: str) -> tuple[str, str]:
    """Part the last sentence of a matching item's stem: it says which answers are left over, and is shown smaller."""
    if not isinstance(item, MatchingItem):
        return stem, ""
    asked, dot, rule = stem.rpartition(". ")
    return asked + dot.strip(), rule


def _second(core: Item, found: Beside) -> Second:
    lang = found.language
    stem, instruction = parted(core, found.stem)
    texts = {token: inline(text, lang) for token, text in found.texts.items()}
    whys = {token: inline(text, lang) for token, text in found.whys.items()}
    return Second(
        lang=lang,
        stem=inline(stem, lang),
        instruction=inline(instruction, lang),
        hint=inline(found.hint, lang),
        answer=inline(found.answer, lang),
        why=inline(found.why, lang),
        texts=texts,
        words=_words(core, texts, whys),
    )


def _words(core: Item, texts: Mapping[str, Markup], whys: Mapping[str, Markup]) -> Mapping[str, Markup]:
    """Find the texts of a verdict's lines, which know no tokens, by the words of the first language."""
    match core:
        case ChoiceItem(options=options):
            return {each.text: texts[each.token] for each in options if each.token in texts}
        case MatchingItem(premises=premises, responses=responses):
            found = {each.text: texts[each.token] for each in premises if each.token in texts}
            found |= {each.text: texts[each.token] for each in responses if each.token in texts}
            return found | {each.why: whys[each.token] for each in premises if each.token in whys}
        case _:
            return {}
