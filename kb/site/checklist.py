"""What the script of a checklist needs: which topologies and conditions it can be narrowed by."""

from __future__ import annotations

import json
from collections.abc import Sequence

from kb.catalog import Component, Product, Requirement, held, topologies_of
from kb.site import markup
from kb.site.view import View, product_of


def controls(view: View, holder: Product | Component) -> str:
    """Return the place of a checklist's controls; without a script it says what is missing."""
    if not holder.requirements:
        return ""
    line = "Ticking off and filtering need JavaScript, which is off here. All is shown."
    return markup.element(
        "div",
        markup.element("p", line, class_="kb-quiet kb-no-script"),
        class_="kb-controls",
        data_kb_checklist=holder.id,
        data_title=holder.title,
        data_topologies=_as_json(_topologies(view, holder)),
        data_conditions=_as_json(_conditions(view, holder.requirements)),
        data_search_exclude="",
    )


def _topologies(view: View, holder: Product | Component) -> list[tuple[str, str]]:
    """Return id and title of each topology; none where nothing differs between them."""
    known = topologies_of(view.catalog, product_of(view.catalog, holder))
    if all(held(view.catalog, one) == known for one in holder.requirements):
        return []
    return [(name, view.catalog.topologies[name].title) for name in known]


def _conditions(view: View, listed: Sequence[Requirement]) -> list[dict[str, object]]:
    """Return the conditions that decide which requirements hold, in the order of the page."""
    names = dict.fromkeys(name for one in listed for name in (*one.when, *one.unless))
    terms = [view.catalog.conditions[name] for name in names]
    return [
        {
            "id": one.id,
            "title": one.title,
            "summary": one.summary or "",
            "broader": [name for name in one.ancestors if name in names],
            "excludes": [name for name in one.excludes if name in names],
        }
        for one in terms
    ]


def _as_json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
