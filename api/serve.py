"""Serves pages or built generations until a signal to end arrives: site and API at one address.

Knows how the parts run side by side, and neither HTTP nor pages.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import socket
import tempfile
from collections.abc import Callable, Coroutine, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any, Protocol

from api.admin import create_admin
from api.app import create_app, with_front
from api.events import Logged
from api.follower import Follower
from api.heap import resume
from api.keeper import Events, Keeper, SiteCommand, Source
from api.logs import journal, lines_at_once
from api.metrics import SHARED_FOLDER, share
from api.schemas.links import Links
from api.server import SHUTDOWN, Server
from api.settings import Settings
from api.state import State
from api.supervisor import Supervisor
from kb import GenerationStore


class Content(Protocol):
    """What keeps the content fresh while it is served."""

    has_read: asyncio.Event
    """Set when there is content, or a reason why there is none."""

    def tasks(self) -> Sequence[Callable[[], Coroutine[Any, Any, None]]]:
        """Return what runs beside the server, for ever."""
        ...


ACCEPTED_AT_ONCE = 8
"""How many new connections are taken before the loop does other things. Of one socket it takes one,
and does a stretch of work then: of a crowd that comes at once the last would wait for a second."""
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

    def keeper(state: State, links: Links, told: Events) -> Keeper:
        source = Source(docs_dir.absolute(), site_command, Path(folder), chosen.rebuild_delay_ms)
        return Keeper(state, links, source, told)

    with tempfile.TemporaryDirectory(prefix="clusterkb-", ignore_cleanup_errors=True) as folder:
        _serve(keeper, host, port, events, chosen)


def serve_built(
    generation_dir: Path,
    host: str,
    port: int,
    events: Events,
    *,
    settings: Settings | None = None,
    workers: int = 1,
) -> int:
    """Serve what is published in a folder of generations; return the exit code after a signal.

    No page is read. Several workers need a system that can fork; they share the admin port, where
    one of them answers. Raises OSError when an address cannot be listened on.
    """
    chosen = settings or Settings()

    def follower(state: State, links: Links, told: Events) -> Follower:
        return Follower(state, links, GenerationStore(generation_dir), told)

    if workers == 1:
        _serve(follower, host, port, events, chosen)
        return 0
    with (
        lines_at_once(chosen),
        contextlib.closing(_listen(host, port)) as listener,
        _admin_listener(chosen) as admin_listener,
        _shared_counts(needed=admin_listener is not None),
    ):

        def work(shared: socket.socket, tell: Callable[[], None]) -> None:
            _serve_on(shared, admin_listener, follower, events, chosen, lambda _: tell())

        grace = chosen.drain_seconds + SHUTDOWN + 2
        to_whom = Logged() if chosen.log_format == "json" else events
        told = partial(_tell_addresses, to_whom, listener, admin_listener)
        return Supervisor(work, workers, listener, grace, told).run()


def _serve(
    content_for: Callable[[State, Links, Events], Content],
    host: str,
    port: int,
    events: Events,
    settings: Settings,
) -> None:
    with (
        contextlib.closing(_listen(host, port)) as listener,
        _admin_listener(settings) as admin_listener,
    ):

        def tell(told: Events) -> None:
            _tell_addresses(told, listener, admin_listener)

        _serve_on(listener, admin_listener, content_for, events, settings, tell)


def _tell_addresses(
    events: Events, listener: socket.socket, admin_listener: socket.socket | None
) -> None:
    events.listening(_address(listener))
    if admin_listener is not None:
        events.admin_listening(_address(admin_listener))


def _serve_on(
    listener: socket.socket,
    admin_listener: socket.socket | None,
    content_for: Callable[[State, Links, Events], Content],
    events: Events,
    settings: Settings,
    tell: Callable[[Events], None],
) -> None:
    """Serve at sockets that listen already; `tell` is called when requests are answered."""
    with journal(settings) as lines:
        if lines is not None:
            events = Logged()
        app = create_app(settings)
        metrics, links = app.state.metrics, app.state.links
        content = content_for(app.state.serving, links, events)
        front = with_front(app, lines)
        server = Server(
            front,
            settings,
            partial(tell, events),
            metrics.refused,
            app.state.lanes,
            app.state.serving.drain,
            front,
        )
        beside = list(content.tasks())
        if admin_listener is not None:
            admin = create_admin(app.state.serving, metrics, links)
            admin_server = Server(admin, settings, lambda: None, metrics.refused)
            beside.append(partial(admin_server.serve, sockets=[admin_listener]))
        with (
            contextlib.closing(app.state.gaps),
            asyncio.Runner(loop_factory=server.config.get_loop_factory()) as runner,
        ):
            runner.run(_run(server, listener, content, beside))


async def _run(
    server: Server,
    listener: socket.socket,
    content: Content,
    beside: Sequence[Callable[[], Coroutine[Any, Any, None]]],
) -> None:
    """Serve until a signal arrives; what runs beside it ends with it."""
    background = [asyncio.create_task(one()) for one in beside]
    for task in background:
        task.add_done_callback(_tell_of_fault)
        task.add_done_callback(lambda _: content.has_read.set())
    try:
        with server.until_signal():
            may_begin = await server.may_begin(content.has_read)
            resume()
            if may_begin:
                await server.serve(sockets=doors(listener))
    finally:
        for task in background:
            task.cancel()
        await asyncio.gather(*background, return_exceptions=True)


def doors(listener: socket.socket) -> list[socket.socket]:
    """Return a listening socket under as many numbers as connections are accepted at once."""
    return [listener, *(listener.dup() for _ in range(ACCEPTED_AT_ONCE - 1))]


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


def _admin_listener(settings: Settings) -> contextlib.AbstractContextManager[socket.socket | None]:
    """Return the socket of those who run the service; None where they have none. Raises OSError."""
    if settings.admin_port is None:
        return contextlib.nullcontext()
    return contextlib.closing(_listen(settings.admin_host, settings.admin_port))


@contextlib.contextmanager
def _shared_counts(*, needed: bool) -> Iterator[None]:
    """Have the workers count together, so that each shows the metrics of all."""
    if not needed or SHARED_FOLDER in os.environ:
        yield
        return
    try:
        folder = tempfile.TemporaryDirectory(prefix="clusterkb-", ignore_cleanup_errors=True)
    except OSError as error:
        _LOG.warning("/metrics counts for one worker alone: no folder to count in (%s)", error)
        yield
        return
    with folder as name:
        share(Path(name))
        yield


def _address(listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    return f"http://{f'[{host}]' if ':' in host else host}:{port}"
