"""What fresh questions on the pages of a data store taught: series, alternatives, the only one."""

from pathlib import Path

import pytest

from kb.ask.engine import Engine
from kb.compiler import compile_folder

BASES = Path(__file__).parents[2] / "knowledge_bases"


@pytest.fixture(scope="module")
def store() -> Engine:
    """Return the engine on the pages of a data store."""
    catalog = compile_folder(BASES / "redis" / "docs").catalog
    assert catalog is not None
    return Engine(catalog)


@pytest.mark.parametrize(
    ("number", "verdict"), [("5", "no"), ("6", "depends"), ("7", "yes"), ("v7", "yes")]
)
def test_the_first_number_stands_for_its_versions(store: Engine, number: str, verdict: str) -> None:
    """ "Redis 6" is every version that begins with 6, and they may differ."""
    question = f"May Sentinel name servers by host name on Redis {number}?"

    assert store.ask(question).verdict == verdict


def test_a_number_with_which_no_version_begins_is_unknown(store: Engine) -> None:
    """Of what no page lists nothing is told."""
    answer = store.ask("What does Sentinel need in Redis 9?")

    assert (answer.status, answer.reason) == ("not_covered", "unknown-version")


def test_several_are_judged_by_the_only_one(store: Engine) -> None:
    """Where one alone is to be used, several may not be."""
    assert store.ask("Can I use several databases in redis cluster?").verdict == "no"


def test_what_is_done_by_itself_to_another_thing_is_no_answer(store: Engine) -> None:
    """That a process writes a file does not tell whether one may write to it."""
    answer = store.ask("Can I write to a replica?")

    assert "nodes-file" not in {one.id for one in answer.requirements}


def test_a_statement_is_told_once(store: Engine) -> None:
    """A statement on two of the things asked for is one line."""
    answer = store.ask("Which ports do I open for the master in a redis cluster?")

    assert answer.answer.count("Open the data port") + answer.answer.count("open the data") == 1


def test_how_to_reach_something_is_told_by_what_is_asked_for_it(store: Engine) -> None:
    """Where only a condition is named, the statements under it answer, and no other."""
    answer = store.ask("How can I limit write loss?")

    assert {one.id for one in answer.requirements} == {"min-replicas"}


def test_the_statement_with_all_words_goes_before_one_with_the_verb(store: Engine) -> None:
    """ "Have the cluster setting turned on" is not "make the replica writable"."""
    answer = store.ask("Does the replica have the cluster setting turned on?")

    assert {one.id for one in answer.requirements} == {"cluster-mode"}


def test_one_or_one_for_each_wants_no_verdict(store: Engine) -> None:
    """Of alternatives neither yes nor no answers."""
    answer = store.ask("One exporter or one per server?")

    assert (answer.status, answer.verdict) == ("answered", None)


@pytest.fixture(scope="module")
def groups() -> Engine:
    """Return the engine on the pages of a database system."""
    catalog = compile_folder(BASES / "sqlserver" / "docs").catalog
    assert catalog is not None
    return Engine(catalog)


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("Can I put tempdb on local disk?", "yes"),
        ("Do I need MSDTC?", "depends"),
        ("Same service account on all replicas?", "depends"),
        ("Isn't a witness recommended when the number of nodes is even?", "yes"),
    ],
)
def test_what_a_condition_names_is_judged(groups: Engine, question: str, verdict: str) -> None:
    """To ask whether it may be so does not say that it is so."""
    assert groups.ask(question).verdict == verdict


def test_a_number_of_nodes_is_no_even_number(groups: Engine) -> None:
    """Only with its adjective a condition is stated."""
    answer = groups.ask("Max number of nodes with standard edition?")

    assert {one.id for one in answer.requirements} == {"two-nodes-standard"}


def test_in_how_many_one_may_be_is_counted(groups: Engine) -> None:
    """ "One in two groups" asks of the groups, not of the one."""
    answer = groups.ask("Can one database be in two groups?")

    assert {one.id for one in answer.requirements} == {"one-group"}


def test_steps_of_something_else_are_not_told(groups: Engine) -> None:
    """A page's own procedure does not answer what is asked of another occasion."""
    answer = groups.ask("What happens to SSISDB before an upgrade?")

    assert {one.id for one in answer.requirements} == {"remove-before-upgrade"}
    assert "Steps" not in answer.answer


def test_what_others_put_on_each_is_listed(groups: Engine) -> None:
    """ "On every replica" asks for those which state that place."""
    answer = groups.ask("What must exist on every replica?")

    assert {"login", "linked-server", "tde-certificate"} <= set(answer.components)


@pytest.fixture(scope="module")
def documents() -> Engine:
    """Return the engine on the pages of a document database."""
    catalog = compile_folder(BASES / "mongodb" / "docs").catalog
    assert catalog is not None
    return Engine(catalog)


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("Must each shard be a replica set?", "depends"),
        ("Is it okay to run mongos on every application server?", "yes"),
        ("Do we need mongos in a plain replica set?", "no"),
        ("Without authentication: is a keyfile required?", "no"),
        ("Do I have to create the oplog?", "no"),
    ],
)
def test_what_fresh_questions_asked_is_judged(
    documents: Engine, question: str, verdict: str
) -> None:
    """A topology as what something is, plain words before one, denials and passives are read."""
    assert documents.ask(question).verdict == verdict


def test_what_is_created_by_itself_is_told(documents: Engine) -> None:
    """ "Is created" says who does it as much as "creates"."""
    answer = documents.ask("Do I have to create the oplog?")

    assert {one.id for one in answer.requirements} == {"created"}


def test_whether_it_may_be_changed_is_told_by_what_says_so(documents: Engine) -> None:
    """A statement with another verb on the same thing does not answer."""
    answer = documents.ask("Can the shard key be changed in 7.0?")

    assert {one.id for one in answer.requirements} == {"reshard"}


def test_how_long_is_told_in_seconds(documents: Engine) -> None:
    """A passage with seconds has a time."""
    answer = documents.ask("How long does an election take?")

    assert "twelve seconds" in answer.answer


def test_a_thing_under_a_stated_condition_is_told_by_statements(documents: Engine) -> None:
    """What is asked about it then goes before what it is."""
    answer = documents.ask("Auth enabled, what about the keyfile?")

    assert {"same-file", "permissions"} <= {one.id for one in answer.requirements}


@pytest.mark.parametrize(
    ("question", "requirement"),
    [
        ("Should we use hostnames or IPs?", "host-names"),
        ("Config servers: which port?", "port"),
        ("Since when can the oplog have a minimum retention?", "retention"),
    ],
)
def test_what_is_asked_for_is_told_without_the_rest(
    documents: Engine, question: str, requirement: str
) -> None:
    """An unknown alternative, a topic before a question word, and "since when" are read."""
    answer = documents.ask(question)

    assert {one.id for one in answer.requirements} == {requirement}
