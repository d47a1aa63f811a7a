"""/mcp: programs that speak the Model Context Protocol, one message a request.

What speaks the protocol is imported when the first of them comes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response
from starlette.types import Message, Receive, Scope, Send

from api.dependencies import Bounded, Configured, Current
from api.gate import request_id
from api.lanes import Lanes
from api.logs import fault
from api.mcp.messages import RefusedError, check
from api.mcp.origins import check as check_origin
from api.mcp.tools import Tool
from api.negotiation import JSON
from api.replies import negotiated
from api.routes.bodies import check_media_type
from api.schemas.answers import Answer
from api.schemas.base import Model
from api.settings import Settings
from api.state import Generation
from api.telemetry import note_answer

if TYPE_CHECKING:
    from api.mcp.protocol import Work

_NOT_KEPT = {"Cache-Control": "no-store"}


def router_of(settings: Settings) -> APIRouter:
    """Return the route, where it is wanted."""
    router = APIRouter(include_in_schema=False)
    if settings.mcp:
        router.add_api_route("/mcp", _mcp, methods=["POST"])
    return router


async def _mcp(
    request: Request, generation: Current, lanes: Bounded, settings: Configured
) -> Response:
    """Answer one message."""
    headers = request.headers
    check_origin(headers.get("origin"), headers.get("host", ""), settings)
    negotiated(request, [JSON])
    check_media_type(request)
    body = await request.body()
    try:
        check(body, settings.max_json_depth)
    except RefusedError as error:
        return Response(error.encoded(), error.status, _NOT_KEPT, media_type=JSON)
    await run_in_threadpool(_load)
    return _Reply(request, body, generation, lanes, settings)


def _load() -> None:
    """Import what speaks the protocol: once, and without holding up the others."""
    from api.mcp import protocol  # noqa: F401


def _accepting(scope: Scope) -> Scope:
    """Return a request that says what is known of it, and the library takes for too little: that
    JSON is acceptable where anything is."""
    others = [one for one in scope["headers"] if one[0] != b"accept"]
    return {**scope, "headers": [*others, (b"accept", JSON.encode())]}


class _Reply(Response):
    """The reply that the protocol's library writes."""

    def __init__(
        self,
        request: Request,
        body: bytes,
        generation: Generation,
        lanes: Lanes,
        settings: Settings,
    ) -> None:
        super().__init__()
        self._request = request
        self._body: bytes | None = body
        self._generation = generation
        self._lanes = lanes
        self._settings = settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer."""
        from api.mcp.protocol import answer

        async def again() -> Message:
            if self._body is None:
                return await receive()
            body, self._body = self._body, None
            return {"type": "http.request", "body": body, "more_body": False}

        await answer(self._generation, self._run, self._tell, _accepting(scope), again, send)

    async def _run(self, tool: Tool, work: Work) -> Model:
        if tool.lane is None:
            return work()
        lane = self._lanes.plans if tool.lane == "plans" else self._lanes.questions
        reply = await lane.run(self._request, work)
        if isinstance(reply, Answer):
            note_answer(self._request, reply.question, reply.status, reply.verdict)
            self._request.app.state.gaps.heard(reply.question, reply.status)
        return reply

    def _tell(self, error: Exception) -> None:
        fault(request_id(self._request), error, self._settings)
