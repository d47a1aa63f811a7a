"""How a question picks components: by what is asked of them, by what they are for, or by kind."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence, Set

from kb.ask import data, phrases
from kb.ask.decide.question import Question
from kb.ask.described import by_role, by_whole_role
from kb.ask.facts import marks
from kb.ask.index import bounded
from kb.ask.matching import find, is_about_clustering
from kb.ask.reading import Reading
from kb.ask.subjects import by_condition, unique
from kb.ask.verdicts import Column, Judgement, Match, column_of, is_placed
from kb.ask.worded import by_words, slot_words
from kb.ask.words import stem, tokens
from kb.catalog import Component, Requirement

Item = tuple[str, tuple[Requirement, ...]]
"""A component's id, and the statements that put it on the list."""
_ENOUGH_OF_ROLE = 1 / 2
"""Share of a question's words that the role of a component that it describes has."""
_ENOUGH_OF_THE_ONLY_ONE = 1 / 3
"""The same where there is only one component to choose."""
_HEAD = re.compile(
    r"(?: so| and| but)* which(?:(?: one| ones)? of (?:the|your|our|these))? ([a-z]+)"
)
"""What "which" asks for."""
_DENIED = re.compile(r"\b([a-z]+) no ([a-z]+)\b", re.IGNORECASE)
"""What is done to nothing of a kind: "holds no data"."""
_BINDING = frozenset({"must", "automatic"})
_NEEDING = frozenset({"must", "should", "automatic"})
_AGAINST = frozenset({"must-not", "should-not"})
_LEVELS: Mapping[str, Set[str]] = {
    "forbidden": frozenset({"must-not"}),
    "discouraged": _AGAINST,
    "skip": frozenset({"need-not"}),
    "by-itself": frozenset({"automatic"}),
}
"""Of what is asked, the levels that say it, where these are not those that need it."""
_USING = frozenset({"must", "should", "automatic", "may"})


def selected(question: Question, candidates: Sequence[Component]) -> tuple[list[Item] | None, bool]:
    """Return what the first selector that knows how picks, and whether it does so by roles."""
    for select in SELECTORS:
        if (items := select(question, candidates)) is not None:
            return items, select in _BY_ROLE
    return None, False


def asked_nothing(question: Question, candidates: Sequence[Component]) -> list[Item] | None:
    """Return those of which clustering asks nothing, or something."""
    reading = question.reading
    if question.subjects.objects or reading.placement is not None:
        return None
    line = reading.line
    if phrases.has("nothing-asked", "yes", line) or phrases.has("concerned", "no", line):
        wanted = True
    elif phrases.has("something-asked", "yes", line) or phrases.has("concerned", "yes", line):
        if reading.conditions or slot_words(reading):
            return None  # those are meant of which something is asked, or which do what is said
        wanted = reading.is_negated
    else:
        return None
    return [(one.id, ()) for one in candidates if one.asks_nothing is wanted]


def _of_one_lot(question: Question, candidates: Sequence[Component]) -> list[Item] | None:
    """Return those that share one list of requirements, where that picks them out."""
    reading = question.reading
    if not phrases.has("shared-lot", "yes", reading.line) or _is_beside_another(reading):
        return None
    lots: dict[str, list[str]] = {}
    for one in candidates:
        lots.setdefault(one.same_as or one.id, []).append(one.id)
    fitting = [found for found in lots.values() if len(found) > 1]
    return [(name, ()) for name in fitting[0]] if len(fitting) == 1 else None


def _with_procedure(question: Question, candidates: Sequence[Component]) -> list[Item] | None:
    """Return those of which something is asked that a procedure tells, where its title is said."""
    named = set(question.reading.procedures)
    found = [
        (one.id, tuple(r for r in one.requirements if r.procedure in named))
        for one in (candidates if named else ())
    ]
    return [item for item in found if item[1]] or None


def _with_denied_role(question: Question, candidates: Sequence[Component]) -> list[Item] | None:
    """Return those whose role denies what the question denies in the same words."""
    asked = _denied(question.reading.question) if question.reading.is_negated else frozenset()
    among = {one.id for one in candidates} if asked else set()
    found: list[Item] = [
        (name, ())
        for pair in asked
        for name in question.facts.doing([marks(one) for one in pair])
        if name in among and pair in _denied(question.catalog.components[name].role or "")
    ]
    return found or None


def _denied(text: str) -> frozenset[tuple[str, str]]:
    """Return verb and thing of each "holds no data" of a text, as stems."""
    return frozenset((stem(verb.lower()), stem(one.lower())) for verb, one in _DENIED.findall(text))


def _with_whole_role(question: Question, candidates: Sequence[Component]) -> list[Item] | None:
    """Return those whose role says all that is asked, the things that it names included."""
    is_elsewhere = question.reading.placement not in (None, "particular-node")
    if is_elsewhere or question.reading.is_negated:
        return None
    found = set(by_whole_role(question.facts, question.reading))
    if candidates is question.index.published:
        return [(one, ()) for one in sorted(found)] or None
    return [(one.id, ()) for one in candidates if one.id in found] or None


def _with_objects(question: Question, candidates: Sequence[Component]) -> list[Item] | None:
    """Return those that need, use or may have what is named, or stand where it is asked about."""
    reading = question.reading
    is_beside = _is_beside_another(reading)
    is_placed_by = reading.placement is not None and not (is_beside or _beside_the_place(reading))
    is_picked = phrases.has("everything", "picked", reading.line)
    is_of_components = bool(reading.kinds or reading.is_choice or is_picked)
    is_clustered = is_of_components and is_about_clustering(reading)
    named = () if reading.is_choice else reading.components
    things = unique((*question.subjects.objects, *named))
    if not (things or is_placed_by or is_clustered):
        return None
    objects = _narrowest(question, things)
    column = column_of(reading.modality, is_object_negated=reading.is_object_negated)
    is_strict = column == "required" and phrases.has("modality", "required", reading.line)
    if things and not is_placed_by and column in ("uses", "required", "need"):
        candidates = _joined(question, candidates, objects)
    chosen: list[Item] = []
    for one in bounded(candidates):
        found = find(question.catalog, question.facts, one, reading, objects)
        matches = _of_the_verb(question, found.matches) if named else found.matches
        judgement = question.judge(matches, column, one)
        is_in: bool | None = _is_chosen(judgement, column, is_strict=is_strict)
        if column == "can" and reading.is_negated and judgement.verdict is None:
            continue  # whether it is allowed is not said
        if not is_in and is_placed_by and not things:
            is_in = False if judgement.matches else stands_there(question, one)
        if is_in is not None and is_in is not reading.is_negated:
            chosen.append((one.id, _grounds(judgement, column)))
    is_once = reading.placement in ("once-per-cluster", "one-per-cluster")
    if is_once and not (chosen or reading.is_negated):
        # what is there once for all is what is meant, and its statement says so
        return _with_objects(question.changed(placement="once-per-deployment"), candidates)
    chosen = _under_what_is_stated(question, _ruled_out_if_any(reading, chosen))
    return chosen if chosen or not named else None


def _ruled_out_if_any(reading: Reading, chosen: list[Item]) -> list[Item]:
    """Return those of which it is said that they should not, where it is said of any.

    Otherwise those of which it is not said that they should.
    """
    if not reading.is_negated or reading.modality != "recommended":
        return chosen
    told = [(name, tuple(r for r in stated if r.level in _AGAINST)) for name, stated in chosen]
    return [one for one in told if one[1]] or chosen


def _under_what_is_stated(question: Question, chosen: list[Item]) -> list[Item]:
    """Return those without what is asked only under conditions that are left open, if any stay."""
    conditions = question.catalog.conditions
    said = question.reading.conditions.items()
    stated = {name for name, is_so in said if is_so}
    is_narrow = bool(stated) and all(conditions[one].ancestors for one in stated)
    under = [
        (name, grounds)
        for name, grounds in chosen
        if any(not one.when or stated & {*one.when} for one in grounds)
    ]
    return under if is_narrow and under else chosen


def _joined(
    question: Question, candidates: Sequence[Component], objects: Sequence[str]
) -> Sequence[Component]:
    """Return those that have to do with the things, where only these can be chosen."""
    reading = question.reading
    if reading.is_negated or reading.amount is not None or reading.placement is not None:
        return candidates
    things = [thing for one in objects if (thing := question.catalog.object(one)) is not None]
    names = {name for one in things for name in (one.id, *one.ancestors, *one.descendants)}
    joined = {one.id for one in question.index.touching(names)}
    return [one for one in candidates if one.id in joined]


def _beside_the_place(reading: Reading) -> bool:
    """Return whether something else carries matter than the place that is asked about."""
    return any(one not in data.place_words() for one in slot_words(reading))


def _is_beside_another(reading: Reading) -> bool:
    """Return whether it is asked what may stand in one place with a component."""
    return bool(reading.components) and phrases.has("together", "beside", reading.line)


def _of_the_verb(question: Question, matches: Sequence[Match]) -> tuple[Match, ...]:
    """Return the statements whose action is what is said to be done with the thing named."""
    if _is_beside_another(question.reading):
        return tuple(one for one in matches if _is_of_machine(question, one.requirement))
    verbs = [one for one in map(marks, (w.stem for w in question.reading.words)) if len(one) > 1]
    return tuple(
        one
        for one in matches
        if all(verb & question.facts.action(one.requirement).marks for verb in verbs)
    )


def _is_of_machine(question: Question, requirement: Requirement) -> bool:
    """Return whether a machine is spoken of, apart from the names of what stands there."""
    things = map(question.catalog.object, requirement.resources)
    names = {one.stem for thing in things if thing for one in tokens(thing.title)}
    said = {one.stem for one in tokens(requirement.action)} - names
    return any(marks(one) & marks(stem("machine")) for one in said)


def _narrowest(question: Question, objects: Sequence[str]) -> tuple[str, ...]:
    """Return the things without those that another of them is a kind of."""
    things = [question.catalog.object(one) for one in objects]
    broader = {name for one in things if one is not None for name in one.ancestors}
    return tuple(one for one in objects if one not in broader)


def stands_there(question: Question, component: Component) -> bool | None:
    """Return whether a component stands where it is asked about; None when it is not recorded."""
    asked, stated = question.reading.placement, component.placement
    return None if asked is None or stated is None else is_placed(stated, asked)


def _under_condition(question: Question, candidates: Sequence[Component]) -> list[Item] | None:
    """Return those of which something is asked under a condition that is stated."""
    head = _HEAD.match(question.reading.line)
    if head and head[1] not in data.stems_of("dressing") and _wants_other_things(question):
        return None
    found = by_condition(question.catalog, question.index, question.reading)
    return [(one.id, found[one.id]) for one in candidates if one.id in found] if found else None


def _with_role(question: Question, candidates: Sequence[Component]) -> list[Item] | None:
    """Return those whose role has the words of matter."""
    if not slot_words(question.reading) or _wants_other_things(question):
        return None
    found = by_role(question.index, question.facts, question.reading, candidates)
    lists = data.word_lists()
    plain = lists["listing"] | lists["asking"] | lists["doing"]
    asked = [marks(one.stem) for one in question.reading.words if one.word not in plain]
    enough = _ENOUGH_OF_ROLE if len(candidates) > 1 else _ENOUGH_OF_THE_ONLY_ONE
    objects = asked[1:] or asked
    fitting = [
        one
        for one in found
        if _covers(asked, known := question.facts.does(one), enough)
        and any(word & known for word in objects)
    ]
    return [(one, ()) for one in fitting] or None


def _wants_other_things(question: Question) -> bool:
    """Return whether "which" stands before another noun than a word for components."""
    match = _HEAD.match(question.reading.line)
    if question.reading.components and not question.reading.is_choice:
        return False
    if match is None or match[1] not in {one.stem for one in question.reading.words}:
        return False
    return not question.facts.is_done(marks(match[1]))


def _covers(asked: Sequence[frozenset[str]], known: frozenset[str], enough: float) -> bool:
    """Return whether enough of what is asked is known."""
    return sum(bool(one & known) for one in asked) >= enough * len(asked)


def _done_to(question: Question, candidates: Sequence[Component]) -> list[Item] | None:
    """Return those to which is done what the question says, or of which it rules that out."""
    reading = question.reading
    is_by_itself = phrases.has("modality", "by-itself", reading.line)
    if slot_words(reading) or not (is_by_itself or phrases.has("done-to", "yes", reading.line)):
        return None
    chosen: list[Item] = []
    for one in bounded(candidates):
        said = () if is_by_itself else by_words(question.facts, one.requirements, reading)
        told = one.requirements if is_by_itself else [match.requirement for match in said]
        found = tuple(r for r in told if r.level in _LEVELS.get(reading.modality, _NEEDING))
        if found:
            chosen.append((one.id, found))
    return chosen


def _all_there_are(question: Question, candidates: Sequence[Component]) -> list[Item] | None:
    """Return all, where the question says no more than that they are there."""
    plain = data.word_lists()["listing"]
    reading = question.reading
    is_said = phrases.first_meaning("modality", reading.line) not in (None, "uses")
    if not reading.kinds or reading.components or reading.conditions or is_said:
        return None
    if any(one.word not in plain for one in question.reading.words):
        return None
    return [(one.id, ()) for one in candidates]


SELECTORS: tuple[Callable[[Question, Sequence[Component]], list[Item] | None], ...] = (
    asked_nothing,
    _of_one_lot,
    _with_procedure,
    _with_denied_role,
    _with_whole_role,
    _with_objects,
    _under_condition,
    _with_role,
    _done_to,
    _all_there_are,
)
"""How a question may pick components, in the order in which it is tried."""
_BY_ROLE = frozenset({_with_denied_role, _with_whole_role, _with_role})


def _grounds(judgement: Judgement, column: Column) -> tuple[Requirement, ...]:
    """Return the statements by which a component is on a list, or off it."""
    if column == "by-itself" and (stated := _done_by_itself(judgement)):
        return stated
    speaking = [one for one in judgement.matches if one.verdict(column) != "no"]
    return tuple(one.requirement for one in speaking or judgement.matches)


def _done_by_itself(judgement: Judgement) -> tuple[Requirement, ...]:
    found = (one.requirement for one in judgement.considered)
    return tuple(one for one in found if one.level == "automatic")


def _is_chosen(judgement: Judgement, column: Column, *, is_strict: bool) -> bool:
    """Return whether a component is one that needs, uses or may have what is asked about."""
    if column == "by-itself":
        return bool(_done_by_itself(judgement))
    if column not in ("uses", "required", "need"):
        return judgement.verdict in ("yes", "depends")
    wanted = _USING if column == "uses" else _NEEDING
    if is_strict:
        wanted = _BINDING
    return any(
        one.verdict(column) == "yes"
        if one.verdicts is not None
        else one.requirement.level in wanted
        for one in judgement.matches
    )
