"""What all replies have in common, on every route that there is and on the files of the site."""

from __future__ import annotations

import gzip
import re

import brotli
import httpx
import pytest

from api.app import create_app
from api.documents import WHOLE
from api.settings import Settings
from kb import CONTENT_SECURITY_POLICY
from tests.api.test_reference import routes_of

BETWEEN = "from=active-passive&to=active-active"
NAMES = {
    "/components/{name}": "/components/backup-service",
    "/products/{name}": "/products/sql-safe-backup",
    "/topologies/{name}": "/topologies/active-active",
    "/resources/{name}": "/resources/generic-service",
    "/conditions/{name}": "/conditions/fault-tolerance",
    "/procedures/{name}": "/procedures/registering-services-as-clustered-resource",
    "/sources/{name}": "/sources/clustering-considerations",
    "/problems/{slug}": "/problems/not-found",
    "/components/{name}/diff": f"/components/backup-service/diff?{BETWEEN}",
    "/products/{name}/diff": f"/products/sql-safe-backup/diff?{BETWEEN}",
    "/search": "/search?q=cluster",
    "/ask": "/ask?q=what+must+I+do+for+the+agent",
}
"""Route -> an address of it that needs more than the path."""
ROUTES = sorted(
    NAMES.get(route.path, route.path)
    for name, route in routes_of(create_app(Settings()))
    if name.startswith("GET ")
)
FILES = ("/", "/components/backup-service/", "/assets/kb/kb.css", "/sitemap.xml", "/404.html")
PROBES = ("/livez", "/readyz")
FORMS = ("/components/backup-service.json", "/components/backup-service.md", "/api/swagger-ui.css")
ADDRESSES = sorted({*ROUTES, *FILES, *FORMS, *(f"/{one}" for one in WHOLE)})
CACHED = [one for one in ADDRESSES if one not in PROBES]
OF_ONE_REQUEST = {"x-request-id", "date"}
DECODERS = {"br": brotli.decompress, "gzip": gzip.decompress, "identity": bytes}


def raw(client: httpx.Client, method: str, address: str, **headers: str) -> httpx.Response:
    """Send a request; the content of the reply is left as it came."""
    request = client.build_request(method, address, headers={"accept-encoding": "", **headers})
    reply = client.send(request, stream=True)
    reply._content = b"".join(reply.iter_raw())
    return reply


def kept(reply: httpx.Response) -> dict[str, str]:
    """Return the headers of a reply that do not belong to one request."""
    return {name: one for name, one in reply.headers.items() if name not in OF_ONE_REQUEST}


def test_all_routes_are_walked() -> None:
    """The addresses below are those of every route, and none is there twice."""
    assert len(ROUTES) > 20
    assert len(set(ROUTES)) == len(ROUTES)
    assert not [one for one in ROUTES if "{" in one]


@pytest.mark.parametrize("address", ADDRESSES)
def test_head_is_get(client: httpx.Client, address: str) -> None:
    """HEAD has the status and headers of GET in every encoding, with the length, and no body."""
    for encoding in DECODERS:
        got = raw(client, "GET", address, **{"accept-encoding": encoding})
        headed = raw(client, "HEAD", address, **{"accept-encoding": encoding})

        assert headed.status_code == got.status_code == 200
        assert int(headed.headers["content-length"]) == len(got.content)
        assert headed.content == b""
        assert kept(headed) == kept(got)


@pytest.mark.parametrize("address", CACHED)
def test_every_encoding_is_the_same_and_has_its_own_tag(client: httpx.Client, address: str) -> None:
    """The encodings differ in nothing but length and tag, and each tag gives 304 for its own."""
    plain = raw(client, "GET", address)
    tags = set()
    for encoding in DECODERS:
        got = raw(client, "GET", address, **{"accept-encoding": encoding})
        told = got.headers.get("content-encoding", "identity")
        tags.add(got.headers["etag"])

        assert told in (encoding, "identity")
        assert DECODERS[told](got.content) == plain.content
        assert re.fullmatch(r'"[0-9a-f]{32}(-br|-gzip)?"', got.headers["etag"])
        assert got.headers["cache-control"] == "no-cache"
        assert got.headers.get("vary") == plain.headers.get("vary")
        tag = {"if-none-match": got.headers["etag"], "accept-encoding": encoding}
        again = raw(client, "GET", address, **tag)
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["etag"] == got.headers["etag"]
        assert again.headers.get("vary") == got.headers.get("vary")
        assert "content-encoding" not in again.headers
        if told != "identity":
            assert len(got.content) < len(plain.content)
            assert "Accept-Encoding" in got.headers["vary"]
            assert raw(client, "GET", address, **{"if-none-match": tag["if-none-match"]}).content
    assert len(tags) in (1, 3)
    if len(plain.content) >= 10_000:
        assert len(tags) == 3, "what is long is compressed"


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_reply_says_what_a_browser_may_do(client: httpx.Client, address: str) -> None:
    """Pages have the policy of the site, everything else may do nothing at all."""
    reply = client.get(address)
    policy = reply.headers["content-security-policy"]
    is_page = reply.headers["content-type"].startswith("text/html")

    assert reply.headers["x-content-type-options"] == "nosniff"
    assert reply.headers["referrer-policy"] == "same-origin"
    assert reply.headers["cross-origin-resource-policy"] == "same-origin"
    assert "frame-ancestors 'none'" in policy
    assert policy.startswith("default-src 'none'")
    if address in FILES and is_page:
        assert policy == CONTENT_SECURITY_POLICY
        assert reply.headers["cross-origin-opener-policy"] == "same-origin"
        assert "camera=()" in reply.headers["permissions-policy"]
    elif not is_page:
        assert policy == "default-src 'none'; frame-ancestors 'none'"
    assert "server" not in reply.headers


def test_a_script_of_the_site_may_work_in_the_background(client: httpx.Client) -> None:
    """Workers have the policy that their own script came with."""
    script = re.search(r'"(assets/[^"]+\.js)"', client.get("/").text)
    assert script

    policy = client.get(f"/{script[1]}").headers["content-security-policy"]
    assert policy == CONTENT_SECURITY_POLICY


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_request_id_is_echoed(client: httpx.Client, address: str) -> None:
    """Every reply has the id that the client gave its request."""
    assert client.get(address, headers={"x-request-id": "ab.1"}).headers["x-request-id"] == "ab.1"


@pytest.mark.parametrize(
    ("accepted", "given"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("gzip, deflate", "gzip"),
        ("*", "br"),
        ("br;q=0.5, gzip", "gzip"),
        ("br;q=0, *", "gzip"),
        ("gzip;q=0.3, identity", None),
        ("gzip;q=0", None),
        ("identity", None),
        ("zstd", None),
        ("", None),
        ("gzip;q=x, ,;;", "gzip"),
    ],
)
def test_the_encoding_that_is_wanted_most_is_given(
    client: httpx.Client, accepted: str, given: str | None
) -> None:
    """Quality decides, then what is smaller; what is not known is passed over."""
    reply = raw(client, "GET", "/components", **{"accept-encoding": accepted})

    assert reply.headers.get("content-encoding") == given


def test_what_is_compressed_already_is_left(client: httpx.Client) -> None:
    """Pictures, fonts and short replies are sent as they are."""
    pictures = re.findall(r'(?:href|src)="(assets/[^"]+\.(?:png|woff2))"', client.get("/").text)

    assert pictures
    for address in (*(f"/{one}" for one in pictures), "/problems/not-found"):
        reply = raw(client, "GET", address, **{"accept-encoding": "br, gzip"})
        assert "content-encoding" not in reply.headers
        if not address.startswith("/problems"):
            assert "vary" not in reply.headers


def test_what_is_posted_is_compressed_too(client: httpx.Client) -> None:
    """The answer to a posted question is the same in all encodings, and no cache keeps it."""
    asked = {"q": "what must I do for the agent?"}
    plain = client.post("/ask", json=asked, headers={"accept-encoding": "identity"})
    small = client.post("/ask", json=asked, headers={"accept-encoding": "gzip"})

    assert small.headers["content-encoding"] == "gzip"
    assert small.content == plain.content
    assert "etag" not in small.headers
    assert small.headers["cache-control"] == "no-store"


BROWSER = {"accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}


@pytest.mark.parametrize(
    ("address", "status", "told"),
    [
        ("/components/zzzz", 404, "No component is called"),
        ("/components/%3Cscript%3Ealert(1)%3C%2Fscript%3E", 404, "&lt;script&gt;alert(1)"),
        ("/components/backup-servise", 404, 'href="/components/backup-service"'),
        ("/ask", 422, "question"),
        ("/components?limit=0", 422, "limit"),
        ("/problems/not-fond", 404, "not-found"),
        (f"/ask?q={'a' * 9000}", 414, "8192"),
    ],
)
def test_a_browser_is_shown_a_page(
    client: httpx.Client, address: str, status: int, told: str
) -> None:
    """Who meets a problem with a browser can read it, and go on; nothing sent becomes markup."""
    reply = client.get(address, headers=BROWSER)

    assert reply.status_code == status
    assert reply.headers["content-type"] == "text/html; charset=utf-8"
    assert reply.headers["content-security-policy"].startswith("default-src 'none'; style-src")
    assert "vary" in reply.headers
    assert told in reply.text
    assert 'href="/"' in reply.text
    assert reply.headers["x-request-id"] in reply.text
    assert "<script" not in reply.text
