"""Who names whom and who is called the same; made once for all pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from kb.catalog import Catalog, Component, Requirement

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Backlinks:
    """What the pages of components say of each other.

    The mappings lead from a component's id to what names it, in the order of the catalog.
    """

    mentions: Mapping[str, tuple[Requirement, ...]]
    """Requirements of other components or of products."""
    users: Mapping[str, tuple[Component, ...]]
    """Components that use it."""
    sharers: Mapping[str, tuple[Component, ...]]
    """Components that share its requirements."""
    namesakes: frozenset[str]
    """Ids of components that have their title in common with one of another product."""


def backlinks(catalog: Catalog) -> Backlinks:
    """Return who names the components of a catalog; only what is published counts."""
    mentions: dict[str, list[Requirement]] = {}
    users: dict[str, list[Component]] = {}
    sharers: dict[str, list[Component]] = {}
    titled: dict[str, list[str]] = {}
    for one in catalog.requirements():
        for name in set(named(one)) & catalog.components.keys() - {one.component}:
            mentions.setdefault(name, []).append(one)
    for component in catalog.published():
        for name in component.uses:
            users.setdefault(name, []).append(component)
        if component.same_as:
            sharers.setdefault(component.same_as, []).append(component)
        titled.setdefault(component.title.casefold(), []).append(component.id)
    namesakes = frozenset(one for ids in titled.values() if len(ids) > 1 for one in ids)
    return Backlinks(_frozen(mentions), _frozen(users), _frozen(sharers), namesakes)


def named(requirement: Requirement) -> Iterable[str]:
    """Yield the components, resources and nouns that a requirement names."""
    yield from requirement.resources
    yield from requirement.about
    if requirement.nodes:
        yield requirement.nodes
    if requirement.count:
        yield requirement.count.of


def _frozen(lists: Mapping[str, list[T]]) -> dict[str, tuple[T, ...]]:
    return {name: tuple(values) for name, values in lists.items()}
