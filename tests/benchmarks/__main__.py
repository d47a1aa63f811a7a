"""Measures what must be fast, against what, and writes results/bench.json: `make bench`.

Almost every figure is a ratio of two things measured in turn in one run, so that it means the same
on another machine. Nothing here is a test: a goal that is missed is told, and no more.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.benchmarks import (
    asking,
    asking_over_http,
    chatting,
    compiling,
    growth,
    look_up,
    machine,
    searching,
    site,
    starting,
    workers,
)
from tests.benchmarks.figures import FULL, QUICK, Effort, Figure, table

RESULT = Path(__file__).parent / "results" / "bench.json"
SECTIONS: Mapping[str, Callable[[Effort], list[Figure]]] = {
    "GET /components/{name}": look_up.measure,
    "questions in process": asking.measure,
    "questions, larger knowledge bases": growth.measure,
    "GET /ask": asking_over_http.measure,
    "several workers": workers.measure,
    "chat platforms": chatting.measure,
    "search": searching.measure,
    "pages": compiling.measure,
    "kb serve": starting.measure,
    "site": site.measure,
}


def updated(known: dict[str, Any], measured: Mapping[str, Any]) -> dict[str, Any]:
    """Return a result with the sections that were measured again, and when and how that was."""
    again = {name: value for name, value in measured.items() if name not in ("figures", "quick")}
    figures = {**known["figures"], **measured["figures"]}
    later = {**known.get("updated", {}), **dict.fromkeys(measured["figures"], again)}
    return {**known, "figures": {name: figures[name] for name in SECTIONS}, "updated": later}


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, tell and write."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="only show that it can be measured")
    parser.add_argument("--only", choices=SECTIONS, action="append", help="one section; repeatable")
    parser.add_argument(
        "--update", action="store_true", help=f"with --only: put the section into {RESULT.name}"
    )
    parser.add_argument("--output", type=Path, help=f"result file, instead of {RESULT.name}")
    given = parser.parse_args(arguments)
    effort = QUICK if given.quick else FULL
    chosen = given.only or list(SECTIONS)
    started, before = time.perf_counter(), machine.load_average()
    measured = {}
    for section in chosen:
        print(f"measuring: {section}", end="", flush=True)
        began = time.perf_counter()
        measured[section] = SECTIONS[section](effort)
        print(f" ({time.perf_counter() - began:.0f} s)", flush=True)
    result = {
        "date": datetime.now(UTC).date().isoformat(),
        "quick": given.quick,
        "seconds": round(time.perf_counter() - started),
        "load_average": {"before": before, "after": machine.load_average()},
        "machine": machine.described(),
        "figures": {
            section: {one.name: one.to_json() for one in figures}
            for section, figures in measured.items()
        },
    }
    print()
    print(table(measured))
    output = given.output or (None if given.quick or given.only else RESULT)
    if given.update and given.only and not given.quick:
        output = output or RESULT
        result = updated(json.loads(RESULT.read_text("utf-8")), result)
    if output is not None:
        output.parent.mkdir(parents=True, exist_ok=True)
        output.write_text(json.dumps(result, indent=2, ensure_ascii=False) + "\n", "utf-8")
        print(f"\n{output}")


if __name__ == "__main__":
    main()
