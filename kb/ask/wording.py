"""A decision in words: the first sentence answers, and every statement is cited."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from kb.ask.answer import Candidate, Citation, Part, Reason
from kb.ask.decision import (
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
    Support,
    Unjoined,
    Uses,
)
from kb.ask.telling import VERDICTS, Teller
from kb.catalog import Catalog, Requirement
from kb.text import join, key

_NOT_COVERED: Mapping[Reason, str] = {
    "unknown-component": "The pages do not know this component.",
    "unknown-topology": "The pages do not know this topology.",
    "unknown-product": "The pages do not know this product.",
    "unknown-version": "The pages do not know this version.",
    "not-recorded": "That is not recorded in the pages.",
    "out-of-scope": "The pages do not cover this question.",
}
_CLARIFY: Mapping[Reason, str] = {
    "ambiguous-component": "Which of these do you mean?",
    "missing-component": "Which component do you mean?",
    "ambiguous-term": "Which of these do you mean?",
}


class Wording:
    """Words the decisions on one catalog."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self._teller = Teller(catalog)

    def text(self, decision: Decision) -> str:
        """Return the whole answer as plain text, one paragraph a line."""
        if decision.status == "clarify":
            return self._clarify(decision)
        if decision.status == "not_covered":
            return self._not_covered(decision)
        lead = self._lead(decision)
        said = [self._teller.tell(one) for one in decision.points]
        return "\n".join(one for one in (lead, *said) if one)

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
        return tuple(
            Part(
                self._component(getattr(one, "holder", "")),
                decision.topology,
                getattr(one, "verdict", None),
                self._teller.tell(one),
            )
            for one in judged
        )

    def citations(
        self, decision: Decision, requirements: Iterable[Requirement]
    ) -> tuple[Citation, ...]:
        """Return where the statements of the answer stand, each place once."""
        found: list[Citation] = []
        for one in requirements:
            found += [Citation(one.path, one.id, one.line, source) for source in one.sources] or [
                Citation(one.path, one.id, one.line, None)
            ]
        for point in decision.points:
            found += self._page_citations(point)
        return tuple(dict.fromkeys(found))

    def candidates(self, decision: Decision) -> tuple[Candidate, ...]:
        """Return what could be meant, or is nearest, with titles."""
        things = [
            self._catalog.things(kind)[name] for kind, name in dict.fromkeys(decision.candidates)
        ]
        return tuple(Candidate(one.type, one.id, one.title, one.path) for one in things)

    def _lead(self, decision: Decision) -> str:
        """Return the overall verdict, where the points do not begin with it themselves."""
        judged = [one for one in decision.points if hasattr(one, "verdict")]
        if decision.verdict is None or len(judged) < 2:
            return ""
        return f"{VERDICTS[decision.verdict]}."

    def _clarify(self, decision: Decision) -> str:
        opening = _CLARIFY[decision.reason] if decision.reason else "What do you mean?"
        titles = [self._told_apart(one) for one in self.candidates(decision)]
        return f"{opening} {join(titles, 'or')}." if titles else opening

    def _told_apart(self, candidate: Candidate) -> str:
        """Return a candidate's title, with its product's where several products share it."""
        component = self._catalog.components.get(candidate.id)
        bearers = self._catalog.names.get(("component", key(candidate.title)), ())
        if component is None or len(bearers) == 1:
            return candidate.title
        return f"{candidate.title} ({self._catalog.products[component.product].title})"

    def _not_covered(self, decision: Decision) -> str:
        if retired := self._retired(decision.subject):
            return f"{retired} is retired; its page answers no questions any more."
        opening = _NOT_COVERED[decision.reason or "out-of-scope"]
        subject = f" Not found: {decision.subject}." if decision.subject else ""
        near = [
            f"“{one.title}”" if one.type == "procedure" else one.title
            for one in self.candidates(decision)
        ]
        nearest = f" The nearest that is documented: {join(near)}." if near else ""
        return f"{opening}{subject}{nearest}"

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
        elif isinstance(point, Placed | Absent) or (
            isinstance(point, Duties | Unjoined) and point.asks_nothing
        ):
            things = [catalog.components[point.holder]]
        elif isinstance(point, Uses):
            things = [catalog.components[user] for user, _ in point.pairs]
        elif isinstance(point, Support):
            things = [catalog.products[point.product]]
        elif isinstance(point, Check) and point.resource is not None:
            things = [catalog.resources[point.resource]]
        elif isinstance(point, Instruction) and point.procedure is not None:
            things = [catalog.procedures[point.procedure]]
        elif isinstance(point, Listing):
            things = [catalog.components[name] for name, found in point.items if not found]
        return [
            Citation(one.path, None, one.line, source)
            for one in things
            for source in (one.sources or (None,))
        ]

    def _component(self, name: str) -> str | None:
        return name if name in self._catalog.components else None
