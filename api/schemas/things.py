"""Components, requirements and the vocabulary as JSON.

The fields of a thing are what its page states, defaults of the page and of `same-as` filled in;
`derived` holds what was worked out beyond that. The bare action of a requirement is not there: of
a negative level it would read like its opposite.
"""

from __future__ import annotations

from typing import Generic, Literal, TypeVar

from pydantic import Field

from api.schemas.base import Model
from kb import Level, Placement

Status = Literal["published", "draft", "retired"]
T = TypeVar("T", bound=Model)


class SourceRef(Model):
    """A place in a source that a fact is taken from."""

    id: str
    """Id of the source."""
    title: str
    publisher: str
    locator: str | None
    """Where in the source, in words."""
    url: str | None
    pin: str | None
    """First 16 hex digits of the SHA-256 of the source's sentence."""


class How(Model):
    """How something is done: a procedure by its title, or steps."""

    procedure: str | None
    """Id of the procedure; null where the steps stand in the requirement itself."""
    title: str | None
    """The procedure's exact title, to look for in its source."""
    url: str | None
    """Address of the procedure's page."""
    steps: list[str]
    """The steps; empty: they are not recorded here."""


class Count(Model):
    """A number that a requirement states."""

    of: str
    """A noun, or the id of a component or resource."""
    bound: Literal["at-least", "at-most", "exactly"]
    amount: int | str
    """A number, or an expression such as "nodes - 1"."""
    per: Literal["node", "cluster", "deployment"]


class Verify(Model):
    """A check that reads and changes nothing."""

    run: str
    expect: str


class DerivedRequirement(Model):
    """What follows for a requirement from other places."""

    owner: str
    """Id of the component or product whose page states it."""
    shared: bool
    """Whether it holds for its component through `same-as`."""
    topologies: list[str]
    """Ids of all topologies in which it holds, narrower ones included."""
    versions: list[str] | None
    """Labels of all versions in which it holds; null: the product lists no versions."""


class Requirement(Model):
    """A requirement as it holds for one component, or for a product as a whole."""

    id: str
    """`owner/id`, unique in the knowledge base."""
    component: str
    """Id of the component, or of the product, that it holds for."""
    level: Level
    text: str
    """The full sentence, made from level and action."""
    in_: list[str] = Field(serialization_alias="in")
    """Topology ids as stated; empty: all of the product. `derived.topologies` has them all."""
    when: list[str]
    """Condition ids, all of which must hold."""
    unless: list[str]
    """Condition ids, none of which may hold."""
    resource: list[str]
    """Ids of the resources or components that the level applies to."""
    about: list[str]
    """Ids that it mentions; they decide nothing."""
    placement: Placement | None
    nodes: str | None
    """Id of what is counted by each-node or one-node; null: the cluster's nodes."""
    count: Count | None
    instead: str | None
    """`owner/id` of the requirement that takes its place."""
    by: str | None
    """`owner/id` of the requirement that brings it about."""
    how: How | None
    """Its own procedure or steps, else the component's procedure."""
    after: list[str]
    """`owner/id` of the requirements that come first."""
    why: str | None
    verify: Verify | None
    since: str | None
    until: str | None
    formerly: list[str]
    source: list[SourceRef]
    """Its own sources, else those of its page."""
    url: str
    """Address of the requirement on its page."""
    path: str
    """The page's file, relative to the docs folder."""
    line: int
    """Where its id stands in that file."""
    derived: DerivedRequirement


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
    total: int
    """How many there are on all pages together."""
    limit: int
    offset: int


class MatrixColumn(Model):
    """Topologies that do not differ for any component."""

    topologies: list[str]
    """Ids; empty in the only column of a knowledge base without topologies."""
    titles: list[str]


class MatrixRequirement(Model):
    """A requirement as it stands in the table."""

    id: str
    """`owner/id`."""
    level: Level
    text: str
    """The full sentence."""
    when: list[str]
    unless: list[str]
    url: str


class MatrixCell(Model):
    """What is asked of one component in the topologies of one column."""

    exists: bool
    """False: the product does not have these topologies."""
    requirements: list[MatrixRequirement]


class MatrixRow(Model):
    """One component, or a product with requirements of its own."""

    type: Literal["component", "product"]
    id: str
    title: str
    product: str
    asks_nothing: bool
    self_: str = Field(serialization_alias="self")
    url: str
    cells: list[MatrixCell]
    """One for each column."""


class Matrix(Model):
    """Components against topologies."""

    columns: list[MatrixColumn]
    rows: list[MatrixRow]
