"""The ruling on one component: what the pages say, held against what is asked."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import get_args

from kb.ask import data, phrases, worlds
from kb.ask.answer import Verdict
from kb.ask.decide.concern import concern
from kb.ask.decide.question import Question
from kb.ask.decide.tasks import its_task
from kb.ask.decision import Definition, Placed, Point, Ruling, Support, Unjoined, Uses
from kb.ask.facts import marks
from kb.ask.matching import Found, find, is_plain, names_only_topologies
from kb.ask.placing import leaves_the_place_open
from kb.ask.reading import Reading
from kb.ask.subjects import holder_of
from kb.ask.verdicts import Case, Column, Match, inverted, is_placed, of_level, settled
from kb.ask.worded import ACTION_DISTANCE, AGAINST, slot_words
from kb.ask.words import page_tokens, singular, tokens
from kb.ask.worlds import World
from kb.catalog import Component, Product, Requirement

_DOING = re.compile(
    r"(?: what(?: exact)?)? (?:do|doe|can|could|will|would)(?: the| our| a)? C"
    r" (?!have|need|do )(?P<verb>[a-z]+)"
)
"""A question whether a component does something, or what it does it to."""
_LEAST_ALIKE = 2
"""Words of matter that two statements on ways to do one thing have in common."""


_POSSIBLE: Mapping[Column, Verdict | None] = {
    **dict.fromkeys(get_args(Column)),
    "can": "yes",
}
"""The verdicts where a statement tells how something is reached."""


def ruling(question: Question, name: str, column: Column) -> Point | None:
    """Return the ruling on one component, None when nothing is recorded that decides."""
    reading = question.reading
    holder = holder_of(question.catalog, name)
    objects = question.objects_for(name)
    if (affected := concern(question, name)) is not None:
        return affected
    known = question.catalog.components
    uses = {one: known[one].uses if one in known else () for one in (name, *objects)}
    used = [(by, one) for by in uses for one in uses[by] if one in uses and name in (by, one)]
    found = find(question.catalog, question.facts, holder, reading, objects)
    if used and column in ("uses", "required", "need") and not found.matches:
        return Uses(tuple(used), question.turned("yes"))
    if found.matches:
        is_told = isinstance(holder, Component) and found.target in ("action", "object")
        task = its_task(question, name, objects) if is_told else None
        if task is not None and task.verdict is not None:
            return task
        return _judged(question, name, column, found, objects)
    if _is_short_of(question, holder):
        return _enough(question, name, found, objects)
    if isinstance(holder, Component):
        if (placed := _placed(question, holder)) is not None:
            return placed
        if holder.asks_nothing:
            return _of_one_free(question, name, column, found, objects)
        if found.target == "whole" or _asks_behind(question):
            return _whole(question, holder, column)
    if isinstance(holder, Component) and (told := its_task(question, name)) is not None:
        return told
    if found.target == "object" and all(question.catalog.object(one) for one in objects):
        return _unjoined(question, holder, column, objects)
    return None


def _of_one_free(
    question: Question, name: str, column: Column, found: Found, objects: tuple[str, ...]
) -> Point | None:
    """Judge what is asked of a component of which clustering asks nothing."""
    if is_what_it_does(question, name):
        return its_task(question, name) or Definition("component", name, wants_role=True)
    return _nothing_asked(question, name, column, found, objects)


def _unjoined(
    question: Question, holder: Component | Product, column: Column, objects: tuple[str, ...]
) -> Point | None:
    """Judge what is asked of a thing with which nothing joins the component."""
    if column == "can" and question.reading.contrasted:
        return _in_place_of(question, holder, objects)
    is_left_open = phrases.has("depending", "yes", question.reading.line)
    is_left_open |= question.reading.placement == "shared-storage"
    if is_left_open or column in ("can", "forbidden", "discouraged"):
        return None
    return Unjoined(holder.id, objects, question.turned("yes" if column == "skip" else "no"))


def _in_place_of(
    question: Question, holder: Component | Product, objects: tuple[str, ...]
) -> Point | None:
    """Deny that a thing may stand in the place of another one that has to be there."""
    contrasted = question.reading.contrasted
    found = find(question.catalog, question.facts, holder, question.reading, contrasted)
    judgement = question.judge(found.matches, "uses", holder)
    if judgement.verdict not in ("yes", "depends"):
        return None
    return Ruling(holder.id, question.turned("no"), "can", judgement, objects)


def _only_mentions(reading: Reading, found: Found) -> bool:
    """Return whether statements only mention a thing, and not the nodes that are asked about."""
    return found.target == "object" and all(
        one.distance == ACTION_DISTANCE and leaves_the_place_open(reading, one.requirement)
        for one in found.matches
    )


_AS_IT_IS = frozenset({"uses", "by-itself", "enough", "only-way"})
"""What a statement may say without telling what must or may be done."""


def _judged(
    question: Question, name: str, column: Column, found: Found, objects: tuple[str, ...]
) -> Point | None:
    reading = question.reading
    if _only_mentions(reading, found):
        return None
    holder = holder_of(question.catalog, name)
    if reading.modality == "enough" and found.target != "count":
        return _enough(question, name, found, objects)
    if reading.modality == "only-way":
        return _only_way(question, name, found, objects)
    judgement = question.judge(found.matches, column, holder)
    if reading.modality == "enough":
        binding = [one for one in found.matches if one.requirement.level == "must"]
        judgement = question.judge(binding or found.matches, column, holder)
        cases = {world: case for world, case in judgement.cases if case.matches}
        if cases:  # where no number is asked, any number is enough
            judgement = settled(cases, column, judgement.considered)
    point = Ruling(name, judgement.verdict, column, judgement, objects)
    verdict = judgement.verdict
    is_for_all = phrases.has("without-exception", "yes", reading.line)
    is_told = reading.is_statement and reading.modality in _AS_IT_IS
    if is_for_all or is_told:
        if not reading.is_negated:  # "not" under some conditions only is not plainly so
            verdict = agreed(point)
        verdict = _denied(judgement.verdict) if is_for_all else verdict
    return replace(point, verdict=question.turned(verdict), is_negated=reading.is_negated)


def _enough(question: Question, name: str, found: Found, objects: tuple[str, ...]) -> Point:
    """Judge whether what is named is all that must be done."""
    holder = holder_of(question.catalog, name)
    is_single = found.target == "placement" and phrases.has("single", "yes", question.reading.line)
    if is_single:
        once = replace(question.reading, placement="once-per-deployment")
        found = find(question.catalog, question.facts, holder, once, objects)
    if is_single or (found.target == "placement" and not _acts(question.reading)):
        judgement = question.judge(found.matches, "required", holder)
        return Ruling(name, judgement.verdict, "required", judgement, objects)
    musts = [Match(one) for one in holder.requirements if one.level == "must"]
    named = {one.requirement.ref for one in found.matches if one.verdict("required") == "yes"}
    cases: dict[World, Case] = {}
    for world in question.worlds(holder, [one.requirement for one in musts]):
        asked = tuple(one for one in musts if worlds.applies(one.requirement, world))
        is_all = bool(named) and all(one.requirement.ref in named for one in asked)
        missing_first = sorted(asked, key=lambda one: one.requirement.ref in named)
        cases[world] = Case("yes" if is_all else "no", tuple(missing_first), by="enough")
    judgement = settled(cases, "required", musts)
    return Ruling(name, judgement.verdict, "required", judgement, objects)


def _is_short_of(question: Question, holder: Component | Product) -> bool:
    """Return whether something must be done under a condition that is stated.

    What is named is then not enough, whether or not it is asked as well.
    """
    said = {name for name, holds in question.reading.conditions.items() if holds}
    is_asked = question.reading.modality == "enough" and _acts(question.reading)
    return is_asked and any(
        one.level == "must" and said & set(one.when) for one in holder.requirements
    )


def _only_way(question: Question, name: str, found: Found, objects: tuple[str, ...]) -> Point:
    """Judge whether the pages leave no other way to do what is named."""
    holder = holder_of(question.catalog, name)
    verbs = [question.facts.action(one.requirement).verb for one in found.matches]
    verbs += [marks(one.stem) for one in question.reading.words]
    named = {one.requirement.ref for one in found.matches}
    others = [
        Match(one)
        for one in holder.requirements
        if one.level == "may"
        and one.ref not in named
        and (
            any(verb & question.facts.action(one).verb for verb in verbs)
            or any(_is_alike(question, one, match.requirement) for match in found.matches)
        )
    ]
    told = [*others, *found.matches]
    cases: dict[World, Case] = {}
    for world in question.worlds(holder, [one.requirement for one in told]):
        ways = tuple(one for one in told if worlds.applies(one.requirement, world))
        is_left = any(worlds.applies(one.requirement, world) for one in others)
        cases[world] = Case("no" if is_left else "yes", ways, by="only-way")
    judgement = settled(cases, "required", told)
    is_turned = phrases.has("only", "other", question.reading.line)
    verdict = inverted(judgement.verdict) if is_turned else judgement.verdict
    return Ruling(name, verdict, "uses", judgement, objects)


def _is_alike(question: Question, one: Requirement, other: Requirement) -> bool:
    """Return whether two permissions on different things are said of the same thing in most words.

    The names of the component that has them tell nothing.
    """
    if other.level != "may" or set(one.resources) & set(other.resources):
        return False
    names = holder_of(question.catalog, one.component).names
    plain = {stem for name in names for stem in _stems(name)}
    common = (_stems(one.action) & _stems(other.action)) - plain
    return len(common) >= _LEAST_ALIKE


def _stems(text: str) -> set[str]:
    grammar = data.word_lists()["function"]
    return {one.stem for one in tokens(text) if one.word not in grammar}


def _placed(question: Question, holder: Component) -> Point | None:
    asked = question.reading.placement
    if asked is None or holder.placement is None:
        return None
    is_so = is_placed(holder.placement, asked)
    if is_so is None:
        return None
    verdict: Verdict = "yes" if is_so else "no"
    return Placed(holder.id, holder.placement, holder.nodes, question.turned(verdict))


def _nothing_asked(
    question: Question, name: str, column: Column, found: Found, objects: tuple[str, ...]
) -> Point | None:
    is_left_out = question.reading.placement == "outside-cluster"
    is_elsewhere = found.target in ("placement", "count") and not is_left_out
    if is_elsewhere or found.target == "action":
        return None
    return Unjoined(name, objects, question.turned(of_level("none", column)), asks_nothing=True)


def is_what_it_does(question: Question, name: str) -> bool:
    """Return whether it is asked if a component does what its role says."""
    said = _DOING.match(question.reading.line)
    verbs = question.facts.verb_of(name)
    return said is not None and bool(marks(said["verb"]) & verbs)


def _whole(question: Question, holder: Component, column: Column) -> Point | None:
    """Judge "is there anything to do", where nothing in particular is asked about."""
    done = question.done(holder)
    left = [one for one in holder.requirements if one.ref not in done]
    against = [Match(one) for one in left if one.level in AGAINST]
    is_against = column in ("forbidden", "discouraged") and bool(against)
    musts = against if is_against else [Match(one) for one in left if one.level == "must"]
    if done and not musts:
        musts = [Match(one) for one in left if one.level == "need-not"]
    if column in ("can", "uses") and names_only_topologies(question.reading):
        if stated := belonging(question, holder):
            judgement = question.judge(stated, column, holder)
            return Ruling(holder.id, question.turned(judgement.verdict), column, judgement)
        product = question.catalog.products[holder.product]
        is_there = all(one in product.topologies for one in question.reading.topologies)
        if is_there and is_plain(question.reading):
            return Support(product.id, product.topologies, question.turned("yes"))
    if column == "can" and (made := _made_so(question, holder)):
        judgement = question.judge(made, column, holder)
        return Ruling(holder.id, question.turned(judgement.verdict), column, judgement)
    is_skipped = phrases.has("skipped", "whole", question.reading.line)
    if not (is_skipped or _asks_for_anything(question)):
        is_judged = column not in ("can", "uses") and _names_nothing_else(question)
        musts = _installing(question, holder) if is_judged else []
        musts = [one for one in musts if _says_the_rest(question, one)]
    if not musts:
        return None
    judgement = question.judge(musts, column, holder)
    return Ruling(holder.id, question.turned(judgement.verdict), column, judgement)


def belonging(question: Question, holder: Component) -> list[Match]:
    """Return what is stated of bringing a component into a topology that is named.

    "Add the logs to a ring" decides whether the logs are allowed in a ring.
    """
    topologies = question.catalog.topologies
    asked = {up for one in question.reading.topologies for up in (one, *topologies[one].ancestors)}
    return [
        Match(one)
        for one in holder.requirements
        if any(
            mention.kind == "topology" and asked.issuperset(mention.ids)
            for mention in question.reader.lexicon.find(page_tokens(one.action))
        )
    ]


def _made_so(question: Question, holder: Component) -> list[Match]:
    """Return what is done where a condition holds: "can it be made fault tolerant"."""
    if not phrases.has("made-so", "yes", question.reading.line):
        return []
    return [Match(one, verdicts=_POSSIBLE) for one in under_conditions(question, holder)]


def under_conditions(question: Question, holder: Component | Product) -> list[Requirement]:
    """Return what is to be done, or may be, where a condition that is stated holds."""
    stated = {name for name, is_so in question.reading.conditions.items() if is_so}
    narrower = {name for one in stated for name in question.catalog.conditions[one].descendants}
    return [
        one
        for one in holder.requirements
        if one.level in ("must", "automatic", "should", "may") and (stated | narrower) & {*one.when}
    ]


def _installing(question: Question, holder: Component) -> list[Match]:
    """Return the statements on having the component at all: that it is installed, or run.

    Those that name it, and say least besides, tell it best.
    """
    names = (holder.kind or "", *holder.names)
    own = {one.stem for name in names for one in page_tokens(name)}
    grammar = data.word_lists()["function"] - data.numbers().keys()
    grammar |= {"cluster", *data.word_lists()["nodes"]}
    besides: dict[str, int] = {}
    for one in holder.requirements:
        _, *said = page_tokens(one.action)
        is_counted = one.count is not None and (
            one.count.of != holder.id or one.count.bound == "at-most"
        )
        is_of_place = one.placement is not None and one.level in AGAINST
        left = [each for each in said if each.word not in grammar and each.stem not in own]
        is_of_thing = bool(one.resources and left)
        if is_of_thing or is_counted or is_of_place or own.isdisjoint(each.stem for each in said):
            continue
        if question.facts.action(one).verb & question.reader.having_marks:
            besides[one.ref] = len(left)
    least = min(besides.values(), default=0)
    told = [one for one in holder.requirements if besides.get(one.ref) == least]
    always = [one for one in holder.requirements if one.ref in besides and _is_always_there(one)]
    if told and all(one.level == "may" and (one.when or one.unless) for one in told):
        told += [one for one in holder.requirements if _is_had(question, one, own)]
    return [Match(one) for one in always or told]


def _is_had(question: Question, requirement: Requirement, own: set[str]) -> bool:
    """Return whether a component must be given something or made so, by one of its names."""
    verb = question.facts.action(requirement).verb & question.reader.having_marks
    is_named = not own.isdisjoint(one.stem for one in page_tokens(requirement.action)[1:3])
    return requirement.level == "must" and requirement.count is None and bool(verb) and is_named


def _is_always_there(requirement: Requirement) -> bool:
    """Return whether a component must be had, whatever the conditions, once or on each node."""
    is_unconditional = not (requirement.when or requirement.unless)
    is_had = requirement.placement not in (None, "outside-cluster", "shared-storage")
    return requirement.level == "must" and is_unconditional and is_had


def _names_nothing_else(question: Question) -> bool:
    """Return whether no number and no thing is said beside components: "is C mandatory?"."""
    reading = question.reading
    is_theirs = reading.amount in (None, len(question.subjects.components))
    counted = set() if is_theirs and reading.amount else {"N"}
    return is_theirs and not (counted | {"R"}) & {*reading.line.split()}


def _says_the_rest(question: Question, match: Match) -> bool:
    """Return whether a statement has all words of the question that judge nothing."""
    judging = data.words_of("modality")
    said = question.facts.action(match.requirement).marks
    words = [one for one in question.reading.words if one.stem != "cluster"]
    return all(one.word in judging or marks(one.stem) & said for one in words)


def _asks_for_anything(question: Question) -> bool:
    words = {one.word for one in question.reader.tokens(question.reading.question)}
    is_more = phrases.has("anything", "any", question.reading.line)
    return is_more or bool(
        words & {"anything", "any", "nothing", "something", "considerations", "requirements"}
    )


def _asks_behind(question: Question) -> bool:
    """Return whether "anything to do?" stands alone, behind what tells where a component is."""
    line = question.reading.line.rpartition(" .")[2]
    return " C" not in line and phrases.has("anything", "any", line)


def _acts(reading: Reading) -> bool:
    """Return whether something is done, so that not only a place is named."""
    counters = data.word_lists()["counters"]
    words = [one for one in reading.words if singular(one.word) not in counters]
    return any(len(marks(one.stem)) > 1 for one in words) or bool(slot_words(reading))


def _denied(verdict: Verdict | None) -> Verdict | None:
    """Return the verdict on a statement that is to hold without exception."""
    return "no" if verdict == "depends" else verdict


def agreed(point: Ruling | Unjoined) -> Verdict | None:
    """Return whether the pages agree with a statement, under whatever conditions they name."""
    if not isinstance(point, Ruling) or point.verdict != "depends":
        return point.verdict
    found = {case.verdict for _, case in point.judgement.cases if case.matches}
    is_conditional = not {"topology", "version"} & set(point.judgement.decided_by)
    return found.pop() if is_conditional and len(found) == 1 else "depends"


def all_of(verdicts: Sequence[Verdict | None]) -> Verdict | None:
    """Return the verdict on several things that must all be so."""
    weighty: tuple[Verdict, ...] = ("no", "depends")
    for one in weighty:
        if one in verdicts:
            return one
    return None if None in verdicts else "yes"
