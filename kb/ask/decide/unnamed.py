"""Yes/no questions that name no component: what the product states, or the component implied."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from kb.ask import phrases
from kb.ask.answer import Verdict
from kb.ask.decide.bearing import LEAST_SPOKEN, shared, spoken_of
from kb.ask.decide.judging import ruling
from kb.ask.decide.question import Question
from kb.ask.decision import Decision, Ruling, Support
from kb.ask.described import by_role, has_role_of, of_kinds
from kb.ask.index import bounded
from kb.ask.matching import as_opposed, find, is_plain, names_no_thing
from kb.ask.subjects import by_condition, product_in_question
from kb.ask.verdicts import Match, column_of
from kb.ask.worded import ACTION_DISTANCE, by_words, slot_words
from kb.ask.words import tokens
from kb.catalog import Component, Product

_LEAST_TO_TELL = 2
"""Words and things named without which a statement is not told from others."""

_FARING = re.compile(
    r"^ (?:will|would|doe|do|is|are|can)(?: the| our| my| an?)? T (?:still )?(?:work|run|be)(?= |$)"
)
"""How a topology fares as things stand (stems)."""
_IN_GENERAL = ("can", "uses", "forbidden")
"""How it is asked whether something may be on a cluster; whether it must be is not said by that."""


def of_product(question: Question) -> Decision | None:
    """Judge by numbers that anything states, and by what the product as a whole asks."""
    reading = question.reading
    is_count = reading.amount is not None and set(reading.resources) <= set(reading.counted)
    if is_count and (decision := _by_count(question)) is not None:
        return decision
    product = product_in_question(question.catalog, question.index, reading)
    if product is None:
        return None
    return _support(question, product) or _by_words(question, product)


def implied(question: Question) -> Question | Decision | None:
    """Return the question on the component that alone can be meant, or ask which one is."""
    named = question.reading.products or question.reading.conditions
    if not named and phrases.has("pointing", "one", question.reading.line):
        return question.clarify("missing-component", question.related())
    for find_it in _WAYS:
        if (found := find_it(question)) is not None:
            return found
    reading = question.reading
    if reading.resources or (reading.placement is not None and not slot_words(reading)):
        related = question.related()
        needing = _needing(question, [name for _, name in related])
        if len(related) == 1 or len(needing) == 1:
            return _about(question, *(needing or [related[0][1]]))
        if (agreed := _agreed(question, [name for _, name in related])) is not None:
            return agreed
        return question.clarify("missing-component", related)
    return None


def _agreed(question: Question, names: Sequence[str]) -> Question | None:
    """Return the question on all that have to do with the things named, if the answer is one."""
    reading = question.reading
    things = [question.catalog.object(one) for one in reading.resources]
    has_kinds = any(one is None or one.descendants or one.ancestors for one in things)
    if not things or has_kinds or phrases.has("pointing", "yes", reading.line):
        return None  # what is said of another kind of it may be said of others
    about = _about(question, *names)
    rulings = [ruling(about, one, column_of(reading.modality)) for one in names]
    verdicts = {one.verdict if isinstance(one, Ruling) else None for one in rulings}
    return about if len(verdicts) == 1 and verdicts <= {"yes", "no"} else None


def _needing(question: Question, names: Sequence[str]) -> list[str]:
    """Return of components those without which a topology that is named cannot do a thing.

    Does a ring need a shared disk? It does where one of its components does.
    """
    reading = question.reading
    if not reading.topologies or reading.modality not in ("required", "need", "uses"):
        return []
    components = question.catalog.components
    return [
        name
        for name in names
        if name in components
        for one in components[name].requirements
        if one.level in ("must", "automatic") and set(reading.resources) & set(one.resources)
        if set(reading.topologies) & set(one.topologies)
    ]


def needed_for(question: Question) -> Question | None:
    """Take the one component that needs the one named for what has to go on: "is A needed for K".

    It stands in a statement under the condition that is stated, and has none of its own there.
    """
    reading = question.reading
    stated = {name for name, is_so in reading.conditions.items() if is_so}
    if len(question.subjects.components) != 1 or question.subjects.objects or not stated:
        return None
    if not phrases.has("needed-for", "yes", reading.line):
        return None
    name = question.subjects.components[0]
    if any(stated & set(one.when) for one in question.catalog.components[name].requirements):
        return None
    users = [
        one.id
        for one in question.index.under(stated)
        if any(name in r.about and stated & set(r.when) for r in one.requirements)
    ]
    if len(users) != 1 or reading.resources or reading.placement is not None:
        return None
    return question.changed(components=(users[0], name), is_about_another=True)


def _about(question: Question, *names: str) -> Question:
    return question.changed(components=names)


def _only_user(question: Question) -> Question | None:
    """Take the component that alone has to do with the things named, and those that share it."""
    reading = question.reading
    if phrases.has("pointing", "yes", reading.line):
        return None
    named = set(reading.resources)
    owners: set[str] = set()
    users: list[str] = []
    for component in question.index.applying(named):
        found = {one.owner for one in component.requirements if named & set(one.resources)}
        owners |= found
        users.append(component.id)
        if len(owners) > 1:
            return None
    if not owners or not owners <= set(question.catalog.components):
        return None
    if not all(map(question.speaks_of_matter, users)) and _by_role(question) is not None:
        return None
    return question.changed(components=tuple(users))


def _only_advised(question: Question) -> Question | None:
    """Take the component that alone has advice on the things named, where advice is asked for.

    What is only said to be done is no question of another component, which may do something else.
    """
    reading = question.reading
    named = set(reading.resources)
    if reading.modality != "recommended" or not named:
        return None
    found = {
        one.id
        for one in question.index.touching(named)
        for stated in one.requirements
        if stated.level in ("should", "should-not") and named & {*stated.resources, *stated.about}
    }
    return _about(question, *found) if len(found) == 1 else None


def _by_role(question: Question) -> Question | Decision | None:
    """Take the component that the question describes by what it is for."""
    reading = question.reading
    if not slot_words(reading):
        return None
    found = by_role(question.index, question.facts, replace(reading, kinds=()))
    if len(found) > 1 and not reading.words:
        return None
    if not found or not all(has_role_of(question.facts, reading, one) for one in found):
        return None
    if len(found) > 1:
        return question.clarify("ambiguous-component", [("component", one) for one in found])
    described = question.facts.does(found[0])
    words = tuple(one for one in reading.words if one.stem not in described)
    return question.changed(components=found, words=words, unknown=())


def _only_statement(question: Question) -> Question | None:
    """Take the component that alone has a statement with all the words of the question."""
    reading = question.reading
    slots = set(slot_words(reading))
    is_told = not slots or len(slots) + len(reading.resources) >= _LEAST_TO_TELL
    found = spoken_of(question, LEAST_SPOKEN if is_told else LEAST_SPOKEN + 1)
    if len(found) != 1 or not set(found) <= set(question.catalog.components):
        return None
    name = next(iter(found))
    is_other = (
        reading.products and question.catalog.components[name].product not in reading.products
    )
    return None if is_other else _about(question, name)


def _by_things(question: Question) -> Decision | None:
    """Judge what the product itself asks of the things named, where no component is implied."""
    reading = question.reading
    product = product_in_question(question.catalog, question.index, reading)
    if product is None:
        return None
    if not reading.resources or reading.kinds or reading.quantifier == "any":
        return None
    found = find(question.catalog, question.facts, product, reading, reading.resources)
    is_by_the_way = found.target == "count" and not set(reading.resources) & set(reading.counted)
    if is_by_the_way or not found.matches:
        return None
    column = column_of(reading.modality)
    judgement = question.judge(found.matches, column, product)
    verdict = question.turned(judgement.verdict)
    return question.answered([Ruling(product.id, verdict, column, judgement)], [], verdict)


def _by_condition(question: Question) -> Decision | None:
    """Judge whether a condition is met by itself, or whether anything is asked for it."""
    reading = question.reading
    if reading.placement is not None or slot_words(reading):
        return None
    named = dict.fromkeys(reading.conditions, True)
    stated = Question(question.ground, replace(reading, conditions=named))
    names = tuple(by_condition(question.catalog, question.index, stated.reading))
    if not names:
        return None
    points = [stated.duties(one) for one in names]
    levels = {one.level for point in points for one in point.requirements}
    verdict: Verdict | None = None
    if reading.modality == "by-itself":
        verdict = "no" if "must" in levels else "yes" if "automatic" in levels else None
    elif phrases.has("prepared", "yes", reading.line):
        verdict = "yes"
    if verdict is None:
        return None
    return question.answered(points, names, question.turned(verdict))


def _of_kind_with_things(question: Question) -> Question | None:
    """Take the component of the kind named that alone states something of the things.

    Where each of the kind states something of the very same, all are taken.
    """
    reading = question.reading
    if not reading.kinds or not reading.resources or reading.quantifier == "any":
        return None
    of_kind = bounded(of_kinds(question.index, reading))
    found = [
        one.id
        for one in of_kind
        if find(question.catalog, question.facts, one, reading, reading.resources).matches
    ]
    very = set(reading.resources)
    is_of_all = all(any(very & set(r.resources) for r in one.requirements) for one in of_kind)
    return _about(question, *found) if found and (len(found) == 1 or is_of_all) else None


_WAYS: tuple[Callable[[Question], Question | Decision | None], ...] = (
    _of_kind_with_things,
    _only_statement,
    _by_things,
    _only_user,
    _only_advised,
    _by_role,
    _by_condition,
)
"""How the component that is meant is found, in this order; the first that finds one counts."""


def _by_count(question: Question) -> Decision | None:
    reading = question.reading
    for holder in question.index.counting():
        found = find(question.catalog, question.facts, holder, reading, ())
        if found.target != "count":
            continue
        column = column_of(reading.modality)
        judgement = question.judge(found.matches, column, holder)
        if not judgement.matches:
            continue
        names = [holder.id] if isinstance(holder, Component) else []
        verdict = question.turned(judgement.verdict)
        return question.answered([Ruling(holder.id, verdict, column, judgement)], names, verdict)
    return None


def _is_of_what_is_done(question: Question) -> bool:
    """Return whether it is asked how something fares that is told to have been done."""
    told = question.told_before
    is_done = any(one.placement is not None or one.resources or one.components for one in told)
    return is_done and _FARING.search(question.reading.line) is not None


def _support(question: Question, product: Product) -> Decision | None:
    """Judge whether topologies are among those of the product, or the only ones."""
    reading = question.reading
    is_listed = all(one in product.topologies for one in reading.topologies)
    is_general = reading.modality in _IN_GENERAL and reading.placement is None
    is_of_all = is_general and phrases.has("needing", "every", reading.line)
    is_general = is_of_all or (is_general and phrases.has("needing", "supported", reading.line))
    is_named = bool(reading.topologies) or is_general
    if reading.resources or not (is_listed and is_named and names_no_thing(reading)):
        return None
    if _is_of_what_is_done(question):
        return None
    if not reading.products and phrases.has("pointing", "yes", reading.line):
        return None
    if phrases.has("only", "yes", reading.line):
        verdict: Verdict = "yes" if set(product.topologies) <= set(reading.topologies) else "no"
        support = Support(product.id, product.topologies, question.turned(verdict))
        return question.answered([support], [], support.verdict)
    if phrases.has("needing", "topology", reading.line):
        is_behind = phrases.has("premise", "yes", reading.line)  # one before it is not needed
        named = reading.topologies[-1:] if is_behind else reading.topologies
        is_only = set(product.topologies) <= set(named)
        needed: Verdict = "yes" if is_only else "no"
        support = Support(product.id, product.topologies, question.turned(needed))
        return question.answered([support], [], support.verdict)
    if not (reading.products or is_of_all or is_plain(reading)):
        return None
    stated = tuple(one for one in product.requirements if one.level == "may")
    is_ruled_out = column_of(reading.modality) in ("forbidden", "discouraged")
    said = question.turned("no" if is_ruled_out else "yes")
    return question.answered([Support(product.id, product.topologies, said, stated)], [], said)


def _by_words(question: Question, product: Product) -> Decision | None:
    """Judge what the product's own requirements say, where their words are asked about."""
    spoken = spoken_of(question)
    if spoken and product.id not in spoken:
        return None
    matches = [Match(one, ACTION_DISTANCE) for one in spoken.get(product.id, ())]
    if slot_words(question.reading):
        matches = by_words(question.facts, product.requirements, question.reading)
    matches = [as_opposed(m, question.reading) for m in matches if _speaks_of_things(question, m)]
    if not matches:
        return None
    return _judged_by(question, product.id, matches)


def _judged_by(question: Question, name: str, matches: Sequence[Match]) -> Decision:
    """Return the verdict that statements of a product give."""
    column = column_of(question.reading.modality)
    judgement = question.judge(matches, column, question.catalog.products[name])
    verdict = question.turned(judgement.verdict)
    return question.answered([Ruling(name, verdict, column, judgement)], [], verdict)


def _speaks_of_things(question: Question, match: Match) -> bool:
    """Return whether a statement speaks of one of the things that are named, if any is."""
    named = set(question.reading.resources)
    stated = match.requirement
    spoken = {*question.facts.action(stated).names, *stated.resources, *stated.about}
    return not named or bool(named & spoken)


def elsewhere(question: Question, least: int = 0) -> Question | None:
    """Return the question on the component whose statement speaks of the one that is named.

    The statement has at least so many of the question's words.
    """
    named = set(question.reading.components)
    found = {
        name: stated
        for name, stated in spoken_of(question, least or LEAST_SPOKEN).items()
        if name in named or any(one.level not in ("may", "need-not") for one in stated)
    }
    if len(found) != 1 or named & set(found) or not set(found) <= set(question.catalog.components):
        return None
    return _with_its_name(question, next(iter(found)))


def _with_its_name(question: Question, name: str) -> Question:
    """Return the question on a component, with what it names beside it where words name it.

    "Does the spare need an A" is about the spare reader, and no longer about the word.
    """
    reading = question.reading
    names = question.catalog.components[name].names
    known = {one.stem for each in names for one in tokens(each)}
    words = tuple(one for one in reading.words if one.stem not in known)
    if words or not reading.words or not reading.components:
        return _about(question, name)
    named = (name, *reading.components)
    return question.changed(components=named, words=(), is_about_another=True)


def speaking_of_both(question: Question) -> Question | None:
    """Return the question on the one other component whose statement speaks of all that is named.

    "Must each reader have the same key", where the key is stated of what hosts the readers.
    """
    names, things = set(question.subjects.components), set(question.subjects.objects)
    found = {
        one.id
        for one in question.index.touching(things)
        for stated in one.requirements
        if one.id not in names
        if things <= {*stated.resources, *stated.about}
        if names <= question.facts.action(stated).names | {stated.nodes}
    }
    return _about(question, found.pop()) if things and len(found) == 1 else None


def by_products_words(question: Question) -> Decision | None:
    """Judge what the product says with the words of a question on one of its components."""
    component = question.catalog.components[question.subjects.components[0]]
    product = question.catalog.products[component.product]
    is_said = slot_words(question.reading) and product.id in spoken_of(question)
    return _by_words(question, product) if is_said else None


def counted_by_product(question: Question) -> Decision | None:
    """Judge a number by what the product asks of the component that is named with it."""
    reading = question.reading
    product = product_in_question(question.catalog, question.index, reading)
    if reading.amount is None or product is None or question.subjects.objects:
        return None
    found = find(question.catalog, question.facts, product, reading, ())
    named = set(question.subjects.components)
    if found.target != "count" or not all(
        named <= question.facts.action(one.requirement).names for one in found.matches
    ):
        return None
    return _by_count(Question(question.ground, replace(reading, components=())))


def better_said(question: Question) -> Question | None:
    """Return the question on another component whose statement has more of its words.

    Only where words alone tell which statement of the component named is meant.
    """
    names = question.subjects.components
    if len(names) != 1 or question.subjects.objects or not slot_words(question.reading):
        return None
    holder = question.catalog.components[names[0]]
    found = find(question.catalog, question.facts, holder, question.reading, ())
    if found.target != "action":
        return None
    shares = [shared(question, one.requirement) for one in found.matches]
    return elsewhere(question, max(shares, default=0) + 1)
