"""A real server in a process of its own, as a person would start it."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import httpx

ROOT = Path(__file__).parent.parent.parent
DOCS = ROOT / "docs"
K0 = ROOT / "tests" / "knowledge_bases" / "k0" / "docs"
SERVE = (sys.executable, "-m", "kb.cli", "serve", "--port", "0")
_ADDRESS = re.compile(r"http://(?P<host>[\d.]+):(?P<port>\d+)")


class Running:
    """A server that answers; what it wrote is in `lines`."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process
        self.lines: list[str] = []
        self._answering = threading.Event()
        self.port = 0
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stderr is not None
        for line in self.process.stderr:
            self.lines.append(line.rstrip())
            found = _ADDRESS.search(line)
            if found and not self.port:
                self.port = int(found["port"])
                self._answering.set()
        self._answering.set()

    def wait(self, seconds: float = 30) -> None:
        """Wait until the server says where it answers."""
        assert self._answering.wait(seconds), self.lines
        assert self.port, "\n".join(self.lines)

    @property
    def address(self) -> str:
        """What the paths of requests are appended to."""
        return f"http://127.0.0.1:{self.port}"

    def client(self, **options: Any) -> httpx.Client:
        """Return a client of this server; it sends no Accept header of its own."""
        client = httpx.Client(base_url=self.address, timeout=20, trust_env=False, **options)
        client.headers["accept"] = "*/*"
        return client

    def raw(self, request: bytes, seconds: float = 10) -> bytes:
        """Send bytes as they are; return all that comes back until the connection ends or rests."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=seconds) as connection:
            connection.sendall(request)
            return drained(connection)

    def exchange(self, request: str | bytes) -> httpx.Response:
        """Send bytes as they are and return the first reply."""
        return parsed(self.raw(request.encode("utf-8") if isinstance(request, str) else request))

    def stop(self) -> int:
        """End the server as a service manager does, and return its exit code."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        code = self.process.wait(30)
        self._reader.join(10)
        assert self.process.stderr is not None
        self.process.stderr.close()
        return code


def parsed(reply: bytes) -> httpx.Response:
    """Return a reply that came as bytes."""
    head, _, body = reply.partition(b"\r\n\r\n")
    status, *lines = head.decode("latin-1").split("\r\n")
    headers = [line.split(": ", 1) for line in lines]
    return httpx.Response(
        int(status.split()[1]), headers=[(name, value) for name, value in headers], content=body
    )


def drained(connection: socket.socket) -> bytes:
    """Return what a connection gives until it ends, or gives nothing for half a second."""
    connection.settimeout(0.5)
    found = b""
    try:
        while piece := connection.recv(65536):
            found += piece
    except (TimeoutError, ConnectionResetError):
        pass
    return found


def serving(docs_dir: Path, **settings: str) -> AbstractContextManager[Running]:
    """Start a server on a folder of pages, and end it."""
    return started("--docs-dir", str(docs_dir), **settings)


def started(*options: str, **settings: str) -> AbstractContextManager[Running]:
    """Start `kb serve` with these options on a free port, and end it."""
    return launched(*SERVE, *options, **settings)


@contextmanager
def launched(*command: str, **settings: str) -> Iterator[Running]:
    """Start a command that serves, wait until it answers, and end it."""
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env={**os.environ, "PYTHONUNBUFFERED": "1", "KB_DRAIN_SECONDS": "0", **settings},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    running = Running(process)
    try:
        running.wait()
        yield running
    finally:
        running.stop()


def bounded(*command: str) -> list[str]:
    """Return a command that runs another without the rights over files that only root has."""
    if os.geteuid() != 0:
        return list(command)
    without = ("--bounding-set=-dac_override,-dac_read_search", "--inh-caps=-all")
    return ["setpriv", *without, *command]


def until(holds: Callable[[], bool], seconds: float = 30) -> None:
    """Wait until something holds."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "it never came to hold"
        time.sleep(0.05)


def site_is_ready(client: httpx.Client) -> bool:
    """Whether the site is being served."""
    status: str = client.get("/readyz").json()["site"]["status"]
    assert status != "failed"
    return status == "ready"
