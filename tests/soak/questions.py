"""Strangers who ask ever other questions: the file of those unanswered stays small."""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path

from api.gaps.redaction import MOST_BYTES
from api.gaps.store import Heard, Store
from tests.soak.memory import megabytes
from tests.soak.outcome import Outcome

A_TIME = 1_000
"""How many are written at once: as many as the log lets wait."""
A_ROUND = 334
"""How often in one round: ten million questions in thirty rounds."""
MOST_ROWS = 100_000
MOST_MEGABYTES = 64
MOST_GROWTH = 16
"""Megabytes of memory."""


def kept(rounds: int) -> Outcome:
    """Return what ever other questions, as long as may be, make of the file and of memory."""
    largest = most = 0
    with tempfile.TemporaryDirectory() as folder:
        store = Store(f"sqlite:///{folder}/gaps.db", MOST_ROWS)
        store.add(different(0, A_TIME))
        before = megabytes(os.getpid())
        for number in range(1, rounds * A_ROUND):
            store.add(different(number * A_TIME, A_TIME))
            largest = max(largest, sum(one.stat().st_size for one in Path(folder).iterdir()))
        growth = megabytes(os.getpid()) - before
        most = len(store.rows())
    return Outcome(
        most <= MOST_ROWS and largest <= MOST_MEGABYTES * 1e6 and growth <= MOST_GROWTH,
        f"{rounds * A_ROUND * A_TIME:,} different questions of {MOST_BYTES} bytes: {most:,} rows"
        f" are left, the file had at most {largest / 1e6:.1f} MB; memory {growth:+.0f} MB",
    )


def different(first: int, number: int) -> Heard:
    """Return questions like no others, as long as one may be."""
    names = (hashlib.sha256(b"%d" % (first + at)).hexdigest() for at in range(number))
    return {(name * (MOST_BYTES // len(name)), "not_covered"): 1 for name in names}
