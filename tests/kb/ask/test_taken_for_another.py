"""Words of a question that change its answer, and were once passed over."""

import pytest

from kb.ask.engine import Engine


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("Must the Collection Service be installed on each of the 14 backed up servers?", "no"),
        ("Does every one of our 20 protected servers need the Management Service?", "no"),
        ("Collection service goes on every backed-up server, no?", "no"),
        ("The agent is on both nodes, no?", "yes"),
        ("Backup Service: each node, no resource. Right?", "yes"),
        ("Does the Management Service depend on the repository?", "yes"),
        ("Does the Collection Service depend on the repository?", "no"),
        ("Must the agent be fault tolerant?", "no"),
        ("Is failover of the Filter Service automatic?", "depends"),
        ("Does anything have to be done by hand for the generic script resource?", "no"),
        ("Is CLI short for the Command Line?", "yes"),
        ("Must the agent be deployed with the CLI?", "no"),
        ("Do I need the CLI for the agent?", "no"),
        ("Is it a problem if the agent is missing on one node?", "yes"),
        ("Can one node do without the agent?", "no"),
        ("Is a standalone SQL Server good enough for the repository?", "depends"),
        ("Is the repository used by the console?", "yes"),
        ("HA: repo yes, alerting no. Must the Management Service be a generic service?", "no"),
        ("With SQL Server 2019 on both nodes, do I need the agent on each?", "yes"),
        ("Correct me if I'm wrong: the Filter Service must not be a clustered resource.", "yes"),
    ],
)
def test_each_word_that_matters_is_heard(reference: Engine, question: str, verdict: str) -> None:
    """A number of places, a tag, a name for a name and a use are taken for what they are."""
    answer = reference.ask(question)

    assert (answer.status, answer.verdict) == ("answered", verdict)


@pytest.mark.parametrize(
    "question",
    [
        "Must the agent be installed outside the cluster?",
        "Can I install the agent on a server that isn't in the cluster?",
        "Can the Filter Service run on a node without SQL Server?",
        "Should I take the Generic Script offline before patching?",
        "Will a running backup survive a failover?",
        "Can I deploy the Collection Service from the console?",
        "Is SQL Server 2022 supported for the repository?",
        "Should the agent be installed on the active node first?",
        "Does the Generic Script need shared storage?",
        "If the repository is on an FCI, is alerting fault tolerant?",
    ],
)
def test_what_only_sounds_like_a_statement_is_not_recorded(
    reference: Engine, question: str
) -> None:
    """What is to be on each node says nothing of other servers, nor a set-up of what happens."""
    assert reference.ask(question).status == "not_covered"


@pytest.mark.parametrize(
    "question",
    [
        "Because the Management Console runs as a cluster role, which node owns it after failover?",
        "Now that the console is clustered, how do I update it?",
    ],
)
def test_what_is_taken_for_clustered_and_is_not_is_corrected(
    reference: Engine, question: str
) -> None:
    """The correction comes first, in whatever words clustering is presumed."""
    assert reference.ask(question).answer.startswith("That is not so.")


def test_only_a_topology_beside_it_names_no_component(reference: Engine) -> None:
    """What "it" is must be asked, also where the product supports the topology."""
    assert reference.ask("Do I need it in active-active?").status == "clarify"


def test_what_is_lost_is_told_where_it_is_not_made_so(reference: Engine) -> None:
    """A condition that is denied is what the consequence follows from."""
    answer = reference.ask("What do I lose if the repository isn't fault tolerant?")

    assert [one.ref for one in answer.requirements] == ["repository-database/clustered-sql-server"]


def test_a_word_cut_to_its_stem_is_mended(reference: Engine) -> None:
    """A name without its last letter is no word of the pages, though its stem is."""
    assert reference.ask("shud the consol be clusterd").components == ("management-console",)


def test_without_any_condition_the_rest_is_told(reference: Engine) -> None:
    """Where nothing has to be fault tolerant, what is asked in any case is left."""
    answer = reference.ask("What is required if nothing needs to be fault tolerant?")

    assert {"backup-service/each-node", "filter-service/no-clustered-resource"} <= {
        one.ref for one in answer.requirements
    }
