"""The master plan of a product: all that its pages ask, in the order in which it is done.

It is compiled once. A plan is what is left of it for somebody's components, topology, conditions,
version and nodes; nothing is ordered, looked up or worded after this stage, so that a browser can
make the same plans from the same values.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from typing import Any, Literal

from kb.model import Level

Place = Literal[
    "before",
    "storage",
    "outside",
    "nodes",
    "node",
    "cluster",
    "deployment",
    "components",
    "whole",
    "check",
]
"""Where a step is done, in the order of the work as far as no step comes after another."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A component that can be planned for."""

    id: str
    title: str
    role: str
    """One sentence; empty where none is written."""
    asks_nothing: bool
    versions: tuple[str, ...]
    """The versions that have it; empty: all, or none are told apart."""
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """A topology that can be chosen."""

    id: str
    title: str
    summary: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A condition that decides about a step, or that settles one that does."""

    id: str
    title: str
    heading: str
    """The title with a capital."""
    summary: str
    decides: bool
    """Whether a step names it itself."""
    ancestors: tuple[str, ...]
    descendants: tuple[str, ...]
    excludes: tuple[str, ...]
    sign: str
    """How it compares with the number of nodes (`>=`, `<`, ...); empty: it does not."""
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Method:
    """A procedure: its steps, or who has them."""

    id: str
    title: str
    steps: tuple[str, ...]
    publisher: str
    """Whose documentation it stands in."""
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """A command that only reads, and what it shows when all is well."""

    run: str
    expect: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One requirement, for all components that share it."""

    id: str
    """`owner/requirement`: stays the same as long as the page has the requirement."""
    level: Level
    text: str
    """The full sentence."""
    components: tuple[str, ...]
    """Ids of the components that it holds for; none: it holds of the product as a whole."""
    place: Place
    is_per_node: bool
    """Whether it is done on each node of the cluster."""
    topologies: tuple[str, ...]
    """Those in which it holds; empty: all."""
    versions: tuple[str, ...]
    """Those in which it holds; empty: all."""
    span: str
    """The versions in words; empty: all."""
    when: tuple[str, ...]
    unless: tuple[str, ...]
    after: tuple[str, ...]
    """Ids of the steps that come first, as the pages say."""
    beside: tuple[str, ...]
    """Of a remark: ids of steps that it may stand beside, best first."""
    covered: tuple[str, ...]
    """Of an option: ids of duties of the same component about the same things."""
    method: str
    """Id of its procedure; empty: none is named."""
    steps: tuple[str, ...]
    """Its own steps, in place of a procedure."""
    why: str
    check: Check | None
    bound: str
    """Of a number of nodes: `at-least`, `at-most` or `exactly`; empty: it states none."""
    amount: int
    sources: tuple[str, ...]
    """Document, place in it and publisher, in words."""
    path: str
    anchor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GeneralCheck:
    """A check of a thing of the platform, done once for all that use it."""

    id: str
    title: str
    check: Check
    items: tuple[str, ...]
    """Ids of the items that bring the thing about."""
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A source, and the page about it."""

    text: str
    """As items name it in their sources."""
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MasterPlan:
    """Everything that can be in a plan of one product."""

    product: str
    title: str
    path: str
    topologies: tuple[Setting, ...]
    versions: tuple[str, ...]
    components: tuple[Part, ...]
    conditions: tuple[Term, ...]
    methods: tuple[Method, ...]
    items: tuple[Item, ...]
    """Steps (must, should) in the order of the work, then remarks."""
    checks: tuple[GeneralCheck, ...]
    documents: tuple[Document, ...]


def as_data(master: MasterPlan, addresses: Mapping[str, str] | None = None) -> dict[str, Any]:
    """Return a master plan as plain values for JSON; what is empty, zero or false is left out.

    With `addresses`, path of a page -> address, a thing has a `url` in place of its path; without
    an address it has neither.
    """
    found: dict[str, Any] = _bare(master, addresses)
    return found


def _bare(value: Any, addresses: Mapping[str, str] | None) -> Any:
    if isinstance(value, tuple):
        return [_bare(one, addresses) for one in value]
    if not is_dataclass(value):
        return value
    found = {
        one.name: _bare(given, addresses)
        for one in fields(value)
        if (given := getattr(value, one.name))
    }
    if addresses is not None and "path" in found:
        address = addresses.get(found.pop("path"))
        anchor = found.pop("anchor", "")
        if address is not None:
            found["url"] = f"{address}#{anchor}" if anchor else address
    return found
