"""Questions that want components: by what they have, where they run, what they are for."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence, Set
from dataclasses import replace

from kb.ask import data, phrases
from kb.ask.decide.bearing import bearing
from kb.ask.decide.duties import not_asked, statements_told, what_must
from kb.ask.decide.judging import ruling
from kb.ask.decide.question import Question
from kb.ask.decision import (
    MOST_TOLD,
    Decision,
    Definition,
    Further,
    Listing,
    Point,
    Ruling,
    Support,
    Unjoined,
    Uses,
)
from kb.ask.facts import marks
from kb.ask.index import bounded
from kb.ask.lexicon import ANY_KIND
from kb.ask.matching import by_words, find, is_about_clustering, slot_words
from kb.ask.reading import Reading
from kb.ask.subjects import (
    by_condition,
    by_role,
    by_whole_role,
    of_kinds,
    product_in_question,
    unique,
)
from kb.ask.verdicts import Column, Judgement, Match, column_of, is_placed
from kb.ask.words import stem, tokens
from kb.catalog import Component, Requirement

Item = tuple[str, tuple[Requirement, ...]]
"""A component's id, and the statements that put it on the list."""
_PLACES = frozenset(
    {"each-node", "one-node", "particular-node", "outside-cluster", "shared-storage"}
)
"""Places of which one may ask what stands there."""
_MOST_ROLES = 4
"""Components of which it is told what they are for, where that picks them."""
_ENOUGH_OF_ROLE = 1 / 2
"""Share of a question's words that the role of a component that it describes has."""
_ENOUGH_OF_THE_ONLY_ONE = 1 / 3
"""The same where there is only one component to choose."""
_ONCE = frozenset({"one-per-cluster", "once-per-cluster", "once-per-deployment"})
_HEAD = re.compile(
    r"(?: so| and| but)* which(?:(?: one| ones)? of (?:the|your|our|these))? ([a-z]+)"
)
"""What "which" asks for."""
_BINDING = frozenset({"must", "automatic"})
_NEEDING = frozenset({"must", "should", "automatic"})
_USING = frozenset({"must", "should", "automatic", "may"})


def which(question: Question) -> Decision | None:
    """List the components that the question describes."""
    reading = question.reading
    decision = listing(question, is_counted=False)
    if decision is None and (spared := not_asked(question)) is not None:
        return spared
    is_open = not reading.kinds and not reading.is_choice and not _wants_other_things(question)
    if decision is None and phrases.has("intent", "doer", reading.line):
        told = statements_told(question)
        return told if told is None or told.components or not reading.kinds else None
    return what_must(question) if decision is None and is_open else decision


def listing(question: Question, *, is_counted: bool) -> Decision | None:
    """List or count the components that the question describes."""
    reading = question.reading
    if (
        question.asks_for_the_unknown()
        and not _is_described(question)
        and not phrases.has("nothing-asked", "yes", reading.line)
    ):
        return None
    if phrases.has("topologies", "yes", reading.line) and not is_counted:
        return _topologies(question)
    if phrases.has("products", "yes", reading.line) and not slot_words(reading):
        return _products(question)
    if reading.components and not reading.is_choice:
        if not is_counted and (doers := _doing_to(question)):
            return question.answered(
                [Definition("component", one, wants_role=True) for one in doers], doers
            )
        if not reading.shared and phrases.has("reverse", "forward", reading.line):
            return _partners(question) or what_must(question)
        is_reverse = phrases.has("reverse", "yes", reading.line) and not reading.resources
        if reading.shared or not (reading.kinds or is_reverse):
            is_known = not is_counted and _speaks_of_head(question)
            return what_must(question) if is_known else None
    elif reading.shared:
        return what_must(question) if not is_counted else None
    items, is_by_role = _selected(question, _candidates(question))
    if reading.is_choice and items == [] and not is_counted:
        return _none_of_them(question)
    if items is None or not (items or reading.kinds or is_counted):
        return None
    if is_by_role and not is_counted and len(items) <= _MOST_ROLES:
        points = [_role_of(question, name) for name, _ in items]
        return question.answered(points, [name for name, _ in items])
    of = "" if not reading.kinds or reading.kinds[0] == ANY_KIND else reading.kinds[0]
    found = Listing(tuple(items), is_counted, of)
    return question.answered([found], [name for name, _ in items])


def _doing_to(question: Question) -> tuple[str, ...]:
    """Return the other components whose role is to do what is asked to the one that is named."""
    reading = question.reading
    if not phrases.has("intent", "doer", reading.line) or phrases.has(
        "not-doer", "yes", reading.line
    ):
        return ()
    if not reading.words or any(bearing(question, one) for one in reading.components):
        return ()
    verb = marks(reading.words[0].stem)
    found = [
        one
        for one in question.facts.doing([verb])
        if one not in reading.components
        and verb & question.facts.verb_of(one)
        and all(_is_spoken_of(question, one, name) for name in reading.components)
    ]
    return tuple(found) if len(found) <= _MOST_ROLES else ()


def _is_spoken_of(question: Question, name: str, other: str) -> bool:
    """Return whether a component uses another one, or has one of its names in its role."""
    known = question.facts.does(name)
    names = question.catalog.components[other].names
    is_said = any(all(marks(word.stem) & known for word in tokens(one)) for one in names)
    return is_said or other in question.catalog.components[name].uses


def _none_of_them(question: Question) -> Decision | None:
    """Tell that none of the components named is meant, and what the pages say of each."""
    names = question.reading.components
    column = column_of(question.reading.modality)
    told = [ruling(question, name, column) for name in names]
    points = [replace(one, verdict=None) for one in told if isinstance(one, Ruling | Unjoined)]
    return question.answered([Listing((), False), *points], ()) if points else None


def _products(question: Question) -> Decision | None:
    """Tell the products that the pages are about."""
    found = [one.id for one in question.catalog.products.values() if one.is_published]
    return question.answered([Definition("product", one) for one in found], ())


def _partners(question: Question) -> Decision | None:
    """Tell what the components named use."""
    kinds = {one.id for one in of_kinds(question.index, question.reading)}
    pairs = [
        (name, used)
        for name in question.reading.components
        for used in question.catalog.components[name].uses
        if used in kinds
    ]
    asked = [marks(stem(one)) for one in slot_words(question.reading)]
    known = [question.facts.does(name) for name in question.reading.components]
    if not pairs or any(not any(word & one for one in known) for word in asked):
        return None
    return question.answered([Uses(tuple(pairs))], [used for _, used in pairs])


def placed(question: Question) -> Decision | None:
    """List what stands in the place that is named, where no component is."""
    reading = question.reading
    wants_anything = reading.form == "yes-no" and phrases.has("anything", "yes", reading.line)
    if not wants_anything and reading.form not in ("what-must", "which"):
        return None
    if reading.placement not in _PLACES or slot_words(reading) or question.asks_for_the_unknown():
        return None
    if reading.components or reading.shared or reading.excluded or reading.kinds:
        return None
    if question.subjects.objects:
        return None
    items = _with_objects(question, of_kinds(question.index, reading))
    if not items:
        return None
    verdict = question.turned("yes") if wants_anything else None
    return question.answered([Listing(tuple(items), False, "")], [one for one, _ in items], verdict)


def _topologies(question: Question) -> Decision | None:
    """Tell the topologies that the pages of the product list."""
    product = product_in_question(question.catalog, question.index, question.reading)
    if product is None or not product.topologies or slot_words(question.reading):
        return None
    names = question.subjects.components
    if question.subjects.objects or question.reading.modality not in ("can", "uses", "required"):
        return None
    return question.answered([Support(product.id, product.topologies, None)], names)


def _candidates(question: Question) -> Sequence[Component]:
    """Return the components to choose from: those named, or all of the kinds that are named."""
    reading = question.reading
    version = reading.version
    if phrases.first_meaning("intent", reading.line) == "doer":
        reading = replace(reading, kinds=())
    known = of_kinds(question.index, reading)
    if reading.is_choice:
        known = tuple(question.catalog.components[one] for one in reading.components)
    elif named := set(reading.components):
        known = tuple(one for one in known if one.id not in named)
    if version is None:
        return known
    return [one for one in known if one.versions is None or version in one.versions]


def _is_described(question: Question) -> bool:
    """Return whether a role has most of the words, so that an unknown one matters little."""
    reading = question.reading
    known = [one for one in reading.words if one.word not in reading.unknown]
    found = by_role(question.index, question.facts, reading)
    if bool(found) and len(known) > len(reading.unknown) + 1:
        return True
    is_one = len(found) == 1 and len(known) > len(reading.unknown)
    return is_one and all(marks(one.stem) & question.facts.does(found[0]) for one in known)


def _selected(
    question: Question, candidates: Sequence[Component]
) -> tuple[list[Item] | None, bool]:
    """Return what the first selector that knows how picks, and whether it does so by roles."""
    for select in SELECTORS:
        if (items := select(question, candidates)) is not None:
            return items, select in _BY_ROLE
    return None, False


def _role_of(question: Question, name: str) -> Point:
    """Return what tells that a component does what is asked: its role, or whom it uses for that."""
    facts = question.facts
    asked = [marks(one.stem) for one in question.reading.words]
    in_role = sum(bool(one & facts.role_of(name)) for one in asked)
    in_all = sum(bool(one & facts.does(name)) for one in asked)
    used = question.catalog.components[name].uses
    if in_all > in_role and used:
        return Uses(tuple((name, one) for one in used))
    return Definition("component", name, wants_role=True)


def _asked_nothing(question: Question, candidates: Sequence[Component]) -> list[Item] | None:
    """Return those of which clustering asks nothing, or something."""
    reading = question.reading
    if question.subjects.objects or reading.placement is not None:
        return None
    line = reading.line
    if phrases.has("nothing-asked", "yes", line) or phrases.has("concerned", "no", line):
        wanted = True
    elif phrases.has("something-asked", "yes", line) or phrases.has("concerned", "yes", line):
        if reading.conditions:
            return None  # those are meant of which something is asked in these circumstances
        wanted = reading.is_negated
    else:
        return None
    return [(one.id, ()) for one in candidates if one.asks_nothing is wanted]


def without_requirements(question: Question) -> Decision | None:
    """Decide whether there are components of which clustering asks nothing, or something."""
    if question.reading.components or not question.reading.kinds:
        return None
    items = _asked_nothing(question, _candidates(question))
    if question.reading.quantifier == "all" or items is None:
        return None
    found = Listing(tuple(items), False)
    return question.answered([found], [one for one, _ in items], "yes" if items else "no")


def _of_one_lot(question: Question, candidates: Sequence[Component]) -> list[Item] | None:
    """Return those that share one list of requirements, where that picks them out."""
    reading = question.reading
    if not phrases.has("shared-lot", "yes", reading.line):
        return None
    lots: dict[str, list[str]] = {}
    for one in candidates:
        lots.setdefault(one.same_as or one.id, []).append(one.id)
    fitting = [found for found in lots.values() if len(found) > 1]
    if reading.amount is not None:
        fitting = [found for found in fitting if len(found) == reading.amount]
    return [(name, ()) for name in fitting[0]] if len(fitting) == 1 else None


def _with_procedure(question: Question, candidates: Sequence[Component]) -> list[Item] | None:
    """Return those of which something is asked that a procedure tells, where its title is said."""
    named = set(question.reading.procedures)
    found = [
        (one.id, tuple(r for r in one.requirements if r.procedure in named), one.procedure in named)
        for one in (candidates if named else ())
    ]
    return [(name, stated) for name, stated, is_whole in found if stated or is_whole] or None


def _with_whole_role(question: Question, candidates: Sequence[Component]) -> list[Item] | None:
    """Return those whose role says all that is asked, the things that it names included."""
    if question.reading.placement is not None or question.reading.is_negated:
        return None
    found = set(by_whole_role(question.facts, question.reading))
    return _among(question, candidates, found)


def _with_objects(question: Question, candidates: Sequence[Component]) -> list[Item] | None:
    """Return those that need, use or may have what is named, or stand where it is asked about."""
    reading = question.reading
    is_placed_by = reading.placement is not None and not _beside_the_place(reading)
    is_picked = phrases.has("everything", "picked", reading.line)
    is_of_components = bool(reading.kinds or reading.is_choice or is_picked)
    is_clustered = is_of_components and is_about_clustering(reading)
    named = () if reading.is_choice else reading.components
    things = unique((*question.subjects.objects, *named))
    if not (things or is_placed_by or is_clustered):
        return None
    objects = _narrowest(question, things)
    column = column_of(reading.modality)
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
            is_in = False if judgement.matches else _stands_there(question, one)
        if is_in is not None and is_in is not reading.is_negated:
            chosen.append((one.id, _grounds(judgement, column)))
    if not chosen and is_placed_by and not things and not reading.is_negated:
        chosen = _put_there_once(question, candidates)
    return chosen if chosen or not named else None


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


def _put_there_once(question: Question, candidates: Sequence[Component]) -> list[Item]:
    """Return those that are put somewhere once, where it is asked which are once elsewhere."""
    if question.reading.placement not in _ONCE:
        return []
    found = [
        (one.id, tuple(r for r in one.requirements if r.level == "must" and r.placement in _ONCE))
        for one in candidates
    ]
    return [item for item in found if item[1]]


def _beside_the_place(reading: Reading) -> bool:
    """Return whether something else carries matter than the place that is asked about."""
    return any(one not in data.place_words() for one in slot_words(reading))


def _of_the_verb(question: Question, matches: Sequence[Match]) -> tuple[Match, ...]:
    """Return the statements whose action is what is said to be done with the thing named."""
    verbs = [one for one in map(marks, (w.stem for w in question.reading.words)) if len(one) > 1]
    return tuple(
        one
        for one in matches
        if all(verb & question.facts.action(one.requirement).marks for verb in verbs)
    )


def _narrowest(question: Question, objects: Sequence[str]) -> tuple[str, ...]:
    """Return the things without those that another of them is a kind of."""
    things = [question.catalog.object(one) for one in objects]
    broader = {name for one in things if one is not None for name in one.ancestors}
    return tuple(one for one in objects if one not in broader)


def _stands_there(question: Question, component: Component) -> bool | None:
    """Return whether a component stands where it is asked about; None when it is not recorded."""
    asked, stated = question.reading.placement, component.placement
    return None if asked is None or stated is None else is_placed(stated, asked)


def _under_condition(question: Question, candidates: Sequence[Component]) -> list[Item] | None:
    """Return those of which something is asked under a condition that is stated."""
    found = by_condition(question.catalog, question.index, question.reading)
    return [(one.id, found[one.id]) for one in candidates if one.id in found] if found else None


def _with_role(question: Question, candidates: Sequence[Component]) -> list[Item] | None:
    """Return those whose role has the words of matter."""
    if not slot_words(question.reading) or _wants_other_things(question):
        return None
    found = by_role(question.index, question.facts, question.reading, candidates)
    plain = data.word_lists()["listing"] | data.word_lists()["asking"]
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


def _among(
    question: Question, candidates: Sequence[Component], found: Set[str]
) -> list[Item] | None:
    """Return those of the candidates that were found, None when none was."""
    if candidates is question.index.published:
        return [(one, ()) for one in sorted(found)] or None
    return [(one.id, ()) for one in candidates if one.id in found] or None if found else None


def _with_plain_role(question: Question, candidates: Sequence[Component]) -> list[Item] | None:
    """Return those whose role says each word, where none of the words carries matter by itself."""
    plain = data.word_lists()["listing"] | data.word_lists()["asking"]
    stems = {one.stem for one in question.reading.words if one.word not in plain}
    if not stems or slot_words(question.reading):
        return None
    found = set(question.facts.doing([frozenset({one}) for one in stems]))
    return _among(question, candidates, found)


def _done_to(question: Question, candidates: Sequence[Component]) -> list[Item] | None:
    """Return those to which is done what the question says, by a must or by itself."""
    reading = question.reading
    if slot_words(reading) or not phrases.has("done-to", "yes", reading.line):
        return None
    chosen: list[Item] = []
    for one in bounded(candidates):
        found = tuple(
            match.requirement
            for match in by_words(question.facts, one.requirements, reading)
            if match.requirement.level in _NEEDING
        )
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
    _asked_nothing,
    _of_one_lot,
    _with_procedure,
    _with_whole_role,
    _with_objects,
    _under_condition,
    _with_role,
    _done_to,
    _with_plain_role,
    _all_there_are,
)
"""How a question may pick components, in the order in which it is tried."""
_BY_ROLE = frozenset({_with_whole_role, _with_role, _with_plain_role})


def _grounds(judgement: Judgement, column: Column) -> tuple[Requirement, ...]:
    """Return the statements by which a component is on a list, or off it."""
    speaking = [one for one in judgement.matches if one.verdict(column) != "no"]
    return tuple(one.requirement for one in speaking or judgement.matches)


def _is_chosen(judgement: Judgement, column: Column, *, is_strict: bool) -> bool:
    """Return whether a component is one that needs, uses or may have what is asked about."""
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


def who_uses(question: Question) -> Decision | None:
    """List who uses the components that are named."""
    used = question.reading.components
    pairs = [
        (one.id, name)
        for one in question.index.using(used)
        for name in used
        if name in one.uses and one.id not in question.reading.excluded
    ]
    between = [pair for pair in pairs if pair[0] in used]
    pairs = between or pairs
    if not pairs:
        return None
    points: list[Point] = [Uses(tuple(pairs[:MOST_TOLD]))]
    points += [Further(len(pairs) - MOST_TOLD)] if len(pairs) > MOST_TOLD else []
    return question.answered(points, [user for user, _ in pairs])


_ASKED_FOR = re.compile(
    r"^(?: [a-z]+)? (?:which|what)(?: [a-z]+)*? (?P<head>[a-z]+)(?= (?:do|doe|must|should|can) .*C)"
)
"""The noun (a stem) that a question asks for: "which licence does C need"."""


def _speaks_of_head(question: Question) -> bool:
    """Return whether the noun asked for is plain, or one that the components' facts have."""
    asked = _ASKED_FOR.search(question.reading.line)
    slots = {one.stem for one in question.reading.words if one.word in slot_words(question.reading)}
    if asked is None or asked["head"] not in slots:
        return True
    said: set[str] = set()
    for name in question.subjects.components:
        said |= question.facts.does(name)
        for one in question.catalog.components[name].requirements:
            said |= question.facts.action(one).marks
    return bool(marks(asked["head"]) & said)
