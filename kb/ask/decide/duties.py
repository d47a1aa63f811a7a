"""Questions after what must be done, and where."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from kb.ask import phrases, worlds
from kb.ask.decide.bearing import bearing, spoken_of, without_weaker
from kb.ask.decide.judging import is_what_it_does
from kb.ask.decide.question import Question
from kb.ask.decision import Decision, Definition, Duties, Placed, Point, Uses
from kb.ask.described import by_whole_role, of_kinds
from kb.ask.facts import marks
from kb.ask.index import bounded
from kb.ask.reading import Reading
from kb.ask.subjects import holder_of
from kb.ask.worded import slot_words
from kb.ask.words import page_tokens
from kb.catalog import Component, Requirement
from kb.model import Level

_LEVELS_ASKED: Mapping[str, tuple[Level, ...]] = {
    "forbidden": ("must-not", "should-not"),
    "advised": ("should", "should-not"),
    "optional": ("may", "need-not"),
    "spared": ("need-not", "may"),
}
"""What is asked for, by the words for it."""
_PLACING = frozenset("in on at into onto inside outside within behind beside near under".split())
"""Before a place."""


_WHAT_IS = re.compile(r"^ what (?:is|are)(?: the| a| an)?(?: [a-z]+){1,3}$")


_WHAT_IT_USES = re.compile(
    r"^ what(?: data)? do(?:e)?(?: the| our| a)? C"
    r" (?:use|read|access|queri|depend on|talk to)(?: from)?$"
)


_WHAT_IS_A = re.compile(
    r"^ what(?: exact)? is an?(?: [a-z]+){1,3}?(?: (?:in|for|of|with)(?: the)? P)?$"
)


def _what_it_is(question: Question) -> Decision | None:
    """Tell what the components named use, or the roles of those that do what is asked for.

    "What is the night run" asks what does it.
    """
    reading = question.reading
    if _WHAT_IT_USES.match(reading.line):
        return _used_by(question, question.subjects.components)
    is_asked = _WHAT_IS.match(reading.line) and slot_words(reading) and not reading.kinds
    if not is_asked or reading.conditions or question.subjects.components:
        return None
    found = question.described()
    points = [Definition("component", one, wants_role=True) for one in found]
    return question.answered(points, found) if points else None


def _asks_for_a_word(question: Question) -> bool:
    """Return whether it is asked what a word means that nothing explains."""
    return not question.subjects.components and bool(_WHAT_IS_A.match(question.reading.line))


def what_must(question: Question) -> Decision | None:
    """Tell what must be done for the components that the question is about."""
    is_bare = question.reading.is_bare and not slot_words(question.reading)
    is_bare = is_bare and not phrases.has("timing", "case", question.reading.line)
    is_of_things = bool(question.reading.resources) and not question.reading.conditions
    if is_bare and not question.subjects.components and is_of_things:
        return definition_of_things(question)
    if (told := _what_it_is(question) or not_asked(question) or left_out(question)) is not None:
        return told
    names = question.named_or_implied()
    if names is None and is_bare:
        return definition_of_things(question)
    if question.asks_for_the_unknown() or _asks_for_a_word(question):
        return None
    if names is None:
        return statements_told(question)
    if question.subjects.components and all(is_what_it_does(question, one) for one in names):
        roles = [Definition("component", one, wants_role=True) for one in names]
        return question.answered(roles, names)
    points = [_particular(question, name) for name in names]
    is_of_all = not any(bearing(question, name) for name in names)
    wanted = _levels_asked(question) if is_of_all else ()
    if wanted and len(of_level := _of_levels(points, wanted)) == len(points):
        points = of_level
    if phrases.has("timing", "case", question.reading.line):
        points = _in_cases(question, points)
        names = tuple(one.holder for one in points)
    if phrases.has("resource-kind", "yes", question.reading.line):
        points = [_with_resources(one) for one in points]
    told_of = [one for one in names if one in question.catalog.components]
    return question.answered(points, told_of) if points else None


def _in_cases(question: Question, points: list[Duties]) -> list[Duties]:
    """Return what is asked in some cases; all where nothing is, none where it is not needed.

    Of those of which nothing is asked, what others ask in which they have a part.
    """
    told = [_in_some_cases(question, one) for one in points]
    told = [one for one in told if one.requirements]
    if not told and _done_in(question):
        return []
    if not told and all(one.asks_nothing for one in points):
        told = _asked_of_others(question, [one.holder for one in points])
    return told or points


def any_of_level(question: Question) -> Decision | None:
    """Decide whether anything is forbidden, advised or optional for the components named."""
    wanted = _levels_asked(question)
    if not wanted or not phrases.has("anything", "yes", question.reading.line):
        return None
    names = question.subjects.components
    points = [question.duties(one) for one in names]
    told = _of_levels(points, wanted)
    return question.answered(told or points, list(names), "yes" if told else "no")


def _levels_asked(question: Question) -> tuple[Level, ...]:
    """Return the levels that alone are asked for: "what is forbidden for A"; none for all."""
    reading = question.reading
    if reading.quantifier == "all" or slot_words(reading) or question.subjects.objects:
        return ()
    if reading.placement is not None:
        return ()
    return _LEVELS_ASKED.get(phrases.first_meaning("asked-level", reading.line) or "", ())


def _of_levels(points: Sequence[Duties], levels: Sequence[Level]) -> list[Duties]:
    """Return of each what has one of the levels, where anything has."""
    told = [
        replace(one, requirements=tuple(r for r in stated if r.level in levels), besides=())
        for one in points
        for stated in [(*one.requirements, *one.besides)]
    ]
    return [one for one in told if one.requirements]


def _in_some_cases(question: Question, point: Duties) -> Duties:
    """Return only those duties that hold in some circumstances, of what is said to be done."""
    done = _done_in(question)
    told = tuple(
        one
        for one in point.requirements
        if (one.when or one.unless or one.after)
        and (not done or done & question.facts.action(one).verb)
    )
    return replace(point, requirements=told, besides=())


def _asked_of_others(question: Question, names: Sequence[str]) -> list[Duties]:
    """Return what others ask in which the components named have a part."""
    found = {
        one.id: tuple(
            stated
            for stated in one.requirements
            if stated.level in ("must", "should", "automatic")
            and {*question.facts.action(stated).names, *stated.about}.intersection(names)
        )
        for one in bounded(question.index.touching(names))
        if one.id not in names
    }
    named = question.reading.topologies
    return [Duties(one, stated, named) for one, stated in found.items() if stated]


def _done_in(question: Question) -> frozenset[str]:
    """Return the marks of what is done, where it is asked when that is: not when it is needed."""
    if not question.reading.line.startswith(" when "):
        return frozenset()
    said = {mark for one in question.reading.words for mark in marks(one.stem)}
    return question.reader.having_marks & said


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


def left_out(question: Question) -> Decision | None:
    """Tell what would be asked, and is not where the conditions are not the case."""
    reading = question.reading
    said = [one for one, holds in reading.conditions.items() if not holds]
    conditions = question.catalog.conditions
    denied = frozenset(one for one in said if not set(conditions[one].descendants) & set(said))
    named = question.subjects.components
    if reading.modality != "skip" or not denied or question.subjects.objects or reading.unknown:
        return None
    holders = (
        [question.catalog.components[one] for one in named]
        if named
        else (bounded(of_kinds(question.index, reading)))
    )
    points = [_spared(question, one, denied) for one in holders]
    told = [one for one in points if one.requirements]
    return question.answered(told, [one.holder for one in told]) if told else None


def _spared(question: Question, holder: Component, denied: frozenset[str]) -> Duties:
    """Return what a component asks only where one of the conditions denied is the case."""
    conditions = question.catalog.conditions
    settled = {one for one in conditions if denied & {one, *conditions[one].ancestors}}
    named = question.reading.topologies
    found = tuple(
        one
        for one in holder.requirements
        if settled & set(one.when) and (not named or set(named) & set(one.topologies))
    )
    return Duties(holder.id, found, named, is_spared=True)


def _levels_against(reading: Reading) -> tuple[Level, ...]:
    """Return the levels of what is asked for, where that is what need not be, or must not."""
    if (said := phrases.first_meaning("asked-level", reading.line)) in ("advised", "optional"):
        return _LEVELS_ASKED[said]
    is_negated = reading.is_negated or " not i " in reading.line
    is_ruled_out = is_negated and " must " in f"{reading.line} "
    if reading.modality == "skip" or (
        is_negated and reading.modality in ("need", "required") and not is_ruled_out
    ):
        return ("need-not",)
    is_against = is_ruled_out or reading.modality in ("forbidden", "discouraged")
    is_against |= phrases.has("negation", "avoided", reading.line)
    if is_against or (is_negated and reading.modality in ("can", "recommended")):
        return ("must-not", "should-not")
    return ()


def _particular(question: Question, name: str) -> Duties:
    """Return the duties that bear on what is asked about; all of them where nothing does."""
    duties = question.duties(name)
    kept = without_weaker(question, name, duties.requirements)
    duties = replace(duties, requirements=tuple(kept))
    chosen = bearing(question, name)
    if chosen:
        return replace(duties, requirements=chosen)
    return _told_apart(duties, _under_others(question, duties.requirements))


def _under_others(question: Question, stated: Sequence[Requirement]) -> frozenset[str]:
    """Return the references of what is asked under conditions left open, where others are stated.

    Empty where the conditions stated have nothing to do with these statements.
    """
    said = question.reading.conditions
    conditional = [one for one in stated if one.when]
    holding = {name for one in conditional for name in one.when if said.get(name)}
    if not holding:
        return frozenset()
    return frozenset(
        one.ref
        for one in conditional
        if any(worlds.state(question.catalog, said, name) is None for name in one.when)
    )


def _told_apart(duties: Duties, others: frozenset[str]) -> Duties:
    """Return the duties with what may be done, and need not be, apart from what must be.

    Apart are those statements too whose references are among the others.
    """
    besides = tuple(
        one for one in duties.requirements if one.level in ("may", "need-not") or one.ref in others
    )
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
    return _used_by(question, names)


def _used_by(question: Question, names: Sequence[str]) -> Decision | None:
    """Tell what the components named use, if their pages say so."""
    named = [
        question.catalog.components[one] for one in names if one in question.catalog.components
    ]
    pairs = [(one.id, used) for one in named for used in one.uses]
    return question.answered([Uses(tuple(pairs))], [one for one, _ in pairs]) if pairs else None


def _names_a_place(question: Question, requirement: Requirement) -> bool:
    if requirement.placement is not None:
        return True
    holder = holder_of(question.catalog, requirement.component)
    kind = getattr(holder, "kind", "")
    names = (kind, *holder.names)
    own = {"it", "them", *(one.stem for name in names for one in page_tokens(name))}
    verb, *said = page_tokens(requirement.action)
    is_put = bool(marks(verb.stem) & question.reader.placing_marks)
    is_placed = any(one.word in _PLACING for one in said)
    return is_put and is_placed and any(one.stem in own for one in said)


def definition_of_things(question: Question) -> Decision | None:
    """Tell what the things are that the question names, and nothing else."""
    reading = question.reading
    points: list[Point] = [Definition("resource", one) for one in reading.resources]
    points += [Definition("topology", one) for one in reading.topologies if not points]
    return question.answered(points, ()) if points else None
