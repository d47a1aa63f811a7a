"""Which components a list is narrowed to, and which requirements of one are shown.

Pure functions over the catalog. Names are resolved first, so that a misspelt filter is told and
never an empty list.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from api.problems import ProblemError, nearest, pointer, shown
from kb import (
    AmbiguousNameError,
    Catalog,
    Component,
    Level,
    PageType,
    Placement,
    Requirement,
    UnknownNameError,
    topologies_of,
    topologies_of_requirement,
)

_NEGATIVE: tuple[Level, ...] = ("must-not", "should-not", "need-not")


@dataclass(frozen=True, slots=True, kw_only=True)
class ComponentFilter:
    """What the listed components have in common; None: anything. Names are ids."""

    product: str | None = None
    kind: str | None = None
    topology: str | None = None
    resource: str | None = None
    level: Level | None = None
    placement: Placement | None = None


def listed(catalog: Catalog, wanted: ComponentFilter) -> list[Component]:
    """Return the components that a filter lets through, drafts left out, in order of their ids.

    Resource, level and placement are met by one and the same requirement, in the topology if one
    is named. A placement is also met by the place where the component runs.
    """
    return [
        one
        for one in catalog.components.values()
        if one.status != "draft" and _is_wanted(catalog, one, wanted)
    ]


def holding(
    catalog: Catalog, component: Component, topology: str | None, version: str | None
) -> tuple[Requirement, ...]:
    """Return the requirements of a component that hold in a topology and a version, where named."""
    return tuple(
        one
        for one in component.requirements
        if (topology is None or topology in topologies_of_requirement(catalog, one))
        and (version is None or one.versions is None or version in one.versions)
    )


def resolve(catalog: Catalog, kind: PageType, name: str | None, parameter: str) -> str | None:
    """Return the id of what a query parameter names. Raises ProblemError: invalid-parameter."""
    if name is None:
        return None
    try:
        return catalog.find(kind, name).id
    except UnknownNameError as error:
        raise ProblemError(
            "invalid-parameter",
            f"No {kind} is called {shown(name)}.",
            did_you_mean=error.suggestions,
            pointer=pointer("query", parameter),
        ) from None
    except AmbiguousNameError as error:
        raise ProblemError(
            "invalid-parameter",
            f"{shown(name)} is the name of several: give an id.",
            candidates=error.candidates,
            pointer=pointer("query", parameter),
        ) from None


def resolve_object(catalog: Catalog, name: str | None) -> str | None:
    """Return the id of the resource, or else the component, that a parameter names."""
    if name is None:
        return None
    try:
        return resolve(catalog, "resource", name, "resource")
    except ProblemError as unknown:
        try:
            return catalog.find("component", name).id
        except (UnknownNameError, AmbiguousNameError):
            raise unknown from None


def resolve_kind(catalog: Catalog, kind: str | None) -> str | None:
    """Return a kind as the pages spell it. Raises ProblemError: invalid-parameter."""
    if kind is None:
        return None
    kinds = sorted({one.kind for one in catalog.components.values() if one.kind})
    same = [one for one in kinds if one.casefold() == kind.strip().casefold()]
    if same:
        return same[0]
    raise ProblemError(
        "invalid-parameter",
        f"No component is a {shown(kind)}.",
        did_you_mean=nearest(kind, kinds),
        candidates=kinds[:50],
        pointer=pointer("query", "kind"),
    )


def resolve_version(catalog: Catalog, component: Component, version: str | None) -> str | None:
    """Return a version's label as the product spells it. Raises ProblemError."""
    if version is None:
        return None
    labels = catalog.products[component.product].versions
    same = [one for one in labels if _bare(one) == _bare(version)]
    if same:
        return same[0]
    told = "lists no versions" if not labels else f"has no version {shown(version)}"
    raise ProblemError(
        "invalid-parameter",
        f"The product {told}.",
        did_you_mean=nearest(version, labels),
        candidates=labels[:50],
        pointer=pointer("query", "version"),
    )


def _is_wanted(catalog: Catalog, component: Component, wanted: ComponentFilter) -> bool:
    if wanted.product not in (None, component.product):
        return False
    if wanted.kind is not None and (component.kind or "").casefold() != wanted.kind.casefold():
        return False
    known = topologies_of(catalog, catalog.products[component.product])
    if wanted.topology not in (None, *known):
        return False
    if wanted.resource is None and wanted.level is None:
        if wanted.placement in (None, component.placement):
            return True
    elif component.asks_nothing:
        return False
    candidates = holding(catalog, component, wanted.topology, None)
    if wanted.resource is not None:
        candidates = tuple(_about(catalog, candidates, wanted.resource))
    return any(
        wanted.level in (None, one.level) and wanted.placement in (None, one.placement)
        for one in candidates
    )


def _about(
    catalog: Catalog, requirements: Sequence[Requirement], resource: str
) -> Sequence[Requirement]:
    """Return the requirements that speak of a resource.

    What is required of a narrow resource holds of its broader ones; what is excluded of a broad
    one holds of its narrower ones, unless something is said of the narrow one itself.
    """
    exact = [one for one in requirements if resource in one.resources]
    if exact:
        return exact
    thing = catalog.object(resource)
    narrower = set(thing.descendants) if thing else set()
    broader = set(thing.ancestors) if thing else set()
    return [
        one
        for one in requirements
        if not (broader if one.level in _NEGATIVE else narrower).isdisjoint(one.resources)
    ]


def _bare(label: str) -> str:
    return "".join(label.split()).casefold()
