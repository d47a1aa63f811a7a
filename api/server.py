"""The server below the application: its connections, and how it begins and ends.

Owns uvicorn. What cannot be read as a request is told here, as a problem like everything else; what
can be read is the gate's.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import re
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator
from types import FrameType

import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

from api.gate import new_id
from api.lanes import Lanes, Place, give_way
from api.problems import ProblemError
from api.quick import Quick
from api.schemas.links import Links
from api.settings import Settings
from api.shedding import END, Shedding, written
from api.supervisor import RETIRE

SHUTDOWN = 10
"""How long requests in flight may take after the signal to end, in seconds."""
_PROBES = (b"GET /livez ", b"GET /readyz ", b"HEAD /livez ", b"HEAD /readyz ")
_UPGRADE = re.compile(rb"\r\n[Uu][Pp][Gg][Rr][Aa][Dd][Ee](?=:)")
MALFORMED = (
    "It is no HTTP/1.1, its method is unknown, or its address has letters that are not"
    " percent-encoded."
)


class Server(uvicorn.Server):
    """Says when it answers, and after a signal ends like a program that is done."""

    def __init__(
        self,
        app: ASGIApp,
        settings: Settings,
        tell: Callable[[], None],
        refused: Callable[[str], None],
        lanes: Lanes | None = None,
        drain: Callable[[], None] = lambda: None,
        quick: Quick | None = None,
    ) -> None:
        logging.getLogger("uvicorn").setLevel(logging.ERROR)
        super().__init__(
            uvicorn.Config(
                app,
                http=_connection(settings, refused, lanes, quick, lambda: self._end is not None),
                ws="none",
                lifespan="off",
                log_config=None,
                access_log=False,
                server_header=False,
                proxy_headers=False,  # whoever needs the client's address reads it himself
                timeout_graceful_shutdown=SHUTDOWN,
            )
        )
        self._tell = tell
        self._drain = drain
        self._is_watched = sys.stderr is not None and sys.stderr.isatty()
        self._drain_seconds = 0.0 if self._is_watched else settings.drain_seconds
        self._end: float | None = None
        """When no more requests are taken, on the monotonic clock; None: there was no signal."""
        self._is_replaced = False
        """Whether another process accepts connections: here only those there are go on."""
        give_way()

    async def may_begin(self, ready: asyncio.Event) -> bool:
        """Wait for what is to be served; return whether it came before a signal to end."""
        while self._end is None and not ready.is_set():
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(ready.wait(), 0.1)
        return self._end is None

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to answer, and say so."""
        await super().startup(sockets=sockets)
        self._tell()

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:  # noqa: ARG002 - Python's call
        """Be about to end; at a second signal end at once, whatever has been begun."""
        if self._end is not None:
            self.force_exit = self.should_exit = True
            return
        is_at_once = sig == signal.SIGINT
        self._end = time.monotonic() + (0 if is_at_once else self._drain_seconds)
        if sig == RETIRE:
            self._is_replaced = True
        else:
            self._drain()

    async def on_tick(self, counter: int) -> bool:
        """Return whether it is time to end; called ten times a second."""
        if self._is_replaced:
            for one in self.servers:
                one.close()
        if counter % 10 == 0:
            now = time.monotonic()
            for connection in list(self.server_state.connections):
                if isinstance(connection, Connection):
                    connection.check(now)
        is_over = self._end is not None and time.monotonic() >= self._end
        return await super().on_tick(counter) or is_over

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
            one: signal.signal(one, self.handle_exit)
            for one in {signal.SIGINT, signal.SIGTERM, RETIRE}
        }
        if not self._is_watched and hasattr(signal, "SIGHUP"):
            # "Read your settings again", said by those who manage services: there is nothing to do.
            before[signal.SIGHUP] = signal.signal(signal.SIGHUP, signal.SIG_IGN)
        try:
            yield
        finally:
            for one, handler in before.items():
                signal.signal(one, handler)


def _connection(
    settings: Settings,
    told: Callable[[str], None],
    lanes: Lanes | None,
    ready: Quick | None,
    about_to_end: Callable[[], bool],
) -> type[HttpToolsProtocol]:
    """Return the protocol of connections under these settings: uvicorn makes them itself."""

    class Configured(Connection):
        limits = settings
        most_bytes = 4 * settings.max_header_bytes + settings.max_body_bytes
        links = Links(settings.base_url)
        refused = staticmethod(told)
        is_ending = staticmethod(about_to_end)
        shedding = Shedding(lanes, links) if lanes is not None else None
        quick = ready

    return Configured


class Connection(HttpToolsProtocol):
    """HTTP/1.1; refuses what cannot be parsed, and what has no end."""

    limits: Settings
    most_bytes: int
    """How much may come of a message before a piece of its body is asked for."""
    links: Links
    refused: Callable[[str], None]
    """Told the type of each refusal here: the application never sees these requests."""
    shedding: Shedding | None
    quick: Quick | None
    is_ending: Callable[[], bool]
    """Whether the process is about to end, so that clients had better make new connections."""
    url = b""
    _unread = 0
    """How much has come of a message since the last piece of its body that was asked for."""
    _is_within = False
    """Whether a request has begun to come and is not whole."""
    _since: float | None = None
    """Since when a request is waited for, on the monotonic clock; None: none is, or uvicorn waits
    for the next one."""
    _resting_since: float | None = None
    """Since when another request may come after a reply that was given here; None: one has."""
    _unread_since: float | None = None
    """Since when the client leaves unread what waits to be sent; None: it does not."""
    _before: RequestResponseCycle | None = None
    """The request before the one whose head came last."""
    _is_surplus = False
    """Whether there were too many connections when this one was made."""
    _whole = b""
    """The bytes of the request that is coming, where they came at once and hold nothing else."""
    _place: Place | None = None
    """Where the request goes that is being answered."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override] # as uvicorn
        """Begin to wait for a request."""
        super().connection_made(transport)
        self._since = time.monotonic()
        self._is_surplus = len(self.connections) > self.limits.max_connections

    def check(self, now: float) -> None:
        """End the connection where the client takes too long; called once a second."""
        if self._since is not None and now - self._since > self.limits.receive_seconds:
            self._since = None
            seconds = self.limits.receive_seconds
            if self._is_within:
                self._refuse("request-timeout", f"It is not whole after {seconds:g} seconds.")
            else:
                self.transport.close()
        rest = 0.0 if self._resting_since is None else now - self._resting_since
        if rest > self.timeout_keep_alive:
            self.transport.close()
        if not self.flow.write_paused:
            self._unread_since = None
        elif self._unread_since is None:
            self._unread_since = now
        elif now - self._unread_since > self.limits.send_seconds:
            self.transport.abort()

    def on_message_begin(self) -> None:
        """Begin to count."""
        self._since = self._since or time.monotonic()
        self._resting_since = None
        self._unread = 0
        self._is_within = True
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        """Take the host in a whole address for a Host header: if they differ there are two."""
        if not self.url.startswith(b"/"):
            host = self.url.partition(b"://")[2].partition(b"/")[0]
            if host and (b"host", host) not in self.headers:
                self.headers.append((b"host", host))
        if self._is_answered():
            return
        self.scope["state"]["place"] = self._place
        self._before = self.cycle
        super().on_headers_complete()
        self.headers = []  # for the fields of a trailer: they are no part of the head
        if self.is_ending():
            self.cycle.keep_alive = False

    def on_body(self, body: bytes) -> None:
        """Count anew: how long a body may be is the gate's matter, until it has replied."""
        if not self.cycle.response_complete:
            self._unread = 0
        super().on_body(body)

    def on_message_complete(self) -> None:
        """Know that the next bytes are another request."""
        self._is_within = False
        self._since = None
        if self._is_due():
            super().on_message_complete()
        else:
            self._wait_for_more()

    def data_received(self, data: bytes) -> None:
        """Parse what has come, and end what has no end: a header, a trailer, an unread body."""
        if self._is_surplus and not data.startswith(_PROBES):
            self._refuse("overloaded", "There are too many connections.")
            return
        if self._is_between():
            data = without_upgrade(data)
            is_alone = data.endswith(END) and data.find(END) == len(data) - len(END)
            self._whole = data if is_alone else b""
            if self._is_known():
                return
            if self.shedding is not None and not self.is_ending():
                verdict = self.shedding.judge(data)
                if isinstance(verdict, bytes):
                    self.transport.write(verdict)
                    self._wait_for_more()
                    return
                self._place = verdict
        else:
            self._whole = b""
        self._unread += len(data)
        super().data_received(data)
        if self._unread > self.most_bytes and not self.transport.is_closing():
            self._refuse("headers-too-large", "The header does not end.")
        elif self._is_between() and self._since is self._resting_since is None:
            self._since = time.monotonic()  # bytes that begin nothing

    def send_400_response(self, msg: str) -> None:  # noqa: ARG002 - uvicorn's words
        """Refuse what the parser could not read."""
        self._refuse("malformed-http", MALFORMED)

    def _is_due(self) -> bool:
        """Whether a reply has yet to come from the application."""
        latest: RequestResponseCycle | None = self.cycle
        return latest is not None and not latest.response_complete

    def _is_between(self) -> bool:
        """Whether what comes now is the beginning of a request, and no reply is due."""
        return not self._is_within and not self._is_due()

    def _is_known(self) -> bool:
        """Whether the reply to the request in these bytes was ready, and is sent."""
        if self.quick is None or self.flow.write_paused or self.is_ending():
            return False
        reply = self.quick.again(self._whole, self.server_state.default_headers)
        if reply is None:
            return False
        self.transport.write(reply)
        self._wait_for_more()
        return True

    def _is_answered(self) -> bool:
        """Whether the reply to the request whose headers have come was ready, and is sent."""
        if self.quick is None or self._is_due() or self.flow.write_paused or self.is_ending():
            return False
        parser = self.parser
        if parser.get_http_version() != "1.1" or not parser.should_keep_alive():
            return False
        added = self.server_state.default_headers
        method = parser.get_method()
        reply = self.quick.answer(method, self.url, self.headers, added, self._whole)
        if reply is None:
            return False
        self.transport.write(reply)
        if self._place is not None:
            self._place.leave()
        return True

    def on_response_complete(self) -> None:
        """Give back the place of a request that had another end than in its lane."""
        if self._place is not None:
            self._place.leave()
        super().on_response_complete()

    def connection_lost(self, exc: Exception | None) -> None:
        """Give back the place of a request whose reply nobody waits for."""
        if self._place is not None:
            self._place.forsake()
        super().connection_lost(exc)

    def _wait_for_more(self) -> None:
        """Wait for another request as after a reply of the application, without a timer of its own.

        Where a reply takes a few microseconds, setting and ending a timer is a tenth of it.
        """
        self._unset_keepalive_if_required()
        self._resting_since = time.monotonic()

    def _refuse(self, slug: str, detail: str) -> None:
        """End the connection, with a problem where no other reply is being sent."""
        if self.pipeline and self.pipeline[0][0].scope is self.scope:
            self.pipeline.popleft()  # its head was whole, so it waits for its turn
            self.cycle = self._before  # type: ignore[assignment] # as it is at first
        latest: RequestResponseCycle | None = self.cycle
        if latest is not None and latest.scope is not self.scope:
            if not latest.response_complete:
                latest.keep_alive = False  # a request before this one: it still has its reply
                self.flow.pause_reading()
                return
        elif latest is not None and latest.response_started:
            self.transport.close()
            return
        if len(self.url) > self.limits.max_url_bytes:
            slug, detail = "uri-too-long", "The address does not end."
        self.refused(slug)
        retry = {"Retry-After": "1"} if slug == "overloaded" else {}
        headers = {**retry, "Connection": "close"}
        problem = ProblemError(slug, detail, headers=headers)
        self.transport.write(written(problem, new_id(), self.links))
        self.transport.close()


def without_upgrade(data: bytes) -> bytes:
    """Return the beginning of a request, its wish for another protocol under a name nobody reads.

    There is no other protocol here, and the parser takes what follows such a head, even the body,
    for part of it.

    >>> without_upgrade(b"POST / HTTP/1.1\\r\\nUpgrade: h2c\\r\\n\\r\\n")
    b'POST / HTTP/1.1\\r\\nNo-Upgrade: h2c\\r\\n\\r\\n'
    """
    if b"\r\nupgrade:" not in data.lower():
        return data
    head, end, rest = data.partition(b"\r\n\r\n")
    return _UPGRADE.sub(b"\r\nNo-Upgrade", head) + end + rest
