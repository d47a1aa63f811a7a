"""Questions that want components: which, who, how many, the same or not, and what a term means."""

import pytest

from kb.ask.engine import Engine


@pytest.mark.parametrize(
    ("question", "components"),
    [
        ("Which components are there?", 12),
        ("Could you please list all components?", 12),
        ("Which components are encrypted?", 0),
    ],
)
def test_all_are_listed_only_where_nothing_more_is_asked(
    engine: Engine, question: str, components: int
) -> None:
    """What a question says beyond "which are there" is never passed over in silence."""
    assert len(engine.ask(question).components) == components


@pytest.mark.parametrize(
    ("question", "components"),
    [
        (
            "Which of the Transcoder and the Ingest Service must be on each node?",
            ["ingest-service"],
        ),
        ("Transcoder or Lock Keeper: which one grants leases?", ["lock-keeper"]),
        ("Is it the Transcoder or the Arbiter that casts the vote?", ["arbiter"]),
        ("Besides the Vault Console, which components use the journal?", ["ingest-service"]),
        ("Which components are not services, databases or daemons?", None),
        ("What is used by the Vault Console?", ["vault-gatekeeper"]),
        ("Which components does the Vault Console use?", ["vault-gatekeeper"]),
        ("Who turns clips into other formats?", ["transcoder"]),
        ("Where are the rights of a clip kept?", ["catalogue"]),
    ],
)
def test_components_are_picked_by_what_is_said_of_them(
    engine: Engine, question: str, components: list[str] | None
) -> None:
    """By name, by place, by role, by whom they use, and by what is left out."""
    answer = engine.ask(question)

    assert answer.status == "answered"
    if components is not None:
        assert list(answer.components) == components


def test_a_number_follows_from_where_something_goes(engine: Engine) -> None:
    """On each node means as many as there are nodes; a number of nodes is put in."""
    answer = engine.ask("How many Ingest Services do I install on a ring of seven nodes?")

    assert answer.answer.startswith("7, one on each of the 7 nodes.")


def test_the_source_of_a_statement_is_told(engine: Engine) -> None:
    """Where it is asked who says so, the source and the place in it come first."""
    answer = engine.ask("Where is it written that the journal must not be on a media pool?")

    assert answer.answer.startswith("“Kelpvault cluster handbook")
    assert [one.ref for one in answer.requirements] == ["journal/no-media-pool"]


def test_a_term_of_the_prose_is_explained(engine: Engine) -> None:
    """A term that has no page of its own is explained with the sentence that says what it is."""
    answer = engine.ask("What is a node, in your words?")

    assert answer.understood.intent == "passage"
    assert answer.answer.startswith("A node of Kelpvault is one server of the cluster")


def test_what_is_another_worlds_is_told_apart(engine: Engine) -> None:
    """Where a page says that two things are not the same, that is the answer."""
    answer = engine.ask("Is a roaming address the same as DNS round robin?")

    assert (answer.status, answer.verdict) == ("answered", "no")


@pytest.mark.parametrize(
    "request_",
    ["", "Could you tell me ", "Would somebody kindly explain ", "I'd like to know "],
)
def test_a_polite_request_is_what_it_asks_for(engine: Engine, request_: str) -> None:
    """Who is asked to say something is not part of what is asked."""
    answer = engine.ask(f"{request_}which components must not have a roaming address?")

    assert list(answer.components) == ["tape-mover"]


def test_what_need_not_be_done_is_told_where_no_component_is_named(engine: Engine) -> None:
    """What nobody asks for, and who is asked nothing, answers "what is not needed?"."""
    levels = {one.level for one in engine.ask("What is not needed in a cluster?").requirements}

    assert levels == {"need-not"}


def test_what_must_not_be_done_is_told_where_no_component_is_named(engine: Engine) -> None:
    """Only prohibitions and what is advised against answer "what is forbidden?"."""
    levels = {one.level for one in engine.ask("What is forbidden in a cluster?").requirements}

    assert levels == {"must-not", "should-not"}


@pytest.mark.parametrize(
    ("question", "components"),
    [
        ("List the things that use the journal.", {"ingest-service"}),
        ("Everything that is not a service, please.", None),
        ("Vault Console, Transcoder, Arbiter - which of the three need a roaming address?", set()),
    ],
)
def test_lists_are_read_in_whatever_words(
    engine: Engine, question: str, components: set[str] | None
) -> None:
    """By who uses a thing, by what is left out, and none of those that are named."""
    answer = engine.ask(question)

    assert answer.status == "answered"
    if components is not None:
        assert set(answer.components) == components


def test_a_move_between_topologies_is_a_comparison(engine: Engine) -> None:
    """Whether anything is to be done for the move is told by what differs between the two."""
    answer = engine.ask("Do I need to do anything when we go from paired halls to a cell ring?")

    assert answer.understood.intent == "compare"
    assert answer.verdict == "yes"


def test_the_topologies_need_no_names_to_be_compared(engine: Engine) -> None:
    """Differences between "the topologies" are those between all that the product has."""
    answer = engine.ask("Are there differences between the topologies at all?")

    assert (answer.status, answer.verdict) == ("answered", "yes")


@pytest.mark.parametrize(
    ("question", "verdict", "components"),
    [
        (
            "Are there services that get a roaming address?",
            "yes",
            ("ingest-service", "playout-service"),
        ),
        ("Is there a service that must have a tape lease?", "no", ()),
    ],
)
def test_whether_there_is_one_like_that_is_told_by_those_that_are(
    engine: Engine, question: str, verdict: str, components: tuple[str, ...]
) -> None:
    """ "Are there any that ...?" lists them, and is denied where the list is empty."""
    answer = engine.ask(question)

    assert (answer.verdict, answer.components) == (verdict, components)


def test_what_is_done_by_itself_is_listed(engine: Engine) -> None:
    """Without a thing named, "automatically" picks those of which a page says so."""
    answer = engine.ask("What is set up automatically?")

    assert answer.components == ("journal", "tape-mover")
    assert {one.level for one in answer.requirements} == {"automatic"}


def test_what_must_never_be_done_is_no_list_of_what_must_be(reference: Engine) -> None:
    """Asked for what must not be done, only what says that it must not is told."""
    answer = reference.ask("Is there a component which must never be registered?")

    assert answer.components == ("filter-service",)


def test_all_of_a_kind_on_one_node_is_not_recorded(reference: Engine) -> None:
    """That one of them is asked for on each node does not put all of them on the same one."""
    assert (
        reference.ask("Do all the services need to be on the same node?").reason == "not-recorded"
    )
