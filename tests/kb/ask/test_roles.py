"""Each name in a question plays a part, and only what is asked about is judged."""

from pathlib import Path

import pytest

from kb.ask.engine import Engine
from kb.ask.reader import Reader
from kb.catalog import Catalog
from kb.compiler import compile_folder

MONGODB = Path(__file__).parents[2] / "knowledge_bases" / "mongodb" / "docs"


@pytest.fixture(scope="module")
def reader(catalog: Catalog) -> Reader:
    """Return the reader of questions on the catalog."""
    return Reader(catalog)


@pytest.mark.parametrize(
    "question",
    [
        "Unlike the Tape Mover, may the Playout Service have a roaming address?",
        "May the Playout Service, in contrast to the Tape Mover and the Lock Keeper, have a VIP?",
        "May the Playout Service have a roaming address instead of the Tape Mover?",
        "May the Playout Service, as opposed to the mover, have a roaming address?",
    ],
)
def test_what_is_named_for_contrast_is_not_asked_about(reader: Reader, question: str) -> None:
    """Words that set a name apart are passed over, and all names that are joined to it."""
    reading = reader.read(question)

    assert reading.components == ("playout-service",)
    assert reading.excluded == ()


def test_a_contrast_alone_is_what_is_asked_about(reader: Reader) -> None:
    """Where nothing else is named, the name behind "instead of" is meant."""
    assert reader.read("What do I use instead of the Tape Mover?").components == ("tape-mover",)


def test_what_is_left_out_is_kept_from_lists(engine: Engine) -> None:
    """A component behind "other than" is not among those that a list names."""
    answer = engine.ask("Which components other than the Tape Mover may have a roaming address?")

    assert "tape-mover" not in answer.components


@pytest.mark.parametrize(
    "question",
    [
        "Must the Ingest Service be on each node that runs the Transcoder?",
        "Must the Ingest Service be on each node with the Transcoder?",
        "Must the Ingest Service be on each node the Transcoder runs on?",
        "If the Transcoder is outside the cluster, must the Ingest Service be on each node?",
        "Must the Ingest Service be on each node before the Transcoder is installed?",
    ],
)
def test_circumstances_and_descriptions_are_not_asked_about(reader: Reader, question: str) -> None:
    """A name in a clause that describes something else, or tells when, is a circumstance."""
    reading = reader.read(question)

    assert reading.components == ("ingest-service",)
    assert reading.beside == ()


def test_a_name_behind_a_preposition_is_beside_what_is_asked(reader: Reader) -> None:
    """What something comes from, or is done with, is not asked about while another name is."""
    reading = reader.read("Does the Ingest Service need a tape lease from the Lock Keeper?")

    assert reading.components == ("ingest-service",)
    assert reading.beside == ("lock-keeper",)


def test_a_statement_tells_who_is_asked_about(engine: Engine) -> None:
    """Where grammar leaves it open, the component whose statement names the other is meant."""
    answer = engine.ask("Is the Vault Console needed by the Tape Mover? We archive to tape.")

    assert answer.components == ("tape-mover",)


def test_what_is_done_already_is_not_told_again(engine: Engine) -> None:
    """Behind "apart from doing ..." stands what is known: only the rest is told, or judged."""
    question = "What does the Ingest Service need apart from being on each node?"

    told = [one.id for one in engine.ask(question).requirements]

    assert "each-node" not in told
    assert "roaming-address" in told


def test_one_of_a_kind_is_told_by_what_uses_it(engine: Engine) -> None:
    """The database that a component uses is meant, not the component."""
    answer = engine.ask("Must the database that the Playout Service uses be on one node?")

    assert answer.components == ("catalogue",)


def test_a_component_without_requirements_is_no_rival(engine: Engine) -> None:
    """Where a statement names one of several, one of which nothing is asked is left out."""
    question = "Does the Tape Mover need the Vault Console, or can the Lock Keeper do it?"

    assert "vault-console" not in engine.ask(question).components


@pytest.mark.parametrize(
    ("question", "component", "verdict"),
    [
        ("Does the Lock Keeper grant the tape lease?", "tape-mover", "depends"),
        ("Does the Vault Console grant the tape lease?", "vault-console", "no"),
    ],
)
def test_what_one_does_for_another_is_judged_by_the_other(
    engine: Engine, question: str, component: str, verdict: str
) -> None:
    """A statement in which the one named does it answers; without one, they are not joined."""
    answer = engine.ask(question)

    assert (answer.components, answer.verdict) == ((component,), verdict)


def test_a_kind_is_told_by_its_work_without_an_article(engine: Engine) -> None:
    """In chat the article behind the verb is left out."""
    assert engine.ask("Does live feed service need a roaming address?").components == (
        "ingest-service",
    )


@pytest.mark.parametrize("question", ["Which members hold no data?", "Who holds no data?"])
def test_what_a_role_denies_is_found_by_the_same_words(question: str) -> None:
    """A component that does something to nothing of a kind is the one that is asked for."""
    catalog = compile_folder(MONGODB).catalog
    assert catalog is not None

    assert list(Engine(catalog).ask(question).components) == ["arbiter"]


@pytest.mark.parametrize(
    ("question", "component"),
    [
        ("What service performs the restores?", "backup-service"),
        ("Which service performs backups?", "backup-service"),
        ("What component executes instant restores?", "filter-service"),
    ],
)
def test_to_perform_says_of_a_task_only_that_it_is_done(
    reference: Engine, question: str, component: str
) -> None:
    """The verb by which a role tells a task picks nothing: the task does."""
    assert list(reference.ask(question).components) == [component]
