"""What programs can have done: a table of tools, each a typed call in and a typed reply out.

A tool reads one generation of the content and changes nothing. It takes names and words, never a
path or an address. Nothing here knows the protocol.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from api.filters import holding, narrowing, passage_types
from api.lookup import find_named
from api.problems import ProblemError, nearest, problem_of, shown
from api.schemas import calls, diffs, passages, plans
from api.schemas.answers import Answer
from api.schemas.base import Model, read
from api.schemas.things import Component
from api.state import Generation
from kb import Component as CatalogComponent


@dataclass(frozen=True, slots=True)
class Tool:
    """One tool."""

    name: str
    title: str
    description: str
    """What it gives and when to use it."""
    call: type[Model]
    """What it is called with."""
    reply: type[Model]
    """What it gives."""
    work: Callable[[Generation, Any], Model]
    """From a call to its reply; raises what `problem_of` knows."""
    lane: Literal["questions", "plans"] | None = None
    """The lane in which it waits its turn; None: it takes next to no time."""


def read_call(name: str, arguments: object) -> tuple[Tool, Model]:
    """Return the tool with this name, and what it is called with.

    Raises ProblemError or InvalidValueError.
    """
    tool = TOOLS.get(name)
    if tool is None:
        raise ProblemError(
            "invalid-parameter",
            f"No tool is called {shown(name)}.",
            did_you_mean=nearest(name, list(TOOLS)),
            candidates=list(TOOLS),
        )
    return tool, read(tool.call, arguments)


def told(error: Exception) -> str:
    """Return what a program is told of an exception: what is wrong, and what there is instead."""
    problem = problem_of(error)
    said = [problem.detail]
    if problem.did_you_mean:
        said.append(f"Did you mean: {', '.join(problem.did_you_mean)}?")
    elif problem.candidates:
        said.append(f"There are: {', '.join(problem.candidates)}.")
    if wait := problem.headers.get("Retry-After"):
        said.append(f"Try again in {wait} s.")
    return " ".join(said)


def is_fault(error: Exception) -> bool:
    """Whether an exception is one that nobody expected, which belongs into the log."""
    return problem_of(error).kind.slug == "internal-error"


def _ask(generation: Generation, call: calls.AskCall) -> Model:
    return generation.writer.answer(generation.knowledge.ask(call.question), call.expect)


def _search(generation: Generation, call: calls.SearchCall) -> Model:
    knowledge = generation.knowledge
    wanted = passage_types(call.types, "types")
    result = knowledge.search(call.query, call.limit, call.offset, wanted)
    return passages.found(result, knowledge.catalog.version, generation.writer.links)


def _fetch(generation: Generation, call: calls.FetchCall) -> Model:
    knowledge = generation.knowledge
    standing = knowledge.passages(call.id)
    if not standing:
        raise ProblemError(
            "not-found", f"No passage has the id {shown(call.id)}: take one that search gave."
        )
    return passages.whole(standing, knowledge.catalog.version, generation.writer.links)


def _get_component(generation: Generation, call: calls.ComponentCall) -> Model:
    catalog = generation.knowledge.catalog
    component = find_named(catalog, "component", call.name)
    assert isinstance(component, CatalogComponent)
    kept = narrowing(catalog, component, call.topology, call.version)
    return generation.writer.component(component, holding(catalog, component, **kept))


def _plan(generation: Generation, call: plans.PlanBody) -> Model:
    knowledge = generation.knowledge
    chosen = knowledge.select(
        product=call.product,
        topology=call.topology,
        version=call.version,
        components=call.components,
        need=call.need,
        no=call.no,
        nodes=call.nodes,
    )
    return plans.written(knowledge.plan(chosen), knowledge.catalog, generation.writer.links)


def _diff(generation: Generation, call: calls.DiffCall) -> Model:
    knowledge = generation.knowledge
    made = knowledge.diff(call.before, call.after, components=call.components, product=call.product)
    return diffs.written(made, knowledge.catalog, generation.writer.links)


TOOLS: Mapping[str, Tool] = {
    one.name: one
    for one in (
        Tool(
            "ask",
            "Ask a question",
            "Answer a question about clustering from the documented requirements, with the "
            "requirements and the places that the answer rests on. The same question on the same "
            "content has the same answer. status is answered, clarify (candidates say what could "
            "be meant: ask again with one) or not_covered (the documentation does not say: do not "
            "fill it in). Use it first.",
            calls.AskCall,
            Answer,
            _ask,
            "questions",
        ),
        Tool(
            "search",
            "Search the documentation",
            "Find requirements, sections and pages that hold the words, best first. Use it to see "
            "what is written about a matter, or where ask found nothing; fetch gives a result "
            "whole.",
            calls.SearchCall,
            passages.FoundPassages,
            _search,
            "questions",
        ),
        Tool(
            "fetch",
            "Read a passage",
            "Give the text and the address of a passage by the id that search gave it; by the id "
            "of a page all of its text.",
            calls.FetchCall,
            passages.WholePassage,
            _fetch,
        ),
        Tool(
            "get_component",
            "Look a component up",
            "Give a component with everything that clustering asks of it: level, conditions, "
            "topologies, steps and source of each requirement.",
            calls.ComponentCall,
            Component,
            _get_component,
        ),
        Tool(
            "plan",
            "Plan a cluster",
            "Give one ordered checklist for components, a topology and conditions: steps, "
            "prohibitions, checks, and what is left out and why.",
            plans.PlanBody,
            plans.PlanReply,
            _plan,
            "plans",
        ),
        Tool(
            "diff",
            "Compare two topologies",
            "Say what to add, change and stop when a cluster goes from one topology to another.",
            calls.DiffCall,
            diffs.DiffReply,
            _diff,
            "plans",
        ),
    )
}
"""Name -> tool, in the order in which they are listed."""
