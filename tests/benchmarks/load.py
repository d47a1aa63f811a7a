"""Sends requests over kept-alive connections as fast as replies come, and counts them.

In a process of its own, so that a figure is the server's. wrk does it where it is installed, for it
is fast enough to be no part of the figure; elsewhere a generator with nothing but the standard
library.
"""

from __future__ import annotations

import json
import math
import re
import selectors
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from itertools import cycle
from pathlib import Path
from tempfile import NamedTemporaryFile

ROOT = Path(__file__).parents[2]
CONNECTIONS = 32
WARM_UP = 0.15
"""How long requests are sent before they are counted, in seconds."""
WRK = shutil.which("wrk")
"""The generator that is used; None: it is not installed, and the one here is used."""
GENERATOR = "wrk" if WRK else "the generator of tests/benchmarks, for wrk is not installed"
_SCRIPT = """
wrk.headers["Accept"] = "application/json"
local paths, requests, at = {%s}, {}, 0
init = function() for i, path in ipairs(paths) do requests[i] = wrk.format("GET", path) end end
request = function() at = at %% #requests + 1 return requests[at] end
"""
_RATE = re.compile(r"Requests/sec: +([0-9.]+)")
_ANSWERED = re.compile(r"([0-9]+) requests in ")
_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)


class _Connection:
    """One request at a time."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=10)
        self.socket.settimeout(None)  # with one, each send and each receive is two system calls
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._received = b""

    def is_answered(self) -> bool:
        """Read what came; return whether the reply is whole. Raises OSError for a bad one."""
        piece = self.socket.recv(65_536)  # more would be a new mapping of memory each time
        if not piece:
            raise OSError("the server closed a connection")
        received = self._received + piece if self._received else piece
        end = received.find(b"\r\n\r\n")
        self._received = received
        if end < 0:
            return False
        if not received.startswith(b"HTTP/1.1 200 "):
            raise OSError(f"the server answered {received[:80]!r}")
        length = _LENGTH.search(received, 0, end)
        if length is None:
            raise OSError("the server does not say how long its reply is")
        if len(received) < end + 4 + int(length[1]):
            return False
        self._received = b""
        return True


def send(port: int, paths: Sequence[str], seconds: float) -> tuple[float, int]:
    """Return how many requests a second a server on this machine answers, and how many it did.

    Paths are asked for in turn. Raises OSError when a reply is anything but 200.
    """
    requests = cycle(
        f"GET {one} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAccept: application/json\r\n\r\n".encode()
        for one in paths
    )
    with selectors.DefaultSelector() as selector:
        for _ in range(CONNECTIONS):
            connection = _Connection(port)
            selector.register(connection.socket, selectors.EVENT_READ, connection)
            connection.socket.sendall(next(requests))
        try:
            before, _ = _count(selector, requests, WARM_UP)
            answered, taken = _count(selector, requests, seconds)
        finally:
            for key in list(selector.get_map().values()):
                key.data.socket.close()
    return answered / taken, before + answered


def _count(
    selector: selectors.BaseSelector, requests: Iterator[bytes], seconds: float
) -> tuple[int, float]:
    answered = 0
    started = time.perf_counter()
    end = started + seconds
    while (now := time.perf_counter()) < end:
        for key, _ in selector.select(timeout=1):
            if key.data.is_answered():
                answered += 1
                key.data.socket.sendall(next(requests))
    return answered, now - started


def load(port: int, paths: Sequence[str], seconds: float) -> tuple[float, int]:
    """Return what `send` returns, measured in a process of its own; wrk counts in whole seconds."""
    if WRK is not None:
        return _by_wrk(WRK, port, paths, math.ceil(seconds))
    command = [sys.executable, "-m", "tests.benchmarks.load"]
    rate, answered = json.loads(_output(command, json.dumps([port, list(paths), seconds])))
    return rate, answered


def _by_wrk(wrk: str, port: int, paths: Sequence[str], seconds: int) -> tuple[float, int]:
    with NamedTemporaryFile("w", suffix=".lua", encoding="utf-8") as script:
        script.write(_SCRIPT % ",".join(json.dumps(one) for one in paths))
        script.flush()
        options = ["-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "-s", script.name]
        told = _output([wrk, *options, f"http://127.0.0.1:{port}"], "")
    rate, answered = _RATE.search(told), _ANSWERED.search(told)
    if rate is None or answered is None or "Non-2xx" in told or "Socket errors" in told:
        raise RuntimeError(told)
    return float(rate[1]), int(answered[1])


def _output(command: Sequence[str], given: str) -> str:
    done = subprocess.run(
        command, cwd=ROOT, input=given, capture_output=True, text=True, timeout=60, check=False
    )
    if done.returncode:
        raise RuntimeError(done.stderr)
    return done.stdout


if __name__ == "__main__":
    print(json.dumps(send(*json.load(sys.stdin))))
