"""What the facts say of a cluster's nodes: how many there are, and which of them works.

The number is taken from requirements that count nodes and from the words of the topology; what each
node does from the topology's names ("active-passive") or from its definition ("one works and the
other follows it"). Where neither says so, the nodes are alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kb.catalog import Catalog, Requirement, Topology, held

MOST_DRAWN = 3


@dataclass(frozen=True, slots=True)
class Role:
    """What a node does in a topology."""

    name: str
    """In the topology's own word: "active", "waits"."""
    works: bool
    """Whether it is the one that works."""


@dataclass(frozen=True, slots=True)
class Nodes:
    """The nodes of a cluster."""

    number: int | None
    """How many there are at least; None where nothing is recorded."""
    is_exact: bool
    """Whether there are no more than these."""
    roles: tuple[Role, ...]
    """Of the first node and of all others; empty where they are alike."""

    @property
    def drawn(self) -> int:
        """How many are drawn."""
        return min(self.number or 2, MOST_DRAWN)

    @property
    def has_more(self) -> bool:
        """Whether there may be nodes that are not drawn."""
        return not self.is_exact or (self.number or 0) > self.drawn

    @property
    def in_words(self) -> str:
        """How many there are, for readers."""
        if self.number is None:
            return "number of nodes not recorded"
        if self.is_exact:
            return f"{self.number} node{'s' if self.number > 1 else ''}"
        return f"{self.number} or more nodes"


_WORKING = "active|primary|leader|master|live"
_WAITING = "passive|standby|backup|secondary|replica|follower|reserve"
_PAIR = re.compile(rf"\b({_WORKING})\s*[-/]\s*({_WAITING}|{_WORKING})\b")
_ONE_AND_OTHER = re.compile(
    r"\bone (?:node )?([a-z]+s) and (?:another|the others?)(?: nodes?)? ([a-z]+)\b"
)
_NUMBERS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_NUMBER = "|".join((r"\d{1,4}", *_NUMBERS))
_COUNTED = re.compile(rf"\b(at least )?({_NUMBER})( or more)? nodes\b")
_STORAGE = re.compile(
    r"\bshared (?:disks?|storage|drives?|volumes?|store|file systems?|director(?:y|ies))\b"
)


def nodes_of(catalog: Catalog, topology: Topology | None, stated: Iterable[Requirement]) -> Nodes:
    """Return the nodes of a cluster of this topology; `stated` are requirements that may count."""
    terms = _with_broader(catalog, topology)
    roles = next((found for one in terms if (found := _roles(one))), ())
    counted = list(_counts(catalog, topology, stated)) or [
        told for one in terms if (told := _told(one))
    ]
    if not counted:
        return Nodes(None, False, roles)
    return Nodes(max(number for number, _ in counted), any(exact for _, exact in counted), roles)


def storage_of(catalog: Catalog, topology: Topology | None) -> str | None:
    """Return what a topology calls the storage that its nodes share; None where it names none."""
    for one in _with_broader(catalog, topology):
        found = _STORAGE.search((one.summary or "").casefold())
        if found:
            return found[0]
    return None


def _with_broader(catalog: Catalog, topology: Topology | None) -> list[Topology]:
    if topology is None:
        return []
    return [topology, *(catalog.topologies[name] for name in topology.ancestors)]


def _roles(topology: Topology) -> tuple[Role, ...]:
    for name in topology.names:
        pair = _PAIR.search(name.casefold())
        if pair:
            is_alike = pair[2] in _WORKING.split("|")
            return Role(pair[1], works=True), Role(pair[2], works=is_alike)
    summary = (topology.summary or "").casefold()
    told = _ONE_AND_OTHER.search(summary)
    if told and re.search(r"\bnodes?\b", summary):
        return Role(told[1], works=True), Role(told[2], works=False)
    return ()


def _told(topology: Topology) -> tuple[int, bool] | None:
    """Return the number of nodes that a definition states, and whether it is exact."""
    found = _COUNTED.search((topology.summary or "").casefold())
    if not found:
        return None
    number = _NUMBERS.get(found[2]) or int(found[2])
    return (number, not (found[1] or found[3])) if number else None


def _counts(
    catalog: Catalog, topology: Topology | None, stated: Iterable[Requirement]
) -> Iterator[tuple[int, bool]]:
    """Yield the numbers of nodes that requirements state for all cases."""
    for one in stated:
        count = one.count
        if count is None or one.level != "must" or one.when or one.unless:
            continue
        if count.of not in {"node", "nodes"} or count.per != "cluster" or count.bound == "at-most":
            continue
        if topology is not None and topology.id not in held(catalog, one):
            continue
        if isinstance(count.amount, int) and count.amount > 0:
            yield count.amount, count.bound == "exactly"
