"""A plan as Markdown: boxes to tick, for a ticket or a wiki.

The site's script writes the same text; a test compares the two.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from kb.plan.master import Check
from kb.plan.plan import Branch, How, Named, Plan, Question, Remark, Step
from kb.plan.words import fill
from kb.text import escaped

_INDENT = "    "
_MOST_NUMBERS = 12
_MOST_QUOTED = 3
"""What an answer adds is named up to so many steps and remarks, then counted."""


def as_markdown(plan: Plan) -> str:
    """Return a plan as Markdown, with a line break at its end."""
    return "\n".join(_lines(plan)) + "\n"


def facts(plan: Plan) -> Iterator[str]:
    """Yield what the plan is for, in sentences."""
    every = fill("all", len(plan.components))
    yield fill("components", every if plan.are_all else titles(plan.components))
    if plan.version:
        yield fill("version", plan.version)
    if plan.nodes:
        yield fill("nodes", ", ".join(plan.nodes))
    for state in ("yes", "no", "open"):
        named = [one.title for one in plan.conditions if one.state == state]
        if named:
            yield fill(state, ", ".join(named))
    if plan.sections:
        yield fill("order")


def branches(question: Question) -> Iterator[str]:
    """Yield what follows from either answer to a question, in sentences."""
    yield fill("adds", _listed(question.yes)) if question.yes else fill("adds-nothing")
    otherwise = fill("adds-otherwise", _listed(question.no))
    yield otherwise if question.no else fill("adds-nothing-otherwise")


def titles(named: Iterable[Named]) -> str:
    """Return the titles of things in a row."""
    return ", ".join(one.title for one in named)


def _listed(found: Sequence[Branch]) -> str:
    numbers = [str(one.number) for one in found if one.number]
    quoted = [f"“{one.text.removesuffix('.')}”" for one in found if not one.number]
    shown = ", ".join(numbers[:_MOST_NUMBERS])
    if len(numbers) > _MOST_NUMBERS:
        counted = [fill("steps-more", shown, len(numbers) - _MOST_NUMBERS)]
    else:
        counted = [fill("steps" if len(numbers) > 1 else "step", shown)] if numbers else []
    left = len(quoted) - _MOST_QUOTED
    more = [fill("more", left)] if left > 0 else []
    return "; ".join([*counted, *quoted[:_MOST_QUOTED], *more])


def _lines(plan: Plan) -> Iterator[str]:
    yield f"# {escaped(plan.title)}"
    yield ""
    yield from (f"- {escaped(one)}" for one in facts(plan))
    yield from _part(fill("decide"), _decisions(plan))
    yield from _part(
        fill("rules"), (x for one in plan.rules for x in _remark(one, "", one.components))
    )
    for section in plan.sections:
        note = [escaped(section.note), ""] if section.note else []
        yield from _part(section.title, [*note, *(x for one in section.steps for x in _step(one))])
    if not plan.sections:
        yield from ("", fill("empty"))
    yield from _part(
        fill("skipped"),
        (
            f"- {escaped(_with(one.text, one.components))} {escaped(one.why)}"
            for one in plan.skipped
        ),
    )
    yield from _part(
        fill("nothing"), (f"- {escaped(one.title)}: {escaped(one.why)}" for one in plan.nothing)
    )
    yield from _part(
        fill("others"), (x for one in plan.others for x in _remark(one, "", one.components))
    )
    yield from _part(fill("sources"), (f"- {escaped(one)}" for one in plan.sources))


def _part(title: str, lines: Iterable[str]) -> Iterator[str]:
    """Yield a heading with its lines; nothing where there are none."""
    written = list(lines)
    if written:
        yield from ("", f"## {escaped(title)}", "", *written)


def _decisions(plan: Plan) -> Iterator[str]:
    if plan.open_topologies:
        said = fill("topologies", titles(plan.open_topologies))
        yield f"- **{escaped(fill('decide-topology'))}** {escaped(said)}"
    for one in plan.questions:
        said = " ".join([*([one.text] if one.text else []), *branches(one)])
        yield f"- **{escaped(one.title)}:** {escaped(said)}"


def _step(step: Step) -> Iterator[str]:
    whose = f" {escaped(step.whose)}" if step.whose else ""
    yield f"- [ ] **{step.number}. {escaped(step.text)}**{whose} `{step.id}`"
    yield from (f"{_INDENT}- [ ] {escaped(one.node)}" for one in step.ticks if one.node)
    yield from (f"{_INDENT}- {escaped(one)}" for one in step.notes)
    yield from _below(step, _INDENT)
    for remark in step.remarks:
        yield from _remark(remark, _INDENT, ())


def _remark(remark: Remark, indent: str, components: Iterable[Named]) -> Iterator[str]:
    said = " ".join([_with(remark.text, components), *(f"({one})" for one in remark.notes)])
    yield f"{indent}- **{remark.label}:** {escaped(said)} `{remark.id}`"
    yield from _below(remark, f"{indent}{_INDENT}")


def _below(one: Step | Remark, indent: str) -> Iterator[str]:
    if one.why:
        yield f"{indent}- {escaped(fill('why', one.why))}"
    yield from _how(one.how, indent)
    if one.check is not None:
        yield f"{indent}- {_checked(one.check)}"


def _how(how: How, indent: str) -> Iterator[str]:
    if how.text:
        yield f"{indent}- {escaped(how.text)}"
        yield from (
            f"{indent}{_INDENT}{at}. {escaped(step)}" for at, step in enumerate(how.steps, 1)
        )


def _checked(check: Check) -> str:
    return f"{fill('check')} {_code(check.run)} {escaped(fill('expect', check.expect))}"


def _code(command: str) -> str:
    """Return a command as code in a line; the fence is longer than any in it."""
    text = " ".join(command.split())
    longest = max((len(one) for one in re.findall(r"`+", text)), default=0)
    fence = "`" * (longest + 1)
    space = " " if longest else ""
    return f"{fence}{space}{text}{space}{fence}"


def _with(text: str, components: Iterable[Named]) -> str:
    listed = titles(components)
    return f"{listed}: {text}" if listed else text
