"""What a question says of conditions, in people's words."""

import pytest

from kb.ask.engine import Engine
from kb.ask.reader import Reader
from kb.catalog import Catalog


@pytest.mark.parametrize(
    ("question", "is_stated"),
    [
        ("Streams may break, we can accept that. Must the journal be mirrored?", False),
        ("Broken streams are not acceptable. Must the journal be mirrored?", True),
        ("We would not mind streams breaking. Must the journal be mirrored?", False),
        ("For us it is unacceptable that streams break. Must the journal be mirrored?", True),
        ("Streams must not break. Must the journal be mirrored?", True),
    ],
)
def test_a_loss_is_taken_or_not(catalog: Catalog, question: str, is_stated: bool | None) -> None:
    """Whether what a condition's name excludes is accepted denies or states the condition."""
    reading = Reader(catalog).read(question)

    assert reading.conditions.get("continuous-streams") is is_stated


def test_what_but_sets_apart_is_contrary(catalog: Catalog) -> None:
    """Where one side is said to go on or to stop, the other side's topic is the opposite."""
    question = "We need streams but can live without lookup. What must be done?"
    reading = Reader(catalog).read(question)

    assert reading.conditions == {"continuous-streams": True, "continuous-lookup": False}


def test_a_name_is_known_with_all_the_words_that_it_has_itself(catalog: Catalog) -> None:
    """Words of grammar within a condition's own name do not keep it from being recognised."""
    reading = Reader(catalog).read("Recording has to go on when a node dies. What must I do?")

    assert reading.conditions.get("continuous-streams") is True


def test_a_failure_that_is_to_do_no_harm_is_to_be_survived(engine: Engine) -> None:
    """So that a dead node does not matter: what is asked about has to go on."""
    answer = engine.ask("What does the Ingest Service need so that a dead node does not matter?")

    states = {one.state for one in answer.understood.conditions}
    assert states <= {"stated", "open"}
    assert "ingest-service/roaming-address" in {one.ref for one in answer.requirements}


def test_what_can_be_left_out_is_what_only_the_denied_condition_asks(engine: Engine) -> None:
    """Without the condition, the requirements that hang on it are told as not asked."""
    question = "What can I leave out for the Ingest Service if streams may break?"
    answer = engine.ask(question)

    assert [one.ref for one in answer.requirements] == ["ingest-service/roaming-address"]
    assert "not asked in these circumstances" in answer.answer


@pytest.mark.parametrize(
    ("said", "is_stated"),
    [
        ("lookups have to keep working whatever happens to a server", True),
        ("an outage of the lookups is out of the question", True),
        ("lookups have to ride out a crash", True),
        ("lookups are vital", True),
        ("it is fine when lookups are broken for a night", False),
        ("lookups are not that important to us", False),
        ("lookups may have an outage", False),
        ("it is no drama when lookups stop for an hour", False),
    ],
)
@pytest.mark.parametrize(
    "asked",
    ["{}. Must the catalogue be mirrored?", "Must the catalogue be mirrored if {}?"],
)
def test_what_may_stop_is_told_in_any_words(
    catalog: Catalog, said: str, asked: str, is_stated: bool
) -> None:
    """What is lost, and whether that is taken, tells a condition; its clause asks nothing else."""
    reading = Reader(catalog).read(asked.format(said))

    assert reading.conditions.get("continuous-lookup") is is_stated
    assert reading.form == "yes-no"
    assert not reading.unknown


def test_an_obligation_of_a_component_is_no_condition(catalog: Catalog) -> None:
    """That something must be so "even if" is a wish only where it is said of what goes on."""
    question = "Must the catalogue be on a mirrored pool for lookups even if the hall has one node?"

    assert "continuous-lookup" not in Reader(catalog).read(question).conditions


def test_what_follows_from_a_denied_condition_is_what_is_not_asked(engine: Engine) -> None:
    """Who can live without something is told what falls away with it, and nothing else."""
    answer = engine.ask("What if streams may break?")

    assert answer.status == "answered"
    assert "not asked in these circumstances" in answer.answer


@pytest.mark.parametrize(
    "question",
    [
        "Is stream continuity required?",
        "Is stream continuity optional for the ingest service?",
        "Do we need stream continuity for the ingest service?",
    ],
)
def test_whether_a_condition_is_needed_is_up_to_who_asks(engine: Engine, question: str) -> None:
    """What is asked under the condition is told for both cases."""
    answer = engine.ask(question)

    assert answer.verdict == "depends"
    assert "ingest-service/roaming-address" in [one.ref for one in answer.requirements]
    assert [one.state for one in answer.understood.conditions] == ["open"]
