"""The page of promises: what is promised, which test proves it, what its last run gave."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "reference" / "reliability.md"
PROMISES = {
    "overload": "Under ten times the load that it can carry 90 % of the work is still done: 99 % of"
    " answers within 500 ms, of refusals within 50 ms, of probes within 100 ms, and at most 64 MB"
    " more memory.",
    "burden": "Questions that are made to cost much, half of all requests: 99 % of look-ups take at"
    " most twice as long.",
    "kills": "A worker that is killed is replaced within 2 s, and only what it was doing is lost.",
    "publications": "New content is served within 1 s, while no reply fails or is of two contents.",
    "endings": "A request that has been begun when the signal to end arrives is answered.",
    "memory": "Requests and edits leave the memory in use within 5 %, and no thread behind.",
    "known": "What was answered before is answered again a million times: none fails, memory grows"
    " by 8 MB at most, and no file stays open.",
    "questions": "Whatever strangers ask, of questions without answers at most 100,000 are kept, in"
    " a file of at most 64 MB, and memory grows by 16 MB at most.",
    "fuzz": "No request, however damaged, gets a 5xx but a refusal in overload, or is left without"
    " an end.",
    "description": "Requests made from the description of the service, single and in sequences, get"
    " replies that it states.",
}
"""Name of the soak -> what it tests."""
_BEGINNING = """---
answers: false
---

# Reliability

What the service promises about bad days, and what the last long test of each promise gave. `make soak` runs them and writes this page; `make test` has a short form of each. The tests are in `tests/soak/`.

| promise | test | last result | kept |
|---|---|---|---|
"""  # noqa: E501 - a paragraph is a line
_END = """
## Known limits

- Figures of time are those of the machine that is named, and of what else it did, the clients of the test among it. What `make test` asks of overload is therefore counted in processor time of the service.
- One process refuses cheaply, not for nothing: for 10 to 40 µs of its processor, most of them in the system's part of receiving, sending and waking the client. An answer takes 1 to 2.5 ms, so the nine refusals that go with each under ten times the load take a tenth to a third of the work. What was answered before is never refused. Where a flood must cost nothing at all, limit it in a proxy in front.
- The run of memory is short: a slow growth with each edit is not excluded by it. Longer ones are `make soak ARGS="--rounds 500 memory"`.
- A client that sends or reads slowly holds a connection for as long as the settings allow. How many connections one client may have is for a proxy in front to say.
"""  # noqa: E501 - a paragraph is a line


def page(results: Mapping[str, Mapping[str, Any]]) -> str:
    """Return the page, as Markdown."""
    rows = [
        f"| {promise} | `{name}` | {_result(results.get(name))} | {_kept(results.get(name))} |\n"
        for name, promise in PROMISES.items()
    ]
    return _BEGINNING + "".join(rows) + _END


def _result(found: Mapping[str, Any] | None) -> str:
    if found is None:
        return "not run yet"
    busy = found["busy"]
    load = f", {busy[1]:.0f} processes at work" if busy else ""
    return f"{found['measured']}. On {found['on']}, {found['machine']}{load}."


def _kept(found: Mapping[str, Any] | None) -> str:
    return "" if found is None else "yes" if found["holds"] else "**no**"
