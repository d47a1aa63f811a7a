"""Yes/no questions that name no component: what the product states, or the component implied."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from kb.ask import phrases
from kb.ask.answer import Verdict
from kb.ask.decide.bearing import LEAST_SPOKEN, shared, spoken_of
from kb.ask.decide.question import Question
from kb.ask.decision import Decision, Ruling, Support
from kb.ask.described import by_role, has_role_of, of_kinds
from kb.ask.index import bounded
from kb.ask.matching import find, names_only_topologies
from kb.ask.naming import ANY_KIND
from kb.ask.subjects import by_condition, product_in_question
from kb.ask.verdicts import Match, column_of
from kb.ask.worded import ACTION_DISTANCE, by_words, slot_words
from kb.catalog import Component, Product

_LEAST_TO_TELL = 2
"""Words and things named without which a statement is not told from others."""


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
    for find_it in _WAYS:
        if (found := find_it(question)) is not None:
            return found
    reading = question.reading
    if _wants_components(question):
        return None
    if reading.resources or (reading.placement is not None and not slot_words(reading)):
        related = question.related()
        if len(related) == 1:
            return _about(question, related[0][1])
        return question.clarify("missing-component", related)
    return None


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
    return Question(
        question.ground, replace(reading, components=(users[0], name), is_about_another=True)
    )


def _about(question: Question, name: str) -> Question:
    return Question(question.ground, replace(question.reading, components=(name,)))


def _wants_components(question: Question) -> bool:
    """Return whether components are asked for by their kind, so that none is implied."""
    return question.reading.quantifier == "any" or bool(question.reading.kinds)


def _only_one_of_kind(question: Question) -> Question | None:
    """Take the component that alone is of the kind that is named: "the daemon"."""
    reading = question.reading
    found = of_kinds(question.index, reading) if reading.kinds else ()
    if len(found) != 1 or reading.kinds == (ANY_KIND,):
        return None
    return _about(question, found[0].id)


def _only_user(question: Question) -> Question | None:
    """Take the component that alone has to do with the things named, and those that share it."""
    reading = question.reading
    if _wants_components(question) or phrases.has("pointing", "yes", reading.line):
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
    return Question(question.ground, replace(reading, components=tuple(users)))


def _by_role(question: Question) -> Question | Decision | None:
    """Take the component that the question describes by what it is for."""
    reading = question.reading
    if _wants_components(question) or not slot_words(reading):
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
    return Question(question.ground, replace(reading, components=found, words=words, unknown=()))


def _only_statement(question: Question) -> Question | None:
    """Take the component that alone has a statement with all the words of the question."""
    reading = question.reading
    slots = set(slot_words(reading))
    is_told = not slots or len(slots) + len(reading.resources) >= _LEAST_TO_TELL
    if _wants_components(question):
        return None
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


def _only_statement_of_product(question: Question) -> Decision | None:
    """Judge by the statement of a product that alone has all the words of the question."""
    if _wants_components(question) or len(slot_words(question.reading)) < _LEAST_TO_TELL:
        return None
    found = spoken_of(question, LEAST_SPOKEN)
    if len(found) != 1 or not set(found) <= set(question.catalog.products):
        return None
    ((name, stated),) = found.items()
    return _judged_by(question, name, [Match(one, ACTION_DISTANCE) for one in stated])


def _of_kind_with_things(question: Question) -> Question | None:
    """Take the component of the kind that is named which alone states something of the things."""
    reading = question.reading
    if not reading.kinds or not reading.resources or reading.quantifier == "any":
        return None
    found = [
        one.id
        for one in bounded(of_kinds(question.index, reading))
        if find(question.catalog, question.facts, one, reading, reading.resources).matches
    ]
    return _about(question, found[0]) if len(found) == 1 else None


_WAYS: tuple[Callable[[Question], Question | Decision | None], ...] = (
    _only_one_of_kind,
    _of_kind_with_things,
    _only_statement,
    _only_statement_of_product,
    _by_things,
    _only_user,
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


def _support(question: Question, product: Product) -> Decision | None:
    """Judge whether topologies are among those of the product, or the only ones."""
    reading = question.reading
    is_listed = all(one in product.topologies for one in reading.topologies)
    if reading.resources or not is_listed or not names_only_topologies(reading):
        return None
    if not reading.products and phrases.has("pointing", "yes", reading.line):
        return None
    if phrases.has("only", "yes", reading.line):
        verdict: Verdict = "yes" if set(product.topologies) <= set(reading.topologies) else "no"
        support = Support(product.id, product.topologies, question.turned(verdict))
        return question.answered([support], [], support.verdict)
    if reading.products and phrases.has("needing", "topology", reading.line):
        is_only = set(product.topologies) <= set(reading.topologies)
        needed: Verdict = "yes" if is_only else "no"
        support = Support(product.id, product.topologies, question.turned(needed))
        return question.answered([support], [], support.verdict)
    stated = tuple(one for one in product.requirements if one.level == "may")
    return question.answered([Support(product.id, product.topologies, "yes", stated)], [], "yes")


def _by_words(question: Question, product: Product) -> Decision | None:
    """Judge what the product's own requirements say, where their words are asked about."""
    spoken = spoken_of(question)
    if spoken and product.id not in spoken:
        return None
    matches = [Match(one, ACTION_DISTANCE) for one in spoken.get(product.id, ())]
    if slot_words(question.reading):
        matches = by_words(question.facts, product.requirements, question.reading)
    matches = [one for one in matches if _speaks_of_things(question, one)]
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
    found = spoken_of(question, least or LEAST_SPOKEN)
    if len(found) != 1 or named & set(found) or not set(found) <= set(question.catalog.components):
        return None
    return _about(question, next(iter(found)))


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
