"""A list of requirements as a checklist: the level, the sentence, and what belongs to it.

What holds of all of them is said once by the page around the list, and not repeated here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kb import text
from kb.catalog import Component, Product, Requirement, held, topologies_of
from kb.matrix import in_order
from kb.site import markup, words
from kb.site.checklist import controls
from kb.site.methods import check, how
from kb.site.parts import Headings
from kb.site.reporting import filled
from kb.site.view import View, holder_of, product_of


@dataclass(frozen=True, slots=True)
class Group:
    """Requirements that hold in the same topologies."""

    topologies: tuple[str, ...]
    everywhere: bool
    """Whether these are all topologies of the product."""
    requirements: tuple[Requirement, ...]


def grouped(view: View, holder: Product | Component) -> tuple[Group, ...]:
    """Return the requirements by the topologies in which they hold; what holds in all comes first.

    Each requirement stands in one group.
    """
    known = topologies_of(view.catalog, product_of(view.catalog, holder))
    found: dict[tuple[str, ...], list[Requirement]] = {}
    for one in holder.requirements:
        found.setdefault(held(view.catalog, one), []).append(one)
    groups = [Group(names, names == known, in_order(found[names])) for names in found]
    return tuple(sorted(groups, key=lambda one: (not one.everywhere, _positions(one, known))))


def _positions(group: Group, known: Sequence[str]) -> list[int]:
    return [known.index(name) for name in group.topologies]


def same_in_all(view: View, holder: Product | Component) -> str:
    """Return the sentence that nothing differs by topology; "" where there is only one."""
    topologies = topologies_of(view.catalog, product_of(view.catalog, holder))
    if len(topologies) < 2:
        return ""
    names = view.links(view.catalog.topologies[one] for one in topologies)
    number = "both" if len(topologies) == 2 else f"all {len(topologies)}"
    return markup.element("p", f"The same in {number} topologies: {names}.", class_="kb-same")


def by_topology(view: View, holder: Product | Component, headings: Headings) -> Iterator[str]:
    """Yield the requirements of `holder`: once for all topologies, or in groups of them."""
    groups = grouped(view, holder)
    if groups and all(one.everywhere for one in groups):
        yield same_in_all(view, holder)
    yield controls(view, holder)
    for group in groups:
        if len(groups) > 1 or not group.everywhere:
            yield _heading(view, group, headings)
        yield checklist(view, holder, group.requirements)
    if holder.sources and holder.requirements:
        yield markup.element("p", f"Source: {view.sources(holder.sources)}.", class_="kb-cited")


def _heading(view: View, group: Group, headings: Headings) -> str:
    if group.everywhere:
        return headings("In every topology", "every-topology", level=3)
    titles = text.join(view.catalog.topologies[one].title for one in group.topologies)
    return headings(f"Only in {titles}", f"only-{'-'.join(group.topologies)}", level=3)


def checklist(view: View, holder: Product | Component, listed: Sequence[Requirement]) -> str:
    """Return requirements of `holder` as a list; the id of each is its anchor."""
    items = [_item(view, holder, one) for one in listed]
    return markup.block("ul", items, class_="kb-checklist")


def _item(view: View, holder: Product | Component, one: Requirement) -> str:
    former = [
        markup.element("span", id=name) for name in one.stated.formerly if one.owner == holder.id
    ]
    link = markup.element(
        "a", class_="headerlink", href=f"#{one.id}", aria_label="Link to this requirement"
    )
    # Inside the sentence: beside it they would be columns of their own.
    sentence = markup.element("span", *former, markup.text(one.text), class_="kb-sentence")
    lines = [
        markup.element("p", words.badge(one.level), " ", sentence, link, class_="kb-line"),
        markup.facts(_facts(view, holder, one)),
        _report(view, holder, one),
    ]
    return markup.block(
        "li",
        [line for line in lines if line],
        class_=f"kb-requirement kb-is-{one.level}",
        id=one.id,
        data_level=one.level,
        data_topologies=" ".join(held(view.catalog, one)),
        data_when=" ".join(one.when) or None,
        data_unless=" ".join(one.unless) or None,
    )


def _report(view: View, holder: Product | Component, one: Requirement) -> str:
    """Return the link to tell that a requirement is wrong; "" where nobody is to be told."""
    if view.report is None:
        return ""
    href = filled(
        view.report,
        page=view.here,
        requirement=one.ref,
        date=view.dated or holder.stated.reviewed or "",
        title=f"{holder.title}: {one.text}",
    )
    return markup.element("a", "Report a wrong fact", href=href, class_="kb-report")


def _facts(view: View, holder: Product | Component, one: Requirement) -> Iterator[tuple[str, str]]:
    yield from _conditions(view, one)
    if one.owner != holder.id and any(other.owner == holder.id for other in holder.requirements):
        yield "Shared with", view.link(holder_of(view.catalog, one.owner), anchor=one.id)
    versions = product_of(view.catalog, holder).versions
    span = words.span(one.versions, versions)
    if span and one.versions != (holder.versions if isinstance(holder, Component) else None):
        yield "Versions", markup.text(span)
    yield from _subjects(view, one)
    yield from _order(view, holder, one)
    if one.why:
        yield "Why", markup.text(one.why)
    yield from _how(view, holder, one)
    yield from _checks(view, one)
    if one.sources and one.sources != holder.sources:
        yield "Source", view.sources(one.sources)


def _conditions(view: View, one: Requirement) -> Iterator[tuple[str, str]]:
    labels = ["Only if"] + ["And if"] * len(one.when)
    stated = [*zip(labels, one.when, strict=False), *(("Not if", name) for name in one.unless)]
    for label, name in stated:
        condition = view.catalog.conditions[name]
        meaning = f": {markup.text(condition.summary)}" if condition.summary else ""
        yield label, markup.element("strong", view.link(condition)) + meaning


def _subjects(view: View, one: Requirement) -> Iterator[tuple[str, str]]:
    """Yield what the level applies to; below a negative level it must not read like a duty."""
    negative = one.level in words.NEGATIVE
    members = view.named(one.nodes) if one.nodes else None
    if one.resources:
        yield (
            "Concerns" if negative else "Resource",
            text.join(map(view.named, one.resources), "or" if negative else "and"),
        )
    if one.placement:
        yield "Concerns" if negative else "Where", words.place(one.placement, members)
    if one.count:
        label = "Concerns" if negative else "How many"
        yield label, words.number(one.count, view.named(one.count.of))
    if one.about:
        yield "See also", text.join(map(view.named, one.about))


def _order(view: View, holder: Product | Component, one: Requirement) -> Iterator[tuple[str, str]]:
    here = {other.ref: other for other in holder.requirements}
    for label, refs in (
        ("Instead", (one.instead,)),
        ("Done by", (one.by,)),
        ("After", one.after),
    ):
        others = [here.get(ref) or view.catalog.requirement(ref) for ref in refs if ref]
        links = [
            view.requirement(other, with_holder=other.component != holder.id)
            for other in others
            if other is not None
        ]
        if links:
            yield label, links[0] if len(links) == 1 else markup.bullets(links)


def _how(view: View, holder: Product | Component, one: Requirement) -> Iterator[tuple[str, str]]:
    if one.steps:
        yield "How", markup.steps(one.steps)
    elif one.procedure and one.procedure != _usual(holder):
        yield "How", how(view, view.catalog.procedures[one.procedure], f"{one.id}_how")


def _usual(holder: Product | Component) -> str | None:
    """The procedure that the page names once for all its requirements."""
    return holder.procedure if isinstance(holder, Component) else None


def _checks(view: View, one: Requirement) -> Iterator[tuple[str, str]]:
    if one.verify:
        yield "Check", check(one.verify.run, one.verify.expect, f"{one.id}_check")
    elif one.level not in words.NEGATIVE:
        for name in one.resources:
            resource = view.catalog.resources.get(name)
            if resource and resource.verify:
                place = f"{one.id}_check_{name}"
                shown = check(resource.verify.run, resource.verify.expect, place)
                yield "Check", f"General check of {view.link(resource)}:{shown}"
