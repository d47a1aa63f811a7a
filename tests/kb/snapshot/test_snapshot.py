"""What is opened from a generation is what was compiled, to the byte."""

import gc
import json
from functools import cache
from pathlib import Path

import pytest

from kb import snapshot
from kb.ask.engine import Engine
from kb.compiler import compile_folder
from kb.errors import GenerationError
from kb.evaluation import read_suite
from kb.generations import MANIFEST, Store
from kb.generations.manifest import name_of
from kb.knowledge import KnowledgeBase

ROOT = Path(__file__).parents[3]
KNOWLEDGE_BASES = ("docs", "tests/knowledge_bases/k0/docs", "tests/knowledge_bases/patroni/docs")


@cache
def questions_by_docs() -> dict[str, list[str]]:
    """Return the questions of all sets, by the folder of pages that they are about."""
    found: dict[str, list[str]] = {}
    for one in read_suite(ROOT / "tests" / "questions" / "sets.toml").sets:
        if one.questions is not None:
            docs = one.docs.resolve().relative_to(ROOT).as_posix()
            lines = one.questions.read_text("utf-8").splitlines()
            asked = [json.loads(line).get("q") for line in lines if line.strip()]
            found.setdefault(docs, []).extend(text for text in asked if text)
    return found


@pytest.fixture(scope="module", params=KNOWLEDGE_BASES)
def both(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[str, KnowledgeBase, KnowledgeBase]:
    """The folder of pages, the knowledge base compiled from it, and the same opened."""
    compiled = KnowledgeBase.of(compile_folder(ROOT / request.param))
    store = Store(tmp_path_factory.mktemp("store"))
    opened = KnowledgeBase.open(store.hold(store.add(compiled.save)))
    return request.param, compiled, opened


def test_the_catalog_is_equal(both: tuple[str, KnowledgeBase, KnowledgeBase]) -> None:
    """Every value of every type comes back, warnings too."""
    _, compiled, opened = both

    assert opened.catalog == compiled.catalog
    assert repr(opened.catalog) == repr(compiled.catalog)  # 1 and True are equal, and not the same
    assert opened.diagnostics == compiled.diagnostics


def test_answers_are_equal(both: tuple[str, KnowledgeBase, KnowledgeBase]) -> None:
    """All questions of all sets about these pages have the same answers, to the byte."""
    docs, compiled, opened = both
    questions = questions_by_docs()[docs]

    assert len(questions) > 40
    for question in questions:
        assert repr(opened.ask(question)) == repr(compiled.ask(question))


def test_nothing_is_lost_of_what_the_engine_worked_out(
    both: tuple[str, KnowledgeBase, KnowledgeBase], tmp_path: Path
) -> None:
    """A generation of what was opened is the generation that it was opened from."""
    _, compiled, opened = both
    store = Store(tmp_path)

    assert store.add(opened.save) == store.add(compiled.save)


def test_what_other_code_worked_out_is_not_used() -> None:
    """Tables of another maker are left aside, for words may be read otherwise there."""
    catalog = compile_folder(ROOT / KNOWLEDGE_BASES[1]).catalog
    assert catalog is not None
    engine = Engine(catalog)
    question = f"What must I do for the {catalog.published()[0].title}?"
    tables = json.loads(engine.saved())
    for one in ("names", "partial", "tails"):
        tables["lexicon"]["naming"][one] = tables["lexicon"]["naming"]["procedures"]
    damaged = Engine(catalog, json.dumps(tables).encode())
    tables["maker"] = "another"
    other = Engine(catalog, json.dumps(tables).encode())

    assert repr(other.ask(question)) == repr(engine.ask(question))
    assert repr(damaged.ask(question)) != repr(engine.ask(question))


def test_garbage_is_collected_after_a_generation_was_opened(tmp_path: Path) -> None:
    """The collector rests while a generation is read, also where that fails, and no longer."""
    store = Store(tmp_path)
    held = store.hold(store.add(KnowledgeBase.build(ROOT / KNOWLEDGE_BASES[1]).save))
    at_work: list[bool] = []

    class Watched:
        name, about, below = held.name, held.about, held.below

        def read(self, path: str) -> bytes:
            at_work.append(gc.isenabled())
            if path == "engine.json":
                raise OSError(path)
            return held.read(path)

    with pytest.raises(OSError, match="engine"):
        snapshot.read(Watched())

    assert not any(at_work)
    assert gc.isenabled()


def test_searches_are_equal(both: tuple[str, KnowledgeBase, KnowledgeBase]) -> None:
    """The same passages are found in the same order with the same scores."""
    docs, compiled, opened = both

    for question in questions_by_docs()[docs][::10]:
        assert opened.search(question) == compiled.search(question)


def test_the_same_pages_make_the_same_bytes(tmp_path: Path) -> None:
    """A generation made twice has one name, so that nothing is published twice."""
    store = Store(tmp_path)
    made = [
        store.add(KnowledgeBase.of(compile_folder(ROOT / KNOWLEDGE_BASES[1])).save)
        for _ in range(2)
    ]

    assert made[0] == made[1]


@pytest.mark.parametrize("what", ["format", "shape", "search"])
def test_another_version_is_refused(tmp_path: Path, what: str) -> None:
    """What another version of the code made is not guessed at: it says so, and what to do."""
    store = Store(tmp_path)
    made = store.root / store.add(KnowledgeBase.build(ROOT / KNOWLEDGE_BASES[1]).save)
    manifest = json.loads((made / MANIFEST).read_bytes())
    manifest["about"][what] = "another"
    content = json.dumps(manifest).encode()
    (made / MANIFEST).write_bytes(content)
    other = made.rename(tmp_path / name_of(content))

    with pytest.raises(GenerationError, match=f"has {what} another.*: build it again") as raised:
        KnowledgeBase.open(store.hold(other.name))
    assert raised.value.problem == "other-version"
