"""The filters above the matrix: a form of plain controls that a script brings to life.

Offered is only what occurs in the tables. Without scripts the levels serve as the legend.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from kb import text
from kb.ask.data import abbreviations, word_lists
from kb.catalog import Component, Product, Requirement
from kb.matrix import Matrix
from kb.model import PLACEMENTS
from kb.site import markup, words
from kb.site.backlinks import named
from kb.site.view import View, holder_of

NOTHING = "nothing"
"""Stands for a level where the source says that nothing is asked."""
UNRECORDED = "unrecorded"
"""Stands for a level where nothing is recorded."""

_UNSCRIPTED = "Filters and sorting need JavaScript; the whole table is below."


def form(view: View, tables: Sequence[Matrix], download: str) -> str:
    """Return the filters of the tables; `download` is a link (HTML) that stands beside them."""
    selects = [
        _select("kind", "Kind", "Any kind", _kinds(view, tables)),
        _select("where", "Where", "Anywhere", _places(view, tables)),
        _select("what", "Resource", "Any resource", _resources(view, tables)),
    ]
    search = markup.element(
        "label",
        markup.element("span", "Component"),
        '<input type="search" name="find" autocomplete="off" spellcheck="false">',
    )
    status = [
        markup.element("output", "", class_="kb-count", aria_live="polite", name_="count"),
        markup.element("button", "Clear filters", type="reset", hidden=""),
        download,
    ]
    return markup.block(
        "form",
        [
            markup.element("div", search, *selects, class_="kb-fields"),
            _levels(tables),
            markup.element("p", *status, class_="kb-state"),
            markup.element("p", _UNSCRIPTED, class_="kb-quiet kb-unscripted"),
        ],
        class_="kb-filters",
        aria_label="Filter the matrix",
    )


def concerned(view: View, names: Iterable[str]) -> list[str]:
    """Return the resources and components with these ids, and what they are kinds of."""
    found: dict[str, None] = {}
    for name in names:
        thing = view.catalog.object(name)
        if thing is not None:
            found.update(dict.fromkeys((thing.id, *thing.ancestors)))
    return list(found)


def found_by(holder: Component | Product) -> list[str]:
    """Return the names that a row is found by, then what people write short for their words."""
    said = [f" {' '.join(text.words(name))} " for name in holder.names]
    known = {word for name in said for word in name.split()}
    short = [
        one
        for one, meant in _shortened()
        if one not in known and any(f" {meant} " in name for name in said)
    ]
    return [*holder.names, *short]


@cache
def _shortened() -> tuple[tuple[str, str], ...]:
    """Return abbreviations with what they stand for; slips of the pen ("teh") are none."""
    grammar = word_lists()["function"]
    return tuple(
        (short, " ".join(meant))
        for short, meant in abbreviations().items()
        if grammar.isdisjoint(meant)
    )


def _levels(tables: Sequence[Matrix]) -> str:
    chips = [_chip(level, words.badge(level), one.meaning) for level, one in words.LEVELS.items()]
    if any(row.asks_nothing for made in tables for row in made.rows):
        chips.append(_chip(NOTHING, "Nothing is asked", ""))
    return markup.element("fieldset", markup.element("legend", "Level"), *chips, class_="kb-levels")


def _chip(value: str, shown: str, meaning: str) -> str:
    told = markup.element("span", f" {meaning}", class_="kb-meaning") if meaning else ""
    box = f'<input type="checkbox" name="level" value="{value}">'
    return markup.element("label", box, markup.element("span", shown, told))


def _select(name: str, label: str, every: str, options: Mapping[str, str]) -> str:
    """Return a choice; `options` are values with their titles. "" where there is no choice."""
    if len(options) < 2:
        return ""
    listed = [
        markup.element("option", markup.text(title), value=value)
        for value, title in options.items()
    ]
    chosen = markup.element(
        "select", markup.element("option", every, value=""), *listed, name_=name
    )
    return markup.element("label", markup.element("span", label), chosen)


def _kinds(view: View, tables: Sequence[Matrix]) -> dict[str, str]:
    kinds = {one.kind for one in _components(view, tables) if one.kind}
    return {one: one for one in sorted(kinds, key=str.casefold)}


def _places(view: View, tables: Sequence[Matrix]) -> dict[str, str]:
    found = {one.placement for one in _components(view, tables)}
    found |= {one.placement for one in _asked(tables)}
    return {one: words.place(one) for one in PLACEMENTS if one in found}


def _resources(view: View, tables: Sequence[Matrix]) -> dict[str, str]:
    ids = {name for one in _asked(tables) for name in concerned(view, named(one))}
    titles = {name: view.catalog.title_of(name) for name in ids}
    return dict(sorted(titles.items(), key=lambda one: (one[1].casefold(), one[0])))


def _components(view: View, tables: Sequence[Matrix]) -> Iterable[Component]:
    holders = (holder_of(view.catalog, row.component) for made in tables for row in made.rows)
    return (one for one in holders if isinstance(one, Component))


def _asked(tables: Sequence[Matrix]) -> Iterable[Requirement]:
    return (one for made in tables for row in made.rows for cell in row.cells for one in cell or ())
