"""What stands around a question, and how it is written, does not change its answer."""

from collections.abc import Callable
from pathlib import Path

import pytest

from kb.ask.answer import Answer
from kb.ask.engine import Engine
from kb.compiler import compile_folder
from kb.evaluation import read_questions, read_suite

SUITE = read_suite(Path(__file__).parents[2] / "questions" / "sets.toml")
EVERY = 3
FEW = 0.01
TURNED = {"yes", "no"}
NOISE: dict[str, Callable[[str], str]] = {
    "lower case": str.lower,
    "capitals": str.upper,
    "white space": lambda asked: f"  {asked.replace(' ', '   ')} \n",
    "greeting": lambda asked: f"Hi all, {asked}",
    "greeting with a title": lambda asked: f"Good morning operators, {asked}",
    "greeting as a sentence": lambda asked: f"Hello team. {asked}",
    "address": lambda asked: f"@here {asked}",
    "ticket number": lambda asked: f"INC0048213: {asked}",
    "thanks": lambda asked: f"{asked} Thanks a lot!",
    "signature": lambda asked: f"{asked}\n-- \nBest regards\nThe night shift",
    "emoji": lambda asked: f"{asked} \N{PERSON WITH FOLDED HANDS}",
    "quotation marks": lambda asked: f"“{asked}”",
}


@pytest.fixture(scope="module")
def asked() -> list[tuple[Engine, str]]:
    """Return every third question of the sets, with the engine that it is put to."""
    engines: dict[Path, Engine] = {}
    found = []
    for one in SUITE.sets:
        if one.questions is None:
            continue
        docs = one.docs.resolve()
        if docs not in engines:
            catalog = compile_folder(docs).catalog
            assert catalog is not None
            engines[docs] = Engine(catalog)
        found += [(engines[docs], question.text) for question in read_questions(one.questions)]
    return found[::EVERY]


def said(answer: Answer) -> tuple[object, ...]:
    """Return what an answer says; names that were not found are quoted as they were written."""
    return (answer.status, answer.reason, answer.verdict, answer.components, answer.answer.lower())


@pytest.mark.parametrize("kind", NOISE)
def test_noise_changes_no_answer(kind: str, asked: list[tuple[Engine, str]]) -> None:
    """Greetings, ticket numbers, thanks and signatures leave the answers as they are.

    One in a hundred may differ: capitals tell names of other worlds, and a greeting may be read
    with what follows it. None turns from yes to no.
    """
    dress = NOISE[kind]
    answers = [(engine.ask(q), engine.ask(dress(q)), q) for engine, q in asked]

    changed = [q for plain, dressed, q in answers if said(plain) != said(dressed)]
    turned = [q for plain, dressed, q in answers if {plain.verdict, dressed.verdict} == TURNED]

    assert turned == []
    assert len(changed) <= len(answers) * FEW, changed
