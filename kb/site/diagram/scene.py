"""What a drawing of a component shows: what stands where, by which level, under which conditions.

A scene is made from facts alone and knows nothing of lines and colours.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from kb import text
from kb.catalog import Catalog, Component, Requirement, Resource, held, topologies_of
from kb.matrix import in_order
from kb.model import Level, Placement
from kb.site import words
from kb.site.diagram.nodes import Nodes, Role, nodes_of, storage_of

Spot = Literal["nodes", "cluster", "storage", "deployment", "outside", "members"]

ONCE = "once in the whole deployment"

_SPOTS: dict[Placement, tuple[Spot, str]] = {
    "each-node": ("nodes", "on each node"),
    "one-node": ("cluster", "on one of the nodes"),
    "once-per-cluster": ("cluster", "once in the cluster"),
    "once-per-deployment": ("deployment", ONCE),
    "outside-cluster": ("outside", "outside the cluster"),
    "shared-storage": ("storage", "on shared storage"),
}
_COUNTED_IN: dict[str, Spot] = {"node": "nodes", "cluster": "cluster", "deployment": "deployment"}
_OF_THE_CLUSTER = frozenset({"cluster", "clusters", "clustered", "node", "nodes"})


@dataclass(frozen=True, slots=True)
class Mark:
    """Something that stands in the drawing, or that is crossed out in it."""

    spot: Spot
    group: str | None
    """What is counted instead of the cluster's nodes: "each: server"."""
    level: Level | None
    """None: a plain fact of where the component runs."""
    subject: str
    objects: tuple[str, ...]
    """The resources or components that the level applies to."""
    where: str
    """Where it stands in words; empty where only the thing that is used is recorded."""
    conditions: tuple[str, ...]
    anchor: str | None
    """The requirement that states it."""

    @property
    def is_negative(self) -> bool:
        """Whether it says where the component does not stand, or what it does not use."""
        return self.level in words.NEGATIVE

    @property
    def is_single(self) -> bool:
        """Whether it says that there is one instance and no other."""
        return self.where == ONCE and self.level in {None, "must"} and not self.conditions


@dataclass(frozen=True, slots=True)
class Scene:
    """One drawing, for the topologies in which it is the same."""

    topologies: tuple[str, ...]
    """Ids; empty where none is documented."""
    titles: tuple[str, ...]
    nodes: Nodes
    roles: tuple[tuple[tuple[str, Role], ...], ...]
    """For each drawn node, what it does: title of the topology ("" for all of them) and role."""
    storage: str | None
    """What the nodes share, in the topology's words."""
    marks: tuple[Mark, ...]

    @property
    def is_placed(self) -> bool:
        """Whether it is recorded where the component runs."""
        return any(one.where and not one.is_negative for one in self.marks)

    def at(self, spot: Spot) -> tuple[Mark, ...]:
        """Return what stands in a spot."""
        return tuple(one for one in self.marks if one.spot == spot)


def scenes(catalog: Catalog, component: Component) -> tuple[Scene, ...]:
    """Return the drawings of a component, each with the topologies that it is good for.

    None where nothing is recorded that could be drawn.
    """
    product = catalog.products[component.product]
    stated = (*product.requirements, *component.requirements)
    names: Sequence[str | None] = topologies_of(catalog, product) or (None,)
    groups: dict[tuple[object, ...], list[str | None]] = {}
    for name in names:
        topology = catalog.topologies[name] if name else None
        nodes = nodes_of(catalog, topology, stated)
        marks = tuple(_marks(catalog, component, name))
        storage = storage_of(catalog, topology)
        alike = (marks, nodes.number, nodes.is_exact, storage)
        groups.setdefault(alike, []).append(name)
    made = [_scene(catalog, component, [one for one in group if one]) for group in groups.values()]
    return tuple(made) if any(one.marks for one in made) else ()


def _scene(catalog: Catalog, component: Component, names: Sequence[str]) -> Scene:
    product = catalog.products[component.product]
    stated = (*product.requirements, *component.requirements)
    terms = [catalog.topologies[name] for name in names]
    found = [nodes_of(catalog, one, stated) for one in terms] or [nodes_of(catalog, None, stated)]
    nodes = found[0]
    titles = tuple(one.title for one in terms)
    by_title = [(title, one.roles) for title, one in zip(titles, found, strict=False)]
    return Scene(
        tuple(names),
        titles,
        nodes,
        tuple(_roles_of(number, by_title) for number in range(nodes.drawn)),
        storage_of(catalog, terms[0] if terms else None),
        tuple(_marks(catalog, component, names[0] if names else None)),
    )


def _roles_of(
    number: int, by_title: Sequence[tuple[str, tuple[Role, ...]]]
) -> tuple[tuple[str, Role], ...]:
    """Return what one node does in each topology; once where it is the same in all."""
    told = [(title, roles[min(number, 1)]) for title, roles in by_title if roles]
    if told and len(told) == len(by_title) and len({role for _, role in told}) == 1:
        return (("", told[0][1]),)
    return tuple(told)


def _marks(catalog: Catalog, component: Component, topology: str | None) -> Iterator[Mark]:
    """Yield what is drawn in a topology; what is said for all cases is not drawn again for some."""
    applying = [
        one for one in component.requirements if not topology or topology in held(catalog, one)
    ]
    found = [mark for one in in_order(applying) if (mark := _mark(catalog, component, one))]
    always = {_drawn(one) for one in found if not one.conditions}
    kept = [one for one in found if not one.conditions or _drawn(one) not in always]
    if component.placement:
        spot, group, where = _place(catalog, component.placement, component.nodes)
        fact = Mark(spot, group, None, short_title(catalog, component), (), where, (), None)
        if _drawn(fact) not in always:
            yield fact
    seen: set[tuple[object, ...]] = set()
    for one in kept:
        alike = (*_drawn(one), one.conditions)
        if alike not in seen:
            seen.add(alike)
            yield one


def _drawn(mark: Mark) -> tuple[object, ...]:
    return mark.spot, mark.group, mark.is_negative, mark.objects, mark.where


def _mark(catalog: Catalog, component: Component, one: Requirement) -> Mark | None:
    """Return what a requirement adds to the drawing; None where it tells no place."""
    objects = tuple(catalog.title_of(name) for name in one.resources)
    conditions = tuple(_conditions(catalog, component, one))
    counted = _counted(component, one)
    if one.placement:
        spot, group, where = _place(catalog, one.placement, one.nodes)
    elif counted:
        spot, group, where = counted
    elif objects and all(_is_of_the_cluster(catalog, name) for name in one.resources):
        spot, group, where = "cluster", None, ""
    else:
        return None
    short = short_title(catalog, component)
    return Mark(spot, group, one.level, short, objects, where, conditions, one.id)


def short_title(catalog: Catalog, component: Component) -> str:
    """Return the title of a component without its product's name before it.

    What would be left with the kind alone ("Service") keeps more of the name.
    """
    kind = (component.kind or "").casefold()
    names = sorted(catalog.products[component.product].names, key=len, reverse=True)
    for name in names:
        rest = component.title.removeprefix(f"{name} ")
        if rest != component.title and rest.casefold() != kind:
            return rest[:1].upper() + rest[1:]
    return component.title


def _place(
    catalog: Catalog, placement: Placement, members: str | None
) -> tuple[Spot, str | None, str]:
    spot, where = _SPOTS[placement]
    if members is None or placement not in {"each-node", "one-node"}:
        return spot, None, where
    group = catalog.title_of(members)
    amount = "each" if placement == "each-node" else "one"
    return "members", f"{amount}: {group}", f"on {amount} {group}"


def _counted(component: Component, one: Requirement) -> tuple[Spot, str | None, str] | None:
    """Return where a number of the component itself is counted, and the number in words."""
    if one.count is None or one.count.of != component.id:
        return None
    return _COUNTED_IN[one.count.per], None, words.number(one.count, "").removeprefix(": ")


def _is_of_the_cluster(catalog: Catalog, name: str) -> bool:
    """Whether the words of a resource, or of a wider term, place it in the cluster."""
    thing = catalog.object(name)
    if not isinstance(thing, Resource):
        return False
    family = [thing, *(catalog.resources[one] for one in thing.ancestors)]
    said = " ".join(f"{one.title} {one.summary or ''}" for one in family)
    return not _OF_THE_CLUSTER.isdisjoint(text.words(said))


def _conditions(catalog: Catalog, component: Component, one: Requirement) -> Iterator[str]:
    for at, name in enumerate(one.when):
        yield f"{'and' if at else 'only if'} {catalog.conditions[name].title}"
    for name in one.unless:
        yield f"not if {catalog.conditions[name].title}"
    if one.versions != component.versions:
        span = words.span(one.versions, catalog.products[component.product].versions)
        if span:
            yield f"versions {span}"
