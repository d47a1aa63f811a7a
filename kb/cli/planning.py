"""The command `plan`: what is to be done, as one ordered checklist."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Annotated, Literal

import typer

from api.schemas.base import encode
from api.schemas.links import Links
from api.schemas.plans import written
from kb.cli import console
from kb.cli.opening import catalog_of
from kb.cli.options import AsJson, DocsDir
from kb.plan import Plan, as_csv, as_markdown, master_plan, plan_of, select
from kb.plan.markdown import branches, facts, titles
from kb.plan.master import Check
from kb.plan.plan import How, Named, Remark, Step
from kb.plan.words import fill

Line = tuple[str, str]
"""Text and style."""
_INDENT = "       "


def plan(
    components: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="COMPONENT",
            help="Names of components, one with blanks in quotes; none, or all: all of them.",
            show_default=False,
        ),
    ] = None,
    topology: Annotated[
        str | None,
        typer.Option(
            "--topology", metavar="NAME", help="The topology. Without it that is not decided."
        ),
    ] = None,
    need: Annotated[
        list[str] | None,
        typer.Option("--need", metavar="NAME", help="A condition that holds. May be repeated."),
    ] = None,
    no: Annotated[
        list[str] | None,
        typer.Option("--no", metavar="NAME", help="A condition that does not. May be repeated."),
    ] = None,
    node: Annotated[
        list[str] | None,
        typer.Option(
            "--node", metavar="NAME", help="A node, to write its steps out. May be repeated."
        ),
    ] = None,
    version: Annotated[
        str | None,
        typer.Option(
            "--version",
            metavar="LABEL",
            help="The version of the product. Without it that is not decided.",
        ),
    ] = None,
    product: Annotated[
        str | None,
        typer.Option("--product", metavar="NAME", help="The product, where there are several."),
    ] = None,
    format_: Annotated[
        Literal["text", "json", "md", "csv"],
        typer.Option("--format", help="Text, JSON, Markdown with boxes to tick, or CSV."),
    ] = "text",
    docs_dir: DocsDir = None,
    as_json: AsJson = False,
) -> None:
    """Plan what is to be done: steps in order, prohibitions, checks, what is left out and why."""
    catalog = catalog_of(docs_dir)
    chosen = select(
        catalog,
        product=product,
        topology=topology,
        version=version,
        components=components or (),
        need=need or (),
        no=no or (),
        nodes=node or (),
    )
    made = plan_of(master_plan(catalog, catalog.products[chosen.product]), chosen)
    if as_json or format_ == "json":
        console.say_bytes(encode(written(made, catalog, Links())))
    elif format_ == "md":
        console.say_bytes(as_markdown(made).encode())
    elif format_ == "csv":
        console.say_bytes(as_csv(made).encode())
    else:
        for text, style in _lines(made):
            console.say((text, style))


def _lines(plan: Plan) -> Iterator[Line]:
    yield plan.title, "bold"
    yield from ((one, "") for one in facts(plan))
    yield from _part(fill("decide"), _decisions(plan))
    yield from _part(fill("rules"), (x for one in plan.rules for x in _remark(one, one.components)))
    for section in plan.sections:
        note = [(section.note, "dim")] if section.note else []
        yield from _part(section.title, [*note, *(x for one in section.steps for x in _step(one))])
    if not plan.sections:
        yield from (("", ""), (fill("empty"), ""))
    left = ((f"  {_headed(one.components)}{one.text} {one.why}", "") for one in plan.skipped)
    yield from _part(fill("skipped"), left)
    yield from _part(fill("nothing"), ((f"  {one.title}: {one.why}", "") for one in plan.nothing))
    others = (x for one in plan.others for x in _remark(one, one.components))
    yield from _part(fill("others"), others)
    yield from _part(fill("sources"), ((f"  {one}", "dim") for one in plan.sources))


def _part(title: str, lines: Iterable[Line]) -> Iterator[Line]:
    found = list(lines)
    if found:
        yield from (("", ""), (title, "bold underline"), *found)


def _decisions(plan: Plan) -> Iterator[Line]:
    if plan.open_topologies:
        said = fill("topologies", titles(plan.open_topologies))
        yield f"  {fill('decide-topology')} {said}", ""
    for one in plan.questions:
        yield f"  {one.title}: {one.text}".rstrip(": "), ""
        yield f"    {' '.join(branches(one))}", "dim"


def _step(step: Step) -> Iterator[Line]:
    is_whole = step.ticks[0].node == ""
    yield f"{'[ ]' if is_whole else '   '} {step.number:>2} {step.text}", "bold"
    whose = f"{step.whose}  " if step.whose else ""
    yield f"{_INDENT}{whose}({step.id})", "dim"
    if not is_whole:
        yield from ((f"{_INDENT}[ ] {one.node}", "") for one in step.ticks)
    yield from ((f"{_INDENT}{one}", "") for one in step.notes)
    yield from _below(step.why, step.how, step.check, _INDENT)
    for remark in step.remarks:
        yield from _remark(remark, (), _INDENT)


def _remark(remark: Remark, components: Sequence[Named], indent: str = "  ") -> Iterator[Line]:
    notes = "".join(f" ({one})" for one in remark.notes)
    yield f"{indent}{remark.label}: {_headed(components)}{remark.text}{notes}", ""
    yield from _below(remark.why, remark.how, remark.check, f"{indent}  ")


def _below(why: str, how: How, check: Check | None, indent: str) -> Iterator[Line]:
    if why:
        yield f"{indent}{fill('why', why)}", "dim"
    if how.text:
        yield f"{indent}{how.text}", ""
    yield from ((f"{indent}  {at}. {one}", "") for at, one in enumerate(how.steps, 1))
    if check is not None:
        yield f"{indent}{fill('check')} {check.run}", ""
        yield f"{indent}{fill('expect', check.expect)}", "dim"


def _headed(components: Sequence[Named]) -> str:
    return f"{titles(components)}: " if components else ""
