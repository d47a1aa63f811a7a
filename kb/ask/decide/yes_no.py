"""Questions that want yes or no, for one component, several, or none that is named."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kb.ask import phrases
from kb.ask.answer import Verdict
from kb.ask.decide.alternatives import of_places, of_things
from kb.ask.decide.judging import all_of, ruling
from kb.ask.decide.question import Question
from kb.ask.decision import Decision, Duties, Point, Ruling, Support, Unjoined, Unrecorded
from kb.ask.matching import by_words, find, slot_words
from kb.ask.subjects import by_role, has_role_of, holder_of, of_kinds, product_in_question
from kb.ask.verdicts import Match, column_of
from kb.catalog import Component, Product

_LEAST_TO_TELL = 2
"""Words and things named without which a statement is not told from others."""


def yes_no(question: Question) -> Decision | None:
    """Decide whether something is so, must be so, may be so."""
    reading = question.reading
    if question.asks_for_the_unknown():
        return None
    names = question.subjects.components
    if not names:
        return _yes_no_without_component(question)
    column = column_of(reading.modality, is_object_negated=reading.is_object_negated)
    if phrases.has("either", "yes", reading.line) and len(reading.resources) > 1:
        return of_things(question, names, column)
    if len(reading.places) > 1:
        return of_places(question, names, column)
    rulings = {name: ruling(question, name, column) for name in names}
    if not any(rulings.values()):
        return None
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
    points = [each for one in points for each in (one, *reminder(question, one))]
    return question.answered(points, list(names), verdict)


def _yes_no_without_component(question: Question) -> Decision | None:
    reading = question.reading
    is_count = reading.amount is not None and set(reading.resources) <= set(reading.counted)
    if is_count and (decision := _product_count(question)) is not None:
        return decision
    product = product_in_question(question.catalog, reading)
    if product is not None and reading.topologies and not reading.resources:
        listed = all(one in product.topologies for one in reading.topologies)
        if phrases.has("only", "yes", reading.line) and listed and not slot_words(reading):
            verdict: Verdict = "yes" if set(product.topologies) <= set(reading.topologies) else "no"
            support = Support(product.id, product.topologies, question.turned(verdict))
            return question.answered([support], [], support.verdict)
        if listed and not slot_words(reading):
            stated = tuple(one for one in product.requirements if one.level == "may")
            return question.answered(
                [Support(product.id, product.topologies, "yes", stated)], [], "yes"
            )
    if product is not None and (decision := _product_duty(question, product)) is not None:
        return decision
    if reading.quantifier == "any" or reading.kinds:
        return None
    if (by_thing := _only_user(question)) is not None:
        return by_thing
    if slot_words(reading) and (by_name := _role_subject(question)) is not None:
        return by_name
    if slot_words(reading) and (by_statement := _only_statement(question)) is not None:
        return by_statement
    if reading.resources or (reading.placement is not None and not slot_words(reading)):
        related = question.related()
        if len(related) == 1:
            again = replace(reading, components=(related[0][1],))
            return yes_no(Question(question.ground, again))
        return question.clarify("missing-component", related)
    return None


def _product_duty(question: Question, product: Product) -> Decision | None:
    """Judge what the product's own requirements say, where their words are asked about."""
    matches = by_words(question.facts, product.requirements, question.reading)
    if not matches or not slot_words(question.reading):
        return None
    column = column_of(question.reading.modality)
    judgement = question.judge(matches, column, product)
    verdict = question.turned(judgement.verdict)
    return question.answered([Ruling(product.id, verdict, column, judgement)], [], verdict)


def _only_user(question: Question) -> Decision | None:
    """Take the component that alone has to do with the things named, where only one has."""
    names = {
        requirement.owner
        for component in question.catalog.published()
        for requirement in component.requirements
        if set(question.reading.resources) & set(requirement.resources)
    }
    is_pointed_at = phrases.has("pointing", "yes", question.reading.line)
    if is_pointed_at or len(names) != 1 or not names <= set(question.catalog.components):
        return None
    again = replace(question.reading, components=tuple(names))
    return yes_no(Question(question.ground, again))


def _only_statement(question: Question) -> Decision | None:
    """Take the component that alone has a statement with all the words of the question."""
    reading = question.reading
    slots = set(slot_words(reading))
    if len(slots) + len(reading.resources) < _LEAST_TO_TELL:
        return None
    owners = {
        match.requirement.owner
        for component in of_kinds(question.catalog, replace(reading, kinds=()))
        for match in by_words(question.facts, component.requirements, reading)
        if set(reading.resources) <= question.facts.action(match.requirement).names
    }
    if len(owners) != 1 or not owners <= set(question.catalog.components):
        return None
    return yes_no(Question(question.ground, replace(reading, components=tuple(owners))))


def _role_subject(question: Question) -> Decision | None:
    """Take the component that the question describes by what it is for."""
    reading = question.reading
    found = by_role(
        question.catalog,
        question.facts,
        reading,
        of_kinds(question.catalog, replace(reading, kinds=())),
    )
    if len(found) > 1 and not reading.words:
        return None
    if not found or not all(has_role_of(question.facts, reading, one) for one in found):
        return None
    if len(found) > 1:
        return question.clarify("ambiguous-component", [("component", one) for one in found])
    described = question.facts.does(found[0])
    words = tuple(one for one in reading.words if one.stem not in described)
    again = replace(reading, components=found, words=words, unknown=())
    return yes_no(Question(question.ground, again))


def _product_count(question: Question) -> Decision | None:
    reading = question.reading
    holders: tuple[Component | Product, ...] = (
        *question.catalog.products.values(),
        *question.catalog.published(),
    )
    for holder in holders:
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


def reminder(question: Question, point: Point) -> list[Point]:
    """Return what is asked instead, behind a denial."""
    if isinstance(point, Unjoined) and not point.asks_nothing:
        duties = question.duties(point.holder, is_reminder=True)
        return [duties] if duties.requirements else []
    if isinstance(point, Ruling) and point.verdict == "no":
        return instead_of(question, point.holder, point.judgement.matches)
    return []


def instead_of(question: Question, name: str, matches: Sequence[Match]) -> list[Point]:
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
    weighty: tuple[Verdict, ...] = ("yes", "depends")
    for one in weighty:
        if one in verdicts:
            return one
    return "no" if "no" in verdicts else None
