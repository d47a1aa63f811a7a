"""Cuts the catalog into passages, the units of search: a page, a section of it, a requirement.

A passage is what a reader is sent to, so each has an address that exists in the built site. What an
engine makes of passages is not known here.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import Literal, overload

from kb.catalog import Catalog, Component, Guide, Product, Requirement, Thing
from kb.markdown import Section
from kb.model import PAGE_TYPES, PageType, Status

PassageType = PageType | Literal["page", "requirement"]
"""What a passage is about: the type of its page ("page": a guide), or one requirement."""

PASSAGE_TYPES: tuple[PassageType, ...] = ("requirement", *PAGE_TYPES, "page")


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A piece of the pages that is found and shown as one."""

    type: PassageType
    thing: str | None
    """Id of the thing whose page it stands on; None on a guide."""
    product: str | None
    """Id of the product, where the page belongs to one."""
    status: Status
    title: str
    """Title of the page."""
    heading: str | None
    """Heading of the section; None for a page as a whole and for a requirement."""
    anchor: str | None
    """Fragment of the address: of the section or the requirement; None for a page as a whole."""
    path: str
    """The page's file, relative to the docs folder."""
    text: str
    """What is shown: prose, or the full sentence of a requirement and its reason."""
    names: tuple[str, ...] = ()
    """Title and aliases, on the passage of the page as a whole."""
    related: tuple[str, ...] = ()
    """Titles of what a requirement is about: searched, not shown."""

    @property
    def id(self) -> str:
        """Its path, and its anchor after a `#`: unique in the knowledge base."""
        return f"{self.path}#{self.anchor}" if self.anchor else self.path


Page = Thing | Guide
_Part = Requirement | Section | None
"""What a passage is cut from; None: the page as a whole."""


class Cut(Sequence[Passage]):
    """The passages of all pages but drafts and guides that ask not to be searched.

    A page comes first, then its requirements, then its sections; pages are in order of their type
    and id, guides last. A requirement that several components share stands once, on its owner's
    page. Of a retired thing there are no requirements: they ask nothing of anybody any more.

    Each is cut when it is wanted: their texts are in the catalog already.
    """

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self._pages = tuple(_pages(catalog))
        self._ends = array("I", accumulate(len(_parts(one)) for one in self._pages))
        self._sharers: dict[str, list[str]] = {}
        for component in catalog.published():
            if component.same_as:
                self._sharers.setdefault(component.same_as, []).append(component.title)

    def __len__(self) -> int:
        return self._ends[-1] if self._ends else 0

    @overload
    def __getitem__(self, at: int) -> Passage: ...

    @overload
    def __getitem__(self, at: slice) -> tuple[Passage, ...]: ...

    def __getitem__(self, at: int | slice) -> Passage | tuple[Passage, ...]:
        if isinstance(at, slice):
            return tuple(self[one] for one in range(*at.indices(len(self))))
        number = at + len(self) if at < 0 else at
        if not 0 <= number < len(self):
            raise IndexError(at)
        place = bisect_right(self._ends, number)
        page = self._pages[place]
        return self._passage(page, _parts(page)[number - self._start(place)])

    def __iter__(self) -> Iterator[Passage]:
        for page in self._pages:
            for part in _parts(page):
                yield self._passage(page, part)

    def standing(self, name: str) -> tuple[Passage, ...]:
        """Return the passage with this id; of a whole page all that stand on it."""
        place = self._by_path.get(name)
        if place is not None:
            return self[self._start(place) : self._ends[place]]
        place = self._by_path.get(name.rpartition("#")[0])
        if place is None:
            return ()
        return tuple(one for one in self[self._start(place) : self._ends[place]] if one.id == name)

    @cached_property
    def _by_path(self) -> Mapping[str, int]:
        return {one.path: place for place, one in enumerate(self._pages)}

    def _start(self, place: int) -> int:
        return self._ends[place - 1] if place else 0

    def _passage(self, page: Page, part: _Part) -> Passage:
        if isinstance(page, Guide):
            return _of_guide(page, part)
        if isinstance(part, Requirement):
            sharers = self._sharers.get(page.id, ())
            return _of_requirement(page, part, (*_related(self._catalog, part), *sharers))
        if isinstance(part, Section):
            return _of_section(page, part)
        return _of_thing(page)


def passages(catalog: Catalog) -> tuple[Passage, ...]:
    """Return the passages of a catalog, all cut."""
    return tuple(Cut(catalog))


def _pages(catalog: Catalog) -> Iterator[Page]:
    for kind in PAGE_TYPES:
        for thing in catalog.things(kind).values():
            if thing.status != "draft" and not _is_excluded(thing):
                yield thing
    yield from (one for one in catalog.guides if one.searchable)


def _parts(page: Page) -> list[_Part]:
    _, sections = _split(page.body.sections)
    if isinstance(page, Component | Product) and page.is_published:
        own = (one for one in page.requirements if one.owner == page.id)
        return [None, *own, *sections]
    return [None, *sections]


def _of_thing(thing: Thing) -> Passage:
    lead, _ = _split(thing.body.sections)
    role = thing.role if isinstance(thing, Component) else None
    return Passage(
        type=thing.type,
        thing=thing.id,
        product=_product(thing),
        status=thing.status,
        title=thing.title,
        heading=None,
        anchor=None,
        path=thing.path,
        text=_joined(thing.summary, role, *lead),
        names=thing.names,
    )


def _of_section(thing: Thing, section: Section) -> Passage:
    return Passage(
        type=thing.type,
        thing=thing.id,
        product=_product(thing),
        status=thing.status,
        title=thing.title,
        heading=section.title,
        anchor=section.anchor,
        path=thing.path,
        text=_joined(section.text),
    )


def _of_requirement(owner: Thing, requirement: Requirement, related: Iterable[str]) -> Passage:
    return Passage(
        type="requirement",
        thing=owner.id,
        product=_product(owner),
        status=owner.status,
        title=owner.title,
        heading=None,
        anchor=requirement.id,
        path=owner.path,
        text=_joined(requirement.text, requirement.why),
        related=tuple(dict.fromkeys(related)),
    )


def _related(catalog: Catalog, requirement: Requirement) -> Iterator[str]:
    """Yield the titles of what a requirement is about: people look for it by them too."""
    named = (*requirement.when, *requirement.unless, *requirement.resources, *requirement.about)
    if requirement.stated.in_:
        named += requirement.topologies
    if requirement.procedure and requirement.stated.how:
        named += (requirement.procedure,)
    yield from (catalog.title_of(one) for one in named)


def _of_guide(guide: Guide, part: _Part) -> Passage:
    section = part if isinstance(part, Section) else None
    lead, _ = _split(guide.body.sections)
    return Passage(
        type="page",
        thing=None,
        product=None,
        status="published",
        title=guide.title,
        heading=section.title if section else None,
        anchor=section.anchor if section else None,
        path=guide.path,
        text=_joined(section.text) if section else _joined(*lead),
        names=() if section else (guide.title,),
    )


def _split(sections: Sequence[Section]) -> tuple[list[str], list[Section]]:
    """Return the prose before the first sub-heading, and the sections that say something.

    The heading of the page repeats its title, so what stands below it introduces the page.
    """
    lead: list[str] = []
    first = 0
    for level in (0, 1):
        if first < len(sections) and sections[first].level == level:
            lead.append(sections[first].text)
            first += 1
    return lead, [one for one in sections[first:] if one.text and one.anchor]


def _joined(*parts: str | None) -> str:
    """Return the parts as one line."""
    return " ".join(word for part in parts if part for word in part.split())


def _product(thing: Thing) -> str | None:
    if isinstance(thing, Component):
        return thing.product
    return thing.id if isinstance(thing, Product) else None


def _is_excluded(thing: Thing) -> bool:
    """Whether the page asks not to be searched, in the words of the site's own search."""
    wish = thing.stated.search
    return isinstance(wish, dict) and wish.get("exclude") is True
