"""Prose that answers where no requirement does: the best section of the pages, in memory.

A section answers only when it has nearly all the matter of the question; ties go by address. The
search index has no part in it: engines score differently and have deadlines.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from kb.ask import data, phrases
from kb.ask.decision import Quote
from kb.ask.facts import marks, marks_of
from kb.ask.glossary import Glossary
from kb.ask.postings import Postings
from kb.ask.reading import Reading
from kb.ask.record import kept
from kb.ask.saving import Saved
from kb.ask.worded import slot_words
from kb.ask.words import stems, tokens
from kb.catalog import Catalog, Thing
from kb.markdown import Body

ENOUGH = 0.99
"""Share of the question's matter, by weight, that a section must have."""
_SENTENCE = re.compile(r"(?<=[.!?])(?:\s+(?=[A-Z0-9])|\n)")
_LEAST_WITHOUT_HEADING = 3
"""Words of which a section must have all where its heading has no word of matter."""
_MOST_SENTENCES = 3
_ROW = re.compile(r"[a-z][^:.]*: [^:]+\.")
"""A sentence that was made of a row of a table, whose first cell is no sentence."""
_UNTOLD = re.compile(
    r"\b(?:not|un)[ -]?(?:yet )?(?:recorded|documented|covered|known|stated|described|answered)\b",
    re.IGNORECASE,
)
"""A heading over what the pages do not say: what stands below it answers nothing."""
_SECONDS = re.compile(r"\b(?:milli)?seconds\b")
"""A time in the plural: one "second" may be the next after the first."""
_SPAN = re.compile(r" how (?:often|long|soon|late|early|frequent)")
_MANY = 1_000
"""Sections that have a word; where more have it, it leads to none of them."""


class Section(NamedTuple):
    """A section of a page."""

    path: str
    title: str
    """That of the section, else that of the page."""
    anchor: str
    line: int
    text: str


_Wanted = tuple[str, frozenset[str]]
"""The stem of a word of matter, and what it is compared by."""


_WHAT_IS_A = re.compile(r"^ what(?: exact)? is an? (?P<term>[a-z]+(?: [a-z]+)+)$")
"""A question what several words mean together."""


@dataclass(frozen=True, slots=True)
class Rated:
    """How well a section fits a question."""

    section: Section
    share: float
    """Share of the question's matter, by weight, that it has."""


class Passages:
    """The prose of one catalog."""

    def __init__(self, catalog: Catalog, saved: Saved | None = None) -> None:
        """Look through the prose, or take what `saved` returned for the same catalog."""
        stated: Saved = saved or {}
        found = sorted(_sections(catalog), key=lambda one: (one[1].path, one[1].line))
        self._sections = tuple(section for _, section in found)
        self._glossary = Glossary(
            self._sections,
            stated.get("glossary"),
        )
        self._marks = Postings(stated.get("marks"))
        self._headings = Postings(stated.get("headings"))
        if saved is None:
            self._gather(found)

    def _gather(self, found: Sequence[tuple[str, Section]]) -> None:
        for place, (title, section) in enumerate(found):
            heading = marks_of(tokens(title))
            self._headings.add(heading, place)
            prose = (mark for one in stems(section.text) for mark in marks(one))
            self._marks.add(heading.union(prose), place)
        self._headings.pack()
        self._marks.pack()

    def saved(self) -> Saved:
        """Return what was found in the prose as it is kept."""
        return {
            "glossary": self._glossary.saved(),
            "marks": self._marks.saved(),
            "headings": self._headings.saved(),
        }

    def best(self, reading: Reading, components: tuple[str, ...]) -> Quote | None:
        """Return the passage that answers the question, if one does."""
        slots = set(slot_words(reading))
        wanted = [(one.stem, marks(one.stem)) for one in reading.words if one.word in slots]
        if not wanted or components:
            return None
        enough = [one for one in self._rated(wanted) if one.share >= ENOUGH]
        share = max((one.share for one in enough), default=0)
        best = [one.section for one in enough if one.share == share]
        content = frozenset(one.stem for one in reading.words)
        if len(wanted) == 1 and len(content) >= _LEAST_WITHOUT_HEADING:
            places = self._marks.of(wanted[0][1])[:_MANY]
            best = [self._sections[at] for at in places if self._has_all(at, content)] or best
        times = data.stems_of("times")
        is_timed = phrases.has("timing", "yes", reading.line)
        best = [one for one in best if _has_numbers(one, reading)]
        if (term := _WHAT_IS_A.match(reading.line)) is not None:
            best = [one for one in best if _names(one, term["term"])]
        if is_timed:
            wanted.append(("", times))

        def fitness(section: Section) -> tuple[int, int]:
            own = _own_stems(section)
            return (len(own & times) if is_timed else 0, len(own & reading.stems))

        found = max(best, key=fitness, default=None)
        if found is None:
            return None
        return Quote(found.path, found.title, found.anchor, found.line, _excerpt(found, wanted))

    def _has_all(self, at: int, content: frozenset[str]) -> bool:
        """Return whether the section's own heading and text have all of these stems."""
        return content <= _own_stems(self._sections[at])

    def explained(self, term: frozenset[str]) -> Quote | None:
        """Return the passage that says what a term is."""
        return self._glossary.find(term)

    @kept("passages")
    def _rated(self, wanted: Sequence[_Wanted]) -> list[Rated]:
        """Return the sections that may answer, in order of their addresses.

        A single word of matter must stand in the heading. A word that very many sections have
        leads to none of them; it only counts in those that another word leads to.
        """
        if len(wanted) == 1:
            places = self._headings.of(wanted[0][1])
            return [Rated(self._sections[at], 1.0) for at in places[:_MANY]]
        spread = [max(self._marks.sizes(found)) for _, found in wanted]
        weights = [math.log(1 + len(self._sections) / (1 + one)) for one in spread]
        places = sorted(
            {
                at
                for size, (_, found) in zip(spread, wanted, strict=True)
                if size <= _MANY
                for at in self._marks.of(found)
            }
        )
        total = sum(weights)
        return [
            Rated(
                self._sections[at],
                sum(
                    weight
                    for weight, (_, found) in zip(weights, wanted, strict=True)
                    if self._marks.has(found, at)
                )
                / total,
            )
            for at in places
        ]


def _sections(catalog: Catalog) -> Iterator[tuple[str, Section]]:
    """Yield the sections that have text, each behind its page's title and its own."""
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
            if section.text.strip() and not _UNTOLD.search(section.title or title):
                heading = section.title or title
                yield (
                    f"{title}. {section.title}",
                    Section(path, heading, section.anchor, section.line, section.text),
                )


def _names(section: Section, term: str) -> bool:
    """Return whether a section has these stems one behind the other."""
    text = " ".join(one.stem for one in tokens(f"{section.title}. {section.text}"))
    return f" {term} " in f" {text} "


def _has_numbers(section: Section, reading: Reading) -> bool:
    """Return whether a section has the numbers of a question, and a time where one is asked for."""
    own = _own_stems(section)
    numbers = {one for one in reading.stems if one.isdigit()}
    is_span = _SPAN.search(reading.line) is not None
    has_time = not own.isdisjoint(data.stems_of("times")) or bool(_SECONDS.search(section.text))
    return numbers <= own and (has_time or not is_span)


def _own_stems(section: Section) -> frozenset[str]:
    """Return the stems of a section's heading and text."""
    return stems(f"{section.title}. {section.text}")


def _excerpt(section: Section, wanted: Sequence[_Wanted]) -> str:
    """Return the sentences from the first with a word of the question on, up to the best one."""
    sentences = [" ".join(one.split()) for one in _SENTENCE.split(section.text)]
    said = [frozenset(mark for one in stems(each) for mark in marks(one)) for each in sentences]
    had = [sum(bool(found & one) for _, found in wanted) for one in said]
    first = next((at for at, count in enumerate(had) if count), 0)
    begin = max(first, had.index(max(had)) - _MOST_SENTENCES + 1)
    told = range(begin, min(begin + _MOST_SENTENCES, len(sentences)))
    return " ".join(sentences[at] for at in told if had[at] or not _ROW.fullmatch(sentences[at]))
