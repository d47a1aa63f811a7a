"""Keeps what is served equal to the pages on disk: reads them when one changes, builds the site.

Requests never wait for this and never fail for it: the generation before is served until the next
one is whole, also when an edit has errors. Knows no HTTP.
"""

from __future__ import annotations

import asyncio
import errno
import logging
import shutil
import time
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol

from api.aside import aside
from api.heap import settle
from api.schemas.links import COLLECTIONS, Links
from api.site import Site
from api.state import Generation, Refusal, State
from api.watcher import Watcher
from kb import CompilationError, KnowledgeBase

GRACE = 30.0
"""How long a replaced generation is kept for requests that still read it, in seconds."""
MOST_OUTPUT = 4_000
"""How much of what a site build says is told, in characters from its end."""

_LOG = logging.getLogger("clusterkb.serve")

SiteCommand = Callable[[Path], Sequence[str]]
"""From the folder to write to, to the command that builds the site into it."""


class Events(Protocol):
    """What somebody is told who watches the server."""

    def listening(self, address: str) -> None:
        """The server answers at this address."""

    def admin_listening(self, address: str) -> None:
        """Those who run the service are answered at this address."""

    def published(self, knowledge: KnowledgeBase, seconds: float, name: str = "") -> None:
        """New content is served, of a built generation of this name; reading it took this long."""

    def refused(self, error: Exception) -> None:
        """The pages cannot be served as they are; what was served before still is."""

    def site_published(self, seconds: float) -> None:
        """A new site is served; building it took this long."""

    def site_refused(self, output: str) -> None:
        """The site could not be built; this is what the builder said."""


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
        self._watcher = Watcher(source.docs_dir, source.delay_ms)
        self._site_wanted = asyncio.Event()
        self._sites = 0
        self.has_read = asyncio.Event()
        """Set when the pages have been read once, with whatever result."""

    def tasks(self) -> Sequence[Callable[[], Coroutine[Any, Any, None]]]:
        """Return what runs beside the server, for ever."""
        return self.watch, self.follow, self.build_sites

    async def follow(self) -> None:
        """Read the pages now, and again after every change, for ever."""
        await asyncio.sleep(0)  # the watching begins first, so that no change is missed
        while True:
            self._watcher.changed.clear()
            await self._read()
            self.has_read.set()
            await self._watcher.changed.wait()

    async def watch(self) -> None:
        """Notice changes to the pages and to the site's configuration, for ever."""
        await self._watcher.watch()

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
            knowledge = await aside(_build, self._source.docs_dir)
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
        has_succeeded, told = await _run_to_its_end(self._source.site_command(target))
        if not has_succeeded:
            self._state.refuse_site(Refusal(datetime.now(UTC), _last_line(told)))
            self._events.site_refused(told)
            return
        if told:
            _LOG.warning("%s", told.rstrip())
        self._state.publish_site(await aside(Site.of, target))
        self._events.site_published(time.perf_counter() - started)
        # The one before may still be read from, the one before that cannot be any more.
        older = self._source.folder / f"site-{self._sites - 2}"
        await aside(shutil.rmtree, older, ignore_errors=True)


def _build(docs_dir: Path) -> KnowledgeBase:
    """Build the knowledge base of a folder. Raises as that does, and OSError when it has no page.

    Pages that are all gone are being moved: what was served before is better than nothing.
    """
    knowledge = KnowledgeBase.build(docs_dir)
    if not knowledge.catalog.guides and not any(map(knowledge.catalog.things, COLLECTIONS)):
        raise FileNotFoundError(errno.ENOENT, "no page below the folder", str(docs_dir))
    settle()
    return knowledge


async def _run_to_its_end(command: Sequence[str]) -> tuple[bool, str]:
    """Run a command. Return whether it succeeded, and the end of what it said beside its output."""
    try:
        process = await asyncio.create_subprocess_exec(
            *command,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.PIPE,
        )
    except OSError as error:
        return False, f"{command[0]}: {error.strerror}"
    try:
        _, told = await process.communicate()
    finally:
        if process.returncode is None:
            process.terminate()
            await process.wait()
    return process.returncode == 0, told.decode(errors="replace")[-MOST_OUTPUT:]


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
