"""What is kept to be given again: the same, never of another generation, and only so much."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from api.kept import Kept
from api.schemas.links import Links
from api.state import Generation
from kb import KnowledgeBase
from tests.api.running import DOCS, serving, until

QUESTION = "Does the Backup Service need a cluster resource?"


@pytest.fixture(scope="module")
def generation() -> Generation:
    """The project's own pages."""
    return Generation.of(KnowledgeBase.build(DOCS), Links())


def test_the_oldest_makes_room(generation: Generation) -> None:
    """No more bytes are kept than are allowed; what is larger alone is not kept."""
    kept = Kept[str, str](10)
    kept.get(generation, "a")

    for name, size in (("a", 5), ("b", 5), ("c", 5), ("d", 11)):
        kept.add(generation, name, name, size)
        assert kept.size <= 10

    assert kept.size == 0
    kept.add(generation, "e", "e", 10)
    assert kept.get(generation, "e") == "e"


def test_another_generation_finds_nothing(generation: Generation) -> None:
    """What was kept of one is not given to another, nor kept for it when it comes late."""
    kept = Kept[str, str](10)
    other = Generation.of(generation.knowledge, Links())
    kept.get(generation, "a")
    kept.add(generation, "a", "old", 1)

    assert kept.get(other, "a") is None
    kept.add(generation, "a", "late", 1)
    assert kept.get(other, "a") is None


def test_a_question_asked_again_has_the_same_reply() -> None:
    """The second reply equals the first and the posted one, also where nothing is kept."""
    replies = set()
    for most in ("16777216", "0"):
        with serving(DOCS, KB_MOST_KEPT_BYTES=most) as server, server.client() as client:
            for _ in range(2):
                reply = client.get("/ask", params={"q": QUESTION})
                replies.add((reply.content, reply.headers["etag"]))
                assert client.post("/ask", json={"q": QUESTION}).content == reply.content
            expecting = {"q": QUESTION, "expect": "0" * 32}
            assert "replay" in client.get("/ask", params=expecting).json()

    assert len(replies) == 1


def test_a_question_asked_again_is_answered_from_new_content(tmp_path: Path) -> None:
    """After an edit nothing of the old content is given to a question that was asked before."""
    docs = tmp_path / "docs"
    shutil.copytree(DOCS, docs)
    page = docs / "components" / "backup-service.md"
    with serving(docs) as server, server.client() as client:

        def version() -> str:
            found: str = client.get("/ask", params={"q": QUESTION}).json()["content_version"]
            return found

        before = version()
        edited = page.read_text("utf-8").replace("role: Carries", "role: Quickly carries")
        page.write_text(edited, "utf-8")

        until(lambda: version() != before, 10)
