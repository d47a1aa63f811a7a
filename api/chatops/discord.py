"""Discord: an application command, signed with Ed25519, answered with an embed.

Limits (discord.com/developers/docs: interactions, message and embed objects): 2,000 characters of
content, 4,096 of an embed's description, 1,024 a field, 2,048 the footer, 6,000 of all embeds
together. `allowed_mentions` with an empty list lets no mention reach anybody.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from nacl.exceptions import CryptoError
from nacl.signing import VerifyKey

from api.chatops.fitting import cut, fitting, inert, leading
from api.chatops.platform import Command, Handshake, Payload
from api.chatops.received import ForgedError, MalformedError, Received
from api.chatops.reply import Line, Link, Reply

MOST_CONTENT = 2_000
MOST_DESCRIPTION = 4_096
MOST_FIELD = 1_024
MOST_EMBEDS = 6_000

PING, COMMAND = 1, 2
"""Types of interactions."""
PONG, MESSAGE = 1, 4
"""Types of their replies."""
EPHEMERAL = 64
"""Flag of a message that only who asked sees."""

_MOST_ECHO = 300
_MOST_LINES = 2_000
_MOST_LEAD = 1_500
_SIGNATURE = re.compile(r"[0-9a-f]{128}")
_MARKUP = re.compile(r"[\\`*_~|>#\[\]()<]")


class Discord:
    """Discord, with the public keys of its application."""

    def __init__(self, secrets: Sequence[str], name: str) -> None:
        self._keys = [VerifyKey(bytes.fromhex(one)) for one in secrets]
        self._name = name

    def verify(self, received: Received) -> bytes:
        """Return what was signed, time and body. Raises ForgedError."""
        stated = received.signed_at(b"x-signature-timestamp")
        signature = received.proof(b"x-signature-ed25519")
        if not _SIGNATURE.fullmatch(signature):
            raise ForgedError
        message = stated.encode() + received.body
        if not any(_is_signed(one, message, bytes.fromhex(signature)) for one in self._keys):
            raise ForgedError
        return message

    def to_command(self, received: Received) -> Command | Handshake:
        """Return what was typed, or the reply to a ping. Raises MalformedError."""
        found = received.json()
        if found.get("type") == PING:
            return Handshake({"type": PONG})
        if found.get("type") != COMMAND:
            raise MalformedError("invalid-type", "A ping or an application command is expected.")
        data = found.get("data")
        options = data.get("options", []) if isinstance(data, dict) else []
        given = {
            one.get("name"): one.get("value")
            for one in (options if isinstance(options, list) else [])
            if isinstance(one, dict) and isinstance(one.get("name"), str)
        }
        question = given.get("question", "")
        if not isinstance(question, str):
            raise MalformedError("invalid-type", "question: text is expected.")
        return Command(question, given.get("share") is True)

    def to_payload(self, reply: Reply) -> Payload:
        """Return the reply as one embed."""
        content = cut(inert(reply.asked), _MOST_ECHO, _escaped)
        data: dict[str, Any] = {
            "content": f"> {content}" if content else "",
            "embeds": [self._embed(reply)],
            "allowed_mentions": {"parse": []},
        }
        if not reply.is_shared:
            data["flags"] = EPHEMERAL
        return {"type": MESSAGE, "data": data}

    def _embed(self, reply: Reply) -> dict[str, Any]:
        lead = f"**{cut(inert(reply.lead), _MOST_LEAD - 4, _escaped)}**"
        lines, is_cut = fitting(reply.lines, _MOST_LINES, _line)
        links = [*([reply.more] if is_cut and reply.more else []), *reply.links]
        listed = leading((_link(one) for one in dict.fromkeys(links)), MOST_FIELD)
        typed = leading(self._typed(reply), MOST_FIELD)
        footer = [f"Understood: {inert(reply.understood)}"] if reply.understood else []
        footer += [inert(reply.note)] if reply.note else []
        embed: dict[str, Any] = {"description": "\n".join([lead, *lines])}
        embed["fields"] = [
            {"name": name, "value": "\n".join(pieces)}
            for name, pieces in (("Read more", listed), ("You can send", typed))
            if pieces
        ]
        if footer:
            embed["footer"] = {"text": cut(" · ".join(footer), _MOST_ECHO)}
        return embed

    def _typed(self, reply: Reply) -> Iterator[str]:
        for one in reply.commands:
            text = cut(inert(one).replace("`", "'"), _MOST_ECHO)
            yield f"`/{self._name} question:{text}`"


def _is_signed(key: VerifyKey, message: bytes, signature: bytes) -> bool:
    try:
        key.verify(message, signature)
    except (CryptoError, ValueError, TypeError):
        return False
    return True


def _escaped(text: str) -> str:
    return _MARKUP.sub(r"\\\g<0>", text)


def _line(line: Line, most: int) -> str:
    if line.style == "item":
        return f"• {cut(inert(line.text), most - 2, _escaped)}"
    return cut(inert(line.text), most, _escaped)


def _link(link: Link) -> str:
    label = cut(inert(link.label), 150, _escaped)
    return f"• [{label}](<{link.address}>)" if link.address else f"• {label}"
