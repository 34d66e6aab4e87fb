"""Remarks on wording: stems that confuse, options that give the key away."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from quizapp.core.knowledge.finding import Finding
from quizapp.core.knowledge.model import Bank, Card, Question, Statement
from quizapp.core.knowledge.normalise import content_words, fold, tokens
from quizapp.core.knowledge.words import Words, words_of
from quizapp.messages import msg, msg_n

LONGEST_STEM = 30
LONGEST_OPTION = 12
LENGTH_RATIO = 1.5
_LENGTHS_APART = 10
_REPEATED_WORDS = 3

_EMPHASISED = re.compile(r"(\*{1,3}|_{1,3})(?=\S)[^*_]+(?<=\S)\1")
_RAW_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_CLOSERS = "\"'”»“’)*_` "


@dataclass(frozen=True, slots=True)
class _Stem:
    """A question the author wrote, with the fact at whose place it is told."""

    fact: str
    text: str
    statement: bool = False


def wording_findings(bank: Bank) -> Iterator[Finding]:
    """Give the remarks on the wording of one edition."""
    words = words_of(bank.language)
    for stem in (*_asks(bank), *_written(bank)):
        yield from _stem(stem, bank.language, words)
    for fact in bank:
        if isinstance(fact, Question):
            yield from _question(fact, bank.language, words)
    yield from _answers_in_stems(bank)


def _asks(bank: Bank) -> Iterator[_Stem]:
    for comparison in bank.comparisons.values():
        first = {attribute: fact for (attribute, _), fact in reversed(list(comparison.cells.items()))}
        for key, attribute in comparison.attributes.items():
            if key in first:
                yield from _stems(first[key], attribute.ask, attribute.ask_value)
    for taxonomy in bank.taxonomies.values():
        asks = (taxonomy.ask_definition, taxonomy.ask_term, taxonomy.ask_example)
        for term in list(taxonomy.terms.values())[:1]:
            yield from _stems(term.definition or term.examples[0], *asks)
    for groupset in bank.groupsets.values():
        members = [member for group in groupset.groups.values() for member in group.members]
        for member in members[:1]:
            yield from _stems(member, groupset.ask, groupset.ask_member)


def _stems(fact: str, *texts: str) -> Iterator[_Stem]:
    return (_Stem(fact, text) for text in texts if text)


def _written(bank: Bank) -> Iterator[_Stem]:
    for fact in bank:
        if isinstance(fact, Question):
            yield _Stem(fact.id, fact.ask)
        elif isinstance(fact, Statement):
            yield _Stem(fact.id, fact.say, statement=True)


def _stem(stem: _Stem, language: str, words: Words) -> Iterator[Finding]:
    count = len(stem.text.split())
    if count > LONGEST_STEM:
        message = msg_n("one word to read before answering", "%(num)d words to read before answering", count)
        yield Finding(stem.fact, "W7", message, msg("ask it in %(most)d words or fewer", most=LONGEST_STEM))
    denials = _denials(stem.text, words)
    if len(denials) > 1:
        message = msg("a double negative: %(words)s", words=", ".join(denials))
        yield Finding(stem.fact, "W7", message, msg("say it positively"))
    elif _denials(_EMPHASISED.sub("", stem.text), words, loud=False):
        message = msg('the word "%(word)s" is easily overlooked', word=denials[0])
        yield Finding(stem.fact, "W3", message, msg("ask positively, or write **%(word)s**", word=denials[0]))
    if stem.statement:
        return
    if not stem.text.rstrip(_CLOSERS).endswith(("?", "？", "؟")):
        hint = msg("write a question that can be answered without options")
        yield Finding(stem.fact, "W4", msg("is not a question"), hint)
    telling = {token for token in tokens(stem.text, language) if len(token) > 1} - words.stop - words.generic
    if words.stop and not telling:
        message = msg("the question says nothing without its options")
        yield Finding(stem.fact, "W4", message, msg("put what is asked about into the question"))


def _denials(text: str, words: Words, *, loud: bool = True) -> list[str]:
    """Find words that deny, in the order they stand; those in capitals only when `loud`."""
    found = (match[0] for match in _RAW_WORD.finditer(text))
    return [
        word
        for word in found
        if (word.casefold() in words.negations or word.endswith(("n't", "n’t"))) and (loud or not word.isupper())
    ]


def _question(question: Question, language: str, words: Words) -> Iterator[Finding]:
    wrong = [answer.text for answer in question.wrong]
    options = [question.right, *wrong]
    for text in options:
        if words.above.search(text):
            message = msg('the option "%(text)s" points at other options', text=text)
            hint = msg("name the answers; the order is shuffled and each option must stand alone")
            yield Finding(question.id, "E5", message, hint, warning=False)
        count = len(text.split())
        if count > LONGEST_OPTION:
            message = msg_n("an option has one word", "an option has %(num)d words", count)
            hint = msg("say it in %(most)d or move words into the question", most=LONGEST_OPTION)
            yield Finding(question.id, "W4", message, hint)
    if _all_begin_alike(options, language):
        message = msg("every option begins with the same words")
        yield Finding(question.id, "W4", message, msg("move them into the question"))
    yield from _clues(question, wrong, language, words)
    yield from _lengths(question, wrong)


def _all_begin_alike(options: Sequence[str], language: str) -> bool:
    beginnings = {tuple(fold(text, language).split()[:_REPEATED_WORDS]) for text in options}
    return len(beginnings) == 1 and len(beginnings.pop()) == _REPEATED_WORDS


def _clues(question: Question, wrong: Sequence[str], language: str, words: Words) -> Iterator[Finding]:
    absolute = [text for text in wrong if _holds(text, words.absolutes, language)]
    if absolute and not _holds(question.right, words.absolutes, language):
        message = msg('only wrong answers speak without exception: "%(text)s"', text=absolute[0])
        hint = msg("take out words such as always, never, all, only, or use them evenly")
        yield Finding(question.id, "W5", message, hint)
    if _holds(question.right, words.hedges, language) and not any(
        _holds(text, words.hedges, language) for text in wrong
    ):
        message = msg('only the right answer is hedged: "%(text)s"', text=question.right)
        hint = msg("take out words such as usually, often, may, or use them evenly")
        yield Finding(question.id, "W5", message, hint)
    stem = content_words(question.ask, language)
    echoes = [len(content_words(text, language) & stem) for text in (question.right, *wrong)]
    if echoes[0] > max(echoes[1:], default=0):
        message = msg("the right answer repeats words of the question more than any wrong answer does")
        yield Finding(question.id, "E4", message, msg("use other words in the question or in the right answer"))


def _holds(text: str, phrases: Sequence[str], language: str) -> bool:
    run = f" {' '.join(tokens(text, language))} "
    return any(f" {phrase} " in run for phrase in phrases)


def _lengths(question: Question, wrong: Sequence[str]) -> Iterator[Finding]:
    lengths = [len(question.right), *(len(text) for text in wrong)]
    if max(lengths) > LENGTH_RATIO * min(lengths) and max(lengths) - min(lengths) > _LENGTHS_APART:
        least, most = min(lengths), max(lengths)
        message = (
            msg("the right answer is the longest: %(least)d to %(most)d characters", least=least, most=most)
            if most == lengths[0]
            else msg("options differ in length: %(least)d to %(most)d characters", least=least, most=most)
        )
        yield Finding(question.id, "W1", message, msg("make the options about equally long"))


def _answers_in_stems(bank: Bank) -> Iterator[Finding]:
    """Find texts that hold the name they are asked for more than any other name, and asks that hold their answer."""
    for taxonomy in bank.taxonomies.values():
        names = {key: term.name.all for key, term in taxonomy.terms.items()}
        for key, term in taxonomy.terms.items():
            yield from _telling(bank, (term.definition, *term.examples), key, names)
    for groupset in bank.groupsets.values():
        names = {key: group.name.all for key, group in groupset.groups.items()}
        for key, group in groupset.groups.items():
            yield from _telling(bank, group.members, key, names)
    for fact in bank:
        if isinstance(fact, Card) and _contains(fact.front, fact.back, bank.language):
            yield Finding(fact.id, "E4", msg("the front holds the back"), msg("ask without naming the answer"))
    for comparison in bank.comparisons.values():
        for (attribute, concept), fact_id in comparison.cells.items():
            name, ask = comparison.concepts[concept].text, comparison.attributes[attribute].ask
            stem = ask.replace("{concept}", name)
            if ask and _contains(stem, _text(bank, fact_id), bank.language):
                message = msg('the question "%(question)s" holds its answer', question=stem)
                yield Finding(fact_id, "E4", message, msg("use other words in the ask or in the value"))


def _telling(
    bank: Bank, facts: Sequence[str | None], own: str, names: Mapping[str, Sequence[str]]
) -> Iterator[Finding]:
    for fact in filter(None, facts):
        text = content_words(_text(bank, fact), bank.language)
        shared = {key: _most_shared(text, spellings, bank.language) for key, spellings in names.items()}
        rivals = (len(words) for key, words in shared.items() if key != own)
        if len(shared[own]) > max(rivals, default=0):
            message = msg("the text gives its name away: %(words)s", words=", ".join(sorted(shared[own])))
            yield Finding(fact, "E4", message, msg('say it without words of "%(name)s"', name=names[own][0]))


def _most_shared(text: frozenset[str], spellings: Sequence[str], language: str) -> frozenset[str]:
    return max((content_words(spelling, language) & text for spelling in spellings), key=len)


def _text(bank: Bank, fact_id: str) -> str:
    fact = bank.facts[fact_id]
    return "" if isinstance(fact, Card | Question | Statement) else fact.text


def _contains(stem: str, answer: str, language: str) -> bool:
    words = content_words(answer, language)
    return bool(words) and words <= content_words(stem, language)
