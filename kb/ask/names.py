"""A table of names, each found by its words or by its letters written in one.

Knows how names are compared, not what bears them; that is whatever the lexicon says.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Generic, TypeVar

from kb.ask import data
from kb.ask.saving import Saved
from kb.ask.words import Token, singular, tokens

K = TypeVar("K")

MOST_BEARERS = 64
"""Bearers of one name that are kept: a name that more things share tells none of them."""
_TABLES = ("words", "letters", "stems", "reach", "said")
_HEAD = 3
"""Letters by which most words are known for none that a name begins with."""
MOST_WORDS = 65_536
"""Words of which it is kept whether a name may begin with them."""
_MOST_JOINED = 6
"""Words that may together be one name written differently: "fail over", "work-folder"."""

Bearers = Mapping[K, set[str]]
"""Kind -> ids of the things of this kind that bear a name."""


_Table = dict[str, int | list[int]]
"""Spelling -> the bearer of the name by its number, or several bearers."""


class Names(Generic[K]):
    """Names with what bears them, by kind. All are added before the first is looked up."""

    def __init__(self, saved: Saved | None = None) -> None:
        """Begin with no name, or with all that `saved` returned."""
        kept: Saved = saved or {name: {} for name in _TABLES}
        self._bearers: list[tuple[K, str]] = [(one[0], one[1]) for one in kept.get("bearers", ())]
        self._numbers: dict[tuple[K, str], int] = {}
        self._by_words: _Table = dict(kept["words"])
        self._by_letters: _Table = dict(kept["letters"])
        self._by_stems: _Table = dict(kept["stems"])
        self._reach: dict[str, int] = dict(kept["reach"])
        self._beginning: dict[str, bool] = {}
        self.words: dict[str, set[K]] = {word: set(kinds) for word, kinds in kept["said"].items()}
        """The words of all names, with the kinds of what bears the names."""

    def saved(self) -> Saved:
        """Return all names as they are kept."""
        return {
            "bearers": self._bearers,
            "words": self._by_words,
            "letters": self._by_letters,
            "stems": self._by_stems,
            "reach": self._reach,
            "said": {word: sorted(kinds) for word, kinds in self.words.items()},
        }

    def add(self, name: str, kind: K, thing: str) -> None:
        """Let a thing bear a name; an article before it does not count."""
        words = tokens(name)
        articles = data.word_lists()["articles"]
        if len(words) > 1 and words[0].word in articles and words[1].joint == " ":
            words = words[1:]
        if not words:
            return
        for one in words:
            self.words.setdefault(one.word, set()).add(kind)
        bearer = self._numbers.setdefault((kind, thing), len(self._bearers))
        if bearer == len(self._bearers):
            self._bearers.append((kind, thing))
        _enter(self._by_words, _spelled(words), bearer)
        _enter(self._by_letters, "".join(one.word for one in words), bearer)
        if len(words) > 1:
            _enter(self._by_stems, _stems(words), bearer)
        for first in {singular(words[0].word), words[0].stem}:
            self._reach[first] = max(self._reach.get(first, 0), len(words))

    def at(self, words: Sequence[Token], start: int, end: int) -> Bearers[K] | None:
        """Return what bears the name that these tokens write, None when nothing does.

        They are no more than `reach` allows.
        """
        span = words[start:end]
        found = self._by_words.get(_spelled(span))
        if found is None:
            found = self._by_letters.get("".join([one.word for one in span]))
        if found is None and len(span) > 1:
            found = self._by_stems.get(_stems(span))
        return None if found is None else self._by_kind(found)

    def longest(self, words: Sequence[Token], start: int) -> tuple[Bearers[K], int] | None:
        """Return what bears the longest name that begins here, and where that name ends."""
        if self.may_begin(words[start]):
            for end in range(self.reach(words, start), start, -1):
                found = self.at(words, start, end)
                if found is not None:
                    return found, end
        return None

    def may_begin(self, first: Token) -> bool:
        """Return whether a name may begin with this word; few words pass that begin none."""
        known = self._beginning.get(first.word)
        if known is None:
            word, reach = first.word, self._reach
            known = word[:_HEAD] in self._heads or first.stem in reach or singular(word) in reach
            if len(self._beginning) < MOST_WORDS:
                self._beginning[word] = known
        return known

    def reach(self, words: Sequence[Token], start: int) -> int:
        """Return where the longest name that may begin here ends at most: before any mark."""
        first = words[start]
        reach = max(self._reach.get(singular(first.word), 0), self._reach.get(first.stem, 0))
        letters = ""
        is_joined = True
        for end in range(start, min(start + max(reach, _MOST_JOINED), len(words))):
            one = words[end]
            if end > start and one.break_before:
                return end
            if is_joined:
                letters += one.word
                is_joined = end < start + _MOST_JOINED and self._begins(letters)
            if not is_joined and end >= start + reach:
                return end
        return min(start + max(reach, _MOST_JOINED), len(words))

    def named(self, spelling: str) -> Bearers[K]:
        """Return what bears a name given by its words in the singular, a space between them."""
        found = self._by_words.get(spelling)
        return {} if found is None else self._by_kind(found)

    def _by_kind(self, found: int | list[int]) -> Bearers[K]:
        by_kind: dict[K, set[str]] = {}
        for one in found if isinstance(found, list) else (found,):
            kind, thing = self._bearers[one]
            by_kind.setdefault(kind, set()).add(thing)
        return by_kind

    def _begins(self, letters: str) -> bool:
        """Return whether a name written in one begins with these letters."""
        at = bisect_left(self._letters, letters)
        return at < len(self._letters) and self._letters[at].startswith(letters)

    @cached_property
    def _heads(self) -> frozenset[str]:
        return frozenset(one[:length] for one in self._letters for length in range(1, _HEAD + 1))

    @cached_property
    def _letters(self) -> list[str]:
        return sorted(self._by_letters)


def _enter(table: _Table, spelling: str, bearer: int) -> None:
    """Enter one more bearer; nearly all names have one only, and no list is kept for these."""
    known = table.get(spelling)
    if known is None:
        table[spelling] = bearer
    elif isinstance(known, list):
        if len(known) < MOST_BEARERS and bearer not in known:
            known.append(bearer)
    elif known != bearer:
        table[spelling] = [known, bearer]


def _stems(words: Sequence[Token]) -> str:
    return " ".join([one.stem for one in words])


def _spelled(words: Sequence[Token]) -> str:
    return " ".join([singular(one.word) for one in words])
