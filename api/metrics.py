"""Counts what the service does, in the form that Prometheus reads. Owns prometheus_client.

Labels come from sets that this code knows: methods, route templates, statuses, types of problems.
Never a path, a question, a name or an address of a client, so that what is kept stays small and
tells of nobody.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    ProcessCollector,
    disable_created_metrics,
    values,
)
from prometheus_client import multiprocess as shared
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.metrics_core import GaugeMetricFamily, InfoMetricFamily, Metric
from prometheus_client.registry import Collector

from api.state import State

MEDIA_TYPE = CONTENT_TYPE_LATEST
SHARED_FOLDER = "PROMETHEUS_MULTIPROC_DIR"
"""Environment variable by which the processes of one service share their counts: a folder."""
BUCKETS = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
"""Upper bounds of durations, in seconds: from a look-up to the longest that is waited for."""
METHODS = frozenset(("GET", "HEAD", "POST", "OPTIONS", "PUT", "PATCH", "DELETE", "TRACE"))
NO_ROUTE = "none"
"""Stands for the route of a request that no route of the API took, such as for a page."""

_PID = re.compile(r"_(?P<pid>[0-9]+)\.db")


def share(folder: Path) -> None:
    """Have this process and those that it forks count together, in an empty folder.

    To be called before there are any `Metrics`: what is counted already is not moved.
    """
    os.environ[SHARED_FOLDER] = str(folder)
    values.ValueClass = values.get_value_class()  # type: ignore[no-untyped-call]


class Metrics:
    """What one process has counted; with `SHARED_FOLDER`, exposed for all that share it."""

    def __init__(self, state: State) -> None:
        disable_created_metrics()  # type: ignore[no-untyped-call]
        self._state = state
        self._registry = registry = CollectorRegistry()
        self._requests = Counter(
            "kb_http_requests",
            "Requests, by method, route and status.",
            ("method", "route", "status"),
            registry=registry,
        )
        self._durations = Histogram(
            "kb_http_request_duration_seconds",
            "Time from the head of a request to the end of its reply.",
            ("method", "route"),
            registry=registry,
            buckets=BUCKETS,
        )
        self._in_flight = Gauge(
            "kb_http_requests_in_flight",
            "Requests that are being answered now.",
            registry=registry,
            multiprocess_mode="livesum",
        )
        self._refusals = Counter(
            "kb_http_refusals", "Problems that were replied, by type.", ("type",), registry=registry
        )
        self._questions = Counter(
            "kb_questions",
            "Questions that were answered, by what became of them.",
            ("status", "verdict"),
            registry=registry,
        )
        self._gaps_lost = Counter(
            "kb_gaps_lost",
            "Unanswered questions that could not be kept.",
            registry=registry,
        )
        self._known: dict[tuple[str, str, int | None], tuple[Counter, Histogram]] = {}
        self.begin, self.end = self._in_flight.inc, self._in_flight.dec
        """To be called around the work for a request."""

    def count(self, method: str, route: str, status: int | None, seconds: float) -> None:
        """Count a request that is over; None: the client left before there was a reply."""
        known = self._known.get((method, route, status)) or self._meet(method, route, status)
        known[0].inc()
        known[1].observe(seconds)

    def refused(self, slug: str) -> None:
        """Count a reply that is a problem, by the last segment of its type."""
        self._refusals.labels(slug).inc()

    def asked(self, status: str, verdict: str | None) -> None:
        """Count an answered question."""
        self._questions.labels(status, verdict or "none").inc()

    def lost(self, count: int) -> None:
        """Count unanswered questions that could not be kept."""
        self._gaps_lost.inc(count)

    def exposition(self) -> bytes:
        """Return all counts as Prometheus reads them."""
        folder = os.environ.get(SHARED_FOLDER)
        counted = self._registry
        if folder:
            for pid in _pids(folder):
                if not Path(f"/proc/{pid}").exists():
                    shared.mark_process_dead(pid, folder)  # type: ignore[no-untyped-call]
            counted = CollectorRegistry()
            shared.MultiProcessCollector(counted, folder)  # type: ignore[no-untyped-call]
        rest = CollectorRegistry()
        rest.register(_Content(self._state))
        rest.register(_Processes(_pids(folder) if folder else [os.getpid()]))
        return generate_latest(counted) + generate_latest(rest)

    def _meet(self, method: str, route: str, status: int | None) -> tuple[Counter, Histogram]:
        """Return the counters of a kind of request; kinds are few, so that they are kept."""
        key = (method, route, status)
        if method not in METHODS:
            method = "OTHER"
        requests = self._requests.labels(method, route, str(status or NO_ROUTE))
        found = requests, self._durations.labels(method, route)
        if method != "OTHER":
            self._known[key] = found
        return found


class _Content(Collector):
    """What is being served, read when it is asked for."""

    def __init__(self, state: State) -> None:
        self._state = state

    def collect(self) -> Iterator[Metric]:
        """Yield what the state says."""
        state, generation = self._state, self._state.generation
        yield GaugeMetricFamily(
            "kb_ready", "Whether there is content to serve.", value=generation is not None
        )
        yield GaugeMetricFamily(
            "kb_content_refused",
            "Whether a newer state of the content could not be served.",
            value=state.refusal is not None or state.site_refusal is not None,
        )
        if generation is None:
            return
        catalog = generation.knowledge.catalog
        served = {"version": catalog.version}
        if generation.name is not None:
            served["generation"] = generation.name
        yield InfoMetricFamily("kb_content", "What is served.", value=served)
        yield GaugeMetricFamily(
            "kb_content_published_timestamp_seconds",
            "When the served content was published in this process.",
            value=generation.published_at.timestamp(),
        )
        yield GaugeMetricFamily(
            "kb_content_components", "Published components.", value=len(catalog.published())
        )
        yield GaugeMetricFamily(
            "kb_content_warnings",
            "Warnings that the pages gave.",
            value=len(generation.knowledge.diagnostics),
        )


class _Processes(Collector):
    """Memory, processor time and open files of each process of the service."""

    def __init__(self, pids: list[int]) -> None:
        self._pids = pids

    def collect(self) -> Iterator[Metric]:
        """Yield the usual process metrics, each sample with the process's id."""
        families: dict[str, Metric] = {}
        for pid in self._pids:
            one = ProcessCollector(pid=partial(int, pid), registry=None)
            for family in one.collect():
                whole = families.setdefault(
                    family.name, Metric(family.name, family.documentation, family.type, family.unit)
                )
                for sample in family.samples:
                    labels = {**sample.labels, "pid": str(pid)}
                    whole.samples.append(sample._replace(labels=labels))
        yield from families.values()


def _pids(folder: str) -> list[int]:
    """Return the processes that have counted in a shared folder."""
    found = (_PID.search(one.name) for one in Path(folder).glob("*.db"))
    return sorted({int(one["pid"]) for one in found if one})
