"""`plan` as it is typed and said in a chat, such as `plan agent, console in active-active`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from api.chatops.answering import note
from api.chatops.reply import Line, Link, Reply
from api.schemas.links import Links, planner_query
from kb import KnowledgeBase, Plan

PLAN_FORM = "plan NAMES in TOPOLOGY with CONDITIONS without CONDITIONS nodes NAMES"

_PART = re.compile(r"(?:^|\s+)(in|with|without|nodes)\s+", re.IGNORECASE)


def planned(knowledge: KnowledgeBase, links: Links, text: str) -> Reply:
    """Return the reply to `plan`. Raises UnknownNameError, AmbiguousNameError, PlanError."""
    parts = _parts(text)
    chosen = knowledge.select(
        topology=parts.get("in") or None,
        components=_names(parts["of"]),
        need=_names(parts.get("with", "")),
        no=_names(parts.get("without", "")),
        nodes=_names(parts.get("nodes", "")),
    )
    plan = knowledge.plan(chosen)
    planner = Link("This plan in the planner", f"{links.to('/planner/')}{planner_query(chosen)}")
    has_address = "://" in planner.address
    return Reply(
        asked=f"plan {text}",
        lead=plan.title,
        lines=tuple(_lines(plan)),
        links=(planner,) if has_address else (),
        commands=tuple(_next(plan, text)),
        more=planner if has_address else None,
        note=note(knowledge.catalog),
    )


def _parts(text: str) -> Mapping[str, str]:
    """Return what stands before the first of the words, as `of`, and what stands behind each."""
    before, *found = _PART.split(text)
    parts = {"of": before}
    for word, behind in zip(found[::2], found[1::2], strict=True):
        known = parts.get(word.lower(), "")
        parts[word.lower()] = f"{known}, {behind}" if known else behind
    return parts


def _names(listed: str) -> list[str]:
    return [one.strip() for one in listed.split(",") if one.strip()]


def _lines(plan: Plan) -> Iterator[Line]:
    named = "everything" if plan.are_all else ", ".join(one.title for one in plan.components)
    yield Line(f"For {named}.")
    for rule in plan.rules:
        yield Line(f"{rule.label}: {rule.text}", "item")
    for section in plan.sections:
        yield Line(f"{section.title}:", "head")
        for step in section.steps:
            beside = "; ".join(one for one in (step.whose, *step.notes) if one)
            said = f"{step.number}. {step.text}"
            yield Line(f"{said} ({beside})" if beside else said, "item")
            for remark in step.remarks:
                if remark.level in ("must-not", "should-not"):
                    yield Line(f"{remark.label}: {remark.text}", "item")
    if not plan.sections:
        yield Line("There is nothing to do.")
    for idle in plan.nothing:
        yield Line(f"{idle.title}: {idle.why}", "item")
    if plan.questions:
        yield Line("Still to be decided:", "head")
        yield from (Line(f"{one.title}. {one.text}".strip(), "item") for one in plan.questions)


def _next(plan: Plan, text: str) -> Iterator[str]:
    """Yield the plan with each open question answered, and in each topology that is open."""
    if plan.topology is None:
        yield from (f"plan {text} in {one.title.lower()}" for one in plan.open_topologies)
    for one in plan.questions[:3]:
        if "," not in one.title:
            yield f"plan {text} with {one.title}"
            yield f"plan {text} without {one.title}"
