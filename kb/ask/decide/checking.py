"""Questions after how to see that something is as it should be."""

from __future__ import annotations

from kb.ask import phrases
from kb.ask.decide.bearing import bearing, holding, spoken_of
from kb.ask.decide.question import Question
from kb.ask.decision import Check, Decision, Point
from kb.ask.subjects import holder_of
from kb.ask.worded import slot_words
from kb.catalog import Requirement


def checks(question: Question) -> Decision | None:
    """Tell how to check what is asked about: by a statement's own check, or by a resource's."""
    if not phrases.has("check", "yes", question.reading.line.removeprefix(" see that")):
        return None
    is_of_a_way = phrases.has("check", "way", question.reading.line)
    if (question.reading.form == "yes-no" and not is_of_a_way) or question.reading.unknown:
        return None
    asked = _statements(question)
    points = _own(asked) or _of_resources(question, question.reading.resources)
    points = points or _of_resources(question, _resources_of(asked))
    if not points:
        points = _of_everything(question)
    names = question.subjects.components or _holders(question, asked)
    if points:
        return question.answered(points, names)
    is_how = question.reading.form == "how" and names
    return (
        question.abstain("not-recorded", [("component", one) for one in names]) if is_how else None
    )


def _statements(question: Question) -> tuple[Requirement, ...]:
    names = question.subjects.components or question.users()
    if names:
        return tuple(one for name in names for one in bearing(question, name))
    return tuple(one for stated in spoken_of(question, 1).values() for one in stated)


def _own(stated: tuple[Requirement, ...]) -> list[Point]:
    return [Check(one.verify, one, None) for one in stated if one.verify is not None]


def _of_resources(question: Question, names: tuple[str, ...]) -> list[Point]:
    found = [question.catalog.resources[one] for one in names if one in question.catalog.resources]
    return [Check(one.verify, None, one.id) for one in found if one.verify is not None]


def _of_everything(question: Question) -> list[Point]:
    """Return the checks of all that is asked of the components, or of its resources."""
    stated = tuple(
        one
        for name in question.subjects.components
        for one in holding(question, name, holder_of(question.catalog, name).requirements)
    )
    if slot_words(question.reading):
        return []
    return _own(stated) or _of_resources(question, _resources_of(stated))


def _resources_of(stated: tuple[Requirement, ...]) -> tuple[str, ...]:
    """Return the resources that these statements say are there."""
    found = (
        name
        for one in stated
        if one.level in ("must", "should", "may", "automatic")
        for name in one.resources
    )
    return tuple(dict.fromkeys(found))


def _holders(question: Question, stated: tuple[Requirement, ...]) -> tuple[str, ...]:
    names = dict.fromkeys(one.component for one in stated)
    return tuple(one for one in names if one in question.catalog.components)
