"""Which page is rendered how: the table of page types, and a page put together.

Pure functions from the catalog to Markdown. Nothing here knows the generator of the site.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from kb.catalog import Component, Product, Thing
from kb.model import PageType
from kb.site import component, evidence, parts, product, questions, vocabulary
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
    headings = Headings(parts.anchors_of(thing))
    facts = RENDERERS[thing.type](view, thing, headings)
    title = _TITLE.match(body)
    heading = title[0].strip() if title else f"# {parts.text_in_markdown(thing.title)}"
    prose = body[title.end() :] if title else body
    asked = ""
    if isinstance(thing, Product | Component):
        asked = questions.section(view, thing, headings)
    below = rendered(parts.joined([asked, facts.below]))
    return parts.joined([heading, rendered(facts.above), prose.strip("\n"), below]) + "\n"


def description(thing: Thing) -> str | None:
    """Return the sentence that describes a page to search engines."""
    role = getattr(thing, "role", None)
    return thing.summary or (role if isinstance(role, str) else None)
