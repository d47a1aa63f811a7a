"""Which statements bear on the place that a question asks about, and what follows from others."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from kb.ask import data
from kb.ask.answer import Verdict
from kb.ask.reading import AskedPlacement, Reading
from kb.ask.verdicts import Column, Match, is_placed
from kb.ask.words import page_tokens
from kb.catalog import Requirement
from kb.model import Level

NODES_OF_SOME = re.compile(r" (?:each|everi|all) ([a-z0-9]+) (?:node|server|machin|host|box)\b")
"""Nodes of some sort: what tells them from others."""


def in_place(reading: Reading, named: Sequence[Match]) -> list[Match]:
    """Leave out what is said of another place than the one asked about."""
    asked = reading.placement
    if asked is None:
        return list(named)
    return [
        one
        for one in named
        if one.requirement.placement is None
        or is_placed(one.requirement.placement, asked) is not False
    ]


def by_place(
    listed: Iterable[Requirement], reading: Reading, objects: Sequence[str]
) -> list[Match]:
    """Return the statements that tell the place, or another one that answers."""
    asked = reading.placement
    if asked is None:
        return []
    found = []
    for one in listed:
        if one.placement is None:
            continue
        is_own_nodes = one.nodes is not None and (
            _are_told_apart(one, reading)
            or one.nodes in objects
            or one.nodes in reading.resources
            or asked in ("each-server", "each-machine")
        )
        if one.nodes is not None and not is_own_nodes:
            if one.placement == "each-node" == asked and one.level in ("must", "automatic"):
                found.append(Match(one, 1, where_placed(one.level, is_so=False)))
            continue
        if asked == "several-per-node" and one.placement == "each-node":
            if reading.modality in ("can", "forbidden", "discouraged"):
                continue
            found.append(Match(one, 1, _MORE_THAN_STATED))
            continue
        wanted = "once-per-cluster" if asked == "one-per-cluster" else asked
        is_same = one.placement == wanted or (is_own_nodes and one.placement == "each-node")
        if is_same:
            found.append(Match(one))
        elif one.level in ("must", "automatic") and is_placed(one.placement, asked) is not None:
            is_so = bool(is_placed(one.placement, asked))
            found.append(Match(one, 1, where_placed(one.level, is_so=is_so)))
    return found


_MORE_THAN_STATED: Mapping[Column, Verdict | None] = {
    "required": "no",
    "need": "no",
    "recommended": "no",
    "can": None,
    "forbidden": None,
    "discouraged": None,
    "skip": "yes",
    "uses": "no",
}
"""The verdicts on several in a place where one is asked for, and no number stated."""


def _are_told_apart(requirement: Requirement, reading: Reading) -> bool:
    """Return whether a word between "each" and "node" is one of the statement's words."""
    match = NODES_OF_SOME.search(reading.line)
    said = page_tokens(requirement.action)
    return match is not None and any(one.stem == match.group(1) for one in said)


def elsewhere(match: Match, asked: AskedPlacement) -> Match:
    """Return the match, judged by its place where a statement tells another than is asked about."""
    stated = match.requirement.placement
    if match.verdicts is not None or stated is None or is_placed(stated, asked) is not False:
        return match
    return replace(match, verdicts=where_placed(match.requirement.level, is_so=False))


def where_placed(level: Level, *, is_so: bool) -> Mapping[Column, Verdict | None]:
    """Return the verdicts on another placement than the one stated."""
    allowed: Verdict | None = "yes" if is_so else ("no" if level == "must" else None)
    return {
        "required": "yes" if is_so and level == "must" else "no",
        "need": "yes" if is_so and level == "must" else "no",
        "recommended": "yes" if is_so and level == "must" else "no",
        "can": allowed,
        "forbidden": "yes" if allowed == "no" else "no",
        "discouraged": "yes" if not is_so and level in ("must", "should") else "no",
        "skip": "no" if is_so and level == "must" else "yes",
        "by-itself": "yes" if is_so and level == "automatic" else "no",
        "uses": "yes" if is_so else "no",
    }


def leaves_the_place_open(reading: Reading, requirement: Requirement) -> bool:
    """Return whether nodes are asked about, and a statement says what is done, but not on which.

    Of what is to be on nodes it is left open too whether it may be elsewhere.
    """
    if requirement.placement == "each-node":
        return reading.placement == "outside-cluster"
    is_on_nodes = reading.placement in ("each-node", "one-node", "particular-node")
    if not is_on_nodes or requirement.placement is not None or requirement.level == "may":
        return False
    return data.stems_of("nodes").isdisjoint(one.stem for one in page_tokens(requirement.action))


def names_a_place(reading: Reading) -> bool:
    """Return whether a place is asked about that is more than a number."""
    return reading.placement not in (None, "once-per-deployment")
