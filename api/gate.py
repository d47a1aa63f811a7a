"""The gate that every request passes before it is routed, and every reply on its way out.

Refuses what is too large or not well formed, gives each request an id, lets HEAD in as GET, and
turns what nobody expected into a problem. It knows no route and no content.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from random import getrandbits

from fastapi import Request
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import ClientDisconnect
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.cors import Cors
from api.logs import fault
from api.problems import ProblemError
from api.queries import unescaped
from api.replies import refusal
from api.schemas.links import Links
from api.settings import Settings

_KEPT_ESCAPE = re.compile(rb"%(2[fF]|25|0[aA])")
_HOST = re.compile(rb"(?P<name>[A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])(?::[0-9]{1,5})?")
_REQUEST_ID = re.compile(rb"[A-Za-z0-9._-]{1,64}")
_VERSIONS = ("1.0", "1.1")
NO_CONTENT = "default-src 'none'; frame-ancestors 'none'"
"""The content security policy of what is no page."""
ALL_REPLIES = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
"""Header fields of every reply."""
_PAGES = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}

Pairs = Sequence[tuple[bytes, bytes]]


class Gate:
    """ASGI middleware around all of the application."""

    def __init__(self, app: ASGIApp, settings: Settings, links: Links) -> None:
        self._app = app
        self._settings = settings
        self._links = links
        self._cors = Cors(settings.cors_origins)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let one request through, or refuse it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        state = scope.setdefault("state", {})
        state["request_id"] = request_id_of(scope)
        inner = {**scope}
        headers = Headers(scope=scope)
        exit_ = _Exit(send, state["request_id"], self._cors.headers(headers))
        try:
            self._admit(inner)
            allowed = self._cors.preflight(scope["method"], headers)
            if allowed is not None:
                await Response(status_code=204, headers=allowed)(inner, receive, exit_)
                return
            await self._app(inner, _Meter(receive, self._settings.max_body_bytes), exit_)
        except ClientDisconnect:
            return
        except ProblemError as error:
            await self._refuse(error, inner, receive, exit_)
        except Exception as error:  # noqa: BLE001 - the last place where a fault can be told
            if not exit_.begun:
                await self._refuse(error, inner, receive, exit_)
            fault(exit_.request_id, error, self._settings)
        finally:
            state["route"] = getattr(inner.get("route"), "path", None)

    async def _refuse(self, error: Exception, scope: Scope, receive: Receive, send: Send) -> None:
        request_id = scope["state"]["request_id"]
        accept = ",".join(Headers(scope=scope).getlist("accept"))
        await refusal(error, request_id, self._links, accept)(scope, receive, send)

    def _admit(self, scope: Scope) -> None:
        """Check the head of a request and put its method and path into the form that is routed."""
        headers: Pairs = scope["headers"]
        if scope["http_version"] not in _VERSIONS:
            raise ProblemError(
                "malformed-http", "HTTP/1.1 is spoken here.", headers={"Connection": "close"}
            )
        self._check_sizes(scope, headers)
        self._check_host(scope["http_version"], headers)
        scope["path"] = path_of(scope["raw_path"])
        if scope["method"] == "HEAD":
            scope["method"] = "GET"

    def _check_sizes(self, scope: Scope, headers: Pairs) -> None:
        limits = self._settings
        if len(scope["raw_path"]) + len(scope["query_string"]) > limits.max_url_bytes:
            raise ProblemError(
                "uri-too-long",
                f"Path and query have more than {limits.max_url_bytes} bytes.",
                limit=limits.max_url_bytes,
            )
        if len(headers) > limits.max_headers:
            raise ProblemError(
                "headers-too-large",
                f"The header has more than {limits.max_headers} fields.",
                limit=limits.max_headers,
            )
        if sum(len(name) + len(value) + 4 for name, value in headers) > limits.max_header_bytes:
            raise ProblemError(
                "headers-too-large",
                f"The header has more than {limits.max_header_bytes} bytes.",
                limit=limits.max_header_bytes,
            )
        for name, value in headers:
            if name == b"content-length" and value.isdigit() and int(value) > limits.max_body_bytes:
                raise too_large(limits.max_body_bytes)

    def _check_host(self, http_version: str, headers: Pairs) -> None:
        hosts = [value for name, value in headers if name == b"host"]
        if not hosts and http_version == "1.0":
            return
        if len(hosts) != 1:
            raise ProblemError("invalid-host", "One Host header is expected.")
        if _HOST.fullmatch(hosts[0]) is None:
            raise ProblemError("invalid-host", "The Host header is no host.")
        if not is_served(hosts[0], self._settings.allowed_hosts):
            raise ProblemError("invalid-host", "This host is not served here.")


class _Meter:
    """The body of a request, up to a size."""

    def __init__(self, receive: Receive, most_bytes: int) -> None:
        self._receive = receive
        self._most_bytes = most_bytes
        self._seen = 0

    async def __call__(self) -> Message:
        message = await self._receive()
        self._seen += len(message.get("body", b""))
        if self._seen > self._most_bytes:
            raise too_large(self._most_bytes)
        return message


class _Exit:
    """The way out of a reply: adds the headers that all replies have."""

    def __init__(self, send: Send, request_id: str, cors: Mapping[str, str]) -> None:
        self._send = send
        self._cors = cors
        self.request_id = request_id
        self.begun = False

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.begun = True
            headers = MutableHeaders(scope=message)
            headers["X-Request-ID"] = self.request_id
            headers.update(ALL_REPLIES)
            # The headers of a 304 replace those of the page that a browser has kept.
            if message["status"] != 304:
                headers.setdefault("Content-Security-Policy", NO_CONTENT)
            if headers.get("content-type", "").startswith("text/html"):
                headers.update(_PAGES)
            for name, value in self._cors.items():
                if name == "Vary":
                    headers.add_vary_header(value)
                else:
                    headers[name] = value
        await self._send(message)


@lru_cache(256)
def is_served(host: bytes, allowed: tuple[str, ...]) -> bool:
    """Whether the value of a Host header is a host that is answered; none allowed: all are."""
    found = _HOST.fullmatch(host)
    return found is not None and (not allowed or found["name"].decode().lower() in allowed)


def path_of(raw: bytes) -> str:
    """Return the path as it is routed: decoded, but for `%2F`, `%25` and line breaks.

    So a name in a path may hold a slash, and no route matches up to a line break: routes take the
    remaining escapes off a segment when they read it. Raises ProblemError when it is no UTF-8 text.

    >>> path_of(b"/components/a%2Fb%20c")
    '/components/a%2Fb c'
    """
    try:
        return unescaped(_KEPT_ESCAPE.sub(rb"%25\1", raw))
    except ValueError as error:
        raise ProblemError("not-found", f"The path {error}.") from None


def request_id(request: Request) -> str:
    """Return the id that the gate gave a request."""
    return str(request.scope["state"]["request_id"])


def too_large(most_bytes: int) -> ProblemError:
    """Return the refusal of a body that is larger than `most_bytes`."""
    return ProblemError(
        "body-too-large",
        f"The body has more than {most_bytes} bytes.",
        limit=most_bytes,
        headers={"Connection": "close"},
    )


def request_id_of(scope: Scope) -> str:
    """Return the id of a request: the one it has, or a proxy's if well formed, or a new one."""
    known = scope.get("state", {}).get("request_id")
    return id_among(scope["headers"]) if known is None else str(known)


def id_among(headers: Sequence[tuple[bytes, bytes]]) -> str:
    """Return the id of a request with these headers: a proxy's if well formed, or a new one."""
    for name, value in headers:
        if name == b"x-request-id" and _REQUEST_ID.fullmatch(value):
            return str(value, "ascii")
    return new_id()


def new_id() -> str:
    """Return an id for a request: 32 hexadecimal digits, drawn by lot and no secret."""
    return f"{getrandbits(128):032x}"
