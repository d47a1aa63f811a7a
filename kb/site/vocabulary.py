"""The pages of topologies, resources and conditions: what a term means, and what hangs on it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from kb.catalog import Condition, Requirement, Resource, Thing, Topology, held, topologies_of
from kb.site import markup, parts, words
from kb.site.backlinks import named
from kb.site.matrix import MATRIX
from kb.site.methods import check
from kb.site.parts import Facts, Headings
from kb.site.references import references
from kb.site.view import View


def topology(view: View, term: Topology, headings: Headings) -> Facts:
    """Return the facts of a topology's page."""
    products = [
        one
        for one in view.catalog.products.values()
        if one.is_published and term.id in topologies_of(view.catalog, one)
    ]
    only_here = _chosen(view, lambda one: _is_particular(view, one, term.id))
    nothing = "Nothing that is recorded is particular to this topology."
    below = [
        headings.section(
            "What is particular to it",
            "particular",
            references(view, only_here, about=term) or markup.element("p", nothing),
        ),
        _all_of_it(view),
    ]
    facts = [*parts.names(view, term), *_row("Topology of", view.links(products))]
    return _page(view, term, facts, below)


def _all_of_it(view: View) -> str:
    """Return where a reader finds what is not particular."""
    href = view.address(MATRIX)
    if href is None:
        return ""
    table = markup.element("a", "matrix", href=href)
    return markup.element("p", f"All that is asked in it stands in the {table}.")


def resource(view: View, term: Resource, headings: Headings) -> Facts:
    """Return the facts of a resource's page."""
    family = {term.id, *term.descendants}
    wider = {term.id, *term.ancestors}
    concerned = _chosen(
        view,
        lambda one: bool(
            (wider if one.level in words.NEGATIVE else family).intersection(one.resources)
            or family.intersection(set(named(one)).difference(one.resources))
        ),
    )
    below = [
        headings.section("Which components it concerns", "components", references(view, concerned)),
        headings.section(
            "General check",
            "check",
            markup.element("div", check(term.verify.run, term.verify.expect, "check"))
            if term.verify
            else "",
        ),
    ]
    return _page(view, term, parts.names(view, term), below)


def condition(view: View, term: Condition, headings: Headings) -> Facts:
    """Return the facts of a condition's page."""
    facts = [*parts.names(view, term), *_condition_facts(view, term)]
    family = {term.id, *term.descendants}
    depending = _chosen(view, lambda one: bool(family.intersection((*one.when, *one.unless))))
    below = [
        headings.section("What depends on it", "dependent", references(view, depending, about=term))
    ]
    return _page(view, term, facts, below)


def _page(view: View, term: Thing, facts: Iterable[tuple[str, str]], below: Iterable[str]) -> Facts:
    listed = [*facts, *parts.upkeep(term), *_row("Source", view.sources(term.sources))]
    above = [parts.status(term), parts.lead(term.summary), markup.facts(listed)]
    return Facts(parts.joined(above), parts.joined(below))


def _chosen(view: View, wanted: Callable[[Requirement], bool]) -> list[Requirement]:
    return [one for one in view.catalog.requirements() if wanted(one)]


def _is_particular(view: View, one: Requirement, topology: str) -> bool:
    names = held(view.catalog, one)
    known = topologies_of(view.catalog, view.catalog.product_of(one))
    return topology in names and len(names) < len(known)


def _condition_facts(view: View, term: Condition) -> Iterator[tuple[str, str]]:
    if term.nodes:
        operator, number = term.nodes
        yield "Decided by", markup.text(f"the number of nodes: {_OPERATORS[operator]} {number}")
    if term.excludes:
        others = [view.catalog.conditions[one] for one in term.excludes]
        yield "Cannot hold with", view.links(others, "or")


_OPERATORS = {
    ">=": "at least",
    "<=": "at most",
    ">": "more than",
    "<": "fewer than",
    "=": "exactly",
}


def _row(label: str, value: str) -> Iterator[tuple[str, str]]:
    if value:
        yield label, value
