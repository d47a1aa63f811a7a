"""The names of a catalog in the forms in which people write them, gathered once.

They are tables; `kb.ask.lexicon` and `kb.ask.partial` find names in questions by them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence, Set

from kb.ask import data
from kb.ask.mentions import Kind
from kb.ask.names import Names
from kb.ask.saving import Saved
from kb.ask.words import CAPITALS, Token, singular, tokens
from kb.catalog import Catalog, Component, Resource, Thing

_WHERE_THINGS_RUN = frozenset({"node", "member", "machine", "host"})
"""Kinds whose word tells a place in questions: "on each node"."""
ANY_KIND = "*"
"""The id of words such as "component", which stand for components of every kind."""
_GENERIC_HEADS = (
    "component",
    "part",
    "piece",
    "bit",
    "module",
    "building block",
    "product component",
)
_MACHINES = frozenset("node server machine host computer".split())
"""What any cluster consists of: behind a product's name it still names no component."""
_PREPOSITIONS = frozenset("for of on in to with at from by under".split())


class Naming:
    """All forms of the names of one catalog."""

    def __init__(self, catalog: Catalog, saved: Saved | None = None) -> None:
        """Gather the names, or take those that `saved` returned for the same catalog."""
        kept: Saved = saved or {}
        self.names: Names[Kind] = Names(kept.get("names"))
        """Whole names."""
        self.partial: Names[Kind] = Names(kept.get("partial"))
        """What names begin with."""
        self.tails: Names[Kind] = Names(kept.get("tails"))
        """What titles end in, where only one does."""
        self.procedures: Names[Kind] = Names(kept.get("procedures"))
        self.initials: dict[str, set[str]] = {}
        """First letters of the words of a name -> ids of topologies."""
        self.initial_heads: set[str] = set()
        """What such letters begin with."""
        self.heads: dict[str, str] = dict(kept.get("heads", {}))
        """Id -> the last word of its title."""
        self.only_of_kind: dict[str, str] = dict(kept.get("only of kind", {}))
        """Kind -> the id of the one component that is of it."""
        self.last_words: set[str] = set(kept.get("last words", ()))
        """The last words of components' names."""
        self.terms: dict[str, set[tuple[str, ...]]] = {
            first: {tuple(one) for one in terms} for first, terms in kept.get("terms", {}).items()
        }
        """First word -> proper names that name nothing with a page."""
        for topology in catalog.topologies.values():
            for name in topology.names:
                self._add_initials(name, topology.id)
        if saved is None:
            self._prefixes = _prefixes(catalog)
            self._kinds = Counter((one.kind or "").casefold() for one in catalog.published())
            self._collect(catalog)
            self._add_terms(catalog)

    def saved(self) -> Saved:
        """Return all names as they are kept."""
        return {
            "names": self.names.saved(),
            "partial": self.partial.saved(),
            "tails": self.tails.saved(),
            "procedures": self.procedures.saved(),
            "heads": self.heads,
            "only of kind": self.only_of_kind,
            "last words": sorted(self.last_words),
            "terms": {first: sorted(terms) for first, terms in self.terms.items()},
        }

    def _collect(self, catalog: Catalog) -> None:
        for head in _GENERIC_HEADS:
            self.names.add(head, "kind", ANY_KIND)
        for product in catalog.products.values():
            self._add_all("product", product, product.names)
            self._add_foreign(catalog, product)
            for label in product.versions:
                self.names.add(label, "version", label)
        for component in catalog.components.values():
            self._add_component(catalog, component)
        self._add_tails("component", catalog.published(), 2)
        self._add_tails("topology", catalog.topologies.values(), 1)
        for topology in catalog.topologies.values():
            self._add_all("topology", topology, _names_of(topology))
        for resource in catalog.resources.values():
            self._add_all("resource", resource, _names_of(resource))
            self._add_without_maker(resource)
            self._add_extended(catalog, resource)
            self._add_foreign(catalog, resource)
            self._add_partial(resource.title, "resource", resource.id)
        self._add_ends_of_resources(catalog)
        for procedure in catalog.procedures.values():
            for name in procedure.names if procedure.is_published else ():
                self.procedures.add(name, "procedure", procedure.id)

    def _add_component(self, catalog: Catalog, component: Component) -> None:
        if not component.is_published:
            for name in _names_of(component):
                self.names.add(name, "foreign", component.title)
            return
        prefixes = self._prefixes[component.product]
        for name in _names_of(component):
            self.names.add(name, "component", component.id)
            short = _without_prefix(name, prefixes)
            is_cut = short != name and singular(short.casefold()) in _MACHINES
            if not is_cut and not self._is_shared_noun(short):
                self.names.add(short, "component", component.id)
            self.last_words.add(singular(tokens(name)[-1].word))
        title = _without_prefix(component.title, prefixes)
        self._add_partial(title, "component", component.id)
        head = title.split()[-1]
        is_machine = singular(head.casefold()) in data.word_lists()["nodes"]
        if head.casefold() != (component.kind or "").casefold() and not is_machine:
            self.partial.add(head, "component", component.id)
        if component.kind and not set(component.kind.casefold().split()) <= _WHERE_THINGS_RUN:
            self.names.add(component.kind, "kind", component.kind)
            if self._kinds[component.kind.casefold()] == 1:
                self.only_of_kind[component.kind] = component.id
        self._add_foreign(catalog, component)

    def _is_shared_noun(self, name: str) -> bool:
        """Return whether a single word is what several components are, or any machine is."""
        word = singular(name.casefold())
        is_machine = word in data.word_lists()["counters"]
        return self._kinds[word] > (0 if is_machine else 1)

    def _add_tails(self, kind: Kind, things: Iterable[Thing], least: int) -> None:
        """Add the last words of titles, at least so many, where only one title ends in them."""
        found: dict[str, set[str]] = {}
        for thing in things:
            words = thing.title.split()
            for length in range(least, _length_of_head(words)):
                *begun, last = " ".join(words[-length:]).casefold().split()
                found.setdefault(" ".join((*begun, singular(last))), set()).add(thing.id)
        for tail, ids in found.items():
            if len(ids) == 1 and tail not in data.dressing():
                self.tails.add(tail, kind, next(iter(ids)))

    def _add_ends_of_resources(self, catalog: Catalog) -> None:
        """Add the ends of their titles, where nothing else has the word that these begin with."""
        others = (*catalog.products.values(), *catalog.components.values())
        taken = {one.word for thing in others for name in thing.names for one in tokens(name)}
        taken |= data.word_lists()["function"]
        resources = [one for one in catalog.resources.values() if one.is_published]
        for resource in resources:
            words = resource.title.split()
            for start in range(1, len(words) - 1):
                tail = " ".join(words[start:])
                is_one = sum(one.title.endswith(f" {tail}") for one in resources) == 1
                if is_one and taken.isdisjoint(tail.casefold().split()[:-1]):
                    self.tails.add(tail, "resource", resource.id)

    def _add_extended(self, catalog: Catalog, resource: Resource) -> None:
        """Add "strict quick mode" where "quick mode" is another name of "fast mode".

        `resource` is "strict fast mode": its name is that of a broader one with more before it.
        """
        for name in resource.ancestors if resource.is_published else ():
            broader = catalog.resources[name]
            before = resource.title.casefold().removesuffix(f" {broader.title.casefold()}")
            if before != resource.title.casefold():
                for other in broader.names:
                    self.names.add(f"{before} {other}", "resource", resource.id)

    def _add_without_maker(self, resource: Resource) -> None:
        """Add its names without a first word that is a name itself: "Key Box" of "Acme Key Box"."""
        plain = data.dressing() | data.word_lists()["function"]
        for name in resource.names if resource.is_published else ():
            first, *rest = name.split()
            is_proper = first[:1].isupper() and first.casefold() not in plain
            if len(rest) > 1 and is_proper and all(one[:1].isupper() for one in rest):
                self.tails.add(" ".join(rest), "resource", resource.id)

    def _add_all(self, kind: Kind, thing: Thing, names: Iterable[str]) -> None:
        if thing.is_published:
            for name in names:
                self.names.add(name, kind, thing.id)

    def _add_partial(self, name: str, kind: Kind, thing: str) -> None:
        words = name.split()
        self.heads.setdefault(thing, singular(words[-1].casefold()))
        for length in range(1, len(words)):
            self.partial.add(" ".join(words[:length]), kind, thing)

    def _add_initials(self, name: str, thing: str) -> None:
        words = tokens(name)
        if len(words) > 1:
            initials = "".join(one.word[0] for one in words)
            self.initials.setdefault(initials, set()).add(thing)
            self.initial_heads.update(initials[:end] for end in range(1, len(initials) + 1))

    def _add_foreign(self, catalog: Catalog, thing: Thing) -> None:
        for term in thing.stated.not_same_as:
            if term not in catalog.things(thing.type) and catalog.object(term) is None:
                self.names.add(term, "foreign", term)

    def end_of_term(self, words: Sequence[Token], position: int) -> int | None:
        """Return where a proper name ends that stands here and names nothing with a page."""
        for term in self.terms.get(words[position].word, ()):
            end = position + len(term)
            if term == tuple(one.word for one in words[position:end]):
                return end
        return None

    def _add_terms(self, catalog: Catalog) -> None:
        """Add the proper names that statements have: "Blue Box" in "run the same Blue Box"."""
        for requirement in catalog.requirements():
            for match in CAPITALS.finditer(requirement.action):
                words = tuple(one.word for one in tokens(match.group()))
                if match.start() and not self.names.named(" ".join(map(singular, words))):
                    self.terms.setdefault(words[0], set()).add(words)


def _length_of_head(words: Sequence[str]) -> int:
    """Return how many words at the end of a title are its head: none behind "for" or "of"."""
    is_linked = any(one.casefold() in _PREPOSITIONS for one in words)
    return 0 if is_linked else len(words)


def _names_of(thing: Thing) -> Iterator[str]:
    yield from thing.names
    yield thing.id.replace("-", " ")
    for former in thing.stated.formerly:
        yield former.replace("-", " ")


def _prefixes(catalog: Catalog) -> dict[str, frozenset[str]]:
    """Return for each product what may be dropped from the front of its components' names.

    Its own names, and what the titles of more than two components begin with, without case.
    """
    heads = {product: Counter[str]() for product in catalog.products}
    for component in catalog.published():
        words = component.title.casefold().split()
        lengths = [length for length in (2, 3) if len(words) > length]
        heads[component.product].update(" ".join(words[:length]) for length in lengths)
    return {
        product.id: frozenset(
            {one.casefold() for one in product.names}
            | {head for head, count in heads[product.id].items() if count > 2}
        )
        for product in catalog.products.values()
    }


def _without_prefix(name: str, prefixes: Set[str]) -> str:
    """Return the name without the longest of the prefixes that leaves enough of it."""
    words = name.split(" ")
    for length in range(len(words) - 1, 0, -1):
        if " ".join(words[:length]).casefold() in prefixes:
            return " ".join(words[length:])
    return name
