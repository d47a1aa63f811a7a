"""The page on which a question is asked: the form, where the answer appears, and what is common.

The form is plain HTML. What answers is a script that asks the service; where there is none, the
common questions are the way on, and each of them has its answer on the page of its component.
"""

from __future__ import annotations

from collections.abc import Iterator

from kb.site import answers, markup, parts, words
from kb.site.questions import INDEX, Common, common, holders
from kb.site.view import View, relative

ASK = "ask.md"
TITLE = "Ask a question"
_MOST = 40
"""Of the common questions that the page lists; all of them are on the pages of their things."""


def page(view: View) -> str:
    """Return the page as Markdown."""
    headings = parts.Headings({"ask", "kb-question"})
    return parts.joined(
        [
            f"# {TITLE} {{#ask}}",
            markup.element("p", _LEAD, class_="kb-lead"),
            _asking(view),
            headings.section("Common questions", "common-questions", _common(view)),
        ]
    )


_LEAD = (
    "In your own words. The answer is made of the facts on these pages alone, and says where each "
    "of them stands."
)
_NO_SCRIPT = (
    "Questions are answered by a script, and this browser runs none. The common questions below "
    "have their answers on the pages."
)


def _asking(view: View) -> str:
    content = [
        _form(view),
        markup.element("noscript", markup.element("p", _NO_SCRIPT, class_="kb-quiet")),
        markup.element("p", class_="kb-ask-status kb-quiet", role="status"),
        markup.element("div", class_="kb-ask-answer"),
        markup.block("div", _symbols(), class_="kb-ask-symbols", hidden=""),
    ]
    root = relative("", view.here)
    return markup.block("div", content, class_="kb-ask-page", data_root=root, data_index=INDEX)


def _form(view: View) -> str:
    field = markup.element(
        "textarea",
        id="kb-question",
        name="q",
        rows="2",
        maxlength="2000",
        required="",
        autocomplete="off",
        aria_describedby="kb-question-help",
    )
    help_ = markup.element(
        "p",
        "Name a component and what you want to know; add what you know of your cluster. "
        "<kbd>Enter</kbd> asks, <kbd>?</kbd> comes back here from any page.",
        class_="kb-quiet",
        id="kb-question-help",
    )
    button = markup.element("button", "Ask", type="submit", class_="md-button md-button--primary")
    rest = [*_topologies(view), button]
    content = [
        markup.element("label", "Your question", for_="kb-question"),
        field,
        markup.block("div", rest, class_="kb-ask-row"),
        help_,
    ]
    return markup.block(
        "form", content, class_="kb-ask-form", method="get", role="search", aria_label=TITLE
    )


def _topologies(view: View) -> Iterator[str]:
    """Yield the choice of a topology, where there are several."""
    listed = [one for one in view.catalog.topologies.values() if one.status != "draft"]
    if len(listed) < 2:
        return
    options = [markup.element("option", "any topology", value="")]
    options += [markup.element("option", markup.text(one.title), value=one.id) for one in listed]
    yield markup.element("label", "In", for_="kb-topology")
    yield markup.element("select", *options, id="kb-topology", name="topology")


def _symbols() -> Iterator[str]:
    """Yield the badges that answers have, for the script to copy."""
    for level in words.LEVELS:
        yield markup.element("span", words.badge(level), data_badge=level)
    for kind in answers.WORDS:
        yield markup.element("span", answers.badge(kind), data_badge=f"outcome-{kind}")


def _common(view: View) -> str:
    """Return common questions as links, of all things the first ones before the second ones."""
    asked = [common(one) for one in holders(view.catalog)]
    deepest = max(map(len, asked), default=0)
    ordered = [many[at] for at in range(deepest) for many in asked if at < len(many)]
    shown = {(one.holder.id, one.anchor) for one in ordered[:_MOST]}
    rows = []
    for many in asked:
        links = [_link(view, one) for one in many if (one.holder.id, one.anchor) in shown]
        if any(links):
            rows.append((view.link(many[0].holder), markup.bullets(filter(None, links))))
    return markup.facts(rows, class_="kb-by-holder")


def _link(view: View, one: Common) -> str:
    href = view.address(one.holder.path, one.anchor)
    return markup.element("a", markup.text(one.text), href=href) if href is not None else ""
