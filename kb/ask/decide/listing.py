"""Questions that want components: by what they have, where they run, what they are for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from kb.ask import data, phrases
from kb.ask.decide.bearing import bearing
from kb.ask.decide.duties import left_out, not_asked, statements_told, what_must
from kb.ask.decide.judging import ruling
from kb.ask.decide.mostly import mostly_said
from kb.ask.decide.question import Question
from kb.ask.decide.selecting import (
    Item,
    _wants_other_things,
    _with_objects,
    asked_nothing,
    selected,
)
from kb.ask.decide.tasks import role_of
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
from kb.ask.described import by_role, by_whole_role, of_kinds
from kb.ask.facts import marks
from kb.ask.naming import ANY_KIND
from kb.ask.placing import NODES_OF_SOME
from kb.ask.subjects import product_in_question
from kb.ask.verdicts import column_of
from kb.ask.worded import slot_words
from kb.ask.words import stem, tokens
from kb.catalog import Component, Requirement

_PLACES = frozenset(
    {
        *(
            "each-node",
            "each-server",
            "one-node",
            "particular-node",
            "outside-cluster",
            "shared-storage",
        ),
        *("once-per-cluster", "once-per-deployment", "one-per-cluster"),
    }
)
"""Places of which one may ask what stands there."""
_MOST_ROLES = 4
"""Components of which it is told what they are for, where that picks them."""


def which(question: Question) -> Decision | None:
    """List the components that the question describes."""
    if question.reading.is_named_in_condition and question.reading.kinds:
        question = question.changed(components=(), is_named_in_condition=False)
    reading = question.reading
    if (spared := left_out(question)) is not None:
        return spared
    is_named = reading.components or reading.resources or reading.kinds
    done = None if is_named else mostly_said(question)
    decision = done or _on_nodes_of(question) or listing(question, is_counted=False)
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
    items, is_by_role = _working_on(question) or _picked(question)
    if reading.is_choice and items == [] and not is_counted:
        return _none_of_them(question)
    is_open = reading.modality == "can" and reading.placement is not None
    if items is None or not (items or (reading.kinds and not is_open) or is_counted):
        return None  # of a place that no statement names it is not said that nothing may be there
    if is_by_role and not is_counted and len(items) <= _MOST_ROLES:
        asked = [marks(one.stem) for one in reading.words]
        points = [role_of(question, name, asked) for name, _ in items]
        return question.answered(points, [name for name, _ in items])
    of = "" if not reading.kinds or reading.kinds[0] == ANY_KIND else reading.kinds[0]
    found = Listing(tuple(items), is_counted, of)
    return question.answered([found], [name for name, _ in items])


def _on_nodes_of(question: Question) -> Decision | None:
    """List what is to be on each node of the one component that is named: "on each A node"."""
    reading = question.reading
    if len(reading.components) != 1 or not phrases.has("nodes-of", "each", reading.line):
        return None
    name = reading.components[0]
    verbs = {mark for one in reading.words for mark in marks(one.stem)}
    found: list[Item] = []
    for one in question.index.touching((name,)):
        there = tuple(
            r
            for r in one.requirements
            if r.placement == "each-node" and r.level in ("must", "should", "automatic")
            if name in question.facts.action(r).names | {r.nodes}
        )
        there = tuple(r for r in there if verbs & question.facts.action(r).verb) or there
        found += [(one.id, there)] if there else []
    listed = [name for name, _ in found]
    return question.answered([Listing(tuple(found), False)], listed) if found else None


def _working_on(question: Question) -> tuple[list[Item], bool] | None:
    """Return the components whose role says that they work where a thing is that is named."""
    reading = question.reading
    if len(reading.resources) != 1 or not phrases.has("working-on", "yes", reading.line):
        return None
    title = question.catalog.resources[reading.resources[0]].title
    wanted = [marks(one.stem) for one in (*tokens(title), *tokens("node"))]
    among = {one.id for one in _candidates(question)}
    found = [
        one
        for one in question.facts.doing(wanted)
        if one in among and all(each & question.facts.role_of(one) for each in wanted)
    ]
    return ([(one, ()) for one in found], True) if found else None


def _picked(question: Question) -> tuple[list[Item] | None, bool]:
    """Return what is described, and whether by roles; of any kind where the kind is named loosely.

    "Which services" asks for components in general where no service is like that.
    """
    items, is_by_role = selected(question, _candidates(question))
    reading = question.reading
    if items == [] and reading.resources and set(reading.kinds) <= data.word_lists()["generic"]:
        question = question.changed(kinds=(ANY_KIND,))
        return selected(question, _candidates(question))
    return items, is_by_role


def _doing_to(question: Question) -> tuple[str, ...]:
    """Return the other components whose role is to do what is asked to the one that is named."""
    reading = question.reading
    if not phrases.has("intent", "doer", reading.line) or phrases.has(
        "not-doer", "yes", reading.line
    ):
        return ()
    if not reading.words:
        return ()
    whole = by_whole_role(question.facts, reading, reading.words[0].stem)
    if whole and not set(whole) & set(reading.components) and len(whole) <= _MOST_ROLES:
        return whole
    if any(bearing(question, one) for one in reading.components):
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
    is_any = phrases.has("anything", "yes", reading.line) or (
        bool(reading.excluded) and reading.quantifier == "any"
    )
    wants_anything = reading.form == "yes-no" and is_any
    if reading.form == "what-must" and (there := _on_nodes_of(question)) is not None:
        return there
    if not wants_anything and reading.form not in ("what-must", "which"):
        return None
    if (told := NODES_OF_SOME.search(reading.line)) is not None and told[1] != "singl":
        kept = tuple(one for one in reading.words if one.stem != told[1])
        question = question.changed(words=kept)
        reading = question.reading
    if reading.placement not in _PLACES or slot_words(reading) or question.asks_for_the_unknown():
        return None
    if reading.components or reading.shared or (reading.kinds and not reading.excluded):
        return None
    if question.subjects.objects:
        return None
    items = _with_objects(question, of_kinds(question.index, reading)) or []
    if not items and not reading.excluded:
        return None
    verdict = question.turned("yes" if items else "no") if wants_anything else None
    return question.answered([Listing(tuple(items), False, "")], [one for one, _ in items], verdict)


def _topologies(question: Question) -> Decision | None:
    """Tell the topologies that the pages of the product list."""
    product = product_in_question(question.catalog, question.index, question.reading)
    if product is None or not product.topologies or slot_words(question.reading):
        return None
    names = question.subjects.components
    if question.subjects.objects or question.reading.modality in ("forbidden", "skip"):
        return None
    stated = tuple(one for one in product.requirements if one.level == "may" and not one.resources)
    return question.answered([Support(product.id, product.topologies, None, stated)], names)


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


def existing(question: Question) -> Decision | None:
    """Decide whether there are components of which something is so."""
    reading = question.reading
    is_asked = phrases.has("existing", "yes", reading.line)
    if (reading.components and not is_asked) or not reading.kinds or reading.quantifier == "all":
        return None
    items = None if reading.components else asked_nothing(question, _candidates(question))
    if items is None and is_asked:
        picking = question.changed(form="which")
        items, _ = selected(picking, _candidates(picking))
    if items is None:
        return None
    if any(phrases.has(one, "yes", reading.line) for one in ("unconditional", "without-exception")):
        items = [(name, stated) for name, stated in items if not _are_conditional(stated)]
    found = Listing(tuple(items), False)
    return question.answered([found], [one for one, _ in items], "yes" if items else "no")


def _are_conditional(stated: Sequence[Requirement]) -> bool:
    """Return whether each of the statements holds under conditions only."""
    return bool(stated) and all(one.when or one.unless for one in stated)


def anything_with(question: Question) -> Decision | None:
    """Decide whether there is any component of which something is so: "does anything need an R"."""
    reading = question.reading
    is_any = reading.words[:1] and reading.words[0].word in ("anything", "something")
    is_any = is_any and not phrases.has("modality", "by-hand", reading.line)
    if not is_any or not reading.resources or question.asks_for_the_unknown():
        return None
    picking = question.changed(form="which", kinds=(ANY_KIND,), words=reading.words[1:])
    items, _ = selected(picking, question.index.published)
    if items is None:
        return None
    verdict = question.turned("yes" if items else "no")
    return question.answered([Listing(tuple(items), False)], [one for one, _ in items], verdict)


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
        done = by_whole_role(question.facts, question.reading)
        roles = [Definition("component", one, wants_role=True) for one in done]
        return question.answered(roles, done) if roles else None
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
