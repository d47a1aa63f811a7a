"""What of a master plan a selection reaches, and on what the rest of it depends."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from kb.plan.master import Item, MasterPlan, Method, Part, Term
from kb.plan.plan import Named
from kb.plan.selection import Selection
from kb.plan.settling import settled
from kb.plan.words import fill


@dataclass(slots=True)
class Scope:
    """A master plan with a selection. Raises PlanError for what cannot be the case."""

    master: MasterPlan
    chosen: Selection
    states: Mapping[str, bool | None] = field(init=False)
    """Condition -> whether it is the case; None: not decided."""
    terms: Mapping[str, Term] = field(init=False)
    methods: Mapping[str, Method] = field(init=False)
    items: Mapping[str, Item] = field(init=False)
    parts: Mapping[str, Part] = field(init=False)
    """All components of the product."""
    wanted: Mapping[str, Part] = field(init=False)
    """Those that are chosen."""
    planned: Mapping[str, Part] = field(init=False)
    """Those of them that the version has."""

    def __post_init__(self) -> None:
        self.states = settled(self.master, self.chosen)
        self.terms = {one.id: one for one in self.master.conditions}
        self.methods = {one.id: one for one in self.master.methods}
        self.items = {one.id: one for one in self.master.items}
        self.parts = {one.id: one for one in self.master.components}
        names = set(self.chosen.components or self.parts)
        self.wanted = {name: one for name, one in self.parts.items() if name in names}
        self.planned = {name: one for name, one in self.wanted.items() if self._has(one)}

    def _has(self, part: Part) -> bool:
        version = self.chosen.version
        return version is None or not part.versions or version in part.versions

    def is_here(self, one: Item) -> bool:
        """Whether an item is one of the topology and the version."""
        topology, version = self.chosen.topology, self.chosen.version
        return (topology is None or not one.topologies or topology in one.topologies) and (
            version is None or not one.versions or version in one.versions
        )

    def is_planned(self, one: Item) -> bool:
        """Whether an item is one of the components, or of the product as a whole."""
        return not one.components or any(name in self.planned for name in one.components)

    def obstacle(self, one: Item) -> str:
        """Return why an item does not hold; empty: it holds, or may hold."""
        for name in one.when:
            if self.states[name] is False:
                return fill("not-the-case", self.terms[name].title)
        for name in one.unless:
            if self.states[name] is True:
                return fill("the-case", self.terms[name].title)
        return ""

    def circumstances(self, one: Item) -> Iterator[str]:
        """Yield on what it depends whether an item holds, as far as that is open."""
        if self.chosen.topology is None and one.topologies:
            titles = [each.title for each in self.master.topologies if each.id in one.topologies]
            yield fill("in", ", ".join(titles))
        if self.chosen.version is None and one.span:
            yield fill("versions", one.span)
        for name in one.when:
            if self.states[name] is None:
                yield fill("if", self.terms[name].title)
        for name in one.unless:
            if self.states[name] is None:
                yield fill("unless", self.terms[name].title)

    def named(self, names: Iterable[str]) -> tuple[Named, ...]:
        """Return those of the components that are planned, with their titles."""
        return tuple(
            Named(id=name, title=self.planned[name].title) for name in names if name in self.planned
        )
