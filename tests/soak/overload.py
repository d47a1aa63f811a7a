"""More load than can be carried for a long time, workers that are killed, ends amid requests."""

from __future__ import annotations

import os
import signal
import tempfile
import time
from pathlib import Path
from urllib.parse import quote

from kb import GenerationStore, KnowledgeBase
from tests.api.flood import Stream, at, flood
from tests.api.publishing import generations, publish_under_load, resident, serving_built
from tests.api.running import DOCS, K0, serving, site_is_ready, until
from tests.api.test_drain import BODY, in_flight
from tests.api.test_hostile import EXPENSIVE
from tests.api.test_overload import NEW, PROBES, effort
from tests.api.test_supervisor import Asking, children
from tests.soak.outcome import Outcome

CHEAP = Stream("cheap", ("/components/backup-service", "/components", "/matrix"), 50)
COSTLY = [f"/{route}?q={quote(text)}" for text in EXPENSIVE.values() for route in ("ask", "search")]


def flooded(rounds: int) -> Outcome:
    """Ten times the capacity, ten seconds a round: what is answered, refused, and how fast."""
    answered = refused = failed = probes_refused = 0
    took: list[float] = []
    refusing: list[float] = []
    probed: list[float] = []
    usual = flooding = few_rate = many_rate = 0.0
    with serving(DOCS) as running, running.client() as client:
        until(lambda: site_is_ready(client))
        flood(running.port, [Stream("warm", NEW, 0, 4)], 1)
        few_answers, memory = 0, resident(running)
        for _ in range(rounds):
            start = effort(running)
            few = flood(running.port, [Stream("few", NEW, 0, 4), PROBES], 3)["few"]
            between = effort(running)
            told = flood(running.port, [Stream("many", NEW, 10 * few.rate), PROBES], 7)
            usual, flooding = usual + between - start, flooding + effort(running) - between
            many, probes = told["many"], told["probes"]
            few_answers += len(few.accepted)
            few_rate, many_rate = few_rate + few.rate, many_rate + many.rate
            answered, refused = answered + len(many.accepted), refused + len(many.refused)
            failed += few.failed + many.failed + many.without_retry + probes.failed
            probes_refused += len(probes.refused)
            took += many.accepted
            refusing += many.refused
            probed += probes.accepted
        memory = resident(running) - memory
    kept, on_the_clock = answered / flooding / (few_answers / usual), many_rate / few_rate
    slowest = [at(sorted(times), 0.99) for times in (took, refusing, probed)]
    bars = zip(slowest, (500, 50, 100), strict=True)
    return Outcome(
        failed == probes_refused == 0
        and on_the_clock >= 0.9
        and memory <= 64
        and all(milliseconds <= most for milliseconds, most in bars),
        f"{answered + refused:,} requests at ten times the capacity: {answered:,} answered, the"
        f" others refused, {failed} failed; {on_the_clock:.0%} of the answers are left, and"
        f" {kept:.0%} of those that a second of the service's processor gives; probes refused:"
        f" {probes_refused}; 99 % of answers in {slowest[0]:.0f} ms, of refusals in"
        f" {slowest[1]:.0f} ms, of probes in {slowest[2]:.0f} ms; memory {memory:+.0f} MB",
    )


def burdened(rounds: int) -> Outcome:
    """Questions made to cost much, as many as other requests, and how those fare beside them."""
    alone: list[float] = []
    beside: list[float] = []
    failed = refused = 0
    with serving(DOCS) as running, running.client() as client:
        until(lambda: site_is_ready(client))
        costly = Stream("costly", COSTLY, CHEAP.rate)
        for _ in range(rounds):
            alone += flood(running.port, [CHEAP], 4)["cheap"].accepted
            told = flood(running.port, [CHEAP, costly], 6)
            beside += told["cheap"].accepted
            failed += told["cheap"].failed  # a question may be refused for its length
            refused += len(told["cheap"].refused)
    before, now = at(sorted(alone), 0.99), at(sorted(beside), 0.99)
    return Outcome(
        failed == refused == 0 and now <= 2 * before,
        f"{len(beside):,} look-ups beside as many costly questions: {failed} failed, {refused}"
        f" refused; 99 % in {now:.1f} ms, and in {before:.1f} ms without them",
    )


def killed(rounds: int) -> Outcome:
    """One of two workers is killed every five seconds, two times a round, under load."""
    delays: list[float] = []
    with tempfile.TemporaryDirectory() as folder:
        store = GenerationStore(Path(folder) / "store")
        store.publish(store.add(KnowledgeBase.build(K0).save))
        with serving_built(store, "--workers", "2") as running:
            until(lambda: len(children(running)) == 2)
            with Asking(running, 8) as asking:
                for number in range(2 * rounds):
                    time.sleep(5)
                    before = children(running)
                    os.kill(before[number % 2], signal.SIGKILL)
                    started = time.monotonic()
                    until(lambda old=before: len({*children(running)} - {*old}) == 1, 10)  # type: ignore[misc]
                    delays.append(time.monotonic() - started)
            is_alive = running.process.poll() is None
    lost, kills = len(asking.failures), len(delays)
    return Outcome(
        is_alive and lost <= 8 * kills and max(delays) <= 2,
        f"{kills} workers killed beside 8 clients: {asking.answered:,} answered, {lost} lost, at"
        f" most 8 a kill; replaced within {max(delays):.2f} s",
    )


def published(rounds: int) -> Outcome:
    """Forty publications a round under load: nothing fails, nothing is mixed."""
    with tempfile.TemporaryDirectory() as folder:
        built = generations(Path(folder))
        store = GenerationStore(Path(folder) / "served")
        store.root.mkdir(mode=0o700)
        seen = publish_under_load(store, built, 40 * rounds)
    slowest = max(seen.delays)
    return Outcome(
        not seen.faults and slowest <= 1 and seen.more_files <= 0 and seen.more_memory <= 16,
        f"{40 * rounds:,} publications beside 8 clients: {seen.requests:,} replies,"
        f" {len(seen.faults)} failed or mixed; served within {slowest:.2f} s; 99 % of replies in"
        f" {1000 * at(seen.seconds, 0.99):.0f} ms; memory {seen.more_memory:+.0f} MB, files"
        f" {seen.more_files:+d}",
    )


def ended(rounds: int) -> Outcome:
    """SIGTERM with fifty requests that are half there, again and again."""
    lost = wrong_exits = 0
    for _ in range(rounds):
        with (
            serving(K0, KB_LANE_NEW="64", KB_LANE_WAIT_MS="9000") as running,
            in_flight(running, 50) as connections,
        ):
            running.process.send_signal(signal.SIGTERM)
            for one in connections:
                one.sendall(BODY[10:])
            lost += sum(one.recv(15) != b"HTTP/1.1 200 OK" for one in connections)
            wrong_exits += running.process.wait(20) != 0
    return Outcome(
        lost == wrong_exits == 0,
        f"{rounds} times SIGTERM with 50 requests begun: {lost} of {50 * rounds:,} lost,"
        f" {wrong_exits} exits other than 0",
    )
