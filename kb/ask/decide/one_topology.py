"""What is asked in one topology and in no other: "what is only needed in a ring?"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set

from kb.ask import phrases
from kb.ask.answer import Verdict
from kb.ask.decide.comparing import requirements_in
from kb.ask.decide.question import Question
from kb.ask.decision import Decision, Duties, Listing, Point, Sameness
from kb.ask.described import of_kinds
from kb.ask.reading import Form
from kb.ask.subjects import holder_of, product_in_question
from kb.ask.worded import slot_words
from kb.catalog import Component, Product, Requirement

_FORMS: frozenset[Form] = frozenset({"what-must", "which", "how", "compare", "yes-no"})
NEEDED = frozenset({"must", "should", "must-not", "should-not", "automatic"})
"""Levels of what is needed; what need not be done is only said."""


def of_one_topology(question: Question) -> Decision | None:
    """Tell what is asked in the topology named and in no other, or that nothing is."""
    reading = question.reading
    meaning = phrases.first_meaning("one-topology", reading.line)
    product = product_in_question(question.catalog, question.index, reading)
    if meaning is None or product is None or reading.form not in _FORMS:
        return None
    is_placed = reading.placement not in (None, "one-node")  # "only" may be of nodes, too
    if reading.resources or is_placed or slot_words(reading):
        return None
    names = holders(question, product)
    others = _others(question, product, reading.topologies)
    if reading.form == "yes-no" and reading.components:
        return _only_there(question, product, names, others)
    found = {
        name: tuple(one for one in _stated(question, name) if others.isdisjoint(one.topologies))
        for name in names
    }
    told = {name: stated for name, stated in found.items() if stated}
    points: list[Point] = [Duties(*one, reading.topologies[:1]) for one in told.items()]
    if not told:
        points = [_alike(question, product, names)]
    elif reading.form == "which" and reading.kinds:
        points = [Listing(tuple(told.items()), is_counted=False)]
    verdict: Verdict | None = None
    if reading.form == "yes-no":
        verdict = "yes" if told else "no"  # the one that "does not" is another topology
    return question.answered(points, [*told] or reading.components, verdict)


def _only_there(
    question: Question, product: Product, names: Sequence[str], others: Set[str]
) -> Decision | None:
    """Judge whether something is asked of components in the topology named, and in no other."""
    stated = [one for name in names for one in holder_of(question.catalog, name).requirements]
    needed = [set(one.topologies) for one in stated if one.level in NEEDED]
    if not needed:
        return None
    is_only_there = all(others.isdisjoint(one) for one in needed)
    verdict = question.turned("yes" if is_only_there else "no")
    alike = _alike(question, product, names)
    points = [question.duties(one) for one in names]
    told = [alike] if isinstance(alike, Sameness) else points
    return question.answered(told, names, verdict)


def _others(question: Question, product: Product, named: Sequence[str]) -> Set[str]:
    """Return the topologies held against the first: those said, or all that are not of it."""
    first, *against = (question.catalog.topologies[one] for one in named)
    own = {first.id, *first.ancestors, *first.descendants}
    return {one.id for one in against} or {*product.topologies} - own


def holders(question: Question, product: Product) -> tuple[str, ...]:
    """Return the ids of whom the question is about: those named, of a kind, or the whole."""
    if question.subjects.components:
        return question.subjects.components
    if question.reading.kinds:
        return tuple(one.id for one in of_kinds(question.index, question.reading))
    return (product.id, *(one.id for one in question.index.of_product(product.id)))


def _stated(question: Question, name: str) -> Iterator[Requirement]:
    """Yield what is asked of a component in the topology named first."""
    is_of_need = question.reading.modality in ("required", "need", "recommended")
    for one in holder_of(question.catalog, name).requirements:
        is_told = one.level in NEEDED or not is_of_need
        if is_told and question.reading.topologies[0] in one.topologies:
            yield one


def _alike(question: Question, product: Product, names: Sequence[str]) -> Point:
    """Return that all topologies ask the same, or that none asks this alone."""
    holders: list[Component | Product] = [holder_of(question.catalog, one) for one in names]
    is_same = all(len(requirements_in(one, product.topologies)) == 1 for one in holders)
    return Sameness(product.topologies, is_same, "topology") if is_same else Listing((), False)
