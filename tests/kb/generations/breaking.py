"""Ends a build and publication at every one of its steps, and looks at what is left each time.

Run as a program of its own, because a process is forked for every step. A step is any opening of a
file for writing, making, renaming or deleting of a file or folder, and bringing one to the disk,
whoever asks for it: they are counted where Python hands them to the system.
"""

import errno
import json
import os
import resource
import signal
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from kb.errors import GenerationError
from kb.generations import Store

STEPS = {"os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.chmod", "shutil.rmtree"}
DELETING = {"os.remove", "os.rmdir"}  # within folders that are open, by names alone
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC


class Breaker:
    """Counts the steps of this process, and does something at one of them."""

    def __init__(self, root: Path, at: int, act: Callable[[str], None]) -> None:
        self._root, self._at, self._act = str(root), at, act
        self.count = 0
        self._synced = os.fsync
        setattr(os, "fsync", self._fsync)  # noqa: B010 - the audit events have none for it
        sys.addaudithook(self._hook)

    def _fsync(self, descriptor: Any) -> None:
        self._step("fsync")
        self._synced(descriptor)

    def _hook(self, event: str, given: tuple[Any, ...]) -> None:
        is_opened = event == "open" and isinstance(given[2], int) and given[2] & WRITING
        is_below = self._root in str(given[0]) or (event in DELETING and given[1] >= 0)
        if (is_opened or event in STEPS) and is_below:
            self._step(f"{event} {given[0]}")
            if is_opened and given[2] & os.O_TRUNC and Path(given[0]).exists():
                self._step(f"emptied {given[0]}", emptied=given[0])

    def _step(self, what: str, emptied: str | None = None) -> None:
        self.count += 1
        if self.count == self._at:
            if emptied is not None:  # it is open, and nothing is written to it yet
                os.truncate(emptied, 0)
            self._act(what)


def kill(_: str) -> None:
    """End the process as a loss of power does: nothing of it runs any more."""
    os.kill(os.getpid(), signal.SIGKILL)


def fail(number: int) -> Callable[[str], None]:
    """Return what lets the system refuse a step with this error."""

    def refuse(what: str) -> None:
        raise OSError(number, os.strerror(number), what)

    return refuse


def fill(mark: str) -> Callable[[Path], Mapping[str, str]]:
    """Return what writes a small generation; `mark` stands in each of its files."""

    def write(folder: Path) -> Mapping[str, str]:
        for name in ("catalog.json", "search/index", "site/index.html", "site/a/index.html"):
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(f"{name} {mark}\n" * 200, encoding="utf-8")
        return {"mark": mark}

    return write


def build(store: Store, mark: str) -> None:
    """Do what is broken off: build a generation and publish it."""
    store.publish(store.add(fill(mark)))


def mark_of(store: Store) -> str:
    """Return the mark of the published generation, whose every file has to have it."""
    held = store.hold(store.published()[0])
    for path in held.manifest.files:
        assert held.read(path).decode() == f"{path} {held.about['mark']}\n" * 200
    return held.about["mark"]


def in_child(work: Callable[[], None]) -> int:
    """Do something in a process of its own and return how that ended."""
    child = os.fork()
    if child == 0:
        try:
            work()
        except (OSError, GenerationError):
            os._exit(3)
        except BaseException:  # noqa: BLE001 - nothing of the test may run on in the child
            os._exit(4)
        os._exit(0)
    return os.waitpid(child, 0)[1]


def broken_at_every_step(root: Path, act: Callable[[str], None]) -> dict[str, Any]:
    """Break off at the first step, the second, and so on, and return what was seen."""
    store = Store(root)
    for number in range(6):
        build(store, f"before {number}")
    seen: dict[str, Any] = {"steps": 0, "old": 0, "new": 0, "ended": []}
    for at in range(1, 10_000):
        before, mark = mark_of(store), f"try {at}"
        finished = root.parent / "finished"
        finished.unlink(missing_ok=True)

        def work(at: int = at, mark: str = mark) -> None:
            breaker = Breaker(root, at, act)
            build(store, mark)
            if breaker.count < at:
                (root.parent / "finished").touch()

        ended = in_child(work)
        now = mark_of(store)
        assert now in (before, mark), (at, now)
        if finished.exists():
            break
        seen["new" if now == mark else "old"] += 1
        seen["steps"] = at
        if ended not in seen["ended"]:
            seen["ended"].append(ended)
        build(store, f"after {at}")
        assert mark_of(store) == f"after {at}", at
        left = [one.name for one in root.iterdir() if one.name[0] == "." and one.is_dir()]
        assert not left, (at, left)
        assert len(store.names()) <= 5, (at, store.names())
    return seen


def limited(root: Path, most_bytes: int) -> dict[str, Any]:
    """Build where no file may be larger than this, as on a full disk."""
    store = Store(root)
    build(store, "first")

    def work() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (most_bytes, most_bytes))
        build(store, "second")

    ended = in_child(work)
    left = [one.name for one in root.iterdir() if one.name.startswith(".new-")]
    found = {"ended": ended, "mark": mark_of(store), "left": left}
    build(store, "third")
    return {**found, "after": mark_of(store)}


if __name__ == "__main__":
    place, how = Path(sys.argv[1]), sys.argv[2]
    if how.isdigit():
        told = limited(place, int(how))
    else:
        told = broken_at_every_step(place, kill if how == "kill" else fail(getattr(errno, how)))
    sys.stdout.write(json.dumps(told))
