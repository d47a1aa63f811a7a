"""The index by role: what does what, and who uses whom, from the facts of the components."""

from __future__ import annotations

from kb.catalog import Component
from kb.site import markup, parts, words
from kb.site.parts import Headings
from kb.site.product import shown
from kb.site.view import View

TITLE = "Index by role"
ROLES = "roles.md"
"""The path of the page."""
_NO_KIND = "Other components"


def page(view: View) -> str:
    """Return the index as Markdown: what each component is for, by kind, and who uses what."""
    headings = Headings({"roles"})
    listed = sorted(shown(view), key=lambda one: (one.title.casefold(), one.id))
    kinds = sorted({one.kind for one in listed if one.kind}, key=str.casefold)
    blocks = [
        f"# {TITLE} {{#roles}}",
        markup.element("p", "Which component does what, and who uses whom.", class_="kb-lead"),
        _search() if listed else "",
    ]
    for kind in (*kinds, None):
        of_it = [one for one in listed if one.kind == kind]
        title = f"{kind[:1].upper()}{kind[1:]}" if kind else _NO_KIND
        table = _table("Component", "What it does", [_role(view, one) for one in of_it])
        blocks.append(headings.section(title, f"kind-{len(blocks)}", table))
    uses = [row for one in listed for row in _uses(view, one)]
    blocks.append(headings.section("Who uses what", "uses", _table("Component", "Uses", uses)))
    return parts.joined(blocks)


def _search() -> str:
    field = '<input type="search" autocomplete="off" spellcheck="false">'
    label = markup.element("label", markup.element("span", "Find a role or a name"), field)
    count = markup.element("output", "", class_="kb-count", aria_live="polite")
    return markup.element("form", label, count, class_="kb-finder", aria_label="Find in the index")


def _role(view: View, one: Component) -> str:
    said = one.role or one.summary
    place = (
        words.place(one.placement, view.named(one.nodes) if one.nodes else None)
        if (one.placement)
        else ""
    )
    runs = markup.element("span", f"Runs: {place}.", class_="kb-aside") if place else ""
    told = markup.text(said) if said else markup.element("span", "Not recorded", class_="kb-quiet")
    return _row(view, one, f"{told} {runs}".rstrip())


def _uses(view: View, one: Component) -> list[str]:
    return [
        _row(view, one, f"{view.link(view.catalog.components[name])}: {markup.text(purpose)}")
        for name, purpose in one.uses.items()
    ]


def _row(view: View, one: Component, said: str) -> str:
    return markup.element(
        "tr",
        markup.element("th", view.link(one), scope="row"),
        markup.element("td", said),
        data_name=" ".join(one.names),
    )


def _table(left: str, right: str, rows: list[str]) -> str:
    if not rows:
        return ""
    head = markup.row(*(markup.element("th", one, scope="col") for one in (left, right)))
    body = [markup.element("thead", head), markup.block("tbody", rows)]
    return markup.element("div", markup.block("table", body, class_="kb-list"), class_="kb-table")
