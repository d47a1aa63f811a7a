"""Lanes: work that takes the processor, of one kind each, one piece at a time and few that wait.

Short pieces are done for a few milliseconds, long ones in a thread, and then the loop reads what
has come: probes and small replies are held up by no more than that, and a kind of which there is
too much is refused while the others go on. Knows neither routes nor what the work is.
"""

from __future__ import annotations

import asyncio
import random
import sys
import time
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import Any, ParamSpec, TypeVar

from starlette.requests import ClientDisconnect, Request

from api.problems import ProblemError
from api.settings import Settings

LONG = 0.01
"""Work that takes longer in the mean, in seconds, has a thread; other work is done by the loop. A
thread and the loop take the interpreter from each other for each event of a connection: beside
work of 1 to 2 ms in a thread a flood of ten times the capacity left 40 % of it."""
STRETCH = 0.005
"""How long short pieces of work that wait are done one after the other, in seconds, before the loop
reads again. What has come meanwhile is refused in one go: a processor that turns from work to
connections and back for each piece has forgotten both. Under ten times the capacity a refusal took
9 us with it and 53 without."""
SWITCH = 0.0005
"""How long a thread may keep the interpreter from the loop, in seconds. With Python's own 5 ms a
probe beside a flood of questions took 8 ms in the middle instead of 2; the flood was as fast."""
FEW = 8
"""So many may always wait, however long: a few who ask at once are no flood, and the first piece of
work after the start takes longer than the others."""
RETRY_AFTER = (1, 2, 3)
"""When to come again, in seconds: drawn by lot, so that those refused do not all come at once."""
_WEIGHT = 1 / 16
"""What the last piece of work counts for in the mean time that work takes."""

P = ParamSpec("P")
T = TypeVar("T")


class Place:
    """Kept for a request that was let in and has not come to its lane yet."""

    def __init__(self, lane: Lane) -> None:
        self._lane: Lane | None = lane
        self.is_forsaken = False
        """Whether the connection is gone that the request came over."""
        lane.coming += 1

    def leave(self) -> None:
        """Give the place back, if it was not given back before."""
        if self._lane is not None:
            self._lane.coming -= 1
            self._lane = None

    def forsake(self) -> None:
        """Give the place back, and say that nobody waits for the reply."""
        self.is_forsaken = True
        self.leave()


@dataclass(slots=True, eq=False)
class _Turn:
    since: float
    """When it began to wait, on the monotonic clock."""
    place: Place | None
    """None: whether somebody still waits for the reply has to be asked."""
    work: Callable[[], object]
    called: asyncio.Future[Any]
    """What the work gave, in a tuple, where it was done here; None where the turn has come."""
    has_come: bool = False
    """Whether whoever waits does the work, and calls the next one then."""


class Lane:
    """One kind of work. To be used from one event loop."""

    def __init__(self, name: str, most_waiting: int, most_wait: float) -> None:
        self.name = name
        self.coming = 0
        """How many requests were let in and are on their way here."""
        self.refused = 0
        """How much work this lane has not taken."""
        self._most_waiting = most_waiting
        self._most_wait = most_wait
        """In seconds."""
        self._waiting: deque[_Turn] = deque()
        self._begun: float | None = None
        """When the piece of work that is being done was begun; None: nothing is being done."""
        self._mean = 0.0
        """How long a piece of work takes, in seconds."""
        self._effort = 2 * LONG
        """How much of the processor it takes, in seconds; until some was done it counts as long.
        Not the time on the clock: beside a flood that is long in a thread because it is in one."""
        self._thread = ThreadPoolExecutor(1, thread_name_prefix=f"lane-{name}")

    @property
    def in_flight(self) -> int:
        """How many pieces of work are being done or wait."""
        return len(self._waiting) + (self._begun is not None)

    def is_full(self) -> bool:
        """Whether work that came now would be refused."""
        ahead = len(self._waiting) + self.coming
        if self._begun is None:
            return ahead > self._most_waiting
        expected = max(self._mean, time.monotonic() - self._begun) + ahead * self._mean
        is_long = ahead >= FEW and expected > self._most_wait
        return is_long or ahead >= self._most_waiting

    def refuse(self) -> ProblemError:
        """Return the refusal of a piece of work, and count it."""
        self.refused += 1
        return ProblemError(
            "overloaded",
            "More of this kind is asked for than can be done.",
            headers={"Retry-After": str(random.choice(RETRY_AFTER))},  # noqa: S311 - no secret
        )

    async def run(
        self, request: Request, work: Callable[P, T], *args: P.args, **named: P.kwargs
    ) -> T:
        """Return what `work` gives, done when its turn has come.

        Raises ProblemError: overloaded when it cannot be done soon, ClientDisconnect when nobody
        waits for it any more, and what `work` raises.
        """
        place: Place | None = request.scope["state"].get("place")
        if place is not None:
            place.leave()
        if self._begun is not None:
            given: tuple[T] | None = await self._turn(place, partial(work, *args, **named))
            if given is not None:
                return given[0]
            try:
                if await _is_forsaken(request, place):
                    raise ClientDisconnect
            except BaseException:
                self._call_next()
                raise
        begun = self._begun = time.monotonic()
        loop = asyncio.get_running_loop()
        try:
            if self._effort <= LONG:
                return self._weighed(work, *args, **named)
            return await loop.run_in_executor(
                self._thread, lambda: self._weighed(work, *args, **named)
            )
        finally:
            self._mean += (time.monotonic() - begun - self._mean) * _WEIGHT
            loop.call_soon(self._call_next)  # once more was read

    def _weighed(self, work: Callable[P, T], *args: P.args, **named: P.kwargs) -> T:
        begun = time.thread_time()
        try:
            return work(*args, **named)
        finally:
            self._effort += (time.thread_time() - begun - self._effort) * _WEIGHT

    async def _turn(self, place: Place | None, work: Callable[[], T]) -> tuple[T] | None:
        """Wait to be called, or for what the work gives.

        Raises ProblemError: overloaded, ClientDisconnect, and what the work raises.
        """
        if self.is_full():
            raise self.refuse()
        called: asyncio.Future[tuple[T] | None] = asyncio.get_running_loop().create_future()
        turn = _Turn(time.monotonic(), place, work, called)
        self._waiting.append(turn)
        try:
            return await called
        except asyncio.CancelledError:
            if turn in self._waiting:
                self._waiting.remove(turn)
            elif turn.has_come:
                self._call_next()
            raise

    def _call_next(self) -> None:
        """Go on with those that wait, the longest first, but for those that have waited too long.

        Short work is done here for a while, other work by the one who waits.
        """
        start = now = time.monotonic()
        while self._waiting:
            if now - start > STRETCH:
                asyncio.get_running_loop().call_soon(self._call_next)  # once more was read
                return
            turn = self._waiting.popleft()
            if len(self._waiting) >= FEW and now - turn.since > self._most_wait:
                self._give_up(turn)
            elif turn.called.done():
                continue
            elif turn.place is None or self._effort > LONG:
                self._begun = now  # so that nobody goes before it
                turn.has_come = True
                turn.called.set_result(None)
                return
            elif turn.place.is_forsaken:
                turn.called.set_exception(ClientDisconnect())
            else:
                self._do(turn)
                now = time.monotonic()
        self._begun = None

    def _do(self, turn: _Turn) -> None:
        """Do the work of one that waits, and hand over what it gives or raises."""
        begun = self._begun = time.monotonic()
        try:
            turn.called.set_result((self._weighed(turn.work),))
        except Exception as error:  # noqa: BLE001 - it is raised where it is waited for
            turn.called.set_exception(error)
        self._mean += (time.monotonic() - begun - self._mean) * _WEIGHT

    def _give_up(self, turn: _Turn) -> None:
        if not turn.called.done():
            turn.called.set_exception(self.refuse())


async def _is_forsaken(request: Request, place: Place | None) -> bool:
    """Whether nobody waits for the reply any more.

    The place of a request is told by its connection. To ask the framework took a fifth of what an
    answer takes beside the engine.
    """
    return place.is_forsaken if place is not None else await request.is_disconnected()


class Lanes:
    """The lanes of one service."""

    def __init__(self, settings: Settings) -> None:
        wait = settings.lane_wait_ms / 1000
        self.questions = Lane("questions", settings.lane_questions, wait)
        """Questions and searches."""
        self.plans = Lane("plans", settings.lane_plans, wait)
        """Plans and comparisons, tables, and other long replies."""
        self.chat = Lane("chat", settings.lane_chat, wait)
        """Messages from chat platforms, which wait no longer than seconds themselves."""

    @property
    def all(self) -> Sequence[Lane]:
        """Every lane, for those who count."""
        return (self.questions, self.plans, self.chat)


def give_way() -> None:
    """Have the threads of this process let the loop go on soon."""
    sys.setswitchinterval(SWITCH)
