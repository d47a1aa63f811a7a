"""What two platforms accept, as JSON Schemas written from their public descriptions: of each what a
reply may hold, and no more. Sizes that count over a whole message are left to the tests.

Cards: adaptivecards.io, schema 1.2. Messages: discord.com/developers/docs, responses to
interactions and embeds. When these were written, replies were compared with both published
schemas, too.
"""

from __future__ import annotations

from typing import Any


def exactly(required: dict[str, Any], **optional: Any) -> dict[str, Any]:
    """Return the schema of an object with these fields and no others."""
    return {
        "type": "object",
        "properties": {**required, **optional},
        "required": [*required],
        "additionalProperties": False,
    }


def text(most: int, least: int = 1) -> dict[str, Any]:
    """Return the schema of a text."""
    return {"type": "string", "minLength": least, "maxLength": most}


def some(of: dict[str, Any], most: int, least: int = 1) -> dict[str, Any]:
    """Return the schema of a list."""
    return {"type": "array", "items": of, "minItems": least, "maxItems": most}


_RUN = exactly(
    {"type": {"const": "TextRun"}, "text": text(6_000)},
    isSubtle={"type": "boolean"},
    weight={"enum": ["default", "lighter", "bolder", "Bolder"]},
    fontType={"enum": ["default", "monospace", "Monospace"]},
    size={"enum": ["default", "small", "medium", "large", "extraLarge", "Small"]},
)
_RICH = exactly({"type": {"const": "RichTextBlock"}, "inlines": some(_RUN, 1)})
# The one element whose text has markup: a link with a plain label, or the label alone.
_LABEL = r"[^\[\]()*_`<>#\\]+"
_LINK = rf"^(\[{_LABEL}\]\(https://[^()\s]+\)|{_LABEL})$"
_LINKED = exactly(
    {
        "type": {"const": "TextBlock"},
        "text": {"type": "string", "pattern": _LINK},
        "wrap": {"const": True},
    }
)
_CARD = exactly(
    {
        "$schema": {"const": "http://adaptivecards.io/schemas/adaptive-card.json"},
        "type": {"const": "AdaptiveCard"},
        "version": {"const": "1.2"},
        "body": some({"oneOf": [_RICH, _LINKED]}, 1_000),
    }
)
_ATTACHED = exactly(
    {"contentType": {"const": "application/vnd.microsoft.card.adaptive"}, "content": _CARD}
)
TEAMS = exactly({"type": {"const": "message"}, "attachments": some(_ATTACHED, 1)})
"""A reply to an outgoing webhook."""

_FIELD = exactly({"name": text(256), "value": text(1_024)})
_EMBED = exactly(
    {"description": text(4_096), "fields": some(_FIELD, 25, 0)},
    footer=exactly({"text": text(2_048)}),
)
_MESSAGE = exactly(
    {
        "content": text(2_000, 0),
        "embeds": some(_EMBED, 1),
        "allowed_mentions": {"const": {"parse": []}},
    },
    flags={"const": 64},
)
DISCORD = exactly({"type": {"const": 4}, "data": _MESSAGE})
"""A response to an interaction: a message."""
