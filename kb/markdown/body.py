"""What is known of the body of a page: sections, steps, links, flaws."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and the prose below it, up to the next heading."""

    title: str
    """Plain text; empty for what stands before the first heading."""
    level: int
    """1 to 6; 0 for what stands before the first heading."""
    anchor: str
    """Unique on the page; empty for what stands before the first heading."""
    text: str
    """Plain text of its own prose, without its sub-sections."""
    line: int
    explicit: bool = False
    """Whether the author chose the anchor (`{#anchor}`)."""


@dataclass(frozen=True, slots=True)
class Link:
    """A link or an image."""

    target: str
    """As it is written, with character references resolved."""
    text: str
    line: int
    column: int
    image: bool = False


@dataclass(frozen=True, slots=True)
class Flaw:
    """Something in a body that is refused: raw HTML, or more than a limit."""

    name: str
    """"html", "attributes", "scheme", "code", "width" or "nesting"."""
    excerpt: str
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Body:
    """What is known of the body of a page."""

    sections: tuple[Section, ...] = ()
    steps: tuple[str, ...] = ()
    """Items of the first ordered list, as plain text."""
    links: tuple[Link, ...] = ()
    flaws: tuple[Flaw, ...] = ()
