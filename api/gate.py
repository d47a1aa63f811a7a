"""The gate that every request passes before it is routed, and every reply on its way out.

Refuses what is too large or not well formed, gives each request an id, lets HEAD in as GET, and
turns what nobody expected into a problem. It knows no route and no content.
"""

from __future__ import annotations

import logging
import re
import uuid
from collections.abc import Sequence

from fastapi import Request
from starlette.datastructures import MutableHeaders
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.problems import ProblemError
from api.queries import unescaped
from api.replies import refusal
from api.schemas.links import Links
from api.settings import Settings

_LOG = logging.getLogger("clusterkb.api")
_KEPT_ESCAPE = re.compile(rb"%(2[fF]|25|0[aA])")
_HOST = re.compile(rb"(?P<name>[A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])(?::[0-9]{1,5})?")
_REQUEST_ID = re.compile(rb"[A-Za-z0-9._-]{1,64}")
_NO_CONTENT = "default-src 'none'; frame-ancestors 'none'"
_ACTIVE = ("text/html", "text/javascript")
"""Media types that a browser runs, pages and workers: they keep the policy they came with."""

Headers = Sequence[tuple[bytes, bytes]]


class Gate:
    """ASGI middleware around all of the application."""

    def __init__(self, app: ASGIApp, settings: Settings, links: Links) -> None:
        self._app = app
        self._settings = settings
        self._links = links

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let one request through, or refuse it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        inner = {**scope, "state": {**scope.get("state", {}), "request_id": _request_id(scope)}}
        exit_ = _Exit(send, inner["state"]["request_id"])
        try:
            self._admit(inner)
            await self._app(inner, _Meter(receive, self._settings.max_body_bytes), exit_)
        except ClientDisconnect:
            return
        except ProblemError as error:
            await self._refuse(error, inner, receive, exit_)
        except Exception as error:  # noqa: BLE001 - the last place where a fault can be told
            if not exit_.begun:
                await self._refuse(error, inner, receive, exit_)
            _LOG.exception("request %s failed", exit_.request_id, exc_info=error)

    async def _refuse(self, error: Exception, scope: Scope, receive: Receive, send: Send) -> None:
        request_id = scope["state"]["request_id"]
        await refusal(error, request_id, self._links)(scope, receive, send)

    def _admit(self, scope: Scope) -> None:
        """Check the head of a request and put its method and path into the form that is routed."""
        headers: Headers = scope["headers"]
        self._check_sizes(scope, headers)
        self._check_host(scope["http_version"], headers)
        scope["path"] = path_of(scope["raw_path"])
        if scope["method"] == "HEAD":
            scope["method"] = "GET"

    def _check_sizes(self, scope: Scope, headers: Headers) -> None:
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

    def _check_host(self, http_version: str, headers: Headers) -> None:
        hosts = [value for name, value in headers if name == b"host"]
        if not hosts and http_version == "1.0":
            return
        if len(hosts) != 1:
            raise ProblemError("invalid-host", "One Host header is expected.")
        found = _HOST.fullmatch(hosts[0])
        if found is None:
            raise ProblemError("invalid-host", "The Host header is no host.")
        allowed = self._settings.allowed_hosts
        if allowed and found["name"].decode().lower() not in allowed:
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

    def __init__(self, send: Send, request_id: str) -> None:
        self._send = send
        self.request_id = request_id
        self.begun = False

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.begun = True
            headers = MutableHeaders(scope=message)
            headers["X-Request-ID"] = self.request_id
            headers["X-Content-Type-Options"] = "nosniff"
            # The headers of a 304 replace those of the page that a browser has kept.
            is_active = headers.get("content-type", "").startswith(_ACTIVE)
            if message["status"] != 304 and not is_active:
                headers.setdefault("Content-Security-Policy", _NO_CONTENT)
        await self._send(message)


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


def _request_id(scope: Scope) -> str:
    """Return the id that a proxy gave the request, where it is well formed, else a new one."""
    for name, value in scope["headers"]:
        if name == b"x-request-id" and _REQUEST_ID.fullmatch(value):
            return str(value, "ascii")
    return uuid.uuid4().hex
