"""`kb plan` writes the plan of the core in four forms, and says why there is none."""

from __future__ import annotations

import json

from kb.plan import as_csv, as_markdown
from tests.kb.cli.test_command_line import K0, kb
from tests.kb.plan.conftest import planned

CHOSEN = ("--topology", "A/A", "--need", "HA", "--node", "NODE1", "--node", "NODE2")


def test_a_plan_in_text_has_boxes() -> None:
    """The text has a box for each step and each node, with the ids that tickets refer to."""
    code, said, _ = kb("plan", *CHOSEN)

    assert code == 0
    assert said.startswith("Plan: SQL Safe Backup, active-active\nComponents: all 8.\n")
    assert "       [ ] NODE1\n       [ ] NODE2\n" in said
    assert "[ ]  3 Deploy the service onto a single cluster.\n" in said
    assert "(management-service/once)\n" in said


def test_markdown_and_csv_are_those_of_the_core() -> None:
    """The forms for tickets and spreadsheets are written byte for byte."""
    plan = planned(
        "reference", topology="active-active", need=["fault-tolerance"], nodes=["NODE1", "NODE2"]
    )

    assert kb("plan", *CHOSEN, "--format", "md")[1] == as_markdown(plan)
    assert kb("plan", *CHOSEN, "--format", "csv")[1] == as_csv(plan)


def test_json_is_that_of_the_service() -> None:
    """JSON has the wire's shape, with addresses."""
    made = json.loads(kb("plan", "agent", "--json")[1])

    assert [one["id"] for one in made["components"]] == ["backup-service"]
    step = made["sections"][0]["steps"][0]
    assert step["url"] == "/components/backup-service/#each-node"


def test_what_cannot_be_planned_is_told() -> None:
    """A contradiction ends with 2 and its reason; so does a product that is not named."""
    code, _, said = kb("plan", "--need", "HA", "--no", "HA")
    assert (code, said) == (
        2,
        "error: fault tolerance is said to be the case and not to be the case.\n",
    )

    code, _, said = kb("plan", "--docs-dir", K0)
    assert (code, said) == (
        2,
        "error: Name the product.\nhelp: choose one of: kelpline, kelpvault\n",
    )


def test_an_unknown_component_is_told() -> None:
    """A name that nothing bears ends with 1 and the nearest."""
    code, _, said = kb("plan", "filter-servise")

    assert code == 1
    assert "did you mean filter-service" in said
