"""A request of a chat platform as bytes, and what all platforms read of it in the same way.

Nothing is repaired: a header that is there twice, or is no plain ASCII, proves nothing.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote_to_bytes

WINDOW = 300
"""How old, or how far ahead, a signed time may be, in seconds: Slack's documented five minutes
(docs.slack.dev/authentication/verifying-requests-from-slack), kept for Discord too."""
MOST_FIELDS = 64
"""Number of fields of a form; platforms send about fifteen."""

_TIME = re.compile(r"[0-9]{1,11}")
_BROKEN_ESCAPE = re.compile(rb"%(?![0-9A-Fa-f]{2})")


class ForgedError(Exception):
    """It is not proven that the platform sent this request; why is told to nobody."""


class MalformedError(Exception):
    """The platform sent this request, but it cannot be read; `problem` is a problem type."""

    def __init__(self, problem: str, message: str) -> None:
        self.problem = problem
        super().__init__(message)


@dataclass(frozen=True, slots=True)
class Received:
    """A request, as it came."""

    headers: Sequence[tuple[bytes, bytes]]
    """Names in small letters."""
    body: bytes
    at: float
    """When it came, in seconds since 1970."""

    def proof(self, name: bytes) -> str:
        """Return the value of a header that proves something. Raises ForgedError."""
        found = self.optional(name)
        if found is None:
            raise ForgedError
        return found

    def optional(self, name: bytes) -> str | None:
        """Return the value of a header; None: it is not there. Raises ForgedError."""
        found = [value for one, value in self.headers if one == name]
        if not found:
            return None
        if len(found) > 1 or not found[0].isascii():
            raise ForgedError
        return found[0].decode("ascii")

    def signed_at(self, name: bytes) -> str:
        """Return the signed time, which is near enough, as it was written. Raises ForgedError."""
        stated = self.proof(name)
        if not _TIME.fullmatch(stated) or abs(int(self.at) - int(stated)) > WINDOW:
            raise ForgedError
        return stated

    def media_type(self) -> str:
        """Return the media type of the body; "" where none is stated, or more than one."""
        stated = [value for name, value in self.headers if name == b"content-type"]
        return stated[0].partition(b";")[0].strip().lower().decode("latin-1") if stated else ""

    def form(self) -> Mapping[str, str]:
        """Return the fields of a form. Raises MalformedError."""
        if self.media_type() != "application/x-www-form-urlencoded":
            raise MalformedError("unsupported-media-type", "A form is expected.")
        parts = [one for one in self.body.split(b"&") if one]
        if len(parts) > MOST_FIELDS or _BROKEN_ESCAPE.search(self.body):
            raise MalformedError("invalid-encoding", "The body is no form.")
        fields: dict[str, str] = {}
        for part in parts:
            name, _, value = (unquote_to_bytes(x) for x in part.replace(b"+", b" ").partition(b"="))
            try:
                key, said = name.decode("utf-8"), value.decode("utf-8")
            except UnicodeDecodeError:
                raise MalformedError("invalid-encoding", "The form is not UTF-8 text.") from None
            if key in fields:
                raise MalformedError("duplicate-parameter", "A field is given twice.")
            fields[key] = said
        return fields

    def json(self) -> Mapping[str, Any]:
        """Return the object that a body in JSON is. Raises MalformedError."""
        if self.media_type() != "application/json":
            raise MalformedError("unsupported-media-type", "A body in JSON is expected.")
        try:
            found = json.loads(self.body.decode("utf-8"))
        except (ValueError, RecursionError):
            raise MalformedError("malformed-json", "The body is not JSON in UTF-8.") from None
        if not isinstance(found, dict):
            raise MalformedError("invalid-type", "A JSON object is expected.")
        return found


def text_at(found: Mapping[str, Any], name: str) -> str:
    """Return the text in a field of JSON; "" where there is none. Raises MalformedError."""
    value = found.get(name, "")
    if not isinstance(value, str):
        raise MalformedError("invalid-type", f"{name}: text is expected.")
    return value
