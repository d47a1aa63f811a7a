"""Which page is rendered how: the table of page types, and a page put together.

Pure functions from the catalog to Markdown. Nothing here knows the generator of the site.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from kb.catalog import Component, Product, Thing
from kb.model import PageType
from kb.site import component, evidence, parts, product, vocabulary
from kb.site.parts import Facts, Headings
from kb.site.view import View

RENDERERS: Mapping[PageType, Callable[[View, Any, Headings], Facts]] = {
    "product": product.render,
    "component": component.render,
    "topology": vocabulary.topology,
    "resource": vocabulary.resource,
    "condition": vocabulary.condition,
    "procedure": evidence.procedure,
    "source": evidence.source,
}
"""Page type -> what renders its facts."""

_TITLE = re.compile(r"\A\s*# [^\n]*\n?")


def page(view: View, thing: Thing, body: str, rendered: Callable[[str], str] = str) -> str:
    """Return a typed page as Markdown: the writer's body with the rendered facts in it.

    `body` has its anchors already. Without a title of its own it gets that of the front matter.
    All that is made from facts goes through `rendered`.
    """
    facts = RENDERERS[thing.type](view, thing, Headings(_taken(thing)))
    title = _TITLE.match(body)
    heading = title[0].strip() if title else f"# {parts.text_in_markdown(thing.title)}"
    prose = body[title.end() :] if title else body
    return parts.joined(
        [heading, rendered(facts.above), prose.strip("\n"), rendered(facts.below)]
    ) + "\n"


def description(thing: Thing) -> str | None:
    """Return the sentence that describes a page to search engines."""
    role = getattr(thing, "role", None)
    return thing.summary or (role if isinstance(role, str) else None)


def _taken(thing: Thing) -> set[str]:
    """Return the anchors that a page has before any heading of ours is made."""
    taken = {one.anchor for one in thing.body.sections}
    if isinstance(thing, Product | Component):
        for one in thing.requirements:
            taken |= {one.id, *one.stated.formerly}
    return taken
