"""What one component has to do with another: which starts first, and what is on whose nodes."""

from pathlib import Path

import pytest

from kb.ask.engine import Engine
from kb.compiler import compile_folder

BASES = Path(__file__).parents[2] / "knowledge_bases"


@pytest.fixture(scope="module")
def several() -> Engine:
    """An engine for pages on which components depend on one another."""
    return engine_of("gitlab")


@pytest.fixture(scope="module")
def brokers() -> Engine:
    """An engine for pages on pairs of brokers and what connects them."""
    return engine_of("artemis")


def engine_of(base: str) -> Engine:
    """Return the engine that answers from one of the knowledge bases."""
    catalog = compile_folder(BASES / base / "docs").catalog
    assert catalog is not None
    return Engine(catalog)


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("must consul be running before patroni starts?", "yes"),
        ("should patroni start after consul is up", "yes"),
        ("does patroni have to be started before consul is running?", "no"),
        ("must patroni be started before consul has a leader?", "no"),
    ],
)
def test_an_order_is_judged_by_the_one_that_waits(
    several: Engine, question: str, verdict: str
) -> None:
    """Whichever of the two is asked about, the statement on both of them decides."""
    answer = several.ask(question)

    assert answer.verdict == verdict
    assert [one.ref for one in answer.requirements] == ["patroni/after-consul"]


def test_what_comes_first_may_be_said_of_another(several: Engine) -> None:
    """Where a component says nothing of what comes before it, others do."""
    answer = several.ask("what has to be up before I bootstrap the database cluster")

    assert [one.ref for one in answer.requirements] == ["consul/quorum"]


def test_what_is_on_the_nodes_of_another_is_listed(several: Engine) -> None:
    """Those are told of which a statement says that they are on each of its nodes."""
    answer = several.ask("what runs on each postgresql node")

    assert {"patroni", "repmgr"} <= set(answer.components)
    assert {one.placement for one in answer.requirements} == {"each-node"}


def test_those_that_should_not_are_not_all_the_others(engine: Engine) -> None:
    """Where something is advised against of some, these are meant by "should not"."""
    answer = engine.ask("Who should not have a launch hook?")

    assert set(answer.components) == {"ingest-service", "playout-service"}


def test_a_component_named_in_part_is_the_one_that_needs_the_other(brokers: Engine) -> None:
    """Only what is stated on the two of them is told, not all that has the word."""
    answer = brokers.ask("does the backup need a cluster connection")

    assert answer.components == ("backup-broker",)
    assert [one.ref for one in answer.requirements] == ["backup-broker/in-a-cluster"]


@pytest.mark.parametrize(
    ("question", "component"),
    [
        ("who filters duplicates?", "cluster-connection"),
        ("what creates the core bridge", "cluster-connection"),
        ("who copies the existing data", "backup-broker"),
    ],
)
def test_who_does_it_is_told_by_what_happens_by_itself(
    brokers: Engine, question: str, component: str
) -> None:
    """A statement on what a component does of itself has the words of the question."""
    answer = brokers.ask(question)

    assert answer.components == (component,)
    assert {one.level for one in answer.requirements} == {"automatic"}


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("may each node have its own cluster user?", "no"),
        ("can the nodes have different cluster passwords", "no"),
        ("must all nodes have the same cluster password", "yes"),
    ],
)
def test_what_a_product_wants_alike_is_not_apart(
    brokers: Engine, question: str, verdict: str
) -> None:
    """What a product asks to be the same on all nodes is denied where it is to be different."""
    answer = brokers.ask(question)

    assert answer.verdict == verdict
    assert [one.ref for one in answer.requirements] == ["artemis/one-password"]


@pytest.mark.parametrize(
    ("question", "ref"),
    [
        ("can two instances have different collations?", "database-engine/same-collation"),
        ("may one server run 2 replicas of a group?", "availability-replica/one-per-node"),
        ("can a node host two replicas of the same group", "availability-replica/one-per-node"),
    ],
)
def test_a_number_by_the_way_is_not_judged_by_a_limit(question: str, ref: str) -> None:
    """How many there may be in all says nothing of what two of them have, or of one node."""
    answer = engine_of("sqlserver").ask(question)

    assert answer.verdict in ("no", "depends")
    assert [one.ref for one in answer.requirements] == [ref]


def test_a_number_that_is_only_odd_is_told() -> None:
    """Where no bound is stated, what is said of the number answers how many there are."""
    answer = engine_of("rabbitmq").ask("how many broker nodes in linked clusters?")

    assert answer.status == "answered"
    assert "odd number" in answer.answer
