"""Text into the terms that are indexed and searched: the same way for pages, queries, highlights.

A term is the stem of a word, without accents. No operator has a meaning here, and none exists
further on: an engine is given terms and never sees what a person typed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import accumulate, pairwise
from pathlib import Path

from kb import text

MOST_LETTERS = 64
"""Length of a word in characters from which on it is cut off."""

_RUN = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


def _stop_words() -> frozenset[str]:
    lines = Path(__file__).with_name("stop_words.txt").read_text("utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


STOP_WORDS = _stop_words()


def words(content: str) -> tuple[str, ...]:
    """Return the words of a text, each no longer than `MOST_LETTERS`, stop words included."""
    return tuple(word[:MOST_LETTERS] for word in text.words(content))


@lru_cache(maxsize=65536)
def term(word: str) -> str:
    """Return the term of one word as `words` gives it; empty for a stop word.

    >>> term("registering"), term("café"), term("the")
    ('regist', 'cafe', '')
    """
    if word in STOP_WORDS:
        return ""
    if not word.isascii():
        decomposed = unicodedata.normalize("NFD", word)
        word = "".join(char for char in decomposed if not unicodedata.combining(char)) or word
    return text.stem(word)


def terms(content: str) -> list[str]:
    """Return the terms of a text in their order, as often as they occur."""
    return [found for found in map(term, words(content)) if found]


def joined(written: Sequence[str]) -> list[str]:
    """Return the terms of neighbouring words written as one: people join and part names freely.

    >>> joined(("fail", "over", "the", "node"))
    ['failov', 'overnod']
    """
    content = [word for word in written if word not in STOP_WORDS]
    return [term(left + right) for left, right in pairwise(content)]


def names(written: Sequence[str]) -> list[str]:
    """Return the terms of the names that the first word makes, the first two words, and so on.

    The last one is that of all words. No word has the same term as a name.

    >>> names(("clustered", "resources"))
    ['=cluster', '=clusterresourc']
    """
    return list(accumulate(map(text.stem, written), initial="="))[1:]


def runs(content: str) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """Yield (start, end, terms) of each word as it stands in a text.

    One written word can hold several terms or none: a ligature is taken apart, a stop word is left
    out.
    """
    for found in _RUN.finditer(content):
        yield found.start(), found.end(), _written(found.group())


@lru_cache(maxsize=65536)
def _written(run: str) -> tuple[str, ...]:
    return tuple(terms(run))
