"""Statements on one thing that share words: which of them a question is about."""

from functools import cache

import pytest

from kb.ask.engine import Engine
from kb.compiler import compile_folder
from tests.kb.ask.conftest import K0

BASES = K0.parents[1]


@cache
def _engine(name: str) -> Engine:
    catalog = compile_folder(BASES / name / "docs").catalog
    assert catalog is not None
    return Engine(catalog)


def _refs(base: str, question: str) -> list[str]:
    return [one.ref for one in _engine(base).ask(question).requirements]


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("Is a witness server required?", "depends"),
        ("Is a witness required with an odd number of members?", "no"),
        ("even number of members: is a witness server mandatory?", "yes"),
    ],
)
def test_whether_it_is_needed_is_told_by_what_is_said_of_having_it(
    question: str, verdict: str
) -> None:
    """Where it is put, and what else is done with it, does not make a component necessary."""
    answer = _engine("exchange").ask(question)

    assert answer.verdict == verdict
    assert {one.ref for one in answer.requirements} <= {
        "witness-server/have-one",
        "witness-server/none-needed",
    }


def test_with_what_it_is_done_does_not_tell_whether_it_is_to_be_done() -> None:
    """A must on the means leaves a recommendation a recommendation."""
    question = "Should DAC mode be enabled?"

    assert _engine("exchange").ask(question).verdict == "depends"
    assert "dac-mode/shell-only" not in _refs("exchange", question)


def test_an_action_says_more_than_an_id() -> None:
    """A word that a statement has in its id alone yields to one that has it in its action."""
    question = "Must a Mailbox server be in the same domain as the other members?"

    assert _engine("exchange").ask(question).verdict == "yes"
    assert _refs("exchange", question) == ["mailbox-server/same-domain"]


def test_the_verb_that_is_asked_about_is_not_passed_over() -> None:
    """Words of the component's name, and one more, are no statement on what it does."""
    question = "After the Replication network is back, does replication return to it by itself?"

    assert _engine("exchange").ask(question).verdict is None


def test_where_it_may_go_is_told_by_statements_that_put_it_somewhere() -> None:
    """A statement that puts something else somewhere tells no place of the component."""
    stated = _refs("exchange", "two datacenters and a third site: where can the witness go?")

    assert "witness-server/third-place" in stated
    assert "witness-server/permissions" not in stated


@pytest.mark.parametrize(
    ("base", "question", "verdict", "statement"),
    [
        (
            "exchange",
            "does the Disk Reclaimer have to be enabled by me",
            "no",
            "disk-reclaimer/enabled",
        ),
        (
            "artemis",
            "Is failover-on-shutdown mandatory?",
            "no",
            "primary-broker/failover-on-shutdown",
        ),
    ],
)
def test_the_one_statement_that_says_nearly_all_decides(
    base: str, question: str, verdict: str, statement: str
) -> None:
    """It shares the words of matter, and all plain words but one at most."""
    assert _engine(base).ask(question).verdict == verdict
    assert _refs(base, question) == [statement]


def test_a_statement_on_another_number_decides_nothing() -> None:
    """That one number is to be used says nothing plain of another one."""
    assert _engine("redis").ask("May I use database 5 in Redis Cluster?").verdict is None


def test_of_other_conditions_is_told_and_not_rested_on() -> None:
    """Where one condition is stated, what is asked under another is told besides."""
    question = "The access point is in use. What must be done for the witness, firewall is on?"
    answer = _engine("exchange").ask(question)

    assert "witness-server/permissions" not in [one.ref for one in answer.requirements]
    assert "Exchange Trusted Subsystem" in answer.answer


@pytest.mark.parametrize(
    ("base", "question", "verdict"),
    [
        ("exchange", "Can the witness server be in another AD forest than the DAG?", "no"),
        ("exchange", "is it a problem if two members run different operating systems", "yes"),
        ("veeam", "Should the VBR server be part of the cluster it protects?", "no"),
        ("patroni", "repo host: different pgBackRest version than the nodes ok?", "no"),
    ],
)
def test_another_one_is_not_the_one_of_which_a_statement_speaks(
    base: str, question: str, verdict: str
) -> None:
    """What is said of the one is denied of another, of different ones, and of the inside."""
    assert _engine(base).ask(question).verdict == verdict


def test_switching_on_is_enabling() -> None:
    """A condition that is stated leaves the recommendation that holds under it."""
    question = "Is it advisable to turn DAC on with native replication?"

    assert _engine("exchange").ask(question).verdict == "yes"


def test_who_does_it_is_told_by_what_is_done_by_itself() -> None:
    """A statement on what readers need not do themselves does not tell who does it."""
    assert _refs("exchange", "who creates the witness share?") == ["witness-directory/created"]


def test_other_means_than_those_that_are_named_are_denied() -> None:
    """What must be done with one thing is not done with another."""
    answer = _engine("exchange").ask("can I enable DAC mode in the EAC?")

    assert answer.verdict == "no"
    assert [one.ref for one in answer.requirements] == ["dac-mode/shell-only"]


def test_what_is_forbidden_must_be_avoided() -> None:
    """To keep away from something is to do without it."""
    question = "Must clients be kept away from the Gitaly nodes when we run a Gitaly Cluster?"

    assert _engine("gitlab").ask(question).verdict == "yes"


def test_one_condition_without_narrower_ones_speaks_for_no_other() -> None:
    """Words for having to go on state no condition that is about something particular."""
    question = "does the witness have to be highly available itself?"

    assert _engine("exchange").ask(question).understood.conditions == ()


def test_a_measure_of_a_component_is_no_number_of_it() -> None:
    """Where the pages give no such measure, places tell nothing."""
    assert _engine("exchange").ask("max latency between DAG members?").status == "not_covered"


def test_a_case_tells_when_its_statement_holds() -> None:
    """A statement under a condition that does not decide is told with it."""
    answer = _engine("exchange").ask("Should DAC mode be enabled?").answer

    assert "Given third-party replication: you should not enable DAC mode" in answer
    assert "- Otherwise: no" in answer


def test_one_is_enough_where_no_more_must_be() -> None:
    """A recommended number does not make the number that must be there too small."""
    question = "is one DNS server enough on the MAPI network"

    assert _engine("exchange").ask(question).verdict == "yes"
