"""What stands around a question, and how it is written, does not change its answer."""

import re
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from kb.ask.answer import Answer
from kb.ask.engine import Engine
from kb.compiler import compile_folder
from kb.evaluation import read_questions, read_suite

SUITE = read_suite(Path(__file__).parents[2] / "questions" / "sets.toml")
EVERY = 3
FEW = 0.01
TURNED = {"yes", "no"}


def behind(asked: str, remark: str, *, within: bool = False) -> str:
    """Return what ends with a question mark with a remark behind it, or before its mark."""
    if not asked.endswith("?"):
        return asked  # the mark of the remark would tell that it asks
    return f"{asked.rstrip(' ?')}{remark}?" if within else f"{asked} {remark}"


NOISE: dict[str, Callable[[str], str]] = {
    "lower case": str.lower,
    "capitals": str.upper,
    "white space": lambda asked: f"  {asked.replace(' ', '   ')} \n",
    "greeting": lambda asked: f"Hi all, {asked}",
    "greeting with a title": lambda asked: f"Good morning operators, {asked}",
    "greeting as a sentence": lambda asked: f"Hello team. {asked}",
    "address": lambda asked: f"@here {asked}",
    "ticket number": lambda asked: f"INC0048213: {asked}",
    "filler": lambda asked: f"Ok so {asked}",
    "apology": lambda asked: f"Sorry for the dumb question, but {asked}",
    "remark": lambda asked: f"I read the docs but I still don't get it, {asked}",
    "number of questions": lambda asked: f"One more question: {asked}",
    "request": lambda asked: f"Can you tell me: {asked}",
    "wish for ideas": lambda asked: behind(asked, "Any idea?"),
    "wish for opinions": lambda asked: behind(asked, "What do you think?"),
    "hurry": lambda asked: behind(asked, "Need to know before the change window tonight."),
    "adverb": lambda asked: behind(asked, " exactly", within=True),
    "place": lambda asked: behind(asked, " in our environment", within=True),
    "source": lambda asked: behind(asked, " according to the documentation", within=True),
    "tag": lambda asked: behind(asked, ", do you know", within=True),
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


SLIPS: dict[str, Callable[[str, int], str]] = {
    "letters changed places": lambda word, at: (
        f"{word[:at]}{word[at + 1]}{word[at]}{word[at + 2 :]}"
    ),
    "a letter is missing": lambda word, at: f"{word[:at]}{word[at + 1 :]}",
    "a letter is doubled": lambda word, at: f"{word[:at]}{word[at]}{word[at:]}",
}
MANY = 0.06


@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_of_the_hand_seldom_changes_an_answer(
    slip: str, asked: list[tuple[Engine, str]]
) -> None:
    """One long word of each question is misspelt: what it says is still understood.

    A word that nothing explains may be any other, so that a few are then not covered.
    """
    random = Random(7)
    answers = []
    for engine, q in asked:
        if words := list(re.finditer(r"[A-Za-z]{6,}", q)):
            word = random.choice(words)
            wrong = SLIPS[slip](word[0], random.randrange(1, len(word[0]) - 2))
            answers.append((engine.ask(q), engine.ask(q[: word.start()] + wrong + q[word.end() :])))

    said_before = [(one.status, one.verdict, one.components) for one, _ in answers]
    said_now = [(one.status, one.verdict, one.components) for _, one in answers]
    changed = sum(one != other for one, other in zip(said_before, said_now, strict=True))

    assert changed <= len(answers) * MANY
