"""When there is no answer: unknown circumstances, other worlds' names, and what is not covered."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from kb.ask import data, phrases
from kb.ask.answer import Reason, Verdict
from kb.ask.decide.bearing import spoken_of
from kb.ask.decide.meaning import explanation
from kb.ask.decide.question import Question
from kb.ask.decide.yes_no import yes_no
from kb.ask.decision import Absent, Decision, Definition
from kb.ask.described import of_kinds
from kb.ask.facts import marks_of
from kb.ask.matching import find
from kb.ask.reading import Reading
from kb.ask.subjects import by_condition, holder_of, singled_out, unique
from kb.ask.worded import slot_words
from kb.ask.words import number, tokens
from kb.catalog import Component, Product, Requirement
from kb.model import PageType

_SAMENESS = re.compile(r" (?:same|ident|different|equal|match) ([a-z]+)(?= |$)")
"""What is said to be the same, or another (stems)."""
_ALIKE = re.compile(
    r" ([a-z]+)(?: (?:have|need) to)?(?: be| is| are)?(?: all)?(?: the)?"
    r" (?:same|ident|equal|different)(?= |$)"
)
"""What is to be the same, or another, told before that (stems)."""
_THING_ALIKE = re.compile(
    r" R(?: (?:have|need) to)?(?: be| is| are)?(?: the)? (?:same|ident|equal|different)"
    r" (?:on|across|in|for|at) (?:all|each|everi|both)(?: the| of the)? (?:C|G|node|server|machin)"
    r"(?= |$)"
)
"""A thing that is named is to be the same, or another, on several machines (stems)."""
_IDENTITY = re.compile(
    r" (?:run|start|work|execut|instal|log on) (?:as|under|with)(?: an?| the)?(?: local| domain)*"
    r" (admin|administr|root|system|user|account|sa|superus|privileg|right)(?= |$)"
)
"""As whom something runs (stems)."""
_EFFECT = re.compile(
    r"^ (?:will|would|can|could|doe|do|may|might) .*"
    r" (twice|doubl|duplic|conflict|collid|clash|interfer|overlap|compet|slower|faster|corrupt)"
    r"(?= ).* (?:if|when|becaus) "
)
"""What comes of something that is so (stems)."""
_LEAST_FOR_YES_OR_NO = 2
"""Words of matter without which prose does not answer a yes/no question."""
_OF_DOING = frozenset({"how", "document", "what-must"})
"""Forms in which it is asked what to do: a procedure may tell."""
_POINTING = frozenset("it they them both these those".split())
"""Words that stand for components named before."""
_OPEN = frozenset({"definition", "which", "how-many"})
"""Forms in which a kind is asked for, or what it is."""
Near = list[tuple[PageType, str]]
"""Things that are nearest to what is asked, by page type and id."""


def unknown_circumstances(question: Question) -> Decision | None:
    """Abstain where a version or a topology is named that the pages do not have."""
    reading = question.reading
    if reading.unknown_version is not None:
        return question.abstain("unknown-version", _nearest(question), reading.unknown_version)
    if reading.unknown_topology is not None:
        named: Near = [("topology", one) for one in question.topologies()]
        return question.abstain("unknown-topology", named, reading.unknown_topology)
    return None


def foreign(question: Question) -> Decision | None:
    """Abstain where a thing of another world is named."""
    reading = question.reading
    if not reading.foreign:
        return None
    if (told := _told_apart(question)) is not None:
        return told
    near: Near = [("component", one) for one in reading.components] or _mistaken(question)
    near = near or [("product", one) for one in reading.products]
    is_beside = bool(reading.components) and not reading.has_foreign_modifier
    reason: Reason = "not-recorded" if is_beside else "unknown-component"
    return question.abstain(reason, near, ", ".join(reading.foreign))


def _mistaken(question: Question) -> Near:
    """Return the things of which the pages say that they are not what is named."""
    found = question.index.mistaken_for(question.reading.foreign)
    near: Near = [("component", one.id) for one in found if isinstance(one, Component)]
    return near + [("product", one.id) for one in found if isinstance(one, Product)]


def _told_apart(question: Question) -> Decision | None:
    """Say what the pages say of another world's thing: that ours is not it, or what it is."""
    reading = question.reading
    if reading.form in ("same", "compare"):
        named: Near = [("component", one) for one in reading.components]
        named += [("resource", one) for one in reading.resources]
        points = [
            Definition(kind, name, unlike=term)
            for kind, name in named
            for term in reading.foreign
            if term in question.catalog.things(kind)[name].stated.not_same_as
        ]
        is_difference = phrases.has("difference", "yes", reading.line)
        verdict: Verdict | None = "yes" if is_difference else "no"
        is_asked = reading.form == "same"
        return (
            question.answered(points, reading.components, verdict if is_asked else None)
            if points
            else None
        )
    return explanation(question)


def together(question: Question) -> Decision | None:
    """Abstain where it is asked whether two things may share a place, and no page says so."""
    reading = question.reading
    names = (*reading.components, *reading.beside, *reading.places_of)
    if not names:
        names = tuple(question.subjects.components)
    is_one = len(names) + len(reading.resources) < 2
    if is_one or not phrases.has("together", "yes", reading.line):
        return None
    if reading.placement == "each-node" and len(reading.components) == 1:
        return None
    if phrases.has("together", "requirements", reading.line):
        return None
    if any(_says_where(question, name) for name in question.subjects.components):
        return None
    if (beside := _said_of_one(question, names)) is not None:
        return yes_no(beside)
    return question.abstain("not-recorded", [("component", one) for one in names])


def _said_of_one(question: Question, names: Sequence[str]) -> Question | None:
    """Return the question on the one component whose statement tells its place by the others."""
    reading = question.reading
    if reading.form != "yes-no":
        return None
    for name in names:
        others = tuple(one for one in names if one != name)
        holder = question.catalog.components[name]
        found = find(question.catalog, question.facts, holder, reading, others)
        if any(_puts(question, one.requirement, on_a_node=True) for one in found.matches):
            return question.changed(
                components=(name, *others),
                beside=(),
                places_of=(),
                is_joined=False,
                is_about_another=True,
                placement=None,
                stems=reading.stems | {"same"},
            )
    return None


def _says_where(question: Question, name: str) -> bool:
    """Return whether a statement of the component tells its place beside the other things."""
    objects = question.objects_for(name)
    holder = holder_of(question.catalog, name)
    found = find(question.catalog, question.facts, holder, question.reading, objects)
    return bool(objects) and any(
        one.requirement.placement or _puts(question, one.requirement) for one in found.matches
    )


def _puts(question: Question, requirement: Requirement, *, on_a_node: bool = False) -> bool:
    """Return whether a statement says where its component is put, or is not."""
    content = question.facts.action(requirement)
    is_node = not on_a_node or bool(content.marks & data.stems_of("nodes"))
    return is_node and bool(content.verb & question.reader.placing_marks)


def ambiguous(question: Question) -> Decision | None:
    """Ask back where a name is shared by several components."""
    reading = question.reading
    if reading.is_partly_named and question.described():
        return None
    named_besides = question.subjects.components
    is_open = reading.quantifier != "all" and not named_besides
    is_joined = (
        reading.is_joined and bool(named_besides) and set(named_besides).isdisjoint(reading.shared)
    )
    if reading.shared and (is_open or is_joined):
        named: Near = [("component", one) for one in reading.shared]
        return question.clarify("ambiguous-component", named)
    return None


def elliptic(question: Question) -> Decision | None:
    """Ask back where only another topology is said, as if behind a question asked before."""
    reading = question.reading
    is_other = phrases.has("elliptic", "other", reading.line)
    names_something = bool(question.subjects.components or question.subjects.objects)
    names_something |= bool(reading.kinds) and not is_other
    if names_something or reading.products or reading.conditions or slot_words(reading):
        return None
    if not (is_other or phrases.has("elliptic", "yes", reading.line)):
        return None
    return question.clarify("missing-component", question.related())


def one_of_a_kind(question: Question) -> Decision | None:
    """Ask back where one of several is meant by its kind; abstain where none is like that."""
    one = question.reading.singled
    if one is None or question.subjects.components or question.reading.form in _OPEN:
        return None
    found = singled_out(question.index, question.facts, question.reading)
    if len(found) > 1:
        named: Near = [("component", each.id) for each in found]
        return question.clarify("ambiguous-component" if one.stems else "missing-component", named)
    if not one.before or found:
        return None
    near: Near = [("component", each.id) for each in of_kinds(question.index, question.reading)]
    return question.abstain("unknown-component", near, " ".join((*one.before, one.kind)))


def absent_from_version(question: Question) -> Decision | None:
    """Say so where a component is asked about in a version that does not have it."""
    version = question.reading.version
    if len(question.reading.versions) > 1 and question.reading.form in ("same", "compare"):
        return None  # that is among what is compared
    absent = [
        name
        for name in question.reading.components
        if version is not None
        and question.catalog.components[name].versions is not None
        and version not in (question.catalog.components[name].versions or ())
    ]
    if not absent:
        return None
    left = [one for one in question.reading.components if one not in absent]
    if left and _is_choice(question.reading):
        gone = [Absent(name, str(version)) for name in absent]
        return question.answered([*map(question.duties, left), *gone], left)
    verdict: Verdict | None = "no" if question.reading.form == "yes-no" else None
    points = [Absent(name, str(version), question.turned(verdict)) for name in absent]
    return question.answered(points, absent, question.turned(verdict))


def unstated_property(question: Question) -> Decision | None:
    """Abstain where a property or an effect is asked about that no statement of a component has."""
    reading = question.reading
    names = question.subjects.components
    if reading.form not in ("yes-no", "same") or not names or (asked := _property(reading)) is None:
        return None
    is_stated = any(
        asked in {word.stem for word in tokens(one.action)}
        for name in names
        for one in holder_of(question.catalog, name).requirements
    )
    near: Near = [("component", one) for one in names]
    return None if is_stated else question.abstain("not-recorded", near)


def _property(reading: Reading) -> str | None:
    """Return the stem of a property or an effect that is asked about."""
    for pattern in (_SAMENESS, _ALIKE):
        if (same := pattern.search(reading.line)) and same[1] in data.properties():
            return same[1]
    if reading.form == "same" and _THING_ALIKE.search(reading.line):
        return "same"
    found = _IDENTITY.search(reading.line) or _EFFECT.search(reading.line)
    return found[1] if found else None


def _is_choice(reading: Reading) -> bool:
    """Return whether "A or B" is asked, and not whether something is so of them."""
    return reading.form != "yes-no" and (reading.is_choice or " or " in reading.line)


def too_many(question: Question, number: int) -> Decision:
    """Ask which one is meant where more components come into question than are looked at."""
    products = [one.id for one in question.catalog.products.values() if one.is_published]
    candidates: Near = [("product", one) for one in products]
    if question.reading.products or len(products) == 1:
        candidates = [("component", one.id) for one in of_kinds(question.index, question.reading)]
    decision = question.clarify("missing-component", candidates)
    return replace(decision, subject=f"{number:,} components")


def fallback(question: Question) -> Decision:
    """Quote prose that answers, or say what is missing."""
    reading = question.reading
    if (explained := explanation(question)) is not None:
        return explained
    is_asked = not reading.is_bare or phrases.has("yes-no", "wh", reading.line)
    is_weak = reading.form == "yes-no" and len(slot_words(reading)) < _LEAST_FOR_YES_OR_NO
    quote = question.ground.passages.best(reading, reading.components)
    if question.asks_for_a_command() and (refused := _command(question)) is not None:
        return refused
    is_weak |= quote is not None and _asks_for_an_attribute(question)
    is_weak |= reading.form == "how-many" and quote is not None and not _has_number(quote.text)
    if quote is not None and is_asked and not is_weak:
        decision = question.answered([quote], list(reading.components))
        return replace(decision, intent="passage")
    if not reading.components and _is_elliptic(question):
        return question.clarify("missing-component", question.related())
    near = _nearest(question)
    reason: Reason = "not-recorded" if near else "out-of-scope"
    written = {one.word: one.text for one in reading.words}
    missing = ", ".join(written.get(one, one) for one in reading.unknown)
    return question.abstain(reason, near, missing)


def _asks_for_an_attribute(question: Question) -> bool:
    """Return whether a property such as a version or a size is asked for: no prose tells it."""
    attributes = data.word_lists()["attributes"]
    words = [one.word for one in question.reader.tokens(question.reading.question)]
    opening = [at for at, one in enumerate(words) if one in ("what", "which")]
    return any(one in attributes for at in opening for one in words[at + 1 : at + 6])


def _has_number(text: str) -> bool:
    return any(any(map(str.isdigit, one)) or number(one.casefold()) for one in text.split())


def _nearest(question: Question) -> Near:
    """Return what is named: components with the procedure that may tell more, else the rest."""
    reading = question.reading
    if not reading.components:
        named: Near = [("resource", one) for one in reading.resources]
        named += [("topology", one) for one in reading.topologies]
        return named or [("product", one) for one in reading.products]
    near: Near = [("component", one) for one in reading.components]
    procedures = [
        question.catalog.procedures[one.procedure]
        for name in reading.components
        for one in question.catalog.components[name].requirements
        if one.procedure is not None
    ]
    if reading.form not in _OF_DOING and not question.asks_for_a_command():
        asked = marks_of(reading.words)
        procedures = [one for one in procedures if marks_of(tokens(one.title)[:1]) & asked]
    near += [("procedure", one.id) for one in procedures[:1]]
    return near


def _command(question: Question) -> Decision | None:
    """Say that a command is not recorded, and in which procedure to look for it."""
    spoken = spoken_of(question, 1)
    names = question.reading.components or (*spoken, *question.users())
    stated = [one for found in spoken.values() for one in found]
    known = [one for one in unique(names) if one in question.catalog.components]
    conditional = tuple(by_condition(question.catalog, question.index, question.reading))
    named = tuple(known) or conditional
    return _not_recorded(question, named, stated) if named else None


def _not_recorded(
    question: Question, names: Sequence[str], stated: Sequence[Requirement] = ()
) -> Decision:
    """Abstain with what is nearest, and the title of a procedure to look for."""
    near: Near = [("component", one) for one in names]
    listed = [
        *stated,
        *(one for name in names for one in question.catalog.components[name].requirements),
    ]
    near += [("procedure", one.procedure) for one in listed if one.procedure is not None][:1]
    return question.abstain("not-recorded", near, ", ".join(question.reading.unknown))


def _is_elliptic(question: Question) -> bool:
    """Return whether "it" or "they" stands where a component is expected."""
    words = [one.word for one in question.reader.tokens(question.reading.question)]
    is_short = len(words) < 16 and not (question.reading.unknown or question.reading.idle)
    is_named = bool(question.reading.products)
    is_one = any(one in ("that", "this") and two == "one" for one, two in pairwise(words))
    return is_short and not is_named and (is_one or not _POINTING.isdisjoint(words))
