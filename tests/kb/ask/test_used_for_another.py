"""A component that is there for another: whose statement counts when each names the other."""

import pytest

from kb.ask.engine import Engine
from kb.compiler import compile_folder
from tests.kb.ask.conftest import K0


def _engine(name: str) -> Engine:
    catalog = compile_folder(K0.parents[1] / name / "docs").catalog
    assert catalog is not None
    return Engine(catalog)


@pytest.fixture(scope="module")
def splunk() -> Engine:
    """Return the engine of pages on which several components rule out each other."""
    return _engine("splunk")


@pytest.mark.parametrize(
    ("question", "verdict", "requirement"),
    [
        ("Is a deployer required for the members?", "yes", "search-head-cluster-member/deployer"),
        ("Can we use the deployer for the members?", "yes", "search-head-cluster-member/deployer"),
        ("Can I use the DS with the indexers?", "no", "peer-node/no-deployment-server"),
        (
            "Why can't we use the deployment server for the peers?",
            None,
            "peer-node/no-deployment-server",
        ),
    ],
)
def test_what_serves_another_is_asked_of_the_one_it_serves(
    splunk: Engine, question: str, verdict: str | None, requirement: str
) -> None:
    """ "Use A for B" and "is A needed for B" ask about B."""
    answer = splunk.ask(question)

    assert answer.verdict == verdict
    assert [one.ref for one in answer.requirements] == [requirement]


@pytest.mark.parametrize(
    "question",
    [
        "Can we update the peers with the deployment server?",
        "Can we roll out apps to the indexers with the DS?",
        "Do we have to update the peers via the deployment server?",
    ],
)
def test_means_that_are_ruled_out_by_name_are_denied(splunk: Engine, question: str) -> None:
    """A ban on the very thing is what answers, and is not taken for its opposite."""
    answer = splunk.ask(question)

    assert answer.verdict == "no"
    assert [one.ref for one in answer.requirements] == ["peer-node/no-deployment-server"]


@pytest.mark.parametrize("told", ["We lost the majority of members.", "The majority is gone."])
def test_a_loss_in_the_past_states_the_condition_of_that_name(splunk: Engine, told: str) -> None:
    """ "We lost X" states the condition "lost X", and its words name no subject."""
    answer = splunk.ask(f"{told} Can we set a static captain?")

    assert [one.ref for one in answer.requirements] == ["captain/static-in-need"]


def test_a_kind_is_asked_about_as_a_whole_where_each_states_something(splunk: Engine) -> None:
    """Nobody is asked back which one is meant where all of them say the same."""
    answer = splunk.ask("Does the search head need a separate machine?")

    assert (answer.verdict, len(answer.components)) == ("yes", 2)


def test_the_difference_of_two_components_begins_with_what_they_are_for(splunk: Engine) -> None:
    """Their roles tell them apart before their requirements do."""
    answer = splunk.ask("What is the difference between the deployer and the deployment server?")

    assert answer.answer.index("forwarders") < answer.answer.index("outside the search head")


def test_what_stands_where_the_other_is_not_does_not_stand_beside_it(splunk: Engine) -> None:
    """ "On a machine where no X runs" denies that both share one, and agrees that they do not."""
    assert splunk.ask("Can a peer share a machine with the cluster manager?").verdict == "no"
    assert splunk.ask("Must the manager node and peers run on different machines?").verdict == "yes"


@pytest.mark.parametrize("place", ["share a machine with", "be on the same machine as"])
def test_what_may_stand_beside_a_component_is_what_says_so(splunk: Engine, place: str) -> None:
    """Having requirements in common is no place in common, and a mere mention is none either."""
    answer = splunk.ask(f"Which components may {place} the cluster manager?")

    assert answer.components == ("deployer", "license-manager")


def test_who_uses_a_thing_is_not_told_by_a_condition_of_that_name(splunk: Engine) -> None:
    """ "Which use a load balancer" states nothing of whether there is one."""
    answer = splunk.ask("Which components use a load balancer?")

    assert answer.components == ("cluster-manager", "search-head-cluster-member")


def test_a_thing_named_like_a_general_word_is_asked_about(splunk: Engine) -> None:
    """ "Is redundancy needed" asks about the thing, and does not say that all has to go on."""
    answer = splunk.ask("Is redundancy needed for the deployer?")

    assert [one.ref for one in answer.requirements] == ["deployer/no-standby"]


def test_equal_is_the_same(splunk: Engine) -> None:
    """Other words for "the same" find what is stated with it."""
    answer = splunk.ask("Must all members have equal hardware?")

    assert [one.ref for one in answer.requirements] == ["search-head-cluster-member/same-hardware"]


def test_a_question_behind_a_colon_is_asked_with_its_own_word() -> None:
    """ "The A in B: which C?" wants no yes."""
    answer = _engine("artemis").ask("Shared store: which mount options for the journal?")

    assert answer.verdict is None
    assert [one.ref for one in answer.requirements] == ["message-journal/mount-options"]
