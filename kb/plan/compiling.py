"""From the catalog to the master plan of each product."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from kb.catalog import Catalog, Component, Product, Requirement, held, topologies_of
from kb.model import Level, Placement
from kb.plan import words
from kb.plan.master import (
    Check,
    Document,
    GeneralCheck,
    Item,
    MasterPlan,
    Method,
    Part,
    Place,
    Setting,
    Term,
)
from kb.plan.order import by_use, in_order
from kb.plan.words import STEPS

_BROUGHT_ABOUT: tuple[Level, ...] = ("must", "should", "automatic")

_PLACES: Mapping[Placement, Place] = {
    "each-node": "nodes",
    "one-node": "node",
    "once-per-cluster": "cluster",
    "once-per-deployment": "deployment",
    "outside-cluster": "outside",
    "shared-storage": "storage",
}
_MOST_BESIDE = 4
"""Steps that a remark may stand beside, so that what is compiled stays small."""
_NODES = frozenset({"node", "nodes"})
"""What is counted where a number of nodes is stated."""


def master_plans(catalog: Catalog) -> tuple[MasterPlan, ...]:
    """Return the master plan of each published product, by id."""
    return tuple(master_plan(catalog, one) for one in catalog.products.values() if one.is_published)


def master_plan(catalog: Catalog, product: Product) -> MasterPlan:
    """Return everything that can be in a plan of this product."""
    bearers = Counter(one.title for one in catalog.published())
    components = by_use([one for one in catalog.published() if one.product == product.id])
    ranks = {one.id: rank for rank, one in enumerate(components)}
    stated = [*product.requirements, *(r for one in components for r in one.requirements)]
    holders: dict[str, list[str]] = {}
    firsts: dict[str, Requirement] = {}
    for one in stated:
        firsts.setdefault(one.ref, one)
        named = holders.setdefault(one.ref, [])
        if one.component != product.id:
            named.append(one.component)
    items = [_item(catalog, product, one, holders[ref]) for ref, one in firsts.items()]
    linked = _linked(items, firsts)
    steps = in_order([one for one in linked if one.level in STEPS], ranks)
    remarks = [one for one in linked if one.level not in STEPS]
    ordered = [*steps, *_beside(catalog, remarks, steps, firsts)]
    return MasterPlan(
        product=product.id,
        title=product.title,
        path=product.path,
        topologies=tuple(
            Setting(id=one.id, title=one.title, summary=one.summary or "")
            for one in (catalog.topologies[name] for name in topologies_of(catalog, product))
        ),
        versions=product.versions,
        components=tuple(_part(product, one, bearers) for one in components),
        conditions=tuple(_terms(catalog, ordered)),
        methods=tuple(_methods(catalog, ordered)),
        items=tuple(ordered),
        checks=tuple(_general_checks(catalog, ordered, firsts)),
        documents=_documents(catalog, firsts.values()),
    )


def _documents(catalog: Catalog, stated: Iterable[Requirement]) -> tuple[Document, ...]:
    """Return the sources of what is stated, each text once."""
    found = {words.source(cited): cited.id for one in stated for cited in one.sources}
    return tuple(
        Document(text=text, path=catalog.sources[name].path)
        for text, name in found.items()
        if name in catalog.sources
    )


def _part(product: Product, component: Component, bearers: Mapping[str, int]) -> Part:
    """Return a component; `bearers` is how many have a title."""
    title = component.title
    if bearers[title] > 1:
        title = f"{title} ({product.title})"
    return Part(
        id=component.id,
        title=title,
        role=component.role or component.summary or "",
        asks_nothing=component.asks_nothing,
        versions=_versions(component.versions, product),
        path=component.path,
    )


def _versions(versions: Sequence[str] | None, product: Product) -> tuple[str, ...]:
    given = tuple(versions or ())
    return () if given == product.versions else given


def _item(catalog: Catalog, product: Product, one: Requirement, components: Sequence[str]) -> Item:
    known = topologies_of(catalog, product)
    topologies = held(catalog, one)
    versions = _versions(one.versions, product)
    whole = [catalog.components[name].versions for name in components]
    bound, amount = _number_of_nodes(one)
    return Item(
        id=one.ref,
        level=one.level,
        text=one.text,
        components=tuple(components),
        place=_place(catalog, one),
        is_per_node=one.placement == "each-node" and one.nodes is None and one.level in STEPS,
        topologies=() if topologies == known else topologies,
        versions=versions,
        span="" if one.versions in whole else words.span(versions, product.versions),
        when=one.when,
        unless=one.unless,
        after=one.after,
        beside=(),
        covered=(),
        # A procedure for the component as a whole says how its duties are done, not its options.
        method=(one.procedure or "") if one.level in STEPS or one.stated.how else "",
        steps=one.steps,
        why=one.why or "",
        check=Check(run=one.verify.run, expect=one.verify.expect) if one.verify else None,
        bound=bound,
        amount=amount,
        sources=tuple(dict.fromkeys(words.source(cited) for cited in one.sources)),
        path=one.path,
        anchor=one.id,
    )


def _place(catalog: Catalog, one: Requirement) -> Place:
    if one.placement and one.level in STEPS:
        return _PLACES[one.placement]
    if _number_of_nodes(one)[0]:
        return "before"
    component = catalog.components.get(one.component)
    if component is None:  # duties come before the work on components, advice on it all behind
        return "before" if one.level == "must" else "whole"
    return _PLACES[component.placement] if component.placement else "components"


def _number_of_nodes(one: Requirement) -> tuple[str, int]:
    count = one.count
    if (
        count is None
        or one.level != "must"
        or count.per != "cluster"
        or count.of.casefold() not in _NODES
        or not isinstance(count.amount, int)
    ):
        return "", 0
    return count.bound, count.amount


def _linked(items: Iterable[Item], stated: Mapping[str, Requirement]) -> list[Item]:
    """Return items that come after steps alone: in place of what a step brings about, that step."""
    return [replace(one, after=tuple(dict.fromkeys(_steps_of(one.after, stated)))) for one in items]


def _steps_of(refs: Iterable[str], stated: Mapping[str, Requirement]) -> Iterator[str]:
    for ref in refs:
        one = stated.get(ref)
        if one is not None and one.level in STEPS:
            yield ref
        elif one is not None and one.by in stated and stated[one.by or ""].level in STEPS:
            yield one.by or ""


def _beside(
    catalog: Catalog,
    remarks: Iterable[Item],
    steps: Sequence[Item],
    stated: Mapping[str, Requirement],
) -> Iterator[Item]:
    """Yield remarks with the steps that they may stand beside, the nearest in meaning first."""
    by_component: dict[str, list[Item]] = {}
    for step in steps:
        for name in step.components:
            by_component.setdefault(name, []).append(step)
    for remark in remarks:
        one = stated[remark.id]
        own = list(
            {s.id: s for name in remark.components for s in by_component.get(name, ())}.values()
        )
        related = sorted(own, key=lambda step: _distance(catalog, one, stated[step.id]))
        named = [*_steps_of([one.instead or "", one.by or ""], stated)]
        things = set(one.resources) if remark.level == "may" else set()
        yield replace(
            remark,
            beside=tuple(dict.fromkeys([*named, *(step.id for step in related)]))[:_MOST_BESIDE],
            covered=tuple(
                step.id
                for step in own
                if things and step.level == "must" and things == set(stated[step.id].resources)
            ),
        )


def _distance(catalog: Catalog, remark: Requirement, step: Requirement) -> int:
    """Return how far a remark is from a step of the same component; 0: about the same thing."""
    things = {two for one in remark.resources for two in (one, *_kin(catalog, one))}
    if things & set(step.resources):
        return 0
    if remark.procedure and remark.procedure == step.procedure and remark.when == step.when:
        return 1
    if remark.placement and remark.placement == step.placement:
        return 2
    if things & set(step.about) or set(remark.about) & {*step.resources, *step.about}:
        return 3
    # Better beside a plain step of the component than beside one that may fall away.
    is_conditional = bool(set(step.when) - set(remark.when))
    return 4 + is_conditional + 2 * bool(_number_of_nodes(step)[0])


def _kin(catalog: Catalog, name: str) -> tuple[str, ...]:
    thing = catalog.object(name)
    return (*thing.ancestors, *thing.descendants) if thing else ()


def _terms(catalog: Catalog, items: Iterable[Item]) -> Iterator[Term]:
    """Yield the conditions that items name and those that settle them, broader ones first."""
    deciding = {name for one in items for name in (*one.when, *one.unless)}
    wanted: set[str] = set()
    waiting = sorted(deciding)
    while waiting:
        name = waiting.pop()
        if name not in wanted:
            wanted.add(name)
            condition = catalog.conditions[name]
            waiting += [*condition.ancestors, *condition.descendants, *condition.excludes]
    for name in sorted(wanted, key=lambda name: _lineage(catalog, name)):
        condition = catalog.conditions[name]
        sign, number = condition.nodes or ("", 0)
        yield Term(
            id=name,
            title=condition.title,
            heading=condition.title[:1].upper() + condition.title[1:],
            summary=condition.summary or "",
            decides=name in deciding,
            ancestors=condition.ancestors,
            descendants=condition.descendants,
            excludes=condition.excludes,
            sign=sign,
            number=number,
        )


def _lineage(catalog: Catalog, name: str) -> tuple[str, ...]:
    return (*reversed(catalog.conditions[name].ancestors), name)


def _methods(catalog: Catalog, items: Iterable[Item]) -> Iterator[Method]:
    for name in sorted({one.method for one in items if one.method}):
        procedure = catalog.procedures[name]
        publishers = dict.fromkeys(one.publisher for one in procedure.sources)
        yield Method(
            id=name,
            title=procedure.title,
            steps=procedure.steps,
            publisher=next(iter(publishers), ""),
            path=procedure.path,
        )


def _general_checks(
    catalog: Catalog, items: Sequence[Item], stated: Mapping[str, Requirement]
) -> Iterator[GeneralCheck]:
    users: dict[str, list[str]] = {}
    for one in items:
        if one.level in _BROUGHT_ABOUT and one.check is None:
            for name in stated[one.id].resources:
                users.setdefault(name, []).append(one.id)
    for name, ids in users.items():
        resource = catalog.resources.get(name)
        if resource is not None and resource.verify is not None:
            yield GeneralCheck(
                id=name,
                title=resource.title,
                check=Check(run=resource.verify.run, expect=resource.verify.expect),
                items=tuple(ids),
                path=resource.path,
            )
