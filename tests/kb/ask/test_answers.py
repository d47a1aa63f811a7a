"""What answers say first, what they leave out, and what they rest on."""

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
