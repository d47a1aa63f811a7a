"""Which statements bear on the number that a question asks about."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache

from kb.ask import counts, data, phrases
from kb.ask.facts import Facts, marks
from kb.ask.reading import Reading
from kb.ask.verdicts import Match
from kb.ask.words import stem, tokens
from kb.catalog import Requirement

NODE = "node"
_PARITY = re.compile(r" (odd|even) number of\b| number of(?: [^ ,.]+){1,4} (odd|even)\b")


def by_count(facts: Facts, listed: Iterable[Requirement], reading: Reading) -> list[Match]:
    """Return the statements on the number, or of them those on the end that is asked about."""
    assert reading.amount is not None  # the caller has looked
    found = []
    counting = [one for one in listed if is_counted(facts, one, reading.counted)]
    alike = most_alike(facts, [one for one in counting if one.count], reading.counted)
    for one in counting:
        per = reading.counted_per
        is_same = per in (None, one.count.per) if one.count is not None else per != NODE
        if not is_same and per not in facts.action(one).marks:
            continue
        verdicts = counts.of_parity(one, reading.amount) or counts.verdicts(
            one, reading.amount, reading.nodes, is_enough=reading.modality == "enough"
        )
        if verdicts is not None:
            is_missed = verdicts["discouraged"] == "yes"
            if not is_missed and one.count is not None and one not in alike:
                continue  # what is within a limit on all says nothing of some of them
            found.append(Match(one, verdicts=verdicts, is_missed=is_missed))
    asked = phrases.first_meaning("bound", reading.line)
    meant = [one for one in found if one.requirement.count and one.requirement.count.bound == asked]
    return meant or _of_all_together(found, reading)


def _of_all_together(found: list[Match], reading: Reading) -> list[Match]:
    """Leave out limits for one node where how many there are in all is said."""
    if reading.counted_per is not None or reading.placement == "one-node":
        return found
    wider = [
        one for one in found if one.requirement.count is None or one.requirement.count.per != NODE
    ]
    return wider or found


def by_parity(facts: Facts, listed: Iterable[Requirement], reading: Reading) -> list[Match]:
    """Return the statements on an even or odd number of what the question asks one of."""
    asked = _PARITY.search(reading.line)
    if asked is None:
        return []
    amount = 1 if "odd" in asked.groups() else 2
    counted = [one for one in listed if is_counted(facts, one, reading.counted_after)]
    judged = ((one, counts.of_parity(one, amount)) for one in counted)
    return [Match(one, verdicts=verdicts) for one, verdicts in judged if verdicts is not None]


def is_counted(facts: Facts, requirement: Requirement, counted: Sequence[str]) -> bool:
    """Return whether the requirement counts what the question counts (stems, or ids).

    "Two store members", "two stores" and "two members" may be the same: a noun for a part of a
    thing may be left out, or be another one, where the thing itself is named.
    """
    measure = facts.measure(requirement)
    if measure is None:
        return False
    of, title, head, names = measure
    if of in counted or (counted and names.union(_stems(title)).issuperset(counted)):
        return True
    units = _parts_of_things()
    is_whole = len(counted) > 1 and units.isdisjoint(counted)
    if names & set(counted) and not (is_whole and head in units):
        return True
    if head in units and requirement.component in counted and not is_whole:
        return True
    if head == NODE and counted and counted[-1] in data.stems_of("nodes"):
        return True
    if names and head not in units:
        return False
    if counted[-1:] == (NODE,) and head not in counted:
        return False
    return any(marks(head) & marks(one) for one in counted)


def most_alike(
    facts: Facts, found: Sequence[Requirement], counted: Sequence[str]
) -> list[Requirement]:
    """Return of statements on a number those that name most of what is counted, and least besides.

    "How many read stores" is about those, where another statement is about all stores.
    """
    besides = [_besides(facts, one, counted) for one in found]
    return [one for one, number in zip(found, besides, strict=True) if number == min(besides)]


def _besides(facts: Facts, requirement: Requirement, counted: Sequence[str]) -> tuple[int, int]:
    """Return how many of the words are not what a statement counts, and how many it has besides."""
    measure = facts.measure(requirement)
    if measure is None or measure[0] in counted:
        return len(counted) - bool(measure), 0
    _, title, _, names = measure
    missing = {*counted} - names - _stems(title)
    return len(missing), len(_stems(title) - {*counted}) - len(names & {*counted})


def _stems(title: str) -> frozenset[str]:
    return frozenset(one.stem for one in tokens(title))


@cache
def _parts_of_things() -> frozenset[str]:
    return frozenset(stem(one) for one in data.word_lists()["counters"])
