"""Serves what is published in a folder of generations, and the next one when it is published.

Nothing is compiled here, and nothing is served that is not whole: the generation before stays until
the next one is open from end to end, and then one reference is exchanged. Knows no HTTP.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from api.aside import aside
from api.heap import settle
from api.keeper import Events
from api.schemas.links import Links
from api.site import Site
from api.state import Generation, Refusal, State
from kb import GenerationError, GenerationStore, KnowledgeBase

EACH = 0.2
"""Seconds between two looks at the pointer."""
SITE = "site"
"""The folder of the site in a generation."""
_LOG = logging.getLogger("clusterkb.serve")
_FINAL = ("corrupt", "other-version")
"""Problems that do not go away before something else is published."""


def open_generation(store: GenerationStore, name: str, links: Links) -> Generation:
    """Open a generation of a store, compared from end to end.

    Raises GenerationError where it is not whole or of another version, and OSError.
    """
    held = store.hold(name)
    knowledge = KnowledgeBase.open(held)
    site = Site.of(held.folder / SITE) if held.below(f"{SITE}/") else None
    return Generation.of(knowledge, links, site, held)


@dataclass(frozen=True, slots=True)
class _Found:
    """What a look at the store brought."""

    generation: Generation | None
    """To be served from now on; None: what is served already stays."""
    error: Exception | None
    """Why what the pointer names is not served."""


class Follower:
    """Keeps the served generation equal to the one that is published."""

    def __init__(self, state: State, links: Links, store: GenerationStore, events: Events) -> None:
        self._state = state
        self._links = links
        self._store = store
        self._events = events
        self._done: object = self
        """Stamp of the pointer that nothing more is to be done about; at first, none is."""
        self.has_read = asyncio.Event()
        """Set when the store has been looked at once, with whatever result."""

    def tasks(self) -> Sequence[Callable[[], Coroutine[Any, Any, None]]]:
        """Return what runs beside the server, for ever."""
        return (self.follow,)

    async def follow(self) -> None:
        """Serve what is published now, and whatever is published later, for ever."""
        while True:
            await self.look()
            self.has_read.set()
            await asyncio.sleep(EACH)

    async def look(self) -> None:
        """Look at the pointer once, and serve what it names."""
        stamp = self._store.stamp()
        if stamp == self._done:
            return
        started = time.perf_counter()
        found = await aside(self._find)
        if found.generation is not None:
            self._state.publish_built(found.generation)
            opened = found.generation
            seconds = time.perf_counter() - started
            self._events.published(opened.knowledge, seconds, opened.name or "")
        if found.error is None:
            self._state.refusal = None
        else:
            self._refuse(found.error)
        if found.error is None or _is_final(found.error):
            self._done = stamp

    def _find(self) -> _Found:
        """Open what the pointer names; with nothing served yet, else the one before it."""
        served = self._state.generation
        first: Exception | None = None
        try:
            names = self._store.published()
            if not names:
                told = f"nothing is published in {self._store.root}: kb publish does that"
                raise GenerationError("missing", "", told)
        except (GenerationError, OSError) as error:
            return _Found(None, error)
        for name in names:
            if served is not None and served.name == name:
                return _Found(None, first)
            try:
                opened = open_generation(self._store, name, self._links)
                settle()
                return _Found(opened, first)
            except Exception as error:  # noqa: BLE001 - whatever it is, the old content is still good
                first = first or error
                self._put_aside(name, error)
            if served is not None:
                break
        return _Found(None, first)

    def _put_aside(self, name: str, error: Exception) -> None:
        """Rename a corrupt generation, where this process may: nobody opens it again then."""
        if isinstance(error, GenerationError) and error.problem == "corrupt":
            with contextlib.suppress(OSError):
                _LOG.error("put aside as %s", self._store.quarantine(name))

    def _refuse(self, error: Exception) -> None:
        reason = _reason(error, self._store.root)
        told = self._state.refusal
        if told is None or told.reason != reason:  # it is looked at again and again
            self._state.refusal = Refusal(datetime.now(UTC), reason)
            self._events.refused(error)


def _is_final(error: Exception) -> bool:
    if isinstance(error, GenerationError):
        return error.problem in _FINAL
    return not isinstance(error, OSError | MemoryError)


def _reason(error: Exception, root: Path) -> str:
    """Return one sentence for everybody: it does not say where on this machine the folder is."""
    if isinstance(error, GenerationError):
        told = str(error).replace(f"{root}/", "").replace(str(root), "the folder of generations")
        return f"{told[:1].upper()}{told[1:]}."
    if isinstance(error, PermissionError):
        return "The generation may not be read by the service: publish it as the service's user."
    if isinstance(error, OSError):
        return f"The generation cannot be read: {error.strerror or error}."
    _LOG.error("opening a generation failed", exc_info=error)
    return f"Opening the generation failed with {type(error).__name__}; see the log."
