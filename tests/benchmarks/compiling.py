"""Compiling: pages read, parsed, checked and linked, cold, on one core; and what is built of them.

Times are processor time, so that other work on the machine does not count.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from kb.ask.engine import Engine
from kb.compiler import compile_folder
from kb.search.passages import passages
from kb.search.search import PassageSearch
from tests.benchmarks import pages
from tests.benchmarks.figures import Effort, Figure

Made = TypeVar("Made")
GOAL = 4.0
"""In ms a page."""


def measure(effort: Effort) -> list[Figure]:
    """Return the time that a page takes in each stage."""
    with TemporaryDirectory(prefix="clusterkb-") as name:
        folder = Path(name)
        pages.write(folder, effort.components)
        files = sum(1 for _ in folder.rglob("*.md"))
        size = sum(one.stat().st_size for one in folder.rglob("*.md")) / files
        runs = [_timed(lambda: compile_folder(folder)) for _ in range(min(3, effort.rounds))]
        compilation = runs[0][1]
        again, _ = _timed(lambda: compile_folder(folder, previous=compilation))
    catalog = compilation.catalog
    assert catalog is not None, compilation.diagnostics
    engine, _ = _timed(lambda: Engine(catalog))
    search, _ = _timed(lambda: PassageSearch(passages(catalog)).close())

    def a_page(name: str, *seconds: float, note: str = "", at_most: float | None = None) -> Figure:
        values = tuple(one * 1e3 / files for one in seconds)
        return Figure(name=name, unit="ms a page", values=values, at_most=at_most, note=note)

    said = f"{files:,} pages of {size / 1e3:.1f} KB"
    return [
        a_page("compile, cold", *(seconds for seconds, _ in runs), note=said, at_most=GOAL),
        a_page("compile again, nothing changed", again),
        a_page("question engine", engine),
        a_page("search index", search),
    ]


def _timed(work: Callable[[], Made]) -> tuple[float, Made]:
    """Return the processor time that some work took, in seconds, and what it made."""
    started = time.process_time()
    made = work()
    return time.process_time() - started, made
