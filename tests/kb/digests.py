"""Asks questions in a process of its own and prints the digests of the bytes of their answers.

`python digests.py REPEATS EVERY` asks each EVERY-th question of all sets, REPEATS times over, and
prints one line for each: its set, its id, and as many digests as there were different answers.
Imports nothing of the tests, so that any Python with the requirements of `kb` can run it.
"""

import hashlib
import sys
from pathlib import Path

from api.schemas.base import encode
from api.schemas.writing import Writer
from kb.ask.engine import Engine
from kb.catalog import Catalog
from kb.compiler import compile_folder
from kb.errors import QuestionError
from kb.evaluation import golden_questions, read_questions, read_suite

SETS = Path(__file__).parents[1] / "questions" / "sets.toml"


def main(repeats: int, every: int) -> None:
    """Print the digests."""
    bases: dict[Path, tuple[Catalog, Engine, Writer]] = {}
    for one in read_suite(SETS).sets:
        docs = one.docs.resolve()
        if docs not in bases:
            catalog = compile_folder(docs).catalog
            assert catalog is not None, docs
            bases[docs] = (catalog, Engine(catalog), Writer(catalog))
        catalog, engine, writer = bases[docs]
        asked = read_questions(one.questions) if one.questions else golden_questions(catalog)
        for question in asked[::every]:
            digests = {answer_digest(engine, writer, question.text) for _ in range(repeats)}
            sys.stdout.write(f"{one.name} {question.id} {' '.join(sorted(digests))}\n")


def answer_digest(engine: Engine, writer: Writer, question: str) -> str:
    """Return the digest of the bytes that `/ask` and `kb ask --json` give."""
    try:
        content = encode(writer.answer(engine.ask(question)))
    except QuestionError as error:
        content = str(error).encode()
    return hashlib.sha256(content).hexdigest()[:16]


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
