"""The statements that bear on what is asked, where something particular is asked about."""

from __future__ import annotations

from collections.abc import Iterable

from kb.ask import worlds
from kb.ask.decide.question import Question
from kb.ask.facts import marks
from kb.ask.matching import ACTION_DISTANCE, by_words, find, slot_words
from kb.ask.subjects import holder_of
from kb.ask.worlds import World
from kb.catalog import Requirement

_MOST_HOLDERS = 3
"""Components of which the words of a question may speak; of more it says too little."""

_STRENGTH = ("must", "should", "may")
"""Levels that ask for the same, the strongest first."""
_LEAST_SPOKEN = 2
"""Words that a statement must share with a question that names no component."""


def bearing(question: Question, name: str) -> tuple[Requirement, ...]:
    """Return the statements on the things and words that are asked about, empty when on none."""
    holder = holder_of(question.catalog, name)
    objects = question.objects_for(name)
    found = find(question.catalog, question.facts, holder, question.reading, objects)
    if found.target == "whole" or not (objects or _is_particular(question, found.target)):
        return ()
    is_by_words = found.target == "action"
    inherited = range(1, ACTION_DISTANCE)
    stated = [one.requirement for one in found.matches if one.distance not in inherited]
    held = holding(question, name, stated)
    return closest(question, held) if is_by_words else held


def holding(
    question: Question, name: str, stated: Iterable[Requirement]
) -> tuple[Requirement, ...]:
    """Return those of the statements that hold in some world that the question leaves open."""
    holder = holder_of(question.catalog, name)
    open_worlds = question.worlds(holder, holder.requirements)
    return tuple(one for one in stated if any(worlds.applies(one, world) for world in open_worlds))


def closest(
    question: Question, stated: Iterable[Requirement], least: int = 0
) -> tuple[Requirement, ...]:
    """Return the statements that have most of the question's words, and at least so many."""
    asked = [marks(one.stem) for one in question.reading.words]
    listed = list(stated)
    shares = [
        sum(bool(one & question.facts.action(each).marks) for one in asked) for each in listed
    ]
    best = max(shares, default=0)
    return tuple(one for one, share in zip(listed, shares, strict=True) if share == best >= least)


def without_weaker(
    question: Question, name: str, stated: Iterable[Requirement]
) -> list[Requirement]:
    """Return the statements without those that a stronger one of the same matter covers."""
    listed = list(stated)
    holder = holder_of(question.catalog, name)
    open_worlds = question.worlds(holder, listed)
    return [one for one in listed if not _is_covered(one, listed, open_worlds)]


def _is_covered(
    weaker: Requirement, listed: Iterable[Requirement], open_worlds: Iterable[World]
) -> bool:
    stronger = [
        one
        for one in listed
        if one.level in _STRENGTH and weaker.level in _STRENGTH
        if _STRENGTH.index(one.level) < _STRENGTH.index(weaker.level)
        if (one.resources, one.placement) == (weaker.resources, weaker.placement)
    ]
    matter = weaker.resources or weaker.placement
    return bool(matter and stronger) and all(
        any(worlds.applies(one, world) for one in stronger)
        for world in open_worlds
        if worlds.applies(weaker, world)
    )


def spoken_of(question: Question, least: int = _LEAST_SPOKEN) -> dict[str, tuple[Requirement, ...]]:
    """Return the statements that have the words of a question which names no component."""
    slots = set(slot_words(question.reading))
    if not slots:
        return {}
    wanted = [marks(one.stem) for one in question.reading.words if one.word in slots]
    found = [
        match.requirement
        for holder in question.index.saying(wanted)
        for match in by_words(question.facts, holder.requirements, question.reading)
        if match.requirement.component == match.requirement.owner
    ]
    by_holder: dict[str, tuple[Requirement, ...]] = {}
    for one in closest(question, found, least):
        if holding(question, one.component, (one,)):
            by_holder[one.component] = (*by_holder.get(one.component, ()), one)
    return by_holder if len(by_holder) <= _MOST_HOLDERS else {}


def _is_particular(question: Question, target: str) -> bool:
    if target == "count" and question.reading.counted == ("node",):
        return False
    return target in ("count", "placement", "object") or bool(slot_words(question.reading))
