"""What components are for, asked with yes or no, and what is said of topologies."""

import pytest

from kb.ask.engine import Engine


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("Does the Playout Service play clips out?", "yes"),
        ("Is the Transcoder responsible for converting clips?", "yes"),
        ("Is it the Transcoder that turns clips into other formats?", "yes"),
        ("Does the Transcoder play clips out?", "no"),
        ("Is the Ingest Service responsible for converting clips?", "no"),
    ],
)
def test_a_task_is_judged_by_what_components_are_for(
    engine: Engine, question: str, verdict: str
) -> None:
    """What one component is for, another one does not do."""
    assert engine.ask(question).verdict == verdict


def test_who_does_it_instead_is_told(engine: Engine) -> None:
    """A denied task comes with the component that has it."""
    assert (
        "Playout Service: Plays clips out"
        in engine.ask("Does the Transcoder play clips out?").answer
    )


def test_a_task_that_no_component_has_is_not_denied(engine: Engine) -> None:
    """Where nobody is said to do something, nobody is said not to."""
    assert engine.ask("Does the Transcoder print invoices?").status == "not_covered"


@pytest.mark.parametrize(
    "question",
    [
        "Which cluster types does Kelpvault support?",
        "Which kinds of clusters does Kelpvault support?",
        "Which topologies does Kelpvault support?",
    ],
)
def test_topologies_have_other_names(engine: Engine, question: str) -> None:
    """A topology is called a type, a kind or a mode of cluster, too."""
    text = engine.ask(question).answer

    assert all(one in text for one in ("paired halls", "cell ring", "stretched ring"))


def test_all_topologies_at_once_are_supported(engine: Engine) -> None:
    """Whether every topology will do is answered by those that the product lists."""
    assert engine.ask("Does Kelpvault support every topology?").verdict == "yes"


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("Does the topology matter for the Vault Console?", "no"),
        ("Is the Vault Console affected by the cluster type?", "no"),
        ("Does it matter for the Playout Service which topology we have?", "yes"),
    ],
)
def test_a_topology_matters_where_it_asks_for_something_else(
    engine: Engine, question: str, verdict: str
) -> None:
    """What differs between topologies decides whether they matter."""
    assert engine.ask(question).verdict == verdict


def test_what_is_the_same_in_all_topologies_is_listed(engine: Engine) -> None:
    """Only components of which each topology asks the same are listed."""
    listed = engine.ask("Which components are the same in all topologies?").components

    assert "vault-console" in listed
    assert "playout-service" not in listed


def test_extra_steps_that_nothing_asks_for_are_denied_first(engine: Engine) -> None:
    """A reason that is none is corrected before anything else is said."""
    answer = engine.ask("Why does the Vault Console need extra steps in a cell ring?")

    assert answer.answer.startswith("That is not so. The same in ")


def test_extra_steps_that_there_are_are_not_denied(engine: Engine) -> None:
    """Where a topology does ask for more, nothing is corrected."""
    answer = engine.ask("Why does the Playout Service need extra steps in a cell ring?")

    assert "That is not so" not in answer.answer


def test_procedures_are_listed(engine: Engine) -> None:
    """All procedures are told where they are asked for."""
    assert "“Giving a service a roaming address”" in engine.ask("List the procedures").answer


@pytest.mark.parametrize("question", ["how about that one in a ring?", "What about it in a ring?"])
def test_what_was_not_named_is_asked_for(engine: Engine, question: str) -> None:
    """A question that goes on from one that is not there asks for the component."""
    assert engine.ask(question).status == "clarify"
