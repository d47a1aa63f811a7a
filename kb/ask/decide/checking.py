"""Questions after how to see that something is as it should be."""

from __future__ import annotations

from kb.ask import phrases
from kb.ask.decide.bearing import bearing, holding, spoken_of
from kb.ask.decide.question import Question
from kb.ask.decision import Check, Decision, Point
from kb.ask.facts import marks, marks_of
from kb.ask.subjects import holder_of
from kb.ask.worded import slot_words
from kb.ask.words import tokens
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
    return question.answered(points, names) if points else None


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
    if not slot_words(question.reading):
        return _own(stated) or _of_resources(question, _resources_of(stated))
    return _own(tuple(one for one in stated if _is_shown(question, one)))


def _is_shown(question: Question, requirement: Requirement) -> bool:
    """Return whether a statement's check shows what the question speaks of."""
    check = requirement.verify
    said = marks_of(tokens(f"{check.run} {check.expect}")) if check is not None else frozenset()
    said |= question.facts.action(requirement).marks
    matter = set(slot_words(question.reading))
    return all(marks(one.stem) & said for one in question.reading.words if one.word in matter)


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
