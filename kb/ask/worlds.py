"""The worlds that a question leaves open: topology, version and conditions, each settled.

A requirement applies in a world or it does not; a verdict is reached in each world by itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import NamedTuple, TypeVar

from kb.catalog import Catalog, Component, Product, Requirement

MOST_CONDITIONS = 8
"""Open conditions that are told apart in one question; further ones are taken not to hold."""

V = TypeVar("V")


class World(NamedTuple):
    """One way things may be."""

    topology: str | None
    version: str | None
    holding: frozenset[str]
    """Ids of the conditions that hold, of those that matter here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstances:
    """What the question settles; all else is open."""

    topologies: tuple[str, ...] = ()
    version: str | None = None
    series: tuple[str, ...] = ()
    """The versions among which it is, where only the first part of its number is named."""
    conditions: Mapping[str, bool]


def is_home(requirement: Requirement, world: World) -> bool:
    """Return whether the requirement belongs to the world's topology and version."""
    has_topology = world.topology is None or world.topology in requirement.topologies
    versions = requirement.versions
    return has_topology and (world.version is None or versions is None or world.version in versions)


def applies(requirement: Requirement, world: World) -> bool:
    """Return whether the requirement holds in this world."""
    return (
        is_home(requirement, world)
        and all(one in world.holding for one in requirement.when)
        and not any(one in world.holding for one in requirement.unless)
    )


def state(catalog: Catalog, said: Mapping[str, bool], name: str) -> bool | None:
    """Return whether a condition is stated or denied, also by a broader or narrower one.

    Stating or denying a broad condition settles its narrower ones, except those that exclude each
    other; stating a narrow one states its broader ones and leaves its siblings open.
    """
    if name in said:
        return said[name]
    condition = catalog.conditions[name]
    if any(said.get(one) is True for one in condition.descendants):
        return True
    for broader in condition.ancestors:
        if broader in said:
            siblings = catalog.conditions[broader].descendants
            is_exclusive = any(one in siblings for one in condition.excludes)
            return None if said[broader] and is_exclusive else said[broader]
    return None


def possible(
    catalog: Catalog,
    holder: Component | Product,
    requirements: Iterable[Requirement],
    circumstances: Circumstances,
) -> tuple[World, ...]:
    """Return the worlds that differ for these requirements of one component or product."""
    listed = list(requirements)
    home = catalog.products[holder.product] if isinstance(holder, Component) else holder
    topologies = circumstances.topologies or home.topologies or (None,)
    versions = _versions(home, holder, circumstances, listed)
    names = sorted({name for one in listed for name in (*one.when, *one.unless)})
    settled = {name: state(catalog, circumstances.conditions, name) for name in names}
    fixed = frozenset(name for name, value in settled.items() if value)
    open_names = [name for name, value in settled.items() if value is None][:MOST_CONDITIONS]
    return tuple(
        World(topology, version, holding)
        for topology in topologies
        for version in versions
        for size in range(len(open_names) + 1)
        for chosen in combinations(open_names, size)
        if _is_consistent(catalog, holding := fixed | frozenset(chosen), names)
    )


def deciding(worlds: Sequence[World], values: Mapping[World, V]) -> tuple[str, ...]:
    """Return the smallest set of dimensions that decides the value.

    A dimension is "topology", "version" or the id of a condition. Ties are broken in that order.
    """
    names = sorted({name for world in worlds for name in world.holding})
    varying = [
        one
        for one in ("topology", "version", *names)
        if len({coordinate(world, one) for world in worlds}) > 1
    ]
    for size in range(len(varying) + 1):
        for chosen in combinations(varying, size):
            groups: dict[tuple[object, ...], set[V]] = {}
            for world in worlds:
                where = tuple(coordinate(world, one) for one in chosen)
                groups.setdefault(where, set()).add(values[world])
            if all(len(found) == 1 for found in groups.values()):
                return chosen
    return tuple(varying)


def coordinate(world: World, dimension: str) -> str | bool | None:
    """Return where the world stands on a dimension."""
    if dimension == "topology":
        return world.topology
    if dimension == "version":
        return world.version
    return dimension in world.holding


def _versions(
    home: Product,
    holder: Component | Product,
    circumstances: Circumstances,
    requirements: Sequence[Requirement],
) -> Sequence[str | None]:
    if circumstances.version is not None:
        return (circumstances.version,)
    owned = holder.versions if isinstance(holder, Component) else home.versions
    owned = tuple(one for one in owned or () if one in circumstances.series) or owned
    if not owned or all(
        one.versions is None or set(owned) <= set(one.versions) for one in requirements
    ):
        return (None,)
    return owned


def _is_consistent(catalog: Catalog, holding: frozenset[str], names: Sequence[str]) -> bool:
    for name in holding:
        condition = catalog.conditions[name]
        if any(one in holding for one in condition.excludes):
            return False
        if any(one in names and one not in holding for one in condition.ancestors):
            return False
    return True
