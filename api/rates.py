"""How much one client may ask in a time, and what it is told of that.

Owns limits. Counts are kept in this process alone and for so many clients only; who comes
after them makes room by the ones that were not seen for longest.
"""

from __future__ import annotations

import math
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping

from limits import RateLimitItem, parse
from limits.storage import Storage
from limits.strategies import FixedWindowRateLimiter
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.clients import client_of, counted_as
from api.problems import ProblemError
from api.settings import Settings


class Counts(Storage):
    """Key -> how often it was counted in its time; the time begins with the first."""

    STORAGE_SCHEME = None

    def __init__(self, most: int, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._most = most
        self._clock = clock
        self._counts: OrderedDict[str, tuple[int, float]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._counts)

    @property
    def base_exceptions(self) -> type[Exception]:
        """What may go wrong here: nothing."""
        return KeyError

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        """Count, and return the count; `expiry` is the length of the time in seconds."""
        count, end = self._counts.pop(key, (0, 0.0))
        now = self._clock()
        if end <= now:
            count, end = 0, now + expiry
        self._counts[key] = (count + amount, end)
        if len(self._counts) > self._most:
            self._counts.popitem(last=False)
        return count + amount

    def get(self, key: str) -> int:
        """Return the count of the time that is running."""
        count, end = self._counts.get(key, (0, 0.0))
        return count if end > self._clock() else 0

    def get_expiry(self, key: str) -> float:
        """Return how long the time that is running still lasts, in seconds."""
        _, end = self._counts.get(key, (0, 0.0))
        return max(0.0, end - self._clock())

    def check(self) -> bool:
        """Return that it works."""
        return True

    def clear(self, key: str) -> None:
        """Forget a key."""
        self._counts.pop(key, None)

    def reset(self) -> int:
        """Forget all, and return how many there were."""
        count = len(self._counts)
        self._counts.clear()
        return count


class Rates:
    """ASGI middleware that counts requests, and refuses those that are too many.

    `exempt` tells of a path whether requests for it are not counted.
    """

    def __init__(self, app: ASGIApp, settings: Settings, exempt: Callable[[str], bool]) -> None:
        self._app = app
        self._trusted = settings.trusted_proxies
        self._exempt = exempt
        self._limits = {_name(one): one for one in map(parse, settings.rate_limit)}
        policy = ", ".join(
            f'"{name}";q={one.amount};w={one.get_expiry()}' for name, one in self._limits.items()
        )
        self._policy = policy
        clients = settings.rate_clients * len(self._limits)
        self._counter = FixedWindowRateLimiter(Counts(clients))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through with what is left to its client, or refuse it.

        Raises ProblemError: rate-limited.
        """
        if scope["type"] != "http" or self._exempt(scope["path"]):
            await self._app(scope, receive, send)
            return
        headers = self._count(counted_as(client_of(scope, self._trusted)))

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(headers)
            await send(message)

        await self._app(scope, receive, sending)

    def _count(self, client: str) -> Mapping[str, str]:
        """Count a request, and return the headers that say what is left. Raises ProblemError."""
        left: list[str] = []
        spent: list[tuple[float, RateLimitItem]] = []
        for name, limit in self._limits.items():
            allowed = self._counter.hit(limit, client)
            seconds, remaining = self._counter.get_window_stats(limit, client)
            left.append(f'"{name}";r={remaining};t={math.ceil(seconds)}')
            if not allowed:
                spent.append((seconds, limit))
        headers = {"RateLimit-Policy": self._policy, "RateLimit": ", ".join(left)}
        if spent:
            seconds, limit = max(spent, key=lambda one: one[0])
            raise ProblemError(
                "rate-limited",
                f"More than {limit.amount} requests in {limit.get_expiry()} seconds came from your "
                "address.",
                limit=limit.amount,
                headers={**headers, "Retry-After": str(max(1, math.ceil(seconds)))},
            )
        return headers


def _name(limit: RateLimitItem) -> str:
    """Return the name of a limit in headers, such as per-minute."""
    several = f"{limit.multiples}-" if limit.multiples > 1 else ""
    return f"per-{several}{limit.GRANULARITY.name}"
