"""Questions that want a number."""

from __future__ import annotations

from collections.abc import Iterable

from kb.ask import counts, worlds
from kb.ask.decide.duties import where
from kb.ask.decide.listing import listing
from kb.ask.decide.question import Question
from kb.ask.decision import Decision, Number
from kb.ask.matching import is_counted
from kb.ask.subjects import holder_of
from kb.catalog import Component, Product


def how_many(question: Question) -> Decision | None:
    """Decide how many of something there are, must be or may be."""
    reading = question.reading
    if (decision := _stated_number(question)) is not None:
        return decision
    if reading.kinds and not reading.components:
        return listing(question, is_counted=True)
    if reading.components:
        return where(question)
    return None


def _stated_number(question: Question) -> Decision | None:
    reading = question.reading
    named = [holder_of(question.catalog, one) for one in reading.components]
    holders: Iterable[Component | Product] = named or (
        *question.catalog.products.values(),
        *question.catalog.published(),
    )
    asked = reading.counted_after
    for holder in holders:
        open_worlds = question.worlds(holder, holder.requirements)
        found = [
            one
            for one in holder.requirements
            if is_counted(question.catalog, one, asked)
            and any(worlds.applies(one, world) for world in open_worlds)
        ]
        if found:
            numbers = [
                Number(one, counts.limit_of(one.count, reading.nodes), reading.nodes)
                for one in found
                if one.count is not None
            ]
            names = [holder.id] if isinstance(holder, Component) else []
            return question.answered(numbers, names)
    return None
