"""What is said in a chat, whatever the platform: plain text with its parts told apart.

No part holds markup. What it looks like, and how much of it fits, is for the platforms.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Style = Literal["plain", "item", "head"]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a reply."""

    text: str
    style: Style = "plain"
    """`item`: of a list; `head`: what follows belongs to it."""


@dataclass(frozen=True, slots=True)
class Link:
    """A page that can be read."""

    label: str
    address: str = ""
    """With scheme and host; empty where the service does not know its own address."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What is said to one command."""

    asked: str = ""
    """The question, as it was typed; empty where it would only repeat the command."""
    understood: str = ""
    lead: str
    """The first sentence or two: what the reader came for."""
    lines: tuple[Line, ...] = ()
    links: tuple[Link, ...] = ()
    commands: tuple[str, ...] = ()
    """What can be sent next, without the name of the command."""
    more: Link | None = None
    """Where all of it stands, for replies that have to be cut."""
    note: str = ""
    """What it was answered from."""
    status: str = ""
    """What became of the question, as an answer says it; empty where none was asked."""
    is_shared: bool = False
    """Whether the others in the channel see it too."""
