"""Where a page names others: every key that holds an id, as a table.

Only says what is named; whether it exists is the matter of the rules.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kb.diagnostics import Place
from kb.frontmatter import Path
from kb.model import (
    ComponentEntry,
    ConditionEntry,
    PageType,
    ProductEntry,
    RequirementEntry,
    SourceRef,
)
from kb.pages import Page

Kinds = tuple[PageType, ...]

_OBJECT: Kinds = ("resource", "component")
_OF_PAGE: Mapping[type, Mapping[str, Kinds]] = {
    ProductEntry: {"topologies": ("topology",)},
    ComponentEntry: {
        "product": ("product",),
        "same-as": ("component",),
        "nodes": _OBJECT,
        "how": ("procedure",),
        "uses": ("component",),
    },
    ConditionEntry: {"excludes": ("condition",)},
}
_OF_REQUIREMENT: Mapping[str, Kinds] = {
    "in": ("topology",),
    "when": ("condition",),
    "unless": ("condition",),
    "resource": _OBJECT,
    "about": _OBJECT,
    "nodes": _OBJECT,
    "how": ("procedure",),
}
ORDERS = ("instead", "by", "after")
"""The keys of a requirement that name other requirements."""


@dataclass(frozen=True, slots=True)
class Reference:
    """One id that a page names, and what kinds of page may bear it."""

    page: Page
    where: Path
    kinds: Kinds
    id: str

    @property
    def place(self) -> Place:
        """Where it stands."""
        if self.where[-2:-1] == ("uses",):
            return self.page.key_place(*self.where)
        return self.page.place(*self.where)

    @property
    def key(self) -> str:
        """The key that holds it."""
        return [one for one in self.where if isinstance(one, str) and one != self.id][-1]


@dataclass(frozen=True, slots=True)
class SourceReference:
    """One pointer into a source."""

    page: Page
    where: Path
    ref: SourceRef


@dataclass(frozen=True, slots=True)
class RequirementReference:
    """One requirement that a page names: by its own id, or as `component/id`."""

    page: Page
    where: Path
    ref: str
    by: str | None
    """`page/id` of the requirement that names it; None when a question does."""

    @property
    def full(self) -> str:
        """The name with the id of its page."""
        return self.ref if "/" in self.ref else f"{self.page.id}/{self.ref}"

    @property
    def place(self) -> Place:
        """Where it stands."""
        return self.page.place(*self.where)


def references(page: Page) -> Iterator[Reference]:
    """Yield every id of another page that this one names, sources apart."""
    entry = page.entry
    if entry is None:
        return
    if entry.broader is not None:
        yield Reference(page, ("broader",), (entry.type,), entry.broader)
    for key, kinds in _OF_PAGE.get(type(entry), {}).items():
        yield from _named(page, (key,), getattr(entry, _field(key)), kinds)
    for index, requirement in requirements(page):
        around: Path = ("requirements", index)
        for key, kinds in _OF_REQUIREMENT.items():
            value = getattr(requirement, _field(key))
            if (
                value is not None
                and value != ()
                and not (key == "how" and isinstance(value, tuple))
            ):
                yield from _named(page, (*around, key), value, kinds)
    for index, question in enumerate(getattr(entry, "questions", ())):
        where: Path = ("questions", index, "components")
        yield from _named(page, where, question.components or (), ("component",))


def source_references(page: Page) -> Iterator[SourceReference]:
    """Yield every pointer into a source."""
    if page.entry is None:
        return
    yield from _sources(page, (), page.entry.source)
    for index, requirement in requirements(page):
        yield from _sources(page, ("requirements", index), requirement.source)


def requirement_references(page: Page) -> Iterator[RequirementReference]:
    """Yield every requirement that a page names."""
    for index, requirement in requirements(page):
        around: Path = ("requirements", index)
        by = f"{page.id}/{requirement.id}"
        for key in ORDERS:
            for where, ref in _items(page, (*around, key), getattr(requirement, key)):
                yield RequirementReference(page, where, ref, by)
    for index, question in enumerate(getattr(page.entry, "questions", ())):
        for where, ref in _items(page, ("questions", index, "requirements"), question.requirements):
            yield RequirementReference(page, where, ref, None)


def requirements(page: Page) -> Iterator[tuple[int, RequirementEntry]]:
    """Yield the requirements of a page with their positions in its list."""
    listed = getattr(page.entry, "requirements", None)
    if isinstance(listed, tuple):
        yield from enumerate(listed)


def _field(key: str) -> str:
    return "in_" if key == "in" else key.replace("-", "_")


def _named(page: Page, where: Path, value: Any, kinds: Kinds) -> Iterator[Reference]:
    for place, name in _items(page, where, value):
        yield Reference(page, place, kinds, name)


def _items(page: Page, where: Path, value: Any) -> Iterator[tuple[Path, str]]:
    """Yield the ids of a value, be it one, a list or a mapping, each with its path."""
    if isinstance(value, str):
        yield where, value
    elif isinstance(value, Mapping):
        yield from (((*where, name), name) for name in value)
    else:
        for index, name in enumerate(value or ()):
            yield page.item(where, index), name


def _sources(page: Page, around: Path, refs: Sequence[SourceRef]) -> Iterator[SourceReference]:
    for index, ref in enumerate(refs):
        yield SourceReference(page, page.item((*around, "source"), index), ref)
