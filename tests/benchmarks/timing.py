"""Times of questions in process."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence


def times(ask: Callable[[str], object], questions: Sequence[str]) -> list[float]:
    """Return the time of each question in ms, the middle one of three.

    All are asked before one is asked again, so that none finds what it left behind itself. It is
    processor time of the thread that asks: other work on the machine does not count.
    """
    rounds = [[_time(ask, one) for one in questions] for _ in range(3)]
    return [statistics.median(found) for found in zip(*rounds, strict=True)]


def _time(ask: Callable[[str], object], question: str) -> float:
    started = time.thread_time()
    ask(question)
    return (time.thread_time() - started) * 1e3
