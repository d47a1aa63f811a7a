"""A server of built generations: whole content or the content before, whatever happens to files."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from api.schemas.links import COLLECTIONS
from kb import GenerationStore, KnowledgeBase
from tests.api.publishing import (
    PATHS,
    becomes,
    generations,
    publish_under_load,
    published,
    serving_built,
    shown,
    state,
)
from tests.api.running import K0, ROOT, SERVE, bounded, launched, serving, until

PUBLISHES = 200


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Path]:
    return generations(tmp_path_factory.mktemp("built"))


@pytest.fixture
def store(tmp_path: Path) -> GenerationStore:
    return GenerationStore(tmp_path / "store")


def point(store: GenerationStore, *names: str) -> None:
    """Exchange the pointer without looking at what it names, as no command does."""
    beside = store.root / "pointer"
    beside.write_text("".join(f"{one}\n" for one in names), "utf-8")
    beside.replace(store.root / "CURRENT")


def broken(store: GenerationStore, generation: Path) -> str:
    """Return the name of a generation in the store that has lost a byte."""
    name = store.adopt(generation)
    file = store.root / name / "catalog.json"
    file.write_bytes(file.read_bytes()[:-1])
    return name


def test_what_is_opened_answers_as_what_is_read(store: GenerationStore) -> None:
    """A generation has the same bytes and entity tags at every address as its pages."""
    store.publish(store.add(KnowledgeBase.build(K0).save))
    things = KnowledgeBase.build(K0).catalog
    paths = [
        *PATHS[:3],
        "/matrix",
        "/openapi.json",
        "/ask?q=tape+mover",
        "/plan?topology=cell-ring",
    ]
    for kind, plural in COLLECTIONS.items():
        paths += [f"/{plural}", *(f"/{plural}/{one}" for one in things.things(kind))]

    with (
        serving(K0) as read,
        serving_built(store) as opened,
        read.client() as left,
        opened.client() as right,
    ):
        for path in paths:
            expected, got = left.get(path), right.get(path)
            assert got.status_code == expected.status_code, path
            assert got.headers.get("etag") == expected.headers.get("etag"), path
            if got.status_code == 200:  # a problem has the id of its request in it
                assert got.content == expected.content, path


def test_a_publication_is_seen_and_taken_back(
    store: GenerationStore, built: Mapping[str, Path]
) -> None:
    """After publish the new content is served, after rollback the old: same bytes, same tags."""
    one = published(store, built["one"])
    with serving_built(store) as running:
        before = shown(running)
        two = published(store, built["two"])
        until(becomes(running, two), 10)
        after = shown(running)
        store.rollback()
        until(becomes(running, one), 10)

        assert shown(running) == before
        assert b"Called two here" in after["/components/ingest-service"][2]
        assert after["/"][2].startswith(b"<p>two</p>")
        assert all(status == 200 for status, _, _ in (*before.values(), *after.values()))
        assert state(running)["status"] == "ready"


def test_the_log_names_what_is_published(store: GenerationStore, built: Mapping[str, Path]) -> None:
    """Each publication is one line, with the generation that is served from then on."""
    names = [published(store, built["one"])]
    with serving_built(store, KB_LOG_FORMAT="json") as running:
        names.append(published(store, built["two"]))
        until(becomes(running, names[1]), 10)
        store.rollback()
        until(becomes(running, names[0]), 10)
    lines = [json.loads(line) for line in running.lines]

    told = [one["generation"] for one in lines if one["message"] == "content published"]
    assert told == [*names, names[0]]


def test_a_bad_generation_is_put_aside_and_the_old_one_stays(
    store: GenerationStore, built: Mapping[str, Path]
) -> None:
    """/readyz says why; nothing else changes; the next good one is served."""
    one = published(store, built["one"])
    with serving_built(store) as running:
        before = shown(running)
        bad = broken(store, built["two"])
        point(store, bad, store.adopt(built["three"]))
        until(lambda: state(running)["status"] == "degraded", 10)
        told = state(running)

        assert told["generation"] == one
        assert "is corrupt: catalog.json has" in json.dumps(told["refused"])
        assert shown(running) == before
        assert list(store.root.glob(f"{bad}.corrupt-*"))
        until(becomes(running, published(store, built["four"])), 10)
        assert state(running)["status"] == "ready"


@pytest.mark.parametrize(
    ("kind", "reason"),
    [
        ("empty", "Nothing is published in"),
        ("broken pointer", "does not name a generation: publish one again"),
        ("gone", "There is no generation"),
        ("corrupt", "is corrupt: catalog.json has"),
        ("other version", "build it again"),
    ],
)
def test_a_start_without_good_content_says_so_and_waits(
    store: GenerationStore, built: Mapping[str, Path], kind: str, reason: str
) -> None:
    """It is alive and not ready, with the reason, and serves what is published later."""
    if kind == "broken pointer":
        published(store, built["one"])
        (store.root / "CURRENT").write_bytes(bytes(67))
    elif kind == "gone":
        shutil.rmtree(store.root / published(store, built["one"]))
    elif kind == "corrupt":
        published(store, built["one"])
        broken(store, built["one"])
    elif kind == "other version":
        store.publish(store.add(lambda _: {"format": "0"}))
    with serving_built(store) as running, running.client() as client:
        refused = client.get("/components")
        assert (refused.status_code, client.get("/livez").status_code) == (503, 200)
        assert refused.json()["type"].endswith("/not-ready")
        assert reason in client.get("/readyz").json()["detail"]
        assert str(store.root) not in refused.text

        two = published(store, built["two"])
        until(becomes(running, two), 10)
        assert client.get("/components").status_code == 200


@pytest.mark.skipif(sys.platform != "linux", reason="rights are taken away with setpriv")
def test_who_may_not_publish_is_told_who_may(
    store: GenerationStore, built: Mapping[str, Path]
) -> None:
    """A folder that belongs to another user: what may not be written, and who may."""
    one = published(store, built["one"])
    for path in (store.root / ".publishing", store.root):
        path.chmod(0o500)
    command = (sys.executable, "-m", "kb.cli", "publish", str(store.root / one))
    done = subprocess.run(
        bounded(*command), cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
    )

    assert done.returncode == 2
    assert f"{store.root / '.publishing'}: permission denied" in done.stderr.replace("\n", " ")
    assert f"to whom it belongs: {store.root.owner()}" in done.stderr.replace("\n", " ")


@pytest.mark.skipif(sys.platform != "linux", reason="rights are taken away with setpriv")
def test_what_another_user_published_is_told(
    store: GenerationStore, built: Mapping[str, Path]
) -> None:
    """A generation that the service may not read: the old one stays, the log says which."""
    one = published(store, built["one"])
    with launched(*bounded(*SERVE, "--generation", str(store.root))) as running:
        two = store.adopt(built["two"])
        (store.root / two / "manifest.json").chmod(0)
        point(store, two, one)
        until(lambda: state(running)["status"] == "degraded", 10)
        told = state(running)

        assert told["generation"] == one
        assert "publish it as the service's user" in json.dumps(told["refused"])
        assert any(two in line for line in running.lines)
        (store.root / two / "manifest.json").chmod(0o600)
        until(becomes(running, two), 10)


def test_a_start_with_a_corrupt_generation_serves_the_one_before(
    store: GenerationStore, built: Mapping[str, Path]
) -> None:
    """Degraded, with the reason, and with the content that was good."""
    one = published(store, built["one"])
    published(store, built["two"])
    broken(store, built["two"])

    with serving_built(store) as running:
        told = state(running)
        assert (told["generation"], told["status"]) == (one, "degraded")
        assert "is corrupt" in json.dumps(told["refused"])


def test_publications_under_load_fail_and_mix_nothing(
    store: GenerationStore, built: Mapping[str, Path]
) -> None:
    """Every reply to eight busy clients is whole, of one generation, while others are published."""
    seen = publish_under_load(store, built, PUBLISHES)

    assert not seen.faults, seen.faults[:5]
    assert seen.requests > PUBLISHES
    assert max(seen.delays) < 10  # a second is the promise; machines that test are busy
    assert seen.more_files <= 8
    assert seen.more_memory <= 16
