"""Questions that take for granted of topologies that one is left out, or asks for more."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kb.ask import phrases
from kb.ask.decide.comparing import requirements_in
from kb.ask.decide.duties import what_must
from kb.ask.decide.instructions import how
from kb.ask.decide.question import Question
from kb.ask.decision import Decision, Point, Sameness, Support
from kb.ask.reading import Form
from kb.catalog import Component

_FORMS: frozenset[Form] = frozenset({"what-must", "which", "how", "why", "how-many", "compare"})


def unlike_topologies(question: Question) -> Decision | None:
    """Correct what is taken for granted of topologies, and say what is asked."""
    names = question.subjects.components
    if question.reading.form not in _FORMS or not names or question.reading.is_choice:
        return None
    said = (phrases.first_meaning("of-topologies", one) for one in _lines(question))
    meaning = next((one for one in said if one is not None), None)
    components = [question.catalog.components[one] for one in names]
    correction: Point | None = None
    if meaning is not None:
        judge = _supported if meaning == "limited" else _same
        correction = judge(question, components)
    if correction is None:
        return None
    asked = question.changed(form="what-must", is_negated=False)
    told = (how(question) if question.reading.form == "how" else None) or what_must(asked)
    rest = told.points if told is not None and told.status == "answered" else ()
    decision = told or question.answered([correction], names)
    return replace(decision, points=(correction, *rest), verdict=None, components=names)


def _lines(question: Question) -> Iterator[str]:
    """Yield the patterns of what asks, and of the sentences before it that ask nothing."""
    yield question.reading.line
    for one in question.told_before:
        yield one.line


def _supported(question: Question, components: list[Component]) -> Point | None:
    """Return the topologies of the product, where none of them is ruled out for a component."""
    homes = {one.product for one in components}
    product = question.catalog.products[min(homes)]
    is_ruled_out = any(
        r.level in ("must-not", "should-not") and set(r.topologies) < set(product.topologies)
        for one in components
        for r in one.requirements
    )
    if len(homes) > 1 or is_ruled_out or len(product.topologies) < 2:
        return None
    if not set(question.reading.topologies) <= set(product.topologies):
        return None
    return Support(product.id, product.topologies, None, is_correction=True)


def _same(question: Question, components: list[Component]) -> Point | None:
    """Return that all topologies ask the same of the components, where they do."""
    topologies = question.catalog.products[components[0].product].topologies
    is_same = all(len(requirements_in(one, topologies)) == 1 for one in components)
    if not is_same or len(topologies) < 2:
        return None
    return Sameness(topologies, is_same, "topology", is_correction=True)
