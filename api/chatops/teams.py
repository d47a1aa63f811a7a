"""Microsoft Teams: an outgoing webhook, which is a mention in a channel, answered with a card.

Signed with HMAC-SHA256 over the body, without a time: a request is recognised by its signature when
it comes again. A message may have some 28 KB (learn.microsoft.com, "Limits and specifications for
Microsoft Teams"). All text stands in text runs, which have no markup; a card without a list of
mentions mentions nobody. There are no private replies, so everything is shared.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import html
import re
from collections.abc import Iterator, Sequence
from typing import Any

from api.chatops.fitting import cut, fitting, inert, leading
from api.chatops.platform import Command, Handshake, Payload
from api.chatops.received import ForgedError, Received, text_at
from api.chatops.reply import Line, Link, Reply

MOST_BYTES = 28_000
MOST_LINES = 6_000
_MOST_ECHO = 300
_MENTION = re.compile(r"\A\s*<at\b[^>]*>[^<]*</at>", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>")
_MARKUP = re.compile(r"[\\`*_\[\]()<>#]")


class Teams:
    """Microsoft Teams, with the security tokens of its webhook."""

    def __init__(self, secrets: Sequence[str], name: str) -> None:
        self._keys = [base64.b64decode(one, validate=True) for one in secrets]
        self._name = name

    def verify(self, received: Received) -> bytes:
        """Return the signature. Raises ForgedError."""
        scheme, _, stated = received.proof(b"authorization").partition(" ")
        if scheme != "HMAC":
            raise ForgedError
        # Compared as text: of the letters of base64 the last has bits that say nothing.
        signature = stated.encode("latin-1")
        digests = (hmac.digest(key, received.body, hashlib.sha256) for key in self._keys)
        if not any(hmac.compare_digest(signature, base64.b64encode(one)) for one in digests):
            raise ForgedError
        return signature

    def to_command(self, received: Received) -> Command | Handshake:
        """Return the text behind the mention. Raises MalformedError."""
        activity = received.json()
        if text_at(activity, "type") != "message":
            return Handshake(None)
        said = _MENTION.sub(" ", text_at(activity, "text"))
        return Command(html.unescape(_TAG.sub(" ", said)).replace("\xa0", " "))

    def to_payload(self, reply: Reply) -> Payload:
        """Return the reply as an Adaptive Card."""
        card = {
            "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
            "type": "AdaptiveCard",
            "version": "1.2",
            "body": list(self._body(reply)),
        }
        attached = {"contentType": "application/vnd.microsoft.card.adaptive", "content": card}
        return {"type": "message", "attachments": [attached]}

    def _body(self, reply: Reply) -> Iterator[dict[str, Any]]:
        if reply.asked:
            yield _runs(_run(f"You asked: {cut(inert(reply.asked), _MOST_ECHO)}", isSubtle=True))
        if reply.understood:
            said = f"Understood: {cut(inert(reply.understood), _MOST_ECHO)}"
            yield _runs(_run(said, isSubtle=True))
        yield _runs(_run(cut(inert(reply.lead), 3_000), weight="Bolder"))
        lines, is_cut = fitting(reply.lines, MOST_LINES, _line)
        for text in lines:
            yield _runs(_run(text))
        links = [*([reply.more] if is_cut and reply.more else []), *reply.links]
        for written in leading((_link(one) for one in dict.fromkeys(links)), 3_000):
            yield {"type": "TextBlock", "text": written, "wrap": True}
        typed = leading((self._typed(one) for one in reply.commands), 3_000)
        if typed:
            yield _runs(_run("You can send:"))
            for one in typed:
                yield _runs(_run(one, fontType="Monospace"))
        if reply.note:
            yield _runs(_run(cut(inert(reply.note), _MOST_ECHO), isSubtle=True, size="Small"))

    def _typed(self, command: str) -> str:
        return cut(inert(f"@{self._name} {command}"), _MOST_ECHO)


def _line(line: Line, most: int) -> str:
    if line.style == "item":
        return f"• {cut(inert(line.text), most - 2)}"
    return cut(inert(line.text), most)


def _run(text: str, **looks: object) -> dict[str, Any]:
    return {"type": "TextRun", "text": text, **looks}


def _runs(run: dict[str, Any]) -> dict[str, Any]:
    return {"type": "RichTextBlock", "inlines": [run]}


def _link(link: Link) -> str:
    """Return a link in the one place that has markup: its label has none left."""
    label = cut(" ".join(_MARKUP.sub(" ", inert(link.label)).split()), _MOST_ECHO) or "Page"
    return f"[{label}]({link.address})" if link.address else label
