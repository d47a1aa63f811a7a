"""The planner page, and what its script plans from; without a script, the full plans as sheets."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from kb.catalog import Catalog, topologies_of
from kb.plan import MasterPlan, Selection, as_data, master_plans, plan_of
from kb.plan.words import LABELS, PLACES, WORDS
from kb.site import markup, parts
from kb.site.sheets import sheet
from kb.site.view import View, relative

TITLE = "Planner"
PLANNER = "planner.md"
"""The path of the page."""
DATA = "planner.json"
"""The address of what the page's script begins with."""


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
                markup.element("a", markup.text(title), href=relative(address, view.here))
                for address, title in _sheets(view.catalog)
            ),
            class_="kb-sheets",
        ),
    ]
    return parts.joined(blocks)


def files(catalog: Catalog, addresses: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield address and content of what stands beside the page: the data, and the sheets.

    `addresses` are those of the site's pages by path.
    """
    masters = master_plans(catalog)
    yield DATA, data(masters)
    for master in masters:
        yield _address(master.product, "plan.json"), master_data(master, addresses)
        for topology in _topologies(master):
            plan = plan_of(master, Selection(product=master.product, topology=topology))
            address = _address(master.product, _sheet(topology))
            yield address, sheet(plan, address, addresses.get(PLANNER, ""))


def data(masters: Sequence[MasterPlan]) -> str:
    """Return the JSON with which the page's script begins: words, and where the plans stand."""
    made = {
        "words": dict(WORDS),
        "labels": dict(LABELS),
        "places": {name: list(texts) for name, texts in PLACES.items()},
        "plans": [
            {
                "product": one.product,
                "title": one.title,
                "url": _address(one.product, "plan.json"),
            }
            for one in masters
        ],
    }
    return _json(made)


def master_data(master: MasterPlan, addresses: Mapping[str, str]) -> str:
    """Return the JSON of one product that the page's script plans from."""
    always: dict[str, Any] = {"conditions": [], "components": [], "items": []}
    return _json(always | as_data(master, addresses))


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n"


def _address(product: str, name: str) -> str:
    return f"plans/{product}/{name}"


def _sheet(topology: str | None) -> str:
    return f"{topology or 'plan'}.html"


def _topologies(master: MasterPlan) -> Sequence[str | None]:
    names = [one.id for one in master.topologies]
    return names or (None,)


def _sheets(catalog: Catalog) -> Iterator[tuple[str, str]]:
    """Yield address and title of each full plan: one for each topology of each product."""
    for product in catalog.products.values():
        if product.is_published:
            names = topologies_of(catalog, product)
            for name in names:
                title = f"{product.title}, {catalog.topologies[name].title}"
                yield _address(product.id, _sheet(name)), title
            if not names:
                yield _address(product.id, _sheet(None)), product.title
