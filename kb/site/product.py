"""The page of a product: what holds of the whole cluster, and its components."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from kb import text
from kb.catalog import Component, Product, topologies_of
from kb.model import Level
from kb.site import markup, parts, words
from kb.site.parts import Facts, Headings
from kb.site.requirements import by_topology
from kb.site.view import View


def render(view: View, product: Product, headings: Headings) -> Facts:
    """Return the facts of a product's page."""
    listed = [one for one in shown(view) if one.product == product.id]
    above = [
        parts.status(product),
        parts.lead(product.summary),
        headings.section("Components", "components", components_table(view, listed)),
        headings.section(
            "Requirements of the whole cluster",
            "requirements",
            parts.joined(by_topology(view, product, headings)),
        ),
        headings("Notes", "notes") if parts.has_intro(product) else "",
    ]
    facts = [*parts.names(view, product), *_facts(view, product), *parts.upkeep(product)]
    return Facts(parts.joined(above), headings.section("Facts", "facts", markup.facts(facts)))


def shown(view: View) -> Iterable[Component]:
    """Return the components that lists show: all but drafts."""
    return (one for one in view.catalog.components.values() if one.status != "draft")


def components_table(view: View, listed: Sequence[Component]) -> str:
    """Return components as a table: what each is for, and what kinds of things it is asked."""
    if not listed:
        return ""
    header = markup.row(*(markup.element("th", one, scope="col") for one in _COLUMNS))
    rows = [
        markup.row(
            markup.element("th", view.link(one), scope="row"),
            markup.element("td", markup.text(one.role or one.summary or "")),
            markup.element("td", _asked(one)),
        )
        for one in listed
    ]
    body = [markup.element("thead", header), markup.block("tbody", rows)]
    # Each row says what the component's own page says, which is what a search should find.
    table = markup.block("table", body, class_="kb-list")
    return markup.element("div", table, class_="kb-table", data_search_exclude="")


_COLUMNS = ("Component", "What it is for", "What clustering asks")


def _asked(component: Component) -> str:
    if component.asks_nothing:
        return markup.element("span", "Nothing is asked", class_="kb-quiet")
    counts: dict[Level, int] = {}
    for one in component.requirements:
        counts[one.level] = counts.get(one.level, 0) + 1
    return " ".join(_several(level, counts[level]) for level in words.LEVELS if level in counts)


def _several(level: Level, count: int) -> str:
    shown = f"{words.badge(level)} ×{count}" if count > 1 else words.badge(level)
    return markup.element("span", shown, class_="kb-several")


def _facts(view: View, product: Product) -> Iterator[tuple[str, str]]:
    topologies = topologies_of(view.catalog, product)
    if topologies:
        yield "Topologies", view.links(view.catalog.topologies[one] for one in topologies)
    if product.versions:
        yield "Versions", markup.text(text.join(product.versions))
    if product.sources and not product.requirements:  # else it stands below them
        yield "Source", view.sources(product.sources)
