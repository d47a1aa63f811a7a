"""Wordings in which something is easily missed: a second part, a place, the time of an action."""

import pytest

from kb.ask.engine import Engine


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("Must the Ingest Service be on each node and have a tape lease?", "no"),
        ("May I put the ingest service on one node only and give it a tape lease?", "no"),
    ],
)
def test_a_place_and_a_thing_must_both_be_so(engine: Engine, question: str, verdict: str) -> None:
    """A thing that is named behind a place does not hide it."""
    answer = engine.ask(question)

    assert answer.verdict == verdict
    assert {one.id for one in answer.requirements} == {"each-node", "no-tape-lease"}


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("May I forget about the journal when clustering?", "no"),
        ("Can I ignore the Ingest Service completely?", "no"),
        ("Can I ignore the console completely?", "yes"),
    ],
)
def test_a_component_is_left_out_where_nothing_must_be_done(
    engine: Engine, question: str, verdict: str
) -> None:
    """To skip a component is more than to skip its clustering."""
    assert engine.ask(question).verdict == verdict


def test_a_statement_that_tells_no_place_decides_none(engine: Engine) -> None:
    """What is to be done is no answer to whether it is to be done on each node."""
    question = "Do I need to switch the mover to lease mode in the Vault Console on each node?"

    assert engine.ask(question).status == "not_covered"


def test_two_lists_are_told_one_after_the_other(engine: Engine) -> None:
    """ "Which ... and which ...?" asks for both."""
    answer = engine.ask("Which services stand outside the cluster and which on each node?")

    assert {"kelpline-gatekeeper", "ingest-service", "lock-keeper"} <= set(answer.components)


def test_a_second_question_may_point_back_from_its_end(engine: Engine) -> None:
    """ "... and do I have to do this for it?" is about the same component."""
    answer = engine.ask(
        "Must the ingest service be on each node, and do I have to request a tape lease for it?"
    )

    assert (answer.status, answer.verdict) == ("answered", None)
    assert {one.id for one in answer.requirements} == {"each-node", "no-tape-lease"}


@pytest.mark.parametrize(
    ("question", "status"),
    [
        ("When do I install the ingest service?", "not_covered"),
        ("When must the ingest service have a roaming address?", "answered"),
    ],
)
def test_the_time_of_an_action_is_not_its_condition(
    engine: Engine, question: str, status: str
) -> None:
    """What has to be done in any case has no time; what has a condition is told with it."""
    assert engine.ask(question).status == status


def test_a_whole_number_behind_a_product_is_a_version(engine: Engine) -> None:
    """ "Kelpvault 77" is a version that the pages do not have; "3 nodes" is none."""
    assert engine.ask("Does Kelpvault 77 run in paired halls?").reason == "unknown-version"
    assert engine.ask("Kelpvault 3 nodes: where do arbiters go?").reason != "unknown-version"


def test_an_arrow_ends_no_sentence(engine: Engine) -> None:
    """ "journal -> media pool?" is about the journal."""
    assert engine.ask("journal -> media pool?").verdict == "no"


def test_what_is_asked_without_a_condition_is_told(reference: Engine) -> None:
    """Where a condition is denied, the rest of what is asked of the same components is told."""
    answer = reference.ask("What must I do if I can live without alerts during failover?")

    assert answer.status == "answered"
    assert {one.id for one in answer.requirements} == {"once"}


@pytest.mark.parametrize(
    "question",
    [
        "Since it does not run in active-active, do we have to go active-passive?",
        "Do we need active-passive?",
    ],
)
def test_no_topology_is_needed_where_another_will_do(reference: Engine, question: str) -> None:
    """One of several topologies is not required, whatever a clause before takes for granted."""
    assert reference.ask(question).verdict == "no"


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("Is anything forbidden for the journal?", "yes"),
        ("Is anything forbidden for the lock keeper?", "no"),
        ("Is there any component that must have a roaming address?", "yes"),
        ("Is there any component that must have a roaming address no matter what?", "no"),
        ("Are there components for which the topology makes a difference?", "yes"),
    ],
)
def test_whether_there_is_anything_is_judged_by_what_there_is(
    engine: Engine, question: str, verdict: str
) -> None:
    """A prohibition is looked for among prohibitions, and "always" among what has no condition."""
    assert engine.ask(question).verdict == verdict


@pytest.mark.parametrize(
    ("question", "components"),
    [
        ("What has to be switched with the Vault Console?", ("tape-mover",)),
        ("What must happen with the Ingest Service before we hand over?", ("ingest-service",)),
        ("Nodes ALPHA and BETA: which of them get the ingest service?", ("ingest-service",)),
    ],
)
def test_a_verb_or_a_label_leads_nowhere_else(
    engine: Engine, question: str, components: tuple[str, ...]
) -> None:
    """What something is done with, what happens with it, and what nodes are called."""
    assert engine.ask(question).components == components


def test_what_need_not_be_so_is_told_from_what_must_not(engine: Engine) -> None:
    """ "What must I not do" asks for prohibitions."""
    levels = {one.level for one in engine.ask("What must I not do with Kelpvault?").requirements}

    assert levels == {"must-not", "should-not"}


def test_whether_a_thing_depends_on_a_component_is_not_recorded(engine: Engine) -> None:
    """That nothing joins the two in the pages says nothing of what one needs to be there."""
    assert engine.ask("Does the roaming address depend on the journal?").status == "not_covered"


def test_a_name_in_part_is_told_by_the_thing_that_is_asked_for(reference: Engine) -> None:
    """Of two components of the same first word, one has the resource."""
    answer = reference.ask("Is the Generic Service resource an absolute must for Mgmt?")

    assert answer.components == ("management-service",)


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("Is it wrong to leave out the journal?", "yes"),
        ("Is it wrong to leave the cli out of the cluster?", "no"),
        ("Two management services for redundancy?", "no"),
        ("We have 2 clusters. One Collection Service in each?", "no"),
        ("Two clustered nodes, the agent only lives on the first. Is our setup complete?", "no"),
    ],
)
def test_what_is_said_in_few_words_is_judged(
    engine: Engine, reference: Engine, question: str, verdict: str
) -> None:
    """What is wrong to leave out must be there; a number of copies is asked about."""
    asked = engine if "journal" in question else reference

    assert asked.ask(question).verdict == verdict


def test_a_restart_is_nothing_that_is_installed(reference: Engine) -> None:
    """An operation that is said to be required is what is asked about."""
    question = "Is a reboot required after installing the agent on a node?"

    assert reference.ask(question).status == "not_covered"


def test_what_may_befall_a_node_gives_no_condition_up(reference: Engine) -> None:
    """ "A node can die any time" says nothing of what may stop."""
    answer = reference.ask(
        "What does the Management Service need if a node can die and alerting must go on?"
    )

    assert "generic-service-resource" in {one.id for one in answer.requirements}


@pytest.mark.parametrize("noun", ["node", "host", "machine", "box", "server"])
def test_a_node_may_be_called_by_other_nouns(engine: Engine, noun: str) -> None:
    """Where a component goes on each node, each machine of which no more is said is one."""
    answer = engine.ask(f"Must the Ingest Service be installed on every {noun}?")

    assert (answer.verdict, answer.requirements[0].id) == ("yes", "each-node")


def test_a_machine_of_which_more_is_said_is_not_taken_for_a_node(reference: Engine) -> None:
    """What is backed up is no part of the cluster for that."""
    answer = reference.ask("Does the backup agent go on each machine that we back up?")

    assert answer.verdict is None


@pytest.mark.parametrize("place", ["one of the cluster servers", "two hosts of the cluster"])
def test_servers_of_the_cluster_are_its_nodes(reference: Engine, place: str) -> None:
    """ "Server" says nothing else than "node" where the cluster is named with it."""
    noun = place.replace("servers", "nodes").replace("hosts", "nodes")
    asked = "Must the backup agent be on {}?"

    assert reference.ask(asked.format(place)).answer == reference.ask(asked.format(noun)).answer


@pytest.mark.parametrize(
    "question",
    [
        "Must the Ingest Service be on each node or not?",
        "Is it necessary or not to have the Ingest Service on each node?",
        "In a cell ring, must the Ingest Service be on each node or not",
    ],
)
def test_or_not_denies_nothing(engine: Engine, question: str) -> None:
    """It only says that yes or no is wanted."""
    assert engine.ask(question).verdict == "yes"


@pytest.mark.parametrize(
    "question",
    [
        "we do not need high availability for anything must the repository sit on an FCI",
        "if we do not need high availability for anything must the repository sit on an FCI",
    ],
)
def test_a_clause_ends_where_a_question_begins(reference: Engine, question: str) -> None:
    """The mark between what is told and what is asked is often left out."""
    answer = reference.ask(question)

    assert (answer.verdict, answer.components) == ("no", ("repository-database",))


def test_names_that_share_a_head_need_no_comma(reference: Engine) -> None:
    """ "Management Collection and Rest services" are three."""
    answer = reference.ask("Where do the Management Collection and Rest services go?")

    assert len(answer.components) == 3


def test_articles_may_be_left_out(reference: Engine) -> None:
    """People whose language has none ask the same."""
    answer = reference.ask("Would one agent, on whichever node is active, do job?")

    assert answer.verdict == "no"


@pytest.mark.parametrize(
    "question",
    [
        "Does anyone know if the Rest Service must be clustered?",
        "Any idea whether the Rest Service must be clustered?",
        "Can you confirm that the Rest Service must be clustered?",
        "Not sure if the Rest Service must be clustered.",
        "The Rest Service must be clustered, right?",
        "We use the Rest Service. Must it be clustered?",
    ],
)
def test_who_asks_and_how_changes_no_verdict(reference: Engine, question: str) -> None:
    """What is open under a condition is open also where it is told and to be confirmed."""
    answer = reference.ask(question)

    assert (answer.verdict, answer.components) == ("depends", ("rest-service",))


def test_it_stands_for_what_the_sentence_before_names(engine: Engine) -> None:
    """Another name behind "it" is not what is asked about."""
    answer = engine.ask(
        "We use the Ingest Service. Must it have a tape lease from the Lock Keeper?"
    )

    assert answer.components[0] == "ingest-service"
