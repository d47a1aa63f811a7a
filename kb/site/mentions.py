"""Plain mentions of the vocabulary's terms in a page, each made a link to what the term means.

Once for each term and section: more would be noise. What is a link already, a heading, code or a
drawing stays as it is. Works on the HTML of a page, so that prose and facts are read alike, and
knows neither the Markdown nor the generator behind it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from kb.catalog import Catalog, Thing
from kb.model import PageType
from kb.site import markup

_KINDS: tuple[PageType, ...] = ("topology", "resource", "condition")
"""The vocabulary; components are the subject of the pages and would be marked everywhere."""
_LEAST = 3
"""Letters that a name has at least: shorter ones are often something else."""
_ABBREVIATION = 4
"""Names up to this length are told from other words by their capitals."""
_TAG = re.compile(
    r"<!--.*?-->|<svg\b.*?</svg>"
    r"""|<(?P<end>/?)(?P<name>[a-zA-Z][\w-]*)(?:[^>"']|"[^"]*"|'[^']*')*+>""",
    re.DOTALL,
)
_HREF = re.compile(r'\shref="([^"#]*)')
_WORD = re.compile(r"(?<![\w.@/-])\w+")
# A mention that is folded away would be the first one, and nobody would see it.
_UNTOUCHED = frozenset(
    "a button code details dt form h1 h2 h3 h4 h5 h6 label option pre script select style"
    " summary svg textarea th".split()
)
_SECTION = "h2"


@dataclass(frozen=True, slots=True)
class _Name:
    """A way in which a term is written."""

    thing: Thing
    length: int
    pattern: re.Pattern[str]


class Mentions:
    """The terms of a catalog, found in pages."""

    def __init__(self, catalog: Catalog) -> None:
        self._names: dict[str, list[_Name]] = {}
        for thing in _terms(catalog):
            for name in thing.names if thing.type != "condition" else thing.names[:1]:
                self._add(thing, name)
        self._paths = {one.thing.path for names in self._names.values() for one in names}
        for names in self._names.values():
            names.sort(key=lambda one: -one.length)

    def marked(self, html: str, own: str | None, address: Callable[[str], str | None]) -> str:
        """Return a page of HTML with its mentions as links.

        `own` is the path of the page: nothing explains itself. `address` gives the address of a
        page by its path as seen from this one, None where the site has none.
        """
        if not self._names:
            return html
        places = {path: found for path in self._paths if path != own and (found := address(path))}
        return "".join(_Reading(self._names, places).parts(html))

    def _add(self, thing: Thing, name: str) -> None:
        words = re.findall(r"\w+", name)
        if sum(map(len, words)) < _LEAST or any(len(one) < 2 for one in words):
            return
        is_short = len(name) <= _ABBREVIATION and not name.islower()
        written = r"(?:[\s\u2010-\u2013-]|&nbsp;)+".join(map(re.escape, words))
        pattern = re.compile(rf"{written}s?(?![\w-])", 0 if is_short else re.IGNORECASE)
        first = words[0].casefold()
        for start in {first, f"{first}s"} if len(words) == 1 else {first}:
            self._names.setdefault(start, []).append(_Name(thing, len(name), pattern))


class _Reading:
    """One page as it is read, from tag to tag."""

    def __init__(self, names: Mapping[str, list[_Name]], places: Mapping[str, str]) -> None:
        self._names = names
        self._places = places
        self._paths = {address: path for path, address in places.items()}
        self._told: set[str] = set()
        """Paths of the terms that this section has a link to."""

    def parts(self, html: str) -> Iterator[str]:
        """Yield the page in parts."""
        at = 0
        inside, depth = "", 0
        for tag in _TAG.finditer(html):
            text = html[at : tag.start()]
            yield text if inside or not text.strip() else self._with_links(text)
            yield tag[0]
            at = tag.end()
            name = (tag["name"] or "").lower()
            if inside:
                depth += (-1 if tag["end"] else 1) if name == inside else 0
                inside = inside if depth else ""
            elif not tag["end"] and name in _UNTOUCHED:
                inside, depth = name, 1
                self._note(name, tag[0])
        yield html[at:]

    def _note(self, name: str, tag: str) -> None:
        """Begin anew at a heading, and take note of a term that has a link already."""
        if name == _SECTION:
            self._told = set()
        elif name == "a" and (href := _HREF.search(tag)) and href[1] in self._paths:
            self._told.add(self._paths[href[1]])

    def _with_links(self, text: str) -> str:
        made, at = [], 0
        for word in _WORD.finditer(text):
            if word.start() < at:
                continue
            for name in self._names.get(word[0].casefold(), ()):
                found = name.pattern.match(text, word.start())
                if found:
                    made += [text[at : found.start()], self._link(name.thing.path, found[0])]
                    at = found.end()
                    break
        return "".join(made) + text[at:] if made else text

    def _link(self, path: str, said: str) -> str:
        if path in self._told or path not in self._places:
            return said
        self._told.add(path)
        return markup.element("a", said, href=self._places[path], class_="kb-term")


def _terms(catalog: Catalog) -> Iterator[Thing]:
    for kind in _KINDS:
        for thing in catalog.things(kind).values():
            if thing.is_published and thing.summary:
                yield thing
