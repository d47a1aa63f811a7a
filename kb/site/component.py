"""The page of a component: what to do comes first, all else after it."""

from __future__ import annotations

from collections.abc import Iterator

from kb import text
from kb.catalog import Component
from kb.site import markup, parts, words
from kb.site.diagram import figures
from kb.site.methods import how
from kb.site.parts import Facts, Headings
from kb.site.references import references
from kb.site.requirements import by_topology, same_in_all
from kb.site.view import View


def render(view: View, component: Component, headings: Headings) -> Facts:
    """Return the facts of a component's page."""
    above = [
        parts.status(component),
        parts.lead(component.summary, component.role),
        _kind(view, component),
        figures(view, component),
        headings("Requirements", "requirements"),
        *_requirements(view, component, headings),
        *_how(view, component, headings),
        headings("Notes", "notes") if parts.has_intro(component) else "",
    ]
    facts = [*parts.kinship(view, component), *_facts(view, component), *parts.upkeep(component)]
    mentions = view.backlinks.mentions.get(component.id, ())
    below = [
        headings.section("Facts", "facts", markup.facts(facts)),
        headings.section("Where else it matters", "elsewhere", references(view, mentions)),
    ]
    return Facts(parts.joined(above), parts.joined(below))


def _requirements(view: View, component: Component, headings: Headings) -> Iterator[str]:
    if component.asks_nothing:
        yield parts.note(
            "<strong>Clustering asks nothing of this component.</strong>", kind="nothing"
        )
        yield same_in_all(view, component)
    yield _shared(view, component)
    yield from by_topology(view, component, headings)


def _shared(view: View, component: Component) -> str:
    catalog = view.catalog
    if component.same_as:
        lender = catalog.components[component.same_as]
        stated = f"It has the same requirements as {view.link(lender)}, whose page states them"
        own = any(one.owner == component.id for one in component.requirements)
        return markup.element("p", f"{stated}{', and some of its own' if own else ''}.")
    sharers = view.backlinks.sharers.get(component.id, ())
    if not sharers:
        return ""
    return markup.element("p", f"The same is asked of {view.links(sharers)}.")


def _how(view: View, component: Component, headings: Headings) -> Iterator[str]:
    if component.procedure:
        yield headings("How", "how")
        yield markup.element("div", how(view, view.catalog.procedures[component.procedure], "how"))


def _kind(view: View, component: Component) -> str:
    kind = component.kind or "component"
    product = view.link(view.catalog.products[component.product])
    stated = f"{markup.text(kind[:1].upper() + kind[1:])} of {product}."
    if component.placement:
        members = view.named(component.nodes) if component.nodes else None
        stated += f" Runs: {words.place(component.placement, members)}."
    aliases = component.names[1:]
    if aliases:
        stated += f" Also called {markup.text(text.join(aliases, 'or'))}."
    others = parts.not_the_same(view, component)
    if others:
        stated += f" Not the same as {others}."
    return markup.element("p", stated, class_="kb-kind")


def _facts(view: View, component: Component) -> Iterator[tuple[str, str]]:
    catalog = view.catalog
    span = words.span(component.versions, catalog.products[component.product].versions)
    if span:
        yield "Versions", markup.text(span)
    uses = [
        f"{view.link(catalog.components[name])}: {markup.text(purpose)}"
        for name, purpose in component.uses.items()
    ]
    if uses:
        yield "Uses", markup.bullets(uses)
    users = [
        f"{view.link(one)}: {markup.text(one.uses[component.id])}"
        for one in view.backlinks.users.get(component.id, ())
    ]
    if users:
        yield "Used by", markup.bullets(users)
    if component.sources and not component.requirements:  # else it stands below them
        yield "Source", view.sources(component.sources)
