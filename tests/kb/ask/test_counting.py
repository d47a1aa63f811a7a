"""What a question counts, and which stated number is held against it."""

import pytest

from kb.ask.engine import Engine


@pytest.mark.parametrize(
    "question",
    [
        "Would two lock keepers be enough in the ring?",
        "Would two lock keeper instances be enough in the ring?",
        "Would fewer than three lock keeper daemons be enough in the ring?",
        "Is a single lock keeper enough in the ring?",
    ],
)
def test_a_part_of_a_thing_counts_as_the_thing(engine: Engine, question: str) -> None:
    """The noun behind a component's name does not hide the number that its page states."""
    answer = engine.ask(question)

    assert (answer.verdict, [one.ref for one in answer.requirements]) == (
        "no",
        ["lock-keeper/three-keepers"],
    )


def test_a_number_per_node_is_not_held_against_one_per_cluster(engine: Engine) -> None:
    """What is said of each node says nothing of how many the whole cluster has."""
    answer = engine.ask("In the ring, is one lock keeper on each node required?")

    assert [one.ref for one in answer.requirements] == ["lock-keeper/not-each-node"]
