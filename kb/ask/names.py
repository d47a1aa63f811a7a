"""A table of names, each found by its words or by its letters written in one.

Knows how names are compared, not what bears them; that is whatever the lexicon says.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Generic, TypeVar

from kb.ask.words import Token, singular, tokens

K = TypeVar("K")

_ARTICLES = frozenset({"the", "a", "an"})
_HEAD = 3
"""Letters of a name by which it is known that one may begin here."""
_MOST_JOINED = 6
"""Words that may together be one name written differently: "fail over", "work-folder"."""

Bearers = Mapping[K, set[str]]
"""Kind -> ids of the things of this kind that bear a name."""


class Names(Generic[K]):
    """Names with what bears them, by kind."""

    def __init__(self) -> None:
        self._by_words: dict[str, dict[K, set[str]]] = {}
        self._by_letters: dict[str, dict[K, set[str]]] = {}
        self._by_stems: dict[str, dict[K, set[str]]] = {}
        self._reach: dict[str, int] = {}
        self._heads: set[str] = set()
        self.words: dict[str, set[K]] = {}
        """The words of all names, with the kinds of what bears the names."""

    def add(self, name: str, kind: K, thing: str) -> None:
        """Let a thing bear a name; an article before it does not count."""
        words = tokens(name)
        if len(words) > 1 and words[0].word in _ARTICLES and words[1].joint == " ":
            words = words[1:]
        if not words:
            return
        for one in words:
            self.words.setdefault(one.word, set()).add(kind)
        letters = "".join(one.word for one in words)
        self._by_words.setdefault(_spelled(words), {}).setdefault(kind, set()).add(thing)
        self._by_letters.setdefault(letters, {}).setdefault(kind, set()).add(thing)
        if len(words) > 1:
            self._by_stems.setdefault(_stems(words), {}).setdefault(kind, set()).add(thing)
        first = singular(words[0].word)
        self._reach[first] = max(self._reach.get(first, 0), len(words))
        self._heads.update(letters[:length] for length in range(1, _HEAD + 1))

    def at(self, words: Sequence[Token], start: int, end: int) -> Bearers[K] | None:
        """Return what bears the name that these tokens write, None when nothing does."""
        span = words[start:end]
        if any(one.break_before for one in span[1:]):
            return None
        found = self._by_words.get(_spelled(span))
        found = found or self._by_letters.get("".join(one.word for one in span))
        return found or (self._by_stems.get(_stems(span)) if len(span) > 1 else None)

    def longest(self, words: Sequence[Token], start: int) -> tuple[Bearers[K], int] | None:
        """Return what bears the longest name that begins here, and where that name ends."""
        word = words[start].word
        reach = self._reach.get(singular(word), 0)
        if word[:_HEAD] in self._heads:
            reach = max(reach, _MOST_JOINED)
        for end in range(min(start + reach, len(words)), start, -1):
            found = self.at(words, start, end)
            if found is not None:
                return found, end
        return None

    def named(self, spelling: str) -> Bearers[K]:
        """Return what bears a name given by its words in the singular, a space between them."""
        return self._by_words.get(spelling, {})


def _stems(words: Sequence[Token]) -> str:
    return " ".join([one.stem for one in words])


def _spelled(words: Sequence[Token]) -> str:
    return " ".join([singular(one.word) for one in words])
