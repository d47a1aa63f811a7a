"""The way out: who is told to go elsewhere, what is finished, and when it is over."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import httpx
import pytest

from tests.api.running import K0, ROOT, SERVE, Running, serving, until
from tests.benchmarks.pages import write

BODY = b'{"q": "which components use a roaming address?"}'
HEAD = (
    "POST /ask HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
    f"Content-Length: {len(BODY)}\r\n\r\n"
).encode()


@contextmanager
def in_flight(running: Running, number: int) -> Iterator[list[socket.socket]]:
    """Connections that have each sent half of a request."""
    with ExitStack() as stack:
        connections = [
            stack.enter_context(socket.create_connection(("127.0.0.1", running.port), timeout=10))
            for _ in range(number)
        ]
        for one in connections:
            one.sendall(HEAD + BODY[:10])
        with running.client() as client:
            assert client.get("/livez").status_code == 200
        yield connections


def test_requests_are_taken_while_others_are_told_to_send_them_elsewhere() -> None:
    """After SIGTERM /readyz says no at once; what still comes is answered, and then it ends."""
    with serving(K0, KB_DRAIN_SECONDS="1.5") as running:
        started = time.monotonic()
        running.process.send_signal(signal.SIGTERM)
        with running.client() as client:
            until(lambda: client.get("/readyz").status_code == 503, 1)
            told = client.get("/readyz")
            asked = client.get("/ask", params={"q": "which components use a roaming address?"})
        assert told.json()["type"] == "/problems/draining"
        assert told.headers["retry-after"] == "1"
        assert asked.status_code == 200
        assert asked.headers["connection"] == "close"
        assert running.process.wait(10) == 0
        assert time.monotonic() - started >= 1.5


@pytest.mark.parametrize("delay", ["0", "0.5"])
def test_all_that_has_been_begun_is_finished(delay: str) -> None:
    """Fifty requests that are half there at the signal all have their answer; the exit is 0."""
    # So many at once would be a flood otherwise.
    with (
        serving(K0, KB_DRAIN_SECONDS=delay, KB_LANE_QUESTIONS="64", KB_LANE_WAIT_MS="9000") as one,
        in_flight(one, 50) as connections,
    ):
        one.process.send_signal(signal.SIGTERM)
        time.sleep(0.3)
        for connection in connections:
            connection.sendall(BODY[10:])
        replies = [connection.recv(15) for connection in connections]
        assert replies == [b"HTTP/1.1 200 OK"] * 50
        assert one.process.wait(10) == 0


@pytest.mark.parametrize("first", [signal.SIGTERM, signal.SIGINT])
def test_a_second_signal_ends_at_once(first: signal.Signals) -> None:
    """Whoever asks twice does not wait for what has been begun."""
    with serving(K0, KB_DRAIN_SECONDS="60") as running, in_flight(running, 3):
        running.process.send_signal(first)
        time.sleep(0.3)
        assert running.process.poll() is None
        started = time.monotonic()
        running.process.send_signal(signal.SIGTERM)
        assert running.process.wait(10) == 0
        assert time.monotonic() - started < 2


@pytest.fixture
def hangs_up() -> Iterator[None]:
    """What is started has not been told to pass SIGHUP over, as all is that `nohup` starts."""
    before = signal.signal(signal.SIGHUP, signal.SIG_DFL)
    yield
    signal.signal(signal.SIGHUP, before)


@pytest.mark.skipif(not hasattr(signal, "SIGHUP"), reason="there is no such signal")
@pytest.mark.usefixtures("hangs_up")
def test_a_reload_ends_nothing() -> None:
    """SIGHUP, as a manager of services sends it to have settings read again, is passed over."""
    with serving(K0) as running, running.client() as client:
        running.process.send_signal(signal.SIGHUP)
        time.sleep(0.3)

        assert running.process.poll() is None
        assert client.get("/livez").status_code == 200


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no full device")
@pytest.mark.parametrize("form", ["text", "json"])
def test_a_log_that_cannot_be_written_stops_nothing(form: str) -> None:
    """With the disk of the log full the service answers, and ends when it is told to."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with Path("/dev/full").open("wb") as full:
        process = subprocess.Popen(
            [*SERVE, "--docs-dir", str(K0), "--port", str(port)],
            cwd=ROOT,
            env={**os.environ, "KB_LOG_FORMAT": form, "KB_DRAIN_SECONDS": "0"},
            stdout=subprocess.DEVNULL,
            stderr=full,
        )
    try:
        until(lambda: answers(port))
        process.terminate()
        assert process.wait(20) == 0
    finally:
        process.kill()
        process.wait()


def answers(port: int) -> bool:
    """Return whether a server is ready."""
    try:
        return httpx.get(f"http://127.0.0.1:{port}/readyz", timeout=5).status_code == 200
    except httpx.HTTPError:
        return False


def test_a_person_does_not_wait() -> None:
    """SIGINT, which Ctrl-C sends, ends a server that does nothing without delay."""
    with serving(K0, KB_DRAIN_SECONDS="60") as running:
        running.process.send_signal(signal.SIGINT)
        assert running.process.wait(5) == 0


def _is_caught(process: subprocess.Popen[bytes], one: signal.Signals) -> bool:
    """Whether a process has said what it does at a signal."""
    status = Path(f"/proc/{process.pid}/status").read_text("utf-8")
    caught = int(status.partition("SigCgt:")[2].split()[0], 16)
    return bool(caught >> (one - 1) & 1)


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="signals are read there")
def test_a_signal_while_content_is_read_ends_it_at_once(tmp_path: Path) -> None:
    """Whoever has much to read does not read on when it is to end: nothing is lost by that."""
    write(tmp_path / "docs", 1000)
    given = ("--docs-dir", str(tmp_path / "docs"))
    process = subprocess.Popen([*SERVE, *given], cwd=ROOT, stderr=subprocess.PIPE)
    assert process.stderr is not None
    until(lambda: _is_caught(process, signal.SIGTERM))
    process.send_signal(signal.SIGTERM)
    with process.stderr:
        told = process.stderr.read()
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)

    assert (process.returncode, told) == (0, b"")
    assert used.ru_utime < 4  # the start takes 1.5 s of the processor, and reading 5
