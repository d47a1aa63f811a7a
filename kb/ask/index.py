"""Which components have to do with what, found without a look at each.

Made once per catalog. What is found is a candidate: whether it bears on a question is decided on
its statements.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence, Sized
from typing import TypeVar

from kb.ask.facts import Facts
from kb.ask.postings import MOST_CANDIDATES, Postings
from kb.ask.saving import Saved
from kb.ask.words import stems
from kb.catalog import Catalog, Component, Product

Holder = Component | Product
_NAMES = (
    *("applying", "touching", "under", "using", "saying"),
    *("kinds", "products", "following", "mistaken"),
)
MOST_SAYING = 250
"""Components whose statements are looked at for one question that names none."""


class TooManyError(Exception):
    """More components come into question than are looked at for one question."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


S = TypeVar("S", bound=Sized)


def bounded(candidates: S) -> S:
    """Return what is to be looked at one by one. Raises TooManyError where that is too much."""
    if len(candidates) > MOST_CANDIDATES:
        raise TooManyError(len(candidates))
    return candidates


class Found(Collection[Component]):
    """Components that were found; they are looked up one by one as they are wanted."""

    def __init__(self, holders: Sequence[Holder], places: Sequence[int]) -> None:
        self._holders = holders
        self._places = places

    def __len__(self) -> int:
        return len(self._places)

    def __contains__(self, component: object) -> bool:
        return any(component is one for one in self)

    def __iter__(self) -> Iterator[Component]:
        for at in self._places:
            holder = self._holders[at]
            if isinstance(holder, Component):
                yield holder


class Index:
    """The published holders of requirements of one catalog, products first, by what they say."""

    def __init__(self, catalog: Catalog, facts: Facts, saved: Saved | None = None) -> None:
        """Look at each holder, or take what `saved` returned for the same catalog."""
        products = tuple(one for one in catalog.products.values() if one.is_published)
        self._holders: tuple[Holder, ...] = (*products, *catalog.published())
        self.published = catalog.published()
        """All components, the very tuple that is found where nothing narrows it."""
        self._by = {name: Postings(saved[name] if saved else None) for name in _NAMES}
        if saved is None:
            self._gather(facts)
        listed = {one.topologies for one in products}
        self._by_topologies = {
            topologies: tuple(one for one in products if one.topologies == topologies)
            for topologies in sorted(listed)
        }
        self._counting = tuple(
            one for one in self._holders if any(each.count for each in one.requirements)
        )

    def _gather(self, facts: Facts) -> None:
        """Enter what each holder has to do with."""
        for place, holder in enumerate(self._holders):
            stated = holder.requirements
            applying = {name for one in stated for name in one.resources}
            named, said = facts.gathered(stated)
            named |= {name for one in stated for name in one.about}
            named |= {one.nodes for one in stated if one.nodes is not None}
            self._by["saying"].add(
                said | {one for name in holder.names for one in stems(name)}, place
            )
            self._by["following"].add({ref for one in stated for ref in one.after}, place)
            self._by["mistaken"].add(dict.fromkeys(holder.stated.not_same_as), place)
            if isinstance(holder, Component):
                self._by["applying"].add(applying, place)
                self._by["touching"].add(applying.union(named), place)
                self._by["under"].add({name for one in stated for name in one.when}, place)
                self._by["using"].add(holder.uses, place)
                self._by["kinds"].add([holder.kind] if holder.kind else [], place)
                self._by["products"].add([holder.product], place)
        for one in self._by.values():
            one.pack()

    def saved(self) -> Saved:
        """Return what each holder has to do with as it is kept."""
        return {name: one.saved() for name, one in self._by.items()}

    def applying(self, things: Iterable[str]) -> Found:
        """Return the components with a requirement that applies to one of these things."""
        return Found(self._holders, self._by["applying"].of(things))

    def touching(self, things: Iterable[str]) -> Found:
        """Return the components with a requirement that applies to, counts or mentions these."""
        return Found(self._holders, self._by["touching"].of(things))

    def under(self, conditions: Iterable[str]) -> Found:
        """Return the components of which something is asked under one of these conditions."""
        return Found(self._holders, self._by["under"].of(conditions))

    def using(self, components: Iterable[str]) -> Found:
        """Return the components that use one of these."""
        return Found(self._holders, self._by["using"].of(components))

    def following(self, refs: Iterable[str]) -> tuple[Holder, ...]:
        """Return the products and components with a requirement that comes after one of these."""
        return tuple(self._holders[at] for at in self._by["following"].of(refs))

    def mistaken_for(self, names: Iterable[str]) -> tuple[Holder, ...]:
        """Return the products and components whose pages say that they are none of these."""
        return tuple(self._holders[at] for at in self._by["mistaken"].of(names))

    def counting(self) -> tuple[Holder, ...]:
        """Return the products and components that state a number."""
        return self._counting

    def of_product(self, product: str) -> tuple[Component, ...]:
        """Return the components of a product."""
        return self._found(self._by["products"].of([product]))

    def topologies(self) -> tuple[str, ...]:
        """Return the ids of all topologies that products list, in order of the alphabet."""
        return tuple(sorted({name for listed in self._by_topologies for name in listed}))

    def products_with(
        self, topologies: Collection[str], *, stating: bool = False
    ) -> tuple[Product, ...]:
        """Return the products that list these topologies; those that state something, if asked."""
        return tuple(
            one
            for listed, products in self._by_topologies.items()
            if all(name in listed for name in topologies)
            for one in products
            if one.requirements or not stating
        )

    def of_kinds(self, kinds: Collection[str], products: Collection[str]) -> tuple[Component, ...]:
        """Return the components of these kinds and products; none named: of all."""
        if kinds and not products:
            return self._found(self._by["kinds"].of(kinds))
        if not products:
            return self.published
        found = self._found(self._by["products"].of(products))
        return tuple(one for one in found if one.kind in kinds) if kinds else found

    def saying(self, words: Sequence[frozenset[str]]) -> tuple[Holder, ...]:
        """Return the products and components whose requirements have a mark of each word.

        None where there are more of them than are looked at.
        """
        places = self._by["saying"].together(words, MOST_SAYING)
        return tuple(self._holders[at] for at in places)

    def _found(self, places: Iterable[int]) -> tuple[Component, ...]:
        found = (self._holders[at] for at in places)
        return tuple(one for one in found if isinstance(one, Component))
