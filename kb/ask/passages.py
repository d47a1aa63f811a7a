"""Prose that answers where no requirement does: the best section of the pages, in memory.

A section answers only when it has nearly all the matter of the question; ties go by address. The
search index has no part in it: engines score differently and have deadlines.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kb.ask.decision import Quote
from kb.ask.facts import marks, marks_of
from kb.ask.glossary import Glossary
from kb.ask.matching import slot_words
from kb.ask.reading import Reading
from kb.ask.record import kept
from kb.ask.words import tokens
from kb.catalog import Catalog, Thing
from kb.markdown import Body

ENOUGH = 0.99
"""Share of the question's matter, by weight, that a section must have."""
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z0-9])")
_MOST_SENTENCES = 3


@dataclass(frozen=True, slots=True)
class Section:
    """A section of a page, ready to be compared with questions."""

    path: str
    title: str
    anchor: str
    line: int
    text: str
    marks: frozenset[str]
    """What its words are compared by, the page's title included."""
    own: frozenset[str]
    """Stems of its heading and its text alone."""
    heading: frozenset[str]
    """What the words of its heading and of the page's title are compared by."""


_Wanted = tuple[str, frozenset[str]]
"""The stem of a word of matter, and what it is compared by."""


@dataclass(frozen=True, slots=True)
class Rated:
    """How well a section fits a question."""

    section: Section
    share: float
    """Share of the question's matter, by weight, that it has."""
    own: int
    """Number of words of the question that its heading and text have, the page's title aside."""


class Passages:
    """The prose of one catalog."""

    def __init__(self, catalog: Catalog) -> None:
        self._sections = sorted(_sections(catalog), key=lambda one: (one.path, one.line))
        self._glossary = Glossary(
            (one.path, one.title, one.anchor, one.line, one.text) for one in self._sections
        )
        self._spread = Counter(mark for one in self._sections for mark in one.marks)

    def best(self, reading: Reading, components: tuple[str, ...]) -> Quote | None:
        """Return the passage that answers the question, if one does."""
        slots = set(slot_words(reading))
        wanted = [(one.stem, marks(one.stem)) for one in reading.words if one.word in slots]
        if not wanted or components:
            return None
        enough = [one for one in self._rated(wanted, reading.stems) if one.share >= ENOUGH]
        best = max(enough, key=lambda one: (one.share, one.own), default=None)
        if best is None:
            return None
        found = best.section
        return Quote(found.path, found.title, found.anchor, found.line, _excerpt(found, wanted))

    def explained(self, term: frozenset[str]) -> Quote | None:
        """Return the passage that says what a term is."""
        return self._glossary.find(term)

    @kept("passages")
    def _rated(self, wanted: Sequence[_Wanted], asked: frozenset[str]) -> list[Rated]:
        """Return the sections that may answer, in order of their addresses.

        A single word of matter must stand in the heading.
        """
        weights = [self._weight(found) for _, found in wanted]
        total = sum(weights)
        return [
            Rated(section, covered / total, len(asked & section.own))
            for section in self._sections
            if len(wanted) > 1 or wanted[0][1] & section.heading
            if (
                covered := sum(
                    weight
                    for weight, (_, found) in zip(weights, wanted, strict=True)
                    if found & section.marks
                )
            )
        ]

    def _weight(self, found: frozenset[str]) -> float:
        spread = max((self._spread[mark] for mark in found), default=0)
        return math.log(1 + len(self._sections) / (1 + spread))


def _sections(catalog: Catalog) -> Iterator[Section]:
    bodies: list[tuple[str, str, Body]] = [
        (one.path, one.title, one.body) for one in catalog.guides if one.answers
    ]
    kinds: list[dict[str, Thing]] = [
        dict(catalog.components),
        dict(catalog.topologies),
        dict(catalog.resources),
        dict(catalog.procedures),
        dict(catalog.products),
        dict(catalog.conditions),
    ]
    bodies += [
        (thing.path, thing.title, thing.body)
        for table in kinds
        for thing in table.values()
        if thing.is_published
    ]
    for path, title, body in bodies:
        for section in body.sections:
            if section.text.strip():
                said = f"{title}. {section.title}. {section.text}"
                found = frozenset(mark for one in tokens(said) for mark in marks(one.stem))
                heading = section.title or title
                own = frozenset(one.stem for one in tokens(f"{section.title}. {section.text}"))
                yield Section(
                    path,
                    heading,
                    section.anchor,
                    section.line,
                    section.text,
                    found,
                    own,
                    marks_of(tokens(f"{title}. {section.title}")),
                )


def _excerpt(section: Section, wanted: Sequence[_Wanted]) -> str:
    """Return the sentences from the first that has a word of the question on."""
    sentences = _SENTENCE.split(" ".join(section.text.split()))
    for index, sentence in enumerate(sentences):
        found = frozenset(mark for one in tokens(sentence) for mark in marks(one.stem))
        if any(one & found for _, one in wanted):
            return " ".join(sentences[index : index + _MOST_SENTENCES])
    return " ".join(sentences[:_MOST_SENTENCES])
