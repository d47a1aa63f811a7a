"""What is asked for by its level alone: forbidden, recommended, optional, left out."""

import pytest

from kb.ask.engine import Engine


@pytest.mark.parametrize(
    ("question", "refs"),
    [
        ("what is optional for the arbiter?", {"arbiter/tie-breaker-ring"}),
        ("What can I skip for the arbiter", {"arbiter/tie-breaker-ring"}),
        ("what is recommended for the catalogue?", {"catalogue/read-copy"}),
        ("which things are forbidden for the tape mover", {"tape-mover/no-roaming-address"}),
        ("what is not needed for playout?", {"ingest-service/no-tape-lease"}),
    ],
)
def test_only_that_level_is_told(engine: Engine, question: str, refs: set[str]) -> None:
    """What stands at other levels is no answer to what is optional, advised or forbidden."""
    answer = engine.ask(question)

    assert answer.status == "answered"
    assert {one.ref for one in answer.requirements} == refs


def test_two_levels_are_both_told(engine: Engine) -> None:
    """Who asks for what is required and what is optional is told what must be done."""
    answer = engine.ask("the arbiter: what's required, what's optional?")

    assert {"arbiter/outside", "arbiter/tie-breaker-pair"} <= {
        one.ref for one in answer.requirements
    }


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("is there anything recommended for the journal?", "yes"),
        ("is there anything recommended for the lock keeper?", "no"),
        ("anything optional for the transcoder?", "yes"),
    ],
)
def test_whether_anything_has_a_level(engine: Engine, question: str, verdict: str) -> None:
    """It is decided by the statements of that level."""
    assert engine.ask(question).verdict == verdict


def test_everything_of_a_level_is_listed(engine: Engine) -> None:
    """Where no component is named, those with something of the level are told."""
    answer = engine.ask("list everything forbidden")

    assert answer.status == "answered"
    assert {"journal", "tape-mover"} <= set(answer.components)
    assert {one.level for one in answer.requirements} <= {"must-not", "should-not"}


@pytest.mark.parametrize(
    "question",
    [
        "can more than one node write to the journal volume simultaneously",
        "may several nodes write to the journal volume at once?",
        "can two nodes write to the journal volume at the same time?",
    ],
)
def test_several_nodes_are_not_one(engine: Engine, question: str) -> None:
    """What one node does at a time is not done by several."""
    answer = engine.ask(question)

    assert answer.verdict == "no"
    assert [one.ref for one in answer.requirements] == ["journal/one-writer"]


@pytest.mark.parametrize(("nodes", "verdict"), [("two", "no"), ("three", "yes")])
def test_advice_is_looked_for_where_it_is_given(engine: Engine, nodes: str, verdict: str) -> None:
    """A component that may do something else with the thing is not meant."""
    answer = engine.ask(f"should I run a read copy with {nodes} nodes?")

    assert (answer.verdict, answer.components) == (verdict, ("catalogue",))


def test_the_cluster_itself_is_not_what_runs_in_it(engine: Engine) -> None:
    """What is asked of the cluster as a whole is what its product asks."""
    answer = engine.ask("what must be done for the cluster itself?")

    assert {one.ref for one in answer.requirements} == {
        "kelpvault/two-nodes",
        "kelpvault/three-nodes",
        "kelpvault/one-clock",
    }
