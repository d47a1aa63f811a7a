"""What one component does for another: "does A create the R" is judged by what is asked of B.

Knows only whose statement it is; the verdict is reached elsewhere.
"""

from __future__ import annotations

from collections.abc import Sequence

from kb.ask.decide.question import Question
from kb.ask.facts import Content
from kb.ask.index import bounded
from kb.ask.matching import find
from kb.ask.worded import verbs_of
from kb.ask.words import tokens
from kb.catalog import Component, Requirement


def done_by(question: Question) -> Question | None:
    """Take the component for which the one named does what is asked: "does A create the R"."""
    names = question.subjects.components
    things = set(question.reading.resources)
    verbs = verbs_of(question.reading)
    if len(names) != 1 or not things or not verbs:
        return None
    holder = question.catalog.components[names[0]]
    if find(question.catalog, question.facts, holder, question.reading, (*things,)).matches:
        return None
    found = [
        one.id
        for one in bounded(question.index.applying(things))
        if any(_has_done(question, one, stated, names[0], verbs) for stated in one.requirements)
    ]
    if len(found) != 1:
        return None
    return question.changed(components=(found[0],))


def _has_done(
    question: Question,
    holder: Component,
    stated: Requirement,
    by: str,
    verbs: Sequence[frozenset[str]],
) -> bool:
    """Return whether a statement has a component do one of these to a thing that is named."""
    if not set(question.reading.resources) & set(stated.resources):
        return False
    content = question.facts.action(stated)
    means = any(by in one.about for one in holder.requirements if one.ref == stated.by)
    if by not in (*stated.about, *content.names) and not (
        means and _is_meant(question, by, content)
    ):
        return False
    return any(one & content.verb for one in verbs)


def _is_meant(question: Question, name: str, content: Content) -> bool:
    """Return whether a statement has a word of a component's name, those of products apart."""
    component = question.catalog.components[name]
    product = question.catalog.products[component.product]
    words = [
        {one.stem for each in holder.names for one in tokens(each)}
        for holder in (component, product)
    ]
    return bool((words[0] - words[1]) & content.marks)
