"""Sends requests at set times, whether or not the ones before are answered, and times the replies.

Runs in a process of its own, with nothing but the standard library. How long a reply takes is
counted from when its request was to be sent: a server that falls behind cannot hide it by being
asked less often.
"""

from __future__ import annotations

import heapq
import json
import selectors
import socket
import subprocess
import sys
import time
from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
MOST_CONNECTIONS = 400


@dataclass(frozen=True, slots=True)
class Stream:
    """Requests of one kind."""

    name: str
    paths: Sequence[str]
    """Asked for in turn; for `{n}` stands a number that was in no request before."""
    rate: float
    """Requests a second, at even distances; 0: as fast as replies come, see `connections`."""
    connections: int = 0
    """With rate 0: how many ask, each again as soon as it has its reply."""


@dataclass(slots=True)
class Outcome:
    """What became of the requests of one stream; times are in milliseconds, sorted."""

    accepted: list[float] = field(default_factory=list)
    refused: list[float] = field(default_factory=list)
    failed: int = 0
    """Anything but 200 and 503, connections that broke, and replies that never came."""
    without_retry: int = 0
    """Refusals that do not say when to come again."""
    rate: float = 0.0
    """Accepted requests a second."""
    sent: int = 0


class _Connection:
    __slots__ = ("due", "received", "replies", "socket", "stream")

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=10)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.socket.setblocking(False)
        self.received = b""
        self.replies = 0
        self.stream = 0
        self.due = 0.0

    def reply(self) -> tuple[int, bool] | None:
        """Read; return status and whether the reply says when to come again, once it is whole."""
        piece = self.socket.recv(262_144)
        if not piece:
            raise OSError("closed")
        self.received += piece
        head, separator, body = self.received.partition(b"\r\n\r\n")
        if not separator:
            return None
        lowered = head.lower()
        length = int(lowered.split(b"\r\ncontent-length:", 1)[1].split(b"\r\n", 1)[0])
        if len(body) < length:
            return None
        self.received = b""
        if b"\r\nconnection: close" in lowered:
            raise OSError("closed after the reply")
        return int(head[9:12]), b"\r\nretry-after:" in lowered


class _Flood:
    def __init__(self, port: int, streams: Sequence[Stream], seconds: float) -> None:
        self.port = port
        self.streams = streams
        self.seconds = seconds
        self.outcomes = [Outcome() for _ in streams]
        self.idle: deque[_Connection] = deque()
        self.open = 0
        self.selector = selectors.EpollSelector()
        self.sent = [0] * len(streams)
        self.requests = [
            [
                f"GET {path} HTTP/1.1\r\nHost: x\r\nAccept: application/json\r\n\r\n".encode()
                for path in one.paths
            ]
            for one in streams
        ]

    def send(self, number: int, due: float, *, anew: bool = False) -> bool:
        """Send the next request of a stream; return False when there is no connection for it."""
        if self.idle and not anew:
            connection = self.idle.pop()
        elif self.open < MOST_CONNECTIONS:
            try:
                connection = _Connection(self.port)
            except OSError:
                self.outcomes[number].failed += 1
                return True
            self.open += 1
            self.selector.register(connection.socket, selectors.EVENT_READ, connection)
        else:
            return False
        connection.stream, connection.due = number, due
        paths = self.requests[number]
        request = paths[self.sent[number] % len(paths)]
        if b"{n}" in request:
            request = request.replace(b"{n}", b"%d" % time.time_ns())
        self.sent[number] += 1
        try:
            connection.socket.send(request)
        except OSError:
            self.drop(connection)
        return True

    def drop(self, connection: _Connection) -> None:
        """Give a connection up; one that nothing was asked on may be closed by the server."""
        if connection in self.idle:
            self.idle.remove(connection)
        else:
            self.outcomes[connection.stream].failed += 1
        self.selector.unregister(connection.socket)
        connection.socket.close()
        self.open -= 1

    def run(self) -> list[Outcome]:
        started = time.perf_counter()
        end = started + self.seconds
        schedule = []
        for number, one in enumerate(self.streams):
            if one.rate:
                schedule.append((started, number))
            for _ in range(one.connections):
                self.send(number, started)
        heapq.heapify(schedule)
        while (now := time.perf_counter()) < end:
            while schedule and schedule[0][0] <= now:
                due, number = schedule[0]
                if not self.send(number, due):
                    break
                heapq.heapreplace(schedule, (due + 1 / self.streams[number].rate, number))
            rest = schedule[0][0] - time.perf_counter() if schedule else 0.01
            self.read(max(0.0, min(rest, 0.01)), end)
        last = time.perf_counter() + 20  # a busy machine
        while len(self.idle) < self.open and time.perf_counter() < last:
            self.read(0.05, 0.0)
        for key in list(self.selector.get_map().values()):
            if key.data not in self.idle:
                self.outcomes[key.data.stream].failed += 1
            key.data.socket.close()
        for number, outcome in enumerate(self.outcomes):
            outcome.rate = len(outcome.accepted) / self.seconds
            outcome.sent = self.sent[number]
            outcome.accepted.sort()
            outcome.refused.sort()
        return self.outcomes

    def read(self, wait: float, end: float) -> None:
        for key, _ in self.selector.select(wait):
            connection: _Connection = key.data
            try:
                reply = connection.reply()
            except (OSError, IndexError, ValueError):
                was_kept = connection.replies > 0 and not connection.received
                is_asked = connection not in self.idle
                self.drop(connection)
                if was_kept and is_asked:  # closed while it was idle: clients ask again then
                    self.outcomes[connection.stream].failed -= 1
                    self.send(connection.stream, connection.due, anew=True)
                continue
            if reply is None:
                continue
            now = time.perf_counter()
            connection.replies += 1
            number = connection.stream
            outcome = self.outcomes[number]
            taken = (now - connection.due) * 1000
            if reply[0] == 200:
                outcome.accepted.append(taken)
            elif reply[0] == 503:
                outcome.refused.append(taken)
                outcome.without_retry += not reply[1]
            else:
                outcome.failed += 1
            self.idle.append(connection)
            if self.streams[number].connections and now < end:
                self.send(number, now)


def flood(port: int, streams: Sequence[Stream], seconds: float) -> Mapping[str, Outcome]:
    """Send requests to a server on this machine from a process of its own; return what became.

    The outcomes have the names of their streams.
    """
    given = {
        "port": port,
        "seconds": seconds,
        "streams": [[one.name, list(one.paths), one.rate, one.connections] for one in streams],
    }
    done = subprocess.run(
        [sys.executable, "-m", "tests.api.flood"],
        cwd=ROOT,
        input=json.dumps(given),
        capture_output=True,
        text=True,
        timeout=seconds + 60,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(done.stderr)
    told = json.loads(done.stdout)
    return {one.name: Outcome(**told[number]) for number, one in enumerate(streams)}


def at(times: Sequence[float], share: float) -> float:
    """Return the time that a share of sorted times does not exceed; 0 when there are none."""
    return times[min(len(times) - 1, int(len(times) * share))] if times else 0.0


def _main(given: dict[str, Any]) -> None:
    streams = [Stream(*one) for one in given["streams"]]
    outcomes = _Flood(given["port"], streams, given["seconds"]).run()
    told = [{name: getattr(one, name) for name in Outcome.__slots__} for one in outcomes]
    json.dump(told, sys.stdout)


if __name__ == "__main__":
    _main(json.load(sys.stdin))
