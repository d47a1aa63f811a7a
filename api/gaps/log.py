"""Hears questions that were not answered, and has a thread of its own write them down.

`heard` costs an answer some microseconds and never raises: where the thread does not keep up, a
question is dropped and counted.
"""

from __future__ import annotations

import contextlib
import logging
import queue
import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from api.gaps.errors import StoreError
from api.gaps.redaction import clean

if TYPE_CHECKING:
    from api.gaps.store import Store

MOST_WAITING = 1_000
"""How many questions wait to be written, and how many different ones after a failure."""
KEPT_STATUSES = frozenset(("not_covered", "clarify"))
GATHER_SECONDS = 0.5
"""How long questions are gathered, to be written together."""
_LAST = object()
_LOG = logging.getLogger("clusterkb.gaps")


class GapLog:
    """The log of one process; without a store it hears nothing.

    `lost` is told how many questions were dropped. The thread begins with the first question.
    """

    def __init__(self, store: Store | None, lost: Callable[[int], None] = lambda _: None) -> None:
        self._store = store
        self._lost = lost
        self._waiting: queue.Queue[object] = queue.Queue(MOST_WAITING)
        self._pending: dict[tuple[str, str], int] = {}
        self._thread: threading.Thread | None = None
        self._starting = threading.Lock()
        self._has_failed = False

    def heard(self, question: str, status: str) -> None:
        """Take note of a question and what became of it. Any thread may call; never waits."""
        if self._store is not None and status in KEPT_STATUSES:
            self._note(question, status, True)

    def judged(self, subject: str, is_right: bool, *, is_page: bool) -> None:
        """Take note of a reader's judgement of an answer, by its question, or of a page.

        Any thread may call; never waits. The address of a page is kept as it is.
        """
        if self._store is not None:
            self._note(subject, "right" if is_right else "wrong", not is_page)

    def _note(self, text: str, status: str, is_typed: bool) -> None:
        try:
            self._waiting.put_nowait((text, status, is_typed))
        except queue.Full:
            self._lost(1)
        if self._thread is None:
            self._start()

    def close(self, seconds: float = 2.0) -> None:
        """Write what waits, for so long at most."""
        if self._thread is None:
            return
        with contextlib.suppress(queue.Full):
            self._waiting.put(_LAST, timeout=seconds)
            self._thread.join(seconds)
        if self._thread.is_alive():
            _LOG.warning("unanswered questions that still wait to be kept may be lost")

    def _start(self) -> None:
        with self._starting:
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name="gaps", daemon=True)
                self._thread.start()

    def _work(self) -> None:
        is_last = False
        while not is_last:
            is_last = self._gather()
            if self._pending:
                self._write()
        self._end()

    def _gather(self) -> bool:
        """Take what comes for a while; return whether it was the last."""
        timeout = GATHER_SECONDS if self._pending else None
        end = time.monotonic() + GATHER_SECONDS
        while True:
            try:
                one = self._waiting.get(timeout=timeout)
            except queue.Empty:
                return False
            if one is _LAST:
                return True
            assert isinstance(one, tuple)
            self._add(*one)
            timeout = end - time.monotonic()
            if timeout <= 0:
                return False

    def _add(self, text: str, status: str, is_typed: bool) -> None:
        one = clean(text) if is_typed else text, status
        if not one[0]:
            return
        if one not in self._pending and len(self._pending) >= MOST_WAITING:
            self._lost(1)
            return
        self._pending[one] = self._pending.get(one, 0) + 1

    def _write(self) -> None:
        assert self._store is not None
        try:
            self._store.add(self._pending)
        except StoreError as error:
            if not self._has_failed:
                _LOG.warning("unanswered questions cannot be kept now: %s", error)
            self._has_failed = True
            return
        if self._has_failed:
            _LOG.warning("unanswered questions are kept again")
        self._has_failed = False
        self._pending = {}

    def _end(self) -> None:
        count = sum(self._pending.values())
        if count:
            self._lost(count)
            _LOG.warning("%d unanswered questions were lost: they could not be kept", count)
