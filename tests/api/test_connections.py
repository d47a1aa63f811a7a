"""Raw connections: what is no request, what has no end, and what comes after it."""

from __future__ import annotations

import socket
import time

import pytest

from tests.api.running import Running, drained
from tests.api.test_bad_input import POST, check_shape

GET = "GET /livez HTTP/1.1\r\nHost: x\r\n\r\n"
CHUNKED = f"{POST}Transfer-Encoding: chunked\r\n\r\n"
LINE = b"A: b\r\n"
JUST_TOO_MUCH = 4 * 16_384 + 65_536 + 1
"""How many bytes of a header that does not end are refused, under the settings' defaults."""


@pytest.mark.parametrize(
    ("request_", "status", "slug"),
    [
        ("GARBAGE\r\n\r\n", 400, "malformed-http"),
        ("GET /livez HTTP/9.9\r\nHost: x\r\n\r\n", 400, "malformed-http"),
        ("GET /livez HTTP/1.1\r\nHost: x\r\nA b: c\r\n\r\n", 400, "malformed-http"),
        ("GET /livez HTTP/1.1\r\nHost: x\r\nA: b\x00c\r\n\r\n", 400, "malformed-http"),
        (
            f"{POST}Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            400,
            "malformed-http",
        ),
        (
            f"{POST}Content-Length: 3\r\nContent-Length: 4\r\n\r\nabc",
            400,
            "malformed-http",
        ),
        ("GET /livez HTTP/2.0\r\nHost: x\r\n\r\n", 400, "malformed-http"),
        ("GET /livez HTTP/1.1\r\nHost: x\r\nA: b\r\n c\r\n\r\n", 400, "malformed-http"),
        ("GET /livez HTTP/1.1\nHost: x\n\n", 400, "malformed-http"),
        ("GET /livez HTTP/1.1\rHost: x\r\r", 400, "malformed-http"),
        ("GET /livez HTTP/1.1\r\nHost: x\r\nA : b\r\n\r\n", 400, "malformed-http"),
        ("GET /livez?a=\x00 HTTP/1.1\r\nHost: x\r\n\r\n", 400, "malformed-http"),
        ("FOO /livez HTTP/1.1\r\nHost: x\r\n\r\n", 400, "malformed-http"),
        (f"{POST}Content-Length: 3\r\nContent-Length: 3\r\n\r\nabc", 400, "malformed-http"),
        (f"{POST}Content-Length: +3\r\n\r\nabc", 400, "malformed-http"),
        (f"{POST}Transfer-Encoding: chunked\r\n\r\nzz\r\n", 400, "malformed-http"),
        ("GET /livez HTTP/1.1\r\nHost: x\r\nHost: x\r\n\r\n", 400, "invalid-host"),
        ("GET /livez HTTP/1.1\r\nHost: x@y\r\n\r\n", 400, "invalid-host"),
        ("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 400, "malformed-http"),
        ("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", 400, "malformed-http"),
        ("GET /livez HTTP/1.1\r\n\r\n", 400, "invalid-host"),
        ("GET /livez HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400, "invalid-host"),
        ("GET /livez HTTP/1.1\r\nHost: a/b\r\n\r\n", 400, "invalid-host"),
        ("GET /livez HTTP/1.1\r\nHost:\r\n\r\n", 400, "invalid-host"),
        (f"GET /livez HTTP/1.1\r\nHost: x\r\n{'A: b' * 1}\r\n" * 1 + "A: b\r\n" * 70 + "\r\n",
         431, "headers-too-large"),
        (f"GET /livez HTTP/1.1\r\nHost: x\r\nA: {'b' * 17000}\r\n\r\n", 431, "headers-too-large"),
        (f"GET /{'a' * 9000} HTTP/1.1\r\nHost: x\r\n\r\n", 414, "uri-too-long"),
        (f"GET /{'a' * 70000} HTTP/1.1\r\nHost: x\r\n\r\n", 414, "uri-too-long"),
        ("GET http://evil.example/livez HTTP/1.1\r\nHost: x\r\n\r\n", 400, "invalid-host"),
        ("GET http://a@x/livez HTTP/1.1\r\nHost: x\r\n\r\n", 400, "invalid-host"),
        (
            f"{POST}Content-Length: 99999999999\r\n\r\n{{",
            413,
            "body-too-large",
        ),
        ("GET /\xff HTTP/1.1\r\nHost: x\r\n\r\n", 400, "malformed-http"),
    ],
)  # fmt: skip
def test_a_request_that_is_no_good_http_is_refused(
    server: Running, request_: str, status: int, slug: str
) -> None:
    """What cannot be read, or has no end, is told as a problem like everything else."""
    reply = server.exchange(request_.encode("latin-1"))

    assert reply.status_code == status
    assert reply.headers["content-type"] == "application/problem+json"
    assert reply.headers["x-content-type-options"] == "nosniff"
    assert "default-src 'none'" in reply.headers["content-security-policy"]
    assert reply.json()["type"] == f"/problems/{slug}"
    assert reply.json()["instance"] == reply.headers["x-request-id"]


@pytest.mark.parametrize(
    ("head", "status", "slug"),
    [
        ("GET /livez HTTP/1.1\r\nHost: x\r\nA: ", 431, "headers-too-large"),
        ("GET /", 414, "uri-too-long"),
    ],
)
def test_a_header_without_end_is_told(server: Running, head: str, status: int, slug: str) -> None:
    """Where a header or an address goes on and on, that is said before the connection ends."""
    with socket.create_connection(("127.0.0.1", server.port), timeout=10) as connection:
        connection.sendall(head.encode())
        time.sleep(0.2)
        connection.sendall(b"a" * JUST_TOO_MUCH)
        found = drained(connection)

    assert found.startswith(f"HTTP/1.1 {status} ".encode())
    assert f"/problems/{slug}".encode() in found


def test_a_body_without_end_is_refused_at_the_limit(server: Running) -> None:
    """A chunked body of unknown length is refused soon after its 65,537th byte."""
    head = b"POST /ask HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
    chunk = b"1000\r\n" + b"a" * 4096 + b"\r\n"
    with socket.create_connection(("127.0.0.1", server.port), timeout=10) as connection:
        connection.sendall(head + b"Transfer-Encoding: chunked\r\n\r\n" + chunk * 16)
        connection.settimeout(0.3)
        with pytest.raises(TimeoutError):
            connection.recv(1)
        connection.settimeout(10)
        begun = time.monotonic()
        connection.sendall(chunk)
        reply = drained(connection)

    assert b" 413 " in reply.splitlines()[0]
    assert b"connection: close" in reply.lower()
    assert b"/problems/body-too-large" in reply
    assert time.monotonic() - begun < 2


@pytest.mark.parametrize("field", ["Host: y", "Content-Type: text/plain", "X-Request-Id: mine"])
def test_a_trailer_says_nothing(server: Running, field: str) -> None:
    """What comes after a body is no part of the head, however early it comes."""
    body = '12\r\n{"q": "a service"}\r\n0\r\n'
    reply = server.exchange(f"{CHUNKED}{body}{field}\r\n\r\n")

    assert reply.status_code == 200
    assert reply.headers["x-request-id"] != "mine"


def test_a_compressed_transfer_is_refused(server: Running) -> None:
    """A body in another transfer encoding than chunks is not taken for plain JSON."""
    body = b'9\r\n{"q":"x"}\r\n0\r\n\r\n'
    head = f"{POST}Transfer-Encoding: gzip, chunked\r\n\r\n".encode()

    check_shape(server.exchange(head + body), 415, "unsupported-media-type")


def test_letters_outside_ascii_in_an_address_are_told(server: Running) -> None:
    """An address that was not percent-encoded is refused with what to do about it."""
    reply = server.exchange("GET /ask?q=filter+sérvice HTTP/1.1\r\nHost: x\r\n\r\n")

    assert reply.status_code == 400
    assert reply.json()["type"] == "/problems/malformed-http"
    assert "percent-encoded" in reply.json()["detail"]


@pytest.mark.parametrize(
    ("head", "pieces"),
    [
        (f"{CHUNKED}9\r\n{{\"q\":\"x\"}}\r\n0\r\n", LINE * 1000),
        (f"{CHUNKED}9\r\n{{\"q\":\"x\"}}\r\n0\r\nA: ", b"b" * 6000),
        (f"{CHUNKED}9;a=", b"b" * 6000),
        ("GET /livez HTTP/1.1\r\nHost: x\r\n", LINE * 1000),
        ("GET /livez HTTP/1.1\r\nHost: x\r\nA: ", b"b" * 6000),
        ("POST /zzzz HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n",
         b"1770\r\n" + b"b" * 6000 + b"\r\n"),
    ],
    ids=["trailers", "trailer", "chunk extension", "headers", "header", "body that nobody reads"],
)  # fmt: skip
def test_what_has_no_end_is_ended(server: Running, head: str, pieces: bytes) -> None:
    """No part of a request can be sent for ever: the connection ends before memory fills."""
    with socket.create_connection(("127.0.0.1", server.port), timeout=10) as connection:
        connection.sendall(head.encode())

        assert any(ends(connection, pieces) for _ in range(5_000))


def ends(connection: socket.socket, piece: bytes) -> bool:
    """Send a piece, and tell whether the other side has ended the connection."""
    try:
        connection.sendall(piece)
    except ConnectionError:
        return True
    return False


def test_a_whole_address_is_answered_where_it_names_the_same_host(server: Running) -> None:
    """The form of requests to proxies is read, as HTTP/1.1 asks of every server."""
    reply = server.exchange("GET http://x/components/agent HTTP/1.1\r\nHost: x\r\n\r\n")

    assert reply.json()["id"] == "backup-service"


def test_requests_are_answered_in_their_order(server: Running) -> None:
    """Several requests sent at once have their replies, one after the other."""
    found = server.raw(GET.replace("livez", "problems/not-found").encode() + GET.encode() * 2)

    assert found.count(b"HTTP/1.1 200 OK") == 3
    assert found.index(b"/problems/not-found") < found.index(b'"alive"')


@pytest.mark.parametrize(
    "bad",
    [
        "GET / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip\r\n\r\n",
        "POST /ask HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        "GET / HTTP/1.1\r\nContent Length: 3\r\n\r\n",
    ],
)
def test_what_came_before_a_bad_request_is_answered(server: Running, bad: str) -> None:
    """However far the bad one was read, those before it have their replies, then it is over."""
    good = "GET /problems/not-found HTTP/1.1\r\nHost: x\r\n\r\n" * 3
    told = server.raw(f"{good}{bad}".encode())

    assert told.count(b"HTTP/1.1 200 OK") == 3


def test_a_request_is_answered_though_rubbish_follows(server: Running) -> None:
    """A request keeps its reply; what comes after it is not answered, and the connection ends."""
    found = server.raw(f"{GET.replace('livez', 'ask?q=backup+svc')}GARBAGE\r\n\r\n".encode())

    assert found.startswith(b"HTTP/1.1 200 OK")
    assert found.count(b"HTTP/1.1") == 1
    assert b"connection: close" in found.lower()


@pytest.mark.parametrize("field", ["Upgrade: h2c", "upgrade:websocket", "UPGRADE: h2c, x"])
def test_a_wish_for_another_protocol_is_passed_over(server: Running, field: str) -> None:
    """Some clients ask for HTTP/2 with each first request: its body is read all the same."""
    body = b'{"q": "What is the agent?"}'
    head = f"{POST}Connection: Upgrade\r\n{field}\r\nContent-Length: {len(body)}\r\n\r\n"
    found = server.raw(head.encode() + body + b"GET /livez HTTP/1.1\r\nHost: x\r\n\r\n")

    assert found.count(b"HTTP/1.1 200 ") == 2
    assert b'"answer_id"' in found
