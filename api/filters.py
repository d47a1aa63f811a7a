"""Which components a list is narrowed to, and which requirements of one are shown.

Pure functions over the catalog. Names are resolved first, so that a misspelt filter is told and
never an empty list.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from api.problems import ProblemError, nearest, pointer, shown
from kb import (
    PASSAGE_TYPES,
    AmbiguousNameError,
    Catalog,
    Component,
    Level,
    PageType,
    PassageType,
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
    catalog: Catalog, component: Component, topology: str | None = None, version: str | None = None
) -> tuple[Requirement, ...]:
    """Return the requirements of a component that hold in a topology and a version, where named."""
    return tuple(
        one
        for one in component.requirements
        if (topology is None or topology in topologies_of_requirement(catalog, one))
        and (version is None or one.versions is None or version in one.versions)
    )


def narrowing(
    catalog: Catalog, component: Component, topology: str | None, version: str | None
) -> dict[str, str]:
    """Return what a component is narrowed to, by parameter: an id, and a label as it is stated.

    Raises ProblemError: invalid-parameter.
    """
    labels = catalog.products[component.product].versions
    told = f"has no version {shown(version or '')}" if labels else "lists no versions"
    found = {
        "topology": resolve(catalog, topology, "topology"),
        "version": _stated(version, labels, "version", f"The product {told}."),
    }
    return {parameter: value for parameter, value in found.items() if value is not None}


def resolve(catalog: Catalog, name: str | None, *kinds: PageType) -> str | None:
    """Return the id of what a query parameter names: a thing of the first type that has the name.

    The parameter is called like the first type. Raises ProblemError: invalid-parameter.
    """
    if name is None:
        return None
    where = pointer("query", kinds[0])
    suggestions: list[str] = []
    for kind in kinds:
        try:
            return catalog.find(kind, name).id
        except UnknownNameError as error:
            suggestions += error.suggestions
        except AmbiguousNameError as error:
            raise ProblemError(
                "invalid-parameter",
                f"{shown(name)} is the name of several: give an id.",
                candidates=error.candidates,
                pointer=where,
            ) from None
    raise ProblemError(
        "invalid-parameter",
        f"No {' or '.join(kinds)} is called {shown(name)}.",
        did_you_mean=suggestions[:3],
        pointer=where,
    )


def resolve_kind(catalog: Catalog, kind: str | None) -> str | None:
    """Return a kind as the pages spell it. Raises ProblemError: invalid-parameter."""
    kinds = sorted({one.kind for one in catalog.components.values() if one.kind})
    return _stated(kind, kinds, "kind", f"No component is a {shown(kind or '')}.")


def _stated(given: str | None, known: Sequence[str], parameter: str, unknown: str) -> str | None:
    """Return which of a few values that pages state is given, whatever its case and spaces."""
    if given is None:
        return None
    for one in known:
        if _bare(one) == _bare(given):
            return one
    raise ProblemError(
        "invalid-parameter",
        unknown,
        did_you_mean=nearest(given, known),
        candidates=known[:50],
        pointer=pointer("query", parameter),
    )


def _is_wanted(catalog: Catalog, component: Component, wanted: ComponentFilter) -> bool:
    if wanted.product not in (None, component.product):
        return False
    if wanted.kind is not None and _bare(component.kind or "") != _bare(wanted.kind):
        return False
    known = topologies_of(catalog, catalog.products[component.product])
    if wanted.topology not in (None, *known):
        return False
    if wanted.resource is None and wanted.level is None:
        if wanted.placement in (None, component.placement):
            return True
    elif component.asks_nothing:
        return False
    candidates = holding(catalog, component, wanted.topology)
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


def passage_types(names: Iterable[str], *where: str) -> tuple[PassageType, ...]:
    """Return the passage types that are named at a place in a request, each once.

    Raises ProblemError: invalid-parameter.
    """
    found: list[PassageType] = []
    for name in names:
        known = next((one for one in PASSAGE_TYPES if one == name.strip().lower()), None)
        if known is None:
            raise ProblemError(
                "invalid-parameter",
                f"{where[-1]}: {shown(name)} is no type of passage.",
                did_you_mean=nearest(name, PASSAGE_TYPES),
                candidates=PASSAGE_TYPES,
                pointer=pointer(*where),
            )
        found.append(known)
    return tuple(dict.fromkeys(found))
