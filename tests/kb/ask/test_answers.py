"""What answers say first, what they leave out, and what they rest on."""

import pytest

from kb.ask.engine import Engine


def test_what_is_asked_instead_is_cited_and_decides_nothing(engine: Engine) -> None:
    """A denial rests on what it denies by, not on what takes its place."""
    answer = engine.ask("May the Tape Mover have a roaming address?")

    assert [one.ref for one in answer.requirements] == ["tape-mover/no-roaming-address"]
    assert "What is asked instead" in answer.answer
    assert "lease" in {one.anchor for one in answer.citations}


def test_what_is_the_same_of_several_components_is_said_once(engine: Engine) -> None:
    """Both names stand before one statement."""
    answer = engine.ask("Should the Ingest Service and the Playout Service have a launch hook?")

    assert answer.answer.count("you should not attach a launch hook") == 1
    assert "Ingest Service and Playout Service:" in answer.answer


def test_a_title_that_two_products_share_comes_with_its_product(engine: Engine) -> None:
    """Nobody has to guess which of two components of one name is spoken of."""
    answer = engine.ask("launch hook for the Kelpline Gatekeeper, needed?")

    assert "Gatekeeper (Kelpline)" in answer.answer


def test_what_the_question_settles_is_not_said_again(engine: Engine) -> None:
    """A version that is named needs no range of versions."""
    answer = engine.ask("Journal, encryption is on, we run 5.0. What have I got to do?")

    assert "Given encrypted vault: you should attach a launch hook" in answer.answer
    assert "Up to 5.0" not in answer.answer


def test_a_weaker_statement_is_not_told_beside_a_stronger_one(engine: Engine) -> None:
    """What must be done is not said to be optional in the same breath."""
    answer = engine.ask("arbiter, two-site ring: what do i do?")

    assert "Register the Arbiter as the tie-breaker." in answer.answer
    assert "You may register" not in answer.answer


def test_options_are_told_behind_what_must_be_done(engine: Engine) -> None:
    """They are cited, and the answer does not rest on them."""
    answer = engine.ask("What must I do for the Kelpvault Gatekeeper?")

    assert "You may let the Gatekeeper read from a read copy." in answer.answer.splitlines()[-2]
    assert "vault-gatekeeper/read-copy" not in {one.ref for one in answer.requirements}
    assert "read-copy" in {one.anchor for one in answer.citations}


def test_a_reason_comes_before_what_it_is_the_reason_of(engine: Engine) -> None:
    """The first sentence answers."""
    answer = engine.ask("Why may the Tape Mover have no roaming address?")

    assert answer.answer.startswith("The arm of the library obeys the lease alone")


def test_recorded_steps_come_first(engine: Engine) -> None:
    """Who asks how is told how."""
    answer = engine.ask("How do I give the Playout Service a roaming address?")

    assert answer.answer.startswith("Steps (Giving a service a roaming address):\n1. ")


def test_exact_steps_that_are_not_recorded_are_refused_with_their_title(engine: Engine) -> None:
    """The title is ready to be looked for."""
    answer = engine.ask("I need the exact steps to switch the Tape Mover to lease mode")

    assert (answer.status, answer.reason) == ("not_covered", "not-recorded")
    assert "“Switching the Tape Mover to lease mode”" in answer.answer


def test_what_comes_before_something_is_told(engine: Engine) -> None:
    """Also where it is asked of another component."""
    answer = engine.ask("What comes before giving the Ingest Service a roaming address?")

    assert {one.ref for one in answer.requirements} == {
        "ingest-service/each-node",
        "journal/own-volume",
    }


def test_what_comes_after_something_is_told(engine: Engine) -> None:
    """The order is read from its other end."""
    answer = engine.ask("What do I do next, once the mover is on all nodes with tape drives?")

    assert [one.ref for one in answer.requirements] == ["tape-mover/lease-mode"]


def test_a_check_is_told_with_what_to_expect(engine: Engine) -> None:
    """It reads and changes nothing."""
    answer = engine.ask("how to check where the journal lives")

    assert "run kv journal where and expect the name of the journal volume." in answer.answer


def test_what_a_product_does_itself_begins_with_its_name(engine: Engine) -> None:
    """A name keeps its capital behind a colon, and an article does not."""
    answer = engine.ask("Do I have to set up the tape lease for the Tape Mover myself?")

    assert "given tape library: the Lock Keeper grants the tape lease" in answer.answer


@pytest.mark.parametrize(
    ("question", "verdict", "stated"),
    [
        (
            "Must the Ingest Service be on each node and does it need a tape lease?",
            None,
            ["each-node", "no-tape-lease"],
        ),
        (
            "Must the Ingest Service be on each node, and if so why?",
            "yes",
            ["each-node"],
        ),
        ("Must the Ingest Service be on each node and may it have a hook?", "yes", ["each-node"]),
    ],
)
def test_two_questions_in_one_sentence_are_both_answered(
    engine: Engine, question: str, verdict: str | None, stated: list[str]
) -> None:
    """Each gets its answer, and a verdict stands only where both have the same, or one has it."""
    answer = engine.ask(question)

    assert answer.components == ("ingest-service",)
    assert answer.verdict == verdict
    assert set(stated) <= {one.ref.split("/")[1] for one in answer.requirements}


def test_a_letter_that_looks_like_another_is_read_as_it(engine: Engine) -> None:
    """A Cyrillic letter within a Latin word is what it looks like."""
    answer = engine.ask("Must the Ingеst Servicе be on each node?")  # noqa: RUF001

    assert (answer.components, answer.verdict) == (("ingest-service",), "yes")


def test_beside_a_thing_is_not_recorded(engine: Engine) -> None:
    """Whether a component stands where a resource is, is no question whether it has one."""
    answer = engine.ask("Is the Transcoder on the same node as the launch hook?")

    assert (answer.status, answer.reason) == ("not_covered", "not-recorded")


def test_a_component_held_against_itself_is_told_to_be_one(engine: Engine) -> None:
    """Two names of one component are no two things whose topologies are compared."""
    answer = engine.ask("Is the recorder service the same as the Ingest Service?")

    assert answer.verdict == "yes"
    assert "Also called ingest svc and recorder service" in answer.answer


@pytest.mark.parametrize(
    "question",
    [
        "Can I use the Vault Console to install the Ingest Service?",
        "Can I install the Ingest Service with the Vault Console?",
        "Why does the Vault Console crash?",
    ],
)
def test_what_no_statement_says_of_a_component_is_not_recorded(
    engine: Engine, question: str
) -> None:
    """That something is installed does not say with what, and that nothing is asked is no cause."""
    answer = engine.ask(question)

    assert (answer.status, answer.reason) == ("not_covered", "not-recorded")


def test_what_is_given_is_told_from_what_is_asked(engine: Engine) -> None:
    """Words behind "if" state a condition; what must go on in those before it is the question."""
    given = engine.ask(
        "Which components can I skip making highly available if losing lookups is fine?"
    )
    asked = engine.ask("Must the catalogue be highly available?")

    assert given.components == ("catalogue",)
    assert "not asked in these circumstances" in given.answer
    assert asked.verdict == "depends"


def test_topologies_are_compared_for_any_component(engine: Engine) -> None:
    """ "Any component" is not a component that is held against the others."""
    answer = engine.ask("Does anything change between topologies for any component?")

    assert answer.verdict == "yes"
    assert answer.components == ("arbiter", "catalogue", "lock-keeper", "playout-service")


def test_anything_of_which_something_is_so_is_listed(engine: Engine) -> None:
    """ "Does anything" wants those of which it is so, not one that has it not."""
    answer = engine.ask("Does anything need a tape lease?")

    assert answer.verdict == "yes"
    assert answer.components == ("tape-mover",)


def test_how_long_something_takes_is_not_recorded(engine: Engine) -> None:
    """No statement tells an extent, so none is quoted for one."""
    answer = engine.ask("How long does a failover of the Playout Service take?")

    assert (answer.status, answer.reason) == ("not_covered", "not-recorded")


@pytest.mark.parametrize(
    ("question", "verdict", "stated"),
    [
        (
            "Does the transcoder rule differ between 4.2 and 5.0?",
            "yes",
            ["transcoder/two-per-node", "transcoder/six-per-node"],
        ),
        ("Is 5.0 different from 4.2 for the Lock Keeper?", "no", []),
        (
            "Is the catalogue treated the same in 4.2 SP1 and 5.0?",
            "no",
            ["catalogue/no-striped", "catalogue/striped-allowed"],
        ),
    ],
)
def test_versions_are_compared(
    engine: Engine, question: str, verdict: str, stated: list[str]
) -> None:
    """What holds in one of two versions and not in the other is told, with its versions."""
    answer = engine.ask(question)

    assert answer.verdict == verdict
    assert [one.ref for one in answer.requirements] == stated
    assert ("p to 4.2" in answer.answer) == bool(stated)
