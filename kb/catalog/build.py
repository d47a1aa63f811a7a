"""Pages into a catalog: defaults filled in, ids completed, `same-as` and `broader` followed.

The pages are taken to be right: every id that they name exists, no chain has a loop. The rules see
to that beforehand.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from kb import text
from kb.catalog.catalog import Catalog
from kb.catalog.sentences import sentence
from kb.catalog.things import (
    Cited,
    Component,
    Condition,
    Guide,
    Procedure,
    Product,
    Requirement,
    Resource,
    Source,
    Thing,
    Topology,
)
from kb.model import (
    ComponentEntry,
    ConditionEntry,
    PageEntry,
    PageType,
    ProcedureEntry,
    ProductEntry,
    RequirementEntry,
    ResourceEntry,
    SourceEntry,
    SourceRef,
    TopologyEntry,
)
from kb.pages import Page

E = TypeVar("E", bound=PageEntry)
T = TypeVar("T", bound=Thing)


def build(pages: Sequence[Page], version: str) -> Catalog:
    """Return the catalog of these pages; `version` is the digest of their content."""
    return _Builder(pages).catalog(version)


@dataclass(frozen=True, slots=True)
class _Written:
    """A page with the entry that was found on it, typed."""

    page: Page
    entry: Any


class _Builder:
    """The pages by type and id while things are made from them."""

    def __init__(self, pages: Sequence[Page]) -> None:
        self._pages = pages
        self._products = self._written(ProductEntry)
        self._components = self._written(ComponentEntry)
        self._topologies = self._written(TopologyEntry)
        self._resources = self._written(ResourceEntry)
        self._conditions = self._written(ConditionEntry)
        self._procedures = self._written(ProcedureEntry)
        self._sources = self._written(SourceEntry)
        self._broader: dict[tuple[PageType, str], str] = {}
        self._narrower: dict[tuple[PageType, str], list[str]] = {}
        for page in pages:
            if page.entry is not None and page.entry.broader is not None:
                kind, broader = page.entry.type, page.entry.broader
                self._broader[kind, page.id] = broader
                self._narrower.setdefault((kind, broader), []).append(page.id)

    def catalog(self, version: str) -> Catalog:
        tables: dict[PageType, Mapping[str, Thing]] = {}
        tables["source"] = sources = self._made(self._sources, self._source)
        tables["topology"] = topologies = self._made(self._topologies, self._topology)
        tables["resource"] = resources = self._made(self._resources, self._resource)
        tables["condition"] = conditions = self._made(self._conditions, self._condition)
        tables["procedure"] = procedures = self._made(self._procedures, self._procedure)
        tables["product"] = products = self._made(self._products, self._product)
        tables["component"] = components = self._made(self._components, self._component)
        return Catalog(
            version=version,
            products=products,
            components=components,
            topologies=topologies,
            resources=resources,
            conditions=conditions,
            procedures=procedures,
            sources=sources,
            guides=tuple(_guide(one) for one in self._pages if one.entry is None),
            names=_names(tables),
        )

    def _written(self, entry_type: type[E]) -> dict[str, _Written]:
        found = [one for one in self._pages if isinstance(one.entry, entry_type)]
        return {one.id: _Written(one, one.entry) for one in sorted(found, key=lambda one: one.id)}

    @staticmethod
    def _made(written: Mapping[str, _Written], make: Callable[[_Written], T]) -> dict[str, T]:
        return {name: make(one) for name, one in written.items()}

    def _common(self, written: _Written) -> dict[str, Any]:
        page, entry = written.page, written.entry
        return {
            "stated": entry,
            "type": entry.type,
            "id": page.id,
            "title": entry.title,
            "names": (entry.title, *entry.aliases),
            "summary": entry.summary,
            "ancestors": self._ancestors(entry.type, page.id),
            "descendants": tuple(sorted(self._descendants(entry.type, page.id))),
            "status": entry.status,
            "sources": self._cited(entry.source),
            "path": page.file.path,
            "line": page.place("title").line,
            "body": page.body,
        }

    def _ancestors(self, kind: PageType, name: str) -> tuple[str, ...]:
        chain: list[str] = []
        broader = self._broader.get((kind, name))
        while broader is not None and broader not in chain:
            chain.append(broader)
            broader = self._broader.get((kind, broader))
        return tuple(chain)

    def _descendants(self, kind: PageType, name: str) -> set[str]:
        found: set[str] = set()
        waiting = [name]
        while waiting:
            for one in self._narrower.get((kind, waiting.pop()), ()):
                if one not in found:
                    found.add(one)
                    waiting.append(one)
        return found

    def _cited(self, refs: Iterable[SourceRef]) -> tuple[Cited, ...]:
        return tuple(self._cite(ref) for ref in refs)

    def _cite(self, ref: SourceRef) -> Cited:
        source: SourceEntry = self._sources[ref.id].entry
        locator = source.locators.get(ref.locator) if ref.locator else None
        return Cited(ref.id, source.title, source.publisher, locator, source.url, ref.pin)

    def _source(self, written: _Written) -> Source:
        entry: SourceEntry = written.entry
        return Source(
            **self._common(written),
            publisher=entry.publisher,
            locators=entry.locators,
            url=entry.url,
            retrieved=entry.retrieved,
        )

    def _topology(self, written: _Written) -> Topology:
        return Topology(**self._common(written))

    def _resource(self, written: _Written) -> Resource:
        return Resource(**self._common(written), verify=written.entry.verify)

    def _condition(self, written: _Written) -> Condition:
        entry: ConditionEntry = written.entry
        name = written.page.id
        others = {one.page.id for one in self._conditions.values() if name in one.entry.excludes}
        return Condition(
            **self._common(written),
            excludes=tuple(sorted(others | set(entry.excludes))),
            nodes=_nodes(entry.nodes),
        )

    def _procedure(self, written: _Written) -> Procedure:
        return Procedure(**self._common(written), steps=written.page.body.steps)

    def _product(self, written: _Written) -> Product:
        entry: ProductEntry = written.entry
        listed = entry.requirements if entry.requirements != "none" else ()
        return Product(
            **self._common(written),
            topologies=entry.topologies,
            versions=entry.versions,
            requirements=tuple(
                self._requirement(one, index, written, written.page.id)
                for index, one in enumerate(listed)
            ),
        )

    def _component(self, written: _Written) -> Component:
        entry: ComponentEntry = written.entry
        name = written.page.id
        shared = self._components[entry.same_as] if entry.same_as else None
        lender: ComponentEntry | None = shared.entry if shared else None
        product = self._product_of(entry)
        own = self._requirements(written, name)
        inherited = self._requirements(shared, name) if shared else ()
        asks_nothing = entry.requirements == "none" or (
            not own and lender is not None and lender.requirements == "none"
        )
        return Component(
            **self._common(written),
            product=product,
            kind=entry.kind or (lender.kind if lender else None),
            role=entry.role or (lender.role if lender else None),
            placement=entry.placement or (lender.placement if lender else None),
            nodes=entry.nodes or (lender.nodes if lender and not entry.placement else None),
            uses=entry.uses,
            same_as=entry.same_as,
            requirements=(*inherited, *own),
            asks_nothing=asks_nothing,
            procedure=entry.how or (lender.how if lender else None),
            versions=self._versions(product, entry.since, entry.until),
        )

    def _product_of(self, entry: ComponentEntry) -> str:
        return entry.product or next(iter(self._products))

    def _requirements(self, written: _Written, holder: str) -> tuple[Requirement, ...]:
        listed = written.entry.requirements
        if listed is None or listed == "none":
            return ()
        return tuple(
            self._requirement(one, index, written, holder) for index, one in enumerate(listed)
        )

    def _requirement(
        self, entry: RequirementEntry, index: int, written: _Written, holder: str
    ) -> Requirement:
        owner = written.page.id
        page: Any = written.entry
        is_component = isinstance(page, ComponentEntry)
        product = self._product_of(page) if is_component else owner
        default_how = page.how if is_component else None
        how = entry.how if entry.how is not None else default_how
        since, until = entry.since, entry.until
        if is_component:
            since, until = since or page.since, until or page.until
        return Requirement(
            stated=entry,
            component=holder,
            owner=owner,
            ref=f"{owner}/{entry.id}",
            level=entry.level,
            action=entry.action,
            text=sentence(entry.level, entry.action),
            topologies=self._topologies_of(entry, product),
            when=entry.when,
            unless=entry.unless,
            resources=entry.resource,
            about=entry.about,
            placement=entry.placement,
            nodes=entry.nodes,
            count=entry.count,
            instead=self._ref(entry.instead, owner) if entry.instead else None,
            by=self._ref(entry.by, owner) if entry.by else None,
            procedure=how if isinstance(how, str) else None,
            steps=how if isinstance(how, tuple) else (),
            after=tuple(dict.fromkeys(self._ref(one, owner) for one in entry.after)),
            why=entry.why,
            verify=entry.verify,
            versions=self._versions(product, since, until),
            sources=self._cited(entry.source or page.source),
            path=written.page.file.path,
            line=written.page.place("requirements", index, "id").line,
        )

    def _ref(self, ref: str, page: str) -> str:
        """Return `owner/id` of a requirement that a page names, perhaps through a sharer."""
        named, _, name = (ref if "/" in ref else f"{page}/{ref}").partition("/")
        written = self._components.get(named)
        if written is not None and written.entry.same_as:
            listed = written.entry.requirements
            own = {one.id for one in listed} if isinstance(listed, tuple) else set()
            if name not in own:
                named = written.entry.same_as
        return f"{named}/{name}"

    def _topologies_of(self, entry: RequirementEntry, product: str) -> tuple[str, ...]:
        known = self._products[product].entry.topologies or tuple(self._topologies)
        if not entry.in_:
            return tuple(known)
        wanted = set(entry.in_)
        for one in entry.in_:
            wanted |= self._descendants("topology", one)
        return tuple(one for one in (*known, *sorted(wanted - set(known))) if one in wanted)

    def _versions(
        self, product: str, since: str | None, until: str | None
    ) -> tuple[str, ...] | None:
        labels: tuple[str, ...] = self._products[product].entry.versions
        if not labels:
            return None
        first = labels.index(since) if since in labels else 0
        last = labels.index(until) if until in labels else len(labels) - 1
        return labels[first : last + 1]


def _nodes(expression: str | None) -> tuple[str, int] | None:
    if expression is None:
        return None
    operator = re.match(r"[<>=]+", expression)
    assert operator is not None  # the model admits no other form
    return operator.group(), int(expression[operator.end() :])


def _guide(page: Page) -> Guide:
    titled = [one.title for one in page.body.sections if one.title]
    wish = page.front.values.get("search")
    excluded = isinstance(wish, Mapping) and wish.get("exclude") is True
    stated = page.front.values.get("title")
    title = stated if isinstance(stated, str) else titled[0] if titled else page.id
    answers = page.front.values.get("answers") is not False
    return Guide(title, page.file.path, page.body, not excluded, answers)


def _names(tables: Mapping[PageType, Mapping[str, Thing]]) -> dict[tuple[PageType, str], Any]:
    found: dict[tuple[PageType, str], list[str]] = {}
    for kind, table in tables.items():
        for thing in table.values():
            spellings = (thing.id, *thing.names, *thing.stated.formerly)
            for one in dict.fromkeys(text.key(spelling) for spelling in spellings):
                found.setdefault((kind, one), []).append(thing.id)
    return {name: tuple(ids) for name, ids in found.items()}
