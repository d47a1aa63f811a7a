"""Requests that nobody would think of, many of them."""

from __future__ import annotations

import tempfile
from collections import Counter
from pathlib import Path

from tests.api.described import tried
from tests.api.fuzzing import ENVIRONMENT, batches, send_all
from tests.api.running import K0, serving, site_is_ready, until
from tests.soak.outcome import Outcome

REQUESTS = 667
"""How many damaged requests are sent in a round; 30 rounds are 20,000."""
EXAMPLES = 5
"""How many random requests are made for each operation in a round."""


def damaged(rounds: int) -> Outcome:
    """Send requests from a grammar, many of them damaged, pipelined over raw connections."""
    statuses: Counter[int] = Counter()
    faults: Counter[str] = Counter()
    sent = 0
    with serving(K0, **ENVIRONMENT) as running, running.client() as client:
        until(lambda: site_is_ready(client), 120)
        for number in range(rounds):
            made = list(batches(number, REQUESTS))
            wrong, found = send_all(running, [batch for batch, _ in made])
            sent += sum(count for _, count in made)
            statuses += found
            faults.update(f"{one.fault} (seed {number})" for one in wrong)
        faults.update(line for line in running.lines if "Traceback" in line)
        is_well = client.get("/readyz").status_code == 200
    told = ", ".join(f"{count:,} with {status}" for status, count in sorted(statuses.items()))
    return Outcome(
        not faults and is_well,
        f"{sent:,} requests over raw connections, {statuses.total():,} replies before the"
        f" connections were at their end: {told}; at fault: {faults.total()}"
        + "".join(f"; {count} times {fault}" for fault, count in faults.most_common(5)),
    )


def described(rounds: int) -> Outcome:
    """Make requests from the description, with all checks, in all phases."""
    with (
        tempfile.TemporaryDirectory() as folder,
        serving(K0, **ENVIRONMENT) as running,
        running.client() as client,
    ):
        until(lambda: site_is_ready(client), 120)
        examples = EXAMPLES * rounds
        found = tried(running.address, examples, 1, Path(folder), 60 + 30 * rounds)
    return Outcome(
        not found,
        f"up to {examples} random requests for each operation, after the examples and edges of"
        f" each parameter: {'nothing found' if not found else found[-500:]}",
    )
