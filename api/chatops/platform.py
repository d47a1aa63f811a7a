"""What a chat platform is to the rest of the service: three functions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from api.chatops.received import Received
from api.chatops.reply import Reply

Payload = Mapping[str, Any]
"""What is sent back, as JSON."""


@dataclass(frozen=True, slots=True)
class Command:
    """What somebody typed behind the name of the command."""

    text: str
    is_shared: bool = False
    """Whether the platform itself was told to show the answer to others."""


@dataclass(frozen=True, slots=True)
class Handshake:
    """The platform wants to know whether somebody is there; None: an empty reply is enough."""

    payload: Payload | None


class Platform(Protocol):
    """One chat platform, with its secrets."""

    def verify(self, received: Received) -> bytes:
        """Return what tells this request from all others. Raises ForgedError, nothing else."""

    def to_command(self, received: Received) -> Command | Handshake:
        """Return what a verified request wants. Raises MalformedError."""

    def to_payload(self, reply: Reply) -> Payload:
        """Return a reply within the platform's limits."""
