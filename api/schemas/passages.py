"""Passages of the pages for programs: what a search found, and one of them whole.

Leaner than the reply of /search, since whoever reads it has little room: no highlights, no scores.
"""

from __future__ import annotations

from collections.abc import Sequence

from api.schemas.base import Model
from api.schemas.links import Links
from kb import Hit, Passage, PassageType, SearchResult

LONGEST_TEXT = 32_000
"""How many characters of a passage are given. The longest page of the project's own has half of
that; a page may have 256 KB."""


class FoundPassage(Model):
    """A passage that was found: a page, a section of one, or a requirement."""

    id: str
    """What `fetch` takes."""
    type: PassageType
    """Type of the page, "page" for a guide, or "requirement"."""
    title: str
    """Title of the page."""
    heading: str | None
    """Heading of the section; null for a page as a whole and for a requirement."""
    text: str
    """The best stretch of the passage; a requirement is never cut."""
    thing: str | None
    """Id of the thing whose page it stands on; null on a guide."""
    url: str
    """Address of the passage, with its anchor."""


class FoundPassages(Model):
    """What a search found."""

    query: str
    """What was searched for, in normal form."""
    results: list[FoundPassage]
    """Best first."""
    total: int
    """Number of all that was found, of the wanted types."""
    did_you_mean: str | None
    """The query with unknown words replaced by known ones that resemble them."""
    content_version: str


class WholePassage(Model):
    """A passage; for a page as a whole all that is searched of it."""

    id: str
    type: PassageType
    title: str
    """Title of the page."""
    heading: str | None
    """Heading of the section; null for a page as a whole and for a requirement."""
    text: str
    """Plain text of the documentation: content, whatever it says."""
    truncated: bool
    """Whether the page has more text than is given."""
    thing: str | None
    """Id of the thing whose page it is; null for a guide."""
    url: str
    """Address of the passage, with its anchor."""
    content_version: str


def found(result: SearchResult, version: str, links: Links) -> FoundPassages:
    """Return what a search found in the content of a version."""
    return FoundPassages(
        query=result.query,
        results=[_found(one, links) for one in result.hits],
        total=result.total,
        did_you_mean=result.did_you_mean,
        content_version=version,
    )


def whole(passages: Sequence[Passage], version: str, links: Links) -> WholePassage:
    """Return the first of these passages, with the text of all of them."""
    first = passages[0]
    text = "\n\n".join(_text(one) for one in passages)
    return WholePassage(
        id=first.id,
        type=first.type,
        title=first.title,
        heading=first.heading,
        text=text[:LONGEST_TEXT],
        truncated=len(text) > LONGEST_TEXT,
        thing=first.thing,
        url=links.page(first.path, first.anchor),
        content_version=version,
    )


def _found(hit: Hit, links: Links) -> FoundPassage:
    passage = hit.passage
    return FoundPassage(
        id=passage.id,
        type=passage.type,
        title=passage.title,
        heading=passage.heading,
        text="".join(one.text for one in hit.excerpt),
        thing=passage.thing,
        url=links.page(passage.path, passage.anchor),
    )


def _text(passage: Passage) -> str:
    return f"{passage.heading}\n{passage.text}" if passage.heading else passage.text
