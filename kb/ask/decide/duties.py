"""Questions after what must be done, and where."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kb.ask import phrases, worlds
from kb.ask.decide.bearing import bearing, spoken_of, without_weaker
from kb.ask.decide.question import Question
from kb.ask.decision import Decision, Definition, Duties, Placed, Point, Uses
from kb.ask.described import by_whole_role, of_kinds
from kb.ask.index import bounded
from kb.ask.reading import Reading
from kb.ask.subjects import holder_of
from kb.ask.worded import slot_words
from kb.catalog import Component, Requirement
from kb.model import Level


def what_must(question: Question) -> Decision | None:
    """Tell what must be done for the components that the question is about."""
    is_bare = question.reading.is_bare and not slot_words(question.reading)
    is_bare = is_bare and not phrases.has("timing", "case", question.reading.line)
    if is_bare and not question.subjects.components and question.reading.resources:
        return definition_of_things(question)
    if (spared := not_asked(question)) is not None:
        return spared
    names = question.named_or_implied()
    if names is None and is_bare:
        return definition_of_things(question)
    if question.asks_for_the_unknown():
        return None
    if names is None:
        return statements_told(question)
    points = [_particular(question, name) for name in names]
    if phrases.has("resource-kind", "yes", question.reading.line):
        points = [_with_resources(one) for one in points]
    return question.answered(points, [one for one in names if one in question.catalog.components])


def not_asked(question: Question) -> Decision | None:
    """Tell what need not be done, or must not, where no component is named.

    Of what need not be done are also those components of which nothing is asked.
    """
    reading = question.reading
    levels = _levels_against(reading)
    things = question.subjects.components or question.subjects.objects or reading.shared
    said = reading.conditions or reading.procedures or slot_words(reading) or reading.unknown
    if not levels or things or said or reading.placement is not None:
        return None
    found = [question.duties(one.id) for one in bounded(of_kinds(question.index, reading))]
    points = [
        replace(one, requirements=tuple(r for r in one.requirements if r.level in levels))
        for one in found
    ]
    is_spared = "need-not" in levels
    told = [one for one in points if one.requirements or (is_spared and one.asks_nothing)]
    return question.answered(told, [one.holder for one in told]) if told else None


def _levels_against(reading: Reading) -> tuple[Level, ...]:
    """Return the levels of what is asked for, where that is what need not be, or must not."""
    is_negated = reading.is_negated or " not i " in reading.line
    if reading.modality == "skip" or (is_negated and reading.modality in ("need", "required")):
        return ("need-not",)
    is_against = reading.modality in ("forbidden", "discouraged")
    if is_against or (is_negated and reading.modality in ("can", "recommended")):
        return ("must-not", "should-not")
    return ()


def _particular(question: Question, name: str) -> Duties:
    """Return the duties that bear on what is asked about; all of them where nothing does."""
    duties = question.duties(name)
    kept = without_weaker(question, name, duties.requirements)
    duties = replace(duties, requirements=tuple(kept))
    chosen = bearing(question, name)
    return replace(duties, requirements=chosen) if chosen else _told_apart(duties)


def _told_apart(duties: Duties) -> Duties:
    """Return the duties with what may be done, and need not be, apart from what must be."""
    besides = tuple(one for one in duties.requirements if one.level in ("may", "need-not"))
    asked = tuple(one for one in duties.requirements if one not in besides)
    if not any(one.level in ("must", "must-not") for one in asked):
        return duties
    return replace(duties, requirements=asked, besides=besides)


def statements_told(question: Question) -> Decision | None:
    """Tell the statements that have the words of the question."""
    named = question.reading.topologies
    found = spoken_of(question)
    points = [Duties(name, stated, named) for name, stated in found.items()]
    names = [one for one in found if one in question.catalog.components]
    return question.answered(points, names) if points else None


def _with_resources(point: Duties) -> Duties:
    """Return only those duties that name a resource, if any does."""
    named = tuple(one for one in point.requirements if one.resources)
    return replace(point, requirements=named) if named else point


def where(question: Question) -> Decision | None:
    """Tell where the components that the question is about run, or are put."""
    if question.asks_for_the_unknown():
        return None
    points: list[Point] = []
    named = question.subjects.components
    by_role = () if named else by_whole_role(question.facts, question.reading)
    if by_role:
        told = [Definition("component", name, wants_role=True) for name in by_role]
        return question.answered(told, by_role)
    names = named or question.named_or_implied() or ()
    if (used := _taken_from(question, names)) is not None:
        return used
    for name in names:
        holder = holder_of(question.catalog, name)
        open_worlds = question.worlds(holder, holder.requirements)
        placing = tuple(
            one
            for one in holder.requirements
            if _names_a_place(question, one)
            and any(worlds.applies(one, world) for world in open_worlds)
        )
        if isinstance(holder, Component) and holder.placement is not None:
            points.append(Placed(name, holder.placement, holder.nodes))
        if placing:
            points.append(Duties(name, placing, question.reading.topologies))
    if not points and not question.subjects.components and not question.reading.resources:
        points = [Definition("component", name, wants_role=True) for name in names]
    if not points:
        return None
    return question.answered(points, list(names))


def _taken_from(question: Question, names: Sequence[str]) -> Decision | None:
    """Tell whose data the components named use, where it is asked where they get it."""
    if not phrases.has("taken-from", "yes", question.reading.line):
        return None
    named = [
        question.catalog.components[one] for one in names if one in question.catalog.components
    ]
    pairs = [(one.id, used) for one in named for used in one.uses]
    return question.answered([Uses(tuple(pairs))], [one for one, _ in pairs]) if pairs else None


def _names_a_place(question: Question, requirement: Requirement) -> bool:
    if requirement.placement is not None:
        return True
    verb = question.facts.action(requirement).verb
    return bool(requirement.resources) and bool(verb & question.reader.placing_marks)


def definition_of_things(question: Question) -> Decision | None:
    """Tell what the things are that the question names, and nothing else."""
    reading = question.reading
    points: list[Point] = [Definition("resource", one) for one in reading.resources]
    points += [Definition("topology", one) for one in reading.topologies if not points]
    return question.answered(points, ()) if points else None
