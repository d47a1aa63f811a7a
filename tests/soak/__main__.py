"""Promises that take long to test: `python -m tests.soak [--rounds N] [NAME ...]`, or `make soak`.

Writes tests/soak/results.json and, from it, docs/reference/reliability.md. A promise that does not
hold is written there too, and the exit code is 1.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path

from tests.benchmarks import machine
from tests.soak import memory, overload, questions, report, strange
from tests.soak.outcome import Outcome

RESULTS = Path(__file__).parent / "results.json"
SOAKS: Mapping[str, Callable[[int], Outcome]] = {
    "overload": overload.flooded,
    "burden": overload.burdened,
    "kills": overload.killed,
    "publications": overload.published,
    "endings": overload.ended,
    "memory": memory.grown,
    "known": memory.known,
    "questions": questions.kept,
    "fuzz": strange.damaged,
    "description": strange.described,
}
"""Name -> what is run, given how many rounds; a round takes some ten seconds."""


def main() -> int:
    """Run the soaks that are named, or all, and write what they gave."""
    parser = argparse.ArgumentParser(prog="python -m tests.soak", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(SOAKS)}")
    parser.add_argument("--rounds", type=int, default=30, help="how long each goes on")
    given = parser.parse_args()
    unknown = [name for name in given.names if name not in SOAKS]
    if unknown:
        parser.error(f"unknown: {', '.join(unknown)}; expected of {', '.join(SOAKS)}")
    results = json.loads(RESULTS.read_text("utf-8")) if RESULTS.exists() else {}
    holds = True
    for name in given.names or SOAKS:
        outcome = SOAKS[name](given.rounds)
        holds &= outcome.holds
        results[name] = {
            "holds": outcome.holds,
            "measured": outcome.measured,
            "rounds": given.rounds,
            "on": datetime.now(UTC).date().isoformat(),
            "machine": f"{machine.described()['processor']}, {machine.described()['cores']} cores",
            "busy": machine.load_average(),
        }
        sys.stdout.write(f"{name}: {'holds' if outcome.holds else 'BROKEN'}: {outcome.measured}\n")
        RESULTS.write_text(f"{json.dumps(results, indent=2, sort_keys=True)}\n", "utf-8")
        report.PAGE.write_text(report.page(results), "utf-8")
    return 0 if holds else 1


if __name__ == "__main__":
    sys.exit(main())
