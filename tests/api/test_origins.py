"""Pages of other origins: those that are allowed may read replies, and no others."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest

from api.settings import Settings
from tests.api.running import DOCS, serving

ALLOWED = "https://wiki.example.org"
OTHER = "https://evil.example"
ASKS = {"access-control-request-method": "POST", "access-control-request-headers": "content-type"}
PATHS = ("/components", "/livez", "/zzzz", "/ask?q=agent", "/ask", "/components?q=%ff",
         f"/ask?q={'a' * 9000}")  # fmt: skip


@pytest.fixture(scope="module")
def two() -> Iterator[httpx.Client]:
    """A client of a server that allows two origins."""
    allowed = f"{ALLOWED}, http://localhost:3000"
    with serving(DOCS, KB_CORS_ORIGINS=allowed) as running, running.client() as client:
        yield client


@pytest.mark.parametrize("path", PATHS)
def test_an_allowed_page_may_read_every_reply(two: httpx.Client, path: str) -> None:
    """Replies, errors too, name the origin that asked and what it may read, for it alone."""
    reply = two.get(path, headers={"origin": ALLOWED})

    assert reply.headers["access-control-allow-origin"] == ALLOWED
    assert "Origin" in reply.headers["vary"]
    for name in ("ETag", "Link", "Retry-After", "X-Request-ID", "RateLimit"):
        assert name in reply.headers["access-control-expose-headers"].split(", ")
    assert "access-control-allow-credentials" not in reply.headers


@pytest.mark.parametrize("origin", [OTHER, "null", f"{ALLOWED}.evil.example", "http://wiki", ""])
@pytest.mark.parametrize("path", PATHS)
def test_no_other_page_may(two: httpx.Client, path: str, origin: str) -> None:
    """Other origins are told nothing; caches are told that another page would be."""
    reply = two.get(path, headers={"origin": origin})

    assert not [one for one in reply.headers if one.startswith("access-control")]
    assert "Origin" in reply.headers["vary"]


def test_a_page_that_has_the_reply_may_keep_it(two: httpx.Client) -> None:
    """304 says it again."""
    etag = two.get("/components").headers["etag"]
    reply = two.get("/components", headers={"origin": ALLOWED, "if-none-match": etag})

    assert reply.status_code == 304
    assert reply.headers["access-control-allow-origin"] == ALLOWED


def test_a_browser_that_asks_before_it_asks_is_told(two: httpx.Client) -> None:
    """An allowed page is told what it may send; another one is not."""
    yes = two.options("/ask", headers={"origin": ALLOWED, **ASKS})
    no = two.options("/ask", headers={"origin": OTHER, **ASKS})
    plain = two.options("/ask", headers={"origin": ALLOWED})

    assert (yes.status_code, yes.content) == (204, b"")
    assert "POST" in yes.headers["access-control-allow-methods"]
    assert "Content-Type" in yes.headers["access-control-allow-headers"]
    assert yes.headers["access-control-allow-origin"] == ALLOWED
    assert yes.headers["access-control-max-age"] == "7200"
    assert not [one for one in no.headers if one.startswith("access-control")]
    assert (plain.status_code, plain.headers["allow"]) == (204, "GET, HEAD, POST, OPTIONS")


def test_without_the_setting_no_page_may(client: httpx.Client) -> None:
    """By default no origin is allowed, and replies do not depend on it."""
    reply = client.get("/components", headers={"origin": ALLOWED})

    assert not [one for one in reply.headers if one.startswith("access-control")]
    assert "Origin" not in reply.headers["vary"]


@pytest.mark.parametrize("value", ["wiki.example.org", "https://x/", "https://x/y", "ftp://x", "x"])
def test_what_is_no_origin_is_refused(value: str) -> None:
    """A setting that could never match is told at the start."""
    with pytest.raises(ValueError, match="origins such as"):
        Settings(cors_origins=value)  # type: ignore[arg-type] # as the environment gives it
