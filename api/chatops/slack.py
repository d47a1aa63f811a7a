"""Slack: a slash command, signed by Slack's own scheme and verified by Slack's own library.

Limits are those of Block Kit (docs.slack.dev/reference/block-kit/blocks): 50 blocks a message,
3,000 characters the text of a section, 150 a header. Text of others stands in `plain_text`, which
has no markup; what is `mrkdwn` is escaped and `verbatim`, so that nothing in it mentions anybody.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from slack_sdk.signature import Clock, SignatureVerifier

from api.chatops.fitting import cut, fitting, inert, leading, size, split
from api.chatops.platform import Command, Handshake, Payload
from api.chatops.received import ForgedError, Received, text_at
from api.chatops.reply import Line, Link, Reply

MOST_SECTION = 3_000
MOST_HEADER = 150
MOST_LINES = 6_000
"""Of the answer itself, so that the whole stays below the 13,000 that a message may have in all."""
_MOST_ECHO = 300
_MOST_LEAD = 2_000
_MOST_LINKS = 2_000


class Slack:
    """Slack, with its signing secrets."""

    def __init__(self, secrets: Sequence[str], name: str) -> None:
        self._secrets = tuple(secrets)
        self._name = name

    def verify(self, received: Received) -> bytes:
        """Return the signature, which holds for this body and second. Raises ForgedError."""
        stated = received.signed_at(b"x-slack-request-timestamp")
        signature = received.proof(b"x-slack-signature")
        try:
            valid = [
                SignatureVerifier(secret, _At(received.at)).is_valid(
                    received.body, stated, signature
                )
                for secret in self._secrets
            ]
        except Exception:  # noqa: BLE001 - whatever the library stumbles over is no signature
            raise ForgedError from None
        if not any(valid):
            raise ForgedError
        return signature.encode()

    def to_command(self, received: Received) -> Command | Handshake:
        """Return the text behind the command, or what Slack wants to see. Raises MalformedError."""
        if received.media_type() == "application/json":
            event = received.json()
            if text_at(event, "type") != "url_verification":
                return Handshake(None)
            return Handshake({"challenge": text_at(event, "challenge")})
        form = received.form()
        if form.get("ssl_check") == "1":
            return Handshake(None)
        return Command(form.get("text", ""))

    def to_payload(self, reply: Reply) -> Payload:
        """Return the reply in Block Kit."""
        return {
            "response_type": "in_channel" if reply.is_shared else "ephemeral",
            "text": _fallback(reply),
            "blocks": list(self._blocks(reply)),
            "unfurl_links": False,
            "unfurl_media": False,
        }

    def _blocks(self, reply: Reply) -> Iterator[dict[str, Any]]:
        echo = [f"You asked: {reply.asked}"] if reply.asked else []
        echo += [f"Understood: {reply.understood}"] if reply.understood else []
        if echo:
            yield _context(cut(inert(one), _MOST_ECHO, _escaped) for one in echo)
        lead = inert(reply.lead)
        if size(_escaped(lead)) <= MOST_HEADER:
            yield {"type": "header", "text": _plain(_escaped(lead))}
        else:
            yield _section(_plain(cut(lead, _MOST_LEAD, _escaped)))
        lines, is_cut = fitting(reply.lines, MOST_LINES, _line)
        for text in split(lines, MOST_SECTION):
            yield _section(_plain(text))
        links = [*([reply.more] if is_cut and reply.more else []), *reply.links]
        if links:
            shown = leading((_link(one) for one in dict.fromkeys(links)), _MOST_LINKS)
            yield _section(_marked("\n".join(["*Read more*", *shown])))
        if reply.commands:
            typed = (f"`/{self._name} {_code(one)}`" for one in reply.commands)
            shown = leading(typed, _MOST_LINKS)
            yield _section(_marked("\n".join(["*You can send*", *shown])))
        if reply.note:
            yield _context([cut(inert(reply.note), _MOST_ECHO, _escaped)])


class _At(Clock):
    """The time at which a request came, for the library to compare with."""

    def __init__(self, at: float) -> None:
        self._at = at

    def now(self) -> float:
        """Return the time in whole seconds, as Slack signs it."""
        return int(self._at)


def _fallback(reply: Reply) -> str:
    """Return the answer for notifications and screen readers, which do not read blocks."""
    lines = [Line(reply.lead), *reply.lines]
    return "\n".join(fitting(lines, MOST_SECTION, _line)[0])


def _escaped(text: str) -> str:
    """Return a text with the three characters replaced that Slack gives a meaning everywhere."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _line(line: Line, most: int) -> str:
    most = min(most, MOST_SECTION)
    if line.style == "item":
        return f"• {cut(inert(line.text), most - 2, _escaped)}"
    return cut(inert(line.text), most, _escaped)


def _link(link: Link) -> str:
    label = cut(_bare(link.label), _MOST_ECHO, _escaped)
    return f"• <{_escaped(link.address)}|{label}>" if link.address else f"• {label}"


def _bare(text: str) -> str:
    """Return a text without what `mrkdwn` takes for markup, and which it has no escape for."""
    return inert("".join("'" if one == "`" else " " if one in "*_~|" else one for one in text))


def _code(text: str) -> str:
    return cut(inert(text).replace("`", "'"), _MOST_ECHO, _escaped)


def _plain(text: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": text, "emoji": False}


def _marked(text: str) -> dict[str, Any]:
    return {"type": "mrkdwn", "text": text, "verbatim": True}


def _section(text: dict[str, Any]) -> dict[str, Any]:
    return {"type": "section", "text": text}


def _context(texts: Iterable[str]) -> dict[str, Any]:
    return {"type": "context", "elements": [_plain(one) for one in texts]}
