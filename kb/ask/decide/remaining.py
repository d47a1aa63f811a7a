"""What is left to do where somebody tells what is done: "A is on both nodes, anything else?"."""

from __future__ import annotations

import re
from dataclasses import replace

from kb.ask.answer import Verdict
from kb.ask.decide.question import Question
from kb.ask.decision import Decision, Duties, Point, Ruling
from kb.ask.matching import find
from kb.ask.reading import Form, Reading
from kb.ask.subjects import holder_of
from kb.ask.verdicts import Match
from kb.catalog import Requirement
from kb.model import Level

_FORMS: frozenset[Form] = frozenset({"yes-no", "what-must", "which"})
_ON_SOME = ("particular-node", "one-node")
"""Places that are not yet each node."""
_REST = re.compile(
    r"\b(?:any|some)thing\b(?:\s+\w+){0,4}?\s+(?:else|left|more|further|missing|remaining)\b"
    r"|\bwhat(?:'s|\s+is)?\s+(?:else|more|left|missing)\b|\bwhat\s+(?:still\s+)?remains\b",
    re.IGNORECASE,
)
"""It is asked what is left."""
_CLAUSE_END = re.compile(r"[,.;:!?\n]+(?=\s|$)")
_CIRCUMSTANCE = re.compile(
    r"\b(?:once|after|now\s+that|when|if|since|given\s+that)\b", re.IGNORECASE
)
_LEFT: frozenset[Level] = frozenset({"must", "should", "must-not", "should-not"})
"""Levels of what there may be to do or to keep to."""


def remaining(question: Question) -> Decision | None:
    """Tell what is asked besides what somebody tells to have done, or that nothing is."""
    if question.reading.form not in _FORMS or (told := _told(question)) is None:
        return None
    left: dict[str, list[Requirement]] = {}
    done: dict[str, list[Requirement]] = {}
    for name in told.components:
        if (refs := _done(question, told, name)) is None:
            return None
        asked = [one for one in question.duties(name).requirements if one.level in _LEFT]
        left[name] = [one for one in asked if one.ref not in refs]
        done[name] = [one for one in asked if one.ref in refs]
    is_yes_no = question.reading.form == "yes-no"
    if not any(left.values()):
        points = [_point(question, *one) for one in done.items()]
        nothing: Verdict | None = "no" if is_yes_no else None
        points = [_nothing_else(one, nothing) for one in points]
        return question.answered(points, told.components, nothing)
    if not is_yes_no:
        named = question.reading.topologies
        duties = [Duties(name, tuple(rest), named) for name, rest in left.items() if rest]
        return question.answered(duties, told.components)
    points = [_point(question, name, rest) for name, rest in left.items() if rest]
    depends = all(isinstance(one, Ruling) and one.verdict == "depends" for one in points)
    return question.answered(points, told.components, "depends" if depends else "yes")


def _told(question: Question) -> Reading | None:
    """Return what is told beside the clause that asks what is left; None: no such thing."""
    text = question.reading.question
    if (asked := _REST.search(text)) is None:
        return None
    ends = [one.end() for one in _CLAUSE_END.finditer(text)]
    begin = max((end for end in ends if end <= asked.start()), default=0)
    end = min((end for end in ends if end >= asked.end()), default=len(text))
    told = text[:begin] + text[end:] if text[end:].strip() else text[:begin]
    rest = text[begin:end].rstrip("? ")
    if (circumstance := _CIRCUMSTANCE.search(rest, asked.end() - begin)) is not None:
        rest, told = rest[: circumstance.start()], told or rest[circumstance.end() :]
    read = question.reader.read
    if not told.strip() or read(rest).components or "?" in told:
        return None
    stated = read(told)
    says_what = stated.placement is not None or bool(stated.resources)
    return stated if stated.components and says_what and not stated.is_negated else None


def _done(question: Question, told: Reading, name: str) -> frozenset[str] | None:
    """Return the references of what is done; None: the pages say otherwise, or nothing of it."""
    reading = replace(told, components=(name,))
    objects = Question(question.ground, reading).objects_for(name)
    found = find(
        question.catalog, question.facts, holder_of(question.catalog, name), reading, objects
    )
    if not found.matches or any(
        one.requirement.level not in ("must", "should") for one in found.matches
    ):
        return None
    half = {one.requirement.ref for one in found.matches if _is_half_done(told, one.requirement)}
    if half and question.reading.form != "yes-no":
        return None  # what is told is corrected then
    return frozenset(one.requirement.ref for one in found.matches) - half


def _is_half_done(told: Reading, requirement: Requirement) -> bool:
    """Return whether something is said of one node only that is asked on each."""
    return told.placement in _ON_SOME and requirement.placement == "each-node"


def _point(question: Question, name: str, stated: list[Requirement]) -> Point:
    """Return the ruling on what must be done, or what else is asked."""
    musts = [Match(one) for one in stated if one.level == "must"]
    if not musts:
        return Duties(name, tuple(stated), question.reading.topologies)
    judgement = question.judge(musts, "required", holder_of(question.catalog, name))
    return Ruling(name, judgement.verdict, "required", judgement)


def _nothing_else(point: Point, verdict: Verdict | None) -> Point:
    return replace(point, verdict=verdict, is_all=True) if isinstance(point, Ruling) else point
