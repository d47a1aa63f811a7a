"""Several things or places in one question: "R or S?", "on each node or only on one?"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kb.ask import phrases
from kb.ask.answer import Verdict
from kb.ask.decide.judging import all_of, ruling
from kb.ask.decide.question import Question
from kb.ask.decision import Decision, Duties, Point, Ruling, Unjoined, Unrecorded, requirements_of
from kb.ask.reading import Reading
from kb.ask.verdicts import Column
from kb.model import Placement


def of_things(question: Question, names: Sequence[str], column: Column) -> Decision | None:
    """Judge "R or S?" for each of them; neither yes nor no answers."""
    points: list[Point] = []
    for one in question.reading.resources:
        alone = question.changed(resources=(one,))
        points += [found for name in names if (found := ruling(alone, name, column)) is not None]
    return question.answered(list(map(in_words, points)), list(names)) if points else None


def in_words(point: Point) -> Point:
    """Return the point without a yes or no, which it then says in words alone."""
    if isinstance(point, Ruling | Unjoined) and point.verdict != "depends":
        return replace(point, verdict=None)
    return point


def of_all_things(question: Question, names: Sequence[str], column: Column) -> Decision | None:
    """Judge "R and S?", or "on each node and an R?", for each of them; all must be so."""
    reading = question.reading
    parts = [question.changed(resources=(one,)) for one in reading.resources]
    if is_place_and_thing(reading):
        parts = [question.changed(resources=()), question.changed(placement=None)]
    points: list[Point] = []
    for alone in parts:
        points += [ruling(alone, name, column) or Unrecorded(name) for name in names]
    if all(isinstance(one, Unrecorded) for one in points):
        return None
    verdict = all_of([getattr(one, "verdict", None) for one in points])
    return question.answered(_each_once(points), list(names), verdict)


def is_place_and_thing(reading: Reading) -> bool:
    """Return whether a place is asked about, and behind "and" a thing."""
    before, joined, behind = reading.line.partition(" and ")
    is_placed = phrases.first_meaning("placement", before) not in (None, "once-per-deployment")
    return bool(joined) and is_placed and " R" not in before and " R" in f" {behind}"


def _each_once(points: Sequence[Point]) -> list[Point]:
    """Return the points without those that rest on the same statements with the same verdict."""
    found = {(requirements_of(one) or (one,), getattr(one, "verdict", None)): one for one in points}
    return list(found.values())


_ONCE: tuple[Placement, ...] = ("once-per-cluster", "once-per-deployment")
"""Where something is that is on no node of its own: "on every node or just one?"."""


def of_places(question: Question, names: Sequence[str], column: Column) -> Decision | None:
    """Judge each place; of places to choose from, tell the one that the pages name."""
    points: list[Point] = []
    verdicts: list[Verdict | None] = []
    for name in names:
        found = _by_place(question, name, column)
        if not found and question.reading.is_alternative:
            points += _once(question, name)
        if question.reading.is_alternative:
            points += _chosen(found)
        else:
            points += found
            verdicts += [getattr(one, "verdict", None) for one in found]
    if not points:
        return None
    verdict = None if question.reading.is_alternative else all_of(verdicts)
    return question.answered(points, list(names), verdict)


def _once(question: Question, name: str) -> list[Point]:
    """Return what says that there is one of a component, on no node of its own."""
    asked = question.duties(name).requirements
    stated = tuple(one for one in asked if one.level == "must" and one.placement in _ONCE)
    return [Duties(name, stated, question.reading.topologies)] if stated else []


def _by_place(question: Question, name: str, column: Column) -> list[Point]:
    readings = (
        replace(question.reading, placement=one, places=(), is_alternative=False)
        for one in question.reading.places
    )
    found = (ruling(Question(question.ground, one), name, column) for one in readings)
    return [one for one in found if one is not None]


def _chosen(found: Sequence[Point]) -> list[Point]:
    """Return the point with the best verdict, which it then says in words alone."""
    ranked = sorted(found, key=lambda one: _RANK.get(getattr(one, "verdict", None), 3))
    return [in_words(one) for one in ranked[:1]]


_RANK: dict[Verdict | None, int] = {"yes": 0, "depends": 1, "no": 2}
