"""What one topology asks and no other, and how topologies are told apart."""

from pathlib import Path

import pytest

from kb.ask.engine import Engine
from kb.compiler import compile_folder

ROOT = Path(__file__).parents[3]
BASES = ROOT / "tests" / "knowledge_bases"


@pytest.fixture(scope="module")
def alike() -> Engine:
    """Return the engine on pages of which all topologies ask the same."""
    catalog = compile_folder(ROOT / "docs").catalog
    assert catalog is not None
    return Engine(catalog)


@pytest.fixture(scope="module")
def brokers() -> Engine:
    """Return the engine on pages whose topologies differ in what they ask."""
    catalog = compile_folder(BASES / "artemis" / "docs").catalog
    assert catalog is not None
    return Engine(catalog)


@pytest.mark.parametrize(
    "question",
    [
        "Which requirements only apply to shared store?",
        "What is only needed with a shared store?",
        "Which things do I need in shared store only?",
        "What applies to shared store but not to replication?",
    ],
)
def test_what_one_topology_alone_asks_is_told(brokers: Engine, question: str) -> None:
    """What others ask too is left out."""
    answer = brokers.ask(question)

    assert "message-journal/on-shared-storage" in [one.ref for one in answer.requirements]
    assert all(one.topologies == ("shared-store",) for one in answer.requirements)


def test_components_that_matter_in_one_topology_alone_are_listed(brokers: Engine) -> None:
    """A list has those of which something is asked there and nowhere else."""
    answer = brokers.ask("Which components only matter in replication?")

    assert set(answer.components) == {
        "backup-broker",
        "colocated-backup",
        "message-journal",
        "primary-broker",
    }


@pytest.mark.parametrize(
    "question",
    [
        "What is only needed in an active-active cluster?",
        "Which steps are specific to active-active?",
        "What is special in active-active?",
        "What do I have to do in active-active that I don't have to do in active-passive?",
    ],
)
def test_what_no_topology_asks_alone_is_said_to_be_the_same(alike: Engine, question: str) -> None:
    """Nothing is listed where all topologies ask the same."""
    answer = alike.ask(question)

    assert answer.status == "answered"
    assert "same in active-passive and active-active" in answer.answer
    assert not answer.requirements


@pytest.mark.parametrize(
    "question",
    [
        "Is there anything that is only required for active-active?",
        "Does active-active require anything that active-passive does not?",
        "Is the backup service only needed in active-active?",
        "The filter service is only relevant for active-active, right?",
    ],
)
def test_what_all_topologies_ask_is_not_for_one_of_them(alike: Engine, question: str) -> None:
    """A verdict denies that something is asked in one topology alone."""
    assert alike.ask(question).verdict == "no"


def test_what_is_to_be_outside_is_judged_on_what_it_is_outside_of(brokers: Engine) -> None:
    """Machines outside the cluster of the brokers are not the machines of the brokers."""
    assert brokers.ask("Should ZK be installed on the broker hosts?").verdict == "no"
    assert brokers.ask("Should ZooKeeper be kept off the broker machines?").verdict == "yes"


def test_one_verb_on_another_thing_decides_nothing(brokers: Engine) -> None:
    """That bridges are created by themselves says nothing of the connection they belong to."""
    assert brokers.ask("Must I configure a cluster connection?").verdict != "no"


def test_nouns_that_name_no_component_list_none(brokers: Engine) -> None:
    """Which data survives is not answered with what is asked for survival."""
    assert brokers.ask("Which data survive a failover?").status == "not_covered"


def test_a_plain_word_with_an_article_is_a_name(brokers: Engine) -> None:
    """The primary is the primary broker; what something is compared with is not asked about."""
    assert brokers.ask("What must I do for the primary?").components == ("primary-broker",)
    compared = brokers.ask("Does the backup need the same hardware as the primary?")
    assert compared.components == ("backup-broker",)


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("The backup service must be on each node, must it not?", "yes"),
        ("The Backup Service can sit on one node, can it not?", "no"),
        ("The filter service must not be a clustered resource, must it?", "yes"),
    ],
)
def test_a_question_tag_does_not_turn_the_verdict(
    alike: Engine, question: str, verdict: str
) -> None:
    """ "... must it not?" asks for a yes to what was said."""
    assert alike.ask(question).verdict == verdict


def test_a_thing_of_several_components_is_judged_where_the_answer_is_one(brokers: Engine) -> None:
    """Nobody is asked which component is meant when it makes no difference."""
    answer = brokers.ask("Is a discovery group allowed?")

    assert answer.verdict == "yes"
    assert set(answer.components) == {"cluster-connection", "core-client"}
