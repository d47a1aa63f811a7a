"""The page of differences: what to add, change and stop when one topology follows another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kb.catalog import Catalog, Product, Requirement, topologies_of
from kb.diff import KINDS, Difference, DifferenceKind, TopologyDiff, counted, differing
from kb.site import markup, parts, words
from kb.site.parts import Headings
from kb.site.references import aside, conditions
from kb.site.view import View, holder_of

TITLE = "Differences"
DIFFERENCES = "differences.md"
"""The path of the page."""


def page(view: View) -> str:
    """Return the page as Markdown."""
    headings = Headings({"differences"})
    blocks = [
        f"# {TITLE} {{#differences}}",
        markup.element(
            "p",
            "What to add, change and stop when a cluster goes from one topology to another.",
            class_="kb-lead",
        ),
        words.symbols(),
    ]
    products = [one for one in view.catalog.products.values() if one.is_published]
    for product in products:
        blocks += _product(view, product, headings, is_alone=len(products) == 1)
    return parts.joined(blocks)


def differ(catalog: Catalog) -> bool:
    """Return whether any published product has topologies that differ."""
    products = (one for one in catalog.products.values() if one.is_published)
    return any(differing(catalog, one.id) for one in products)


def _product(view: View, product: Product, headings: Headings, *, is_alone: bool) -> Iterator[str]:
    if not is_alone:
        yield headings(product.title, product.id)
    known = topologies_of(view.catalog, product)
    names = view.links(view.catalog.topologies[one] for one in known)
    found = differing(view.catalog, product.id)
    if len(known) < 2:
        only = f"Only one topology of {view.link(product)} is recorded: {names}."
        said = only if known else f"No topology of {view.link(product)} is recorded."
        yield markup.element("p", said, class_="kb-same")
        return
    if not found:
        said = f"Nothing differs between the topologies of {view.link(product)}: {names}."
        yield markup.element("p", said, class_="kb-same")
        return
    alike = _alike(view, known, found)
    if alike:
        yield alike
    for one in found:
        yield headings(_title(view, one), f"{product.id}-{one.before}-{one.after}", level=3)
        yield _diff(view, one, is_open=len(found) < 3)


def _alike(view: View, known: Sequence[str], found: Sequence[TopologyDiff]) -> str:
    told = {(one.before, one.after) for one in found}
    pairs = [
        f"{view.link(view.catalog.topologies[one])} and {view.link(view.catalog.topologies[other])}"
        for at, one in enumerate(known)
        for other in known[at + 1 :]
        if (one, other) not in told and (other, one) not in told
    ]
    said = f"Nothing differs between {'; or between '.join(pairs)}."
    return markup.element("p", said, class_="kb-same") if pairs else ""


def _title(view: View, one: TopologyDiff) -> str:
    before, after = (view.catalog.topologies[name].title for name in (one.before, one.after))
    return f"From {before} to {after}"


def _diff(view: View, diff: TopologyDiff, *, is_open: bool) -> str:
    """Return one way from topology to topology, folded: many ways would make a long page."""
    rows = []
    for name in dict.fromkeys(one.component for one in diff.differences):
        of_it = [one for one in diff.differences if one.component == name]
        lists = "".join(_list(view, kind, of_it) for kind in KINDS)
        holder = holder_of(view.catalog, name)
        label = view.link(holder)
        rows.append((f"The whole cluster ({label})" if name == diff.product else label, lists))
    summary = markup.element("summary", counted(diff.differences))
    told = markup.facts(rows, class_="kb-by-holder")
    shown = "" if is_open else None
    return markup.element("details", summary, "\n", told, class_="kb-diff", open=shown)


def _list(view: View, kind: DifferenceKind, listed: Sequence[Difference]) -> str:
    items = [_item(view, one) for one in listed if one.kind == kind]
    if not items:
        return ""
    name, meaning = KINDS[kind]
    title = markup.element(
        "p",
        markup.element("strong", name),
        markup.element("span", f": {meaning}", class_="kb-aside"),
        class_=f"kb-diff-kind kb-diff-{kind}",
    )
    return title + markup.element("ul", *items, class_="kb-asked")


def _item(view: View, one: Difference) -> str:
    if one.kind == "change" and one.before and one.after:
        said = [_said(view, one.after), " instead of ", _said(view, one.before, is_old=True)]
        return markup.element("li", words.symbol(one.after.level), markup.element("span", *said))
    told = one.after or one.before
    if told is None:
        return ""
    return markup.element("li", words.symbol(told.level), markup.element("span", _said(view, told)))


def _said(view: View, one: Requirement, *, is_old: bool = False) -> str:
    note = aside(conditions(view, one))
    said = f"{view.requirement(one, with_holder=False)} {note}".rstrip()
    return markup.element("span", said, class_="kb-aside") if is_old else said
