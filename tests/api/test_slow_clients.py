"""Clients that take their time: their connections end, and nobody else notices."""

from __future__ import annotations

import contextlib
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing
from http.client import HTTPConnection

import pytest

from tests.api.running import K0, Running, drained, serving

GET = b"GET /livez HTTP/1.1\r\nHost: x\r\n"
POST = (
    b"POST /ask HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 50\r\n\r\n"
)


@pytest.fixture(scope="module")
def impatient() -> Iterator[Running]:
    """A server that waits a second, and holds twenty connections."""
    with serving(
        K0, KB_RECEIVE_SECONDS="1", KB_SEND_SECONDS="1", KB_MAX_CONNECTIONS="20"
    ) as running:
        yield running


def dribble(connection: socket.socket, piece: bytes, seconds: float) -> bytes:
    """Send a piece every tenth of a second until the other side ends; return what came."""
    connection.settimeout(0.1)
    received, end = b"", time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            connection.sendall(piece)
            told = connection.recv(65_536)
        except TimeoutError:
            continue
        except (ConnectionResetError, BrokenPipeError):
            return received
        if not told:
            return received
        received += told
    pytest.fail("the connection is still there")


@pytest.mark.parametrize(("begun", "piece"), [(GET, b"A: b\r\n"), (POST, b"x")])
def test_a_request_that_does_not_end_is_ended(
    impatient: Running, begun: bytes, piece: bytes
) -> None:
    """A header or a body that comes line by line is told that it takes too long."""
    with socket.create_connection(("127.0.0.1", impatient.port)) as connection:
        connection.sendall(begun)
        told = dribble(connection, piece, 8)

    assert told.startswith(b"HTTP/1.1 408 ")
    assert b"/problems/request-timeout" in told


@pytest.mark.parametrize("piece", [b"", b"\r\n"])
def test_a_connection_that_asks_nothing_is_ended(impatient: Running, piece: bytes) -> None:
    """Whether it is silent or sends what begins nothing, also after a request."""
    for before in (b"", GET + b"\r\n"):
        with socket.create_connection(("127.0.0.1", impatient.port)) as connection:
            connection.sendall(before)
            told = dribble(connection, piece, 12)
        assert told.startswith(b"HTTP/1.1 200 ") == bool(before)


def test_replies_that_nobody_reads_are_not_kept(impatient: Running) -> None:
    """A client that asks for much and reads nothing loses its connection."""
    with socket.socket() as connection:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        connection.connect(("127.0.0.1", impatient.port))
        connection.settimeout(0.5)
        with pytest.raises((ConnectionResetError, BrokenPipeError)):
            _ask_for_ever(connection)


def _ask_for_ever(connection: socket.socket) -> None:
    end = time.monotonic() + 15
    while time.monotonic() < end:
        with contextlib.suppress(TimeoutError):
            connection.sendall(b"GET /openapi.json HTTP/1.1\r\nHost: x\r\n\r\n")


def test_there_are_so_many_connections_and_no_more(impatient: Running) -> None:
    """Beyond the limit a request is refused, a probe is not, and the first ones go on."""
    request = b"GET /components HTTP/1.1\r\nHost: x\r\n\r\n"
    with ExitStack() as stack:
        held = [
            stack.enter_context(socket.create_connection(("127.0.0.1", impatient.port)))
            for _ in range(20)
        ]
        held[0].sendall(request)
        assert drained(held[0]).startswith(b"HTTP/1.1 200 ")
        refused = impatient.raw(request)
        assert refused.startswith(b"HTTP/1.1 503 ")
        assert b"retry-after: 1" in refused
        assert impatient.raw(b"GET /readyz HTTP/1.1\r\nHost: x\r\n\r\n").startswith(b"HTTP/1.1 200")


def test_a_connection_that_was_answered_is_kept_for_five_seconds(impatient: Running) -> None:
    """Each reply that was ready gives a client five seconds for its next request, and no more."""
    with closing(HTTPConnection("127.0.0.1", impatient.port)) as client:
        for _ in range(4):  # the first reply is made by the application, the others are kept
            client.request("GET", "/components/arbiter")
            assert len(client.getresponse().read()) > 1_000
            time.sleep(2)
        told = time.monotonic()
        client.sock.settimeout(9)
        assert client.sock.recv(65_536) == b""

    assert 2.5 < time.monotonic() - told < 6
