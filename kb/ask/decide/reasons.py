"""Questions after a reason or a consequence."""

from __future__ import annotations

from collections.abc import Sequence

from kb.ask import phrases
from kb.ask.decide.bearing import closest, holding, spoken_of
from kb.ask.decide.duties import what_must
from kb.ask.decide.question import Question
from kb.ask.decision import Decision, Point, Reasoning, Support, Unjoined
from kb.ask.facts import marks, marks_of
from kb.ask.matching import find, is_about_clustering
from kb.ask.subjects import holder_of, product_in_question
from kb.ask.worded import slot_words
from kb.ask.words import tokens
from kb.catalog import Component, Requirement


def why(question: Question) -> Decision | None:
    """Tell why something is asked, or what is lost without it."""
    reading = question.reading
    if question.asks_for_the_unknown():
        return None
    if (spared := _spared(question)) is not None:
        return spared
    points: list[Point] = []
    if (support := _support(question)) is not None:
        return support
    asked = _statements(question)
    for name, chosen in asked.items():
        if not chosen:
            points += question.premise(name) or _nothing(question, name)
        points += [Reasoning(one, reading.form == "consequence") for one in chosen]
    if not points and reading.form == "consequence" and reading.placement is not None:
        return why(question.changed(placement=None))  # no statement is of that place
    if not points:
        return None
    return question.answered(points, [one for one in asked if one in question.catalog.components])


def _spared(question: Question) -> Decision | None:
    """Tell what is not asked, where it is asked what follows from what need not be the case."""
    reading = question.reading
    denied = reading.conditions and not any(reading.conditions.values())
    if reading.form != "consequence" or not denied:
        return None
    if question.subjects.components:
        return why(question.changed(conditions={}))
    return what_must(question.changed(form="what-must", modality="skip", resources=()))


def _statements(question: Question) -> dict[str, tuple[Requirement, ...]]:
    """Return the statements that are asked about, by component."""
    if named := question.subjects.components:
        return {name: _negative_first(question, _stated(question, name)) for name in named}
    if spoken := spoken_of(question):
        return spoken
    found = {name: _stated(question, name) for name in question.users()}
    every = [one for stated in found.values() for one in stated]
    least = min(1, len(slot_words(question.reading)))
    kept = set(_negative_first(question, closest(question, every, least)))
    return {name: stated for name, stated in found.items() if kept & set(stated)}


def _stated(question: Question, name: str) -> tuple[Requirement, ...]:
    """Return the statements of one component that bear on the question."""
    holder = holder_of(question.catalog, name)
    found = find(
        question.catalog, question.facts, holder, question.reading, question.objects_for(name)
    )
    chosen = [one.requirement for one in found.matches]
    if found.target == "action" and not chosen:
        chosen = _with_their_reason(question, holder.requirements)
    if found.target == "whole":
        chosen = [one for one in holder.requirements if one.level in ("must", "must-not")]
    if found.matches and found.target in ("object", "placement"):
        judgement = question.judge(found.matches, "uses", holder)
        chosen = [one.requirement for one in judgement.matches] or chosen
    held = holding(question, name, chosen)
    return closest(question, held) if found.target == "action" else held


def _with_their_reason(question: Question, stated: Sequence[Requirement]) -> list[Requirement]:
    """Return the statements that have the words of the question together with their reason."""
    matter = set(slot_words(question.reading))
    slots = [marks(one.stem) for one in question.reading.words if one.word in matter]
    said = {
        one.ref: question.facts.action(one).marks | marks_of(tokens(_told_with(question, one)))
        for one in stated
    }
    return [one for one in stated if slots and all(slot & said[one.ref] for slot in slots)]


def _told_with(question: Question, requirement: Requirement) -> str:
    """Return the reason of a statement and the titles of its resources."""
    titles = [question.catalog.title_of(one) for one in requirement.resources]
    return ". ".join((requirement.why or "", *titles))


def _negative_first(question: Question, stated: tuple[Requirement, ...]) -> tuple[Requirement, ...]:
    """Return only what is not to be done, if there is any, where the question is negative."""
    negative = tuple(one for one in stated if one.level in ("must-not", "should-not", "need-not"))
    is_negative = phrases.has("negation", "inner", question.reading.line)
    return negative if is_negative and negative else stated


def _nothing(question: Question, name: str) -> list[Point]:
    """Return that nothing is asked of a component, where the pages say so."""
    holder = holder_of(question.catalog, name)
    is_said = isinstance(holder, Component) and holder.asks_nothing
    line = question.reading.line
    is_of_matter = slot_words(question.reading) and not is_about_clustering(question.reading)
    if is_of_matter or phrases.has("befalling", "yes", line):
        return []  # it is asked about something else than what clustering asks
    is_right = phrases.has("negation", "inner", line) or question.reading.modality == "skip"
    if is_said and (is_right or phrases.has("nothing-asked", "yes", line)):
        return [question.duties(name)]
    return [Unjoined(name, (), None, asks_nothing=True, is_correction=True)] if is_said else []


def _support(question: Question) -> Decision | None:
    """Correct that a topology is taken for one that a product is not documented for."""
    reading = question.reading
    product = product_in_question(question.catalog, question.index, reading)
    is_of_product = not question.subjects.components and not reading.resources
    if product is None or not reading.topologies or not is_of_product:
        return None
    is_all = set(reading.topologies) == set(product.topologies)
    is_limited = phrases.has("only", "yes", reading.line) and not is_all
    if not (reading.is_negated or is_limited):
        return None
    if slot_words(reading) or not set(reading.topologies) <= set(product.topologies):
        return None
    return question.answered([Support(product.id, product.topologies, None)], [])
