"""Parts that pages of several types have: the lead, names, notes on the status, headings.

A rendered page has two parts, because the writer's own prose stands between them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kb import text
from kb.catalog import Component, Product, Thing
from kb.site import markup
from kb.site.view import View

_MARKUP = re.compile(r"[\\`*_{}\[\]#]")


@dataclass(frozen=True, slots=True)
class Facts:
    """What is shown of a page's facts, as Markdown with blocks of HTML."""

    above: str
    """Below the page's title, before the writer's prose."""
    below: str
    """After the writer's prose."""


@dataclass(slots=True)
class Headings:
    """Makes the headings of one page; no anchor is given twice."""

    taken: set[str]

    def section(self, title: str, anchor: str, content: str) -> str:
        """Return a heading with its content; "" where there is no content."""
        return f"{self(title, anchor)}\n\n{content}" if content else ""

    def __call__(self, title: str, anchor: str, level: int = 2) -> str:
        """Return a heading in Markdown, with the anchor or, where that is taken, the next free."""
        return f"{'#' * level} {text_in_markdown(title)} {{#{self.free(anchor)}}}"

    def free(self, anchor: str) -> str:
        """Return the anchor or, where that is taken, the next free one; it is taken then."""
        chosen, number = anchor, 1
        while chosen in self.taken:
            number += 1
            chosen = f"{anchor}-{number}"
        self.taken.add(chosen)
        return chosen


def anchors_of(thing: Thing) -> set[str]:
    """Return the anchors that a page has before any heading of ours is made."""
    taken = {one.anchor for one in thing.body.sections}
    if isinstance(thing, Product | Component):
        for one in thing.requirements:
            taken |= {one.id, *one.stated.formerly}
    return taken


def text_in_markdown(value: str) -> str:
    """Return plain text so that Markdown takes none of it for markup."""
    return _MARKUP.sub(r"\\\g<0>", value.replace("&", "&amp;").replace("<", "&lt;"))


def joined(blocks: Iterable[str]) -> str:
    """Return blocks of Markdown or HTML as one text, empty ones left out."""
    return "\n\n".join(one for one in blocks if one)


def lead(*sentences: str | None) -> str:
    """Return the definition with which a page begins."""
    stated = [markup.text(one) for one in dict.fromkeys(sentences) if one]
    return markup.element("p", " ".join(stated), class_="kb-lead") if stated else ""


def note(*content: str, kind: str = "note") -> str:
    """Return a box; `content` is HTML."""
    return markup.element("div", *content, class_=f"kb-note kb-note-{kind}")


def status(thing: Thing) -> str:
    """Return the note on a page that is not simply published."""
    if thing.status == "retired":
        return note("<strong>Retired.</strong> It is kept for reference and no longer answered.")
    if thing.status == "draft":
        return note("<strong>Draft.</strong> It is neither published nor answered.")
    return ""


def has_intro(thing: Thing) -> bool:
    """Whether the writer's prose begins without a heading of its own, other than the title."""
    first = thing.body.sections[:1]
    return any(one.level < 2 and one.text for one in first)


def names(view: View, thing: Thing) -> Iterator[tuple[str, str]]:
    """Yield what a thing is also called, what it is a kind of, what it must not be taken for."""
    aliases = thing.names[1:]
    if aliases:
        label = "Also said as" if thing.type == "condition" else "Also called"
        yield label, markup.text(", ".join(aliases))
    yield from relations(view, thing)


def relations(view: View, thing: Thing) -> Iterator[tuple[str, str]]:
    """Yield what a thing is a kind of, its kinds, and what it must not be taken for."""
    yield from kinship(view, thing)
    others = not_the_same(view, thing)
    if others:
        yield "Not the same as", others


def kinship(view: View, thing: Thing) -> Iterator[tuple[str, str]]:
    """Yield what a thing is a kind of, and its kinds."""
    table = view.catalog.things(thing.type)
    if thing.ancestors:
        yield "A kind of", view.link(table[thing.ancestors[0]])
    kinds = [table[one] for one in thing.descendants if table[one].ancestors[0] == thing.id]
    if kinds:
        yield "Kinds", view.links(kinds)


def not_the_same(view: View, thing: Thing) -> str:
    """Return what a thing must not be taken for; "" where nothing is stated."""
    return text.join((_other(view, thing, one) for one in thing.stated.not_same_as), "or")


def upkeep(thing: Thing) -> Iterator[tuple[str, str]]:
    """Yield who keeps a page and when it was last reviewed."""
    if thing.stated.owner:
        yield "Kept by", markup.text(thing.stated.owner)
    if thing.stated.reviewed:
        yield "Reviewed", markup.text(thing.stated.reviewed)


def _other(view: View, thing: Thing, name: str) -> str:
    other = view.catalog.things(thing.type).get(name) or view.catalog.object(name)
    return view.link(other) if other else markup.text(name)
