"""The glossary: every term of the knowledge base with its definition, from the pages themselves."""

from __future__ import annotations

from kb.catalog import Component, Thing
from kb.model import PageType
from kb.site import markup, parts
from kb.site.view import View

TITLE = "Glossary"

_KINDS: tuple[tuple[PageType, str], ...] = (
    ("product", "product"),
    ("component", "component"),
    ("topology", "topology"),
    ("resource", "resource"),
    ("condition", "condition"),
)


def page(view: View) -> str:
    """Return the glossary as Markdown."""
    terms = [
        (thing, word)
        for kind, word in _KINDS
        for thing in view.catalog.things(kind).values()
        if thing.status == "published"
    ]
    terms.sort(key=lambda term: (term[0].title.casefold(), term[1], term[0].id))
    entries = [_entry(view, thing, word) for thing, word in terms]
    return parts.joined(
        [
            f"# {TITLE} {{#glossary}}",
            markup.element("p", "The terms of these pages, and what they mean.", class_="kb-lead"),
            markup.block("dl", entries, class_="kb-glossary"),
        ]
    )


def _entry(view: View, thing: Thing, word: str) -> str:
    kind = markup.element("span", word, class_="kb-aside")
    title = markup.element("dt", view.link(thing), " ", kind, id=f"{thing.type}-{thing.id}")
    meaning = thing.summary or (thing.role if isinstance(thing, Component) else None)
    lines = [markup.element("p", markup.text(meaning))] if meaning else []
    lines += [
        markup.element("p", f"{label}: {value}.", class_="kb-aside")
        for label, value in parts.names(view, thing)
        if label != "Also said as"  # whole sentences: they stand on the condition's page
    ]
    return title + markup.element("dd", *lines)
