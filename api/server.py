"""The server below the application: its connections, and how it begins and ends.

Owns uvicorn. What cannot be read as a request is told here, as a problem like everything else; what
can be read is the gate's.
"""

from __future__ import annotations

import contextlib
import logging
import signal
import socket
import threading
import uuid
from collections.abc import Callable, Iterator
from http import HTTPStatus

import uvicorn
from fastapi import FastAPI
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

from api.problems import ProblemError
from api.replies import refusal
from api.schemas.links import Links
from api.settings import Settings

SHUTDOWN = 10
"""How long requests in flight may take after the signal to end, in seconds."""
MALFORMED = "It is no HTTP/1.1, or its address has letters that are not percent-encoded."


class Server(uvicorn.Server):
    """Says when it answers, and after a signal ends like a program that is done."""

    def __init__(self, app: FastAPI, settings: Settings, tell: Callable[[], None]) -> None:
        logging.getLogger("uvicorn").setLevel(logging.ERROR)
        super().__init__(
            uvicorn.Config(
                app,
                http=_connection(settings),
                ws="none",
                lifespan="off",
                log_config=None,
                access_log=False,
                server_header=False,
                timeout_graceful_shutdown=SHUTDOWN,
            )
        )
        self._tell = tell

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to answer, and say so."""
        await super().startup(sockets=sockets)
        self._tell()

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave the signals to `until_signal`: uvicorn would raise them again at the end."""
        yield

    @contextlib.contextmanager
    def until_signal(self) -> Iterator[None]:
        """Take a signal to end for the wish to finish what is being done, and then to end."""
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        before = {
            one: signal.signal(one, self.handle_exit) for one in (signal.SIGINT, signal.SIGTERM)
        }
        try:
            yield
        finally:
            for one, handler in before.items():
                signal.signal(one, handler)


def _connection(settings: Settings) -> type[HttpToolsProtocol]:
    """Return the protocol of connections under these settings: uvicorn makes them itself."""

    class Configured(Connection):
        limits = settings
        links = Links(settings.base_url)

    return Configured


class Connection(HttpToolsProtocol):
    """HTTP/1.1; refuses what cannot be parsed, and what has no end."""

    limits: Settings
    links: Links
    url = b""
    _unread = 0
    """How much has come of a message since the last piece of its body that was asked for."""

    def on_message_begin(self) -> None:
        """Begin to count."""
        self._unread = 0
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        """Take the host in a whole address for a Host header: if they differ there are two."""
        host = self.url.partition(b"://")[2].partition(b"/")[0]
        if host and not self.url.startswith(b"/") and (b"host", host) not in self.headers:
            self.headers.append((b"host", host))
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        """Count anew: how long a body may be is the gate's matter, until it has replied."""
        if not self.cycle.response_complete:
            self._unread = 0
        super().on_body(body)

    def data_received(self, data: bytes) -> None:
        """Parse what has come, and end what has no end: a header, a trailer, an unread body."""
        self._unread += len(data)
        super().data_received(data)
        most_bytes = 4 * self.limits.max_header_bytes + self.limits.max_body_bytes
        if self._unread > most_bytes and not self.transport.is_closing():
            self._refuse("headers-too-large", "The header does not end.")

    def send_400_response(self, msg: str) -> None:  # noqa: ARG002 - uvicorn's words
        """Refuse what the parser could not read."""
        self._refuse("malformed-http", MALFORMED)

    def _refuse(self, slug: str, detail: str) -> None:
        """End the connection, with a problem where no other reply is being sent."""
        latest: RequestResponseCycle | None = self.cycle
        if latest is not None and latest.scope is not self.scope:
            if not latest.response_complete:
                latest.keep_alive = False  # a request before this one: it still has its reply
                self.flow.pause_reading()
                return
        elif self.pipeline or (latest is not None and latest.response_started):
            self.transport.close()
            return
        if len(self.url) > self.limits.max_url_bytes:
            slug, detail = "uri-too-long", "The address does not end."
        response = refusal(ProblemError(slug, detail), uuid.uuid4().hex, self.links)
        head = [f"HTTP/1.1 {response.status_code} {HTTPStatus(response.status_code).phrase}"]
        head += [f"{name.decode()}: {value.decode()}" for name, value in response.raw_headers]
        head += ["connection: close", "", ""]
        self.transport.write("\r\n".join(head).encode("latin-1") + bytes(response.body))
        self.transport.close()
