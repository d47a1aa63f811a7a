"""Workers that die, are replaced and end, while clients ask."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from kb import GenerationStore, KnowledgeBase
from tests.api.publishing import serving_built
from tests.api.running import K0, ROOT, Running, until
from tests.api.test_telemetry import admin_of

pytestmark = pytest.mark.skipif(not Path("/proc").exists(), reason="children are found there")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which a generation is published."""
    store = GenerationStore(tmp_path_factory.mktemp("built") / "store")
    store.publish(store.add(KnowledgeBase.build(K0).save))
    return store.root


@pytest.fixture
def supervised(folder: Path) -> Iterator[Running]:
    """A supervisor with two workers that both answer."""
    store = GenerationStore(folder)
    options = ("--workers", "2", "--admin-port", "0")
    with serving_built(store, *options, KB_DRAIN_SECONDS="1") as running:
        with running.client() as client:
            assert client.get("/readyz").status_code == 200
        until(lambda: len(children(running)) == 2)
        time.sleep(1)  # the other worker answers as well
        yield running


def children(running: Running) -> list[int]:
    """Return the workers."""
    listed = Path(f"/proc/{running.process.pid}/task/{running.process.pid}/children")
    return [int(one) for one in listed.read_text("ascii").split()]


class Asking:
    """Clients that ask again and again on connections that they keep while they may."""

    def __init__(self, running: Running, clients: int) -> None:
        self.failures: list[str] = []
        self.answered = 0
        self._is_over = threading.Event()
        self._threads = [
            threading.Thread(target=self._ask, args=(running,)) for _ in range(clients)
        ]

    def _ask(self, running: Running) -> None:
        with running.client() as client:
            while not self._is_over.is_set():
                try:
                    told = client.get("/readyz").status_code
                except httpx.HTTPError as error:
                    self.failures.append(repr(error))
                else:
                    self.answered += told == 200
                    if told != 200:
                        self.failures.append(str(told))
                time.sleep(0.005)

    def __enter__(self) -> Asking:
        for one in self._threads:
            one.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._is_over.set()
        for one in self._threads:
            one.join()


def test_a_worker_that_is_killed_is_replaced(supervised: Running) -> None:
    """Within two seconds of kill -9 there are two again; only what it was doing is lost."""
    with Asking(supervised, 4) as asking:
        for _ in range(3):
            before = children(supervised)
            os.kill(before[0], signal.SIGKILL)
            until(lambda old=before[0]: old not in children(supervised), 2)  # type: ignore[misc]
            until(lambda: len(children(supervised)) == 2, 2)
            time.sleep(0.7)
    assert supervised.process.poll() is None
    assert len(asking.failures) <= 3 * 4
    assert asking.answered > 100


def test_workers_are_replaced_without_a_failed_request(supervised: Running) -> None:
    """SIGHUP puts new workers in the place of the old ones, and no client notices."""
    before = set(children(supervised))
    with Asking(supervised, 4) as asking:
        supervised.process.send_signal(signal.SIGHUP)
        until(lambda: len(children(supervised)) == 2 and not before & set(children(supervised)))
    assert asking.failures == []
    assert asking.answered > 100


@pytest.mark.parametrize("told", [signal.SIGUSR1, signal.SIGUSR2])
def test_a_signal_for_log_files_ends_nothing(supervised: Running, told: signal.Signals) -> None:
    """What other services open their log files anew for is passed over."""
    before = children(supervised)
    supervised.process.send_signal(told)
    time.sleep(0.5)

    assert supervised.process.poll() is None
    assert children(supervised) == before


def test_the_log_is_json_from_all(folder: Path) -> None:
    """What the supervisor has to say is an object a line, once, like the rest."""
    options = ("--workers", "2")
    with serving_built(GenerationStore(folder), *options, KB_LOG_FORMAT="json") as running:
        until(lambda: len(children(running)) == 2)
        os.kill(children(running)[0], signal.SIGKILL)
        until(lambda: any("ended with -9" in line for line in running.lines), 10)

    told = [json.loads(line)["message"] for line in running.lines]
    assert sum("ended with -9" in one for one in told) == 1


def test_workers_count_together(supervised: Running) -> None:
    """Whichever worker shows the metrics tells of all, also of those that were replaced."""
    name = 'kb_http_requests_total{method="GET",route="/components",status="200"} 20.0'
    before = children(supervised)
    for _ in range(20):
        with supervised.client() as client:
            client.get("/components")
    until(lambda: any("metrics" in line for line in supervised.lines))
    with admin_of(supervised) as admin:
        assert name in admin.get("/metrics").text.splitlines()
    supervised.process.send_signal(signal.SIGHUP)
    until(lambda: len(children(supervised)) == 2 and not set(before) & set(children(supervised)))
    with admin_of(supervised) as admin:
        metrics = admin.get("/metrics").text
    assert name in metrics.splitlines()
    (built,) = re.findall(r'kb_content_info\{generation="(g-[0-9a-f]{64})",version="', metrics)
    assert built


def test_all_workers_end_with_the_supervisor(supervised: Running) -> None:
    """SIGTERM ends them all, with exit code 0; and without a supervisor there are none."""
    workers = children(supervised)
    supervised.process.send_signal(signal.SIGTERM)
    assert supervised.process.wait(10) == 0
    assert not any(Path(f"/proc/{one}").exists() for one in workers)


def test_workers_do_not_outlive_their_supervisor(supervised: Running) -> None:
    """When the supervisor is killed, the workers end as after a signal."""
    workers = children(supervised)
    supervised.process.kill()
    try:
        until(lambda: not any(_runs(one) for one in workers), 10)
    finally:
        for one in filter(_runs, workers):
            os.kill(one, signal.SIGKILL)


def _runs(process: int) -> bool:
    try:
        status = Path(f"/proc/{process}/stat").read_text("utf-8")
    except FileNotFoundError:
        return False
    return status.rpartition(")")[2].split()[0] != "Z"


def test_workers_need_something_built(tmp_path: Path) -> None:
    """Pages are read by one process; who wants several is told what they can serve."""
    ended = subprocess.run(
        [sys.executable, "-m", "kb.cli", "serve", "--docs-dir", str(K0), "--workers", "2"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert ended.returncode == 2
    assert "--generation" in ended.stderr
