"""The page for writers: what is documented of each component, and what is left to do.

It says what the pages state and what they lack, and where that is changed. Whether a review is too
old depends on the day, so the reader's browser decides it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from kb.catalog import Component, Requirement
from kb.diagnostics import Diagnostic
from kb.site import markup, parts
from kb.site.editing import Editing
from kb.site.parts import Headings
from kb.site.view import View

TITLE = "Coverage"
COVERAGE = "coverage.md"
"""The path of the page."""
REVIEW_DAYS = 400
"""After how many days a review is too old."""


@dataclass(frozen=True, slots=True)
class State:
    """How far one facet of a component is documented."""

    have: int
    wanted: int
    """0: there is nothing to say."""
    line: int
    """Where the first thing that lacks it stands."""

    @property
    def name(self) -> str:
        """The state in a word, which is also the name of its class."""
        if self.wanted == 0:
            return "nothing"
        if self.have == 0:
            return "missing"
        return "documented" if self.have == self.wanted else "partly"


_WORDS = {"documented": "✓ yes", "nothing": "– nothing", "missing": "✗ missing"}


def page(view: View, found: Sequence[Diagnostic], editing: Editing) -> str:
    """Return the coverage page as Markdown; `found` is what the check warns of."""
    headings = Headings({"coverage"})
    listed = [one for one in view.catalog.components.values() if one.is_published]
    states = {one.id: {name: facet(view, one) for name, facet in FACETS.items()} for one in listed}
    lead = "For those who write these pages: how many components have each, and which lack it."
    return parts.joined(
        [
            f"# {TITLE} {{#coverage}}",
            markup.element("p", lead, class_="kb-lead"),
            _totals(list(states.values())),
            headings.section("Components", "components", _table(view, listed, states, editing)),
            headings.section("What the check warns of", "warnings", _warnings(found, editing)),
        ]
    )


def _role(_view: View, one: Component) -> State:
    return State(int(bool(one.role or one.summary)), 1, one.line)


def _placement(_view: View, one: Component) -> State:
    known = one.placement or any(other.placement for other in one.requirements)
    return State(int(bool(known)), 1, one.line)


def _requirements(_view: View, one: Component) -> State:
    return State(len(one.requirements), len(one.requirements), one.line)


def _how(view: View, one: Component) -> State:
    procedures = view.catalog.procedures
    return _of_all(
        one,
        _duties(one),
        lambda duty: bool(
            duty.steps or (duty.procedure is not None and procedures[duty.procedure].steps)
        ),
    )


def _verify(view: View, one: Component) -> State:
    resources = view.catalog.resources
    return _of_all(
        one,
        _duties(one),
        lambda duty: bool(
            duty.verify
            or any(name in resources and resources[name].verify for name in duty.resources)
        ),
    )


def _why(_view: View, one: Component) -> State:
    stated = [other for other in one.requirements if other.level != "may"]
    return _of_all(one, stated, lambda other: other.why is not None)


def _source(_view: View, one: Component) -> State:
    if not one.requirements:
        located = any(cited.locator for cited in one.sources)
        return State(int(located), 1, one.line)
    return _of_all(
        one, one.requirements, lambda other: any(cited.locator for cited in other.sources)
    )


def _questions(_view: View, one: Component) -> State:
    return State(len(one.stated.questions), max(1, len(one.stated.questions)), one.line)


FACETS: Mapping[str, Callable[[View, Component], State]] = {
    "Role": _role,
    "Placement": _placement,
    "Requirements": _requirements,
    "How": _how,
    "Check": _verify,
    "Why": _why,
    "Source": _source,
    "Questions": _questions,
}
"""In the order of the columns."""


def _duties(one: Component) -> list[Requirement]:
    """Return what somebody has to do."""
    return [other for other in one.requirements if other.level in ("must", "should")]


def _of_all(
    one: Component, listed: Sequence[Requirement], has: Callable[[Requirement], bool]
) -> State:
    lacking = [other for other in listed if not has(other)]
    own = [other.line for other in lacking if other.owner == one.id]
    return State(len(listed) - len(lacking), len(listed), own[0] if own else one.line)


def _totals(states: Sequence[Mapping[str, State]]) -> str:
    """Return for each facet of how many components it is documented; the lead says of what."""
    rows = []
    for name in FACETS:
        wanted = [one[name] for one in states if one[name].wanted]
        whole = sum(one.name == "documented" for one in wanted)
        meter = markup.element(
            "progress",
            value=str(whole),
            max=str(max(1, len(wanted))),
            aria_label=f"{name}: {whole} of {len(wanted)}",
        )
        rows.append((name, f"{meter} {whole} of {len(wanted)}"))
    return markup.facts(rows, class_="kb-facts kb-totals")


def _table(
    view: View,
    listed: Sequence[Component],
    states: Mapping[str, Mapping[str, State]],
    editing: Editing,
) -> str:
    head = ["Component", *FACETS, "Reviewed"]
    header = markup.row(*(markup.element("th", one, scope="col") for one in head))
    rows = [markup.row(*_cells(view, one, states[one.id], editing)) for one in listed]
    body = [markup.element("thead", header), markup.block("tbody", rows)]
    return markup.element(
        "div",
        markup.block("table", body, class_="kb-coverage"),
        class_="kb-table",
        tabindex="0",
        role="region",
        aria_label="Coverage of the components",
    )


def _cells(
    view: View, one: Component, states: Mapping[str, State], editing: Editing
) -> Iterator[str]:
    yield markup.element(
        "th", view.link(one), " ", editing.link(one.path, one.line, "edit"), scope="row"
    )
    for name, state in states.items():
        stated = _WORDS.get(state.name) or f"◐ {state.have} of {state.wanted}"
        if state.name == "documented" and state.wanted > 1:
            stated = f"✓ {state.wanted}"
        if state.name in ("partly", "missing") and editing.base:
            stated = editing.link(one.path, state.line, stated)
        yield markup.element("td", stated, class_=f"kb-state-{state.name}", data_facet=name)
    day = one.stated.reviewed
    reviewed = (
        markup.element("time", day, datetime=day, data_kb_review_days=str(REVIEW_DAYS))
        if day
        else "never"
    )
    yield markup.element(
        "td",
        reviewed,
        class_="kb-state-documented" if day else "kb-state-missing",
        data_facet="Reviewed",
    )


def _warnings(found: Sequence[Diagnostic], editing: Editing) -> str:
    by_rule: dict[str, list[Diagnostic]] = {}
    for one in found:
        by_rule.setdefault(f"{one.name} ({one.code})", []).append(one)
    rows = [
        (
            markup.text(rule),
            markup.bullets(
                f"{editing.link(one.place.path, one.place.line)} {markup.text(one.message)}"
                for one in listed
            ),
        )
        for rule, listed in sorted(by_rule.items())
    ]
    return markup.facts(rows, class_="kb-by-holder") or markup.element("p", "It warns of nothing.")
