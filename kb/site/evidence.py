"""The pages of procedures and sources: how something is done, and where facts are taken from."""

from __future__ import annotations

from collections.abc import Iterator

from kb.catalog import Cited, Procedure, Requirement, Source
from kb.matrix import in_order
from kb.model import PAGE_TYPES
from kb.site import markup, parts
from kb.site.methods import not_recorded
from kb.site.parts import Facts, Headings
from kb.site.references import reference, references
from kb.site.view import View, external


def procedure(view: View, page: Procedure, headings: Headings) -> Facts:
    """Return the facts of a procedure's page; recorded steps are the writer's own list."""
    facts = [*parts.names(view, page), *parts.upkeep(page)]
    if page.sources:
        facts.append(("Source", view.sources(page.sources)))
    above = [
        parts.status(page),
        parts.lead(page.summary),
        ""
        if page.steps
        else parts.note(markup.element("div", not_recorded(page, "how")), kind="missing"),
        markup.facts(facts),
    ]
    needed = [one for one in view.catalog.requirements() if one.procedure == page.id]
    below = headings.section("What needs it", "needed-by", references(view, needed))
    return Facts(parts.joined(above), below)


def source(view: View, page: Source, headings: Headings) -> Facts:
    """Return the facts of a source's page."""
    facts = [("Publisher", markup.text(page.publisher)), *parts.names(view, page)]
    if page.url:
        facts.append(("Address", external(page.url)))
    if page.retrieved:
        facts.append(("Retrieved", markup.text(page.retrieved)))
    facts += parts.upkeep(page)
    above = [parts.status(page), parts.lead(page.summary), markup.facts(facts)]
    cited = _by_locator(view, page)
    below = headings.section(
        "What cites it", "cited-by", markup.facts(cited, class_="kb-by-holder")
    )
    return Facts(parts.joined(above), below)


def _by_locator(view: View, page: Source) -> Iterator[tuple[str, str]]:
    """Yield each place in the source, and what is taken from there."""
    statements: dict[str, list[Requirement]] = {}
    for one in view.catalog.requirements():
        if one.component == one.owner:
            statements.setdefault(one.path, []).append(one)
    things = [
        thing
        for kind in PAGE_TYPES
        for thing in view.catalog.things(kind).values()
        if thing.status != "draft"
    ]
    for locator in (*page.locators.values(), None):
        items = []
        for thing in things:
            stated = statements.get(thing.path, ())
            listed = [one for one in stated if _cites(one.sources, page.id, locator)]
            if listed or _cites(thing.sources, page.id, locator):
                items.append(view.link(thing) + _nested(view, listed))
        if items:
            place = markup.text(locator or "the document as a whole")
            yield place, markup.bullets(items)


def _cites(cited: tuple[Cited, ...], source_id: str, locator: str | None) -> bool:
    return any(one.id == source_id and one.locator == locator for one in cited)


def _nested(view: View, listed: list[Requirement]) -> str:
    lines = [reference(view, one) for one in in_order(listed)]
    return markup.bullets(lines, class_="kb-references") if lines else ""
