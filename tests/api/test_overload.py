"""More than can be done: what is taken is answered, what is not is refused at once."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from itertools import pairwise
from pathlib import Path

import httpx
import pytest
import uvicorn
from starlette.requests import ClientDisconnect, Request
from starlette.types import Message

from api.lanes import FEW, LONG, STRETCH, Lane, Lanes, Place
from api.problems import ProblemError
from api.schemas.links import Links
from api.serve import doors
from api.settings import Settings
from api.shedding import Shedding
from tests.api.flood import Stream, flood
from tests.api.running import DOCS, K0, Running, serving, site_is_ready, until
from tests.api.test_telemetry import admin_of, samples

PROBES = Stream("probes", ("/livez", "/readyz"), 50)
QUESTION = "does+management+service+need+shared+storage"
NEW = [f"/{route}?q={QUESTION}+{{n}}" for route in ("ask", "search")]
"""Nobody asked them before: what was asked before costs next to nothing, and is no load."""
GET = b"GET /ask?q=x HTTP/1.1\r\nHost: x\r\n\r\n"


@pytest.fixture(scope="module")
def flooded() -> Iterator[Running]:
    """A server that only the tests of this module talk to: they leave it little time."""
    with serving(DOCS) as running, running.client() as client:
        until(lambda: site_is_ready(client))
        flood(running.port, [Stream("warm", NEW, 0, 4)], 1)
        yield running


def capacity(port: int) -> float:
    """Return how many questions a second are answered to four who ask again and again."""
    return flood(port, [Stream("few", NEW, 0, 4), PROBES], 2)["few"].rate


def effort(running: Running) -> float:
    """Return the processor time that a server has taken, in seconds."""
    fields = Path(f"/proc/{running.process.pid}/stat").read_text("utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="processor time is read there")
def test_ten_times_the_load_leaves_the_work_done(flooded: Running) -> None:
    """Ten times the capacity: a refusal costs next to nothing, and probes are never refused.

    It is counted in the processor time of the server, and so in answers: how many answers are left
    of a flood follows from it, and not from what else the machine does.
    """
    before = effort(flooded)
    few = flood(flooded.port, [Stream("few", NEW, 0, 4), PROBES], 3)["few"]
    between = effort(flooded)
    outcomes = flood(flooded.port, [Stream("many", NEW, 10 * few.rate), PROBES], 4)
    after = effort(flooded)
    many, probes = outcomes["many"], outcomes["probes"]
    answer = (between - before) / len(few.accepted)
    refusal = (after - between - answer * len(many.accepted)) / len(many.refused)

    assert len(many.refused) > 2 * len(many.accepted) > 0
    assert many.failed == many.without_retry == 0
    assert probes.refused == []
    assert probes.failed == 0
    assert refusal <= answer / 20, f"{refusal * 1e6:.0f} us beside {answer * 1e6:.0f} us"


def test_the_time_after_a_flood_is_as_before(flooded: Running) -> None:
    """Nothing of a flood is left: as many as there are places are answered, again and again."""
    flood(flooded.port, [Stream("many", NEW, 10 * capacity(flooded.port))], 1)
    after = flood(flooded.port, [Stream("few", NEW, 0, 4)], 2)["few"]

    assert after.accepted
    assert after.refused == []
    assert after.failed == 0


def test_a_flood_of_one_kind_leaves_the_others_alone(flooded: Running) -> None:
    """While questions are refused, plans are made and look-ups answered."""
    others = Stream("others", ("/plan", "/components/backup-service", "/matrix"), 30)
    most = capacity(flooded.port)
    outcomes = flood(flooded.port, [Stream("many", NEW, 5 * most), others], 2)

    assert outcomes["many"].refused
    assert outcomes["others"].refused == []
    assert outcomes["others"].failed == 0


def test_what_was_answered_before_is_answered_in_a_flood(flooded: Running) -> None:
    """What is known by now is never refused: to answer it costs no more than to refuse."""
    path = f"/ask?q={QUESTION}"
    flood(flooded.port, [Stream("warm", [path], 0, 1)], 0.5)
    most = capacity(flooded.port)
    streams = [Stream("many", NEW, 5 * most), Stream("known", [path], 5 * most)]
    outcomes = flood(flooded.port, streams, 2)

    assert outcomes["many"].refused
    assert outcomes["known"].refused == []
    assert outcomes["known"].failed == 0
    assert len(outcomes["known"].accepted) > 2 * most


def test_clients_that_go_away_leave_nothing_behind(flooded: Running) -> None:
    """A thousand who hang up before the answer: afterwards a question is answered at once."""
    for _ in range(1000):
        with socket.create_connection(("127.0.0.1", flooded.port)) as connection:
            connection.sendall(GET)
    with flooded.client() as client:
        until(lambda: client.get("/search", params={"q": "storage"}).status_code == 200, 1)


def test_what_clients_went_away_from_is_not_done() -> None:
    """Of many who ask while the service stands still, and hang up, few have their turn."""
    settings = {"KB_ADMIN_PORT": "0", "KB_LANE_WAIT_MS": "9000", "KB_LANE_QUESTIONS": "200"}
    with serving(K0, **settings) as running:
        until(lambda: any("metrics" in line for line in running.lines))
        with running.client() as client, admin_of(running) as admin:
            for number in range(60):  # so that it is known how long they take
                client.get("/ask", params={"q": f"first {number}"})
            before = _questions(admin)
            address = ("127.0.0.1", running.port)
            crowd = [socket.create_connection(address) for _ in range(120)]
            assert client.get("/livez").is_success
            time.sleep(0.5)  # all are accepted
            running.process.send_signal(signal.SIGSTOP)
            for number, connection in enumerate(crowd):
                connection.sendall(GET.replace(b"q=x", b"q=x%d" % number))
                connection.close()
            running.process.send_signal(signal.SIGCONT)
            assert client.get("/ask", params={"q": "last"}).is_success
            counted = _questions(admin) - before

    assert 1 <= counted <= 60


def _questions(admin: httpx.Client) -> float:
    told = samples(admin)
    return sum(told[name] for name in told if name.startswith("kb_questions_total"))


def _request(is_there: bool = True) -> Request:
    async def receive() -> Message:
        return {"type": "http.disconnect"} if not is_there else await asyncio.sleep(60, {})

    return Request({"type": "http", "state": {}}, receive)


def _busy(lane: Lane) -> tuple[threading.Event, asyncio.Task[bool]]:
    """Begin work that goes on until the event is set."""
    end = threading.Event()
    return end, asyncio.create_task(lane.run(_request(), end.wait))


def test_work_beyond_the_queue_is_refused() -> None:
    """One is being done, so many wait, the next is told when to come again."""

    async def fill() -> None:
        lane = Lane("one", 2, 60)
        end, first = _busy(lane)
        await asyncio.sleep(0)
        rest = [asyncio.create_task(lane.run(_request(), int)) for _ in range(2)]
        await asyncio.sleep(0)
        assert lane.is_full()
        with pytest.raises(ProblemError) as refused:
            await lane.run(_request(), int)
        assert refused.value.kind.slug == "overloaded"
        assert refused.value.headers["Retry-After"] in {"1", "2", "3"}
        assert (lane.in_flight, lane.refused) == (3, 1)
        end.set()
        assert await first
        assert await asyncio.gather(*rest) == [0, 0]
        await asyncio.sleep(0)
        assert lane.in_flight == 0

    asyncio.run(fill())


def test_work_that_would_wait_too_long_is_refused() -> None:
    """When those before take longer than may be waited, that is said at once."""

    async def fill() -> None:
        lane = Lane("one", 100, 0.05)
        end, first = _busy(lane)
        await asyncio.sleep(0)
        waiting = [asyncio.create_task(lane.run(_request(), int)) for _ in range(FEW + 1)]
        await asyncio.sleep(0.06)
        with pytest.raises(ProblemError):
            await lane.run(_request(), int)
        end.set()
        await first
        with pytest.raises(ProblemError):  # it has waited too long by now, the others are few
            await waiting[0]
        assert await asyncio.gather(*waiting[1:]) == [0] * FEW

    asyncio.run(fill())


def test_work_that_nobody_waits_for_is_not_done() -> None:
    """When its turn comes and its client has gone, it is left out, and the next has its turn."""

    async def leave() -> None:
        done: list[int] = []
        lane = Lane("one", 9, 60)
        end, first = _busy(lane)
        await asyncio.sleep(0)
        gone = asyncio.create_task(lane.run(_request(is_there=False), done.append, 1))
        cut = asyncio.create_task(lane.run(_request(), done.append, 2))
        there = asyncio.create_task(lane.run(_request(), done.append, 3))
        await asyncio.sleep(0)
        cut.cancel()
        end.set()
        await asyncio.gather(first, there)
        with pytest.raises(ClientDisconnect):
            await gone
        assert done == [3]

    asyncio.run(leave())


def _toil(seconds: float) -> None:
    end = time.thread_time() + seconds
    while time.thread_time() < end:
        pass


@pytest.mark.parametrize("seconds", [0.0, 2 * LONG])
def test_the_loop_goes_on_beside_the_work(seconds: float) -> None:
    """Between short pieces of work the loop does other things, and during long ones."""

    async def work() -> tuple[int, int]:
        lane, steps = Lane("one", 100, 60), 0
        for _ in range(20 if seconds == 0 else 1):  # so that it is known how long they take
            await lane.run(_request(), _toil, seconds)
            await asyncio.sleep(0)
        tasks = [asyncio.create_task(lane.run(_request(), _toil, seconds)) for _ in range(20)]
        while not all(task.done() for task in tasks):
            steps += 1
            await asyncio.sleep(0)
        return steps, len(tasks)

    steps, pieces = asyncio.run(work())
    assert steps >= pieces


def _let_in(lane: Lane) -> Request:
    """Return a request whose connection holds a place for it."""
    return Request({"type": "http", "state": {"place": Place(lane)}})


def test_short_work_is_done_for_a_stretch_and_then_the_loop_goes_on() -> None:
    """Several pieces go one after the other, and before the next ones what has come is read."""

    async def work() -> list[int]:
        lane, done, seen = Lane("one", 100, 60), 0, [0]

        def toil() -> int:
            nonlocal done
            _toil(STRETCH / 4)
            done += 1
            return done

        for _ in range(60):  # so that it is known how long they take
            await lane.run(_request(), _toil, 0.0)
            await asyncio.sleep(0)
        tasks = [asyncio.create_task(lane.run(_let_in(lane), toil)) for _ in range(40)]
        while not all(task.done() for task in tasks):
            seen.append(done)
            await asyncio.sleep(0)
        assert [task.result() for task in tasks] == [*range(1, 41)]
        assert (lane.in_flight, lane.coming) == (0, 0)
        return [after - before for before, after in pairwise(seen)]

    steps = asyncio.run(work())
    assert 1 < max(steps) <= 6


def test_work_that_fails_for_another_fails_where_it_is_waited_for() -> None:
    """What a piece of work raises goes to the one who waits for it, and the next is done."""

    async def work() -> list[int | BaseException]:
        lane = Lane("one", 100, 60)
        for _ in range(60):
            await lane.run(_request(), int)
            await asyncio.sleep(0)
        given = ("1", "x", "2", "3")
        tasks = [asyncio.create_task(lane.run(_let_in(lane), int, one)) for one in given]
        await asyncio.sleep(0)
        tasks[2].cancel()
        return await asyncio.gather(*tasks, return_exceptions=True)

    first, wrong, cut, last = asyncio.run(work())
    assert (first, last) == (1, 3)
    assert isinstance(wrong, ValueError)
    assert isinstance(cut, asyncio.CancelledError)


def test_many_connections_are_accepted_at_once() -> None:
    """Of a crowd that waits several come in at each step of the loop."""

    async def accept(listener: socket.socket, number: int) -> int:
        loop, made, steps = asyncio.get_running_loop(), 0, 0

        class Counted(asyncio.Protocol):
            def connection_made(self, transport: asyncio.BaseTransport) -> None:
                nonlocal made
                made += 1
                transport.close()

        servers = [await loop.create_server(Counted, sock=one) for one in doors(listener)]
        while made < number:
            await asyncio.sleep(0)
            steps += 1
        for one in servers:
            one.close()
        return steps

    with (
        socket.create_server(("127.0.0.1", 0), backlog=200) as listener,
        ExitStack() as crowd,
        asyncio.Runner(loop_factory=uvicorn.Config("").get_loop_factory()) as runner,
    ):
        for _ in range(160):
            crowd.enter_context(socket.create_connection(listener.getsockname()))
        assert runner.run(accept(listener, 160)) < 80


def _shedding(fill: Callable[[Lanes], object]) -> Shedding:
    lanes = Lanes(Settings(lane_questions=1))
    fill(lanes)
    return Shedding(lanes, Links("/kb/"))


def test_a_refusal_without_parsing_is_like_the_others(flooded: Running) -> None:
    """It has the shape, the headers and the address of a refusal that the application gives."""
    shedding = _shedding(lambda lanes: [Place(lanes.questions) for _ in range(2)])
    told = shedding.judge(GET)

    assert isinstance(told, bytes)
    head, _, body = told.partition(b"\r\n\r\n")
    fields = dict(line.split(": ", 1) for line in head.decode().lower().split("\r\n")[1:])
    usual = flooded.exchange("GET /components/zzzz HTTP/1.1\r\nHost: x\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 503 ")
    assert int(fields["content-length"]) == len(body)
    assert fields["retry-after"] in {"1", "2", "3"}
    assert json.loads(body)["type"] == "/kb/problems/overloaded"
    assert json.loads(body)["instance"] == fields["x-request-id"]
    assert set(usual.headers) - {"date", "connection"} <= set(fields) | {
        name for name in usual.headers if name.startswith("ratelimit")
    }


@pytest.mark.parametrize(
    "data",
    [
        GET[:-2],
        GET + GET,
        GET.replace(b"GET", b"POST"),
        GET.replace(b"/ask", b"/livez"),
        GET.replace(b"1.1", b"1.0"),
        GET.replace(b"Host: x", b"Host: x\r\nOrigin: https://x"),
        GET.replace(b"Host: x", b"Host: x\r\nConnection: close"),
        GET.replace(b"Host: x", b"Host: x\r\nContent-Length: 5"),
    ],
)
def test_what_is_not_certain_is_parsed(data: bytes) -> None:
    """Only a whole, plain GET of a lane's address is refused unread."""
    shedding = _shedding(lambda lanes: [Place(lanes.questions) for _ in range(2)])

    assert not isinstance(shedding.judge(data), bytes)


def test_a_place_is_given_back_once() -> None:
    """A request holds one place from when it is let in, however often it gives it back."""
    lanes = Lanes(Settings(lane_questions=1))
    shedding = Shedding(lanes, Links("/"))
    places = [shedding.judge(GET), shedding.judge(GET)]

    assert isinstance(shedding.judge(GET), bytes)
    for place in places:
        assert isinstance(place, Place)
        place.leave()
        place.leave()
    assert lanes.questions.coming == 0
