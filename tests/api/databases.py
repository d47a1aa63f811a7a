"""A PostgreSQL of its own, as `scripts/ensure_postgresql.sh` has seen to it."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from tests.api.running import until

PASSWORD = "canary-of-a-password"


class Postgres:
    """A server of databases that can be ended and started again; its files are `folder`."""

    def __init__(self, binaries: Path, folder: Path, owner: str | None) -> None:
        self._binaries, self._folder, self._owner = binaries, folder, owner
        self._process: subprocess.Popen[bytes] | None = None
        with socket.create_server(("127.0.0.1", 0)) as free:
            self._port = free.getsockname()[1]
        secret = folder / "password"
        secret.write_text(PASSWORD)
        secret.chmod(0o644)
        self._run("initdb", "-D", str(folder / "data"), "-U", "kb", "-A", "scram-sha-256",
                  "-E", "UTF8", "--locale", "C", "--no-sync", "--pwfile", str(secret))  # fmt: skip

    @property
    def url(self) -> str:
        """What KB_GAPS_URL is set to."""
        return f"postgresql://kb:{PASSWORD}@127.0.0.1:{self._port}/postgres"

    def start(self) -> None:
        """Start it, and wait until it answers."""
        command = (
            *(self._binaries / "postgres", "-D", self._folder / "data", "-p", str(self._port)),
            *("-c", "listen_addresses=127.0.0.1", "-c", f"unix_socket_directories={self._folder}"),
        )
        with (self._folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                command, stdout=log, stderr=log, user=self._owner, cwd=self._folder
            )
        until(self._answers)

    def end(self) -> None:
        """End it at once, as a machine that fails does."""
        if self._process is not None:
            self._process.send_signal(signal.SIGQUIT)
            self._process.wait(30)
            self._process = None

    def connect(self) -> psycopg.Connection[tuple[object, ...]]:
        """Return a connection; each statement is done at once, unless within a transaction."""
        return psycopg.connect(self.url, autocommit=True, connect_timeout=5)

    def _answers(self) -> bool:
        try:
            self.connect().close()
        except psycopg.OperationalError:
            return False
        return True

    def _run(self, name: str, *words: str) -> None:
        ended = subprocess.run(
            [str(self._binaries / name), *words],
            user=self._owner,
            cwd=self._folder,
            capture_output=True,
            text=True,
            check=False,
        )
        assert ended.returncode == 0, ended.stderr


@contextmanager
def postgres() -> Iterator[Postgres]:
    """Start a PostgreSQL with nothing in it, and end it; skip the test where there is none."""
    found = [*sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb")), shutil.which("initdb")]
    if not found[0]:
        pytest.skip("no PostgreSQL here: see what scripts/ensure_postgresql.sh says")
    owner = _owner()
    with tempfile.TemporaryDirectory(prefix="kb-pg-") as name:
        folder = Path(name)
        if owner is not None:
            shutil.chown(folder, owner)
        server = Postgres(Path(found[0]).parent, folder, owner)
        server.start()
        try:
            yield server
        finally:
            server.end()


def _owner() -> str | None:
    """Return whom PostgreSQL runs as: it refuses root."""
    if os.geteuid() != 0:
        return None
    names = {one.pw_name for one in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"
