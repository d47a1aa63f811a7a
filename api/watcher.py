"""Notices changes to a folder of pages, and to the configuration of the site beside it.

Owns the watching of files. It says that something has changed and never what.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from pathlib import Path

from watchfiles import Change, DefaultFilter, awatch

CONFIGURATION = ("mkdocs.yml", "mkdocs.yaml")
"""Files beside the pages that change the site."""

_LOG = logging.getLogger("clusterkb.serve")

Wanted = Callable[[Change, str], bool]
"""Whether a change of a file, by its absolute path, is worth telling."""


class Watcher:
    """Watches one folder of pages."""

    def __init__(self, docs_dir: Path, delay_ms: int) -> None:
        self._docs_dir = docs_dir
        self._rest = max(1, delay_ms)
        self._replaced = asyncio.Event()
        """Set when another folder stands where the folder of pages was, or none."""
        self.changed = asyncio.Event()
        """Set when something has changed and then rested; whoever reads the pages clears it."""

    async def watch(self) -> None:
        """Notice changes, for ever."""
        async with asyncio.TaskGroup() as group:
            group.create_task(self._watch_pages())
            group.create_task(self._watch_beside())

    async def _watch_pages(self) -> None:
        """Notice changes to the pages, also in a folder that is put in the place of this one."""
        while True:
            await self._notice(self._docs_dir, DefaultFilter(), self._replaced)
            self._replaced.clear()
            # Once the new folder is watched it is read, so that no change to it is missed.
            asyncio.get_running_loop().call_soon(self.changed.set)

    async def _watch_beside(self) -> None:
        """Notice changes to the configuration, and whether the folder of pages is replaced."""
        await self._notice(self._docs_dir.parent, self._is_beside)

    def _is_beside(self, change: Change, path: str) -> bool:
        if Path(path) == self._docs_dir and change is not Change.modified:
            self._replaced.set()
        return Path(path).name in CONFIGURATION

    async def _notice(
        self, folder: Path, wanted: Wanted, stop: asyncio.Event | None = None
    ) -> None:
        """Notice changes to a folder until `stop` is set, and then below it; else beside it only.

        Where the system does not tell of changes, they are looked for.
        """
        polling: bool | None = None
        while True:
            try:
                async for _ in awatch(
                    folder,
                    watch_filter=wanted,
                    step=self._rest,
                    debounce=10 * self._rest,
                    recursive=stop is not None,
                    force_polling=polling,
                    stop_event=stop,
                ):
                    self.changed.set()
                return
            except FileNotFoundError:
                if stop is None:
                    raise
                await stop.wait()
                return
            except OSError as error:
                if polling:
                    raise
                _LOG.warning("looking for changes every 0.3 s, because %s", error)
                polling = True
