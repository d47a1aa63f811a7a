"""When a requirement applies, and whether two of them can apply together.

A world is one topology, one version, and conditions that hold or do not. Two requirements meet
when there is a world in which both apply.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import combinations

from kb.model import ComponentEntry, ConditionEntry, ProductEntry, RequirementEntry
from kb.pages import Page
from kb.rules.world import Stated, World

_COMPARISON = re.compile(r"(?P<sign>[<>]=?|=) ?(?P<number>\d+)")


def can_meet(world: World, page: Page, one: Stated, other: Stated) -> bool:
    """Whether both requirements can apply at the same time to the component of `page`."""
    return (
        _share_a_topology(world, page, one, other)
        and _share_a_version(world, page, one, other)
        and can_hold(
            world,
            (*one.entry.when, *other.entry.when),
            (*one.entry.unless, *other.entry.unless),
        )
    )


def can_hold(world: World, stated: Iterable[str], denied: Iterable[str]) -> bool:
    """Whether all `stated` conditions can hold while none of the `denied` ones does."""
    holding = {two for one in stated for two in (one, *world.broader("condition", one))}
    denied = set(denied)
    if holding & denied:
        return False
    if any(_exclude(world, one, other) for one, other in combinations(sorted(holding), 2)):
        return False
    return _some_number_of_nodes(world, holding, denied)


def _exclude(world: World, one: str, other: str) -> bool:
    return other in _excluded(world, one) or one in _excluded(world, other)


def _excluded(world: World, name: str) -> tuple[str, ...]:
    found = world.find(("condition",), name)
    return found.entry.excludes if found and isinstance(found.entry, ConditionEntry) else ()


def _some_number_of_nodes(world: World, holding: set[str], denied: set[str]) -> bool:
    """Whether there is a number of nodes with which the conditions on it are as wanted."""
    wanted = [(one, True) for one in _comparisons(world, holding)]
    wanted += [(one, False) for one in _comparisons(world, denied)]
    if not wanted:
        return True
    bounds = {number for (_, number), _ in wanted}
    numbers = {max(bound + step, 1) for bound in bounds for step in (-1, 0, 1)}
    return any(
        all(_compare(number, sign, bound) is holds for (sign, bound), holds in wanted)
        for number in numbers
    )


def _comparisons(world: World, names: Iterable[str]) -> Iterator[tuple[str, int]]:
    for name in names:
        found = world.find(("condition",), name)
        if found and isinstance(found.entry, ConditionEntry) and found.entry.nodes:
            match = _COMPARISON.fullmatch(found.entry.nodes)
            if match:
                yield match["sign"], int(match["number"])


def _compare(number: int, sign: str, bound: int) -> bool:
    return {
        ">": number > bound,
        ">=": number >= bound,
        "<": number < bound,
        "<=": number <= bound,
        "=": number == bound,
    }[sign]


def _share_a_topology(world: World, page: Page, one: Stated, other: Stated) -> bool:
    first, second = _topologies(world, page, one), _topologies(world, page, other)
    return first is None or second is None or bool(first & second)


def _topologies(world: World, page: Page, one: Stated) -> set[str] | None:
    """Return the topologies in which a requirement applies; None: in all."""
    product = world.product_of(page)
    known = product.entry.topologies if product and isinstance(product.entry, ProductEntry) else ()
    wanted = set(one.entry.in_ or known)
    if not wanted:
        return None
    return wanted.union(*(world.narrower("topology", one) for one in wanted))


def _share_a_version(world: World, page: Page, one: Stated, other: Stated) -> bool:
    positions = world.version_positions(page) or {}
    entry = page.entry if isinstance(page.entry, ComponentEntry) else None
    stated: list[RequirementEntry | ComponentEntry] = [
        one.entry,
        other.entry,
        *([entry] if entry else []),
    ]
    firsts = [positions[label] for each in stated if (label := each.since or "") in positions]
    lasts = [positions[label] for each in stated if (label := each.until or "") in positions]
    return max(firsts, default=0) <= min(lasts, default=len(positions))
