"""Requirements as other pages name them: a badge, the sentence as a link, when it holds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kb.catalog import Component, Condition, Requirement, Thing, Topology, held, topologies_of
from kb.matrix import in_order
from kb.site import markup, words
from kb.site.view import View, holder_of, product_of


def references(view: View, listed: Iterable[Requirement], about: Thing | None = None) -> str:
    """Return requirements of several pages as links, below the name of what each holds for.

    `about` is the condition or topology of the page itself, which need not be said each time.
    """
    held_for: dict[str, list[Requirement]] = {}
    for one in listed:
        held_for.setdefault(one.component, []).append(one)
    holders = [(holder_of(view.catalog, name), held_for[name]) for name in held_for]
    rows = [
        (
            view.link(holder),
            markup.bullets(
                (
                    reference(view, one, _in_short(view, one, about))
                    for one in in_order(requirements)
                ),
                class_="kb-references",
            ),
        )
        for holder, requirements in sorted(holders, key=lambda one: one[0].title.casefold())
    ]
    # The search of the site finds each of them on the page where all of it is said.
    return markup.facts(rows, class_="kb-by-holder", data_search_exclude="")


def reference(view: View, one: Requirement, note: str = "") -> str:
    """Return one requirement as a badge and a link, with a note (HTML) behind it."""
    stated = f"{view.requirement(one, with_holder=False)} {note}".rstrip()
    return f"{words.badge(one.level)} {markup.element('span', stated)}"


def conditions(view: View, one: Requirement, about: Thing | None = None) -> list[str]:
    """Return when a requirement holds, in a few words each: conditions and versions."""
    said = about.id if isinstance(about, Condition) else None
    when = [name for name in one.when if name != said]
    stated = [
        f"{word} {view.links(view.catalog.conditions[name] for name in names)}"
        for word, names in (("only if", when), ("not if", one.unless))
        if names
    ]
    holder = view.holder(one)
    span = words.span(one.versions, product_of(view.catalog, holder).versions)
    whole = isinstance(holder, Component) and one.versions == holder.versions
    return [*stated, markup.text(span)] if span and not whole else stated


def aside(notes: Sequence[str]) -> str:
    """Return notes in brackets, set back; "" when there are none."""
    return markup.element("span", f"({'; '.join(notes)})", class_="kb-aside") if notes else ""


def _in_short(view: View, one: Requirement, about: Thing | None) -> str:
    known = topologies_of(view.catalog, view.catalog.product_of(one))
    names = held(view.catalog, one)
    places = view.links(view.catalog.topologies[name] for name in names)
    is_said = isinstance(about, Topology) and names == (about.id,)
    particular = [f"only in {places}"] if len(names) < len(known) and not is_said else []
    return aside([*conditions(view, one, about), *particular])
