"""What the Whoosh adapter adds: it keeps impacts exactly, and has nothing to do with the disk.

`test_other_whoosh.py` runs these tests again with the other release of Whoosh.
"""

import os
import pickle
import random
import subprocess
import sys
from pathlib import Path

import pytest

from kb.errors import DeadlineError
from kb.search import Document, whoosh_index
from kb.search.bm25f import Weights, impacts


def random_documents(count: int) -> list[Document]:
    """Return documents of random terms in all fields."""
    rng = random.Random(7)
    terms = [f"term{number}" for number in range(200)]

    def some(most: int) -> tuple[str, ...]:
        return tuple(rng.choices(terms, k=rng.randint(0, most)))

    return [
        Document(
            "page", tuple(some(4) for _ in range(rng.randint(0, 3))), some(5), some(3), some(90)
        )
        for _ in range(count)
    ]


def test_scores_are_the_sums_of_the_impacts() -> None:
    """The engine adds up exactly what was worked out for each document and term."""
    given = random_documents(700)
    expected = list(impacts(given, Weights()))
    wanted = ("term1", "term2", "term150")

    ranking = whoosh_index.build(given, deadline=60).search(wanted, 700, 0, ())

    sums = {
        number: sum(one.get(term, 0.0) for term in wanted)
        for number, one in enumerate(expected)
        if any(term in one for term in wanted)
    }
    found = {one.number: one.score for one in ranking.matches}
    assert found.keys() == sums.keys()
    assert all(found[number] == pytest.approx(score) for number, score in sums.items())


def test_an_index_lives_on_after_a_stopped_search() -> None:
    """A deadline that passed once does no harm to the searches that follow."""
    given = random_documents(2000)
    built = whoosh_index.build(given, deadline=60)
    expected = built.search(("term1", "term2"), 10, 0, ())
    built._deadline = 0.0  # type: ignore[attr-defined]  # a slow machine for one search
    with pytest.raises(DeadlineError):
        built.search(("term1", "term2"), 10, 0, ())
    built._deadline = 60  # type: ignore[attr-defined]

    assert built.search(("term1", "term2"), 10, 0, ()) == expected


BUILD_AND_SEARCH = """
from kb.search import Document, whoosh_index
given = [Document("page", (), (), (), ("common", f"term{number}")) for number in range(500)]
print(whoosh_index.build(given, deadline=60).search(("common",), 1, 0, ()).total)
"""
OPEN = "from whoosh.index import open_dir; open_dir('.')"


def run(code: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run code in a process whose own folder and folder for temporary files is `folder`."""
    root = str(Path(__file__).parents[3])
    paths = [*filter(None, [os.environ.get("PYTHONPATH")]), root]
    environment = {**os.environ, "TMPDIR": str(folder), "PYTHONPATH": os.pathsep.join(paths)}
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_nothing_is_written_to_the_disk(tmp_path: Path) -> None:
    """Building and searching leaves the folder for temporary files as it was: empty."""
    ended = run(BUILD_AND_SEARCH, tmp_path)

    assert (ended.stdout, ended.stderr) == ("500\n", "")
    assert list(tmp_path.rglob("*")) == []


class Canary:
    """Writes a file when it is unpickled."""

    def __reduce__(self) -> tuple[object, tuple[str, str]]:
        return (open, ("canary", "w"))


def test_an_index_that_lies_about_is_not_opened(tmp_path: Path) -> None:
    """Files with the names that Whoosh gives to an index are left alone, wherever they lie."""
    for folder in (tmp_path, tmp_path / "MAIN.tmp"):
        folder.mkdir(exist_ok=True)
        for name in ("_MAIN_0.toc", "_MAIN_1.toc", "MAIN_WRITELOCK", "MAIN_1.seg"):
            (folder / name).write_bytes(pickle.dumps(Canary()))
    planted = sorted(tmp_path.rglob("*"))

    ended = run(BUILD_AND_SEARCH, tmp_path)

    assert (ended.stdout, ended.stderr) == ("500\n", "")
    assert sorted(tmp_path.rglob("*")) == planted


def test_the_canary_sings(tmp_path: Path) -> None:
    """The test above can fail: Whoosh itself does run what is planted in an index."""
    made = run("from whoosh import fields, index; index.create_in('.', fields.Schema())", tmp_path)
    assert made.returncode == 0, made.stderr
    (toc,) = tmp_path.glob("_MAIN_*.toc")
    written = toc.read_bytes()
    # The schema stands in the table of contents as a pickle, after its length in bytes.
    start = written.index(pickle.PROTO)
    toc.write_bytes(written[:start] + pickle.dumps(Canary(), protocol=2) + written[start:])

    run(OPEN, tmp_path)

    assert (tmp_path / "canary").exists()
