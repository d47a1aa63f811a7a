"""Common questions: those that a page carries, with the answers that follow from all pages.

The answers are computed when the site is built, so that they are there without a service, and the
search of the site finds them.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from kb import text
from kb.ask import data
from kb.ask.answer import Answer
from kb.catalog import Catalog, Component, Product
from kb.site import answers, markup
from kb.site.parts import Headings, anchors_of
from kb.site.view import Ask, View

INDEX = "assets/kb/questions.json"
"""Address of the list of common questions, for the page that answers."""
_LONGEST_ANCHOR = 60
_LONGEST_SAID = 240


@dataclass(frozen=True, slots=True)
class Common:
    """A question that a page carries."""

    text: str
    holder: Product | Component
    anchor: str
    """Where on the page of its holder it stands."""


def common(holder: Product | Component) -> tuple[Common, ...]:
    """Return the questions of a page; none of a page that is not published."""
    if not holder.is_published:
        return ()
    headings = Headings(anchors_of(holder))
    return tuple(
        Common(one.ask, holder, headings.free(f"asked-{_slug(one.ask)}"))
        for one in holder.stated.questions
    )


def holders(catalog: Catalog) -> Iterator[Product | Component]:
    """Yield all that may carry questions, product by product."""
    for product in catalog.products.values():
        yield product
        yield from (one for one in catalog.components.values() if one.product == product.id)


def section(view: View, holder: Product | Component, headings: Headings) -> str:
    """Return the common questions of a page with their answers; "" where it has none."""
    if view.ask is None:
        return ""
    listed = [_entry(view, one, view.ask(one.text)) for one in common(holder)]
    return headings.section("Common questions", "common-questions", "\n\n".join(listed))


def _entry(view: View, one: Common, given: Answer) -> str:
    link = markup.element(
        "a", class_="headerlink", href=f"#{one.anchor}", aria_label="Link to this question"
    )
    heading = markup.element("h3", markup.text(one.text), link, id=one.anchor)
    return markup.block("div", [heading, answers.answer(view, given)], class_="kb-question")


def index(catalog: Catalog, addresses: Callable[[str], str | None], ask: Ask) -> str:
    """Return all common questions as JSON, with how each answer begins, and abbreviations.

    `addresses` leads from the path of a page to its address; None where the site has no such page.
    """
    entries = []
    for holder in holders(catalog):
        address = addresses(holder.path)
        if address is not None:
            names = _names(catalog, holder)
            entries += [_indexed(one, names, address, ask(one.text)) for one in common(holder)]
    short = {word: " ".join(meant) for word, meant in sorted(data.abbreviations().items())}
    written = {"short": short, "questions": entries}
    return json.dumps(written, ensure_ascii=False, separators=(",", ":")) + "\n"


def _names(catalog: Catalog, holder: Product | Component) -> list[str]:
    """Return what a thing is called, title first, and its title without its product's name."""
    if isinstance(holder, Product):
        return list(holder.names)
    bare = [
        rest
        for name in catalog.products[holder.product].names
        if (rest := holder.title.removeprefix(f"{name} ")) != holder.title
        and (" " in rest or " " not in name)
    ]
    return list(dict.fromkeys((*holder.names, *bare)))


def _indexed(
    one: Common, names: list[str], address: str, given: Answer
) -> dict[str, str | list[str] | None]:
    return {
        "q": one.text,
        "names": names,
        "at": f"{address}#{one.anchor}",
        "outcome": answers.outcome(given),
        "says": _shortened(given.answer.partition("\n")[0]),
    }


def _shortened(said: str) -> str:
    if len(said) <= _LONGEST_SAID:
        return said
    return f"{said[:_LONGEST_SAID].rpartition(' ')[0]} …"


def _slug(question: str) -> str:
    slug = text.slugify(question)
    if len(slug) <= _LONGEST_ANCHOR:
        return slug or "question"
    return slug[:_LONGEST_ANCHOR].rpartition("-")[0] or slug[:_LONGEST_ANCHOR]
