"""Makes the trace of an answer from the calls of the stages that were kept while it was found.

Each module beside this one writes down one stage. They look at what a stage was given and returned,
and decide nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

from kb.ask.reading import Reading
from kb.ask.record import Call
from kb.ask.trace import Trace
from kb.ask.tracing.candidates import matchings, passages, roles
from kb.ask.tracing.hints import hints
from kb.ask.tracing.reading import read_as
from kb.ask.tracing.rules import because, rule, tried
from kb.ask.tracing.worlds import judged
from kb.catalog import Catalog


def trace_of(catalog: Catalog, calls: Sequence[Call]) -> Trace:
    """Return the trace of the one answer during which these calls were kept."""
    reading: Reading = next(one.returned for one in calls if one.stage == "reading")
    by, decision = next(one.given for one in reversed(calls) if one.stage == "deciding")
    read = read_as(calls)
    matched = matchings(catalog, calls)
    return Trace(
        reading=read,
        matchings=matched,
        roles=roles(calls),
        passages=passages(calls),
        judged=judged(decision, calls),
        tried=tried(by, reading),
        decided_by=rule(by),
        because=because(reading, decision),
        hints=hints(catalog, read, decision, matched),
    )
