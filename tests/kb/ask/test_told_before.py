"""What is told before a question, quoted in it, or said to make a difference."""

import pytest

from kb.ask.engine import Engine


@pytest.mark.parametrize(
    ("question", "components"),
    [
        ("What is kept in the Catalogue?", {"catalogue"}),
        (
            'Which services are covered by "Give a service a roaming address"?',
            {"ingest-service", "playout-service"},
        ),
    ],
)
def test_what_is_named_picks_the_components(
    engine: Engine, question: str, components: set[str]
) -> None:
    """A quoted title stands for its procedure, and what is kept in a component for its role."""
    assert set(engine.ask(question).components) == components


def test_what_is_told_before_is_corrected(engine: Engine) -> None:
    """A sentence before the question takes for granted what it says."""
    answer = engine.ask("We keep the journal on a media pool. How do we keep them in step?")

    assert [one.ref for one in answer.requirements][:1] == ["journal/no-media-pool"]


def test_a_difference_that_is_asked_about_is_none_where_the_same_is_asked(engine: Engine) -> None:
    """Whether something makes a difference is the question, not the clause behind it."""
    question = "Does it matter for the Ingest Service whether it is a cell ring or paired halls?"

    assert engine.ask(question).verdict == "no"


def test_a_statement_is_judged_where_it_is_to_be_confirmed(engine: Engine) -> None:
    """A last sentence that only asks to confirm makes the one before it the question."""
    assert engine.ask("I heard the journal can be on a media pool. Confirm.").verdict == "no"


def test_to_cluster_is_done_to_all_that_stand_behind_it(engine: Engine) -> None:
    """A word for a place behind "to" is a verb, and describes nothing."""
    answer = engine.ask("Do I need to cluster the Transcoder and the Vault Console?")

    assert set(answer.components) == {"transcoder", "vault-console"}


def test_whom_to_turn_to_is_not_told(engine: Engine) -> None:
    """Who a person is to be turned to is no question after components."""
    assert engine.ask("Who do I call for help with the Transcoder?").status == "not_covered"


def test_a_place_may_be_told_before_the_question(engine: Engine) -> None:
    """Where "it" gets a component, it is the place of the sentence before."""
    answer = engine.ask("Our second node mostly sleeps. Must it have the Ingest Service?")

    assert (answer.verdict, answer.components) == ("yes", ("ingest-service",))


def test_it_without_anything_before_is_asked_back(engine: Engine) -> None:
    """A topology alone does not tell what "it" is."""
    assert engine.ask("Where do I put it in a cell ring?").status == "clarify"


def test_how_many_of_one_thing_another_uses_is_not_where_they_are(engine: Engine) -> None:
    """Where one component is counted, the place of another does not tell its number."""
    answer = engine.ask("How many Vault Consoles can one Playout Service serve?")

    assert answer.status == "not_covered"


@pytest.mark.parametrize(
    "question", ["ingest service in a cell ring: obligations?", "wat 2 do w/ the ingest service"]
)
def test_duties_are_asked_for_in_shorthand(engine: Engine, question: str) -> None:
    """A noun for what must be done asks for it, and so does "what to do"."""
    answer = engine.ask(question)

    assert "ingest-service/each-node" in [one.ref for one in answer.requirements]


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("The Ingest Service is on each node but the journal is not, right?", "yes"),
        ("The journal is kept once but the Ingest Service is not on each node, right?", "no"),
        ("The journal goes on a journal volume but not on a media pool, right?", "yes"),
    ],
)
def test_each_clause_of_a_statement_is_judged(engine: Engine, question: str, verdict: str) -> None:
    """A clause that only says "but the A does not" says it of what stands before it."""
    assert engine.ask(question).verdict == verdict


def test_what_an_answer_is_wanted_for_asks_nothing(engine: Engine) -> None:
    """Behind "so I can" stands what somebody does with the answer."""
    answer = engine.ask("Does the Ingest Service go on each node, so I can order the licences?")

    assert answer.verdict == "yes"


def test_a_place_told_as_a_circumstance_is_not_what_is_asked(engine: Engine) -> None:
    """Of "if it is there, must I do that to it?" only what is to be done to it is judged."""
    told = "If I install the Ingest Service on each node, must I also back it up?"
    asked = engine.ask("Must I also back up the Ingest Service?")

    assert (engine.ask(told).verdict, engine.ask(told).status) == (asked.verdict, asked.status)


def test_a_question_word_behind_a_clause_opens_the_question(engine: Engine) -> None:
    """Without a comma too, "if ... what must I do" asks what must be done, not whether."""
    answer = engine.ask("if we have a cell ring what must I do for the Ingest Service")

    assert answer.understood.intent == "what-must-i-do"
    assert answer.verdict is None


@pytest.mark.parametrize(
    ("question", "verdict", "refs"),
    [
        (
            "The Ingest Service is on every node. Anything else to configure?",
            "depends",
            ["ingest-service/roaming-address"],
        ),
        (
            "The ingest service is on every node and streams are continuous, anything left to do?",
            "yes",
            ["ingest-service/roaming-address"],
        ),
        (
            "What else is needed once the ingest service has a roaming address?",
            None,
            ["ingest-service/each-node", "ingest-service/no-launch-hook"],
        ),
    ],
)
def test_what_is_left_is_what_is_not_told_to_be_done(
    engine: Engine, question: str, verdict: str | None, refs: list[str]
) -> None:
    """What somebody tells to have done is not asked again."""
    answer = engine.ask(question)

    assert answer.verdict == verdict
    assert [one.ref for one in answer.requirements] == refs


def test_nothing_is_left_where_all_is_done(reference: Engine) -> None:
    """The answer says so, and what it was."""
    answer = reference.ask("I have the Backup Service on both nodes, anything left to do?")

    assert answer.verdict == "no"
    assert answer.answer.startswith("No, nothing is asked besides this: Install the Backup Service")


@pytest.mark.parametrize(
    "question",
    [
        "The ingest service is on one node only. Will recording continue when a node is lost?",
        "Ingest Service only on one node. Does everything keep running?",
    ],
)
def test_nothing_goes_on_where_what_is_told_is_not_as_asked(engine: Engine, question: str) -> None:
    """Whether something goes on is denied by the statement that is not kept to."""
    answer = engine.ask(question)

    assert answer.verdict == "no"
    assert [one.ref for one in answer.requirements] == ["ingest-service/each-node"]


def test_how_a_topology_fares_with_what_is_done_is_not_whether_it_is_documented(
    engine: Engine,
) -> None:
    """A topology of the product is no answer to whether it works as somebody set it up."""
    question = "I installed the ingest service on one node only. Will the cell ring work?"

    assert engine.ask(question).verdict != "yes"
    assert engine.ask("We have two nodes. Does a cell ring work?").verdict == "yes"
