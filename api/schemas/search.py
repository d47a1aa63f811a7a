"""Search results as JSON."""

from __future__ import annotations

from pydantic import Field

from api.schemas.base import Model
from kb import PassageType


class Fragment(Model):
    """A piece of a text; the pieces put together are the text. Plain text, never markup."""

    text: str
    match: bool = Field(validation_alias="is_match")
    """Whether it is one of the words that were searched for."""


class Highlights(Model):
    """Where the words that were searched for stand."""

    title: list[Fragment]
    heading: list[Fragment]
    excerpt: list[Fragment]


class Hit(Model):
    """A passage that was found: a page, a section of one, or a requirement."""

    type: PassageType
    """Type of the page, "page" for a guide, or "requirement"."""
    title: str
    """Title of the page."""
    heading: str | None
    """Heading of the section; null for a page as a whole and for a requirement."""
    excerpt: str
    """The best stretch of the passage; a requirement is never cut."""
    highlights: Highlights
    score: float
    """Higher is better; comparable within one search only."""
    thing: str | None
    """Id of the thing whose page it stands on; null on a guide."""
    product: str | None
    status: str
    self_: str | None = Field(serialization_alias="self")
    """Where programs look the thing up; null on a guide."""
    url: str
    """Address of the passage, with its anchor."""
    path: str


class SearchResult(Model):
    """What a search found."""

    query: str
    """What was searched for, in normal form."""
    hits: list[Hit]
    """Best first."""
    total: int
    """Number of hits of the wanted types, on all pages of results together."""
    limit: int
    offset: int
    facets: dict[PassageType, int]
    """Number of hits by type, of all types, wanted or not."""
    did_you_mean: str | None
    """The query with unknown words replaced by known ones that resemble them."""
    truncated: bool
    """Whether the query had more words than are searched for; the rarest were."""
