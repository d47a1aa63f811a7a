"""Mattermost: a slash command, proven by its token, answered in Markdown.

A message may have 16,383 characters (`PostMessageMaxRunesV2` of its server). The token says nothing
of when or what: a request is recognised by its body when it comes again. `skip_slack_parsing` keeps
the server from turning Slack's notation into mentions, and letters without width do the rest.
"""

from __future__ import annotations

import hmac
import re
from collections.abc import Sequence

from api.chatops.fitting import cut, fitting, inert, leading
from api.chatops.platform import Command, Payload
from api.chatops.received import ForgedError, MalformedError, Received
from api.chatops.reply import Line, Link, Reply

MOST_TEXT = 16_383
MOST_LINES = 7_000
_MOST_ECHO = 300
_MOST_LEAD = 2_000
_MOST_LINKS = 2_500
_BLANKS = re.compile(r"\n{3,}")
_MARKUP = re.compile(r"[\\`*_{}\[\]()#>~|]")


class Mattermost:
    """Mattermost, with the tokens of its command."""

    def __init__(self, secrets: Sequence[str], name: str) -> None:
        self._secrets = [one.encode() for one in secrets]
        self._name = name

    def verify(self, received: Received) -> bytes:
        """Return the body, which has an id of its own. Raises ForgedError.

        The token stands in a header and in the form; each that is there has to be right.
        """
        stated = received.optional(b"authorization")
        scheme, _, value = (stated or "").partition(" ")
        tokens = [] if stated is None else [value if scheme == "Token" else ""]
        try:
            tokens += [token for name, token in received.form().items() if name == "token"]
        except MalformedError:
            if not tokens:
                raise ForgedError from None
        if not tokens or not all(self._is_ours(one) for one in tokens):
            raise ForgedError
        return received.body

    def _is_ours(self, token: str) -> bool:
        given = token.encode()
        return any(hmac.compare_digest(given, one) for one in self._secrets)

    def to_command(self, received: Received) -> Command:
        """Return the text behind the command. Raises MalformedError."""
        return Command(received.form().get("text", ""))

    def to_payload(self, reply: Reply) -> Payload:
        """Return the reply in Markdown."""
        return {
            "response_type": "in_channel" if reply.is_shared else "ephemeral",
            "text": self._text(reply),
            "skip_slack_parsing": True,
        }

    def _text(self, reply: Reply) -> str:
        parts: list[str] = []
        if reply.asked:
            parts.append(f"> {cut(inert(reply.asked), _MOST_ECHO, _escaped)}")
        if reply.understood:
            parts.append(f"Understood: {cut(inert(reply.understood), _MOST_ECHO, _escaped)}")
        parts.append(f"**{cut(inert(reply.lead), _MOST_LEAD, _escaped)}**")
        lines, is_cut = fitting(reply.lines, MOST_LINES, _line)
        parts.append("\n".join(lines))
        links = [*([reply.more] if is_cut and reply.more else []), *reply.links]
        parts.append("\n".join(leading((_link(one) for one in dict.fromkeys(links)), _MOST_LINKS)))
        typed = (f"- `/{self._name} {_code(one)}`" for one in reply.commands)
        shown = leading(typed, _MOST_LINKS)
        parts.append("\n".join(["You can send:", *shown]) if shown else "")
        parts.append(cut(inert(reply.note), _MOST_ECHO, _escaped))
        return _BLANKS.sub("\n\n", "\n\n".join(one for one in parts if one))


def _escaped(text: str) -> str:
    return _MARKUP.sub(r"\\\g<0>", text)


def _line(line: Line, most: int) -> str:
    if line.style == "item":
        return f"- {cut(inert(line.text), most - 2, _escaped)}"
    # Markdown would draw it to the list above it.
    return f"\n{cut(inert(line.text), most - 2, _escaped)}\n"


def _link(link: Link) -> str:
    label = cut(inert(link.label), _MOST_ECHO, _escaped)
    return f"- [{label}](<{link.address}>)" if link.address else f"- {label}"


def _code(text: str) -> str:
    return cut(inert(text).replace("`", "'"), _MOST_ECHO)
