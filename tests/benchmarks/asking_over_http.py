"""Questions over HTTP, against a plain route that returns one answer whatever is asked."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import replace
from urllib.parse import urlencode

from tests.benchmarks.asking import questions_by_docs
from tests.benchmarks.figures import Effort, Figure
from tests.benchmarks.load import CONNECTIONS
from tests.benchmarks.servers import DOCS, Other, against, baseline, ours, side_by_side

_KINDS = {
    "fastapi": Other("FastAPI route", 0.5),
    "fastapi-in-thread": Other("FastAPI route in a thread"),
}
_AGAIN = {"fastapi": Other("FastAPI route, asked before", 0.5)}
FEW = 20
"""How many questions are asked again and again."""
PATIENT = {"KB_LANE_WAIT_MS": "60000", "KB_LANE_QUESTIONS": str(2 * CONNECTIONS)}
"""Settings with which no question is refused, however busy the machine."""
WORKED_OUT = {**PATIENT, "KB_MOST_KEPT_BYTES": "0"}
"""Settings with which each answer is worked out."""


def addresses(effort: Effort) -> list[str]:
    """Return the addresses of the questions about the reference product."""
    return [f"/ask?{urlencode({'q': one})}" for one in questions_by_docs(effort)[DOCS]]


def measure(effort: Effort) -> list[Figure]:
    """Return the figures of GET /ask: questions never asked before, and such that were.

    The first are asked of a server that keeps no answers, so that each is worked out.
    """
    paths = addresses(effort)
    with ExitStack() as stack:
        server = stack.enter_context(ours(DOCS, **WORKED_OUT))
        keeping = stack.enter_context(ours(DOCS, **PATIENT))
        replies = sorted((server.reply(one) for one in paths), key=lambda one: len(one.body))
        middle = replies[len(replies) // 2]
        targets = {"ours": (server, paths), "ours, again": (keeping, paths[:FEW])}
        for kind in _KINDS:
            targets[kind] = (stack.enter_context(baseline(kind, middle)), paths)
        measured = side_by_side(targets, effort)
    again = {"ours": measured.pop("ours, again"), "fastapi": measured["fastapi"]}
    said = f"{len(paths)} questions, {CONNECTIONS} connections, one process"
    found = against(measured, _KINDS, f"{said}; the plain one gives {len(middle.body)} bytes")
    return found + [
        replace(one, name="ours, asked before") if one.name == "ours" else one
        for one in against(again, _AGAIN, f"{FEW} questions, again and again")
        if one.name != "fastapi"
    ]
