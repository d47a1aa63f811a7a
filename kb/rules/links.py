"""Where the links of a page lead."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from functools import lru_cache
from urllib.parse import unquote

from kb import text
from kb.diagnostics import Diagnostic, Place, Severity
from kb.markdown import Link
from kb.pages import Page
from kb.rules.prose import flaws
from kb.rules.references import requirements
from kb.rules.rule import Rule
from kb.rules.world import World
from kb.sources import GENERATED_PAGES, page_address

_SCHEME = re.compile(r"(?P<name>[a-z][a-z0-9+.-]*):", re.IGNORECASE)
_ABROAD = re.compile(r"https?:|mailto:|#|/", re.IGNORECASE)
_TAIL = re.compile(r"[#?].*", re.DOTALL)
_SCHEMES = frozenset({"http", "https", "mailto", "tel"})
_SAFE = "link to a page, or to an address that begins with https://"
_FILLER = re.compile(r"[\x00-\x20]+")


class LinkScheme(Rule):
    """A link has an address that is neither a page nor on the web: `javascript:`, `data:`, ...

    Allowed are relative paths and `http:`, `https:`, `mailto:` and `tel:`.
    """

    code = "KB411"
    name = "link-scheme"

    def check(self, world: World) -> Iterator[Diagnostic]:
        """Look at the scheme of each link, however it is spelt."""
        told: set[tuple[str, int]] = set()
        for page, link in _links(world):
            scheme = _SCHEME.match(_FILLER.sub("", link.target))
            if scheme and scheme["name"].lower() not in _SCHEMES:
                told.add((page.file.path, link.line))
                yield self.found(
                    _place(page, link), f"links with `{scheme['name']}:` are not allowed", _SAFE
                )
        for page, flaw in flaws(world, "scheme"):
            if (page.file.path, flaw.line) not in told:
                place = Place(page.file.path, flaw.line, flaw.column)
                yield self.found(place, "a browser would take this for a script or for data", _SAFE)


class BrokenLink(Rule):
    """A relative link leads to a page that does not exist.

    Links between pages are written to the Markdown file, relative to the page that they stand on:
    `../components/x.md`. They then work on the site, on GitHub and in editors.
    """

    code = "KB412"
    name = "broken-link"

    def check(self, world: World) -> Iterator[Diagnostic]:
        """Look up the page of each relative link."""
        for page, link in _links(world):
            target = _resolved(page, link)
            if target is None or not target.endswith(".md") or target.startswith("../"):
                continue
            if target in world.by_path or target in world.unread or target in GENERATED_PAGES:
                continue
            yield self.found(
                _place(page, link),
                f"there is no page {target}",
                _nearest_page(world, page, target),
            )


class LinkOutside(Rule):
    """A relative link leads out of the docs folder, where nothing is published."""

    code = "KB413"
    name = "link-outside"

    def check(self, world: World) -> Iterator[Diagnostic]:
        """Look for links that climb above the docs folder."""
        for page, link in _links(world):
            target = _resolved(page, link)
            if target is not None and (target.startswith("../") or target == ".."):
                yield self.found(
                    _place(page, link),
                    f"`{link.target}` leads out of the docs folder",
                    "link to a page of this folder, or to an address that begins with https://",
                )


class BrokenAnchor(Rule):
    """A link leads to a place in a page that is not there.

    Anchors are the slugs of headings ("What is asked" becomes `what-is-asked`) and the ids of
    requirements.
    """

    code = "KB414"
    name = "broken-anchor"
    severity = Severity.WARNING

    def check(self, world: World) -> Iterator[Diagnostic]:
        """Look up the heading or requirement of each link with an anchor."""
        known: dict[str, frozenset[str]] = {}
        for page, link in _links(world):
            before, _, anchor = link.target.partition("#")
            anchor = unquote(anchor)
            if not anchor:
                continue
            path = _resolved(page, link) if before else page.file.path
            target = world.by_path.get(path) if path else None
            if target is None or target.body.flaws:
                continue
            anchors = known.setdefault(target.file.path, _anchors(target))
            if anchor not in anchors:
                near = text.nearest(anchor, anchors, 2, 60.0)
                yield self.found(
                    _place(page, link),
                    f"{target.file.path} has no heading or requirement `#{anchor}`",
                    f"did you mean {text.join([f'`#{one}`' for one in near], 'or')}?"
                    if near
                    else "correct the anchor, or delete it",
                )


class MissingFile(Rule):
    """A relative link or image leads to a file that is not in the docs folder.

    Links to pages are written to the Markdown file (`x.md`), not to the address that it is
    published at (`x/`): only then are they checked.
    """

    code = "KB415"
    name = "missing-file"
    severity = Severity.WARNING

    def check(self, world: World) -> Iterator[Diagnostic]:
        """Look up the file of each relative link that leads to no page."""
        if world.others is None:
            return
        addresses = {page_address(path).rstrip("/"): path for path in world.by_path}
        for page, link in _links(world):
            target = _resolved(page, link)
            if target is None or target.endswith(".md") or target.startswith(".."):
                continue
            if target in world.others or f"{target.rpartition('.')[0]}.md" in world.by_path:
                continue
            address = addresses.get(target) or addresses.get(_from_address(page, link))
            advice = "put the file there, or correct the link"
            if address is not None:
                advice = f"write the link to the page's file: `{_relative(page, address)}`"
            yield self.found(_place(page, link), f"there is no file {target or '.'}", advice)


class ForeignImage(Rule):
    """An image is loaded from another server.

    The site makes no request to other servers, so the image would not be shown; and it would tell
    that server who reads the page. Put the image into the docs folder.
    """

    code = "KB416"
    name = "foreign-image"
    severity = Severity.WARNING

    def check(self, world: World) -> Iterator[Diagnostic]:
        """Look at the addresses of images."""
        for page, link in _links(world):
            if link.image and re.match(r"(?:https?:)?//", link.target, re.IGNORECASE):
                yield self.found(
                    _place(page, link),
                    "this image is loaded from another server",
                    "put the image into the docs folder",
                )


RULES = (LinkScheme, BrokenLink, LinkOutside, BrokenAnchor, MissingFile, ForeignImage)


def _links(world: World) -> Iterator[tuple[Page, Link]]:
    for page in world.pages:
        for link in page.body.links:
            yield page, link


@lru_cache(maxsize=65536)
def _joined(folder: str, path: str) -> str:
    joined = posixpath.normpath(posixpath.join(folder, path))
    return "" if joined == "." else joined


def _place(page: Page, link: Link) -> Place:
    return Place(page.file.path, link.line, link.column)


def _resolved(page: Page, link: Link) -> str | None:
    """Return the path that a relative link leads to, from the docs folder; None: elsewhere."""
    if _ABROAD.match(link.target):
        return None
    path = unquote(_TAIL.sub("", link.target))
    if not path or path.startswith("/") or _SCHEME.match(_FILLER.sub("", path)):
        return None
    return _joined(page.file.path.rpartition("/")[0], path)


def _from_address(page: Page, link: Link) -> str:
    """Return what a link leads to when it is written from the page's address."""
    return posixpath.normpath(posixpath.join(page_address(page.file.path), link.target))


def _relative(page: Page, path: str) -> str:
    return posixpath.relpath(path, posixpath.dirname(page.file.path) or ".")


def _nearest_page(world: World, page: Page, target: str) -> str:
    name = posixpath.basename(target)
    same = [path for path in world.by_path if posixpath.basename(path) == name]
    names = {posixpath.basename(path): path for path in world.by_path}
    near = same[:2] or world.nearest(name, names, 80.0)
    if not near:
        return "correct the link, or add the page"
    return f"did you mean {text.join([f'`{_relative(page, one)}`' for one in near], 'or')}?"


def _anchors(page: Page) -> frozenset[str]:
    headings = {one.anchor for one in page.body.sections}
    stated = {name for _, entry in requirements(page) for name in (entry.id, *entry.formerly)}
    return frozenset(headings | stated)
