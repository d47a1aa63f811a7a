"""Questions after what a thing is, or what it is for."""

from __future__ import annotations

from kb.ask.decide.duties import what_must
from kb.ask.decide.question import Question
from kb.ask.decision import Decision, Definition, Duties, Listing, Point
from kb.ask.matching import find, slot_words
from kb.ask.subjects import by_role, holder_of


def definition(question: Question) -> Decision | None:
    """Tell what a thing is."""
    reading = question.reading
    if slot_words(reading) and reading.unknown:
        return None
    if reading.components and reading.resources:
        return what_must(question)
    points: list[Point] = [Definition("component", one) for one in reading.components]
    points += [Definition("resource", one) for one in reading.resources if not points]
    points += [Definition("topology", one) for one in reading.topologies if not points]
    points += [Definition("product", one) for one in reading.products if not points]
    if not points:
        return None
    return question.answered(points, list(reading.components))


def purpose(question: Question) -> Decision | None:
    """Tell what a component is for."""
    reading = question.reading
    if question.asks_for_the_unknown():
        return None
    if reading.components and reading.resources:
        chosen: list[Point] = []
        for name in reading.components:
            holder = holder_of(question.catalog, name)
            found = find(
                question.catalog, question.facts, holder, reading, question.objects_for(name)
            )
            if found.matches:
                listed = tuple(one.requirement for one in found.matches if one.distance == 0)
                chosen.append(
                    Duties(
                        name,
                        listed or tuple(m.requirement for m in found.matches),
                        reading.topologies,
                    )
                )
        if chosen:
            return question.answered(chosen, list(reading.components))
    if reading.components:
        points = [Definition("component", one, wants_role=True) for one in reading.components]
        return question.answered(points, list(reading.components))
    if reading.kinds and (found_by_role := by_role(question.catalog, question.facts, reading)):
        return question.answered(
            [Listing(tuple((one, ()) for one in found_by_role), False)], list(found_by_role)
        )
    return definition(question)
