"""Whether clustering has to do with a component, and questions that only go on from others."""

import pytest

from kb.ask.engine import Engine


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("Is the Ingest Service affected by clustering?", "yes"),
        ("Does clustering affect the Vault Console?", "no"),
        ("Is the Vault Console unaffected by clustering?", "yes"),
        ("So the Vault Console isn't affected by the cluster?", "yes"),
        ("Are there components that clustering does not affect?", "yes"),
    ],
)
def test_a_component_is_affected_where_anything_is_asked_of_it(
    engine: Engine, question: str, verdict: str
) -> None:
    """What is asked decides, whether it is to be done or to be left undone."""
    assert engine.ask(question).verdict == verdict


def test_several_on_one_node_are_not_required_where_one_is_asked_for(engine: Engine) -> None:
    """A statement on each node says nothing for a second one there."""
    assert engine.ask("Do I need two Ingest Services per node?").verdict == "no"


@pytest.mark.parametrize(
    "question", ["ok and for a cell ring?", "same question for the stretched ring"]
)
def test_only_another_topology_is_asked_back(engine: Engine, question: str) -> None:
    """Of a question that goes on from one before, it is asked what it is about."""
    assert engine.ask(question).status == "clarify"
