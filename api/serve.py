"""Serves a folder of pages until a signal to end arrives: site and API at one address.

Owns the server: its socket, its connections, its way in and out.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import signal
import socket
import tempfile
import threading
import uuid
from collections.abc import Callable, Iterator
from http import HTTPStatus
from pathlib import Path

import uvicorn
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from api.app import create_app
from api.keeper import Events, Keeper, SiteCommand, Source
from api.problems import ProblemError
from api.replies import refusal
from api.schemas.links import Links
from api.settings import Settings

SHUTDOWN = 10
"""How long requests in flight may take after the signal to end, in seconds."""
MALFORMED = "It is no HTTP/1.1, or its address has letters that are not percent-encoded."

_LOG = logging.getLogger("clusterkb.serve")


def serve(
    docs_dir: Path,
    host: str,
    port: int,
    events: Events,
    *,
    settings: Settings | None = None,
    site_command: SiteCommand | None = None,
) -> None:
    """Serve the pages below a folder until a signal to end arrives.

    Port 0 takes any that is free. Without `site_command` there is no site, only the API. Raises
    OSError when the address cannot be listened on.
    """
    chosen = settings or Settings()
    with (
        contextlib.closing(_listen(host, port)) as listener,
        tempfile.TemporaryDirectory(prefix="clusterkb-", ignore_cleanup_errors=True) as folder,
    ):
        app = create_app(chosen)
        config = uvicorn.Config(
            app,
            http=_protocol(Links(chosen.base_url), chosen.max_header_bytes),
            ws="none",
            lifespan="off",
            log_config=None,
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=SHUTDOWN,
        )
        logging.getLogger("uvicorn").setLevel(logging.ERROR)
        source = Source(docs_dir.absolute(), site_command, Path(folder), chosen.rebuild_delay_ms)
        keeper = Keeper(app.state.serving, Links(chosen.base_url), source, events)
        with asyncio.Runner(loop_factory=config.get_loop_factory()) as runner:
            server = _Server(config, lambda: events.listening(_address(listener)))
            runner.run(_run(server, listener, keeper))


async def _run(server: _Server, listener: socket.socket, keeper: Keeper) -> None:
    """Serve until a signal arrives; what keeps the content fresh ends with it."""
    background = [
        asyncio.create_task(keeper.watch()),
        asyncio.create_task(keeper.follow()),
        asyncio.create_task(keeper.build_sites()),
    ]
    for task in background:
        task.add_done_callback(_tell_of_fault)
    try:
        with server.until_signal():
            await keeper.has_read.wait()
            await server.serve(sockets=[listener])
    finally:
        for task in background:
            task.cancel()
        await asyncio.gather(*background, return_exceptions=True)


def _tell_of_fault(task: asyncio.Task[None]) -> None:
    """Write a fault of a background task to the log: the server goes on with what it has."""
    if not task.cancelled() and task.exception() is not None:
        _LOG.error("the pages are no longer followed", exc_info=task.exception())


def _listen(host: str, port: int) -> socket.socket:
    """Return a socket that listens already, so that clients wait for the first build.

    Raises OSError.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    return socket.create_server((host, port), family=family, backlog=2048)


def _address(listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    return f"http://{f'[{host}]' if ':' in host else host}:{port}"


class _Server(uvicorn.Server):
    """Says when it answers, and after a signal ends like a program that is done."""

    def __init__(self, config: uvicorn.Config, tell: Callable[[], None]) -> None:
        super().__init__(config)
        self._tell = tell

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
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


def _protocol(links: Links, most_header_bytes: int) -> type[HttpToolsProtocol]:
    """Return the protocol of connections, which tells problems where no request can be made."""

    class Connection(HttpToolsProtocol):
        """HTTP/1.1; refuses what cannot be parsed, and heads that never end."""

        _in_head = False
        _head_bytes = 0

        def on_message_begin(self) -> None:
            self._in_head = True
            self._head_bytes = 0
            super().on_message_begin()

        def on_headers_complete(self) -> None:
            self._in_head = False
            super().on_headers_complete()

        def data_received(self, data: bytes) -> None:
            super().data_received(data)
            if self._in_head:
                self._head_bytes += len(data)
                if self._head_bytes > 4 * most_header_bytes and not self.transport.is_closing():
                    self._refuse("headers-too-large", "The header does not end.")

        def send_400_response(self, msg: str) -> None:  # noqa: ARG002 - uvicorn's words
            self._refuse("malformed-http", MALFORMED)

        def _refuse(self, slug: str, detail: str) -> None:
            response = refusal(ProblemError(slug, detail), uuid.uuid4().hex, links)
            head = [f"HTTP/1.1 {response.status_code} {HTTPStatus(response.status_code).phrase}"]
            head += [f"{name.decode()}: {value.decode()}" for name, value in response.raw_headers]
            head += ["connection: close", "", ""]
            self.transport.write("\r\n".join(head).encode("latin-1") + bytes(response.body))
            self.transport.close()

    return Connection
