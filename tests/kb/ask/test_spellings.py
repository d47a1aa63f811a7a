"""Two thousand spellings of questions that look alike: none is taken for another question."""

import unicodedata
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Literal

from kb.ask.engine import Engine
from kb.compiler import compile_folder
from kb.evaluation import read_questions, read_suite

SUITE = read_suite(Path(__file__).parents[2] / "questions" / "sets.toml")
QUESTIONS, SPELLINGS = 50, 40
UNSEEN = (
    "\u200b\u200c\u200d\u2060\ufeff\u00ad\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2069\ufe0f"
)
LOOK_ALIKE = str.maketrans(
    "aceopxyijs", "\u0430\u0441\u0435\u043e\u0440\u0445\u0443\u0456\u0458\u0455"
)
FORMS: tuple[Literal["NFC", "NFD", "NFKD"], ...] = ("NFC", "NFD", "NFKD")
WIDE = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}


def hidden(random: Random, asked: str) -> str:
    """Return a question with signs in it that show nothing."""
    return "".join(one + random.choice(UNSEEN) * (random.random() < 0.3) for one in asked)


def wide(random: Random, asked: str) -> str:
    """Return a question with some of its words in letters of full width."""
    return " ".join(
        one.translate(WIDE) if random.random() < 0.4 else one for one in asked.split(" ")
    )


def apart(random: Random, asked: str) -> str:
    """Return a question in another normal form, with other spaces."""
    return unicodedata.normalize(random.choice(FORMS), asked).replace(
        " ", random.choice("\u00a0\u2003\u3000\t")
    )


def ligated(_: Random, asked: str) -> str:
    """Return a question with ligatures."""
    return asked.replace("fi", "\ufb01").replace("fl", "\ufb02").replace("ff", "\ufb00")


SAME: tuple[Callable[[Random, str], str], ...] = (hidden, wide, apart, ligated)


def foreign(random: Random, asked: str) -> str:
    """Return a question with letters of another script that look like its own."""
    return "".join(one.translate(LOOK_ALIKE) if random.random() < 0.2 else one for one in asked)


def test_what_looks_alike_is_the_same_or_not_understood() -> None:
    """What shows no difference has the same answer; with foreign letters no other component."""
    random = Random(5)
    named = next(one for one in SUITE.sets if one.questions is not None)
    assert named.questions is not None
    catalog = compile_folder(named.docs.resolve()).catalog
    assert catalog is not None
    engine = Engine(catalog)
    tried = 0
    for question in read_questions(named.questions)[:QUESTIONS]:
        plain = engine.ask(question.text)
        for _ in range(SPELLINGS // 2):
            written = random.choice(SAME)(random, question.text)
            other = engine.ask(written)
            assert (other.status, other.verdict, other.components, other.answer) == (
                plain.status, plain.verdict, plain.components, plain.answer,
            ), ascii(written)  # fmt: skip
            odd = foreign(random, question.text)
            answer = engine.ask(odd)
            is_known = answer.status == "answered" and answer.verdict is not None
            assert not is_known or set(answer.components) <= set(plain.components), ascii(odd)
            tried += 2
    assert tried == QUESTIONS * SPELLINGS
