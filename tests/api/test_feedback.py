"""What readers say of pages and answers: who may, how often, and what is kept of it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from api.gaps.store import Store
from api.routes.feedback import MOST
from tests.api.running import K0, ROOT, Running, serving, site_is_ready, until
from tests.api.test_gaps import kb

WIKI = "https://wiki.example.org"


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The database."""
    return f"sqlite:///{tmp_path_factory.mktemp('said') / 'gaps.db'}"


@pytest.fixture(scope="module")
def asks(url: str) -> Iterator[Running]:
    """A service that takes note; who asks is told by a proxy, so that there can be several."""
    trusted = {"KB_TRUSTED_PROXIES": "127.0.0.1", "KB_CORS_ORIGINS": WIKI}
    with (
        serving(K0, KB_GAPS_URL=url, KB_FEEDBACK="on", **trusted) as running,
        running.client() as client,
    ):
        until(lambda: site_is_ready(client))
        yield running


def said(url: str) -> set[tuple[str, str, int]]:
    """Return what was kept."""
    return {(one.question, one.status, one.asked) for one in Store(url).rows()}


def post(running: Running, by: str, **judgement: Any) -> httpx.Response:
    """Say something, from an address."""
    with running.client() as client:
        return client.post("/feedback", json=judgement, headers={"x-forwarded-for": by})


def test_readers_are_counted_and_nobody_twice(asks: Running, url: str) -> None:
    """The same of the same is one; of questions, what is private is taken out."""
    for by in ("192.0.2.1", "192.0.2.1", "192.0.2.2"):
        assert post(asks, by, right=False, page="components/arbiter/").status_code == 204
    post(asks, "192.0.2.1", right=True, page="components/arbiter/index.html")
    post(asks, "192.0.2.1", right=False, question="Does jane@example.org need the Arbiter?")
    wanted = {
        ("/components/arbiter/", "wrong", 2),
        ("/components/arbiter/", "right", 1),
        ("does [e-mail] need the arbiter", "wrong", 1),
    }
    until(lambda: said(url) >= wanted)

    assert not [one for one in said(url) if "jane" in one[0]]
    shown = kb("gaps", "--docs-dir", str(K0), KB_GAPS_URL=url).stdout
    assert "/components/arbiter/: called wrong 2 times, right once" in shown
    assert "No question is without an answer" in shown


@pytest.mark.parametrize(
    ("judgement", "status", "problem"),
    [
        ({"right": True}, 422, "invalid-parameter"),
        ({"right": True, "page": "", "question": "x"}, 422, "invalid-parameter"),
        ({"right": True, "page": "components/nothing/"}, 422, "invalid-parameter"),
        ({"right": True, "page": "../../etc/passwd"}, 422, "invalid-parameter"),
        ({"right": True, "page": "assets/kb/js/kb.js"}, 422, "invalid-parameter"),
        ({"right": "yes", "page": ""}, 422, "invalid-type"),
        ({"right": True, "question": ""}, 422, "invalid-parameter"),
        ({"right": True, "question": " \u200b"}, 422, "missing-question"),
        ({"right": True, "question": "a\0b"}, 422, "invalid-characters"),
        ({"right": True, "page": "index.htmlindex.html"}, 422, "invalid-parameter"),
        ({"right": True, "question": "x" * 2_001}, 422, "invalid-parameter"),
        ({"right": True, "page": "", "comment": "x"}, 422, "unknown-field"),
        ({"right": True, "question": "x" * 70_000}, 413, "body-too-large"),
    ],
)
def test_what_is_no_judgement_is_refused(
    asks: Running, judgement: dict[str, Any], status: int, problem: str
) -> None:
    """With its reason; there is no room for a comment."""
    reply = post(asks, "192.0.2.3", **judgement)

    assert (reply.status_code, reply.json()["type"].rpartition("/")[2]) == (status, problem)


def test_who_says_too_much_is_told_when_to_go_on(asks: Running) -> None:
    """Each client may say so much in an hour; others are not held up by it."""
    replies = [post(asks, "192.0.2.4", right=True, question=f"{at}?") for at in range(MOST + 1)]

    assert {one.status_code for one in replies[:-1]} == {204}
    assert replies[-1].status_code == 429
    assert 3_500 < int(replies[-1].headers["retry-after"]) <= 3_600
    assert post(asks, "192.0.2.5", right=True, page="").status_code == 204


def test_only_known_pages_of_others_may_say_something(asks: Running) -> None:
    """A browser asks first; a listed origin may, another may not, nor without JSON."""
    wanted = {"access-control-request-method": "POST"}
    with asks.client() as client:
        listed = client.options("/feedback", headers={"origin": WIKI, **wanted})
        other = client.options("/feedback", headers={"origin": "https://evil.example", **wanted})
        plain = client.post("/feedback", content=b"{}", headers={"content-type": "text/plain"})

    assert "POST" in listed.headers["access-control-allow-methods"]
    assert "access-control-allow-methods" not in other.headers
    assert plain.status_code == 415


def test_it_is_off_by_default(url: str) -> None:
    """A database alone does not switch it on."""
    with serving(K0, KB_GAPS_URL=url) as running, running.client() as client:
        until(lambda: site_is_ready(client))
        assert client.post("/feedback", json={"right": True, "page": ""}).status_code in (404, 405)


def test_without_a_database_it_cannot_be_switched_on() -> None:
    """The service does not start, and says what is missing."""
    ended = subprocess.run(
        [sys.executable, "-m", "kb.cli", "serve", "--docs-dir", str(K0), "--port", "0"],
        cwd=ROOT,
        env={**os.environ, "KB_FEEDBACK": "on"},
        capture_output=True,
        text=True,
        timeout=60,
    )

    assert ended.returncode == 2
    assert "KB_FEEDBACK" in ended.stderr
    assert "KB_GAPS_URL" in ended.stderr
