"""How the time of a question grows with the number of components.

`python -m tests.benchmarks.growth COUNT` builds the question engine on a generated knowledge base
and measures a round for each line that it is sent. Each size has a process of its own; they take
turns, so that what else the machine does falls on all alike.
"""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from kb.ask.engine import Engine
from kb.compiler import compile_folder
from tests.benchmarks import pages
from tests.benchmarks.figures import Effort, Figure, quantile, ratios
from tests.benchmarks.timing import times

ROOT = Path(__file__).parents[2]
FEW = 8
"""As many components as the reference knowledge base has."""
PROSE = 150
"""Length of the prose of a page: less than elsewhere, or building would take most of the time."""
MOST_WAIT = 45.0
"""How long building may take, in seconds."""
GOAL = 2.0
QUESTIONS = 120


class Engines:
    """A question engine in a process of its own."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process
        watch = threading.Timer(MOST_WAIT, process.kill)
        watch.start()
        ready = self._read()
        watch.cancel()
        self.seconds = None if ready is None else float(ready)
        """Processor time that building the engine took; None: it took too long."""

    def round(self) -> tuple[float, float, float]:
        """Return p50, p99, and the time of the slowest question about all components, in ms."""
        assert self._process.stdin is not None
        self._process.stdin.write("\n")
        self._process.stdin.flush()
        found = self._read()
        if found is None:
            raise RuntimeError("the process that asks questions ended")
        p50, p99, slowest = json.loads(found)
        return p50, p99, slowest

    def _read(self) -> str | None:
        assert self._process.stdout is not None
        return self._process.stdout.readline() or None


def measure(effort: Effort) -> list[Figure]:
    """Return the figures of larger knowledge bases against a small one made alike."""
    sizes = [FEW, effort.components, *([effort.many] if effort.many else [])]
    with ExitStack() as stack:
        engines = {size: stack.enter_context(_engine(size)) for size in sizes}
        ready = [size for size in sizes if engines[size].seconds is not None]
        rounds = [{size: engines[size].round() for size in ready} for _ in range(effort.rounds)]
    found: list[Figure] = []
    for size in sizes[1:]:
        found += _figures(size, engines[size].seconds, rounds)
    return found


def _figures(
    size: int, seconds: float | None, rounds: Sequence[dict[int, tuple[float, float, float]]]
) -> Iterator[Figure]:
    name = f"{size:,} components"
    note = f"{QUESTIONS} questions that name a component, or none"
    if seconds is None:
        note = f"building took more than {MOST_WAIT:.0f} s"
    else:
        yield Figure(name=f"{name}, engine built", unit="s", values=(seconds,))
    for at, label in enumerate(("p50", "p99")):
        yield Figure(
            name=f"{name}, {label} / {FEW} components",
            unit="",
            values=()
            if seconds is None
            else ratios([one[size][at] for one in rounds], [one[FEW][at] for one in rounds]),
            at_most=GOAL,
            note=note,
        )
    if seconds is not None:
        yield Figure(
            name=f"{name}, a question about all of them",
            unit="ms",
            values=tuple(one[size][2] for one in rounds),
        )


@contextmanager
def _engine(size: int) -> Iterator[Engines]:
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.benchmarks.growth", str(size)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        yield Engines(process)
    finally:
        process.kill()
        process.communicate()


def _main(size: int) -> None:
    with TemporaryDirectory(prefix="clusterkb-") as folder:
        pages.write(Path(folder), size, prose=PROSE)
        catalog = compile_folder(Path(folder)).catalog
    assert catalog is not None
    started = time.process_time()
    engine = Engine(catalog)
    print(time.process_time() - started, flush=True)
    asked = pages.questions([one.title for one in pages.components(size)], QUESTIONS)
    for _ in sys.stdin:
        measured = times(engine.ask, asked)
        slowest = max(times(engine.ask, pages.of_all()))
        print(json.dumps([quantile(measured, 0.5), quantile(measured, 0.99), slowest]), flush=True)


if __name__ == "__main__":
    _main(int(sys.argv[1]))
