"""What a question says of conditions, in people's words."""

import pytest

from kb.ask.engine import Engine
from kb.ask.reader import Reader
from kb.catalog import Catalog


@pytest.mark.parametrize(
    ("question", "is_stated"),
    [
        ("Streams may break, we can accept that. Must the journal be mirrored?", False),
        ("Broken streams are not acceptable. Must the journal be mirrored?", None),
        ("We would not mind streams breaking. Must the journal be mirrored?", False),
        ("For us it is unacceptable that streams break. Must the journal be mirrored?", True),
        ("Streams must not break. Must the journal be mirrored?", True),
    ],
)
def test_a_loss_is_taken_or_not(catalog: Catalog, question: str, is_stated: bool | None) -> None:
    """Whether what a condition's name excludes is accepted denies or states the condition."""
    reading = Reader(catalog).read(question)

    assert reading.conditions.get("continuous-streams") is is_stated


def test_what_but_sets_apart_is_contrary(catalog: Catalog) -> None:
    """Where one side is said to go on or to stop, the other side's topic is the opposite."""
    question = "We need streams but can live without lookup. What must be done?"
    reading = Reader(catalog).read(question)

    assert reading.conditions == {"continuous-streams": True, "continuous-lookup": False}


def test_a_name_is_known_with_all_the_words_that_it_has_itself(catalog: Catalog) -> None:
    """Words of grammar within a condition's own name do not keep it from being recognised."""
    reading = Reader(catalog).read("Recording has to go on when a node dies. What must I do?")

    assert reading.conditions.get("continuous-streams") is True


def test_a_failure_that_is_to_do_no_harm_is_to_be_survived(engine: Engine) -> None:
    """So that a dead node does not matter: what is asked about has to go on."""
    answer = engine.ask("What does the Ingest Service need so that a dead node does not matter?")

    states = {one.state for one in answer.understood.conditions}
    assert states <= {"stated", "open"}
    assert "ingest-service/roaming-address" in {one.ref for one in answer.requirements}
