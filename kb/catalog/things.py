"""The things that the pages speak of, with what follows from the pages worked out.

`stated` is always what the author wrote; the other fields are derived from it, from the page's
place or from other pages: defaults filled in, ids completed, inheritance resolved.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kb.markdown import Body
from kb.model import (
    ComponentEntry,
    ConditionEntry,
    Count,
    Level,
    PageEntry,
    PageType,
    Placement,
    ProcedureEntry,
    ProductEntry,
    RequirementEntry,
    ResourceEntry,
    SourceEntry,
    Status,
    TopologyEntry,
    Verify,
)


@dataclass(frozen=True, slots=True)
class Cited:
    """A place in a source that a fact is taken from."""

    id: str
    """Id of the source."""
    title: str
    publisher: str
    locator: str | None
    """Where in the source, in words; None when the page names no locator."""
    url: str | None
    pin: str | None
    """First 16 hex digits of the SHA-256 of the source's sentence, when recorded."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirement:
    """A requirement as it holds for one component (or for a product as a whole).

    One that a component shares through `same-as` is a second value of this type, with another
    `component` and the same `owner`, `ref`, place and sources.
    """

    stated: RequirementEntry
    component: str
    """Id of the component, or of the product, that it holds for."""
    owner: str
    """Id of the component, or of the product, whose page states it."""
    ref: str
    """`owner/id`: unique in the knowledge base, except that sharers have the same."""
    level: Level
    action: str
    text: str
    """The full sentence, made from level and action: the only form that readers are shown."""
    topologies: tuple[str, ...]
    """Ids of the topologies in which it holds, narrower ones included, in the product's order."""
    when: tuple[str, ...]
    unless: tuple[str, ...]
    resources: tuple[str, ...]
    """Ids of resources or components that the level applies to."""
    about: tuple[str, ...]
    placement: Placement | None
    nodes: str | None
    count: Count | None
    instead: str | None
    """`owner/id` of the requirement that takes its place."""
    by: str | None
    """`owner/id` of the requirement that brings it about."""
    procedure: str | None
    """Id of the procedure that says how: its own, else the component's."""
    steps: tuple[str, ...]
    """The steps, where they stand in the requirement itself."""
    after: tuple[str, ...]
    why: str | None
    verify: Verify | None
    versions: tuple[str, ...] | None
    """Labels of the versions in which it holds; None when the product lists no versions."""
    sources: tuple[Cited, ...]
    path: str
    line: int
    """Where its id stands in the file."""

    @property
    def id(self) -> str:
        """Its id on its page, which is also its anchor there."""
        return self.stated.id


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    """What all typed pages have."""

    stated: PageEntry
    type: PageType
    id: str
    title: str
    names: tuple[str, ...]
    """Title first, then the aliases."""
    summary: str | None
    ancestors: tuple[str, ...]
    """Ids of its broader terms, nearest first."""
    descendants: tuple[str, ...]
    """Ids of all narrower terms, in order of the alphabet."""
    status: Status
    sources: tuple[Cited, ...]
    path: str
    line: int
    body: Body

    @property
    def is_published(self) -> bool:
        """Whether it may be part of an answer."""
        return self.status == "published"


@dataclass(frozen=True, slots=True, kw_only=True)
class Product(Thing):
    """A product; its own requirements hold of the cluster as a whole."""

    stated: ProductEntry
    topologies: tuple[str, ...]
    versions: tuple[str, ...]
    """Labels in order of age, oldest first; empty when none are recorded."""
    requirements: tuple[Requirement, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Component(Thing):
    """A component of a product."""

    stated: ComponentEntry
    product: str
    kind: str | None
    role: str | None
    placement: Placement | None
    """Where it runs, as a plain fact; no requirement."""
    nodes: str | None
    uses: Mapping[str, str]
    """Component id -> what for."""
    same_as: str | None
    requirements: tuple[Requirement, ...]
    """Shared ones first, then its own, each in the order of its page."""
    asks_nothing: bool
    """Whether its source says that clustering asks nothing of it."""
    procedure: str | None
    versions: tuple[str, ...] | None
    """Labels of the versions that have it; None when the product lists no versions."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Topology(Thing):
    """A layout of the cluster."""

    stated: TopologyEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class Resource(Thing):
    """A thing of the platform."""

    stated: ResourceEntry
    verify: Verify | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition(Thing):
    """Something that is the case or not."""

    stated: ConditionEntry
    excludes: tuple[str, ...]
    """Ids of conditions that cannot hold together with it, stated on either side."""
    nodes: tuple[str, int] | None
    """Operator (>=, <=, >, <, =) and number of nodes that decide it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Procedure(Thing):
    """A procedure; without steps, only its title is recorded."""

    stated: ProcedureEntry
    steps: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Source(Thing):
    """A document that facts are taken from."""

    stated: SourceEntry
    publisher: str
    locators: Mapping[str, str]
    url: str | None
    retrieved: str | None


@dataclass(frozen=True, slots=True)
class Guide:
    """A page of prose without a type: it is searched, and states no requirement."""

    title: str
    path: str
    body: Body
    searchable: bool
    """False where the page asks search engines to leave it out (`search: {exclude: true}`)."""
    answers: bool
    """False where its prose is not to be quoted as an answer (`answers: false`)."""
