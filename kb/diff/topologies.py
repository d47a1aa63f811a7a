"""Topology against topology: what is asked in the one and not, or otherwise, in the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import permutations
from typing import Literal

from kb import text
from kb.catalog import Catalog, Component, Product, Requirement, holds_in, topologies_of
from kb.diff.content import STRENGTH
from kb.model import Level

DifferenceKind = Literal["add", "change", "stop", "lapse"]
"""To be added; asked otherwise; from now on not to be done or not needed; no longer asked."""

_THE_SAME = 4
_NEGATIVE: frozenset[Level] = frozenset({"must-not", "should-not", "need-not"})


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that differs for one component."""

    kind: DifferenceKind
    component: str
    """Id of the component, or of the product where it is about the whole cluster."""
    before: Requirement | None
    """What holds in the one topology; None: nothing of this sort."""
    after: Requirement | None
    """What holds in the other."""


@dataclass(frozen=True, slots=True)
class TopologyDiff:
    """What differs for a product between two of its topologies."""

    product: str
    before: str
    """Id of the topology that is left."""
    after: str
    """Id of the topology that is gone to."""
    differences: tuple[Difference, ...]
    """By component in the order of the catalog, those of the whole cluster first."""
    components: tuple[str, ...] = ()
    """Ids of those that are compared; none named: the whole product."""

    @property
    def is_same(self) -> bool:
        """Whether nothing differs."""
        return not self.differences


def between(
    catalog: Catalog, product: str, before: str, after: str, components: Sequence[str] = ()
) -> TopologyDiff:
    """Return what differs between two topologies of a product, all given by their ids.

    `components` are those that are compared; empty: all, and what holds of the whole cluster.
    """
    holders = holders_of(catalog, product, components)
    found = [one for holder in holders for one in _of(catalog, holder, before, after)]
    return TopologyDiff(product, before, after, tuple(found), tuple(components))


def differing(catalog: Catalog, product: str) -> tuple[TopologyDiff, ...]:
    """Return the differences of all pairs of a product's topologies, in both directions."""
    names = topologies_of(catalog, catalog.products[product])
    made = (between(catalog, product, one, other) for one, other in permutations(names, 2))
    return tuple(one for one in made if one.differences)


def holders_of(
    catalog: Catalog, product: str, components: Sequence[str] = ()
) -> list[Product | Component]:
    """Return what is compared: these components, or a product and all that is published of it."""
    if components:
        return [catalog.components[one] for one in components]
    known = catalog.products[product]
    return [known, *(one for one in catalog.published() if one.product == product)]


def _of(
    catalog: Catalog, holder: Product | Component, before: str, after: str
) -> Iterator[Difference]:
    old, new = (_holding(catalog, holder, one) for one in (before, after))
    kept = {one.ref for one in old} & {one.ref for one in new}
    gone = [one for one in old if one.ref not in kept]
    for one in (one for one in new if one.ref not in kept):
        former = _counterpart(one, gone)
        if former is not None:
            gone.remove(former)
            yield Difference("change", holder.id, former, one)
        else:
            yield Difference("stop" if one.level in _NEGATIVE else "add", holder.id, None, one)
    for one in gone:
        yield Difference("lapse", holder.id, one, None)


def _holding(catalog: Catalog, holder: Product | Component, topology: str) -> list[Requirement]:
    """Return what holds in a topology, but for what something stronger there says too."""
    found = [one for one in holder.requirements if holds_in(catalog, one, topology)]
    return [one for one in found if not any(_implies(other, one) for other in found)]


def _implies(one: Requirement, other: Requirement) -> bool:
    """Whether the first says the same thing as the second under the same conditions, and more."""
    if _likeness(one, other) != _THE_SAME:
        return False
    (side, much), (other_side, less) = (STRENGTH.get(x.level, ("", 0)) for x in (one, other))
    return side == other_side and much > less > 0


def _counterpart(one: Requirement, others: Sequence[Requirement]) -> Requirement | None:
    """Return the one of `others` that speaks of the same thing, if any."""
    alike = [(_likeness(one, other), other) for other in others]
    best = max((score for score, _ in alike), default=0)
    return next((other for score, other in alike if score == best), None) if best else None


def _likeness(one: Requirement, other: Requirement) -> int:
    """Return how surely two requirements speak of the same thing; 0: they do not."""
    circumstances = (one.when, one.unless, one.versions)
    if text.key(one.action) == text.key(other.action):
        return _THE_SAME if circumstances == (other.when, other.unless, other.versions) else 3
    if circumstances != (other.when, other.unless, other.versions):
        return 0
    if (one.level in _NEGATIVE) != (other.level in _NEGATIVE):
        return 0
    if one.count and other.count:
        return 2 if one.count.of == other.count.of else 0
    if one.placement and other.placement:
        return 2 if one.resources == other.resources and one.nodes == other.nodes else 0
    return 0
