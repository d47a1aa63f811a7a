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
