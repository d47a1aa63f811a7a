"""A server of built generations, clients that compare all they get, and publications meanwhile."""

from __future__ import annotations

import http.client
import shutil
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

from kb import GenerationStore, KnowledgeBase
from tests.api.running import K0, Running, started, until

MARKS = ("one", "two", "three", "four", "five", "six", "seven")
"""More than a folder keeps, so that publishing copies, and deletes what nobody reads."""
IDENTITY = {"Accept-Encoding": "identity"}
Known = dict[str, set[tuple[str | None, bytes]]]
"""Address -> the entity tags and bodies that it may have."""
PATHS = ("/components/ingest-service", "/ask?q=ingest+service", "/search?q=cell+ring", "/",
         "/components/ingest-service.md", "/matrix")  # fmt: skip


def generations(folder: Path) -> Mapping[str, Path]:
    """Make generations of different content, by a word that stands in what each answers."""
    store = GenerationStore(folder / "store")
    found: dict[str, Path] = {}
    for mark in MARKS:
        docs = Path(shutil.copytree(K0, folder / mark))
        page = docs / "components" / "ingest-service.md"
        text = page.read_text("utf-8")
        page.write_text(text.replace("role: ", f"role: Called {mark} here. ", 1), "utf-8")
        knowledge = KnowledgeBase.build(docs)

        def fill(target: Path, knowledge: KnowledgeBase = knowledge, mark: str = mark):  # type: ignore[no-untyped-def]
            (target / "site").mkdir()
            (target / "site" / "index.html").write_text(f"<p>{mark}</p>" * 2000, "utf-8")
            return knowledge.save(target)

        found[mark] = store.root / store.add(fill)
    return found


def serving_built(
    store: GenerationStore, *options: str, **settings: str
) -> AbstractContextManager[Running]:
    """Start a server on a folder of generations, and end it."""
    store.root.mkdir(mode=0o700, exist_ok=True)
    return started("--generation", str(store.root), *options, **settings)


def published(store: GenerationStore, generation: Path) -> str:
    """Publish a generation that was built elsewhere, and return its name."""
    name = store.adopt(generation)
    store.publish(name)
    return name


def shown(running: Running) -> dict[str, tuple[int, str | None, bytes]]:
    """Return status, entity tag and body of some addresses."""
    with running.client() as client:
        got = {path: client.get(path, headers=IDENTITY) for path in PATHS}
    return {
        path: (one.status_code, one.headers.get("etag"), one.content) for path, one in got.items()
    }


def state(running: Running) -> dict[str, object]:
    """Return what /readyz says."""
    with running.client() as client:
        told: dict[str, object] = client.get("/readyz").json()
    return told


def becomes(running: Running, name: str) -> Callable[[], bool]:
    """Return what tells whether a generation is the one that is served."""
    return lambda: state(running).get("generation") == name


class Clients:
    """Eight clients that keep their connections and compare all that they get."""

    def __init__(self, running: Running, known: Known) -> None:
        self._port, self._known = running.port, known
        self.faults: list[str] = []
        self.count = 0
        self.seconds: list[float] = []
        self._stopped = threading.Event()
        self._threads = [threading.Thread(target=self._ask, args=(at,)) for at in range(8)]
        for one in self._threads:
            one.start()

    def stop(self) -> None:
        """End them."""
        self._stopped.set()
        for one in self._threads:
            one.join(30)

    def _ask(self, at: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=20)
        tag = ""
        while not self._stopped.is_set():
            at += 1
            path = PATHS[at % len(PATHS)]
            started = time.perf_counter()
            try:
                known = {"If-None-Match": tag} if at % 3 else {}
                connection.request("GET", path, headers={**IDENTITY, **known})
                got = connection.getresponse()
                body = got.read()
            except (OSError, http.client.HTTPException) as error:
                self.faults.append(f"{path}: {error!r}")
                connection.close()
                continue
            self.seconds.append(time.perf_counter() - started)
            self.count += 1
            new = got.headers["etag"]
            if got.status == 304:
                if new != tag:
                    self.faults.append(f"{path}: 304 for {new}, and {tag} was asked")
            elif got.status != 200 or (new, body) not in self._known[path]:
                self.faults.append(f"{path}: {got.status} {new} {body[:80]!r}")
            tag = new or ""
        connection.close()


def open_files(running: Running) -> int:
    """Return how many files a server has open."""
    return len(list(Path(f"/proc/{running.process.pid}/fd").iterdir()))


def resident(running: Running) -> float:
    """Return the resident memory of a server in megabytes."""
    status = Path(f"/proc/{running.process.pid}/status").read_text("ascii")
    line = next(one for one in status.splitlines() if one.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


@dataclass(frozen=True, slots=True)
class Seen:
    """What came of publishing under load."""

    faults: list[str]
    """Replies that failed, or were of no generation or of two."""
    requests: int
    seconds: list[float]
    """How long each took, shortest first."""
    delays: list[float]
    """Seconds from the end of a publication to its being served, of one in twenty."""
    more_files: int
    """Open files of the server after it, less those before."""
    more_memory: float
    """Resident memory of the server after it, less that before, in megabytes."""


def publish_under_load(store: GenerationStore, built: Mapping[str, Path], times: int) -> Seen:
    """Publish so many times while eight clients ask, and compare each reply with what may be."""
    known: Known = {path: set() for path in PATHS}
    delays: list[float] = []
    published(store, built[MARKS[0]])
    with serving_built(store) as running:
        for mark in MARKS:
            until(becomes(running, published(store, built[mark])), 20)
            for path, (_, etag, body) in shown(running).items():
                known[path].add((etag, body))
        assert len(known["/"]) == len(MARKS)
        files, memory = open_files(running), resident(running)
        clients = Clients(running, known)
        for number in range(times):
            name = published(store, built[MARKS[number % len(MARKS)]])
            if number % 20 == 19:
                started = time.monotonic()
                until(becomes(running, name), 20)
                delays.append(time.monotonic() - started)
        clients.stop()
        return Seen(
            clients.faults,
            clients.count,
            sorted(clients.seconds),
            delays,
            open_files(running) - files,
            resident(running) - memory,
        )
