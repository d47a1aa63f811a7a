"""A full plan as a sheet: a page of its own, without a script, as it is printed.

The same shape as the site's script gives a plan, so that one style sheet fits both.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kb.plan import Plan
from kb.plan.markdown import branches, facts, titles
from kb.plan.master import Check
from kb.plan.plan import How, Remark, Step
from kb.plan.words import fill
from kb.site import markup
from kb.site.assets import STYLESHEET
from kb.site.view import relative


def sheet(plan: Plan, here: str, planner: str) -> str:
    """Return a plan as a whole page of HTML at `here`; `planner` is the planner page's address."""
    back = markup.element("a", "Planner", href=relative(planner, here))
    main = markup.block(
        "main",
        [
            markup.element("p", back, class_="kb-quiet kb-no-print"),
            markup.element("h1", markup.text(plan.title)),
            *_plan(plan),
        ],
        class_="md-typeset kb-plan",
    )
    head = [
        markup.void("meta", name="robots", content="noindex"),
        markup.void("link", rel="icon", href="data:,"),
        markup.void("link", rel="stylesheet", href=relative(STYLESHEET, here)),
    ]
    return markup.document(plan.title, head, main, class_="kb-sheet")


def _plan(plan: Plan) -> list[str]:
    blocks = [
        _bullets(facts(plan), "kb-plan-facts"),
        _part(fill("decide"), "decide", _decisions(plan)),
        _part(fill("rules"), "rules", _remarks(plan.rules, are_alone=True)),
    ]
    for section in plan.sections:
        note = markup.element("p", markup.text(section.note), class_="kb-quiet")
        steps = markup.block("ol", map(_step, section.steps), class_="kb-steps")
        blocks.append(_part(section.title, "work", (note if section.note else "") + steps))
    if not plan.sections:
        blocks.append(markup.element("p", fill("empty")))
    left = (f"{_headed(titles(one.components))}{one.text} {one.why}" for one in plan.skipped)
    idle = (f"{one.title}: {one.why}" for one in plan.nothing)
    return [
        *blocks,
        _part(fill("skipped"), "rest", _bullets(left)),
        _part(fill("nothing"), "rest", _bullets(idle)),
        _part(fill("others"), "rest", _remarks(plan.others, are_alone=True)),
        _part(fill("sources"), "rest", _bullets(plan.sources)),
    ]


def _part(title: str, kind: str, content: str) -> str:
    if not content:
        return ""
    heading = markup.element("h2", markup.text(title))
    return markup.element("section", heading, content, class_=f"kb-plan-part kb-plan-{kind}")


def _bullets(texts: Iterable[str], class_: str | None = None) -> str:
    items = [markup.text(one) for one in texts]
    return markup.bullets(items, class_=class_) if items else ""


def _decisions(plan: Plan) -> str:
    items = []
    if plan.open_topologies:
        said = fill("topologies", titles(plan.open_topologies))
        items.append(f"{_strong(fill('decide-topology'))} {markup.text(said)}")
    for one in plan.questions:
        said = f"{_strong(one.title)} {markup.text(one.text)}".rstrip()
        follows = markup.text(" ".join(branches(one)))
        items.append(said + markup.element("p", follows, class_="kb-branches"))
    return markup.bullets(items) if items else ""


def _strong(value: str) -> str:
    return markup.element("strong", markup.text(value))


def _step(step: Step) -> str:
    number = markup.element("span", f"{step.number}.", class_="kb-step-number")
    text = markup.element("span", markup.text(step.text), class_="kb-step-text")
    line = markup.element("label", _BOX, number, text, class_="kb-step-line")
    more = [
        markup.element("p", markup.text(step.whose), class_="kb-whose") if step.whose else "",
        _bullets(step.notes, "kb-step-notes"),
        *_below(step.why, step.how, step.check),
        _remarks(step.remarks, are_alone=False),
    ]
    below = markup.element("div", *more, class_="kb-step-more")
    return markup.element("li", line, below, class_=f"kb-step kb-is-{step.level}")


_BOX = markup.void("input", type="checkbox")


def _remarks(listed: Sequence[Remark], *, are_alone: bool) -> str:
    items = []
    for one in listed:
        whose = _headed(titles(one.components)) if are_alone else ""
        said = f"{whose}{one.text}{''.join(f' ({note})' for note in one.notes)}"
        label = markup.element("strong", f"{one.label}:", class_="kb-remark-label")
        items.append(
            markup.element(
                "li",
                f"{label} {markup.element('span', markup.text(said))}",
                *_below(one.why, one.how, one.check),
                class_=f"kb-is-{one.level}",
            )
        )
    return markup.block("ul", items, class_="kb-step-remarks") if items else ""


def _below(why: str, how: How, check: Check | None) -> Iterable[str]:
    if why:
        yield markup.element("p", markup.text(fill("why", why)), class_="kb-why")
    if how.text:
        yield markup.element("p", markup.text(how.text), class_="kb-how")
    if how.steps:
        items = (markup.element("li", markup.text(one)) for one in how.steps)
        yield markup.block("ol", items, class_="kb-how-steps")
    if check is not None:
        yield markup.element(
            "div",
            markup.element("p", fill("check")),
            markup.element("pre", markup.code(check.run)),
            markup.element("p", markup.text(fill("expect", check.expect))),
            class_="kb-check",
        )


def _headed(whose: str) -> str:
    return f"{whose}: " if whose else ""
