"""Servers measured side by side, each a process of its own on this machine."""

from __future__ import annotations

import base64
import http.client
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.benchmarks.figures import Effort, Figure, ratios
from tests.benchmarks.load import GENERATOR, load
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


@contextmanager
def ours(docs_dir: Path, **settings: str) -> Iterator[Server]:
    """Start our server on a folder of pages, with some settings, and end it."""
    with _started("own_server", str(docs_dir), settings=settings) as server:
        yield server


@contextmanager
def baseline(kind: str, reply: Reply) -> Iterator[Server]:
    """Start a server that gives one reply, and end it."""
    with _started("baselines", kind, given=reply.to_json()) as server:
        yield server


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


@dataclass(frozen=True, slots=True)
class Other:
    """A server that ours is measured against."""

    title: str
    goal: float | None = None
    """How many times as many requests a second ours should at least answer."""


def against(
    measured: Mapping[str, Measured], others: Mapping[str, Other], note: str
) -> list[Figure]:
    """Return the figures of our server against each of the others: kind -> other."""
    ours_ = measured["ours"]
    found = []
    for at, (kind, other) in enumerate(others.items()):
        if kind not in measured:
            found.append(
                Figure(
                    name=f"ours / {other.title}",
                    unit="",
                    values=(),
                    at_least=other.goal,
                    note=f"{kind} is not installed",
                )
            )
            continue
        found.append(
            Figure(
                name=f"ours / {other.title}",
                unit="",
                values=ratios(ours_.rates, measured[kind].rates),
                at_least=other.goal,
                note="" if at else f"{note}; load by {GENERATOR}",
            )
        )
        if ours_.costs and measured[kind].costs:
            found.append(
                Figure(
                    name=f"ours / {other.title}, by processor time",
                    unit="",
                    values=ratios(measured[kind].costs, ours_.costs),
                    note="" if at else "what other work on the machine disturbs less",
                )
            )
    for kind, one in measured.items():
        found.append(Figure(name=kind, unit="requests/s", values=tuple(one.rates)))
    return found


@contextmanager
def _started(
    module: str, *arguments: str, given: str = "", settings: Mapping[str, str] | None = None
) -> Iterator[Server]:
    process = subprocess.Popen(
        [sys.executable, "-m", f"tests.benchmarks.{module}", *arguments],
        cwd=ROOT,
        env={**_plain_environment(), **(settings or {})},
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
            raise RuntimeError(f"{module} {' '.join(arguments)} did not start")
        yield Server(int(address.rpartition(":")[2]), process.pid)
    finally:
        process.terminate()
        process.wait(30)
        process.stdout.close()


def _plain_environment() -> dict[str, str]:
    """Return this process's environment without settings of the product."""
    return {name: value for name, value in os.environ.items() if not name.startswith("KB_")}
