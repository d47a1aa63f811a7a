"""A decision in words: the first sentence answers, and every statement is cited."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from kb.ask.answer import Candidate, Citation, Part, Reason, Verdict
from kb.ask.decision import (
    MOST_TOLD,
    Absent,
    Check,
    Decision,
    Definition,
    Duties,
    Instruction,
    Listing,
    Placed,
    Point,
    Quote,
    Ruling,
    Sameness,
    Sourced,
    Support,
    Unjoined,
    Uses,
)
from kb.ask.rulings import VERDICTS
from kb.ask.statements import Settled, Statements
from kb.ask.telling import Teller
from kb.catalog import Catalog, Requirement, Thing
from kb.text import join, key

_NOT_COVERED: Mapping[Reason, str] = {
    "unknown-component": "The pages do not know this component.",
    "unknown-topology": "The pages do not know this topology.",
    "unknown-product": "The pages do not know this product.",
    "unknown-version": "The pages do not know this version.",
    "not-recorded": "That is not recorded in the pages.",
    "out-of-scope": "The pages do not cover this question.",
}
_UNKNOWN: Mapping[Reason, str] = {
    "unknown-component": "",
    "unknown-product": "",
    "unknown-topology": "the topology ",
    "unknown-version": "version ",
}
"""What a name that is not known is called."""
_CLARIFY: Mapping[Reason, str] = {
    "ambiguous-component": "Which of these do you mean?",
    "missing-component": "Which component do you mean?",
    "ambiguous-term": "Which of these do you mean?",
}


_MOST_PRODUCTS = 8
"""Products of very many that are told by name."""


class Wording:
    """Words the decisions on one catalog."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog

    def text(self, decision: Decision) -> str:
        """Return the whole answer as plain text, one paragraph a line."""
        if decision.status == "clarify":
            return self._clarify(decision)
        if decision.status == "not_covered":
            return self._not_covered(decision)
        said = _teller(self._catalog, decision).tell_all(decision.points)
        lines = (*_with_lead(decision.verdict, said), self._everywhere(decision))
        return "\n".join(one for one in lines if one)

    def parts(self, decision: Decision) -> tuple[Part, ...]:
        """Return the answer for each component, where several were judged."""
        judged = [
            one
            for one in decision.points
            if isinstance(one, Ruling | Unjoined | Placed | Uses | Absent)
            or (isinstance(one, Duties) and not one.is_reminder)
        ]
        if len(judged) < 2:
            return ()
        teller = _teller(self._catalog, decision)
        return tuple(
            Part(
                self._component(getattr(one, "holder", "")),
                decision.topology,
                getattr(one, "verdict", None),
                teller.tell(one),
            )
            for one in judged
        )

    def citations(
        self, decision: Decision, requirements: Iterable[Requirement]
    ) -> tuple[Citation, ...]:
        """Return where the statements of the answer stand, each place once."""
        found = _citations(requirements)
        for point in decision.points:
            if isinstance(point, Duties):
                found += _citations((*point.requirements, *point.besides))
            found += self._page_citations(point)
        if decision.status == "answered" and not found:
            found = _pages(self._spoken_of(decision))
        return tuple(dict.fromkeys(found))

    def _spoken_of(self, decision: Decision) -> list[Thing]:
        """Return what an answer that rests on no statement is about: the pages that have none."""
        catalog = self._catalog
        things: list[Thing] = [catalog.components[one] for one in decision.components]
        if decision.topology is not None:
            things.append(catalog.topologies[decision.topology])
        return (things or list(catalog.products.values()))[:MOST_TOLD]

    def candidates(self, decision: Decision) -> tuple[Candidate, ...]:
        """Return what could be meant, or is nearest, with titles."""
        things = [
            self._catalog.things(kind)[name] for kind, name in dict.fromkeys(decision.candidates)
        ]
        return tuple(Candidate(one.type, one.id, one.title, one.path) for one in things)

    def _everywhere(self, decision: Decision) -> str:
        """Say that all topologies ask the same, where none is named and they do."""
        duties = [one for one in decision.points if isinstance(one, Duties)]
        is_compared = any(isinstance(one, Sameness) for one in decision.points)
        if decision.topology is not None or is_compared or not duties:
            return ""
        if any(one.is_reminder or len(one.topologies) == 1 for one in duties):
            return ""
        listed = {self._topologies_of(one.holder) for one in duties}
        told = {
            frozenset(r.topologies) for one in duties for r in (*one.requirements, *one.besides)
        }
        topologies = listed.pop() if len(listed) == 1 else ()
        if len(topologies) < 2 or told - {frozenset(topologies)}:
            return ""
        return f"The same in {'both' if len(topologies) == 2 else 'all'} topologies."

    def _topologies_of(self, holder: str) -> tuple[str, ...]:
        component = self._catalog.components.get(holder)
        return self._catalog.products[component.product if component else holder].topologies

    def _clarify(self, decision: Decision) -> str:
        opening = _CLARIFY[decision.reason] if decision.reason else "What do you mean?"
        statements = Statements(self._catalog, Settled())
        titles = [statements.title(one.id) for one in self.candidates(decision)]
        many = f"{decision.subject} come into question. " if decision.subject else ""
        return f"{many}{opening} {join(titles, 'or')}." if titles else f"{many}{opening}"

    def _not_covered(self, decision: Decision) -> str:
        if retired := self._retired(decision.subject):
            return f"{retired} is retired; its page answers no questions any more."
        opening, subject = self._missing(decision)
        found = self.candidates(decision)
        statements = Statements(self._catalog, Settled())
        near = join(statements.title(one.id) for one in found if one.type != "procedure")
        is_shown = bool(near) and decision.reason != "unknown-version"
        nearest = f" The nearest that is documented: {near}." if is_shown else ""
        wanted = [one for one in found if one.type == "procedure"]
        look = "".join(f" {self._to_look_for(one.id)}" for one in wanted) or self._way_on(decision)
        return f"{opening}{subject}{nearest}{look}"

    def _missing(self, decision: Decision) -> tuple[str, str]:
        """Return what is not there: in the opening sentence where it is a name, else behind it."""
        reason = decision.reason or "out-of-scope"
        if reason in _UNKNOWN and decision.subject:
            return f"The pages do not know {_UNKNOWN[reason]}“{decision.subject}”.", ""
        subject = f" Not found: {decision.subject}." if decision.subject else ""
        return _NOT_COVERED[reason], subject

    def _versions(self, decision: Decision) -> str:
        """Return which versions the pages tell apart of what is named, or of all products."""
        products, components = self._catalog.products, self._catalog.components
        found = self.candidates(decision)
        named = {components[one.id].product for one in found if one.type == "component"}
        named |= {one.id for one in found if one.type == "product"}
        labels = [
            label
            for one in products.values()
            for label in one.versions
            if one.id in named or not named
        ]
        known = join(list(dict.fromkeys(labels)))
        return f" They speak of {known}." if known else " They tell no versions apart."

    def _way_on(self, decision: Decision) -> str:
        """Return where to look instead: in the vendor's documentation, or what the pages tell."""
        catalog = self._catalog
        if decision.reason == "out-of-scope":
            titles = [one.title for one in catalog.products.values() if one.is_published]
            if len(titles) > MOST_TOLD:
                titles = [*titles[:_MOST_PRODUCTS], f"{len(titles) - _MOST_PRODUCTS:,} more"]
            return f" They say what clustering asks of {join(titles)}." if titles else ""
        if decision.reason == "unknown-version":
            return self._versions(decision)
        named = [one.id for one in self.candidates(decision) if one.type == "component"]
        sources = [source for one in named for source in catalog.components[one].sources]
        if decision.reason != "not-recorded" or not sources:
            return ""
        return f" Look it up in the documentation of {sources[0].publisher}."

    def _to_look_for(self, procedure: str) -> str:
        thing = self._catalog.procedures[procedure]
        where = f" in the documentation of {thing.sources[0].publisher}" if thing.sources else ""
        return f"Look for “{thing.title}”{where}."

    def _retired(self, name: str) -> str | None:
        """Return the title of the retired component of this name, if it is one."""
        ids = self._catalog.names.get(("component", key(name)), ())
        found = [self._catalog.components[one] for one in ids]
        return next((one.title for one in found if one.status == "retired"), None)

    def _page_citations(self, point: Point) -> list[Citation]:
        catalog = self._catalog
        if isinstance(point, Quote):
            return [Citation(point.path, point.anchor, point.line, None, is_passage=True)]
        things: list[Any] = []
        if isinstance(point, Definition):
            things = [catalog.things(point.kind)[point.id]]
        elif isinstance(point, Placed | Absent | Unjoined) or (
            isinstance(point, Duties) and not point.requirements
        ):
            things = [catalog.components.get(point.holder) or catalog.products[point.holder]]
        elif isinstance(point, Uses):
            things = [catalog.components[user] for user, _ in point.pairs]
        elif isinstance(point, Sourced) and point.requirement is None:
            things = [catalog.things(point.kind)[point.holder]]
        elif isinstance(point, Support):
            things = [catalog.products[point.product]]
        elif isinstance(point, Check) and point.resource is not None:
            things = [catalog.resources[point.resource]]
        elif isinstance(point, Instruction) and point.procedure is not None:
            things = [catalog.procedures[point.procedure]]
        elif isinstance(point, Listing):
            things = [catalog.components[name] for name, found in point.told if not found]
        return _pages(things)

    def _component(self, name: str) -> str | None:
        return name if name in self._catalog.components else None


def _teller(catalog: Catalog, decision: Decision) -> Teller:
    return Teller(catalog, Settled(decision.topology, decision.version))


def _with_lead(verdict: Verdict | None, said: Sequence[str]) -> list[str]:
    """Return what is said with the overall verdict before it, once."""
    opening = VERDICTS[verdict] if verdict is not None else ""
    if len(said) > 1 and opening and all(one.startswith(f"{opening}. ") for one in said):
        return [f"{opening}.", *(f"- {one.removeprefix(f'{opening}. ')}" for one in said)]
    if not said or said[0].startswith(opening):
        return list(said)
    is_judged_otherwise = said[0].startswith(tuple(VERDICTS.values()))
    separator = "\n" if is_judged_otherwise else " "
    return [f"{opening}.{separator}{said[0]}", *said[1:]]


def _citations(requirements: Iterable[Requirement]) -> list[Citation]:
    """Return where requirements stand, in these pages and in their sources."""
    return [
        Citation(one.path, one.id, one.line, source)
        for one in requirements
        for source in (one.sources or (None,))
    ]


def _pages(things: Iterable[Thing]) -> list[Citation]:
    """Return citations of whole pages."""
    return [
        Citation(one.path, None, one.line, source)
        for one in things
        for source in (one.sources or (None,))
    ]
