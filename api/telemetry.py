"""Sees every request come and its reply go: gives it an id, counts it, writes its line of the log.

Around all that makes a reply. It changes none but for `Server-Timing`, where that is wanted, and
keeps nothing of what a client sent but the id of the request.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any

from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.gate import request_id_of
from api.logs import Journal
from api.metrics import NO_ROUTE, Metrics
from api.settings import Settings

Pair = tuple[bytes, bytes]


class Telemetry:
    """ASGI middleware around all of the application."""

    def __init__(
        self, app: ASGIApp, settings: Settings, metrics: Metrics, journal: Journal | None
    ) -> None:
        self._app = app
        self._has_timing = settings.server_timing
        self._has_questions = settings.log_questions
        self._metrics = metrics
        self._journal = journal

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let one request through and see what becomes of it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        state = scope.setdefault("state", {})
        state["request_id"] = request_id_of(scope)
        reply = _Reply(send, self)
        metrics = self._metrics
        metrics.begin()
        try:
            await self._app(scope, receive, reply)
        finally:
            metrics.end()
            told = state.get("route"), reply.status, reply.size, reply.began, state
            self.over(scope["method"], state["request_id"], *told)

    def over(
        self,
        method: str,
        request_id: str,
        route: str | None,
        status: int | None,
        size: int,
        began: float,
        noted: Mapping[str, Any],
    ) -> None:
        """Count a request that is over, and write its line of the log.

        The size is that of the body in bytes, `began` is on the clock of `perf_counter`; without a
        status the client left before there was a reply. What was `noted` may be a problem, or what
        became of a question.
        """
        seconds = time.perf_counter() - began
        metrics = self._metrics
        metrics.count(method, route or NO_ROUTE, status, seconds)
        if "problem" in noted:
            metrics.refused(noted["problem"])
        if "answered" in noted:
            metrics.asked(*noted["answered"])
        if self._journal is not None:
            fields: dict[str, object] = {
                "level": "info",
                "logger": "clusterkb.request",
                "message": "request",
                "request_id": request_id,
                "method": method,
                "route": route or NO_ROUTE,
                "status": status,
                "bytes": size,
                "duration_ms": round(seconds * 1e3, 3),
            }
            if "problem" in noted:
                fields["problem"] = noted["problem"]
            if "answered" in noted:
                fields["answer"], fields["verdict"] = noted["answered"]
                if self._has_questions:
                    fields["question"] = noted["question"]
            self._journal.add(time.time(), fields)

    def timed(self, headers: list[Pair], began: float) -> list[Pair]:
        """Return the headers of a reply, with the time that it took where that is wanted."""
        if not self._has_timing:
            return headers
        spent = (time.perf_counter() - began) * 1e3
        return [*headers, (b"server-timing", b"app;dur=%.3f" % spent)]


class _Reply:
    """The way out of a reply, which remembers how it went."""

    __slots__ = ("_send", "_telemetry", "began", "size", "status")

    def __init__(self, send: Send, telemetry: Telemetry) -> None:
        self._send = send
        self._telemetry = telemetry
        self.began = time.perf_counter()
        self.status: int | None = None
        """None: the client left before there was a reply."""
        self.size = 0
        """Bytes of the body, as they are sent."""

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            headers = self._telemetry.timed(message["headers"], self.began)
            message = {**message, "headers": headers}
        else:
            self.size += len(message.get("body", b""))
        await self._send(message)


def note_answer(request: Request, question: str, status: str, verdict: str | None) -> None:
    """Say what became of a question, for the counts and the log."""
    state = request.scope["state"]
    state["question"], state["answered"] = question, (status, verdict)
