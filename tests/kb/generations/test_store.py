"""Generations are whole or refused; what is published, kept, taken back and put aside."""

import os
import pickle
import random
import subprocess
import sys
import threading
from collections.abc import Mapping
from pathlib import Path

import pytest

from kb.errors import GenerationError
from kb.generations import CURRENT, MANIFEST, Store
from kb.generations.locks import alone
from tests.kb.generations.breaking import build, fill, mark_of

ROOT = Path(__file__).parents[3]
DAMAGES = 500


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "store")


def refused(store: Store, name: str) -> str:
    """Return the problem for which a generation is refused; empty where it is not."""
    try:
        store.hold(name)
    except GenerationError as error:
        return error.problem
    return ""


def damaged(content: bytes, rng: random.Random) -> bytes:
    """Return content with one bit flipped, its end cut off, or a block of it zeroed."""
    kind, at = rng.randrange(3), rng.randrange(len(content))
    if kind == 0:
        return content[:at] + bytes([content[at] ^ 1 << rng.randrange(8)]) + content[at + 1 :]
    if kind == 1:
        return content[:at]
    return content[:at] + bytes(min(512, len(content) - at)) + content[at + 512 :]


def test_every_damage_is_noticed(store: Store) -> None:
    """A flipped bit, a missing end or a zeroed block in any file, and it is not opened."""
    rng = random.Random(6)
    name = store.add(fill("whole"))
    files = [path for path in (store.root / name).rglob("*") if path.is_file()]

    for number in range(DAMAGES):
        path = files[number % len(files)]
        whole = path.read_bytes()
        path.write_bytes(damaged(whole, rng))
        assert refused(store, name) == "corrupt", (number, path)
        path.write_bytes(whole)
    assert refused(store, name) == ""


@pytest.mark.parametrize("kind", ["gone", "more", "link", "pipe", "no manifest", "renamed"])
def test_other_files_than_it_was_made_of_are_refused(store: Store, kind: str) -> None:
    """A missing file, one more, a link or a pipe in the place of one: it is not opened."""
    name = store.add(fill("whole"))
    page = store.root / name / "site" / "index.html"
    if kind == "more":
        (page.parent / "b.html").write_text("x", "utf-8")
    elif kind == "no manifest":
        (store.root / name / MANIFEST).unlink()
    elif kind == "renamed":
        other = f"g-{'0' * 64}"
        (store.root / name).rename(store.root / other)
        name = other
    else:
        content = page.rename(store.root / "aside")
        if kind == "link":
            page.symlink_to(content)
        elif kind == "pipe":
            os.mkfifo(page)

    assert refused(store, name) == "corrupt"


def test_a_generation_that_anybody_may_change_is_refused(store: Store) -> None:
    """Its index is code to whoever opens it: with the right to write for all it is not opened."""
    name = store.add(fill("whole"))
    (store.root / name).chmod(0o777)

    assert refused(store, name) == "unsafe"


def test_what_is_planted_is_not_run(store: Store, tmp_path: Path) -> None:
    """A pickle that runs code, put in the place of a file, is never handed out."""
    canary = tmp_path / "canary"

    class Planted:
        def __reduce__(self) -> tuple[object, tuple[str]]:
            return os.mkdir, (str(canary),)

    name = store.add(fill("whole"))
    held = store.hold(name)
    (store.root / name / "search" / "index").write_bytes(pickle.dumps(Planted()))

    assert refused(store, name) == "corrupt"
    with pytest.raises(GenerationError, match="search/index has another digest"):
        held.read("search/index")
    assert not canary.exists()


def test_the_same_content_has_the_same_name(store: Store) -> None:
    """Built twice it is one generation; a damaged one of the name is put aside for the new."""
    name = store.add(fill("same"))
    assert store.add(fill("same")) == name

    (store.root / name / "catalog.json").write_text("x", "utf-8")
    assert store.add(fill("same")) == name
    assert refused(store, name) == ""
    assert len(list(store.root.glob(f"{name}.corrupt-*"))) == 1


def test_rollback_brings_the_same_bytes_back(store: Store) -> None:
    """After a rollback the generation before is served, and again the one before that."""
    for mark in ("one", "two", "three"):
        build(store, mark)

    assert (store.rollback(), mark_of(store)) == (store.published()[0], "two")
    assert (store.rollback(), mark_of(store)) == (store.published()[0], "one")
    with pytest.raises(GenerationError, match="before this one"):
        store.rollback()
    assert mark_of(store) == "one"


def test_a_rollback_may_name_the_generation(store: Store) -> None:
    """One that was rolled back can be had again by its name."""
    build(store, "one")
    build(store, "two")
    taken_back = store.published()[0]
    store.rollback()

    store.rollback(taken_back)

    assert mark_of(store) == "two"


def test_what_is_not_whole_is_not_published(store: Store) -> None:
    """A damaged generation is refused and the pointer stays."""
    build(store, "one")
    name = store.add(fill("two"))
    (store.root / name / "catalog.json").write_text("x", "utf-8")

    with pytest.raises(GenerationError, match=r"catalog\.json has 1 bytes instead of"):
        store.publish(name)
    assert mark_of(store) == "one"


def test_old_generations_go_and_those_in_use_stay(store: Store) -> None:
    """Two stay that were served and two that were not; one that somebody reads is not deleted."""
    build(store, "first")
    held = store.hold(store.published()[0])
    for number in range(8):
        build(store, f"later {number}")

    assert held.read("catalog.json")
    assert len(store.names()) == 6
    assert len(store.published()) == 3
    del held
    build(store, "last")
    assert len(store.names()) == 5


def test_another_folder_is_copied_in(store: Store, tmp_path: Path) -> None:
    """A generation that was built elsewhere is the same here, and refused when it is not whole."""
    elsewhere = Store(tmp_path / "elsewhere")
    name = elsewhere.add(fill("moved"))

    store.publish(store.adopt(elsewhere.root / name))
    assert (store.published(), mark_of(store)) == ((name,), "moved")

    (elsewhere.root / name / "catalog.json").write_text("x", "utf-8")
    with pytest.raises(GenerationError, match="is corrupt"):
        store.adopt(elsewhere.root / name)


def test_a_failed_build_leaves_nothing(store: Store) -> None:
    """What the maker raises comes out, and its half of a generation is gone."""

    def broken(folder: Path) -> Mapping[str, str]:
        (folder / "half").write_text("x", "utf-8")
        raise ValueError("no more")

    with pytest.raises(ValueError, match="no more"):
        store.add(broken)
    assert [one.name for one in store.root.iterdir()] == [".building"]


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"g-12\n", b"../../etc\n", bytes(200)])
def test_a_pointer_that_names_nothing_is_told(store: Store, content: bytes) -> None:
    """It is an error that says what to do, and the next publication replaces it."""
    build(store, "one")
    name = store.published()[0]
    (store.root / CURRENT).write_bytes(content)

    with pytest.raises(GenerationError, match="publish one again"):
        store.published()
    store.publish(name)
    assert mark_of(store) == "one"


def test_a_damaged_line_of_the_pointer_costs_that_line(store: Store) -> None:
    """The generation before is then the first."""
    build(store, "one")
    build(store, "two")
    pointer = store.root / CURRENT
    pointer.write_bytes(b"\x00" + pointer.read_bytes()[1:])

    assert mark_of(store) == "one"


def test_builders_wait_for_one_another(store: Store) -> None:
    """Four builders at once: each builds alone, and all are whole."""
    inside, most = 0, 0

    def slowly(folder: Path) -> Mapping[str, str]:
        nonlocal inside, most
        inside += 1
        most = max(most, inside)
        about = fill(folder.name)(folder)
        inside -= 1
        return about

    threads = [threading.Thread(target=store.add, args=(slowly,)) for _ in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join(20)

    assert most == 1
    assert [refused(store, name) for name in store.names()] == [""] * 4


def test_a_builder_that_does_not_wait_says_so(store: Store) -> None:
    """With --no-wait the command ends with 75 while another builds, and nothing is changed."""
    build(store, "one")
    docs = "tests/knowledge_bases/k0/docs"
    arguments = ["build", "--docs-dir", docs, "--generation-dir", str(store.root), "--no-wait"]
    with alone(store.root / ".building"):
        ended = subprocess.run(
            [sys.executable, "-m", "kb.cli", *arguments],
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    assert ended.returncode == 75
    assert "another process is building a generation" in ended.stderr
    assert len(store.names()) == 1
