"""A component that has nothing to do with a question changes nothing about its answer."""

import re
import shutil
from pathlib import Path

import pytest
from rapidfuzz.distance import OSA

from kb.ask.engine import Engine
from kb.catalog import Catalog
from kb.compiler import compile_folder
from kb.evaluation import QuestionSet, read_questions, read_suite

SUITE = read_suite(Path(__file__).parents[2] / "questions" / "sets.toml")
SETS = [one for one in SUITE.sets if one.questions is not None]
STRANGER = """---
type: component
title: Xoquvubrij Zyphodrelk
product: {product}
kind: wrombaquip
aliases: [Quozzlewimp]
role: Vlimbrates the jaxxerquols.
source: {source}
requirements:
  - id: vlimbrate
    must: Vlimbrate each jaxxerquol.
    why: A jaxxerquol that is not vlimbrated frommels.
---

# Xoquvubrij Zyphodrelk

It vlimbrates what is jaxxerquol.
"""
NAME = "xoquvubrij-zyphodrelk"
FAR = 3
"""Edit distance from which on two words have nothing to do with each other."""


def catalog_of(docs: Path) -> Catalog:
    """Return the catalog of a folder of pages."""
    catalog = compile_folder(docs).catalog
    assert catalog is not None
    return catalog


@pytest.mark.parametrize("asked", SETS, ids=lambda one: one.name)
def test_a_stranger_among_the_components_changes_no_answer(
    asked: QuestionSet, tmp_path: Path
) -> None:
    """Every question is answered as before; a list of all components has the new one too.

    So has a question back that offers all of them.
    """
    assert asked.questions is not None
    before = catalog_of(asked.docs)
    shutil.copytree(asked.docs, tmp_path, dirs_exist_ok=True)
    beside = Path(next(iter(before.components.values())).path).parent
    page = STRANGER.format(product=min(before.products), source=min(before.sources))
    (tmp_path / beside / f"{NAME}.md").write_text(page, encoding="utf-8")
    old, new = Engine(before), Engine(catalog_of(tmp_path))
    changed = []
    for question in read_questions(asked.questions):
        first, second = old.ask(question.text), new.ask(question.text)
        is_listed = NAME in (*second.components, *(one.id for one in second.candidates))
        if not is_listed and (first.status, first.verdict, first.answer) != (
            second.status,
            second.verdict,
            second.answer,
        ):
            changed.append(question.text)

    assert changed == []


def test_the_stranger_shares_no_word_with_any_question() -> None:
    """Its own words are farther from those of the questions than a typing error is."""
    own = {"xoquvubrij", "zyphodrelk", "wrombaquip", "quozzlewimp", "vlimbrates", "jaxxerquols"}
    asked = {
        word
        for one in SETS
        if one.questions is not None
        for question in read_questions(one.questions)
        for word in re.findall(r"[a-z]+", question.text.casefold())
    }

    assert {
        (a, b) for a in own for b in asked if OSA.distance(a, b, score_cutoff=FAR) < FAR
    } == set()
