"""Questions after what must be done, and where."""

from __future__ import annotations

from kb.ask import worlds
from kb.ask.decide.question import Question
from kb.ask.decision import Decision, Duties, Placed, Point
from kb.ask.subjects import holder_of
from kb.catalog import Component, Requirement


def what_must(question: Question) -> Decision | None:
    """Tell what must be done for the components that the question is about."""
    names = question.named_or_implied()
    if names is None:
        return None
    if question.asks_for_the_unknown():
        return None
    points: list[Point] = []
    for name in names:
        points.append(question.duties(name))
    if not points:
        return None
    return question.answered(points, [one for one in names if one in question.catalog.components])


def where(question: Question) -> Decision | None:
    """Tell where the components that the question is about run, or are put."""
    if question.asks_for_the_unknown():
        return None
    points: list[Point] = []
    names = question.named_or_implied()
    for name in names or ():
        holder = holder_of(question.catalog, name)
        open_worlds = question.worlds(holder, holder.requirements)
        placing = tuple(
            one
            for one in holder.requirements
            if _names_a_place(question, one)
            and any(worlds.applies(one, world) for world in open_worlds)
        )
        if isinstance(holder, Component) and holder.placement is not None:
            points.append(Placed(name, holder.placement, holder.nodes))
        if placing:
            points.append(Duties(name, placing, question.reading.topologies))
    if not points:
        return None
    return question.answered(points, list(names or ()))


def _names_a_place(question: Question, requirement: Requirement) -> bool:
    if requirement.placement is not None:
        return True
    verb = question.facts.action(requirement).verb
    return bool(requirement.resources) and bool(verb & question.reader.placing_marks)
