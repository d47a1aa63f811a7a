"""How the time of a question grows with the number of components.

`python -m tests.benchmarks.growth COUNT` builds the question engine on a generated knowledge base
and measures a round for each line that it is sent. Each size has a process of its own. They are
built side by side, and then take turns, so that what else the machine does falls on all alike.
"""

from __future__ import annotations

import gc
import json
import subprocess
import sys
import threading
import time
import tracemalloc
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from kb.ask.engine import Engine
from kb.catalog import Catalog
from kb.compiler import compile_folder
from tests.benchmarks import pages
from tests.benchmarks.figures import Effort, Figure, quantile, ratios
from tests.benchmarks.timing import times

ROOT = Path(__file__).parents[2]
FEW = 10
"""As many components as the reference knowledge base has, about."""
MOST_WAIT = 600.0
"""How long building may take, in seconds."""
QUESTIONS = 120
GROWN = 10_000
"""Up to so many components the goal is at most twice the time, beyond at most four times."""
WEIGHED = (1_000, 10_000)
"""Sizes at which the engine is weighed: too few tell nothing of one, and many take long."""


@dataclass(frozen=True, slots=True)
class Built:
    """What building an engine took."""

    seconds: float
    """Processor time for the engine alone; the pages were compiled before."""
    kilobytes: float | None
    """Memory of the engine alone, a component; None: not weighed, for that takes its time."""


class Engines:
    """A question engine in a process of its own."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process
        self._watch = threading.Timer(MOST_WAIT, process.kill)
        self._watch.start()

    def built(self) -> Built | None:
        """Wait until the engine is built; None: it took too long."""
        ready = self._read()
        self._watch.cancel()
        return None if ready is None else Built(**json.loads(ready))

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
    return _measured([*sizes, *([effort.most] if effort.most else [])], effort.rounds)


def _measured(sizes: Sequence[int], repetitions: int) -> list[Figure]:
    with ExitStack() as stack:
        engines = {size: stack.enter_context(_engine(size)) for size in reversed(sizes)}
        built = {size: engines[size].built() for size in sizes}
        ready = [size for size in sizes if built[size] is not None]
        rounds = [{size: engines[size].round() for size in ready} for _ in range(repetitions)]
    found: list[Figure] = []
    for size in sizes:
        found += _figures(size, built[size], rounds)
    return found


def _figures(
    size: int, built: Built | None, rounds: Sequence[dict[int, tuple[float, float, float]]]
) -> Iterator[Figure]:
    name = f"{size:,} components"
    note = f"{QUESTIONS} questions that name a component, or none"
    if built is None:
        note = f"building took more than {MOST_WAIT:.0f} s"
        yield Figure(name=f"{name}, p50", unit="ms", values=(), note=note)
        return
    for at, label in enumerate(("p50", "p99")):
        times_ = [one[size][at] for one in rounds]
        yield Figure(name=f"{name}, {label}", unit="ms", values=tuple(times_), note=note)
        if size != FEW:
            few = [one[FEW][at] for one in rounds]
            goal = 2.0 if size <= GROWN else 4.0
            ratio = f"{name}, {label} / {FEW} components"
            yield Figure(name=ratio, unit="", values=ratios(times_, few), at_most=goal, note=note)
    slowest = tuple(one[size][2] for one in rounds)
    yield Figure(name=f"{name}, slowest question about all of them", unit="ms", values=slowest)
    yield Figure(name=f"{name}, engine built", unit="s", values=(built.seconds,))
    if built.kilobytes is not None:
        yield Figure(
            name=f"{name}, memory of the engine, a component",
            unit="KB",
            values=(built.kilobytes,),
            note="beside what the pages say; those here have two requirements and no prose",
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


def _weight(catalog: Catalog) -> float:
    """Return how much memory an engine takes, in KB: what is allocated while one is built."""
    tracemalloc.start()
    engine = Engine(catalog)
    gc.collect()
    weight, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    del engine
    return weight / 1e3


def _main(size: int) -> None:
    with TemporaryDirectory(prefix="clusterkb-") as folder:
        pages.write(Path(folder), size, prose=0, requirements=pages.LEAN)
        catalog = compile_folder(Path(folder)).catalog
    assert catalog is not None
    started = time.process_time()
    engine = Engine(catalog)
    seconds = time.process_time() - started
    kilobytes = _weight(catalog) / size if size in WEIGHED else None
    gc.collect()
    gc.freeze()
    print(json.dumps(asdict(Built(seconds, kilobytes))), flush=True)
    asked = pages.questions([one.title for one in pages.components(size)], QUESTIONS)
    for _ in sys.stdin:
        measured = times(engine.ask, asked)
        slowest = max(times(engine.ask, pages.of_all()))
        print(json.dumps([quantile(measured, 0.5), quantile(measured, 0.99), slowest]), flush=True)


if __name__ == "__main__":
    _main(int(sys.argv[1]))
