"""Servers that others made, on the same bytes: a file that nginx sends, a row that Datasette gives.

nginx is Debian's; Datasette stands in an environment of its own, `.venv/other-datasette`, which
`make bench` makes from requirements/bench-other.txt. What is not installed is told and left out.
"""

from __future__ import annotations

import http.client
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from tests.benchmarks.servers import Reply, Server

NGINX = shutil.which("nginx", path="/usr/local/sbin:/usr/sbin:/usr/local/bin:/usr/bin")
DATASETTE = shutil.which("datasette", path=str(Path(sys.prefix) / "other-datasette" / "bin"))
MOST_WAIT = 30.0
"""How long a server may take to answer, in seconds."""
_CONFIGURATION = """
daemon off; master_process off; error_log stderr error; pid {folder}/nginx.pid;
events {{ worker_connections 1024; }}
http {{
  access_log off; sendfile on; tcp_nopush on; keepalive_requests 1000000000;
  default_type application/json; open_file_cache max=1000;
  client_body_temp_path {folder}/t1; proxy_temp_path {folder}/t2; fastcgi_temp_path {folder}/t3;
  uwsgi_temp_path {folder}/t4; scgi_temp_path {folder}/t5;
  server {{ listen 127.0.0.1:{port}; root {folder}; }}
}}
"""


@contextmanager
def nginx(folder: Path, reply: Reply, path: str) -> Iterator[Server]:
    """Serve the body of a reply as a file at a path, by one process of nginx."""
    assert NGINX is not None
    file = folder / path.removeprefix("/")
    file.parent.mkdir(parents=True)
    file.write_bytes(reply.body)
    port = _free_port()
    configuration = folder / "nginx.conf"
    configuration.write_text(_CONFIGURATION.format(folder=folder, port=port), "utf-8")
    with _running([NGINX, "-c", str(configuration), "-p", str(folder)], port) as server:
        yield server


@contextmanager
def datasette(folder: Path, reply: Reply, path: str) -> Iterator[tuple[Server, str]]:
    """Serve the body of a reply as a row; give also the path at which it is."""
    assert DATASETTE is not None
    name = path.rpartition("/")[2]
    with closing(sqlite3.connect(folder / "kb.db")) as database, database:
        database.execute("create table components (id text primary key, stated text)")
        database.execute("insert into components values (?, ?)", (name, reply.body.decode()))
    port = _free_port()
    command = [DATASETTE, "serve", "--immutable", str(folder / "kb.db"), "--port", str(port)]
    with _running(command, port) as server:
        yield server, f"/kb/components/{name}.json"


@contextmanager
def _running(command: Sequence[str], port: int) -> Iterator[Server]:
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            _wait(port, process)
            yield Server(port, process.pid)
        finally:
            process.terminate()
            process.wait(30)


def _wait(port: int, process: subprocess.Popen[bytes]) -> None:
    """Wait until a server answers. Raises RuntimeError when it does not."""
    end = time.monotonic() + MOST_WAIT
    while time.monotonic() < end and process.poll() is None:
        with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=5)) as connection:
            try:
                connection.request("GET", "/")
                connection.getresponse().read()
            except OSError:
                time.sleep(0.05)
            else:
                return
    raise RuntimeError(f"{process.args!r} does not answer")


def _free_port() -> int:
    with closing(socket.create_server(("127.0.0.1", 0))) as listener:
        port: int = listener.getsockname()[1]
        return port
