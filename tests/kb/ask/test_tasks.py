"""What components are for, asked with yes or no, and what is said of topologies."""

from pathlib import Path

import pytest

from kb.ask.engine import Engine
from kb.compiler import compile_folder

BASES = Path(__file__).parents[2] / "knowledge_bases"


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


@pytest.fixture(scope="module")
def broker() -> Engine:
    """The engine on pages with kinds that only one component is of."""
    catalog = compile_folder(BASES / "rabbitmq" / "docs").catalog
    assert catalog is not None
    return Engine(catalog)


@pytest.fixture(scope="module")
def databases() -> Engine:
    """The engine on pages with statements that hold from a version on."""
    catalog = compile_folder(BASES / "patroni" / "docs").catalog
    assert catalog is not None
    return Engine(catalog)


@pytest.mark.parametrize(
    ("question", "components"),
    [
        ("Broker and client: what do they need?", {"broker-node", "client"}),
        ("queue requirements?", {"quorum-queue"}),
    ],
)
def test_a_kind_stands_for_its_only_component(
    broker: Engine, question: str, components: set[str]
) -> None:
    """In a list, and where hardly anything else is written, a kind is a name."""
    assert set(broker.ask(question).components) == components


def test_nodes_are_not_a_component_whose_name_ends_in_node(broker: Engine) -> None:
    """What is asked of the number of nodes is asked of the cluster."""
    assert broker.ask("Should we use an even number of nodes?").verdict == "no"


def test_a_topic_that_may_be_lost_denies_its_condition(broker: Engine) -> None:
    """A condition is denied by general words about what it is for."""
    answer = broker.ask("What does the quorum queue need if losing messages is fine?")

    assert "three-replicas" not in {one.id for one in answer.requirements}


@pytest.mark.parametrize(
    "question",
    ["Since which version is failsafe mode available?", "Which version introduced failsafe mode?"],
)
def test_a_version_is_told_by_the_statement_that_has_it(databases: Engine, question: str) -> None:
    """From which version on something holds stands in what is said of it."""
    assert "from 3.0 on" in databases.ask(question).answer


def test_a_property_of_one_component_is_none_of_another(databases: Engine) -> None:
    """A port that a statement on something else has is not that of the component named."""
    assert databases.ask("What's the default port of etcd?").status == "not_covered"


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("Is the Vault Console the only way to switch the mover to lease mode?", "yes"),
        ("Is there another way than the Vault Console to switch the mover to lease mode?", "no"),
    ],
)
def test_another_way_is_the_opposite_of_the_only_way(
    engine: Engine, question: str, verdict: str
) -> None:
    """There is another way where the one that is named is not the only one."""
    assert engine.ask(question).verdict == verdict


@pytest.fixture(scope="module")
def forge() -> Engine:
    """The engine on pages of which one component watches another."""
    catalog = compile_folder(BASES / "gitlab" / "docs").catalog
    assert catalog is not None
    return Engine(catalog)


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("Does PgBouncer choose the leader?", "no"),
        ("Is PgBouncer redirected automatically after a failover?", "yes"),
        ("Does Patroni have to run on every database node?", "yes"),
        ("Must Patroni not run on each PostgreSQL node?", "no"),
    ],
)
def test_a_verb_and_a_place_tell_what_is_judged(forge: Engine, question: str, verdict: str) -> None:
    """Words that a statement shares with a question do not hide who does it, when, and where."""
    assert forge.ask(question).verdict == verdict


@pytest.mark.parametrize(
    "question",
    [
        "Can all Consul nodes be restarted at once?",
        "May I restart several Consul nodes together?",
        "Can two Consul nodes be restarted at the same time?",
    ],
)
def test_together_is_not_one_at_a_time(forge: Engine, question: str) -> None:
    """What should be done one at a time is advised against together."""
    assert "advised against" in forge.ask(question).answer


def test_what_is_counted_may_stand_before_how_many(forge: Engine) -> None:
    """ "X - how many nodes?" asks for the nodes of X."""
    assert forge.ask("consul - how many nodes?").answer.startswith("At least 3")
