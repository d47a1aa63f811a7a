"""Applications to measure ours against: they answer whatever is asked with one reply.

`python -m tests.benchmarks.baselines KIND` serves one, with the server software and the settings of
ours. The reply is read from standard input, the address is the first line of what is printed.
"""

from __future__ import annotations

import asyncio
import socket
import sys
from collections.abc import Callable, Mapping

import uvicorn
from fastapi import FastAPI
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from tests.benchmarks.servers import Reply


def raw(reply: Reply) -> ASGIApp:
    """Return the least application that there is: it sends the bytes and looks at nothing."""
    headers = [(name.encode(), value.encode()) for name, value in reply.headers.items()]
    headers.append((b"content-length", str(len(reply.body)).encode()))
    start = {"type": "http.response.start", "status": 200, "headers": headers}
    body = {"type": "http.response.body", "body": reply.body}

    async def app(_: Scope, __: Receive, send: Send) -> None:
        await send(start)
        await send(body)

    return app


def starlette(reply: Reply) -> ASGIApp:
    """Return an application with one route of Starlette."""

    async def look_up(_: Request) -> Response:
        return Response(reply.body, headers=reply.headers)

    return Starlette(routes=[Route("/components/{name}", look_up)])


def fastapi(reply: Reply) -> ASGIApp:
    """Return an application with a look-up and a question of FastAPI, each returning bytes."""
    app = FastAPI(openapi_url=None)

    @app.get("/components/{name}")
    async def look_up(name: str) -> Response:  # noqa: ARG001 - FastAPI reads it
        return Response(reply.body, headers=reply.headers)

    @app.get("/ask")
    async def ask(q: str) -> Response:  # noqa: ARG001 - FastAPI reads it
        return Response(reply.body, headers=reply.headers)

    return app


def fastapi_in_thread(reply: Reply) -> ASGIApp:
    """Return an application whose question is answered in a thread, as work that takes long is."""
    app = FastAPI(openapi_url=None)

    @app.get("/ask")
    def ask(q: str) -> Response:  # noqa: ARG001 - FastAPI reads it
        return Response(reply.body, headers=reply.headers)

    return app


BASELINES: Mapping[str, Callable[[Reply], ASGIApp]] = {
    "raw": raw,
    "starlette": starlette,
    "fastapi": fastapi,
    "fastapi-in-thread": fastapi_in_thread,
}


def serve(app: ASGIApp) -> None:
    """Serve an application with the server software and the settings of `api.serve`."""
    config = uvicorn.Config(
        app,
        http="httptools",
        ws="none",
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
    )
    with (
        socket.create_server(("127.0.0.1", 0), backlog=2_048) as listener,
        asyncio.Runner(loop_factory=config.get_loop_factory()) as runner,
    ):
        print(f"http://127.0.0.1:{listener.getsockname()[1]}", flush=True)
        runner.run(uvicorn.Server(config).serve(sockets=[listener]))


if __name__ == "__main__":
    serve(BASELINES[sys.argv[1]](Reply.of_json(sys.stdin.read())))
