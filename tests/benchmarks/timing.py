"""Times of questions in process."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence


def times(ask: Callable[[str], object], questions: Sequence[str]) -> list[float]:
    """Return the time of each question in ms, the middle one of three.

    It is processor time of the thread that asks: other work on the machine does not count.
    """
    return [statistics.median(_time(ask, one) for _ in range(3)) for one in questions]


def _time(ask: Callable[[str], object], question: str) -> float:
    started = time.thread_time()
    ask(question)
    return (time.thread_time() - started) * 1e3
