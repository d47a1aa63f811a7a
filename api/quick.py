"""Answers ahead of everything else: gives again what was given before, byte for byte.

What the service has answered once to a plain look-up by id, or to a question, is kept as the
connection sends it, and given to whoever asks the same of the same content: no application sees
that request, and from then on its very bytes are known. Nothing makes a reply here or knows a rule
of one: what is in doubt passes through. Look-ups by other names and with parameters always do, and
questions where they are rationed.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from http import HTTPStatus
from typing import Any

from starlette.types import Message, Receive, Scope, Send

from api.compression import ENCODINGS
from api.gate import id_among, is_served, new_id
from api.kept import Kept
from api.negotiation import HTML, JSON, MARKDOWN, choose, choose_encoding
from api.schemas.links import COLLECTIONS, Links
from api.settings import Settings
from api.state import State
from api.telemetry import Pair, Telemetry

Key = tuple[bytes, str, str, bytes]
"""Address, wanted media types and content encoding, and the client's entity tag, if it has one."""

LONGEST_VALUE = 128
"""Longest header that is looked at, in bytes: what is longer is not usual."""
BESIDE_BODY = 1_000
"""What a kept reply takes beside its body, about, in bytes."""
_LOOK_UP = re.compile(rf"/(?:{'|'.join(COLLECTIONS.values())})/[^/?#]+".encode())
_QUESTION = b"/ask?"
_OFFERS = ((JSON,), (JSON, HTML), (JSON, MARKDOWN), (JSON, MARKDOWN, HTML))
"""What routes offer of one address: the same header wants one thing here and another there."""
_READ = frozenset((b"host", b"accept", b"accept-encoding", b"if-none-match"))
"""Headers of a request that a reply depends on."""
_NOT_PLAIN = frozenset((b"origin", b"content-length", b"transfer-encoding", b"expect", b"upgrade"))
"""Headers that a plain look-up does not have."""
_VARIES_BY = frozenset(("accept", "accept-encoding", "origin"))
"""Headers that are part of the key, or that a plain look-up does not have."""
_OF_REQUEST = frozenset((b"x-request-id", b"server-timing", b"ratelimit", b"ratelimit-policy"))
"""Headers of a reply that belong to one request."""


@dataclass(frozen=True, slots=True)
class _Reply:
    """A reply as it is sent, but for the headers that belong to one request."""

    head: bytes
    """Status line and headers, each with the end of its line."""
    body: bytes
    status: int
    route: str | None
    """Template of the route that made it."""
    noted: Mapping[str, Any]
    """What the route noted of the answer to a question."""


class Quick:
    """ASGI middleware, the outermost, which keeps replies; and the connection's way to them."""

    def __init__(
        self,
        app: Telemetry,
        settings: Settings,
        links: Links,
        state: State,
        heard: Callable[[str, str], None],
    ) -> None:
        self._app = app
        self._heard = heard
        """Told of each question that is answered here, and what became of it."""
        self._settings = settings
        self._base = links.to("/")[:-1].encode()
        self._state = state
        self._looked_up = Kept[Key, _Reply](settings.most_kept_bytes)
        self._asked = Kept[Key, _Reply](settings.most_kept_bytes)
        self._whole = Kept[bytes, _Reply](settings.most_kept_bytes)
        """By the bytes of a whole request: clients send them in as many ways as they like."""

    def again(self, data: bytes, more: Sequence[Pair]) -> bytes | None:
        """Return the whole reply to a request whose very bytes were answered here before, or None.

        It need not be parsed: so what is known costs no more than to be refused.
        """
        began = time.perf_counter()
        generation = self._state.generation
        if generation is None:
            return None
        found = self._whole.get(generation, data)
        return None if found is None else self._given(found, b"GET", new_id(), more, began)

    def answer(
        self,
        method: bytes,
        url: bytes,
        headers: Sequence[Pair],
        more: Sequence[Pair],
        data: bytes = b"",
    ) -> bytes | None:
        """Return the whole reply to a request without body, or None: the application replies.

        `more` are the headers that the server adds to each reply. The connection must be one that
        stays open. `data` are the bytes of the request, where it came alone and whole.
        """
        began = time.perf_counter()
        generation = self._state.generation
        key = self._key(method, url, headers)
        if key is None or generation is None:
            return None
        found = self._kept(key).get(generation, key)
        if found is None:
            return None
        if method == b"GET" and data and b"x-request-id" not in data.lower():
            self._whole.add(generation, data, found, len(data) + len(found.body) + BESIDE_BODY)
        return self._given(found, method, id_among(headers), more, began)

    def _given(
        self, found: _Reply, method: bytes, request_id: str, more: Sequence[Pair], began: float
    ) -> bytes:
        """Return the bytes of a reply to one request, which is counted."""
        body = b"" if method == b"HEAD" else found.body
        own = self._app.timed([*more, (b"x-request-id", request_id.encode())], began)
        lines = [b"%b: %b\r\n" % one for one in own]
        over = found.route, found.status, len(body), began, found.noted
        self._app.over(method.decode(), request_id, *over)
        if found.noted:
            self._heard(found.noted["question"], found.noted["answered"][0])
        return b"".join((found.head, *lines, b"\r\n", body))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass one request on, and keep the reply if it is one to keep."""
        key = None
        generation = self._state.generation
        if scope["type"] == "http":
            query = scope["query_string"]
            url = scope["raw_path"] + (b"?" + query if query else b"")
            key = self._key(scope["method"].encode(), url, scope["headers"])
        if key is None or generation is None:
            await self._app(scope, receive, send)
            return
        kept = self._kept(key)
        kept.get(generation, key)  # what is kept from now on is of this generation
        seen = _Seen(send)
        await self._app(scope, receive, seen)
        state = scope.get("state", {})
        is_own = "answered" in state or seen.tells(self._base + key[0])
        # While the generation is still the same, it was the one that was read.
        if self._state.generation is generation and is_own and seen.is_for(key):
            reply = seen.reply(state)
            kept.add(generation, key, reply, len(reply.body) + len(key[0]) + BESIDE_BODY)

    def _kept(self, key: Key) -> Kept[Key, _Reply]:
        """Return where a reply is kept: whatever is asked, what is looked up has its room."""
        return self._asked if key[0].startswith(_QUESTION) else self._looked_up

    def _key(self, method: bytes, url: bytes, headers: Sequence[Pair]) -> Key | None:
        """Return what the reply depends on, or None for a request that always passes through."""
        if method != b"GET" and method != b"HEAD":
            return None
        limits = self._settings
        if url.startswith(_QUESTION):
            if limits.rate_limit or len(url) > limits.max_url_bytes:
                return None
        elif _LOOK_UP.fullmatch(url) is None:
            return None
        values: dict[bytes, bytes] = {}
        size = 0
        for name, value in headers:
            size += len(name) + len(value) + 4
            if name in _READ:
                if name in values or len(value) > LONGEST_VALUE:
                    return None
                values[name] = value
            elif name in _NOT_PLAIN:
                return None
        if size > limits.max_header_bytes or len(headers) > limits.max_headers:
            return None
        if not is_served(values.get(b"host", b""), limits.allowed_hosts):
            return None
        form = _form(values.get(b"accept", b""))
        if form is None:
            return None
        encoding = _encoding(values.get(b"accept-encoding", b""))
        return url, form, encoding, values.get(b"if-none-match", b"")


class _Seen:
    """The way out of a reply, which remembers what was sent."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self.messages: list[Message] = []

    async def __call__(self, message: Message) -> None:
        self.messages.append(message)
        await self._send(message)

    def is_for(self, key: Key) -> bool:
        """Whether it is a whole reply to what was asked that depends on nothing but the key."""
        if len(self.messages) != 2 or self.messages[1].get("more_body"):
            return False
        status, headers = self.messages[0]["status"], dict(self.messages[0]["headers"])
        known, tag = key[-1], headers.get(b"etag", b"")
        if (status, known) not in ((200, b""), (304, tag)) or not tag:
            return False
        vary = {one.strip().lower() for one in headers.get(b"vary", b"").decode().split(",")}
        return vary - {""} <= _VARIES_BY

    def tells(self, address: bytes) -> bool:
        """Whether it says that what it gives has this address of its own."""
        return (b"content-location", address) in next(iter(self.messages), {}).get("headers", ())

    def reply(self, state: Mapping[str, Any]) -> _Reply:
        """Return what is kept of it; `state` is that of the request."""
        start, body = self.messages
        status = HTTPStatus(start["status"])
        lines = [b"HTTP/1.1 %d %b\r\n" % (status, status.phrase.encode())]
        lines += [b"%b: %b\r\n" % one for one in start["headers"] if one[0] not in _OF_REQUEST]
        noted = {name: state[name] for name in ("question", "answered") if name in state}
        return _Reply(b"".join(lines), body["body"], status, state.get("route"), noted)


@lru_cache(256)
def _form(accept: bytes) -> str | None:
    """Return what is wanted of each list that a route may offer; None: a page for people may be."""
    told = accept.decode("latin-1")
    wanted = [choose(told, offers) for offers in _OFFERS]
    return None if HTML in wanted else " ".join(map(str, wanted))


@lru_cache(256)
def _encoding(accepted: bytes) -> str:
    """Return the content encoding that is wanted most."""
    return choose_encoding(accepted.decode("latin-1"), [*ENCODINGS])
