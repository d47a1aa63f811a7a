"""Several processes that answer at one address, and one that sees to it that they do.

The supervisor holds the listening socket and never answers: what a worker that dies had not yet
accepted is accepted by another. It knows neither HTTP nor what a worker serves. Workers are forked,
so there are none where the system cannot do that.
"""

from __future__ import annotations

import contextlib
import logging
import os
import select
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

_LOG = logging.getLogger("clusterkb.serve")

RETIRE = getattr(signal, "SIGUSR1", signal.SIGTERM)
"""Tells a worker that another has taken its place."""
MOST_START = 60.0
"""How long a worker may take until it answers, in seconds."""
EARLY = 1.0
"""A worker that lived shorter, in seconds, is replaced after a pause, which doubles each time."""
MOST_FAILURES = 10
"""So many workers may die early, one after the other, before it is given up, if none answers."""
MOST_PAUSE = 5.0
"""The longest such pause, in seconds."""
_NAMES = ("SIGTERM", "SIGINT", "SIGHUP", "SIGCHLD", "SIGUSR1", "SIGUSR2")
_SIGNALS = tuple(getattr(signal, name) for name in _NAMES if hasattr(signal, name))

Work = Callable[[socket.socket, Callable[[], None]], None]
"""What a worker does with the listening socket until a signal; it calls the second when it answers.
"""


@dataclass(slots=True)
class _Worker:
    process: int
    ready: int
    """A pipe that can be read once the worker answers."""
    since: float = field(default_factory=time.monotonic)
    answers: bool = False
    is_retired: bool = False


class Supervisor:
    """Keeps a number of workers at work."""

    def __init__(
        self,
        work: Work,
        workers: int,
        listener: socket.socket,
        grace: float,
        tell: Callable[[], None],
    ) -> None:
        self._work = work
        self._number = workers
        self._listener = listener
        self._tell = tell
        """Called once, when the first worker answers."""
        self._has_told = False
        self._grace = grace
        """How long workers may take to end, in seconds."""
        self._workers: list[_Worker] = []
        self._lifeline = os.pipe()
        """Its end is held by the supervisor alone: when that is gone the workers end."""
        self._awake, self._wake = socket.socketpair()
        self._wake.setblocking(False)
        self._failures = 0
        self._not_before = 0.0

    def run(self) -> int:
        """Keep the workers at work until a signal to end; return the exit code."""
        for one in _SIGNALS:
            signal.signal(one, lambda *_: None)
        signal.set_wakeup_fd(self._wake.fileno(), warn_on_full_buffer=False)
        while True:
            self._fill()
            if self._failures > MOST_FAILURES and not any(one.answers for one in self._workers):
                _LOG.error("no worker comes to answer")
                return self._end(signal.SIGTERM, 1)
            told = self._wait(0.2)
            for one in (signal.SIGTERM, signal.SIGINT):
                if one in told:
                    return self._end(one, 0)
            self._bury()
            if signal.SIGHUP in told:
                self._replace_all()

    def _fill(self) -> None:
        """Start workers for those that are missing, after a pause where they die early."""
        missing = self._number - sum(not one.is_retired for one in self._workers)
        if missing > 0 and time.monotonic() >= self._not_before:
            for _ in range(missing):
                self._workers.append(self._start())

    def _start(self) -> _Worker:
        ready, answers = os.pipe()
        process = os.fork()
        if process:
            os.close(answers)
            return _Worker(process, ready)
        code = 1
        try:
            code = self._be_worker(answers)
        except BaseException:  # noqa: BLE001 - nothing may get past the fork
            _LOG.exception("a worker failed")
        finally:
            sys.stderr.flush()
            os._exit(code)

    def _be_worker(self, answers: int) -> int:
        signal.set_wakeup_fd(-1)
        for one in _SIGNALS:
            signal.signal(one, signal.SIG_DFL)
        with contextlib.suppress(OSError):
            os.setpgid(0, 0)  # a terminal tells the supervisor, which tells the workers
        os.close(self._lifeline[1])
        threading.Thread(target=self._end_as_orphan, daemon=True).start()
        self._work(self._listener, lambda: _tell(answers))
        return 0

    def _end_as_orphan(self) -> None:
        os.read(self._lifeline[0], 1)
        os.kill(os.getpid(), signal.SIGTERM)

    def _wait(self, seconds: float) -> set[int]:
        """Wait for something to happen; return the signals that came."""
        waiting: list[socket.socket | int] = [self._awake]
        waiting += [one.ready for one in self._workers if not one.answers]
        found, _, _ = select.select(waiting, [], [], seconds)
        for one in self._workers:
            if one.ready in found:
                one.answers = bool(os.read(one.ready, 1))
                if one.answers:
                    self._failures = 0
                    if not self._has_told:
                        self._has_told = True
                        self._tell()
        return set(self._awake.recv(4096)) if self._awake in found else set()

    def _bury(self) -> None:
        """Forget the workers that have ended."""
        now = time.monotonic()
        for one in list(self._workers):
            process, status = os.waitpid(one.process, os.WNOHANG)
            if process == 0:
                if not one.answers and now - one.since > MOST_START:
                    os.kill(one.process, signal.SIGKILL)
                continue
            os.close(one.ready)
            self._workers.remove(one)
            if one.is_retired:
                continue
            code = os.waitstatus_to_exitcode(status)
            _LOG.error("worker %d ended with %d: another is started", one.process, code)
            if not one.answers or now - one.since < EARLY:
                self._failures += 1
                self._not_before = now + min(MOST_PAUSE, 0.1 * 2 ** min(self._failures, 10))

    def _replace_all(self) -> None:
        """Put a new worker in the place of each, one after the other, once it answers."""
        for old in [one for one in self._workers if not one.is_retired]:
            new = self._start()
            self._workers.append(new)
            end = time.monotonic() + MOST_START
            while not new.answers and new in self._workers and time.monotonic() < end:
                told = self._wait(0.1)
                if {signal.SIGTERM, signal.SIGINT} & told:
                    os.kill(os.getpid(), signal.SIGTERM)  # for the loop, as soon as this is over
                    end = 0.0
                self._bury()
            if not new.answers:
                _LOG.error("a new worker does not answer: the others stay")
                new.is_retired = True
                _signal(new, signal.SIGKILL)
                return
            old.is_retired = True
            _signal(old, RETIRE)

    def _end(self, told: int, code: int) -> int:
        """End all workers; a second signal ends them at once."""
        for one in self._workers:
            _signal(one, told)
        end = time.monotonic() + self._grace
        while self._workers:
            if {signal.SIGTERM, signal.SIGINT} & self._wait(0.1):
                for one in self._workers:
                    _signal(one, signal.SIGTERM)
                end = min(end, time.monotonic() + 1)
            if time.monotonic() > end:
                for one in self._workers:
                    _signal(one, signal.SIGKILL)
            for one in list(self._workers):
                process, status = os.waitpid(one.process, os.WNOHANG)
                if process:
                    self._workers.remove(one)
                    code = code or int(os.waitstatus_to_exitcode(status) != 0)
        return code


def _tell(pipe: int) -> None:
    os.write(pipe, b"1")
    os.close(pipe)


def _signal(worker: _Worker, told: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(worker.process, told)
