"""What is asked, told from what is given: topologies, kinds, conditions and numbers."""

import pytest

from tests.kb.ask.test_told_apart import _engine, _refs


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("Is tempdb supported in an AG?", "no"),
        ("Do the report server databases work in an availability group?", "yes"),
    ],
)
def test_whether_it_may_belong_to_a_topology_is_told_by_its_own_statement(
    question: str, verdict: str
) -> None:
    """That the product knows the topology says nothing where the component is kept out of it."""
    assert _engine("sqlserver").ask(question).verdict == verdict


def test_a_topology_in_the_words_of_a_condition_is_not_where_it_is_asked() -> None:
    """Nothing that hangs on "the replica is hosted by an FCI" is said of that topology."""
    question = "The replica is hosted by an FCI. May it use automatic failover mode in the AG?"
    answer = _engine("sqlserver").ask(question)

    assert (answer.topology, answer.verdict) == ("availability-group", "no")


def test_what_a_component_uses_is_no_kind_that_is_asked_for() -> None:
    """A noun behind the verb is a word of the statement, whatever else is of that kind."""
    question = "Instances run as Local System. Must the endpoint use certificates in the AG?"

    assert _refs("sqlserver", question) == ["mirroring-endpoint/certificates"]


def test_a_condition_is_asked_about_where_it_is_all_that_is_asked() -> None:
    """ "Analysis Services is clustered" is a condition: whether it may be so states nothing."""
    answer = _engine("sqlserver").ask("Can Analysis Services be clustered in an FCI?")

    assert answer.verdict == "yes"
    assert "analysis-services/clustered" in {one.ref for one in answer.requirements}


def test_a_need_that_is_denied_leaves_the_condition_behind_it_stated() -> None:
    """In "not required when K", K holds."""
    question = "Is a witness not recommended when there is an even number of nodes?"
    answer = _engine("sqlserver").ask(question)

    assert [(one.id, one.state) for one in answer.understood.conditions] == [
        ("even-votes", "stated")
    ]
    assert answer.verdict == "no"


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("How many synchronous replicas are possible in an AG on 2019?", ["five-synchronous"]),
        ("How many replicas may an AG have?", ["one-per-node", "nine-replicas"]),
    ],
)
def test_the_number_is_that_of_the_thing_in_its_own_words(question: str, wanted: list[str]) -> None:
    """A limit on some of them is not a limit on all, nor the other way round."""
    refs = _refs("sqlserver", question)

    assert refs == [f"availability-replica/{one}" for one in wanted]


@pytest.mark.parametrize(
    ("question", "component"),
    [
        ("Do we need shared disks in an availability group?", "database-engine"),
        ("Where does the file share of a file share witness go?", "quorum-witness"),
        ("May the Agent be added as a Generic Service in FCIs?", "sql-server-agent"),
    ],
)
def test_the_component_is_the_one_that_fits_all_that_is_named(
    question: str, component: str
) -> None:
    """The topology, every thing named and the name without the product's tell which is meant."""
    assert _engine("sqlserver").ask(question).components == (component,)


@pytest.mark.parametrize(
    ("base", "question", "verdict", "ref"),
    [
        (
            "sqlserver",
            "Do all replicas need the same collation in an AG?",
            "yes",
            "database-engine/same-collation",
        ),
        (
            "sqlserver",
            "Is it a problem when replicas have different collations in an AG?",
            "yes",
            "database-engine/same-collation",
        ),
        (
            "exchange",
            "Is a round trip of 300 milliseconds between members fine?",
            None,
            "exchange-dag/latency",
        ),
        ("saphana", "Is softdog acceptable as a watchdog?", "yes", "sbd/softdog"),
        (
            "exchange",
            "Should addresses of the replication LAN be registered in DNS?",
            "no",
            "replication-network/no-register",
        ),
        (
            "exchange",
            "Should the witness be near the members in a single datacenter?",
            "yes",
            "witness-server/near-members",
        ),
    ],
)
def test_the_statement_is_the_one_that_says_it_whoever_bears_it(
    base: str, question: str, verdict: str | None, ref: str
) -> None:
    """Neither the component that is named nor a thing that is mentioned outweighs the words."""
    answer = _engine(base).ask(question)

    assert answer.verdict == verdict
    assert [one.ref for one in answer.requirements] == [ref]


def test_a_size_before_a_name_is_no_component() -> None:
    """A "six-member" group says how many there are; the members are not asked about."""
    question = "What do I have to do for the witness server in a six-member DAG?"

    assert _engine("exchange").ask(question).components == ("witness-server",)


def test_what_counts_several_in_a_condition_is_part_of_its_name() -> None:
    """Who speaks of a report server does not say that there are several."""
    answer = _engine("sqlserver").ask("What must I do for the report server databases?")

    assert not [one for one in answer.understood.conditions if one.state == "stated"]


@pytest.mark.parametrize(
    ("base", "question", "verdict", "refs"),
    [
        (
            "veeam",
            "Is application-aware processing required for an AG?",
            "no",
            ["cluster-job/app-aware"],
        ),
        (
            "sqlserver",
            "Can I put the data files on an SMB share in an FCI?",
            "yes",
            ["database-engine/file-share-allowed"],
        ),
    ],
)
def test_a_condition_that_stands_alone_is_what_is_asked(
    base: str, question: str, verdict: str, refs: list[str]
) -> None:
    """Where nothing else is named, its words are those of a statement, and state nothing."""
    answer = _engine(base).ask(question)

    assert answer.verdict == verdict
    assert [one.ref for one in answer.requirements] == refs


@pytest.mark.parametrize(
    ("base", "question"),
    [
        ("k0", "Do we need high availability in paired halls?"),
        ("exchange", "Does every member need the same Windows version?"),
    ],
)
def test_what_is_said_of_something_else_is_no_answer(base: str, question: str) -> None:
    """Neither a topology that is documented nor what another need not do decides it."""
    assert _engine(base).ask(question).status == "not_covered"


def test_a_topology_needs_what_one_of_its_components_needs() -> None:
    """Of two that have to do with the thing, the one that must have it there decides."""
    answer = _engine("sqlserver").ask("Is it true that an FCI needs shared storage?")

    assert answer.verdict == "yes"
    assert [one.ref for one in answer.requirements] == ["database-engine/shared-disk"]


def test_only_things_of_the_cluster_tell_whether_it_is_clustered() -> None:
    """What else must be there makes a service no part of the cluster."""
    refs = _refs("sqlserver", "Is SSIS cluster-aware?")

    assert refs == ["integration-services/no-cluster-resource"]


def test_a_limit_on_all_holds_for_some_of_them_where_it_is_passed() -> None:
    """Four of one sort are within their own limit, and too many where only two are allowed."""
    answer = _engine("sqlserver").ask("Can we have four synchronous replicas on 2022?")

    assert answer.verdict == "depends"
    assert {one.ref for one in answer.requirements} == {
        "availability-replica/five-synchronous",
        "availability-replica/two-in-basic",
    }


@pytest.mark.parametrize(
    ("base", "question", "component"),
    [
        ("saphana", "Should SAP HANA instances be allowed to start at boot?", "hana-database"),
        ("gitlab", "Does the Rails app need object storage?", "rails"),
        ("sqlserver", "Do I have to set up an endpoint in an AG?", "mirroring-endpoint"),
    ],
)
def test_words_that_belong_to_a_name_or_a_verb_name_nothing_else(
    base: str, question: str, component: str
) -> None:
    """The beginning of its title, its kind behind it, and "set up" before it are no things."""
    answer = _engine(base).ask(question)

    assert answer.components == (component,)
    assert answer.status == "answered"


@pytest.mark.parametrize(
    ("base", "question", "verdict", "ref"),
    [
        (
            "exchange",
            "May two copies of one database be on the same server?",
            "no",
            "database-copy/one-per-server",
        ),
        (
            "exchange",
            "Must circular logging be off while I add the second copy of the database?",
            "yes",
            "database-copy/no-circular-logging",
        ),
        ("gitlab", "Can I run Praefect on the Gitaly nodes?", "no", "praefect/no-colocation"),
        (
            "sqlserver",
            "Can several availability groups share an endpoint?",
            None,
            "mirroring-endpoint/shared-by-replicas",
        ),
        (
            "redis",
            "Do clients have to know Sentinel in a Sentinel setup?",
            "yes",
            "client/sentinel-aware",
        ),
    ],
)
def test_where_and_with_what_is_no_second_subject(
    base: str, question: str, verdict: str | None, ref: str
) -> None:
    """One machine, the opposite of what is stated, and the object of a verb decide with it."""
    answer = _engine(base).ask(question)

    assert answer.verdict == verdict
    assert ref in {one.ref for one in answer.requirements}
    assert len(answer.components) == 1


@pytest.mark.parametrize(
    ("base", "question"),
    [
        ("patroni", "Must all nodes have the same PostgreSQL version?"),
        ("exchange", "Four members: witness mandatory?"),
    ],
)
def test_what_is_counted_or_alike_is_not_judged_by_where_it_is(base: str, question: str) -> None:
    """No statement on one node, and none that only names what is counted, says no to it."""
    assert _engine(base).ask(question).verdict is None


def test_how_many_of_a_component_there_are_may_be_stated_of_the_product() -> None:
    """The product says how many of its parts a cluster has."""
    assert _refs("redis", "How many masters at least in cluster mode?") == ["redis/three-masters"]
