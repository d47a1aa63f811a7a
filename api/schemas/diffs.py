"""Differences between topologies as JSON: what to add, to change, to stop, and what lapses."""

from __future__ import annotations

from pydantic import Field

from api.schemas.base import Model
from api.schemas.links import Links
from kb import Catalog, Difference, DifferenceKind, Level, Requirement, TopologyDiff, diff_summary


class DiffName(Model):
    """A thing by its id, with its title."""

    id: str
    title: str


class DiffRequirement(Model):
    """A requirement on one side of a comparison."""

    id: str
    """`owner/id`."""
    level: Level
    text: str
    """The full sentence."""
    when: list[str]
    """Condition ids, all of which must hold."""
    unless: list[str]
    """Condition ids, none of which may hold."""
    versions: list[str] | None
    """Labels of the versions in which it holds; null: the product lists no versions."""
    why: str | None
    url: str
    """Address of the requirement on its page."""


class DiffItem(Model):
    """One thing that differs."""

    kind: DifferenceKind
    """`add`: asked or possible from now on. `change`: asked otherwise. `stop`: from now on not to
    be done, or not needed. `lapse`: no longer asked; nothing says that it must be undone."""
    component: str
    """Id of the component, or of the product where it is about the whole cluster."""
    before: DiffRequirement | None
    """What holds in the topology that is left; null: nothing of this sort."""
    after: DiffRequirement | None
    """What holds in the topology that is gone to."""


class DiffReply(Model):
    """What differs between two topologies."""

    product: DiffName
    components: list[DiffName]
    """Those that are compared; empty: the whole product."""
    from_: DiffName = Field(serialization_alias="from")
    to: DiffName
    is_same: bool
    """Whether nothing differs."""
    summary: str
    """How much differs, in a sentence."""
    differences: list[DiffItem]
    content_version: str


def written(diff: TopologyDiff, catalog: Catalog, links: Links) -> DiffReply:
    """Return a difference as it goes over the wire, with the addresses of its requirements."""

    def named(name: str) -> DiffName:
        return DiffName(id=name, title=catalog.title_of(name))

    return DiffReply(
        product=named(diff.product),
        components=[named(one) for one in diff.components],
        from_=named(diff.before),
        to=named(diff.after),
        is_same=diff.is_same,
        summary=diff_summary(catalog, diff),
        differences=[_item(one, links) for one in diff.differences],
        content_version=catalog.version,
    )


def _item(one: Difference, links: Links) -> DiffItem:
    return DiffItem(
        kind=one.kind,
        component=one.component,
        before=_requirement(one.before, links),
        after=_requirement(one.after, links),
    )


def _requirement(one: Requirement | None, links: Links) -> DiffRequirement | None:
    if one is None:
        return None
    return DiffRequirement(
        id=one.ref,
        level=one.level,
        text=one.text,
        when=list(one.when),
        unless=list(one.unless),
        versions=None if one.versions is None else list(one.versions),
        why=one.why,
        url=links.page(one.path, one.id),
    )
