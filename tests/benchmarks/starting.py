"""`kb serve` on the reference knowledge base: from its start to the first reply, and its memory."""

from __future__ import annotations

import time
from collections.abc import Iterator

from tests.api.running import DOCS, Running, serving, site_is_ready, until
from tests.benchmarks.asking import questions_by_docs
from tests.benchmarks.figures import Effort, Figure
from tests.benchmarks.machine import resident

READY_GOAL = 1.0
"""In seconds."""
MEMORY_GOAL = 150.0
"""In MB."""


def measure(effort: Effort) -> list[Figure]:
    """Return the figures of a server that somebody starts."""
    return [
        Figure(
            name="start to ready",
            unit="s",
            values=tuple(_start() for _ in range(min(3, effort.rounds))),
            at_most=READY_GOAL,
            note="from the start of the process to 200 from /readyz, by the clock",
        ),
        *_memory(effort),
    ]


def _start() -> float:
    started = time.perf_counter()
    with serving(DOCS) as server, server.client() as client:
        client.get("/readyz").raise_for_status()
        return time.perf_counter() - started


def _memory(effort: Effort) -> Iterator[Figure]:
    """Give the memory of a server that has a site and has answered everything once."""
    with serving(DOCS) as server, server.client() as client:
        if effort.is_full:
            until(lambda: site_is_ready(client), 60)
        _use(server, questions_by_docs(effort)[DOCS])
        held = resident(server.process.pid)
    if held is not None:
        said = "with site" if effort.is_full else "without site"
        yield Figure(
            name="memory", unit="MB", values=(held,), at_most=MEMORY_GOAL, note=f"resident, {said}"
        )


def _use(server: Running, questions: list[str]) -> None:
    with server.client() as client:
        for one in client.get("/components").json()["items"]:
            client.get(f"/components/{one['id']}").raise_for_status()
        for question in questions:
            client.get("/ask", params={"q": question}).raise_for_status()
            client.get("/search", params={"q": question}).raise_for_status()
