"""Pages that list others: an overview for each folder of a page type, and a start page.

They are made where the writers have none of their own.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import PurePosixPath

from kb import text
from kb.catalog import Catalog, Component, Thing
from kb.model import PAGE_TYPES, PageType
from kb.site import markup, parts
from kb.site.product import components_table, shown
from kb.site.view import View

TITLES: Mapping[PageType, str] = {
    "product": "Products",
    "component": "Components",
    "topology": "Topologies",
    "resource": "Resources",
    "condition": "Conditions",
    "procedure": "Procedures",
    "source": "Sources",
}

_NAMED = 3
"""How many products a title names."""

_LEADS: Mapping[PageType, str] = {
    "product": "What these pages are about.",
    "component": "Each with what it is for and what clustering asks of it.",
    "topology": "The layouts of a cluster that these pages tell apart.",
    "resource": "What the platform provides and components use, need or must not be.",
    "condition": "What decides whether a requirement holds.",
    "procedure": "How the requirements are met.",
    "source": "Where the facts are taken from.",
}


def folders(catalog: Catalog, paths: Collection[str]) -> dict[PageType, str]:
    """Return page type -> the folder that holds all its pages and no others, with its slash.

    `paths` are all pages there are.
    """
    found: dict[PageType, str] = {}
    for kind in PAGE_TYPES:
        homes = {_folder(one.path) for one in catalog.things(kind).values()}
        if len(homes) == 1 and (home := homes.pop()):
            inside = [path for path in paths if path.startswith(home)]
            own = {one.path for one in catalog.things(kind).values()}
            own |= {f"{home}index.md", f"{home}README.md"}
            if inside and own.issuperset(inside):
                found[kind] = home
    return found


def _folder(path: str) -> str:
    parent = PurePosixPath(path).parent.as_posix()
    return "" if parent == "." else f"{parent}/"


def overview(view: View, kind: PageType) -> str:
    """Return the page that lists all things of a type, as Markdown."""
    return parts.joined(
        [
            f"# {TITLES[kind]} {{#{TITLES[kind].lower()}}}",
            markup.element("p", _LEADS[kind], class_="kb-lead"),
            _list(view, kind),
        ]
    )


def site_title(catalog: Catalog) -> str:
    """Return what the site is about: its products, or how many there are; "" without any."""
    titles = [one.title for one in catalog.products.values() if one.status != "draft"]
    return text.join(titles) if len(titles) <= _NAMED else f"{len(titles)} products on a cluster"


def start(view: View, title: str) -> str:
    """Return a start page, as Markdown: the products with their components, and the tables."""
    products = [one for one in view.catalog.products.values() if one.status != "draft"]
    blocks = [f"# {parts.text_in_markdown(title)} {{#start}}"]
    headings = parts.Headings({"start"})
    for product in products:
        listed = [one for one in shown(view) if one.product == product.id]
        blocks += [
            headings(product.title, product.id),
            parts.lead(product.summary),
            components_table(view, listed),
        ]
    return parts.joined(blocks)


def _list(view: View, kind: PageType) -> str:
    if kind == "component":
        return components_table(view, list(shown(view)))
    listed = [one for one in view.catalog.things(kind).values() if one.status != "draft"]
    entries = [
        markup.element("dt", view.link(one)) + markup.element("dd", markup.text(_meaning(one)))
        for one in listed
    ]
    return markup.block("dl", entries, class_="kb-glossary")


def _meaning(thing: Thing) -> str:
    role = thing.role if isinstance(thing, Component) else None
    return thing.summary or role or ""
