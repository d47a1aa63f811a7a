"""The nginx of deploy/: what it passes on, what it refuses, and who it lets wait no longer."""

from __future__ import annotations

import json
import socket
import ssl
import threading
import time
from contextlib import ExitStack
from pathlib import Path

import httpx
import pytest

from api.problem_types import KINDS
from tests.api.running import Running
from tests.deploy.conftest import ANYBODY, NAME, Proxy, proxied

HEAD = f"Host: {NAME}\r\nConnection: close\r\n".encode()
SLOW = 300
"""How many slow clients there are at once."""
LATEST_S = 16
"""When all of them must be gone, in seconds: the deadlines, and what a busy machine adds."""


def is_problem(reply: httpx.Response, slug: str) -> None:
    """See that a reply is the problem of a type, as the service itself would say it."""
    problem = reply.json()
    kind = KINDS[slug]
    assert reply.headers["content-type"] == "application/problem+json"
    assert reply.status_code == problem["status"] == kind.status
    assert problem["type"] == f"/problems/{slug}"
    assert problem["title"] == kind.title
    assert problem["instance"] == reply.headers["x-request-id"]
    assert reply.headers["cache-control"] == "no-store"
    assert reply.headers["x-content-type-options"] == "nosniff"


def test_replies_come_through_as_they_are(proxy: Proxy, behind: Running) -> None:
    """With the same bytes and headers as without a proxy, none of them twice, but for HSTS."""
    own = {"server", "date", "connection", "x-request-id", "strict-transport-security", "age"}
    with proxy.client() as through, behind.client() as direct:
        for path in ("/components", "/livez", "/nowhere", "/components?limit=0", "/openapi.json"):
            for encoding in ("identity", "gzip"):
                replies = [
                    one.get(path, headers={"accept-encoding": encoding, "x-request-id": "a1"})
                    for one in (through, direct)
                ]
                kept = [
                    sorted((k, v) for k, v in one.headers.multi_items() if k not in own)
                    for one in replies
                ]
                assert kept[0] == kept[1], path
                assert replies[0].content == replies[1].content
                names = [name for name, _ in replies[0].headers.multi_items()]
                assert len(names) == len(set(names))
                assert replies[0].headers["x-request-id"] == "a1"
                assert "strict-transport-security" in replies[0].headers
                assert replies[0].headers["server"] == "nginx"


def test_plain_http_leads_to_https(proxy: Proxy) -> None:
    """To the name of the service, whatever name was asked for."""
    address = f"http://127.0.0.1:{proxy.plain_port}/components?x=1"
    reply = httpx.get(address, headers={"host": "evil.example"}, trust_env=False)

    assert reply.status_code == 301
    assert reply.headers["location"] == f"https://{NAME}/components?x=1"


@pytest.mark.parametrize(
    ("request_", "slug"),
    [
        (b"GET /a HTTP/1.1\r\n" + HEAD + b"X: " + b"a" * 20_000 + b"\r\n\r\n", "headers-too-large"),
        (b"GET /a HTTP/1.1\r\n" + HEAD + b"X: 1\r\n" * 100 + b"\r\n", "headers-too-large"),
        (b"GET /" + b"a" * 20_000 + b" HTTP/1.1\r\n" + HEAD + b"\r\n", "uri-too-long"),
        (b"GET /" + b"a" * 10_000 + b" HTTP/1.1\r\n" + HEAD + b"\r\n", "uri-too-long"),
        (b"POST /ask HTTP/1.1\r\n" + HEAD + b"Content-Length: 99999\r\n\r\n", "body-too-large"),
        (
            b"POST /ask HTTP/1.1\r\n" + HEAD + b"Content-Type: application/json\r\n"
            b"Transfer-Encoding: chunked\r\n\r\n11000\r\n" + b"a" * 0x11000 + b"\r\n0\r\n\r\n",
            "body-too-large",
        ),
        (b"NONSENSE\r\n\r\n", "malformed-http"),
        (b"GET /a HTTP/1.1\r\nHost: a b\r\n\r\n", "malformed-http"),
        (
            b"POST /ask HTTP/1.1\r\n" + HEAD + b"Content-Length: 3\r\n"
            b"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            "malformed-http",
        ),
        (b"TRACE / HTTP/1.1\r\n" + HEAD + b"\r\n", "method-not-allowed"),
        (b"GET /_problem/413 HTTP/1.1\r\n" + HEAD + b"\r\n", "not-found"),
    ],
    ids=lambda one: one if isinstance(one, str) else "",
)
def test_what_is_refused_is_a_problem(proxy: Proxy, request_: bytes, slug: str) -> None:
    """Whether nginx or the service refuses it, a client gets the same type."""
    is_problem(proxy.exchange(request_), slug)


def test_a_service_that_is_gone_is_told(tmp_path: Path) -> None:
    """While nothing listens behind it, nginx says so, and that it is worth trying again."""
    with socket.create_server(("127.0.0.1", 0)) as one:
        port = one.getsockname()[1]
    with proxied(tmp_path, port) as proxy, proxy.client() as client:
        reply = client.get("/components")

    is_problem(reply, "unreachable")
    assert reply.headers["retry-after"] == "1"


def test_no_path_leads_out(proxy: Proxy) -> None:
    """Whatever a path climbs with, nothing but a refusal comes back."""
    steps = ("../", "..%2f", "%2e%2e/", "%2e%2e%2f", "..%252f", "..\\", "..%5c", "....//", "..;/")
    targets = ("nginx.conf", "etc/passwd", "etc/passwd%00.json", "privkey.pem")
    starts = ("/", "/components/", "/assets/", "/_problem/", "//", "/./")
    sources = iter(f"127.0.1.{n}" for n in range(1, 250))
    for start in starts:
        for step in steps:
            with proxy.client(next(sources)) as client:
                for target in targets:
                    path = (start + step * 6 + target).encode()
                    url = httpx.URL(str(client.base_url), raw_path=path)
                    reply = client.send(client.build_request("GET", url))
                    assert reply.status_code in (400, 404), url
                    assert "root:" not in reply.text
                    assert "daemon off" not in reply.text


def test_slow_heads_are_closed_while_others_are_served(proxy: Proxy) -> None:
    """Of hundreds that send a byte now and then none outlives its deadline; a good client does."""
    began = time.monotonic()
    with ExitStack() as stack:
        slow = [stack.enter_context(proxy.connect("127.0.0.2")) for _ in range(SLOW)]
        opened = time.monotonic()
        good = _Good(proxy, stack)
        alive = set(slow)
        for one in slow:
            one.sendall(b"GET /components HTTP/1.1\r\n")
        while alive and time.monotonic() - opened < 2 * LATEST_S:
            for one in list(alive):
                if not _takes(one, b"X"):
                    alive.discard(one)
            time.sleep(0.5)
        ended = time.monotonic() - opened
        good.stop()

    assert not alive
    assert ended < LATEST_S, f"connected in {opened - began:.1f} s"
    assert good.statuses == {200}
    assert len(good.durations) >= 20
    assert max(good.durations) < 2


def test_slow_bodies_are_closed_while_others_are_served(proxy: Proxy) -> None:
    """A body that goes on coming, but is not whole after ten seconds, is given up."""
    head = b"POST /ask HTTP/1.1\r\nHost: kb.example.org\r\nContent-Type: application/json\r\n"
    with ExitStack() as stack:
        slow = [stack.enter_context(proxy.connect(f"127.0.2.{n % 9 + 1}")) for n in range(100)]
        good = _Good(proxy, stack)
        opened = time.monotonic()
        for one in slow:
            one.sendall(head + b'Content-Length: 60000\r\n\r\n{"q": "')
        alive = set(slow)
        while alive and time.monotonic() - opened < 2 * LATEST_S:
            for one in list(alive):
                if not _takes(one, b"a"):
                    alive.discard(one)
            time.sleep(0.5)
        ended = time.monotonic() - opened
        good.stop()

    assert not alive
    assert ended < LATEST_S
    assert good.statuses == {200}
    assert max(good.durations) < 2


def test_a_slow_reader_holds_nothing_of_the_service(proxy: Proxy, behind: Running) -> None:
    """The service is rid of a reply at once, however slowly it is read: nginx keeps it."""
    request = b"GET /openapi.json HTTP/1.1\r\nHost: kb.example.org\r\n\r\n"
    with ExitStack() as stack:
        for _ in range(5):
            raw = socket.socket()
            raw.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            raw.bind(("127.0.3.1", 0))
            raw.connect(("127.0.0.1", proxy.port))
            reader = stack.enter_context(ANYBODY.wrap_socket(raw, server_hostname=NAME))
            reader.sendall(request * 15)  # more than the buffers of the system hold
        time.sleep(2)

        assert _unsent(behind.port) == 0


def test_one_client_has_so_many_connections_and_no_more(proxy: Proxy) -> None:
    """Beyond the cap it is refused, with a time to wait; another client is not."""
    head = b"POST /ask HTTP/1.1\r\nHost: kb.example.org\r\nContent-Type: application/json\r\n"
    with ExitStack() as stack:
        for _ in range(64):
            one = stack.enter_context(proxy.connect("127.0.0.4"))
            one.sendall(head + b"Content-Length: 100\r\n\r\n{")
        time.sleep(0.3)
        with proxy.client("127.0.0.4") as same, proxy.client("127.0.0.5") as other:
            refused, served = same.get("/livez"), other.get("/livez")

    is_problem(refused, "rate-limited")
    assert refused.headers["retry-after"] == "1"
    assert served.status_code == 200


def test_one_client_asks_so_often_and_no_more(proxy: Proxy) -> None:
    """Beyond the rate it is refused; another client is not."""
    with proxy.client("127.0.0.6") as same, proxy.client("127.0.0.7") as other:
        replies = [same.get("/livez") for _ in range(400)]
        served = other.get("/livez")

    refused = [one for one in replies if one.status_code != 200]
    assert 0 < len(refused) < 300
    is_problem(refused[0], "rate-limited")
    assert served.status_code == 200


def test_the_log_of_nginx_has_no_question(proxy: Proxy) -> None:
    """It has paths, and neither what was asked nor the query that held it."""
    with proxy.client("127.0.0.8") as client:
        client.get("/ask", params={"q": "zanzibarite"}, headers={"referer": "/?q=zanzibarite"})
        client.get("/livez", headers={"x-request-id": "last-one"})
    end = time.monotonic() + 5
    while "last-one" not in (log := (proxy.folder / "access.log").read_text()):
        assert time.monotonic() < end
        time.sleep(0.05)

    assert "zanzibarite" not in log
    for line in log.splitlines():
        assert json.loads(line)["request_id"]


class _Good:
    """A client that asks ten times a second, and remembers how it was answered."""

    def __init__(self, proxy: Proxy, stack: ExitStack) -> None:
        self.statuses: set[int] = set()
        self.durations: list[float] = []
        self._client = stack.enter_context(proxy.client("127.0.0.9"))
        self._ends = threading.Event()
        self._thread = threading.Thread(target=self._ask)
        self._thread.start()
        stack.callback(self.stop)

    def _ask(self) -> None:
        while not self._ends.wait(0.1):
            began = time.monotonic()
            self.statuses.add(self._client.get("/components").status_code)
            self.durations.append(time.monotonic() - began)

    def stop(self) -> None:
        """Ask no more."""
        self._ends.set()
        self._thread.join()


def _unsent(port: int) -> int:
    """Return how many bytes wait to be taken on the connections of a server."""
    lines = Path("/proc/net/tcp").read_text().splitlines()[1:]
    rows = (line.split() for line in lines)
    return sum(int(row[4].split(":")[0], 16) for row in rows if row[1].endswith(f":{port:04X}"))


def _takes(connection: ssl.SSLSocket, data: bytes) -> bool:
    """Send something; whether the connection is still open."""
    try:
        connection.settimeout(0.001)
        connection.sendall(data)
        return connection.recv(1000) != b""
    except (TimeoutError, ssl.SSLWantReadError):
        return True
    except OSError:
        return False
