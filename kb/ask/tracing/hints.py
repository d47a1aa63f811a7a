"""Says what could be changed on the pages, if an answer is not what it should be."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kb.ask.decision import Decision, Ruling
from kb.ask.trace import FoundName, Matching, ReadAs
from kb.catalog import Catalog
from kb.text import join

_MOST_NAMES = 3


def hints(
    catalog: Catalog, read: ReadAs, decision: Decision, matched: Sequence[Matching]
) -> tuple[str, ...]:
    """Return what a writer may do, most telling first."""
    found = (
        *_unknown(read, decision),
        *_shared(catalog, read.names, decision),
        *_misspelt(read),
        *_conditions(catalog, decision),
        *_unmatched(catalog, decision, matched),
    )
    return tuple(dict.fromkeys(found))


def _unknown(read: ReadAs, decision: Decision) -> Iterator[str]:
    if decision.status == "answered" or not read.unknown:
        return
    words = join((f'"{one}"' for one in read.unknown), "or")
    yield (
        f"No page explains {words}. If that is another name of something documented, add it to "
        "the aliases of its page; if it is a fact of its own, state it in a requirement."
    )


def _shared(catalog: Catalog, names: Sequence[FoundName], decision: Decision) -> Iterator[str]:
    if decision.status != "clarify":
        return
    for one in names:
        if len(one.ids) > 1:
            bearers = join((catalog.title_of(name) for name in one.ids), "and")
            yield (
                f'"{one.text}" may be {bearers}. If people mean one of them by it, let that page '
                "alone have it among its aliases."
            )


def _misspelt(read: ReadAs) -> Iterator[str]:
    named = " ".join(one.read_as for one in read.names).split()
    for one in read.words:
        if one.near and one.read in named:
            yield (
                f'"{one.wrote}" was taken for a typing error of "{one.read}". If it is a word of '
                "its own, use it on a page: in an alias, a role or a requirement."
            )


def _conditions(catalog: Catalog, decision: Decision) -> Iterator[str]:
    by = [
        name
        for point in decision.points
        if isinstance(point, Ruling)
        for name in point.judgement.decided_by
        if name in catalog.conditions
    ]
    for name in dict.fromkeys(by):
        condition = catalog.conditions[name]
        known = join((f'"{one}"' for one in condition.names[:_MOST_NAMES]), "or")
        yield (
            f"A question settles the condition with words such as {known}. If this one did in "
            f"other words, add them to the aliases of {condition.path}."
        )


def _unmatched(catalog: Catalog, decision: Decision, matched: Sequence[Matching]) -> Iterator[str]:
    if decision.status == "answered":
        return
    for one in matched:
        if not one.matched and one.passed:
            yield (
                f"No requirement of {catalog.title_of(one.holder)} matches: see above what each "
                "lacks. Name the thing in the requirement's resources, or say it in its action."
            )
