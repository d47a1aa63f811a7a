"""The order of the work: what comes after what, then where it is done, then one procedure at once.

Deterministic: the same pages give the same order. It is kept by leaving steps out.
"""

from __future__ import annotations

import heapq
from collections.abc import Mapping, Sequence

from kb.catalog import Component
from kb.plan.master import Item
from kb.plan.words import PLACES

_PLACES = tuple(PLACES)


def by_use(components: Sequence[Component]) -> list[Component]:
    """Return components so that one that others use comes before them, as far as that goes."""
    table = {one.id: one for one in components}
    placed: dict[str, Component] = {}
    for start in sorted(table):
        waiting = [(start, False)]
        begun: set[str] = set()
        while waiting:
            name, is_done = waiting.pop()
            if is_done:
                placed.setdefault(name, table[name])
            elif name not in placed and name not in begun:
                begun.add(name)
                waiting.append((name, True))
                waiting += [
                    (one, False) for one in sorted(table[name].uses, reverse=True) if one in table
                ]
    return list(placed.values())


def in_order(steps: Sequence[Item], ranks: Mapping[str, int]) -> list[Item]:
    """Return steps in the order of the work; `ranks` are those of the components.

    One place after the other, and no step before those that it comes after. Steps at one place
    follow their components' order, those of one procedure together.
    """
    keys = _keys(steps, ranks)
    known = {one.id: one for one in steps}
    missing = {one.id: {name for name in one.after if name in known} for one in steps}
    followers: dict[str, list[str]] = {}
    for name, firsts in missing.items():
        for first in firsts:
            followers.setdefault(first, []).append(name)
    ready: dict[str, list[tuple[tuple[int, int], str]]] = {one: [] for one in _PLACES}
    for name, firsts in missing.items():
        if not firsts:
            heapq.heappush(ready[known[name].place], (keys[name], name))
    ordered: list[Item] = []
    place: str = _PLACES[0]
    while len(ordered) < len(steps):
        if not ready[place]:
            place = next((one for one in _PLACES if ready[one]), place)
        if ready[place]:
            name = heapq.heappop(ready[place])[1]
        else:  # a loop through what happens by itself: the pages' own order decides
            name = min((one for one in missing if missing[one]), key=keys.__getitem__)
            missing[name] = set()
        ordered.append(known[name])
        for follower in followers.get(name, ()):
            if name in missing[follower]:
                missing[follower].remove(name)
                if not missing[follower]:
                    heapq.heappush(ready[known[follower].place], (keys[follower], follower))
    return ordered


def _keys(steps: Sequence[Item], ranks: Mapping[str, int]) -> dict[str, tuple[int, int]]:
    """Return step -> its position among those at the same place, were no step after another."""
    firsts: dict[tuple[str, str], int] = {}
    own = {one.id: max((ranks[name] for name in one.components), default=-1) for one in steps}
    for one in steps:
        group = (one.place, one.method)
        if one.method:
            firsts[group] = min(firsts.get(group, own[one.id]), own[one.id])
    return {
        one.id: (firsts.get((one.place, one.method), own[one.id]), index)
        for index, one in enumerate(sorted(steps, key=lambda one: own[one.id]))
    }
