"""A plan as a table in CSV: a row for each box to tick, for a spreadsheet or a ticket import."""

from __future__ import annotations

from collections.abc import Iterator

from kb import spreadsheet
from kb.plan.markdown import titles
from kb.plan.plan import Plan, Section, Step

COLUMNS = (
    "id",
    "number",
    "section",
    "node",
    "components",
    "step",
    "notes",
    "how",
    "check",
    "expect",
    "remarks",
    "sources",
)


def as_csv(plan: Plan) -> str:
    """Return a plan as CSV (RFC 4180) with a line of headings; no cell is a formula."""
    steps = ((section, step) for section in plan.sections for step in section.steps)
    rows = (row for section, step in steps for row in _rows(section, step))
    return spreadsheet.as_csv([COLUMNS, *rows])


def _rows(section: Section, step: Step) -> Iterator[list[str]]:
    how = "\n".join([step.how.text, *(f"{at + 1}. {one}" for at, one in enumerate(step.how.steps))])
    remarks = "\n".join(f"{one.label}: {one.text}" for one in step.remarks)
    for tick in step.ticks:
        yield [
            tick.id,
            str(step.number),
            section.title,
            tick.node,
            titles(step.components),
            step.text,
            "\n".join([*step.notes, step.why] if step.why else step.notes),
            how,
            step.check.run if step.check else "",
            step.check.expect if step.check else "",
            remarks,
            "\n".join(step.sources),
        ]
