"""Settings, commands and other words that are written as they are typed: `max_wal_senders`.

A compound in a statement that is no part of a name is one word, in questions too, so that its parts
are not taken for names or conditions.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from kb.ask.words import Token
from kb.catalog import Catalog
from kb.model import PAGE_TYPES

_COMPOUND = re.compile(r"[^\W_]+(?:[-_=][^\W_]+)+")
_JOINTS = frozenset("-_=")


class Codes:
    """The compounds of one catalog's statements."""

    def __init__(self, catalog: Catalog, words: Iterable[str] | None = None) -> None:
        """Look for the compounds, or take the words that were found in the same catalog."""
        self.words = _compounds(catalog) if words is None else frozenset(words)
        """In lower case, as they are written."""

    def within(self, sentence: str) -> frozenset[str]:
        """Return the compounds that a sentence has."""
        return self.words.intersection(_COMPOUND.findall(sentence.casefold()))

    def joined(self, words: Sequence[Token]) -> tuple[Token, ...]:
        """Return the words of a question, each compound as one word."""
        if _JOINTS.isdisjoint([one.joint for one in words]):
            return tuple(words)
        return tuple(self._joined(words))

    def _joined(self, words: Sequence[Token]) -> Iterator[Token]:
        position = 0
        while position < len(words):
            end = position + 1
            while end < len(words) and words[end].joint in _JOINTS:
                end += 1
            first = words[position]
            written = first.text + "".join(
                f"{one.joint}{one.text}" for one in words[position + 1 : end]
            )
            compound = written.casefold()
            if compound in self.words:
                yield Token(written, compound, compound, first.joint, first.break_before)
            else:
                yield from words[position:end]
            position = end


def _names(catalog: Catalog) -> Iterator[str]:
    for kind in PAGE_TYPES:
        for thing in catalog.things(kind).values():
            yield from thing.names


def _compounds(catalog: Catalog) -> frozenset[str]:
    """Return the compounds of all statements that are no part of a name."""
    named = {
        compound for name in _names(catalog) for compound in _COMPOUND.findall(name.casefold())
    }
    said = {
        compound
        for one in catalog.requirements()
        for sentence in (one.action, *one.steps)
        for compound in _COMPOUND.findall(sentence.casefold())
    }
    return frozenset(said - named)
