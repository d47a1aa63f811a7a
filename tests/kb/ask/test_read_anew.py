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
