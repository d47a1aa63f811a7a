"""Questions over HTTP, against a plain route that returns one answer whatever is asked."""

from __future__ import annotations

from contextlib import ExitStack
from urllib.parse import urlencode

from tests.benchmarks.asking import questions_by_docs
from tests.benchmarks.figures import Effort, Figure
from tests.benchmarks.load import CONNECTIONS
from tests.benchmarks.servers import DOCS, against, baseline, ours, side_by_side

GOAL = 0.5
_KINDS = {"fastapi": "FastAPI route", "fastapi-in-thread": "FastAPI route in a thread"}


def measure(effort: Effort) -> list[Figure]:
    """Return the figures of GET /ask, the questions of the reference knowledge base in turn."""
    paths = [f"/ask?{urlencode({'q': one})}" for one in questions_by_docs()[DOCS]]
    with ExitStack() as stack:
        server = stack.enter_context(ours(DOCS))
        replies = sorted((server.reply(one) for one in paths), key=lambda one: len(one.body))
        middle = replies[len(replies) // 2]
        targets = {"ours": (server, paths)}
        for kind in _KINDS:
            targets[kind] = (stack.enter_context(baseline(kind, middle)), paths)
        measured = side_by_side(targets, effort)
    said = f"{len(paths)} questions, {CONNECTIONS} connections, one process"
    return against(measured, _KINDS, GOAL, f"{said}; the plain one gives {len(middle.body)} bytes")
