"""Questions after how something is done, and which document tells it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from kb.ask import data, phrases
from kb.ask.decide.bearing import closest, holding, spoken_of
from kb.ask.decide.duties import what_must
from kb.ask.decide.question import Question
from kb.ask.decision import Check, Decision, Duties, Instruction, Point, Sourced
from kb.ask.facts import marks, marks_of
from kb.ask.matching import Found, find
from kb.ask.subjects import holder_of
from kb.ask.verdicts import Match
from kb.ask.worded import has_all, slot_words
from kb.ask.words import tokens
from kb.catalog import Component, Product, Requirement


def how(question: Question) -> Decision | None:
    """Tell how something is done: the steps, or the procedure to look for."""
    reading = question.reading
    names = question.named_or_implied()
    if question.asks_for_the_unknown() or phrases.has("extent", "yes", reading.line):
        return None
    if names is None and not question.reading.procedures:
        names = tuple(spoken_of(question)) or None
    if names is None or not all(one in question.catalog.components for one in names):
        is_of_all = names is not None and (reading.topologies or "cluster" in reading.stems)
        procedure = _procedure_by_name(question)
        is_told = procedure is not None and any(
            isinstance(one, Instruction) and one.steps for one in procedure.points
        )
        return procedure if is_told or not is_of_all else what_must(question) or procedure
    points: list[Point] = []
    is_particular = bool(slot_words(reading)) and not question.of_topic()
    for name in names:
        holder = holder_of(question.catalog, name)
        objects = question.objects_for(name)
        found = find(question.catalog, question.facts, holder, reading, objects)
        chosen = _chosen(question, name, found)
        if not objects and all(one.level == "need-not" for one in chosen):
            chosen = ()
        if not chosen and (is_particular or objects) and found.target != "clustering":
            continue
        duties = question.duties(name)
        if not chosen:
            asked = [one for one in duties.requirements if one.level != "need-not"]
            duties = replace(duties, requirements=tuple(asked))
        if chosen:
            causes = {one.by for one in chosen}
            brought = holding(question, name, [r for r in holder.requirements if r.ref in causes])
            chosen = tuple(dict.fromkeys((*brought, *chosen)))
            duties = replace(duties, requirements=chosen)
        told = instructions(question, duties.requirements, holder)
        if chosen and is_particular:
            told = [one for one in told if _is_meant(question, one, holder)]
        points += _steps_first(duties, told)
    if not points:
        return _procedure_by_name(question)
    return question.answered([*points, *_general_checks(question, points)], list(names))


def _is_meant(question: Question, told: Point, holder: Component | Product) -> bool:
    """Return whether steps are those of a statement, or of a procedure with words of the question.

    A title to look for is told in any case.
    """
    if not isinstance(told, Instruction) or told.procedure is None or not told.steps:
        return True
    if told.procedure != getattr(holder, "procedure", None):
        return True
    title = marks_of(tokens(question.catalog.procedures[told.procedure].title))
    slots = slot_words(question.reading)
    return any(marks(one.stem) & title for one in question.reading.words if one.word in slots)


def _chosen(question: Question, name: str, found: Found) -> tuple[Requirement, ...]:
    """Return the statements that tell what is to be done.

    Where no word carries matter, those under a condition that is stated go before all others.
    """
    holder = holder_of(question.catalog, name)
    chosen = holding(question, name, [one.requirement for one in found.matches])
    if found.target == "action":
        chosen = closest(question, chosen)
    said = {one for one, is_so in question.reading.conditions.items() if is_so}
    under = [one for one in holder.requirements if said & set(one.when)]
    if found.target == "whole" and not question.reading.components:
        return holding(question, name, under)
    if found.target not in ("placement", "action"):
        return chosen
    ways = holding(question, name, _ways(question, holder))
    if slot_words(question.reading):
        return tuple(dict.fromkeys((*chosen, *ways)))
    if found.target == "action" and (told := holding(question, name, under)):
        return told
    return tuple(dict.fromkeys((*chosen, *ways)))


def _ways(question: Question, holder: Component | Product) -> list[Requirement]:
    """Return the options that tell other ways to do what the question says, in whatever words."""
    reading = question.reading
    stems = [one.stem for one in reading.words if one.stem not in data.stems_of("nodes")]
    verbs = [one for one in map(marks, stems) if len(one) > 1]
    if not verbs and reading.placement is not None:
        verbs = [question.reader.placing_marks]  # how it comes there
    slots = slot_words(reading)
    return [
        one
        for one in holder.requirements
        if one.level == "may" and not one.resources
        if any(verb & question.facts.action(one).verb for verb in verbs)
        if has_all(question.facts, Match(one), slots, reading)
    ]


def _steps_first(duties: Duties, told: list[Point]) -> list[Point]:
    """Return the steps before what they bring about; a title to look for, behind it."""
    is_recorded = any(isinstance(one, Instruction) and one.steps for one in told)
    return [*told, duties] if is_recorded else [duties, *told]


def _general_checks(question: Question, points: Iterable[Point]) -> list[Point]:
    """Return the checks of the resources that are made by steps which are not recorded."""
    names = dict.fromkeys(
        name
        for one in points
        if isinstance(one, Instruction) and one.requirement is not None and not one.steps
        for name in one.requirement.resources
    )
    found = [question.catalog.resources[one] for one in names if one in question.catalog.resources]
    return [Check(one.verify, None, one.id) for one in found if one.verify is not None]


def procedures(question: Question) -> Decision | None:
    """Tell the procedures that the components named refer to, or all of them."""
    reading = question.reading
    is_asked = phrases.has("procedures", "yes", reading.line) and not slot_words(reading)
    if not is_asked or reading.resources or reading.conditions:
        return None
    holders = [question.catalog.components[one] for one in reading.components]
    wanted = {r.procedure for one in holders for r in one.requirements if r.procedure}
    wanted |= {one.procedure for one in holders if one.procedure}
    found = [
        one
        for one in question.catalog.procedures.values()
        if one.is_published and (one.id in wanted or not holders)
    ]
    points = [Instruction(None, one.id, ()) for one in found]
    return question.answered(points, reading.components) if points else None


def _procedure_by_name(question: Question) -> Decision | None:
    names = question.reading.procedures or _procedures_by_words(question)
    if not names:
        return None
    procedure = question.catalog.procedures[names[0]]
    return question.answered([Instruction(None, procedure.id, procedure.steps)], [])


def _procedures_by_words(question: Question) -> tuple[str, ...]:
    """Return the one procedure whose title has a verb of the question and all of its matter."""
    reading = question.reading
    slots = set(slot_words(reading))
    found: list[str] = []
    for procedure in question.catalog.procedures.values():
        title = marks_of(tokens(procedure.title))
        verb = marks_of(tokens(procedure.title)[:1])
        has_verb = any(marks(one.stem) & verb for one in reading.words)
        if has_verb and all(marks(one.stem) & title for one in reading.words if one.word in slots):
            found.append(procedure.id)
    return tuple(found) if len(found) == 1 else ()


def instructions(
    question: Question, requirements: Iterable[Requirement], holder: Component | Product
) -> list[Point]:
    """Return how these requirements are met, each procedure once."""
    found: dict[tuple[str | None, tuple[str, ...]], Instruction] = {}
    for one in requirements:
        if one.level not in ("must", "should", "may", "automatic"):
            continue
        steps = one.steps
        if one.procedure is not None:
            steps = question.catalog.procedures[one.procedure].steps
        if one.procedure is None and not steps:
            continue
        found.setdefault((one.procedure, steps), Instruction(one, one.procedure, steps))
    if not found and isinstance(holder, Component) and holder.procedure is not None:
        steps = question.catalog.procedures[holder.procedure].steps
        return [Instruction(None, holder.procedure, steps)]
    return list(found.values())


def document(question: Question) -> Decision | None:
    """Tell which procedure describes something, or which source says it."""
    reading = question.reading
    if phrases.has("source", "yes", reading.line):
        return _sources(question)
    points: list[Point] = []
    for name in reading.components:
        holder = question.catalog.components[name]
        points += instructions(question, holder.requirements, holder)
    if points:
        return question.answered(points, list(reading.components))
    return _procedure_by_name(question) or _sources(question)


def _sources(question: Question) -> Decision | None:
    """Tell from which source the pages have what is asked about."""
    if question.asks_for_the_unknown():
        return None
    saying = data.word_lists()["saying"]
    words = tuple(one for one in question.reading.words if one.word not in saying)
    reading = replace(question.reading, words=words)
    points: list[Point] = []
    for name in question.subjects.components:
        holder = holder_of(question.catalog, name)
        objects = question.objects_for(name)
        found = find(question.catalog, question.facts, holder, reading, objects)
        deciding = question.judge(found.matches, "uses", holder).matches
        points += [Sourced(name, "component", one.requirement) for one in deciding]
        if not found.matches and found.target == "whole":
            points.append(Sourced(name, "component"))
    if not question.subjects.components and not slot_words(reading):
        points += [Sourced(one, "resource") for one in reading.resources]
        points += [Sourced(one, "topology") for one in reading.topologies if not points]
        points += [Sourced(one, "product") for one in reading.products if not points]
    return question.answered(points, list(question.subjects.components)) if points else None
