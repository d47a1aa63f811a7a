"""Which statement a question is about, by its words."""

import pytest

from kb.ask.engine import Engine
from kb.compiler import compile_folder
from tests.kb.ask.conftest import K0

QUILLMARK = K0.parents[1] / "quillmark" / "docs"


@pytest.fixture(scope="module")
def invoices() -> Engine:
    """Return the engine on the knowledge base about invoices."""
    catalog = compile_folder(QUILLMARK).catalog
    assert catalog is not None
    return Engine(catalog)


@pytest.mark.parametrize(
    ("question", "verdict", "statement"),
    [
        (
            "Does the heartbeat need a network of its own?",
            "yes",
            "cluster-health-monitor/heartbeat",
        ),
        ("Must all nodes join one directory domain?", "yes", "quillmark/one-domain"),
        (
            "Should the heartbeat run over a shared network?",
            "no",
            "cluster-health-monitor/heartbeat",
        ),
        (
            "May five matching workers start on a node?",
            "no",
            "invoice-matching-engine/four-workers",
        ),
    ],
)
def test_a_statement_is_found_by_its_words(
    invoices: Engine, question: str, verdict: str | None, statement: str | None
) -> None:
    """No component has to be named, and of what is stated the opposite is denied."""
    answer = invoices.ask(question)

    found = [one.ref for one in answer.requirements]
    assert (answer.verdict, found[:1]) == (verdict, [statement] if statement else [])


def test_a_number_beside_a_component_is_a_question(engine: Engine) -> None:
    """A number beside a component asks whether so many are allowed, without a word of asking."""
    answer = engine.ask("2 lock keepers in the ring?")

    assert (answer.verdict, [one.ref for one in answer.requirements]) == (
        "no",
        ["lock-keeper/three-keepers"],
    )


def test_a_place_outside_is_no_place_within(invoices: Engine) -> None:
    """A statement on another place than the one asked about does not confirm it."""
    answer = invoices.ask("Does the licence server have to be set up in the cluster?")

    assert answer.verdict == "no"
    assert answer.answer.startswith("No. ")
