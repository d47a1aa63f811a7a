"""Servers to be measured side by side, each a process of its own on this machine.

`python -m tests.benchmarks.servers ours DOCS` serves a folder of pages as `kb serve` does, without
a site. The other kinds answer every look-up and question with one reply, read from standard input,
by less and less of a framework: what they do is the price of the framework.
"""

from __future__ import annotations

import asyncio
import base64
import http.client
import json
import os
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import uvicorn
from fastapi import FastAPI
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from api.serve import serve
from kb import KnowledgeBase
from tests.benchmarks.figures import Effort, Figure, ratios
from tests.benchmarks.load import load
from tests.benchmarks.machine import processor_time

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
_ADDED_BY_SERVER = ("date", "content-length", "transfer-encoding", "connection")


@dataclass(frozen=True, slots=True)
class Server:
    """A server that answers."""

    port: int
    pid: int

    def reply(self, path: str) -> Reply:
        """Return what the server answers to a GET. Raises OSError when it is not 200."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request("GET", path, headers={"Accept": "application/json"})
            response = connection.getresponse()
            if response.status != 200:
                raise OSError(f"{path}: {response.status} {response.reason}")
            headers = {name.lower(): value for name, value in response.getheaders()}
            kept = {name: headers[name] for name in headers if name not in _ADDED_BY_SERVER}
            return Reply(kept, response.read())
        finally:
            connection.close()


@dataclass(frozen=True, slots=True)
class Reply:
    """A reply, without what the server software adds."""

    headers: Mapping[str, str]
    body: bytes

    def to_json(self) -> str:
        """Return it as text that `of_json` reads."""
        return json.dumps([dict(self.headers), base64.b64encode(self.body).decode()])

    @classmethod
    def of_json(cls, text: str) -> Reply:
        """Return what `to_json` wrote."""
        headers, body = json.loads(text)
        return cls(headers, base64.b64decode(body))


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


@contextmanager
def ours(docs_dir: Path) -> Iterator[Server]:
    """Start our server on a folder of pages, and end it."""
    with _started("ours", str(docs_dir)) as server:
        yield server


@contextmanager
def baseline(kind: str, reply: Reply) -> Iterator[Server]:
    """Start a server that gives one reply, and end it."""
    with _started(kind, given=reply.to_json()) as server:
        yield server


def plain_environment() -> dict[str, str]:
    """Return this process's environment without settings of the product."""
    return {name: value for name, value in os.environ.items() if not name.startswith("KB_")}


@dataclass(slots=True)
class Measured:
    """What a server did, round by round."""

    rates: list[float] = field(default_factory=list)
    """Requests a second, by the clock."""
    costs: list[float] = field(default_factory=list)
    """Processor time of the server for a request, in seconds; empty where it is not known."""


def side_by_side(
    targets: Mapping[str, tuple[Server, Sequence[str]]], effort: Effort
) -> dict[str, Measured]:
    """Return what several servers do, measured in turn.

    Each round begins with another one, so that what else the machine does falls on all alike.
    """
    names = list(targets)
    found = {name: Measured() for name in names}
    for at in range(effort.rounds):
        first = at % len(names)
        for name in names[first:] + names[:first]:
            server, paths = targets[name]
            before = processor_time(server.pid)
            rate, answered = load(server.port, paths, effort.seconds)
            after = processor_time(server.pid)
            found[name].rates.append(rate)
            if before is not None and after is not None:
                found[name].costs.append((after - before) / answered)
    return found


def against(
    measured: Mapping[str, Measured], others: Mapping[str, str], goal: float, note: str
) -> list[Figure]:
    """Return the figures of our server against each of the others: kind -> what it is called.

    The goal is held against the first.
    """
    ours_ = measured["ours"]
    found = []
    for at, (kind, title) in enumerate(others.items()):
        found.append(
            Figure(
                name=f"ours / {title}",
                unit="",
                values=ratios(ours_.rates, measured[kind].rates),
                at_least=None if at else goal,
                note="" if at else note,
            )
        )
        if ours_.costs:
            found.append(
                Figure(
                    name=f"ours / {title}, by processor time",
                    unit="",
                    values=ratios(measured[kind].costs, ours_.costs),
                    note="" if at else "what other work on the machine disturbs less",
                )
            )
    for kind, one in measured.items():
        found.append(Figure(name=kind, unit="requests/s", values=tuple(one.rates)))
    return found


@contextmanager
def _started(*arguments: str, given: str = "") -> Iterator[Server]:
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.benchmarks.servers", *arguments],
        cwd=ROOT,
        env=plain_environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        process.stdin.write(given)
        process.stdin.close()
        address = process.stdout.readline().strip()
        if not address:
            raise RuntimeError(f"the server {' '.join(arguments)} did not start")
        yield Server(int(address.rpartition(":")[2]), process.pid)
    finally:
        process.terminate()
        process.wait(30)
        process.stdout.close()


class _Told:
    """Says where our server answers."""

    def listening(self, address: str) -> None:
        print(address, flush=True)

    def published(self, knowledge: KnowledgeBase, seconds: float) -> None:
        """Nobody asks."""

    def refused(self, error: Exception) -> None:
        raise error

    def site_published(self, seconds: float) -> None:
        """There is no site."""

    def site_refused(self, output: str) -> None:
        """There is no site."""


def _serve(app: ASGIApp) -> None:
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


def _main(kind: str, docs_dir: str = "") -> None:
    if kind == "ours":
        serve(Path(docs_dir), "127.0.0.1", 0, _Told())
    else:
        _serve(BASELINES[kind](Reply.of_json(sys.stdin.read())))


if __name__ == "__main__":
    _main(*sys.argv[1:])
