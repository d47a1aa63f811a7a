"""The planner page, and what its script plans from; without a script, the full plans as sheets."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from kb.catalog import Catalog
from kb.plan import MasterPlan, Selection, as_data, master_plans, plan_of
from kb.plan.words import LABELS, PLACES, WORDS
from kb.site import markup, parts
from kb.site.sheets import sheet
from kb.site.view import View, relative

TITLE = "Planner"
PLANNER = "planner.md"
"""The path of the page."""
DATA = "planner.json"
"""The address of what the script plans from."""


def page(view: View) -> str:
    """Return the planner page as Markdown."""
    lead = "Choose what you set up, and get what is to be done, in order."
    line = "Choosing needs JavaScript, which is off here. The full plans do without."
    blocks = [
        f"# {TITLE} {{#planner}}",
        markup.element("p", lead, class_="kb-lead"),
        markup.element(
            "div",
            markup.element("p", line, class_="kb-quiet kb-no-script"),
            data_kb_planner=relative(DATA, view.here),
            class_="kb-planner",
        ),
        parts.Headings({"planner"})("Full plans", "full-plans"),
        markup.bullets(
            (
                markup.element(
                    "a", markup.text(_title(master, chosen)), href=relative(address, view.here)
                )
                for address, master, chosen in _plans(view.catalog)
            ),
            class_="kb-sheets",
        ),
    ]
    return parts.joined(blocks)


def files(catalog: Catalog, addresses: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield address and content of what stands beside the page: the data, and the sheets.

    `addresses` are those of the site's pages by path.
    """
    yield DATA, data(catalog, addresses)
    for address, master, chosen in _plans(catalog):
        plan = plan_of(master, chosen)
        yield f"{address}index.html", sheet(plan, address, addresses.get(PLANNER, ""))


def data(catalog: Catalog, addresses: Mapping[str, str]) -> str:
    """Return the JSON that the page's script plans from."""
    made = {
        "words": dict(WORDS),
        "labels": dict(LABELS),
        "places": {name: list(texts) for name, texts in PLACES.items()},
        "plans": [
            {"conditions": [], "components": [], "items": []} | as_data(one, addresses)
            for one in master_plans(catalog)
        ],
    }
    return json.dumps(made, ensure_ascii=False, separators=(",", ":")) + "\n"


def _plans(catalog: Catalog) -> Iterator[tuple[str, MasterPlan, Selection]]:
    """Yield the address of each full plan, and what it is made from: one for each topology."""
    for master in master_plans(catalog):
        for topology in (*(one.id for one in master.topologies),) or (None,):
            chosen = Selection(product=master.product, topology=topology)
            yield f"plans/{master.product}/{topology or 'plan'}/", master, chosen


def _title(master: MasterPlan, chosen: Selection) -> str:
    titles = {one.id: one.title for one in master.topologies}
    place = f", {titles[chosen.topology]}" if chosen.topology else ""
    return f"{master.title}{place}"
