"""All pages of one compilation, found by what they name and are named by.

The rules look here. A page with errors of its own is present with what remains of it; what cannot
be known of it is never reported as missing.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from kb import text
from kb.diagnostics import Place
from kb.model import ComponentEntry, PageEntry, PageType, ProductEntry, RequirementEntry
from kb.pages import BrokenPage, Page
from kb.rules.references import (
    Reference,
    RequirementReference,
    SourceReference,
    references,
    requirement_references,
    requirements,
    source_references,
)

T = TypeVar("T")

_MOST_GUESSES = 200


@dataclass(frozen=True, slots=True)
class Typed:
    """A page with facts."""

    page: Page
    entry: PageEntry

    @property
    def names(self) -> tuple[str, ...]:
        """Its title and aliases."""
        return (self.entry.title, *self.entry.aliases)


@dataclass(frozen=True, slots=True)
class Stated:
    """A requirement where it is written."""

    page: Page
    index: int
    entry: RequirementEntry

    @property
    def ref(self) -> str:
        """`page/id`."""
        return f"{self.page.id}/{self.entry.id}"

    @property
    def place(self) -> Place:
        """Where its level stands: the line that says what it is about."""
        return self.key_place(self.entry.level)

    def key_place(self, key: str) -> Place:
        """Where a key of it stands."""
        return self.page.key_place("requirements", self.index, key)

    def value_place(self, key: str) -> Place:
        """Where the value of a key of it stands."""
        return self.page.place("requirements", self.index, key)


class World:
    """The pages, by type and id, with everything that they name."""

    def __init__(
        self,
        pages: Sequence[Page],
        broken: Sequence[BrokenPage] = (),
        others: Collection[str] | None = None,
        today: datetime.date | None = None,
    ) -> None:
        """`others` are the paths of files that are no pages, or None when they are not known.

        `today` is the day against which dates are held; without it nothing is too old.
        """
        self.others = others
        self.today = today
        remaining = [one.rest for one in broken if one.rest is not None]
        self.pages = tuple(sorted((*pages, *remaining), key=lambda one: one.file.path))
        self.by_path: Mapping[str, Page] = {one.file.path: one for one in self.pages}
        self.unread: frozenset[str] = frozenset(one.file.path for one in broken if not one.rest)
        self._broken = frozenset(one.file.path for one in broken)
        self._claims = {(one.type, name) for one in broken for name in _claimed(one)}
        self.typed = tuple(Typed(one, one.entry) for one in self.pages if one.entry is not None)
        self._tables: dict[PageType, dict[str, Typed]] = {}
        self._former: dict[tuple[PageType, str], str] = {}
        for one in self.typed:
            self._tables.setdefault(one.entry.type, {}).setdefault(one.page.id, one)
            for old in one.entry.formerly:
                self._former.setdefault((one.entry.type, old), one.page.id)
        self.stated = tuple(
            Stated(one.page, index, entry)
            for one in self.typed
            for index, entry in requirements(one.page)
        )
        self._by_ref = {one.ref: one for one in self.stated}
        self._by_page: dict[str, list[Stated]] = {}
        for each in self.stated:
            self._by_page.setdefault(each.page.file.path, []).append(each)
        self.references: tuple[Reference, ...] = tuple(_each(references, self.pages))
        self.sources: tuple[SourceReference, ...] = tuple(_each(source_references, self.pages))
        self.orders: tuple[RequirementReference, ...] = tuple(
            _each(requirement_references, self.pages)
        )
        self._narrower: dict[PageType, dict[str, list[str]]] = {}
        self._spellings: dict[tuple[PageType, ...], dict[str, str]] = {}
        self._guesses = _MOST_GUESSES
        self._versions: dict[str, dict[str, int]] = {}

    def of_type(self, kind: PageType) -> Mapping[str, Typed]:
        """Return the pages of one type by id; of several with one id, the first by path."""
        return self._tables.get(kind, {})

    def find(self, kinds: Sequence[PageType], name: str) -> Typed | None:
        """Return the page of one of these types with this id."""
        return next((found for one in kinds if (found := self.of_type(one).get(name))), None)

    def is_whole(self, page: Page) -> bool:
        """Whether nothing of a page has been left out."""
        return page.file.path not in self._broken

    @property
    def is_complete(self) -> bool:
        """Whether all pages could be read in full and every id that they name exists."""
        return not self._broken and all(self.find(one.kinds, one.id) for one in self.references)

    def may_exist(self, kinds: Sequence[PageType], name: str) -> bool:
        """Whether a page that could not be read may be the one."""
        return any((one, name) in self._claims for one in (None, *kinds))

    def renamed(self, kinds: Sequence[PageType], name: str) -> str | None:
        """Return the present id of the page that formerly had this one."""
        return next((self._former[one, name] for one in kinds if (one, name) in self._former), None)

    def requirement(self, ref: str) -> Stated | None:
        """Return the requirement `page/id`; the page may also be one that shares it."""
        found = self._by_ref.get(ref)
        if found is not None:
            return found
        owner, _, name = ref.partition("/")
        sharer = self.of_type("component").get(owner)
        if sharer is None or not isinstance(sharer.entry, ComponentEntry):
            return None
        return self._by_ref.get(f"{sharer.entry.same_as}/{name}")

    def requirements_of(self, page: Page) -> Sequence[Stated]:
        """Return the requirements that stand on a page."""
        return self._by_page.get(page.file.path, ())

    def product_of(self, page: Page) -> Typed | None:
        """Return the product of a component, or a product itself; None when it is not known."""
        if isinstance(page.entry, ProductEntry):
            return self.of_type("product").get(page.id)
        stated = getattr(page.entry, "product", None)
        products = self.of_type("product")
        if stated is not None:
            return products.get(stated)
        return next(iter(products.values())) if len(products) == 1 else None

    def version_positions(self, page: Page) -> Mapping[str, int] | None:
        """Return the versions of a page's product with their positions; None: not known."""
        product = self.product_of(page)
        if product is None or not isinstance(product.entry, ProductEntry):
            return None
        if product.page.id not in self._versions:
            labels = product.entry.versions
            self._versions[product.page.id] = {one: index for index, one in enumerate(labels)}
        return self._versions[product.page.id]

    def broader(self, kind: PageType, name: str) -> tuple[str, ...]:
        """Return the ids of the broader terms of a page, nearest first, each once."""
        chain: list[str] = []
        table = self.of_type(kind)
        current = table.get(name)
        while current is not None and current.entry.broader not in (None, name, *chain):
            chain.append(str(current.entry.broader))
            current = table.get(chain[-1])
        return tuple(chain)

    def narrower(self, kind: PageType, name: str) -> Sequence[str]:
        """Return the ids of all narrower terms of a page."""
        if kind not in self._narrower:
            found = self._narrower[kind] = {}
            for one in self.of_type(kind):
                for broad in self.broader(kind, one):
                    found.setdefault(broad, []).append(one)
        return self._narrower[kind].get(name, ())

    def suggestions(self, kinds: Sequence[PageType], name: str) -> list[str]:
        """Return ids of pages of these types whose names resemble `name`, best first."""
        key = tuple(kinds)
        if key not in self._spellings:
            self._spellings[key] = {
                spelling: one.page.id
                for kind in kinds
                for one in self.of_type(kind).values()
                for spelling in (one.page.id, *one.names)
            }
        return self.nearest(name, self._spellings[key])

    def nearest(self, name: str, spellings: Mapping[str, str], cutoff: float = 70.0) -> list[str]:
        """Return up to two values of `spellings` whose keys resemble `name`, best first.

        Guessing looks at all names, so after a number of guesses there are none any more: a folder
        in which everything is wrong is still checked in good time.
        """
        self._guesses -= 1
        return text.nearest_of(name, spellings, 2, cutoff) if self._guesses >= 0 else []


def _each(gather: Callable[[Page], Iterator[T]], pages: Sequence[Page]) -> Iterator[T]:
    return (found for one in pages for found in gather(one))


def _claimed(page: BrokenPage) -> Iterator[str]:
    yield page.id
    yield page.file.path.rpartition("/")[2].removesuffix(".md")
