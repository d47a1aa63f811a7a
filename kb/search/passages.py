"""Cuts the catalog into passages, the units of search: a page, a section of it, a requirement.

A passage is what a reader is sent to, so each has an address that exists in the built site. What an
engine makes of passages is not known here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

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


def passages(catalog: Catalog) -> tuple[Passage, ...]:
    """Return the passages of all pages but drafts and guides that ask not to be searched.

    A page comes first, then its requirements, then its sections; pages are in order of their type
    and id, guides last. A requirement that several components share stands once, on its owner's
    page. Of a retired thing there are no requirements: they ask nothing of anybody any more.
    """
    found: list[Passage] = []
    sharers: dict[str, list[str]] = {}
    for component in catalog.published():
        if component.same_as:
            sharers.setdefault(component.same_as, []).append(component.title)
    for kind in PAGE_TYPES:
        for thing in catalog.things(kind).values():
            if thing.status != "draft" and not _is_excluded(thing):
                found += _of_thing(catalog, thing, sharers.get(thing.id, []))
    for guide in catalog.guides:
        if guide.searchable:
            found += _of_guide(guide)
    return tuple(found)


def _of_thing(catalog: Catalog, thing: Thing, sharers: Sequence[str]) -> Iterator[Passage]:
    product = _product(thing)
    lead, sections = _split(thing.body.sections)
    role = thing.role if isinstance(thing, Component) else None
    yield Passage(
        type=thing.type,
        thing=thing.id,
        product=product,
        status=thing.status,
        title=thing.title,
        heading=None,
        anchor=None,
        path=thing.path,
        text=_joined(thing.summary, role, lead),
        names=thing.names,
    )
    if isinstance(thing, Component | Product) and thing.is_published:
        for one in thing.requirements:
            if one.owner == thing.id:
                related = (*_related(catalog, one), *sharers)
                yield _of_requirement(thing, product, one, related)
    for section in sections:
        yield Passage(
            type=thing.type,
            thing=thing.id,
            product=product,
            status=thing.status,
            title=thing.title,
            heading=section.title,
            anchor=section.anchor,
            path=thing.path,
            text=_joined(section.text),
        )


def _of_requirement(
    owner: Thing, product: str | None, requirement: Requirement, related: Iterable[str]
) -> Passage:
    return Passage(
        type="requirement",
        thing=owner.id,
        product=product,
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


def _of_guide(guide: Guide) -> Iterator[Passage]:
    lead, sections = _split(guide.body.sections)
    yield _guide_passage(guide, None, lead)
    for section in sections:
        yield _guide_passage(guide, section, _joined(section.text))


def _guide_passage(guide: Guide, section: Section | None, text: str) -> Passage:
    return Passage(
        type="page",
        thing=None,
        product=None,
        status="published",
        title=guide.title,
        heading=section.title if section else None,
        anchor=section.anchor if section else None,
        path=guide.path,
        text=text,
        names=() if section else (guide.title,),
    )


def _split(sections: Iterable[Section]) -> tuple[str, list[Section]]:
    """Return the prose before the first sub-heading, and the sections that say something.

    The heading of the page repeats its title, so what stands below it introduces the page.
    """
    listed = list(sections)
    lead = ""
    for level in (0, 1):
        if listed and listed[0].level == level:
            lead = _joined(lead, listed.pop(0).text)
    return lead, [one for one in listed if one.text and one.anchor]


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
