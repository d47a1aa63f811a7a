"""One, two and four workers on one generation: how many more requests they answer together."""

from __future__ import annotations

import time
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

from kb import GenerationStore, KnowledgeBase
from tests.api.running import started
from tests.benchmarks.asking_over_http import PATIENT, WORKED_OUT, addresses
from tests.benchmarks.figures import Effort, Figure, ratios
from tests.benchmarks.load import CONNECTIONS
from tests.benchmarks.servers import DOCS, Server, side_by_side

NUMBERS = (1, 2, 4)
_START = 2.0
"""How long the last of the workers may take to answer after the first, in seconds."""


def measure(effort: Effort) -> list[Figure]:
    """Return the figures of look-ups, and of questions each of which is worked out."""
    looked_up = [f"/components/{min((DOCS / 'components').glob('*.md')).stem}"]
    kinds = {"look-ups": (looked_up, PATIENT), "questions": (addresses(effort), WORKED_OUT)}
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="clusterkb-")))
        store = GenerationStore(folder / "store")
        store.publish(store.add(KnowledgeBase.build(DOCS).save))
        targets = {}
        for kind, (paths, settings) in kinds.items():
            for number in NUMBERS:
                options = ("--generation", str(store.root), "--workers", str(number))
                running = stack.enter_context(started(*options, **settings))
                targets[f"{kind}, {number}"] = Server(running.port, running.process.pid), paths
        time.sleep(_START)
        rates = {name: one.rates for name, one in side_by_side(targets, effort).items()}
    said = f"{CONNECTIONS} connections; the clients take their part of the cores"
    return [
        Figure(
            name=f"{kind}, {number} workers / 1",
            unit="",
            values=ratios(rates[f"{kind}, {number}"], rates[f"{kind}, 1"]),
            note=said,
        )
        for kind in kinds
        for number in NUMBERS[1:]
    ] + [Figure(name=name, unit="requests/s", values=tuple(one)) for name, one in rates.items()]
