"""What is asked under no condition, and what is told before a question."""

from pathlib import Path

import pytest

from kb.ask.engine import Engine
from kb.compiler import compile_folder

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def reference() -> Engine:
    """Return the engine on the reference pages."""
    catalog = compile_folder(ROOT / "docs").catalog
    assert catalog is not None
    return Engine(catalog)


@pytest.mark.parametrize(
    "question",
    [
        "What must be done in any case?",
        "Which requirements apply always, no matter what?",
        "What are the must-haves for every cluster?",
        "What is needed regardless of fault tolerance?",
    ],
)
def test_what_is_asked_in_any_case_has_no_condition(reference: Engine, question: str) -> None:
    """What holds under a condition only is left out."""
    answer = reference.ask(question)

    assert answer.status == "answered"
    assert {one.id for one in answer.requirements} == {
        "each-node",
        "no-clustered-resource",
        "once",
    }


def test_what_is_never_done_is_no_such_question(reference: Engine) -> None:
    """ "Not under any circumstances" asks what is ruled out, not what is needed."""
    answer = reference.ask("Which components aren't clustered under any circumstances?")

    assert "each-node" not in {one.id for one in answer.requirements}


@pytest.mark.parametrize(
    "question",
    [
        "Customer installed the agent only on node 1. What did they do wrong?",
        "Agent on node 1 only. What's missing?",
        "The agent is only on the active node. After a failover no backups. What is wrong?",
    ],
)
def test_what_was_done_wrong_is_told_against_what_is_asked(
    reference: Engine, question: str
) -> None:
    """What somebody did is held against the statements, and those alone are told."""
    answer = reference.ask(question)

    assert [one.id for one in answer.requirements] == ["each-node"]
    assert answer.answer.startswith("That is not what is asked.")


def test_how_to_undo_is_not_recorded(reference: Engine) -> None:
    """A correction does not tell how something is taken back."""
    question = "I clustered the filter service already. How do I undo that?"

    assert reference.ask(question).status == "not_covered"


@pytest.mark.parametrize("start", ["true/false:", "T/F:", "True or false?", "true or false -"])
def test_true_or_false_may_stand_first(reference: Engine, start: str) -> None:
    """A statement behind it is judged."""
    answer = reference.ask(f"{start} management service runs once per deployment")

    assert answer.verdict == "yes"


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("Does the Management Service need a cluster?", "depends"),
        ("Is a cluster required for the Backup Service?", "no"),
        ("Short answer please: Rest Service, cluster it?", "depends"),
        ("Same steps for both topologies?", "yes"),
        (
            "To have instant restore fail over, is it enough to install the filter service?",
            "no",
        ),
        ("Active/active with 2 instances: do I need two backup services per node?", "no"),
        ("Do I create the Generic Script resource by hand in Failover Cluster Manager?", "no"),
    ],
)
def test_what_is_meant_is_judged(reference: Engine, question: str, verdict: str) -> None:
    """Clusters, tools, tags and numbers are read as they are meant."""
    assert reference.ask(question).verdict == verdict


@pytest.mark.parametrize(
    "question",
    [
        "Which of the services can be left on a plain non-clustered server?",
        "What is a policy?",
        "What is a backup set?",
    ],
)
def test_what_no_statement_tells_is_not_recorded(reference: Engine, question: str) -> None:
    """Neither "none" nor prose with the same words is an answer."""
    assert reference.ask(question).status == "not_covered"


@pytest.mark.parametrize(
    ("question", "components"),
    [
        ("When is the CLI needed?", {"filter-service"}),
        ("What should I avoid doing with the filter service?", {"filter-service"}),
        (
            "How many management services do I need for 5 clustered instances?",
            {"management-service"},
        ),
        ("Backup service install where?", {"backup-service"}),
    ],
)
def test_only_what_is_asked_for_is_told(
    reference: Engine, question: str, components: set[str]
) -> None:
    """One statement answers, and no other is listed."""
    answer = reference.ask(question)

    assert set(answer.components) == components
    assert len(answer.requirements) == 1


@pytest.mark.parametrize("word", ["progress", "clearly", "early", "volumes", "draining"])
def test_a_plain_word_is_no_slip(reference: Engine, word: str) -> None:
    """No word of English is turned into one that the pages have."""
    answer = reference.ask(f"Does the Backup Service need {word} on a cluster?")

    assert not answer.understood.corrections


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("Is it bad to have two management services?", "yes"),
        ("Is it risky to cluster the filter service?", "yes"),
        ("Is the console the same thing as the CLI?", "no"),
        ("Is the agent the same thing as the Backup Service?", "yes"),
    ],
)
def test_bad_is_forbidden_and_the_same_thing_is_one(
    reference: Engine, question: str, verdict: str
) -> None:
    """To be asked the same is not to be the same thing."""
    assert reference.ask(question).verdict == verdict


def test_what_is_held_against_no_name_is_not_judged(reference: Engine) -> None:
    """Topologies are no answer where a component is held against something else."""
    question = "Is the repository the same as the database that is backed up?"

    assert reference.ask(question).status == "not_covered"


def test_a_condition_is_explained(reference: Engine) -> None:
    """Quotation marks around its name change nothing."""
    answer = reference.ask('What does "fault tolerance of status and alerting" mean?')

    assert "have to go on" in answer.answer


def test_all_requirements_are_those_of_the_product(reference: Engine) -> None:
    """Where nothing else is said, everything is meant."""
    assert len(reference.ask("All requirements please").components) == 8


@pytest.mark.parametrize("question", ["What must be clustered?", "What do I have to cluster?"])
def test_what_is_clustered_asks_for_components(reference: Engine, question: str) -> None:
    """Components are listed, though none is spoken of."""
    answer = reference.ask(question)

    assert "management-service" in answer.components
    assert "backup-service" not in answer.components


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("What does the management console read?", "uses SQL Safe Repository Database"),
        ("The CLI configures what?", "Configures the failover"),
    ],
)
def test_what_a_component_uses_or_does_is_told(reference: Engine, question: str, told: str) -> None:
    """What clustering asks is not what was asked for."""
    assert told in reference.ask(question).answer


def test_what_an_event_does_is_not_recorded(reference: Engine) -> None:
    """That no failover is to be configured does not tell what a failover breaks."""
    assert reference.ask("Does a failover interrupt a running backup?").status == "not_covered"
