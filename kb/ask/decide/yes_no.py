"""Questions that want yes or no, for one component, several, or none that is named."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from kb.ask import phrases
from kb.ask.answer import Verdict
from kb.ask.decide.alternatives import (
    in_words,
    is_place_and_thing,
    of_all_things,
    of_places,
    of_things,
)
from kb.ask.decide.doers import done_by
from kb.ask.decide.duties import any_of_level, not_asked
from kb.ask.decide.judging import all_of, belonging, ruling, under_conditions
from kb.ask.decide.listing import anything_with, existing
from kb.ask.decide.question import Question
from kb.ask.decide.tasks import anothers_task, clearly_anothers, towards_another
from kb.ask.decide.unnamed import (
    better_said,
    by_products_words,
    counted_by_product,
    elsewhere,
    implied,
    needed_for,
    of_product,
    speaking_of_both,
)
from kb.ask.decision import Decision, Duties, Point, Ruling, Unjoined, Unrecorded
from kb.ask.facts import marks
from kb.ask.reading import Reading
from kb.ask.subjects import holder_of
from kb.ask.verdicts import Column, Match, column_of

_BINDING = ("required", "need")
_ON_EACH = re.compile(r" C .*(?:on|at) (?:each|everi|all)(?: the| of the| our)? C(?: |$)")
"""A component is to be wherever another one is."""
_EVENT = re.compile(
    r"^ (?:doe|do|will|would|can|could|may|might)(?: a| an| each| every) R"
    r" (?:interrupt|break|kill|stop|cancel|abort|affect|impact|harm|damag|hurt|disturb)(?= )"
)
"""It is asked what an event does to something: what is to be done does not tell."""
_BEING = re.compile(r" C (?:(?:have|need|ha) to )?(?:be|is|are|becom|run as|as)(?: an?| one)? T$")
"""A component is to be what a topology is called: "must a shard be a T"."""
_AT_ALL = frozenset({"anything", "nothing", "something"})
"""Words by which it is asked whether there is something to do."""


def yes_no(question: Question, *, is_moved: bool = False) -> Decision | None:
    """Decide whether something is so, must be so, may be so.

    A question that was moved to another component, whose statements say more, stays there: two that
    each point at the other would send it to and fro.
    """
    reading = question.reading
    if _is_no_statements(question):
        return None
    if (listed := existing(question)) is not None:
        return listed
    names = question.subjects.components
    if not names:
        return _without_component(question)
    if (said := any_of_level(question) or _by_product_or_condition(question)) is not None:
        return said
    if (placed := _on_nodes_of_another(question) or _as_a_topology(question)) is not None:
        return placed
    if (other := None if is_moved else _saying_more(question)) is not None:
        return yes_no(other, is_moved=True)
    column = column_of(reading.modality, is_object_negated=reading.is_object_negated)
    if phrases.has("either", "yes", reading.line) and len(reading.resources) > 1:
        return of_things(question, names, column)
    if phrases.has("joined", "yes", reading.line) or is_place_and_thing(reading):
        return of_all_things(question, names, column)
    if len(reading.places) > 1:
        return of_places(question, names, column)
    return _of_each(question, names, column, is_moved=is_moved)


def _of_each(
    question: Question, names: Sequence[str], column: Column, *, is_moved: bool
) -> Decision | None:
    """Judge component by component, and say together what is so of all, or of any."""
    reading = question.reading
    if (task := clearly_anothers(question) or towards_another(question)) is not None:
        return task
    rulings = {name: ruling(question, name, column) for name in names}
    said = _said_elsewhere(question, [*rulings.values()], is_moved=is_moved)
    if said is not None or not any(rulings.values()):
        return said
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
        points, verdict = [in_words(one) for one in points], None
    points = [each for one in points for each in (one, *reminder(question, one))]
    return question.answered(points, list(names), verdict)


def _said_elsewhere(
    question: Question, rulings: Sequence[Point | None], *, is_moved: bool
) -> Decision | None:
    """Judge by what others say of all that is named; where nothing is ruled, by the words too."""
    is_open = not any(rulings)
    if not is_open and not all(isinstance(one, Unjoined) for one in rulings):
        return None
    other = elsewhere(question) if is_open else None
    if not is_moved and (other := other or speaking_of_both(question)) is not None:
        return yes_no(other, is_moved=True)
    if not is_open:
        return None
    return by_products_words(question) or anothers_task(question)


def _to_be_made_so(question: Question) -> Decision | None:
    """Judge whether components are to be brought under a condition: that is for it to say."""
    reading, names = question.reading, question.subjects.components
    column = column_of(reading.modality)
    is_asked = column in ("required", "need", "recommended")
    if not is_asked or not phrases.has("made-so", "yes", reading.line):
        return None
    if phrases.has("needed-for", "yes", reading.line):
        return None
    asked = question.changed(conditions={})
    points: list[Point] = []
    for name in names:
        holder = holder_of(question.catalog, name)
        brought = [one for one in under_conditions(question, holder) if one.level != "may"]
        brought += [r for r in holder.requirements if r.level == "need-not" and r.resources]
        if not brought:
            is_free = getattr(holder, "asks_nothing", False)
            words = {mark for one in reading.words for mark in marks(one.stem)}
            facts = question.facts
            is_free |= any(words & facts.action(one).marks for one in holder.requirements)
            return None if is_free else question.abstain("not-recorded", [("component", name)])
        judgement = asked.judge([Match(one) for one in brought], column, holder)
        points.append(Ruling(name, question.turned(judgement.verdict), column, judgement))
    verdicts = {getattr(one, "verdict", None) for one in points}
    return question.answered(points, list(names), verdicts.pop() if len(verdicts) == 1 else None)


def _is_no_statements(question: Question) -> bool:
    """Return whether no statement tells what is asked."""
    line = question.reading.line
    is_event = phrases.has("befalling", "asked", line) or _EVENT.match(line) is not None
    return is_event or question.asks_for_the_unknown() or _asks_what_matters(question.reading)


def _asks_what_matters(reading: Reading) -> bool:
    """Return whether it is asked if one or another makes a difference: that is not stated."""
    return reading.placement is None and phrases.has("weighed", "indifferent", reading.line)


def _on_nodes_of_another(question: Question) -> Decision | None:
    """Judge whether a component is on each node of another, where a statement names those nodes."""
    names, reading = question.subjects.components, question.reading
    if len(names) != 2 or not _ON_EACH.search(reading.line):
        return None
    first, second = names
    holder = question.catalog.components[first]
    stated = [
        Match(one)
        for one in holder.requirements
        if one.placement == "each-node" and one.nodes == second
    ]
    if not stated:
        return None
    column = column_of(reading.modality, is_object_negated=reading.is_object_negated)
    judgement = question.judge(stated, column, holder)
    verdict = question.turned(judgement.verdict)
    return question.answered([Ruling(first, verdict, column, judgement)], [first], verdict)


def _as_a_topology(question: Question) -> Decision | None:
    """Judge whether a component is to be what a topology is called, where a statement says so."""
    names, reading = question.subjects.components, question.reading
    if len(names) != 1 or not _BEING.search(reading.line):
        return None
    holder = question.catalog.components[names[0]]
    if not (stated := belonging(question, holder)):
        return None
    column = column_of(reading.modality, is_object_negated=reading.is_object_negated)
    free = question.changed(topologies=())
    judgement = free.judge(stated, column, holder)
    verdict = question.turned(judgement.verdict)
    return free.answered([Ruling(holder.id, verdict, column, judgement)], names, verdict)


def _by_product_or_condition(question: Question) -> Decision | None:
    """Judge by the product or by a condition, where their statements say it."""
    return counted_by_product(question) or _to_be_made_so(question)


def _saying_more(question: Question) -> Question | None:
    """Ask another component instead, where its statements say more of it."""
    return better_said(question) or needed_for(question) or done_by(question)


def _without_component(question: Question) -> Decision | None:
    reading = question.reading
    if phrases.has("anything", "any", reading.line) and (told := not_asked(question)):
        return replace(told, verdict="yes")
    if (decision := _of_everything(question) or of_product(question)) is not None:
        return decision
    if (found := anything_with(question)) is not None:
        return found
    is_of_event = phrases.has("befalling", "yes", reading.line) and " K " in reading.line
    if is_of_event and reading.modality in ("can", "uses"):
        return None  # whether what is wanted goes on is not said of a component
    meant = implied(question)
    if not isinstance(meant, Question):
        return meant
    return yes_no(meant) if meant.subjects.components else None


def _of_everything(question: Question) -> Decision | None:
    """Judge whether a product needs anything at all, in a topology or in any."""
    reading = question.reading
    said = {one.word for one in reading.words}
    is_of_need = reading.modality in ("need", "required") and said & _AT_ALL
    if not is_of_need or reading.resources or reading.kinds or reading.placement is not None:
        return None
    duties = [question.duties(one, is_reminder=True) for one in question.named_or_implied() or ()]
    told = [replace(one, is_reminder=False) for one in duties if one.requirements]
    names = [one.holder for one in told]
    return question.answered(told, names, question.turned("yes")) if told else None


def reminder(question: Question, point: Point) -> Sequence[Point]:
    """Return what is asked instead, behind a denial."""
    if isinstance(point, Unjoined) and not point.asks_nothing:
        duties = question.duties(point.holder, is_reminder=True)
        return [duties] if duties.requirements else []
    if isinstance(point, Ruling) and point.verdict == "no":
        told = instead_of(question, point.holder, point.judgement.matches)
        return told if told or point.column not in _BINDING else _other_ways(question, point)
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


def instead_of(question: Question, name: str, matches: Sequence[Match]) -> list[Duties]:
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
    weighty: tuple[Verdict, ...] = ("yes", "depends", "no")
    return next((one for one in weighty if one in verdicts), None)
