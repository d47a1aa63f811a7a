"""Requirements as JSON.

The fields are what the page states, its defaults filled in; `derived` holds what was worked out
beyond that. The bare action is not there: of a negative level it would read like its opposite.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from api.schemas.base import Model
from kb import Level, Placement


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
    """A number that a requirement states: how many of what, per what."""

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
