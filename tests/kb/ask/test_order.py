"""Yes/no questions that put two things into an order."""

from pathlib import Path

import pytest

from kb.ask.engine import Engine
from kb.compiler import compile_folder

QUILLMARK = Path(__file__).parents[2] / "knowledge_bases" / "quillmark" / "docs"


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("Can the first component be installed before all nodes are joined to one domain?", "no"),
        ("Must all nodes be joined to one domain before the first component is installed?", "yes"),
    ],
)
def test_the_reverse_of_the_order_that_is_asked_is_denied(question: str, verdict: str) -> None:
    """ "A before B" does not allow B before A, though it speaks of both."""
    compiled = compile_folder(QUILLMARK).catalog
    assert compiled is not None

    assert Engine(compiled).ask(question).verdict == verdict


def test_what_may_be_let_fail_need_not_go_on(engine: Engine) -> None:
    """ "May break" denies the condition that says "must not break"."""
    answer = engine.ask("Streams may break: must the Ingest Service have a roaming address?")

    assert answer.verdict == "no"


@pytest.mark.parametrize(
    "question",
    [
        "Is the Backup Service installed before or after the Repository Database?",
        "Should the Management Service be deployed before the Collection Service?",
        "Does the Backup Service have to be installed before the cluster is formed?",
        "Which components have to be installed before the cluster is created?",
        "What comes first, the Backup Service or the Management Console?",
        "In which order do I install the components?",
    ],
)
def test_an_order_that_nothing_states_is_not_recorded(reference: Engine, question: str) -> None:
    """That a thing is asked for does not say that it comes before another."""
    answer = reference.ask(question)

    assert (answer.status, answer.reason) == ("not_covered", "not-recorded")


def test_no_reason_is_given_for_what_nothing_speaks_of(reference: Engine) -> None:
    """What happens after a failover is not explained by whatever has to do with failover."""
    assert reference.ask("After a failover jobs run twice, why?").status == "not_covered"
