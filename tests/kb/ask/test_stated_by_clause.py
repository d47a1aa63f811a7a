"""Conditions stated by clauses, and names of components that state none."""

from pathlib import Path

import pytest

from kb.ask.engine import Engine
from kb.compiler import compile_folder

DOCS = Path(__file__).parents[2] / "knowledge_bases" / "veeam" / "docs"


@pytest.fixture(scope="module")
def backups() -> Engine:
    """Return the engine on the pages of a backup product."""
    catalog = compile_folder(DOCS).catalog
    assert catalog is not None
    return Engine(catalog)


def test_a_condition_is_stated_by_a_clause(backups: Engine) -> None:
    """ "Changed block tracking" is "we track changed blocks", too."""
    question = (
        "We track changed blocks. Must every node be rebooted after the driver was installed?"
    )

    assert backups.ask(question).verdict == "yes"


def test_the_name_of_a_component_states_no_condition(backups: Engine) -> None:
    """To ask whether the driver is mandatory does not say that it is in use."""
    assert backups.ask("Is the CBT driver mandatory?").verdict == "depends"
