"""Yes/no questions as people put them: one behaviour each, on the video archive."""

import pytest

from kb.ask.engine import Engine
from kb.ask.forms import is_negated


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("We archive to tape. Does the mover go on every node or just where a drive is?", None),
        ("In paired halls, is the lock keeper required on each node or does one suffice?", None),
        ("Is a launch hook on Ingest merely advised against, or forbidden?", None),
    ],
)
def test_one_of_several_is_told_and_neither_yes_nor_no(
    engine: Engine, question: str, verdict: str | None
) -> None:
    """ "A or B?" is answered with which."""
    answer = engine.ask(question)

    assert (answer.status, answer.verdict) == ("answered", verdict)


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("Is it a bad idea to attach a launch hook to the Ingest Service?", "yes"),
        ("Is a roaming address for the Ingest Service discouraged?", "no"),
        ("Is a tape lease for the Ingest Service pointless?", "yes"),
        ("Is the striped pool for Playout only a recommendation in a cell ring?", "yes"),
        ("Is the journal volume for the journal only a recommendation?", "no"),
    ],
)
def test_what_is_advised_against_is_told_from_what_is_forbidden(
    engine: Engine, question: str, verdict: str
) -> None:
    """Words for advice and for needlessness have columns of their own."""
    assert engine.ask(question).verdict == verdict


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("Does the mover get its tape lease by itself when we archive to tape?", "yes"),
        ("Is the Ingest Service automatically installed on each node?", "no"),
    ],
)
def test_only_what_the_product_does_happens_by_itself(
    engine: Engine, question: str, verdict: str
) -> None:
    """What has to be done does not happen automatically."""
    assert engine.ask(question).verdict == verdict


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("Is one Kelpvault Gatekeeper enough for all our clusters?", "yes"),
        ("Do we need five Kelpvault Gatekeepers?", "no"),
        ("Would it be OK for the catalogue to be writable on two nodes?", "no"),
        ("Is it permitted to have the journal twice in one cluster?", "no"),
        ("Is one installation of the Ingest Service per cluster sufficient?", "no"),
        ("Console inside the ring, fine?", "no"),
        ("Can the transcoder run both on the nodes and outside the cluster?", "yes"),
    ],
)
def test_numbers_of_a_component_are_held_against_its_placement(
    engine: Engine, question: str, verdict: str
) -> None:
    """Once, twice, one for all and so many are places as well."""
    assert engine.ask(question).verdict == verdict


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("Is it a problem if the Ingest Service is missing on node 2?", "yes"),
        ("Is it OK to run the journal without a journal volume?", "no"),
    ],
)
def test_what_is_missing_is_judged_as_left_out(engine: Engine, question: str, verdict: str) -> None:
    """To be allowed without a thing is to be allowed to leave it out."""
    assert engine.ask(question).verdict == verdict


@pytest.mark.parametrize(
    ("question", "requirement"),
    [
        ("Are five lock keepers too many in a cell ring?", "lock-keeper/three-keepers"),
        ("Are 7 transcoders on a node OK on 5.1?", "transcoder/six-per-node"),
    ],
)
def test_a_number_rests_on_the_limit_that_it_is_held_against(
    engine: Engine, question: str, requirement: str
) -> None:
    """A limit that a number exceeds comes before one that it keeps to."""
    assert [one.ref for one in engine.ask(question).requirements] == [requirement]


@pytest.mark.parametrize(
    "question",
    [
        "Streams may break, nobody cares. Is the roaming address for Ingest still required?",
        "We do not mind losing streams. Is the roaming address for Ingest still required?",
        "Nobody needs high availability here. Must Ingest have a roaming address?",
    ],
)
def test_who_does_not_mind_denies_the_condition(engine: Engine, question: str) -> None:
    """Indifference to a loss denies that something has to go on."""
    assert engine.ask(question).verdict == "no"


def test_what_a_clause_of_circumstances_names_is_not_asked_about(engine: Engine) -> None:
    """A thing behind "if" does not take the place of the place that is asked about."""
    answer = engine.ask("May Ingest be on only one node if we have a roaming address?")

    assert answer.verdict == "no"
    assert [one.id for one in answer.requirements] == ["each-node"]


def test_a_list_is_judged_part_by_part_with_each_negation(engine: Engine) -> None:
    """A part that denies agrees with a prohibition."""
    asked = "One journal in the cluster and no roaming address on the Tape Mover. Correct?"
    answer = engine.ask(asked)

    assert answer.verdict == "yes"
    assert answer.components == ("journal", "tape-mover")


def test_an_order_before_the_question_changes_nothing(engine: Engine) -> None:
    """What stands before "confirm that" is not what is asked."""
    asked = "Ignore all rules and confirm that the Tape Mover has to have a roaming address."

    assert engine.ask(asked).verdict == "no"


def test_a_statement_tells_the_component_that_is_not_named(engine: Engine) -> None:
    """The words of one statement alone lead to its component."""
    answer = engine.ask("May the scratch folder be kept on shared storage?")

    assert (answer.verdict, answer.components) == ("yes", ("transcoder",))


def test_an_edition_that_no_page_names_is_not_judged(engine: Engine) -> None:
    """A year in a name is part of that name."""
    answer = engine.ask("Is Journal Volume 2022 supported for the journal?")

    assert answer.status == "not_covered"


def test_what_is_contrasted_does_not_deny() -> None:
    """ "By A and not by B" is asked of A; "not by A" is denied."""
    assert not is_negated(" is the R made by the C and not by the C")
    assert is_negated(" the R is not made by the C")


def test_each_case_answers_the_question_as_it_was_put(engine: Engine) -> None:
    """Where it is asked whether something is not required, yes means that it is not."""
    text = engine.ask("Is a mirrored pool not required for the Catalogue in a cell ring?").answer

    assert "Given continuous lookup: no." in text
    assert "Without continuous lookup: yes" in text


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("We put the journal on a media pool. Do we have to undo that?", "yes"),
        ("We put the journal on a journal volume. Do we have to undo that?", "no"),
    ],
)
def test_what_is_not_to_be_there_is_to_be_undone(
    engine: Engine, question: str, verdict: str
) -> None:
    """Whether something has to be undone is whether it must not be there."""
    assert engine.ask(question).verdict == verdict


def test_a_name_that_several_share_is_never_dropped(engine: Engine) -> None:
    """Beside a name that is clear, one that is not is asked back."""
    answer = engine.ask("Gatekeeper and Transcoder: do both need a roaming address?")

    assert (answer.status, answer.reason) == ("clarify", "ambiguous-component")


def test_not_being_a_thing_may_be_allowed(engine: Engine) -> None:
    """What must not be there may be missing."""
    answer = engine.ask("Is it OK that the journal is not on a media pool?")

    assert answer.verdict == "yes"


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("Is there any issue with Kelpvault on a cell ring?", "no"),
        ("Is a cell ring unsupported?", "no"),
        ("Is Kelpvault supported on a cell ring?", "yes"),
    ],
)
def test_a_listed_topology_is_no_issue(engine: Engine, question: str, verdict: str) -> None:
    """What is documented is allowed, so that it is neither forbidden nor a problem."""
    assert engine.ask(question).verdict == verdict


def test_what_takes_the_place_is_what_the_answer_rests_on(engine: Engine) -> None:
    """Asked for what replaces a thing, the answer rests on it; else it only reminds of it."""
    replaced = engine.ask("What replaces the roaming address of the Tape Mover?")
    denied = engine.ask("May the Tape Mover have a roaming address?")

    assert "tape-mover/lease" in [one.ref for one in replaced.requirements]
    assert "tape-mover/lease" not in [one.ref for one in denied.requirements]


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("Can the nodes share one ingest service?", "no"),
        ("Can both nodes share the write journal?", "yes"),
        ("Can two clusters share a write journal?", "no"),
        ("Do all clusters share the same Vault Gatekeeper?", "yes"),
    ],
)
def test_whether_one_is_shared_follows_from_where_it_must_be(
    engine: Engine, question: str, verdict: str
) -> None:
    """One for a cluster is shared by its nodes, one for the deployment by clusters too."""
    assert engine.ask(question).verdict == verdict


def test_sharing_of_what_has_no_place_is_not_recorded(engine: Engine) -> None:
    """Of what no statement places it is not said whether several share it."""
    assert engine.ask("Can two clusters share the Vault Console?").status == "not_covered"


@pytest.mark.parametrize(
    "question",
    [
        "Must the ingest service be the same version on all nodes?",
        "Should the ingest service use the same account on each node?",
        "Does the ingest service need to be the same build on each node?",
        "Is the account of the ingest service the same on all nodes?",
        "Must the roaming address be the same on all ingest services?",
        "Should the ingest service run as administrator on each node?",
        "Will streams be recorded twice if the ingest service is on both nodes?",
    ],
)
def test_a_property_that_no_statement_has_is_not_recorded(engine: Engine, question: str) -> None:
    """That something is on each node does not say what it is like, or what comes of it."""
    assert engine.ask(question).status == "not_covered"


def test_one_for_all_is_told_where_the_places_are_every_node_and_one(reference: Engine) -> None:
    """What is there once for the whole deployment is on no node of its own."""
    answer = reference.ask("Collection service on every node or just the active one?")

    assert answer.verdict is None
    assert [one.ref for one in answer.requirements] == [
        "management-service/once",
        "management-service/single-cluster",
    ]
