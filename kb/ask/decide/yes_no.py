"""Questions that want yes or no, for one component, several, or none that is named."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kb.ask import phrases
from kb.ask.answer import Verdict
from kb.ask.decide.alternatives import of_all_things, of_places, of_things
from kb.ask.decide.judging import all_of, ruling
from kb.ask.decide.listing import without_requirements
from kb.ask.decide.question import Question
from kb.ask.decide.unnamed import (
    better_said,
    counted_by_product,
    elsewhere,
    implied,
    needed_for,
    of_product,
)
from kb.ask.decision import Decision, Duties, Point, Ruling, Unjoined, Unrecorded
from kb.ask.subjects import holder_of
from kb.ask.verdicts import Match, column_of


def yes_no(question: Question) -> Decision | None:
    """Decide whether something is so, must be so, may be so."""
    reading = question.reading
    if question.asks_for_the_unknown():
        return None
    if (existing := without_requirements(question)) is not None:
        return existing
    names = question.subjects.components
    if not names:
        return _without_component(question)
    if (said := _said_otherwise(question)) is not None:
        return said
    column = column_of(reading.modality, is_object_negated=reading.is_object_negated)
    if phrases.has("either", "yes", reading.line) and len(reading.resources) > 1:
        return of_things(question, names, column)
    if phrases.has("joined", "yes", reading.line):
        return of_all_things(question, names, column)
    if len(reading.places) > 1:
        return of_places(question, names, column)
    rulings = {name: ruling(question, name, column) for name in names}
    if not any(rulings.values()):
        other = elsewhere(question)
        return yes_no(other) if other is not None else None
    points: list[Point] = [found or Unrecorded(name) for name, found in rulings.items()]
    verdicts = [getattr(one, "verdict", None) for one in points]
    if reading.quantifier == "any":
        kept = [one for one in points if getattr(one, "verdict", None) in ("yes", "depends")]
        points = kept or points
        names = tuple(getattr(one, "holder", "") for one in points)
        verdict = _any_of(verdicts)
    elif len(names) > 1 and len(set(verdicts)) > 1 and reading.quantifier is None:
        verdict = None
    else:
        verdict = all_of(verdicts) if len(verdicts) > 1 else verdicts[0]
    if reading.is_alternative and verdict != "depends":
        points, verdict = [_in_words(one) for one in points], None
    points = [each for one in points for each in (one, *reminder(question, one))]
    return question.answered(points, list(names), verdict)


def _in_words(point: Point) -> Point:
    """Return the point without a yes or no, which it then says in words alone."""
    if isinstance(point, Ruling) and point.verdict != "depends":
        return replace(point, verdict=None)
    return point


def _said_otherwise(question: Question) -> Decision | None:
    """Judge by the product or by another component, where their statements say more of it."""
    if (counted := counted_by_product(question)) is not None:
        return counted
    other = better_said(question) or needed_for(question)
    return None if other is None else yes_no(other)


def _without_component(question: Question) -> Decision | None:
    if (decision := of_product(question)) is not None:
        return decision
    meant = implied(question)
    return yes_no(meant) if isinstance(meant, Question) else meant


def reminder(question: Question, point: Point) -> list[Point]:
    """Return what is asked instead, behind a denial."""
    if isinstance(point, Unjoined) and not point.asks_nothing:
        duties = question.duties(point.holder, is_reminder=True)
        return [duties] if duties.requirements else []
    if isinstance(point, Ruling) and point.verdict == "no":
        return instead_of(question, point.holder, point.judgement.matches)
    if isinstance(point, Ruling) and point.verdict == "yes" and point.column == "skip":
        return _other_ways(question, point)
    return []


def _other_ways(question: Question, point: Ruling) -> list[Point]:
    """Return how else may be done what need not be done in the way that is named."""
    named = [one.requirement for one in point.judgement.matches]
    if any(one.level != "may" for one in named):
        return []
    holder = holder_of(question.catalog, point.holder)
    verbs = frozenset().union(*(question.facts.action(one).verb for one in named))
    stated = tuple(
        one
        for one in holder.requirements
        if one.level == "may" and one not in named and verbs & question.facts.action(one).verb
    )
    topologies = question.reading.topologies
    return [Duties(point.holder, stated, topologies)] if stated else []


def instead_of(question: Question, name: str, matches: Sequence[Match]) -> list[Point]:
    """Return what takes the place of these statements, and what brings it about."""
    shown = {one.requirement.ref for one in matches}
    wanted = {one.requirement.instead for one in matches}
    holder = holder_of(question.catalog, name)
    wanted |= {one.by for one in holder.requirements if one.ref in wanted}
    found = [one for one in holder.requirements if one.ref in wanted and one.ref not in shown]
    if not found:
        return []
    named = question.reading.topologies
    return [Duties(name, tuple(found), named, is_reminder=True, is_instead=True)]


def _any_of(verdicts: Sequence[Verdict | None]) -> Verdict | None:
    weighty: tuple[Verdict, ...] = ("yes", "depends")
    for one in weighty:
        if one in verdicts:
            return one
    return "no" if "no" in verdicts else None
