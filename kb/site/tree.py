"""The site as a tree of Markdown pages: what the writers wrote, and what is made from the facts.

Pure: from a compilation and the addresses of the pages to texts. A generator only asks for them.
"""

from __future__ import annotations

import html
from collections.abc import Callable, Collection, Iterator, Mapping
from functools import cache, partial
from pathlib import PurePosixPath
from typing import Any

from kb.ask.engine import Engine
from kb.catalog import Catalog, Component, Thing
from kb.compiler import Compilation
from kb.diff import Timeline
from kb.model import PAGE_TYPES
from kb.pages import Page
from kb.site import (
    ask,
    changes,
    coverage,
    differences,
    feed,
    glossary,
    listing,
    matrix,
    matrix_csv,
    navigation,
    pages,
    planner,
    problems,
    questions,
    roles,
    shelves,
    tags,
    terms,
)
from kb.site.ask import ASK
from kb.site.backlinks import backlinks
from kb.site.changes import CHANGES
from kb.site.coverage import COVERAGE
from kb.site.differences import DIFFERENCES
from kb.site.editing import NO_EDITING, Editing
from kb.site.headings import with_anchors
from kb.site.matrix import MATRIX
from kb.site.mentions import Mentions
from kb.site.planner import PLANNER
from kb.site.roles import ROLES
from kb.site.tags import TAGS
from kb.site.view import Ask, View, distinct_title, relative

GLOSSARY = "glossary.md"
_MADE_FRONT_MATTER: Mapping[str, Mapping[str, Any]] = {
    # The table needs the room, and every sentence of it is found on its component's page.
    MATRIX: {"title": matrix.TITLE, "hide": ["toc"], "search": {"exclude": True}},
    PLANNER: {"title": planner.TITLE, "hide": ["toc"], "search": {"boost": 0.5}},
    DIFFERENCES: {"title": differences.TITLE, "search": {"exclude": True}},
    ROLES: {"title": roles.TITLE, "search": {"exclude": True}},
    TAGS: {"title": tags.TITLE, "search": {"exclude": True}},
    CHANGES: {"title": changes.TITLE, "search": {"exclude": True}},
    GLOSSARY: {"title": glossary.TITLE, "search": {"boost": 0.5}},
    ASK: {"title": ask.TITLE, "hide": ["toc"], "search": {"exclude": True}},
    COVERAGE: {"title": coverage.TITLE, "hide": ["toc"], "search": {"exclude": True}},
}
_UNSEARCHED: Mapping[str, Any] = {"search": {"exclude": True}}
"""For pages that only list what is found on other pages."""
_COMPONENT_BOOST = 3
"""How much more a component's page counts in the site's own search than another."""
_STATUS_ICONS = {"retired": "deprecated", "draft": "draft"}


class Tree:
    """The pages of one compilation, rendered on demand."""

    def __init__(
        self,
        compilation: Compilation,
        paths: Collection[str],
        report: str | None = None,
        *,
        timeline: Timeline | None = None,
        site: str = "",
        editing: Editing = NO_EDITING,
        shows_tags: bool = True,
    ) -> None:
        """Take a compilation, and the paths of all pages that the site is to have.

        `report` is the address at which readers tell that a fact is wrong, `timeline` what changed
        when, `site` the address of the site's root, if known, and `editing` says where writers
        change the files. Tags are not shown where somebody else shows them.
        """
        self._timeline = timeline
        self._site = site
        self._compilation = compilation
        self._editing = editing
        self._report = report
        self._paths = frozenset(paths)
        self._pages: Mapping[str, Page] = {one.file.path: one for one in compilation.pages}
        catalog = compilation.catalog
        self._things: Mapping[str, Thing] = (
            {one.path: one for kind in PAGE_TYPES for one in catalog.things(kind).values()}
            if catalog
            else {}
        )
        self._backlinks = backlinks(catalog) if catalog else None
        self._folders = listing.folders(catalog, self._paths) if catalog else {}
        self._ask = _answering(catalog) if catalog else None
        self._mentions = Mentions(catalog) if catalog else None
        self._tags = tags.gathered(self._tagged()) if catalog and shows_tags else {}
        self._made = self._renderers()

    @property
    def made(self) -> tuple[str, ...]:
        """The paths of the pages that are made from facts alone, without a file of a writer."""
        return tuple(self._made)

    @property
    def ways(self) -> tuple[tuple[str, str], ...]:
        """Path and title of the pages from which a reader who is lost finds on."""
        known = (
            *((ASK, ask.TITLE), (PLANNER, planner.TITLE)),
            *((MATRIX, matrix.TITLE), (GLOSSARY, glossary.TITLE)),
        )
        return tuple((path, title) for path, title in known if path in self._made)

    @property
    def drafts(self) -> tuple[str, ...]:
        """The paths of the pages that are not to be published."""
        return tuple(path for path, one in self._things.items() if one.status == "draft")

    @property
    def former(self) -> Mapping[str, Thing]:
        """Paths that pages had before, with the things that are found elsewhere now."""
        found: dict[str, Thing] = {}
        for thing in self._things.values():
            for name in thing.stated.formerly:
                path = PurePosixPath(thing.path).with_name(f"{name}.md").as_posix()
                if path not in self._paths and thing.status != "draft":
                    found[path] = thing
        return found

    @property
    def feed(self) -> str | None:
        """The address of the feed of changes; None where the site has none."""
        known = self._timeline is not None and bool(self._timeline.days)
        return changes.FEED if known and CHANGES in self._made else None

    def aliases(self, path: str) -> tuple[str, ...]:
        """Return what the thing of a page is also called; what states a condition is no name."""
        thing = self._things.get(path)
        return thing.names[1:] if thing and thing.type != "condition" else ()

    def navigation(self, stated: navigation.Navigation | None) -> navigation.Navigation:
        """Return the navigation: the one that is stated with its folders filled in, or ours."""
        shown = {*self._paths, *self._made}.difference(self.drafts)
        if stated is not None:
            return navigation.expanded(stated, shown, self._titles())
        extra = [path for path in self._extra() if path in shown]
        unasked = {DIFFERENCES, CHANGES, COVERAGE}.difference(extra, self._paths)
        return navigation.usual(shown - unasked, self._folders, extra, self._titles())

    def _extra(self) -> Iterator[str]:
        """Yield the made pages that are worth a reader's while, in the order of interest."""
        yield ASK
        yield MATRIX
        yield PLANNER
        if self._compilation.catalog and differences.differ(self._compilation.catalog):
            yield DIFFERENCES
        yield from (GLOSSARY, ROLES, TAGS)
        if self._timeline is not None and self._timeline.days:
            yield CHANGES

    def _tagged(self) -> Iterator[tags.Bearer]:
        """Yield the pages that the site is to have, with their tags."""
        catalog = self._compilation.catalog
        titles = {one.path: (one.title, "") for one in catalog.guides} if catalog else {}
        titles |= {path: (one.title, one.type) for path, one in self._things.items()}
        for path in sorted(titles.keys() & self._paths.difference(self.drafts)):
            if (written := self._pages.get(path)) is not None:
                yield tags.Bearer(path, *titles[path], tags.stated(written.front.values))

    def _titles(self) -> shelves.Titles:
        """Return what is on the shelves of long lists: components stand with their product."""
        catalog = self._compilation.catalog
        if catalog is None or self._backlinks is None:
            return {}
        found = {}
        for path, one in self._things.items():
            product = catalog.products[one.product].title if isinstance(one, Component) else ""
            shelf = product if len(catalog.products) > 1 else ""
            found[path] = shelf, distinct_title(catalog, self._backlinks, one)
        return found

    def source(self, path: str) -> tuple[Mapping[str, Any], str] | None:
        """Return front matter and body of a page, with our anchors in the body.

        None for pages of others than the writers and us; a page with errors has neither.
        """
        page = self._pages.get(path)
        if page is not None:
            body = with_anchors(page.front.body, page.body.sections, page.front.body_line)
            return self._front_matter(path, page.front.values), body
        if path in self._made:
            return _MADE_FRONT_MATTER.get(path, _UNSEARCHED), ""
        if any(one.path == path for one in self._compilation.files):
            return {}, ""
        return None

    def markdown(
        self,
        path: str,
        body: str,
        addresses: Mapping[str, str],
        here: str,
        rendered: Callable[[str], str] = str,
    ) -> str:
        """Return a page with its facts; `body` is what is left of the writer's text.

        `addresses` are those of all pages of the site by path, `here` is that of this page. All
        that is made from facts goes through `rendered`.
        """
        catalog = self._compilation.catalog
        if catalog is None or self._backlinks is None:
            page = self._pages.get(path)
            if page is not None and page.entry is None:
                return body
            return f"{problems.box(path, self._compilation.diagnostics)}\n\n{body}"
        days = self._timeline.days if self._timeline else ()
        dated = days[0].date.isoformat() if days else ""
        view = View(catalog, addresses, here, self._backlinks, self._report, dated, self._ask)
        if path in self._made:
            return rendered(self._made[path](view))
        thing = self._things.get(path)
        shown = pages.page(view, thing, body, rendered) if thing else body
        written = self._pages.get(path)
        names = tags.stated(written.front.values) if written and self._tags else ()
        foot = tags.foot(view, names, self._tags) if names else ""
        return f"{shown.rstrip()}\n\n{rendered(foot)}\n" if foot else shown

    def explained(self, path: str, page: str, addresses: Mapping[str, str], here: str) -> str:
        """Return a writer's page of HTML with the terms that it mentions as links.

        Pages that answer nothing are about something else, and stay as they are.
        """
        written = self._pages.get(path)
        if self._mentions is None or written is None:
            return page
        if written.front.values.get("answers") is False:
            return page

        def address(term: str) -> str | None:
            return relative(addresses[term], here) if term in addresses else None

        return self._mentions.marked(page, path, address)

    def files(self, addresses: Mapping[str, str], name: str = "") -> Iterator[tuple[str, str]]:
        """Yield address and content of the files that stand beside the made pages.

        `addresses` are those of all pages of the site by path, `name` is the site's.
        """
        catalog = self._compilation.catalog
        if catalog is None:
            return
        yield terms.TERMS, terms.data(catalog, addresses)
        if PLANNER in self._made:
            yield from planner.files(catalog, addresses)
        if MATRIX in self._made:
            yield matrix_csv.ADDRESS, matrix_csv.render(catalog, addresses, self._site)
        if self._ask is not None and ASK in self._made:
            yield questions.INDEX, questions.index(catalog, addresses.get, self._ask)
        if self.feed is not None and self._timeline is not None:
            page = addresses.get(CHANGES, "")
            yield self.feed, feed.render(self._timeline.days, name, self._site, page)

    def _front_matter(self, path: str, values: Mapping[str, Any]) -> Mapping[str, Any]:
        """Return front matter fit for templates that put it into a page as it is."""
        shown = dict(values)
        thing = self._things.get(path)
        catalog = self._compilation.catalog
        if thing is not None and catalog is not None and self._backlinks is not None:
            shown["title"] = distinct_title(catalog, self._backlinks, thing)
        if isinstance(shown.get("title"), str):
            # Nothing undoes the escaping of this sign, and templates undo that of others.
            shown["title"] = html.escape(shown["title"].replace("<", "‹"), quote=False)
        described = shown.get("description") or (pages.description(thing) if thing else None)
        if isinstance(described, str):
            shown["description"] = html.escape(described)
        if not isinstance(shown.get("search", {}), Mapping):
            del shown["search"]  # the theme's search takes it for one
        if isinstance(thing, Component):
            shown.setdefault("search", {"boost": _COMPONENT_BOOST})
        status = _STATUS_ICONS.get(str(shown.pop("status", "")))
        return shown | {"status": status} if status else shown

    def _renderers(self) -> dict[str, Callable[[View], str]]:
        catalog = self._compilation.catalog
        if catalog is None:
            return {}
        made: dict[str, Callable[[View], str]] = {
            MATRIX: matrix.page,
            PLANNER: planner.page,
            GLOSSARY: glossary.page,
            ASK: ask.page,
            DIFFERENCES: differences.page,
            ROLES: roles.page,
            CHANGES: partial(changes.page, timeline=self._timeline),
            COVERAGE: partial(
                coverage.page, found=self._compilation.diagnostics, editing=self._editing
            ),
        }
        if self._tags:
            made[TAGS] = partial(tags.page, tags=self._tags)
        if not {"index.md", "README.md"} & self._paths:
            title = listing.site_title(catalog) or "Knowledge base"
            made["index.md"] = partial(listing.start, title=title)
        for kind, folder in self._folders.items():
            if f"{folder}README.md" not in self._paths:
                made[f"{folder}index.md"] = partial(listing.overview, kind=kind)
        return {path: render for path, render in made.items() if path not in self._paths}


def _answering(catalog: Catalog) -> Ask:
    """Return what answers the questions of the pages, each once; made for the first of them."""
    engine = cache(lambda: Engine(catalog))
    return cache(lambda question: engine().ask(question))


def redirect(target: str, title: str) -> str:
    """Return a page of HTML that leads to the address `target`."""
    href = html.escape(target)
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{html.escape(title)}</title>\n"
        '<meta name="robots" content="noindex">\n'
        f'<link rel="canonical" href="{href}">\n'
        f'<meta http-equiv="refresh" content="0; url={href}">\n</head>\n'
        f'<body>\n<p>This page is now at <a href="{href}">{html.escape(title)}</a>.</p>\n'
        "</body>\n</html>\n"
    )
