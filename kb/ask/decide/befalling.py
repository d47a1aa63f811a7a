"""Questions after what happens to a component when something befalls it or its nodes."""

from __future__ import annotations

from kb.ask import phrases
from kb.ask.decide.bearing import bearing, holding
from kb.ask.decide.question import Question
from kb.ask.decision import Decision, Duties
from kb.ask.subjects import holder_of


def befalling(question: Question) -> Decision | None:
    """Tell what the product does by itself when something befalls a component."""
    reading = question.reading
    if not phrases.has("event", "yes", reading.line) or phrases.has("event", "no", reading.line):
        return None
    points: list[Duties] = []
    for name in question.subjects.components:
        stated = holder_of(question.catalog, name).requirements
        by_itself = [one for one in stated if one.level == "automatic"]
        spoken_of = bearing(question, name)
        closest = [one for one in spoken_of if one in by_itself]
        if held := closest or (not spoken_of and holding(question, name, by_itself)):
            points.append(Duties(name, tuple(held), reading.topologies))
    if not points or len(points) < len(question.subjects.components):
        return None
    return question.answered(points, [one.holder for one in points])
