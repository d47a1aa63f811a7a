"""What those who run the service see: metrics, probes and the log; and what none of them may hold.

Real servers, asked over real sockets; the log is what they wrote to standard error.
"""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from api.logs import MOST_LINES, Journal, fault
from api.settings import Settings
from tests.api.running import K0, ROOT, Running, serving, until

CANARY = "zanzibarite"
"""A word that stands in no page: where it is found, somebody's question was kept."""


def admin_of(running: Running) -> httpx.Client:
    """Return a client of the address of those who run the service."""
    lines = [line for line in running.lines if "metrics" in line]
    address = next(part for part in lines[0].replace('"', " ").split() if part.startswith("http"))
    return httpx.Client(base_url=address.rstrip("}"), timeout=10, trust_env=False)


def samples(client: httpx.Client) -> dict[str, float]:
    """Return all that /metrics says, by name and labels."""
    lines = client.get("/metrics").text.splitlines()
    told = (line.rpartition(" ") for line in lines if line and not line.startswith("#"))
    return {name: float(value) for name, _, value in told}


def requests_of(lines: list[str]) -> list[dict[str, Any]]:
    """Return the lines of the log that tell of requests."""
    told = [json.loads(line) for line in lines if line.startswith("{")]
    return [one for one in told if one["logger"] == "clusterkb.request"]


def ask_everything(client: httpx.Client) -> None:
    """Send the word wherever a stranger can put one."""
    client.get("/ask", params={"q": f"What does {CANARY} need?"})
    client.get("/ask", params={"q": CANARY, "nothing": CANARY})
    client.post("/ask", json={"q": f"{CANARY} in active-active"})
    client.post("/ask", content=f'{{"q": "{CANARY}')
    client.get("/search", params={"q": CANARY})
    client.get(f"/components/{CANARY}")
    client.get(f"/{CANARY}/{CANARY}", headers={"User-Agent": CANARY, "Referer": f"/?q={CANARY}"})
    client.request(CANARY.upper(), "/ask")


@pytest.fixture(scope="module")
def watched() -> Iterator[Running]:
    """A server that writes JSON and is asked how it is."""
    with serving(K0, KB_LOG_FORMAT="json", KB_ADMIN_PORT="0") as running:
        until(lambda: any("metrics" in line for line in running.lines))
        yield running


def test_requests_are_counted_by_route_template(watched: Running) -> None:
    """Two look-ups of different things are one line, with their number and durations."""
    with watched.client() as client, admin_of(watched) as admin:
        until(lambda: client.get("/readyz").status_code == 200)
        names = [one["id"] for one in client.get("/components").json()["items"][:2]]
        before = samples(admin)
        for name in names:
            client.get(f"/components/{name}")
        after = samples(admin)

    labels = 'method="GET",route="/components/{name}"'
    for one in (
        f'kb_http_requests_total{{{labels},status="200"}}',
        f"kb_http_request_duration_seconds_count{{{labels}}}",
    ):
        assert after[one] - before.get(one, 0) == 2
    assert after["kb_http_requests_in_flight"] == 0


def test_the_content_is_told(watched: Running) -> None:
    """Which content is served, since when, and the memory of the process."""
    with watched.client() as client, admin_of(watched) as admin:
        until(lambda: client.get("/readyz").status_code == 200)
        readiness = admin.get("/readyz").json()
        found = samples(admin)

    assert found[f'kb_content_info{{version="{readiness["content_version"]}"}}'] == 1
    assert found["kb_ready"] == 1
    assert found["kb_content_components"] == readiness["components"]
    assert abs(time.time() - found["kb_content_published_timestamp_seconds"]) < 600
    assert found[f'process_resident_memory_bytes{{pid="{watched.process.pid}"}}'] > 1e7


def test_refusals_and_questions_are_counted(watched: Running) -> None:
    """By the type of the problem, also where the application never saw it, and by verdict."""
    with watched.client() as client, admin_of(watched) as admin:
        until(lambda: client.get("/readyz").status_code == 200)
        before = samples(admin)
        client.get("/components/nothing-of-this-name")
        watched.raw(b"NONSENSE\r\n\r\n")
        client.get("/ask?q=hello+there")
        after = samples(admin)

    for one in (
        'kb_http_refusals_total{type="unknown-component"}',
        'kb_http_refusals_total{type="malformed-http"}',
        'kb_questions_total{status="not_covered",verdict="none"}',
    ):
        assert after[one] - before.get(one, 0) == 1


def test_each_request_has_one_line_of_json(watched: Running) -> None:
    """With the id that the client was given, so that a report leads to its line."""
    with watched.client() as client:
        reply = client.get("/components?limit=1&kind=server")
        wanted = reply.headers["x-request-id"]
        until(lambda: any(wanted in line for line in watched.lines))

    (line,) = [one for one in requests_of(watched.lines) if one["request_id"] == wanted]
    assert line["method"] == "GET"
    assert line["route"] == "/components"
    assert line["status"] == reply.status_code
    assert line["bytes"] == len(reply.content)
    assert line["duration_ms"] > 0
    assert line["level"] == "info"
    assert line["ts"].endswith("Z")


def test_nothing_that_was_asked_is_kept(watched: Running) -> None:
    """A word in questions, paths, parameters, bodies, headers: in no log line, in no metric."""
    with watched.client() as client, admin_of(watched) as admin:
        ask_everything(client)
        last = client.get("/livez").headers["x-request-id"]
        until(lambda: any(last in line for line in watched.lines))
        metrics = admin.get("/metrics").text

    written = "\n".join(watched.lines).casefold()
    assert CANARY not in written
    assert CANARY not in metrics.casefold()
    assert len([one for one in requests_of(watched.lines) if one["route"] == "/ask"]) >= 3


def test_the_log_has_no_question_as_text_either() -> None:
    """The same where the log is for people."""
    with serving(K0, KB_LOG_FORMAT="text") as running, running.client() as client:
        until(lambda: client.get("/readyz").status_code == 200)
        ask_everything(client)

    assert CANARY not in "\n".join(running.lines).casefold()


def test_questions_are_logged_where_that_is_wanted() -> None:
    """KB_LOG_QUESTIONS puts the question of /ask into its line."""
    with (
        serving(K0, KB_LOG_FORMAT="json", KB_LOG_QUESTIONS="on") as running,
        running.client() as client,
    ):
        until(lambda: client.get("/readyz").status_code == 200)
        client.get("/ask", params={"q": f"What is {CANARY}?"})

    (line,) = [one for one in requests_of(running.lines) if one["route"] == "/ask"]
    assert line["question"] == f"What is {CANARY}?"
    assert line["answer"] == "not_covered"


def test_every_line_is_json_where_that_is_wanted() -> None:
    """What a person would be told comes in the same form, with its figures as fields."""
    with serving(K0, KB_LOG_FORMAT="json") as running, running.client() as client:
        until(lambda: client.get("/readyz").status_code == 200)

    told = [json.loads(line) for line in running.lines]
    assert {"serving", "content published"} <= {one["message"] for one in told}


def test_the_public_address_has_no_metrics(client: httpx.Client) -> None:
    """They are on the other port, and on none where none is set."""
    assert client.get("/metrics").status_code == 404


def test_replies_say_how_long_they_took_only_where_that_is_wanted(client: httpx.Client) -> None:
    """Off unless KB_SERVER_TIMING is on."""
    assert "server-timing" not in client.get("/components").headers

    with serving(K0, KB_SERVER_TIMING="on") as running, running.client() as timed:
        header = timed.get("/livez").headers["server-timing"]

    name, _, duration = header.partition(";dur=")
    assert name == "app"
    assert 0 < float(duration) < 10_000


def test_processes_of_one_service_are_counted_together(tmp_path: Path) -> None:
    """With a shared folder, either of two tells of both, and the counts outlive one of them."""
    options = {"KB_ADMIN_PORT": "0", "PROMETHEUS_MULTIPROC_DIR": str(tmp_path)}
    name = 'kb_http_requests_total{method="GET",route="/livez",status="200"}'
    with serving(K0, **options) as first:
        with serving(K0, **options) as second:
            until(lambda: all(any("metrics" in one for one in s.lines) for s in (first, second)))
            for server in (first, first, second):
                with server.client() as client:
                    client.get("/livez")
            with admin_of(first) as one, admin_of(second) as other:
                assert samples(one)[name] == samples(other)[name] == 3
                assert sum("process_open_fds" in line for line in samples(one)) == 2
        with admin_of(first) as one:
            found = samples(one)
            assert found[name] == 3
            assert sum("process_open_fds" in line for line in found) == 1


@pytest.mark.parametrize("is_chained", [False, True])
def test_a_fault_is_logged_without_the_words_of_its_exception(
    caplog: pytest.LogCaptureFixture, is_chained: bool
) -> None:
    """A message may repeat what somebody asked; the place and the kind are told."""
    try:
        try:
            raise KeyError(CANARY)
        except KeyError as cause:
            if is_chained:
                raise ValueError(CANARY) from cause
            raise
    except (KeyError, ValueError) as error:
        with caplog.at_level(logging.ERROR):
            fault("id-1", error, Settings())
            quiet = caplog.text
            fault("id-1", error, Settings(log_questions=True))

    assert CANARY not in quiet
    assert "KeyError" in quiet
    assert "test_telemetry.py" in quiet
    assert "id-1" in quiet
    assert CANARY in caplog.text


def test_a_full_disk_stops_neither_the_log_nor_the_service() -> None:
    """Lines that cannot be written are counted, and told as soon as one can."""
    written: list[str] = []
    full = os.open("/dev/full", os.O_WRONLY)

    def write(text: str) -> None:
        if len(written) == 0 and "first" in text:
            os.write(full, text.encode())
        written.append(text)

    journal = Journal(write)
    with journal.kept():
        journal.add(0, {"message": "first"})
        time.sleep(0.2)
        journal.add(0, {"message": "second"})
    os.close(full)

    (text,) = written
    assert [json.loads(line)["message"] for line in text.splitlines()] == [
        "second",
        "1 lines of the log were lost",
    ]


def test_lines_that_nobody_reads_are_bounded(tmp_path: Path) -> None:
    """The service answers, and ends, while nobody reads its log; what waits has a limit."""
    journal = Journal(lambda _text: None)
    for _ in range(MOST_LINES + 5):
        journal.add(0, {})
    assert journal.waiting == MOST_LINES

    reader, writer = os.pipe()
    process = subprocess.Popen(
        [sys.executable, "-m", "kb.cli", "serve", "--docs-dir", str(K0), "--port", "0"],
        cwd=ROOT,
        env={**os.environ, "KB_LOG_FORMAT": "json", "TMPDIR": str(tmp_path)},
        stdout=subprocess.DEVNULL,
        stderr=writer,
    )
    os.close(writer)
    try:
        told = b""
        while b'"serving", "address"' not in told:
            told += os.read(reader, 4096)
        address = next(one for one in told.decode().split('"') if one.startswith("http://"))
        with httpx.Client(base_url=address, timeout=10, trust_env=False) as client:
            for _ in range(600):  # some 130 KB of lines: twice what a pipe holds
                assert client.get("/livez").status_code == 200
        process.terminate()
        assert process.wait(20) == 0
    finally:
        process.kill()
        process.wait()
        os.close(reader)
