"""What is asked in any case: "what must always be done?"."""

from __future__ import annotations

from kb.ask import phrases
from kb.ask.decide.one_topology import NEEDED, holders
from kb.ask.decide.question import Question
from kb.ask.decision import Decision, Duties, Listing, Point
from kb.ask.matching import is_about_clustering
from kb.ask.subjects import holder_of, product_in_question
from kb.ask.worded import slot_words
from kb.catalog import Requirement

_PLACES = (None, "each-cluster")
"""Places that are none: "for every cluster" says in any case."""

_NEEDING = ("required", "need", "recommended", "uses")
"""How it is asked what is to be done, and not what may be or need not be."""


def in_any_case(question: Question) -> Decision | None:
    """Tell what is asked under no condition and in every topology, where that is asked for."""
    reading = question.reading
    if reading.form not in ("what-must", "which") or reading.placement not in _PLACES:
        return None
    product = product_in_question(question.catalog, question.index, reading)
    meaning = phrases.first_meaning("in-any-case", reading.line)
    if meaning is None or product is None or (reading.conditions and meaning != "either-way"):
        return None
    if reading.is_negated or is_about_clustering(reading) or reading.modality not in _NEEDING:
        return None
    if reading.resources or slot_words(reading) or question.asks_for_the_unknown():
        return None
    needed = reading.topologies or product.topologies
    told: dict[str, tuple[Requirement, ...]] = {}
    for name in holders(question, product):
        stated = holder_of(question.catalog, name).requirements
        if kept := tuple(one for one in stated if _is_unconditional(one, needed)):
            told[name] = kept
    if not told:
        return None
    points: list[Point] = [Duties(*one, reading.topologies) for one in told.items()]
    if reading.form == "which" and reading.kinds:
        points = [Listing(tuple(told.items()), is_counted=False)]
    return question.answered(points, [one for one in told if one in question.catalog.components])


def _is_unconditional(requirement: Requirement, topologies: tuple[str, ...]) -> bool:
    """Return whether it is needed under no condition, in all of these topologies."""
    is_free = not (requirement.when or requirement.unless)
    is_everywhere = set(topologies) <= set(requirement.topologies)
    return is_free and is_everywhere and requirement.level in NEEDED
