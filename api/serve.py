"""Serves a folder of pages until a signal to end arrives: site and API at one address.

Knows how the parts run side by side, and neither HTTP nor pages.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import socket
import tempfile
from pathlib import Path

from api.app import create_app
from api.keeper import Events, Keeper, SiteCommand, Source
from api.schemas.links import Links
from api.server import Server
from api.settings import Settings

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
        source = Source(docs_dir.absolute(), site_command, Path(folder), chosen.rebuild_delay_ms)
        keeper = Keeper(app.state.serving, Links(chosen.base_url), source, events)
        server = Server(app, chosen, lambda: events.listening(_address(listener)))
        with asyncio.Runner(loop_factory=server.config.get_loop_factory()) as runner:
            runner.run(_run(server, listener, keeper))


async def _run(server: Server, listener: socket.socket, keeper: Keeper) -> None:
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
