"""Clusters in general, clauses that only tell when, and what is asked for by its number."""

import pytest

from kb.ask.answer import Verdict
from kb.ask.engine import Engine
from kb.compiler import compile_folder
from tests.kb.ask.conftest import K0


@pytest.mark.parametrize(
    "question",
    [
        "Can SQL Safe run on a cluster?",
        "Does SQL Safe Backup support clustering?",
        "Will SQL Safe run on an active/passive Windows cluster?",
        "Does SQL Safe work in an active-active Windows failover cluster?",
    ],
)
def test_a_cluster_stands_for_the_topologies_that_the_product_has(
    reference: Engine, question: str
) -> None:
    """What clusters are there for, and whose they are, names no other thing."""
    answer = reference.ask(question)

    assert answer.verdict == "yes"
    assert [one.ref for one in answer.requirements] == ["sql-safe-backup/either-topology"]


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("Unless alerting must be HA, do we need the Generic Service for the Rest Service?", "no"),
        ("Do I need a Generic Service for the Rest Service unless alerts may stop?", "yes"),
        ("Losing status is no problem for us. Must the Rest Service be clustered?", "no"),
        ("Is one installation of the Rest Service enough for all our servers?", "yes"),
        ("Must the agent be on both nodes if only the first of them ever works?", "yes"),
    ],
)
def test_what_only_tells_when_is_no_part_of_what_is_asked(
    reference: Engine, question: str, verdict: Verdict
) -> None:
    """ "Unless" is "if not", "no problem" denies nothing, and other words of a clause are idle."""
    assert reference.ask(question).verdict == verdict


@pytest.mark.parametrize(
    "question",
    [
        "How many ways are there to deploy the agent?",
        "What are the ways to deploy the agent?",
        "How can the agent be pushed to the nodes?",
    ],
)
def test_ways_to_do_something_are_named(reference: Engine, question: str) -> None:
    """Other ways stand beside the statement that has most of the words."""
    refs = {one.ref for one in reference.ask(question).requirements}

    assert refs >= {"backup-service/deploy-from-console", "backup-service/deploy-with-installer"}


def test_each_of_several_numbers_is_told(reference: Engine) -> None:
    """Behind each "how many" stands what is counted."""
    answer = reference.ask("How many agents and how many Collection Services on 3 nodes?")

    assert set(answer.components) == {"backup-service", "collection-service"}


def test_what_is_there_once_for_all_is_named_where_once_per_cluster_is_asked(
    reference: Engine,
) -> None:
    """The statement itself says that it is once for the whole deployment."""
    answer = reference.ask("Which services are installed once per cluster?")

    assert set(answer.components) == {"management-service", "collection-service", "rest-service"}


def test_a_command_that_is_a_component_is_not_its_text(reference: Engine) -> None:
    """Who wants the exact command does not ask about the component of that name."""
    question = "What is the exact command line to create the script for the Filter Service?"

    assert reference.ask(question).status == "not_covered"


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("Can the Rest Service be a Generic Script instead of a Generic Service?", "no"),
        ("Is it OK if the Rest Service isn't clustered as long as nobody needs alerts?", "yes"),
        ("Do the Rest Service and the Filter Service use the same resource type?", "no"),
        ("Is the agent deployable from the console?", "yes"),
    ],
)
def test_what_one_thing_is_held_against_is_heeded(
    reference: Engine, question: str, verdict: Verdict
) -> None:
    """What has to be there has no other thing in its place; what is given denies nothing else."""
    assert reference.ask(question).verdict == verdict


def test_ways_that_are_held_against_each_other_are_those_of_one_component(
    reference: Engine,
) -> None:
    """The statements of one component that are about all else that is named tell the ways."""
    answer = reference.ask("Agent deployment: console versus installer?")

    assert [one.ref for one in answer.requirements] == [
        "backup-service/deploy-from-console",
        "backup-service/deploy-with-installer",
    ]


def test_what_is_needed_only_under_another_condition_is_not_listed(reference: Engine) -> None:
    """Where a particular condition is stated, what is asked under another one stays out."""
    answer = reference.ask("Which components do I have to cluster if alerting must be HA?")

    assert set(answer.components) == {"management-service", "collection-service", "rest-service"}


def test_a_property_that_is_needed_is_not_recorded(reference: Engine) -> None:
    """What stands behind "need" is asked for, and not where it is needed."""
    question = "Does the agent need local admin rights on the nodes?"

    assert reference.ask(question).status == "not_covered"


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        (
            "Can I skip the Generic Service for the Rest Service if availability is no concern?",
            "yes",
        ),
        ("Is a cluster resource created automatically for the Filter Service?", "depends"),
        ("Management service failed over?? Does it need to be a cluster role", "depends"),
    ],
)
def test_what_is_said_beside_the_question_decides(
    reference: Engine, question: str, verdict: Verdict
) -> None:
    """What is given up, what is done by itself, and a last question without its mark count."""
    assert reference.ask(question).verdict == verdict


@pytest.mark.parametrize(
    ("question", "components"),
    [
        ("Agent versus Rest Service: which goes where?", {"backup-service", "rest-service"}),
        ("Which bits of SQL Safe must be on both machines?", {"backup-service"}),
        ("Two-node cluster, what must I do for Instant Restore?", {"filter-service"}),
        (
            "What should be clustered if we only care about alerts?",
            {"management-service", "collection-service", "rest-service"},
        ),
        ("What is in the repository?", {"repository-database"}),
    ],
)
def test_who_is_meant_is_told_by_place_function_or_care(
    reference: Engine, question: str, components: set[str]
) -> None:
    """Components are told by where they go, by what they do, and by what people care about."""
    assert set(reference.ask(question).components) == components


@pytest.mark.parametrize("question", ["Does that one need failover?", "Should it be clustered?"])
def test_who_points_at_nothing_is_asked_back(reference: Engine, question: str) -> None:
    """One component alone has to do with a thing, and still another may be meant."""
    assert reference.ask(question).reason == "missing-component"


@pytest.mark.parametrize(
    "question",
    [
        "What must I do for the Rest Service if we run on Kubernetes?",
        "Where does the agent go when we use a Linux cluster?",
        "Is a cluster required for SQL Safe?",
        "Can SQL Safe back up the cluster?",
    ],
)
def test_what_the_pages_do_not_say_of_clusters_is_not_answered(
    reference: Engine, question: str
) -> None:
    """An unknown platform counts in any clause, and being supported is not being needed."""
    assert reference.ask(question).status == "not_covered"


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("Can the Rest Service be left off the cluster if alerting isn't important?", "yes"),
        ("Active-active cluster, anything forbidden?", "yes"),
    ],
)
def test_what_is_left_out_or_ruled_out_is_judged(
    reference: Engine, question: str, verdict: Verdict
) -> None:
    """What is left off a cluster is not clustered, and what is forbidden is looked for."""
    assert reference.ask(question).verdict == verdict


@pytest.mark.parametrize(
    "question",
    [
        "How do I set up SQL Safe on an active-active cluster?",
        "Need a summary for management: what does clustering require for SQL Safe overall?",
    ],
)
def test_the_product_as_a_whole_has_its_components(reference: Engine, question: str) -> None:
    """A title without steps does not stand for all, nor do people for a component."""
    assert len(reference.ask(question).components) == 8


@pytest.mark.parametrize(
    "question",
    ["IR cluster setup?", "IR a/a what to configure", "How do I set up IR in a cluster?"],
)
def test_a_topic_of_a_condition_stands_for_what_is_asked_under_it(
    reference: Engine, question: str
) -> None:
    """Where nothing is named but what a condition is about, its components are meant."""
    assert reference.ask(question).components == ("filter-service",)


def test_whether_several_share_one_thing_is_left_open(reference: Engine) -> None:
    """That each of them has one says nothing of one for all."""
    question = "Can the three services share one cluster resource?"

    assert reference.ask(question).status == "not_covered"


def test_what_is_to_be_avoided_is_what_is_ruled_out(reference: Engine) -> None:
    """Who wants to avoid mistakes is told what must not be done."""
    answer = reference.ask("Anything I should avoid when clustering SQL Safe?")

    assert [one.ref for one in answer.requirements] == ["filter-service/no-clustered-resource"]


@pytest.mark.parametrize(
    ("told", "verdict"),
    [
        ("Alerting must not care about node failures.", "yes"),
        ("We lose alerts on every failover and that can't go on.", "yes"),
        ("We do not tolerate an outage of alerting.", "yes"),
        ("The business demands that policy status stays visible.", "yes"),
        ("We tolerate an outage of alerting.", "no"),
        ("Policy status is optional for us.", "no"),
        ("We dropped the HA requirement for alerts.", "no"),
        ("We don't use alerting at all.", "no"),
        ("Nobody would notice if alerting broke.", "no"),
        ("We never use the GUI for alerts.", "depends"),
    ],
)
def test_what_is_wanted_and_what_is_not_is_told_in_many_ways(
    reference: Engine, told: str, verdict: Verdict
) -> None:
    """Who complains of a loss wants it to end; who accepts one, or has no use, does not."""
    assert reference.ask(f"{told} Must the Rest Service be a Generic Service?").verdict == verdict


def test_a_clause_with_words_of_a_condition_is_not_passed_over() -> None:
    """What may state a condition in other words leaves no verdict without it."""
    catalog = compile_folder(K0.parents[1] / "veeam" / "docs").catalog
    assert catalog is not None
    question = "Must a restart of the nodes follow the install when blocks that change are tracked?"

    assert Engine(catalog).ask(question).verdict is None


@pytest.mark.parametrize("question", ["? ? agent", "Hello!", "?"])
def test_a_sentence_without_words_asks_nothing(reference: Engine, question: str) -> None:
    """Marks alone make sentences that have no first word."""
    assert reference.ask(question).status in ("answered", "not_covered")
