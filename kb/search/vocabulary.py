"""The words of the passages: how rare each term is, and which word a mistyped one may stand for."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kb import text
from kb.search.index import Document
from kb.search.passages import Passage
from kb.search.tokens import term, words

SHORTEST = 5
"""Words of fewer letters are not corrected: too many others are near."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All terms of the documents, and the words of the passages by length."""

    rarity: Mapping[str, int]
    """Term -> number of documents that hold it."""
    words: Mapping[int, Mapping[str, tuple[int, int]]]
    """Length -> word -> the set of its letters as bits, and how often it is written."""

    def nearest(self, word: str) -> str | None:
        """Return the known word that was probably meant, if one is near enough.

        Up to 7 letters may have one typing error, longer words two; fewer errors win, then the
        same first letter, then the more frequent word. The work is bounded by the number of words
        of a similar length, most of which are passed over by comparing their letters as bits.
        """
        if len(word) < SHORTEST:
            return None
        limit = 1 if len(word) < 8 else 2
        letters = _letters(word)
        best: tuple[int, bool, int, str] | None = None
        for length in range(len(word) - limit, len(word) + limit + 1):
            for known, (bits, count) in self.words.get(length, {}).items():
                if (bits ^ letters).bit_count() > 2 * limit:
                    continue
                errors = text.edits(word, known, limit)
                if errors <= limit:
                    found = (errors, known[0] != word[0], -count, known)
                    best = found if best is None else min(best, found)
        return best[3] if best else None


def vocabulary(passages: Iterable[Passage], documents: Iterable[Document]) -> Vocabulary:
    """Return the vocabulary of passages and the documents made from them."""
    rarity: Counter[str] = Counter()
    for one in documents:
        rarity.update(one.terms)
    written: Counter[str] = Counter()
    for passage in passages:
        shown = (passage.title, passage.heading or "", passage.text, *passage.names)
        for part in shown:
            written.update(words(part))
    by_length: dict[int, dict[str, tuple[int, int]]] = {}
    for word, count in sorted(written.items()):
        if len(word) >= SHORTEST - 1 and word.isalpha() and term(word):
            by_length.setdefault(len(word), {})[word] = (_letters(word), count)
    return Vocabulary(dict(rarity), by_length)


def encoded(known: Vocabulary) -> bytes:
    """Return a vocabulary as JSON."""
    words = {word: count for same in known.words.values() for word, (_, count) in same.items()}
    stated = [known.rarity, words]
    return json.dumps(stated, ensure_ascii=False, sort_keys=True).encode()


def decoded(content: bytes) -> Vocabulary:
    """Return the vocabulary that these bytes are; they are taken to be what `encoded` made."""
    rarity, words = json.loads(content)
    by_length: dict[int, dict[str, tuple[int, int]]] = {}
    for word, count in words.items():
        by_length.setdefault(len(word), {})[word] = (_letters(word), count)
    return Vocabulary(rarity, by_length)


def _letters(word: str) -> int:
    bits = 0
    for char in word:
        bits |= 1 << (ord(char) & 31)
    return bits
