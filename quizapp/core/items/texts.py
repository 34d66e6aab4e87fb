"""Comparing the texts of one language fast: most pairs are settled before anything is folded."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

from quizapp.core.knowledge import normalise
from quizapp.core.knowledge.normalise import ValueKind
from quizapp.core.knowledge.words import Words, words_of

_WORD = re.compile(r"[^\W\d_]+")


class Texts:
    """Comparisons of texts in one language, remembered, since the texts of a bank never change.

    The answers are those of `knowledge.normalise`; a test holds the two together.
    """

    def __init__(self, language: str) -> None:
        self.language = language
        self.words: Words = words_of(language)
        self._kinds: dict[str, ValueKind] = {}
        self._content: dict[str, frozenset[str]] = {}
        self._folded: dict[str, str] = {}
        self._first_letters: dict[str, frozenset[str] | None] = {}
        self._alike: dict[tuple[str, str], defaultdict[frozenset[str] | None, list[str]]] = {}
        own = self.words.letters or ""
        letters = re.escape(own + own.upper())
        self._plain = re.compile(
            rf"(?:[a-z{letters} ,;:!?]|-(?=[a-z])|\.(?![a-z{letters}]))+", re.IGNORECASE | re.ASCII
        )
        self._changing = frozenset((*self.words.numbers, *self.words.scales))
        self._steady: set[str] = set()
        self._skipped = self.words.stop | self.words.articles

    def folded(self, text: str) -> str:
        """Give the comparison form of a text."""
        return normalise.fold(text, self.language)

    def content(self, text: str) -> frozenset[str]:
        """Give the words of a text that carry meaning."""
        known = self._content.get(text)
        if known is None:
            words = self._plain_words(text)
            known = normalise.content_words(text, self.language) if words is None else self._meaning(words)
            self._content[text] = known
        return known

    def kind(self, text: str) -> ValueKind:
        """Tell what sort of value a text is."""
        known = self._kinds.get(text)
        if known is None:
            known = self._kinds[text] = normalise.kind(text, self.language)
        return known

    def is_plain(self, text: str) -> bool:
        """Tell whether a text is words only: no figures, signs, number words or foreign letters."""
        return self._letters(text) is not None

    def same(self, a: str, b: str) -> bool:
        """Tell whether two texts are one answer."""
        mine, theirs = self._letters(a), self._letters(b)
        if mine is not None and theirs is not None and mine != theirs:
            return False
        return normalise.same(a, b, self.language)

    def clash(self, a: str, b: str) -> bool:
        """Tell whether one text could stand for the other."""
        mine, theirs = self._letters(a), self._letters(b)
        if mine is not None and theirs is not None and not (mine <= theirs or theirs <= mine):
            return False
        return normalise.clash(a, b, self.language)

    def share(self, a: str, b: str) -> frozenset[str]:
        """Give the words that carry meaning in both texts."""
        mine, theirs = self._letters(a), self._letters(b)
        if mine is not None and theirs is not None and mine.isdisjoint(theirs):
            return frozenset()
        return self.content(a) & self.content(b)

    def any_alike(self, key: tuple[str, str], texts: Iterable[str], text: str) -> bool:
        """Tell whether any of `texts` reads the same as a text; they are read once and kept under `key`."""
        buckets = self._alike.get(key)
        if buckets is None:
            buckets = defaultdict(list)
            for other in texts:
                buckets[self._letters(other)].append(other)
            self._alike[key] = buckets
        letters = self._letters(text)
        near: Iterable[Sequence[str]] = buckets.values()
        if letters is not None:
            near = (buckets.get(letters, ()), buckets.get(None, ()))
        return any(self.same(text, other) for bucket in near for other in bucket)

    def _letters(self, text: str) -> frozenset[str] | None:
        """Give the letters that the words of a plain text begin with, or None when folding could change them.

        Folding takes off endings and leading articles only, unless there are figures, number words, signs or foreign
        letters. So texts with unlike initials cannot be the same or hold one another, and need not be folded; that is
        forty times faster, and most pairs are settled so.
        """
        if text in self._first_letters:
            return self._first_letters[text]
        words = self._plain_words(text)
        found = None if words is None else frozenset(word[0] for word in words if word not in self.words.articles)
        self._first_letters[text] = found
        return found

    def _plain_words(self, text: str) -> list[str] | None:
        if not self._plain.fullmatch(text):
            return None
        words = _WORD.findall(text.casefold())
        return words if self._steady.issuperset(words) or all(map(self._is_steady, words)) else None

    def _is_steady(self, word: str) -> bool:
        """Tell whether a word stays a word of its own: it is no number and nothing rewrites it; remembered if so."""
        if word in self._changing or any(pattern.search(word) for pattern, _ in self.words.rewrite):
            return False
        self._steady.add(word)
        return True

    def _meaning(self, words: Iterable[str]) -> frozenset[str]:
        """Fold the words of a plain text as `normalise.content_words` does, without its search for figures."""
        found = set()
        for word in words:
            if len(word) > 1 and word not in self._skipped:
                folded = self._folded.get(word)
                if folded is None:
                    folded = self._folded[word] = normalise.fold_word(word, self.words)
                found.add(folded)
        return frozenset(found)
