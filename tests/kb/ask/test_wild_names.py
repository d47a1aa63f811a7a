"""Names as people write them, names of other worlds, and what a question does not ask about."""

import pytest

from kb.ask.engine import Engine


@pytest.mark.parametrize(
    ("question", "component"),
    [
        ("mover for tapes: where does it go?", "tape-mover"),
        ("Where does the daemon for tapes go?", "tape-mover"),
        ("where does the ingesting service go?", "ingest-service"),
        ("rec service on each node?", "ingest-service"),
        ("plyt svc on each node?", "playout-service"),
        ("Where does the clip catalog go?", "catalogue"),
    ],
)
def test_a_name_is_known_turned_round_cut_short_or_inflected(
    engine: Engine, question: str, component: str
) -> None:
    """The last word first, the first letters alone, consonants alone and another ending do."""
    assert engine.ask(question).components == (component,)


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("tape mover roaming address?", "no"),
        ("catalogue mirrored pool, clips must stay findable, ring", "yes"),
    ],
)
def test_a_name_beside_a_thing_asks_whether_they_belong_together(
    engine: Engine, question: str, verdict: str
) -> None:
    """Without a word of asking, it is asked whether the component has or uses the thing."""
    assert engine.ask(question).verdict == verdict


@pytest.mark.parametrize(
    "question",
    [
        "Our auditors ask whether the ingest service goes on each node",
        "Does the ingest service go on each node, because the press gets suspicious otherwise?",
        "Must we nevertheless put the ingest service on each node?",
        "The vans were repainted. Must the ingest service be on each node?",
        "Fire drill at 10.4.1.21 is over. Must the ingest service be on each node?",
    ],
)
def test_who_asks_and_why_does_not_matter(engine: Engine, question: str) -> None:
    """Words that only tell the circumstances of a question make no answer impossible."""
    assert engine.ask(question).verdict == "yes"


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("Must the Acme Gatekeeper run on each node?", "unknown-component"),
        ("What must be done for the Metadata Service?", "unknown-component"),
        ("Where does the ingest service go on a 2+1 of N+1?", "unknown-topology"),
        ("Is a striped pool allowed for the catalogue on 7.3?", "unknown-version"),
        ("Do I have to restart the ingest service after a takeover?", "not-recorded"),
        ("Which account does the ingest service run under?", "not-recorded"),
        ("How long does it take to install the ingest service?", "not-recorded"),
        ("Can the ingest service run on k8s?", "not-recorded"),
    ],
)
def test_an_abstention_has_the_right_reason(engine: Engine, question: str, reason: str) -> None:
    """What is missing is told apart: a name, a layout, a version, or a fact of what is known."""
    assert engine.ask(question).reason == reason


def test_the_only_one_of_its_kind_is_meant_by_it(engine: Engine) -> None:
    """A kind with one component names that one; a kind with several is asked back."""
    assert engine.ask("On how many nodes does the worker run?").status == "answered"

    asked = engine.ask("Does the service need a launch hook?")

    assert asked.status == "clarify"
    assert {one.id for one in asked.candidates} >= {"ingest-service", "vault-gatekeeper"}


def test_look_alike_marks_make_the_same_question(engine: Engine) -> None:
    """Quotation marks, dashes and picture selectors of all kinds give one answer id."""
    plain = engine.ask('Isn\'t the "mover" - the tape daemon - on each node?')
    fancy = engine.ask("Isn’t the “mo\ufe0fver” – the tape daemon — on each node?")

    assert plain.answer_id == fancy.answer_id


def test_an_abstention_says_what_is_nearest_and_where_to_look(engine: Engine) -> None:
    """It names what was not found as it was written, the nearest page and the publisher."""
    text = engine.ask("Does the ingest service work with VMware?").answer

    assert "VMware" in text
    assert "Ingest Service" in text
    assert "documentation of Kelp and Harrow" in text
