"""Questions after what a thing is, or what it is for."""

from __future__ import annotations

import re
from dataclasses import replace

from kb.ask.decide.duties import what_must
from kb.ask.decide.question import Question
from kb.ask.decision import Decision, Definition, Duties, Listing, Point
from kb.ask.described import by_role
from kb.ask.glossary import asked_term
from kb.ask.matching import find
from kb.ask.subjects import holder_of
from kb.ask.worded import slot_words

_ALONE = re.compile(
    r"(?: a| an| the| is| are| of| do| doe) [A-EG-Z](?: mean| stand| in\b| ,| \.|$)"
)
"""A name that is all that is asked for."""
_CONDITION = re.compile(
    r" (?:is|are|doe|explain|describ)(?: ,)?(?: a| an| the)? K(?: C)?(?: ,)?"
    r"(?: mean| stand)?(?: for)?(?: [.,])*$"
)
"""A condition is all that is asked for."""


def explanation(question: Question) -> Decision | None:
    """Tell what the prose of the pages says of a term that bears no page of its own."""
    reading = question.reading
    if _ALONE.search(reading.line) or reading.components:
        return None
    term = asked_term(question.reader.tokens(reading.question))
    quote = question.ground.passages.explained(term)
    return replace(question.answered([quote], []), intent="passage") if quote else None


def definition(question: Question) -> Decision | None:
    """Tell what a thing is."""
    reading = question.reading
    if (explained := explanation(question)) is not None:
        return explained
    if slot_words(reading) and reading.unknown:
        return None
    if reading.components and reading.resources:
        return what_must(question)
    conditions = [one for one, is_stated in reading.conditions.items() if is_stated]
    points: list[Point] = []
    if len(conditions) == 1 and _CONDITION.search(reading.line):
        points = [Definition("condition", conditions[0])]
        return question.answered(points, ())
    points += [Definition("component", one) for one in reading.components]
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
    if reading.kinds and (found_by_role := by_role(question.index, question.facts, reading)):
        return question.answered(
            [Listing(tuple((one, ()) for one in found_by_role), False)], list(found_by_role)
        )
    return definition(question)
