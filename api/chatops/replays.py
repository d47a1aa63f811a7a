"""What was answered lately, so that nobody can send it again, and a clock that does not go back."""

from __future__ import annotations

import hashlib
import logging
import time
from collections import OrderedDict
from collections.abc import Callable

KEPT = 600.0
"""How long a request is remembered, in seconds: as long as a signed time can be valid."""
MOST_KEPT = 10_000
"""How many requests are remembered; beyond it the oldest is forgotten."""

_LOG = logging.getLogger("clusterkb.chatops")


class Clock:
    """The time of day, which never goes back: what is too old stays too old.

    A step forward is followed. After a step back, which a machine's clock makes when it was ahead,
    it goes on from where it was, and says so once.
    """

    def __init__(
        self,
        wall: Callable[[], float] = time.time,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._wall = wall
        self._monotonic = monotonic
        self._offset = wall() - monotonic()
        self._has_told = False

    def now(self) -> float:
        """Return the time in seconds since 1970."""
        offset = self._wall() - self._monotonic()
        if offset < self._offset - 60 and not self._has_told:
            self._has_told = True
            _LOG.warning(
                "the clock of this machine went back by %.0f s; signatures of chat platforms are "
                "judged by the time before that until the service is started again",
                self._offset - offset,
            )
        self._offset = max(self._offset, offset)
        return self._monotonic() + self._offset


class Seen:
    """The requests that were answered, as digests. Of one process: another has its own."""

    def __init__(
        self, most: int = MOST_KEPT, monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        self._most = most
        self._monotonic = monotonic
        self._until: OrderedDict[bytes, float] = OrderedDict()

    def is_new(self, proof: bytes) -> bool:
        """Whether a proven request comes for the first time; from now on it has come."""
        now = self._monotonic()
        while self._until and next(iter(self._until.values())) <= now:
            self._until.popitem(last=False)
        digest = hashlib.sha256(proof).digest()
        if digest in self._until:
            return False
        if len(self._until) >= self._most:
            self._until.popitem(last=False)
        self._until[digest] = now + KEPT
        return True

    def __len__(self) -> int:
        return len(self._until)
