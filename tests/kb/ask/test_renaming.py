"""Nothing is known by its name: renamed knowledge bases are answered as well as they were."""

from pathlib import Path

import pytest

from kb.ask.answer import Answer
from kb.ask.engine import Engine
from kb.compiler import compile_folder
from kb.evaluation import QuestionSet, read_questions, read_suite
from tests.kb.ask.renaming import Renaming, rename_folder, renaming_of

SUITE = read_suite(Path(__file__).parents[2] / "questions" / "sets.toml")
SETS = [one for one in SUITE.sets if one.questions is not None]
TIES = 0.02
LEAST_RENAMED = 30
"""Words of its own that a knowledge base must have for the test to mean something."""


def engine_of(docs: Path) -> Engine:
    """Return the question engine of a folder of pages."""
    catalog = compile_folder(docs).catalog
    assert catalog is not None
    return Engine(catalog)


def outcome(answer: Answer, renaming: Renaming | None = None) -> tuple[object, ...]:
    """Return what an answer says, apart from its wording."""

    def named(name: str) -> str:
        return renaming(name) if renaming else name

    return (
        answer.status,
        answer.reason,
        answer.verdict,
        answer.understood.intent,
        sorted(map(named, answer.components)),
        named(answer.topology or ""),
        sorted(named(f"{one.component}/{one.ref}") for one in answer.requirements),
        len(answer.candidates),
    )


@pytest.mark.parametrize("asked", SETS, ids=lambda one: one.name)
def test_other_words_for_everything_change_no_answer(asked: QuestionSet, tmp_path: Path) -> None:
    """With every word of the pages replaced, pages and questions alike, the answers are the same.

    Questions in which a typing error is mended are left out: other words have other neighbours.
    Two in a hundred may differ, because ties are broken by the alphabet.
    """
    assert asked.questions is not None
    renaming = renaming_of(asked.docs)
    rename_folder(asked.docs, tmp_path, renaming)
    written, renamed = engine_of(asked.docs), engine_of(tmp_path)
    answers = [(one.text, written.ask(one.text)) for one in read_questions(asked.questions)]

    changed = [
        text
        for text, answer in answers
        if not answer.understood.corrections
        and outcome(answer, renaming) != outcome(renamed.ask(renaming(text)))
    ]

    assert len(renaming) >= LEAST_RENAMED
    assert len(changed) <= len(answers) * TIES, changed
