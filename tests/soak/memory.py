"""Requests and edits for a long time: memory, files and threads stay what they were."""

from __future__ import annotations

import math
import re
import shutil
import tempfile
from functools import partial
from pathlib import Path

import httpx

from tests.api.flood import Stream, flood
from tests.api.running import DOCS, serving, site_is_ready, until
from tests.api.test_overload import QUESTION
from tests.soak.outcome import Outcome

PAGE = "components/backup-service.md"
PATHS = (
    *(f"/{route}?q={QUESTION}+{at}" for at in range(40) for route in ("ask", "search")),
    *("/components", "/components/backup-service", "/plan", "/matrix", "/readyz", "/"),
)
WARM = 5
"""Rounds before anything is compared."""
MOST_GROWTH = 0.05
"""How much more memory may be in use at the end than after the first rounds."""


def grown(rounds: int) -> Outcome:
    """Return how memory grew over rounds of eight seconds of requests and one edit each."""
    used: list[float] = []
    held: list[tuple[int, int]] = []
    asked = failed = 0
    with tempfile.TemporaryDirectory() as folder:
        pages = Path(shutil.copytree(DOCS, Path(folder) / "docs"))
        page = pages / PAGE
        text = page.read_text("utf-8")
        with serving(pages) as running, running.client() as client:
            until(lambda: site_is_ready(client), 120)
            for number in range(rounds + WARM):
                version = client.get("/readyz").json()["content_version"]
                page.write_text(f"{text}\nRound {number}.\n", "utf-8")
                told = flood(running.port, [Stream("mixed", PATHS, 0, 4)], 8)["mixed"]
                asked, failed = asked + len(told.accepted), failed + told.failed
                failed += len(told.refused)
                until(partial(_is_other, client, version))
                used.append(megabytes(running.process.pid))
                held.append(_held(running.process.pid))
    slope, error = _slope(used[WARM:])
    growth = used[-1] / used[WARM] - 1
    per_thousand = slope * 1024 / (asked / len(used) / 1000)
    files, threads = (max(column) - column[0] for column in zip(*held[WARM:], strict=True))
    return Outcome(
        failed == 0 and growth <= MOST_GROWTH and threads <= 0,
        f"{asked:,} requests and {len(used)} edits: {failed} failed; {used[WARM]:.0f} MB after"
        f" {WARM} rounds, {used[-1]:.0f} MB at the end ({growth:+.1%}), {per_thousand:+.1f} ±"
        f" {error * 1024 / (asked / len(used) / 1000):.1f} KB a thousand requests with an edit for"
        f" every {asked // len(used):,}; files {files:+d}, threads {threads:+d} at most",
    )


def known(rounds: int) -> Outcome:
    """Return what a million requests leave behind that were answered before; told once a round."""
    asked = failed = 0
    used: list[float] = []
    with serving(DOCS) as running, running.client() as client:
        until(lambda: site_is_ready(client), 120)
        ids = [one["id"] for one in client.get("/components").json()["items"]]
        paths = [f"/components/{one}" for one in ids] + [f"/ask?q={QUESTION}+{one}" for one in ids]
        flood(running.port, [Stream("warm", paths, 0, 8)], 2)
        files = _held(running.process.pid)[0]
        while asked < 1_000_000:
            told = flood(running.port, [Stream("known", paths, 0, 16)], max(1, rounds / 3))["known"]
            asked, failed = asked + len(told.accepted), failed + told.failed + len(told.refused)
            used.append(megabytes(running.process.pid))
        more_files = _held(running.process.pid)[0] - files
    growth = max(used) - used[0]
    return Outcome(
        failed == 0 and growth <= 8 and more_files <= 0,
        f"{asked:,} look-ups and questions: {failed} failed; memory {used[0]:.0f} MB after the"
        f" first {asked // len(used):,}, at most {growth:+.1f} MB later; files {more_files:+d}",
    )


def _is_other(client: httpx.Client, version: str) -> bool:
    return bool(client.get("/readyz").json()["content_version"] != version)


def megabytes(process: int) -> float:
    """Return the memory that a process has in use."""
    status = Path(f"/proc/{process}/status").read_text("utf-8")
    found = re.search(r"VmRSS:\s*(\d+) kB", status)
    assert found
    return int(found[1]) / 1024


def _held(process: int) -> tuple[int, int]:
    """Return how many files are open, and how many threads there are."""
    folder = Path(f"/proc/{process}")
    return len(list((folder / "fd").iterdir())), len(list((folder / "task").iterdir()))


def _slope(values: list[float]) -> tuple[float, float]:
    """Return the slope of a line through values at even distances, and its 95 % margin."""
    number = len(values)
    middle, mean = (number - 1) / 2, sum(values) / number
    spread = sum((place - middle) ** 2 for place in range(number))
    slope = sum((place - middle) * (value - mean) for place, value in enumerate(values)) / spread
    rest = sum((value - mean - slope * (place - middle)) ** 2 for place, value in enumerate(values))
    return slope, 1.96 * math.sqrt(rest / max(1, number - 2) / spread)
