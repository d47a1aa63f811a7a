"""What a search engine is to the rest: it ranks numbered documents by terms, and knows no text.

Everything that people see of a search (reading the query, highlights, suggestions) is made without
the engine, so that exchanging it changes the order of the hits and nothing else.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Protocol

from kb.search.passages import Passage, PassageType
from kb.search.tokens import joined, names, terms, words

DEADLINE = 0.2
"""Seconds that a search may take."""


@dataclass(frozen=True, slots=True)
class Document:
    """A passage as an engine indexes it: its terms by field, each as often as it occurs."""

    type: PassageType
    names: tuple[tuple[str, ...], ...]
    """Title and aliases: of each its terms, its neighbouring words written as one, and itself."""
    title: tuple[str, ...]
    """Title of the page that a requirement or section stands on."""
    heading: tuple[str, ...]
    text: tuple[str, ...]

    @property
    def terms(self) -> frozenset[str]:
        """All terms of all fields."""
        return frozenset(chain(*self.names, self.title, self.heading, self.text))


@dataclass(frozen=True, slots=True)
class Match:
    """A document that was found."""

    number: int
    """Its position in the sequence that the index was built from."""
    score: float
    """Higher is better; comparable within one search only."""


@dataclass(frozen=True, slots=True)
class Ranking:
    """What an engine found for some terms."""

    matches: tuple[Match, ...]
    """The wanted stretch of the ranking, best first; equal scores in the order of documents."""
    total: int
    """How many documents of the wanted types hold at least one of the terms."""
    facets: Mapping[PassageType, int]
    """The same by type, for all types, also for those that are not wanted; none of them zero."""


class SearchIndex(Protocol):
    """An index of documents, complete and unchanging once it is built."""

    def search(
        self, terms: Sequence[str], limit: int, offset: int, types: Collection[PassageType]
    ) -> Ranking:
        """Rank the documents that hold any of the terms; more and rarer terms rank higher.

        Terms are compared whole; no character has a meaning of its own. `types` empty: all types.
        Threads may search at the same time. Raises DeadlineError when it takes too long.
        """
        ...

    def saved(self) -> Mapping[str, bytes]:
        """Return the index as files, by name; the module of the engine opens them again."""
        ...

    def close(self) -> None:
        """Free what the index holds. It is not searched again."""
        ...


class Engine(Protocol):
    """Builds an index; a search engine is one function of this kind."""

    def __call__(self, documents: Sequence[Document], /, *, deadline: float) -> SearchIndex:
        """Return an index of these documents whose searches take up to `deadline` seconds."""
        ...


def documents(passages: Iterable[Passage]) -> tuple[Document, ...]:
    """Return the documents of these passages, in the same order."""
    return tuple(_document(one) for one in passages)


def _document(passage: Passage) -> Document:
    related = chain.from_iterable(terms(title) for title in passage.related)
    return Document(
        type=passage.type,
        names=tuple(_name(one) for one in passage.names),
        title=() if passage.names else tuple(terms(passage.title)),
        heading=tuple(terms(passage.heading or "")),
        text=(*terms(passage.text), *related),
    )


def _name(spelling: str) -> tuple[str, ...]:
    written = words(spelling)
    return (*terms(spelling), *joined(written), *names(written)[-1:])
