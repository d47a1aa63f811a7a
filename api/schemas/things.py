"""Components and the vocabulary as JSON.

The fields of a thing are what its page states, with what it has through `same-as` filled in;
`derived` holds what was worked out beyond that.
"""

from __future__ import annotations

from typing import Generic, Literal, TypeVar

from pydantic import Field

from api.schemas.base import Model
from api.schemas.requirements import How, Requirement, SourceRef, Verify
from kb import Placement

Status = Literal["published", "draft", "retired"]
T = TypeVar("T", bound=Model)


class ThingBase(Model):
    """What every typed page has."""

    id: str
    type: str
    title: str
    aliases: list[str]
    summary: str | None
    broader: str | None
    """Id of the wider term."""
    not_same_as: list[str]
    formerly: list[str]
    status: Status
    owner: str | None
    reviewed: str | None
    source: list[SourceRef]
    self_: str = Field(serialization_alias="self")
    """Address of this value."""
    url: str
    """Address of the page for people."""
    path: str
    """The page's file, relative to the docs folder."""
    line: int


class DerivedThing(Model):
    """What follows for a thing from other pages."""

    ancestors: list[str]
    """Ids of its broader terms, nearest first."""
    narrower: list[str]
    """Ids of all narrower terms."""


class DerivedComponent(DerivedThing):
    """What follows for a component from other pages."""

    inherited: list[str]
    """Names of the fields above whose value comes through `same-as`."""
    topologies: list[str]
    """Ids of the topologies of its product."""
    versions: list[str] | None
    """Labels of the versions that have it; null: the product lists no versions."""
    used_by: list[str]
    """Ids of the components that use it."""


class Component(ThingBase):
    """A component with all that clustering asks of it."""

    type: Literal["component"]
    product: str
    kind: str | None
    role: str | None
    placement: Placement | None
    """Where it runs, as a plain fact."""
    nodes: str | None
    uses: dict[str, str]
    """Component id -> what for."""
    same_as: str | None
    """Id of the component whose requirements it shares."""
    how: How | None
    since: str | None
    until: str | None
    asks_nothing: bool
    """True: the source says that clustering asks nothing of it."""
    requirements: list[Requirement]
    """Shared ones first, then its own; those that the request filters for, where it does."""
    derived: DerivedComponent


class ComponentSummary(Model):
    """A component in a list."""

    id: str
    title: str
    aliases: list[str]
    product: str
    kind: str | None
    role: str | None
    placement: Placement | None
    status: Status
    asks_nothing: bool
    requirements: int
    """How many requirements it has, shared ones included."""
    self_: str = Field(serialization_alias="self")
    url: str


class Product(ThingBase):
    """A product, and what holds of its cluster as a whole."""

    type: Literal["product"]
    topologies: list[str]
    """As stated; empty: all that are documented."""
    versions: list[str]
    """Labels, oldest first."""
    requirements: list[Requirement]
    components: list[str]
    """Ids of its components."""
    derived: DerivedThing


class Topology(ThingBase):
    """A layout of the cluster."""

    type: Literal["topology"]
    derived: DerivedThing


class Resource(ThingBase):
    """A thing of the platform that components have, use or must not be."""

    type: Literal["resource"]
    verify: Verify | None
    derived: DerivedThing


class Condition(ThingBase):
    """Something that is the case or not."""

    type: Literal["condition"]
    excludes: list[str]
    """Ids of conditions that cannot hold together with it, stated on either page."""
    nodes: str | None
    """The number of nodes that decides it, such as ">=3"."""
    derived: DerivedThing


class Procedure(ThingBase):
    """A procedure."""

    type: Literal["procedure"]
    steps: list[str]
    """Empty: the source names it, and its steps are not recorded here."""
    derived: DerivedThing


class Source(ThingBase):
    """A document that facts are taken from."""

    type: Literal["source"]
    publisher: str
    locators: dict[str, str]
    address: str | None
    """Where the document itself is found."""
    retrieved: str | None
    derived: DerivedThing


AnyThing = Component | Product | Topology | Resource | Condition | Procedure | Source


class Listing(Model, Generic[T]):
    """One page of a list."""

    items: list[T]
    total: int = Field(description="How many there are on all pages together.")
    limit: int
    offset: int
