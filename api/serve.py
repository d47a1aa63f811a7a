"""Serves a folder of pages: builds knowledge base and site, and both again when a page changes.

Owns the server and the watching of files. Requests never wait for a build and never fail for one:
the generation before is served until the next one is whole, also when an edit has errors.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import shutil
import signal
import socket
import tempfile
import threading
import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path
from typing import Protocol

import uvicorn
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from watchfiles import Change, DefaultFilter, awatch

from api.app import create_app
from api.problems import ProblemError
from api.replies import refusal
from api.schemas.links import Links
from api.settings import Settings
from api.site import Site
from api.state import Generation, Refusal, State
from kb import CompilationError, KnowledgeBase

CONFIGURATION = ("mkdocs.yml", "mkdocs.yaml")
"""Files beside the pages that change the site."""
GRACE = 30.0
"""How long a replaced generation is kept for requests that still read it, in seconds."""
SHUTDOWN = 10
"""How long requests in flight may take after the signal to end, in seconds."""
MOST_OUTPUT = 4_000
"""How much of a failed site build's output is told, in characters from its end."""
MALFORMED = "It is no HTTP/1.1, or its address has letters that are not percent-encoded."

_LOG = logging.getLogger("clusterkb.serve")

SiteCommand = Callable[[Path], Sequence[str]]
"""From the folder to write to, to the command that builds the site into it."""


class Events(Protocol):
    """What somebody is told who watches the server."""

    def listening(self, address: str) -> None:
        """The server answers at this address."""

    def published(self, knowledge: KnowledgeBase, seconds: float) -> None:
        """New content is served; reading it took this long."""

    def refused(self, error: Exception) -> None:
        """The pages cannot be served as they are; what was served before still is."""

    def site_published(self, seconds: float) -> None:
        """A new site is served; building it took this long."""

    def site_refused(self, output: str) -> None:
        """The site could not be built; this is what the builder said."""


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


@dataclass(frozen=True, slots=True)
class Source:
    """Where generations come from."""

    docs_dir: Path
    site_command: SiteCommand | None
    folder: Path
    """Where sites are built, each in a folder of its own."""
    delay_ms: int
    """How long files must rest after a change, in milliseconds."""


class Keeper:
    """Keeps the served generation equal to the pages on disk."""

    def __init__(self, state: State, links: Links, source: Source, events: Events) -> None:
        self._state = state
        self._links = links
        self._source = source
        self._events = events
        self._changed = asyncio.Event()
        self._site_wanted = asyncio.Event()
        self._sites = 0
        self.has_read = asyncio.Event()
        """Set when the pages have been read once, with whatever result."""

    async def follow(self) -> None:
        """Read the pages now, and again after every change, for ever."""
        await asyncio.sleep(0)  # the watching begins first, so that no change is missed
        while True:
            self._changed.clear()
            await self._read()
            self.has_read.set()
            await self._changed.wait()

    async def watch(self) -> None:
        """Notice changes to the pages and to the site's configuration, for ever."""
        docs = self._source.docs_dir
        async with asyncio.TaskGroup() as group:
            group.create_task(self._notice(docs, DefaultFilter(), deep=True))
            group.create_task(self._notice(docs.parent, _is_configuration, deep=False))

    async def build_sites(self) -> None:
        """Build the site whenever there is new content, for ever, one at a time."""
        while True:
            await self._site_wanted.wait()
            self._site_wanted.clear()
            await self._build_site()

    async def _read(self) -> None:
        """Read the pages and serve them, or say why not."""
        started = time.perf_counter()
        try:
            knowledge = await asyncio.to_thread(KnowledgeBase.build, self._source.docs_dir)
        except Exception as error:  # noqa: BLE001 - whatever it is, the old content is still good
            self._state.refusal = _refusal_of(error)
            self._events.refused(error)
            return
        old = self._state.generation
        self._state.publish(Generation.of(knowledge, self._links, old.site if old else None))
        self._events.published(knowledge, time.perf_counter() - started)
        if old is not None:
            asyncio.get_running_loop().call_later(GRACE, old.knowledge.close)
        if self._source.site_command is not None:
            self._state.expect_site()
            self._site_wanted.set()

    async def _build_site(self) -> None:
        assert self._source.site_command is not None
        self._sites += 1
        target = self._source.folder / f"site-{self._sites}"
        started = time.perf_counter()
        output = await _run_to_its_end(self._source.site_command(target))
        if output is not None:
            self._state.refuse_site(Refusal(datetime.now(UTC), _last_line(output)))
            self._events.site_refused(output)
            return
        self._state.publish_site(await asyncio.to_thread(Site.of, target))
        self._events.site_published(time.perf_counter() - started)
        # The one before may still be read from, the one before that cannot be any more.
        older = self._source.folder / f"site-{self._sites - 2}"
        await asyncio.to_thread(shutil.rmtree, older, ignore_errors=True)

    async def _notice(
        self, folder: Path, wanted: Callable[[Change, str], bool], *, deep: bool
    ) -> None:
        try:
            await self._await_changes(folder, wanted, deep=deep, polling=None)
        except OSError as error:
            _LOG.warning("looking for changes every 0.3 s, because %s", error)
            await self._await_changes(folder, wanted, deep=deep, polling=True)

    async def _await_changes(
        self,
        folder: Path,
        wanted: Callable[[Change, str], bool],
        *,
        deep: bool,
        polling: bool | None,
    ) -> None:
        rest = max(1, self._source.delay_ms)
        async for _ in awatch(
            folder,
            watch_filter=wanted,
            step=rest,
            debounce=10 * rest,
            recursive=deep,
            force_polling=polling,
        ):
            self._changed.set()


async def _run(server: uvicorn.Server, listener: socket.socket, keeper: Keeper) -> None:
    """Serve until a signal arrives; what keeps the content fresh ends with it."""
    background = [
        asyncio.create_task(keeper.watch()),
        asyncio.create_task(keeper.follow()),
        asyncio.create_task(keeper.build_sites()),
    ]
    for task in background:
        task.add_done_callback(_tell_of_fault)
    try:
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


async def _run_to_its_end(command: Sequence[str]) -> str | None:
    """Run a command. Return None when it succeeds, else the end of what it wrote."""
    try:
        process = await asyncio.create_subprocess_exec(
            *command,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
    except OSError as error:
        return f"{command[0]}: {error.strerror}"
    try:
        output, _ = await process.communicate()
    finally:
        if process.returncode is None:
            process.terminate()
            await process.wait()
    if process.returncode == 0:
        return None
    return output.decode(errors="replace")[-MOST_OUTPUT:]


def _refusal_of(error: Exception) -> Refusal:
    now = datetime.now(UTC)
    if isinstance(error, CompilationError):
        found = tuple(one for one in error.diagnostics if one.is_error)
        return Refusal(now, f"There are {error}.".replace("There are 1 ", "There is 1 "), found)
    if isinstance(error, OSError):
        return Refusal(now, f"The pages cannot be read: {error.strerror or error}.")
    _LOG.error("reading the pages failed", exc_info=error)
    return Refusal(now, f"Reading the pages failed with {type(error).__name__}; see the log.")


def _last_line(output: str) -> str:
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    return lines[-1] if lines else "The builder failed and said nothing."


def _is_configuration(_: Change, path: str) -> bool:
    return Path(path).name in CONFIGURATION


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
