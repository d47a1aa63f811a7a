"""A page as text for `kb show`: what it is, and what it asks, in lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from kb.catalog import (
    Catalog,
    Component,
    Condition,
    Procedure,
    Product,
    Requirement,
    Resource,
    Source,
    Thing,
)
from kb.model import Placement, Verify
from kb.text import join

_INDENT = " " * 14


def thing_lines(thing: Thing, catalog: Catalog, requirements: Sequence[Requirement]) -> list[str]:
    """Return the lines that show a thing; `requirements` are those of its that are wanted."""
    lines = [f"{thing.title}  ({_identity(thing, catalog)})"]
    described = [one for one in (_description(thing), thing.summary) if one]
    lines += dict.fromkeys(described)
    lines += [f"{name}: {value}" for name, value in _facts(thing, catalog)]
    lines.append(f"{thing.path}:{thing.line}")
    if isinstance(thing, Component) and thing.asks_nothing:
        lines += ["", "  Clustering asks nothing of it."]
    for one in requirements:
        lines += ["", *requirement_lines(one, catalog)]
    if isinstance(thing, Procedure):
        lines += ["", *_numbered(thing.steps)]
    return lines


def requirement_lines(requirement: Requirement, catalog: Catalog) -> list[str]:
    """Return the lines that show a requirement: level and sentence, then what qualifies it."""
    lines = [f"  {requirement.level:10}  {requirement.text}"]
    lines += [f"{_INDENT}{name}: {value}" for name, value in _qualifiers(requirement, catalog)]
    if requirement.steps:
        lines += [f"{_INDENT}{one}" for one in _numbered(requirement.steps)]
    return [*lines, f"{_INDENT}[{requirement.ref}] {requirement.path}:{requirement.line}"]


def _identity(thing: Thing, catalog: Catalog) -> str:
    stated = "" if thing.is_published else f", {thing.status}"
    if isinstance(thing, Component):
        kind = f", {thing.kind}" if thing.kind else ""
        return f"component {thing.id}{kind} of {catalog.title_of(thing.product)}{stated}"
    return f"{thing.type} {thing.id}{stated}"


def _description(thing: Thing) -> str | None:
    return thing.role if isinstance(thing, Component) else None


def _facts(thing: Thing, catalog: Catalog) -> Iterator[tuple[str, str]]:
    yield from _said(
        {
            "also called": join(thing.names[1:], "or"),
            "a kind of": _titles(thing.ancestors[:1], catalog),
            "not the same as": _titles(thing.stated.not_same_as, catalog, "or"),
        }
    )
    match thing:
        case Component():
            yield from _said(_component_facts(thing, catalog))
        case Product():
            yield from _said(
                {
                    "topologies": _titles(thing.topologies, catalog),
                    "versions": ", ".join(thing.versions),
                    "components": ", ".join(
                        one.title for one in catalog.published() if one.product == thing.id
                    ),
                }
            )
        case Condition():
            nodes = f"{thing.nodes[0]} {thing.nodes[1]} nodes" if thing.nodes else None
            yield from _said({"holds for": nodes, "excludes": _titles(thing.excludes, catalog)})
        case Resource():
            yield from _said({"check": _check(thing.verify)})
        case Source():
            yield from _said(
                {"publisher": thing.publisher, "address": thing.url, "retrieved": thing.retrieved}
            )


def _component_facts(component: Component, catalog: Catalog) -> Mapping[str, str | None]:
    uses = (f"{catalog.title_of(one)} ({what})" for one, what in component.uses.items())
    return {
        "runs": _where(component.placement, component.nodes, catalog),
        "uses": join(uses),
        "requirements shared with": _title(component.same_as, catalog),
        "since": component.stated.since,
        "until": component.stated.until,
        "how": _title(component.procedure, catalog),
    }


def _qualifiers(requirement: Requirement, catalog: Catalog) -> Iterator[tuple[str, str]]:
    stated = requirement.stated
    topologies = requirement.topologies if stated.in_ else ()
    count = requirement.count
    yield from _said(
        {
            "in": _titles(topologies, catalog),
            "when": _titles(requirement.when, catalog),
            "unless": _titles(requirement.unless, catalog, "or"),
            "since": stated.since,
            "until": stated.until,
            "resource": _titles(requirement.resources, catalog),
            "where": _where(requirement.placement, requirement.nodes, catalog),
            "count": f"{count.bound.replace('-', ' ')} {count.amount} ({count.of}) per {count.per}"
            if count
            else None,
            "instead": requirement.instead,
            "brought about by": requirement.by,
            "after": join(requirement.after),
            "how": _title(requirement.procedure, catalog),
            "why": requirement.why,
            "check": _check(requirement.verify),
        }
    )
    for cited in requirement.sources:
        yield "source", f"{cited.title}, {cited.locator}" if cited.locator else cited.title


def _said(facts: Mapping[str, str | None]) -> Iterator[tuple[str, str]]:
    """Yield those of these facts that the pages state."""
    yield from ((name, value) for name, value in facts.items() if value)


def _title(name: str | None, catalog: Catalog) -> str | None:
    return catalog.title_of(name) if name else None


def _titles(names: Iterable[str], catalog: Catalog, conjunction: str = "and") -> str:
    return join(map(catalog.title_of, names), conjunction)


def _check(verify: Verify | None) -> str | None:
    return f"{verify.run} (shows: {verify.expect})" if verify else None


def _where(placement: Placement | None, nodes: str | None, catalog: Catalog) -> str | None:
    counted = f" (of {catalog.title_of(nodes)})" if nodes else ""
    return placement.replace("-", " ") + counted if placement else None


def _numbered(steps: Sequence[str]) -> list[str]:
    if not steps:
        return ["  Its steps are not recorded in these pages."]
    return [f"  {number}. {step}" for number, step in enumerate(steps, start=1)]
