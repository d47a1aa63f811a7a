"""Bad input: each row of the table has its status and problem type, and one shape for all."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from api.problem_types import KINDS
from tests.api.running import DOCS, Running, serving

JSON = {"content-type": "application/json"}
POST = "POST /ask HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"


def check_shape(reply: httpx.Response, status: int, slug: str) -> dict[str, Any]:
    """Check the shape that every error has, and return its members."""
    assert reply.status_code == status, reply.text
    assert reply.headers["content-type"] == "application/problem+json"
    assert reply.headers["cache-control"] == "no-store"
    assert reply.headers["x-content-type-options"] == "nosniff"
    problem: dict[str, Any] = json.loads(reply.content)
    assert problem["type"] == f"/problems/{slug}"
    assert problem["status"] == status == KINDS[slug].status
    assert problem["title"] == KINDS[slug].title
    assert problem["detail"].endswith((".", "?"))
    assert problem["instance"] == reply.headers["x-request-id"]
    known = {"did_you_mean", "candidates", "limit", "pointer", "diagnostics"}
    assert problem.keys() <= {"type", "title", "status", "detail", "instance"} | known
    assert None not in problem.values()
    assert all(char.isprintable() or char == "\n" for char in reply.text)
    return problem


@pytest.mark.parametrize(
    ("path", "status", "slug"),
    [
        ("/ask", 422, "missing-question"),
        ("/ask?q=", 422, "missing-question"),
        ("/ask?q=%20%09", 422, "missing-question"),
        ("/ask?q=%E2%80%8B", 422, "missing-question"),
        ("/search", 422, "missing-question"),
        ("/search?q=", 422, "missing-question"),
        (f"/ask?q={'a' * 2001}", 422, "question-too-long"),
        (f"/search?q={'a' * 2001}", 422, "question-too-long"),
        (f"/ask?q={'a' * 8200}", 414, "uri-too-long"),
        (f"/components/{'a' * 8200}", 414, "uri-too-long"),
        ("/ask?q=a&q=b", 400, "duplicate-parameter"),
        ("/components?limit=1&limit=1", 400, "duplicate-parameter"),
        ("/ask?q=a&x=b", 422, "unknown-field"),
        ("/ask?question=a", 422, "unknown-field"),
        ("/components?topolgy=x", 422, "unknown-field"),
        ("/components/agent?limit=1", 422, "unknown-field"),
        ("/livez?x=1", 422, "unknown-field"),
        ("/openapi.json?x", 422, "unknown-field"),
        ("/ask?q=%ff", 400, "invalid-encoding"),
        ("/ask?q=%c0%af", 400, "invalid-encoding"),
        ("/ask?q=%e2%82", 400, "invalid-encoding"),
        ("/ask?q=%", 400, "invalid-encoding"),
        ("/ask?q=%zz", 400, "invalid-encoding"),
        ("/search?q=%ff", 400, "invalid-encoding"),
        ("/ask?q=%ed%a0%80", 400, "invalid-encoding"),
        ("/ask?q=a%00b", 422, "invalid-characters"),
        ("/ask?q=a%07b", 422, "invalid-characters"),
        ("/ask?q=%ef%bf%be", 422, "invalid-characters"),
        ("/search?q=a%00b", 422, "invalid-characters"),
        ("/components?limit=0", 422, "invalid-parameter"),
        ("/components?limit=-1", 422, "invalid-parameter"),
        ("/components?limit=%2B1", 422, "invalid-parameter"),
        ("/components?limit=1e9", 422, "invalid-parameter"),
        ("/components?limit=1000000000", 422, "invalid-parameter"),
        ("/components?limit=1_0", 422, "invalid-parameter"),
        ("/components?limit=%D9%A1", 422, "invalid-parameter"),
        ("/components?limit=", 422, "invalid-parameter"),
        ("/components?offset=-1", 422, "invalid-parameter"),
        ("/components?level=musst", 422, "invalid-parameter"),
        ("/components?placement=x", 422, "invalid-parameter"),
        ("/components?product=x", 422, "invalid-parameter"),
        ("/components?topology=", 422, "invalid-parameter"),
        ("/components?resource=zzzz", 422, "invalid-parameter"),
        ("/components?kind=zzzz", 422, "invalid-parameter"),
        ("/components?version=1", 422, "invalid-parameter"),
        ("/components/agent?version=1", 422, "invalid-parameter"),
        (f"/components/agent?topology={'x' * 201}", 422, "invalid-parameter"),
        ("/matrix?product=zzzz", 422, "invalid-parameter"),
        ("/search?q=a&limit=101", 422, "invalid-parameter"),
        ("/search?q=a&type=zzzz", 422, "invalid-parameter"),
        ("/search?q=a&type=", 422, "invalid-parameter"),
        ("/ask?q=a&expect=1", 422, "invalid-parameter"),
        ("/components/zzzz", 404, "unknown-component"),
        ("/components/..%2f..%2fetc%2fpasswd", 404, "unknown-component"),
        ("/components/a%00b", 404, "unknown-component"),
        ("/components/%0d%0aSet-Cookie:x=1", 404, "unknown-component"),
        (f"/components/{'x' * 5000}", 404, "unknown-component"),
        ("/components/.json", 404, "unknown-component"),
        ("/components/%ff", 404, "not-found"),
        ("/components/%c0%ae%c0%ae", 404, "not-found"),
        ("/components/%", 404, "not-found"),
        ("/components/agent/more", 404, "not-found"),
        ("/components//", 404, "not-found"),
        ("/zzzz", 404, "not-found"),
        ("/livez%0a", 404, "not-found"),
        ("/components%0a", 404, "not-found"),
        ("/openapi.json/..;/", 404, "not-found"),
        ("/api/secret.js", 404, "not-found"),
        ("/problems/zzzz", 404, "not-found"),
        ("/../../etc/passwd", 404, "not-found"),
        ("/..%2f..%2f..%2fetc/passwd", 404, "not-found"),
        ("/assets/..%5c..%5cmkdocs.yml", 404, "not-found"),
        ("/%2e%2e/%2e%2e/pyproject.toml", 404, "not-found"),
    ],
)
def test_a_bad_address_is_refused(server: Running, path: str, status: int, slug: str) -> None:
    """Each bad path and query has its status and type; the path is sent as it stands here."""
    check_shape(server.exchange(f"GET {path} HTTP/1.1\r\nHost: x\r\n\r\n"), status, slug)


@pytest.mark.parametrize(
    ("body", "status", "slug"),
    [
        (b"", 400, "malformed-json"),
        (b"{", 400, "malformed-json"),
        (b"{'q': 'x'}", 400, "malformed-json"),
        (b'{"q": "x"} x', 400, "malformed-json"),
        (b'{"q": NaN}', 400, "malformed-json"),
        (b'{"q": -Infinity}', 400, "malformed-json"),
        (b'{"q": ' + b"1" * 5000 + b"}", 400, "malformed-json"),
        (b"[" * 21 + b"]" * 21, 400, "malformed-json"),
        (b"[" * 30000, 400, "malformed-json"),
        (b'{"a":' * 30 + b"1" + b"}" * 30, 400, "malformed-json"),
        (b'{"q": "a\nb"}', 400, "malformed-json"),
        (b'\xef\xbb\xbf{"q": "x"}', 400, "malformed-json"),
        (b'{"q": "a", "q": "b"}', 400, "duplicate-parameter"),
        (b'{"q": "\xff"}', 400, "invalid-encoding"),
        ('{"q": "x"}'.encode("utf-16"), 400, "invalid-encoding"),
        ('{"q": "x"}'.encode("utf-16-le"), 400, "invalid-encoding"),
        ('{"q": "x"}'.encode("utf-32"), 400, "invalid-encoding"),
        (b'{"q": 5}', 422, "invalid-type"),
        (b'{"q": ["x"]}', 422, "invalid-type"),
        (b'{"q": null}', 422, "invalid-type"),
        (b'{"q": true}', 422, "invalid-type"),
        (b"[]", 422, "invalid-type"),
        (b"null", 422, "invalid-type"),
        (b'"x"', 422, "invalid-type"),
        (b"{}", 422, "missing-question"),
        (b'{"q": ""}', 422, "missing-question"),
        (b'{"q": "x", "y": 1}', 422, "unknown-field"),
        (b'{"question": "x"}', 422, "unknown-field"),
        (b'{"q": "x", "\\ud800": 1}', 422, "invalid-characters"),
        (b'{"q": "x", "a\\u0007~/b": 1}', 422, "unknown-field"),
        (b'{"q": "x", "expect": "1"}', 422, "invalid-parameter"),
        (b'{"q": "\\ud800"}', 422, "invalid-characters"),
        (b'{"q": "a\\u0000b"}', 422, "invalid-characters"),
        (b'{"q": "' + b"a" * 2001 + b'"}', 422, "question-too-long"),
        ('{"q": "' + "\u0301\u0316" * 1500 + '"}', 422, "question-too-long"),
        (b'{"q": "' + b"a" * 65536 + b'"}', 413, "body-too-large"),
    ],
)
def test_a_bad_body_is_refused(
    client: httpx.Client, body: bytes | str, status: int, slug: str
) -> None:
    """Each bad body has its status and type."""
    check_shape(client.post("/ask", content=body, headers=JSON), status, slug)


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"content-type": "text/plain"},
        {"content-type": "application/x-www-form-urlencoded"},
        {"content-type": "multipart/form-data; boundary=x"},
        {"content-type": "application/json; charset=utf-16"},
        {"content-type": "application/jsonx"},
        {"content-type": "application/json", "content-encoding": "gzip"},
        [*JSON.items(), ("content-encoding", "identity"), ("content-encoding", "gzip")],
    ],
)
def test_a_body_of_another_media_type_is_refused(
    client: httpx.Client, headers: dict[str, str] | list[tuple[str, str]]
) -> None:
    """Bodies are plain JSON."""
    reply = client.post("/ask", content=b'{"q": "x"}', headers=headers)

    check_shape(reply, 415, "unsupported-media-type")


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("PUT", "/components", "GET, HEAD, OPTIONS"),
        ("DELETE", "/components/backup-service", "GET, HEAD, OPTIONS"),
        ("PATCH", "/ask", "GET, HEAD, POST, OPTIONS"),
        ("TRACE", "/livez", "GET, HEAD, OPTIONS"),
        ("POST", "/search", "GET, HEAD, OPTIONS"),
        ("POST", "/components/backup-service/", "GET, HEAD, OPTIONS"),
    ],
)
def test_a_method_that_an_address_does_not_have(
    client: httpx.Client, method: str, path: str, allowed: str
) -> None:
    """The reply lists the methods that there are; OPTIONS lists the same."""
    reply = client.request(method, path)
    options = client.request("OPTIONS", path)

    check_shape(reply, 405, "method-not-allowed")
    assert reply.headers["allow"] == allowed
    assert (options.status_code, options.headers["allow"]) == (204, allowed)


@pytest.mark.parametrize("piece", [b'"\\', b'"', b"\\", b'{"q":"\\"', b"[", b"1", b'"\\\\'])
def test_a_hostile_body_takes_no_time(client: httpx.Client, piece: bytes) -> None:
    """However its marks are arranged, a body of the greatest size is judged at once."""
    begun = time.monotonic()
    reply = client.post("/ask", content=piece * (65_536 // len(piece)), headers=JSON)

    check_shape(reply, 400, "malformed-json")
    assert time.monotonic() - begun < 1


def test_a_method_on_nothing_is_not_found(client: httpx.Client) -> None:
    """What is not there has no methods."""
    check_shape(client.post("/zzzz"), 404, "not-found")


@pytest.mark.parametrize("path", ["/ask?q=x", "/search?q=x", "/components", "/matrix"])
def test_an_unacceptable_form_is_refused(client: httpx.Client, path: str) -> None:
    """Where no form is acceptable, the forms that there are are listed."""
    reply = client.get(path, headers={"accept": "image/png"})

    assert "application/json" in check_shape(reply, 406, "not-acceptable")["candidates"]


@pytest.mark.parametrize("ranges", ["bytes=0-1", "bytes=" + ",".join(["0-1"] * 101)])
@pytest.mark.parametrize("path", ["/components", "/components/backup-service/"])
def test_ranges_are_not_given(client: httpx.Client, path: str, ranges: str) -> None:
    """A range is answered with the whole."""
    reply = client.get(path, headers={"range": ranges})

    assert reply.status_code == 200
    assert reply.content == client.get(path).content


@pytest.fixture(scope="module")
def strict() -> Iterator[Running]:
    """A server with other limits and a host of its own."""
    with serving(
        DOCS,
        KB_ALLOWED_HOSTS="kb.example.org, 127.0.0.1",
        KB_MAX_URL_BYTES="300",
        KB_MAX_BODY_BYTES="1024",
        KB_MAX_JSON_DEPTH="2",
        KB_MAX_HEADERS="8",
        KB_BASE_URL="https://kb.example.org/kb",
    ) as running:
        yield running


@pytest.mark.parametrize(
    ("request_", "slug"),
    [
        ("GET /livez HTTP/1.1\r\nHost: evil.example\r\n\r\n", "invalid-host"),
        ("GET /livez HTTP/1.1\r\nHost: kb.example.org.evil.example\r\n\r\n", "invalid-host"),
        (f"GET /ask?q={'a' * 300} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", "uri-too-long"),
        ("GET /livez HTTP/1.1\r\nHost: 127.0.0.1\r\n" + "A: b\r\n" * 8 + "\r\n",
         "headers-too-large"),
        (
            "POST /ask HTTP/1.1\r\nHost: KB.example.org:80\r\nContent-Length: 1025\r\n\r\n",
            "body-too-large",
        ),
        (
            f"{POST.replace('x', 'kb.example.org')}Content-Length: 7\r\n\r\n[[[1]]]",
            "malformed-json",
        ),
    ],
)  # fmt: skip
def test_the_limits_are_settings(strict: Running, request_: str, slug: str) -> None:
    """A smaller limit is kept, and addresses in replies begin with the base that is set."""
    reply = strict.exchange(request_)

    assert reply.status_code == KINDS[slug].status
    assert reply.json()["type"] == f"https://kb.example.org/kb/problems/{slug}"


def test_addresses_begin_with_the_base(strict: Running) -> None:
    """Links of all kinds lead to where the service is reached, not to where it listens."""
    with strict.client() as client:
        base = "https://kb.example.org/kb/"
        component = client.get("/components/agent")

        assert component.json()["self"] == f"{base}components/backup-service"
        assert component.json()["url"] == f"{base}components/backup-service/"
        assert component.headers["content-location"] == f"{base}components/backup-service"
        assert client.get("/components?limit=1").links["next"]["url"].startswith(base)


def test_error_shape(client: httpx.Client) -> None:
    """Every route tells every error in the one shape."""
    paths = client.get("/openapi.json").json()["paths"]

    assert len(paths) > 15
    for path in paths:
        address = path.replace("{name}", "backup-service").replace("{slug}", "not-found")
        check_shape(client.put(address), 405, "method-not-allowed")
        check_shape(client.get(f"{address}?no-such=1"), 422, "unknown-field")
        check_shape(client.get(f"{address}?%ff"), 400, "invalid-encoding")
