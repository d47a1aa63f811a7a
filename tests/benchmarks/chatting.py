"""A command from a chat platform over HTTP: signed, verified, answered and rendered."""

from __future__ import annotations

import time
from collections.abc import Callable

import httpx

from tests.api.chatops.signing import MAKERS, SETTINGS, Signed
from tests.api.running import DOCS, serving
from tests.benchmarks.asking import questions_by_docs
from tests.benchmarks.figures import Effort, Figure

GOAL = 50.0
"""In ms, for 99 of 100 commands."""
_MOST = 300
"""How many questions are asked, of all that there are."""


def measure(effort: Effort) -> list[Figure]:
    """Return, for each platform, the time from a signed request to its whole reply."""
    every = questions_by_docs(effort)[DOCS]
    questions = every[:: max(1, len(every) // _MOST)]
    with (
        serving(DOCS, KB_BASE_URL="https://kb.example.org/", **SETTINGS) as server,
        server.client() as client,
    ):
        for maker in MAKERS.values():  # what is made once is made
            _p99(client, maker, questions[:20])
        return [
            Figure(
                name=f"{name}, 99 of 100",
                unit="ms",
                values=tuple(_p99(client, maker, questions) for _ in range(effort.rounds)),
                at_most=GOAL,
                note=f"{len(questions)} questions one after the other on one connection, by the "
                "clock of the client",
            )
            for name, maker in MAKERS.items()
        ]


def _p99(client: httpx.Client, maker: Callable[..., Signed], questions: list[str]) -> float:
    times = []
    for question in questions:
        signed = maker(question)
        started = time.perf_counter()
        reply = client.post(signed.path, headers=dict(signed.headers), content=signed.body)
        times.append(1_000 * (time.perf_counter() - started))
        reply.raise_for_status()
    return sorted(times)[round(0.99 * (len(times) - 1))]
