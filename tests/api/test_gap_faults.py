"""A database that is locked, gone, full, read-only or slow: no answer waits, and nothing is lost
beyond what may wait. Real files of SQLite, a real PostgreSQL and real servers.
"""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from datetime import date
from pathlib import Path
from statistics import median

import pytest

from api.gaps.errors import StoreError
from api.gaps.log import MOST_WAITING
from api.gaps.store import Store
from tests.api.databases import PASSWORD, Postgres, postgres
from tests.api.running import K0, ROOT, Running, serving, until
from tests.api.test_telemetry import admin_of, samples

USUAL = 0.1
"""Seconds within which most answers are there: many times what one takes, and less than any
database is waited for. The slowest is left to benchmarks: this machine may have other work."""
LOCKED = float(os.environ.get("TEST_LOCKED_SECONDS", "3"))
"""How long a file is locked: 60 was tried as well."""

FAULTY = """
import os, resource, sys, time
from pathlib import Path
from statistics import median
from api.gaps.log import GapLog
from api.gaps.store import Store

fault, path = sys.argv[1], Path(sys.argv[2])
lost = []
log = GapLog(Store(f"sqlite:///{path}"), lost.append)
words = ["".join("abcdefghij"[int(one)] for one in str(at)) for at in range(500)]
Store(f"sqlite:///{path}").add({("first", "clarify"): 1})
is_root, hard = os.geteuid() == 0, resource.getrlimit(resource.RLIMIT_FSIZE)[1]
if fault == "full":
    resource.setrlimit(resource.RLIMIT_FSIZE, (path.stat().st_size, hard))
elif fault == "read-only":
    path.chmod(0o444), path.parent.chmod(0o555)
    if is_root:
        os.seteuid(65534)
else:
    path.parent.rename(path.parent.with_name("elsewhere"))
    path.parent.write_text("no folder")
seconds = []
for word in words:
    begun = time.perf_counter()
    log.heard(f"what about {word}", "not_covered")
    seconds.append(time.perf_counter() - begun)
time.sleep(2)
if fault == "full":
    resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
elif fault == "read-only":
    if is_root:
        os.seteuid(0)
    path.parent.chmod(0o755), path.chmod(0o600)
else:
    path.parent.unlink()
    path.parent.with_name("elsewhere").rename(path.parent)
log.close(10)
print(median(seconds), sum(lost))
"""
"""Spoils a file of SQLite, asks meanwhile, mends it; a process of its own, whose limits and user
are changed."""


@pytest.fixture(scope="module")
def server() -> Iterator[Postgres]:
    """A PostgreSQL."""
    with postgres() as started:
        yield started


@pytest.fixture
def database(server: Postgres) -> Postgres:
    """One without a table."""
    with closing(server.connect()) as connection:
        connection.execute("DROP TABLE IF EXISTS kb_asked")
    return server


def word(number: int) -> str:
    """Return a number in letters: digits would be taken out."""
    return "".join("abcdefghij"[int(one)] for one in str(number))


def asked(url: str) -> dict[str, int]:
    """Return question -> how often."""
    return {one.question: one.asked for one in Store(url).rows()}


class Asking:
    """Somebody who asks one question after the other, each of its own."""

    def __init__(self, running: Running) -> None:
        self.count = 0
        self.seconds: list[float] = []
        self.statuses: set[int] = set()
        self._running = running
        self._is_over = threading.Event()
        self._thread = threading.Thread(target=self._ask)
        self._thread.start()

    def stop(self) -> None:
        """End it."""
        self._is_over.set()
        self._thread.join(30)

    def _ask(self) -> None:
        with self._running.client() as client:
            while not self._is_over.is_set():
                begun = time.perf_counter()
                asked = {"q": f"which zanzibarite likes {word(self.count)}?"}
                self.statuses.add(client.get("/ask", params=asked).status_code)
                self.seconds.append(time.perf_counter() - begun)
                self.count += 1
                time.sleep(LOCKED / 150)


def lost(running: Running) -> int:
    """Return how many questions were lost, as the metrics of a server say."""
    until(lambda: any("metrics" in line for line in running.lines))
    with admin_of(running) as client:
        return int(samples(client)["kb_gaps_lost_total"])


@pytest.mark.parametrize("fault", ["full", "read-only", "gone"])
def test_a_file_that_cannot_be_written_delays_nobody_and_loses_nothing(
    tmp_path: Path, fault: str
) -> None:
    """While it lasts, hearing is quick; afterwards all is written, once."""
    tmp_path.chmod(0o755)
    path = tmp_path / "folder" / "gaps.db"
    ended = subprocess.run(
        [sys.executable, "-c", FAULTY, fault, str(path)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    usual, dropped = ended.stdout.split()

    assert "cannot be kept now" in ended.stderr
    assert float(usual) < 0.001
    assert float(dropped) == 0
    assert len(asked(f"sqlite:///{path}")) == 501
    assert set(asked(f"sqlite:///{path}").values()) == {1}
    assert not path.with_name("gaps.db.broken").exists()


def test_while_a_file_is_locked_answers_are_as_quick_as_ever(tmp_path: Path) -> None:
    """Another holds it for many times what a writer waits; all is written then, once."""
    path = tmp_path / "gaps.db"
    Store(f"sqlite:///{path}").add({("first", "clarify"): 1})
    with (
        serving(K0, KB_GAPS_URL=f"sqlite:///{path}", KB_ADMIN_PORT="0") as running,
        closing(sqlite3.connect(path, isolation_level=None)) as other,
    ):
        other.execute("BEGIN EXCLUSIVE")
        asking = Asking(running)
        time.sleep(LOCKED)
        asking.stop()
        other.execute("ROLLBACK")
        until(lambda: len(asked(f"sqlite:///{path}")) == asking.count + 1)
        assert lost(running) == 0

    assert median(asking.seconds) < USUAL
    assert asking.statuses == {200}
    assert set(asked(f"sqlite:///{path}").values()) == {1}


def test_what_is_more_than_may_wait_is_counted(tmp_path: Path) -> None:
    """Beyond a thousand questions that wait, each that is dropped is one more in the metrics."""
    blocked = tmp_path / "folder"
    blocked.write_text("no folder")
    with (
        serving(K0, KB_GAPS_URL=f"sqlite:///{blocked}/gaps.db", KB_ADMIN_PORT="0") as running,
        running.client() as client,
    ):
        for at in range(MOST_WAITING + 30):
            client.get("/ask", params={"q": f"which zanzibarite likes {word(at)}?"})
        until(lambda: lost(running) == 30)
        blocked.unlink()
        until(lambda: len(asked(f"sqlite:///{blocked}/gaps.db")) == MOST_WAITING)
        assert lost(running) == 30


def test_what_waits_at_the_end_and_cannot_be_written_is_told(tmp_path: Path) -> None:
    """A service that ends while its database is gone says how many questions went with it."""
    blocked = tmp_path / "folder"
    blocked.write_text("no folder")
    with serving(K0, KB_GAPS_URL=f"sqlite:///{blocked}/gaps.db") as running:
        with running.client() as client:
            for at in range(3):
                client.get("/ask", params={"q": f"which zanzibarite likes {word(at)}?"})
        running.stop()

    assert any("3 unanswered questions were lost" in line for line in running.lines)


def test_a_server_counts_caps_and_forgets_as_a_file_does(database: Postgres) -> None:
    """The same of both: sums, the greatest number, the days, and those asked most stay."""
    store = Store(database.url, most_rows=10, days=5)
    often = "often '; DROP TABLE kb_asked; --"
    store.add({("old", "clarify"): 9}, date(2026, 1, 1))
    store.add({(often, "clarify"): 2}, date(2026, 1, 10))
    store.add({(often, "clarify"): 3}, date(2026, 1, 11))
    assert asked(database.url) == {often: 5}

    store.add({(f"q{at}", "not_covered"): 1 for at in range(50)}, date(2026, 1, 11))

    (first, *others) = Store(database.url).rows()
    assert (first.asked, first.first_seen, first.last_seen) == (5, "2026-01-10", "2026-01-11")
    assert first.status == "clarify"
    assert len(others) <= 9


def test_several_processes_begin_one_table(database: Postgres) -> None:
    """Whoever comes second finds it made; what each counted is there."""
    together = threading.Barrier(4)

    def count(at: int) -> None:
        store = Store(database.url)
        together.wait(10)
        while True:
            with suppress(StoreError):  # the log tries again, too
                store.add({("shared", "clarify"): 1, (f"own {at}", "clarify"): 1})
                return

    threads = [threading.Thread(target=count, args=(at,)) for at in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join(20)

    assert asked(database.url) == {"shared": 4, **{f"own {at}": 1 for at in range(4)}}


def test_a_server_that_is_slow_or_goes_delays_no_answer(database: Postgres) -> None:
    """Locked, ended and started again: every question is there once, and none was lost."""
    Store(database.url).add({("first", "clarify"): 1})
    with serving(K0, KB_GAPS_URL=database.url, KB_ADMIN_PORT="0") as running:
        asking = Asking(running)
        with closing(database.connect()) as other, other.transaction():
            other.execute("LOCK TABLE kb_asked IN ACCESS EXCLUSIVE MODE")
            time.sleep(2)
        database.end()
        time.sleep(2)
        database.start()
        time.sleep(1)
        asking.stop()
        until(lambda: len(asked(database.url)) == asking.count + 1)
        assert lost(running) == 0
        told = "\n".join(running.lines)

    assert median(asking.seconds) < USUAL
    assert asking.statuses == {200}
    assert set(asked(database.url).values()) == {1}
    assert "cannot be kept now" in told
    assert "kept again" in told
    assert PASSWORD not in told
