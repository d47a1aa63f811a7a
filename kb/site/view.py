"""What a page is rendered with: the catalog, the addresses of the pages, and where it stands.

Every link of the rendered facts is made here. What has no page on this site is named without one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from kb import text
from kb.ask.answer import Answer
from kb.catalog import Catalog, Cited, Component, Product, Requirement, Thing
from kb.site import markup
from kb.site.backlinks import Backlinks

Ask = Callable[[str], Answer]
"""From a question to its answer."""


@dataclass(frozen=True, slots=True)
class View:
    """The catalog as seen from one page."""

    catalog: Catalog
    addresses: Mapping[str, str]
    """Path of a page, relative to the docs folder -> its address, relative to the site's root."""
    here: str
    """Address of the page that is being rendered."""
    backlinks: Backlinks
    report: str | None = None
    """Where a wrong fact is told, with places to fill in (`kb.site.reporting`)."""
    dated: str = ""
    """The day of the newest change of the content, if known: which state a reader has seen."""
    ask: Ask | None = None
    """What answers questions; None: nothing is answered on this page."""

    def address(self, path: str, anchor: str = "") -> str | None:
        """Return the address of a page as seen from here; None when the site has no such page."""
        target = self.addresses.get(path)
        if target is None:
            return None
        fragment = f"#{anchor}" if anchor else ""
        if fragment and target == self.here:
            return fragment
        return relative(target, self.here) + fragment

    def link(self, thing: Thing, label: str | None = None, anchor: str = "") -> str:
        """Return a thing's title, or another label (plain text), as a link to its page."""
        name = markup.text(label or distinct_title(self.catalog, self.backlinks, thing))
        href = self.address(thing.path, anchor)
        shown = markup.element("a", name, href=href) if href is not None else name
        return f"{shown} (retired)" if thing.status == "retired" and label is None else shown

    def links(self, things: Iterable[Thing], conjunction: str = "and") -> str:
        """Return the titles of things as links in a row."""
        return text.join((self.link(one) for one in things), conjunction)

    def named(self, name: str) -> str:
        """Return what an id or a plain noun stands for: a component or resource, or the noun."""
        thing = self.catalog.object(name)
        return self.link(thing) if thing else markup.text(name)

    def holder(self, requirement: Requirement) -> Product | Component:
        """Return the product or component that a requirement holds for."""
        return holder_of(self.catalog, requirement.component)

    def requirement(self, requirement: Requirement, with_holder: bool = True) -> str:
        """Return the sentence of a requirement as a link to it, after its holder's name."""
        holder = self.holder(requirement)
        href = self.address(holder.path, requirement.id)
        sentence = markup.text(requirement.text)
        if href is not None:
            sentence = markup.element("a", sentence, href=href, class_="kb-to")
        return f"{self.link(holder)}: {sentence}" if with_holder else sentence

    def sources(self, cited: Sequence[Cited]) -> str:
        """Return where facts are taken from: title, place in the source, address if known."""
        return "; ".join(self._source(one) for one in cited)

    def _source(self, cited: Cited) -> str:
        source = self.catalog.sources[cited.id]
        parts = [self.link(source)]
        if cited.locator:
            parts.append(markup.text(cited.locator))
        if cited.url:
            parts.append(external(cited.url))
        return ", ".join(parts)


def distinct_title(catalog: Catalog, backlinks: Backlinks, thing: Thing) -> str:
    """Return the title of a thing as plain text, with its product where two bear the title."""
    if isinstance(thing, Component) and thing.id in backlinks.namesakes:
        return f"{thing.title} ({catalog.products[thing.product].title})"
    return thing.title


def relative(target: str, here: str) -> str:
    """Return the address `target` as seen from `here`, both relative to the site's root.

    >>> relative("components/x/", "matrix/"), relative("", "a/b/"), relative("a/b.html", "a/c.html")
    ('../components/x/', '../../', 'b.html')
    """
    to = [one for one in target.split("/") if one]
    start = here.split("/")[:-1]
    shared = 0
    for one, other in zip(to, start, strict=False):
        if one != other:
            break
        shared += 1
    path = "/".join([".."] * (len(start) - shared) + to[shared:]) or "."
    return f"{path}/" if target.endswith("/") or not target else path


def external(url: str) -> str:
    """Return a link to another site, which is named by its host."""
    return markup.element("a", markup.text(urlsplit(url).netloc), href=url, rel="noopener")


def holder_of(catalog: Catalog, name: str) -> Product | Component:
    """Return the component or product with this id: what a requirement holds for."""
    return catalog.components.get(name) or catalog.products[name]


def product_of(catalog: Catalog, holder: Product | Component) -> Product:
    """Return the product that a component belongs to, or the product itself."""
    return catalog.products[holder.product] if isinstance(holder, Component) else holder
