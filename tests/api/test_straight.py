"""Plain questions go a short way, and nobody can tell from the reply which way it came."""

from __future__ import annotations

import asyncio
from urllib.parse import quote

import httpx
import pytest
from starlette.types import Scope

from api import straight
from api.app import create_app, with_front
from api.gate import new_id
from api.settings import Settings
from api.straight import PATH, plain_question
from kb import KnowledgeBase
from tests.api.running import DOCS
from tests.api.test_hostile import EXPENSIVE

QUESTION = "q=does+the+backup+service+need+a+cluster+resource%3F"
QUERIES = (
    *(QUESTION, f"{QUESTION}&", "q=quorum&expect=" + "0" * 32, f"{QUESTION}&{QUESTION}"),
    *("", "q", "q=", "q=+", "q=%00", "q=%zz", "q=%ff", "q=a%2Bb+c", "q=a;b", "q=a=b", "%71=a"),
    *("Q=a", "q=a&nothing=b", "expect=" + "0" * 32, f"q={'a' * 2_001}", "q=%F0%9F%98%80"),
    *(f"q={quote(one)}" for one in EXPENSIVE.values()),
)
HEADERS: tuple[dict[str, str], ...] = (
    {},
    {"accept": "text/html,*/*;q=0.8"},
    {"accept": "text/markdown"},
    {"accept-encoding": "br", "origin": "https://wiki.example.org"},
    {"if-none-match": "*"},
    {"host": "elsewhere.test"},
)


@pytest.fixture(scope="module")
def knowledge() -> KnowledgeBase:
    """The project's own pages."""
    return KnowledgeBase.build(DOCS)


def replies(knowledge: KnowledgeBase | None, **settings: object) -> list[tuple[object, ...]]:
    """Return what a service that keeps nothing replies to all requests, but for their ids."""
    chosen = Settings.model_validate(
        {"most_kept_bytes": 0, "allowed_hosts": ("kb.test",), "cors_origins": ("*",), **settings}
    )
    front = with_front(create_app(chosen, knowledge))

    async def ask() -> list[tuple[object, ...]]:
        found: list[tuple[object, ...]] = []
        transport = httpx.ASGITransport(front)
        async with httpx.AsyncClient(transport=transport, base_url="http://kb.test") as client:
            for query in QUERIES:
                for headers in HEADERS:
                    for method in ("GET", "HEAD"):
                        name = new_id()
                        named = {**headers, "x-request-id": name}
                        reply = await client.request(method, f"{PATH}?{query}", headers=named)
                        fields = [(one, value.replace(name, "")) for one, value in _fields(reply)]
                        found.append((query, reply.status_code, fields, _text(reply, name)))
        return found

    return asyncio.run(ask())


def _fields(reply: httpx.Response) -> list[tuple[str, str]]:
    return [one for one in reply.headers.multi_items() if one[0] != "ratelimit"]


def _text(reply: httpx.Response, name: str) -> str:
    return reply.text.replace(name, "")


def test_both_ways_give_the_same_replies(
    knowledge: KnowledgeBase, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever is asked, in whatever form, and however wrong: no reply tells which way it came."""
    for content in (knowledge, None):
        short = replies(content)
        with monkeypatch.context() as patched:
            patched.setattr(straight, "plain_question", lambda _: None)
            assert replies(content) == short


def test_questions_on_the_short_way_are_rationed(knowledge: KnowledgeBase) -> None:
    """What one client may ask is counted before a question is looked at."""
    statuses = [one[1] for one in replies(knowledge, rate_limit="3/minute")]

    assert 429 in statuses
    assert statuses.count(200) <= 3


def _scope(query: str, method: str = "GET", path: str = PATH) -> Scope:
    return {"type": "http", "method": method, "path": path, "query_string": query.encode()}


def test_a_question_with_nothing_else_goes_the_short_way() -> None:
    """It is read as the framework reads it."""
    assert plain_question(_scope("q=a%2Bb+c%3D=d&")) == "a+b c==d"


@pytest.mark.parametrize(
    "scope",
    [
        _scope("q=a", "POST"),
        _scope("q=a", path="/search"),
        _scope("q=a&expect=b"),
        _scope("q=a&q=a"),
        _scope("Q=a"),
        _scope(""),
        _scope("q=%ff"),
        {"type": "lifespan"},
    ],
)
def test_anything_else_goes_the_long_way(scope: Scope) -> None:
    """The routes refuse what is no question, and find what is another one."""
    assert plain_question(scope) is None
