"""A real nginx with the configuration of deploy/, before a real server."""

from __future__ import annotations

import shutil
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from tests.api.running import K0, ROOT, Running, serving, site_is_ready, until

CONFIGURATION = ROOT / "deploy" / "nginx" / "clusterkb.conf"
NAME = "kb.example.org"
_SEARCHED = "/usr/sbin:/usr/local/sbin:/usr/bin:/usr/local/bin:/opt/homebrew/bin"
_MAIN = """
daemon off;
worker_processes 2;
pid {folder}/nginx.pid;
error_log {folder}/error.log warn;
events {{ worker_connections 4096; }}
http {{
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/clusterkb.conf;
}}
"""
ANYBODY = ssl.create_default_context()
ANYBODY.check_hostname = False
ANYBODY.verify_mode = ssl.CERT_NONE


@dataclass(frozen=True, slots=True)
class Proxy:
    """An nginx that listens."""

    port: int
    plain_port: int
    folder: Path
    """Has its logs, and what it was configured with."""

    def client(self, source: str = "127.0.0.1") -> httpx.Client:
        """Return a client with an address of its own."""
        transport = httpx.HTTPTransport(verify=ANYBODY, local_address=source)
        address = f"https://127.0.0.1:{self.port}"
        client = httpx.Client(base_url=address, transport=transport, timeout=20, trust_env=False)
        client.headers.update({"accept": "*/*", "host": NAME})
        return client

    def connect(self, source: str = "127.0.0.1") -> ssl.SSLSocket:
        """Return a connection on which nothing was said yet."""
        raw = socket.create_connection(
            ("127.0.0.1", self.port), timeout=20, source_address=(source, 0)
        )
        return ANYBODY.wrap_socket(raw, server_hostname=NAME)

    def exchange(self, request: bytes, source: str = "127.0.0.1") -> httpx.Response:
        """Send bytes as they are and return the reply."""
        with self.connect(source) as connection:
            connection.sendall(request)
            found = b""
            try:
                while piece := connection.recv(65536):
                    found += piece
            except (TimeoutError, ConnectionResetError, ssl.SSLError):
                pass
        head, _, body = found.partition(b"\r\n\r\n")
        status, *lines = head.decode("latin-1").split("\r\n")
        headers = [(name, value) for name, _, value in (one.partition(": ") for one in lines)]
        return httpx.Response(int(status.split()[1]), headers=headers, content=body)


@contextmanager
def proxied(folder: Path, upstream: int) -> Iterator[Proxy]:
    """Start an nginx before what listens on a port of this machine, and end it."""
    nginx = shutil.which("nginx") or shutil.which("nginx", path=_SEARCHED)
    assert nginx, "nginx is not there: run scripts/ensure_nginx.sh, as `make test` does"
    port, plain_port = _free_port(), _free_port()
    _make_certificate(folder)
    text = CONFIGURATION.read_text("utf-8")
    for line, mine in {
        "server 127.0.0.1:8000;": f"server 127.0.0.1:{upstream};",
        "listen 80;": f"listen 127.0.0.1:{plain_port};",
        "listen 443 ssl;": f"listen 127.0.0.1:{port} ssl;",
        "/etc/clusterkb/tls/": f"{folder}/",
        "/var/log/nginx/clusterkb.log": f"{folder}/access.log",
    }.items():
        assert line in text, f"{CONFIGURATION} has no {line!r} any more"
        text = text.replace(line, mine)
    (folder / "clusterkb.conf").write_text(text, "utf-8")
    user = "user root;\n" if folder.owner() == "root" else ""
    (folder / "nginx.conf").write_text(user + _MAIN.format(folder=folder), "utf-8")
    command = [nginx, "-p", str(folder), "-c", "nginx.conf", "-e", str(folder / "error.log")]
    checked = subprocess.run([*command, "-t"], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stderr
    assert "[warn]" not in checked.stderr
    process = subprocess.Popen(command)
    try:
        until(lambda: _listens(port))
        yield Proxy(port, plain_port, folder)
    finally:
        process.terminate()
        process.wait(20)


@pytest.fixture(scope="module")
def behind() -> Iterator[Running]:
    """The server behind the proxy."""
    options = {"KB_TRUSTED_PROXIES": "127.0.0.1", "KB_LOG_FORMAT": "json", "KB_ADMIN_PORT": "0"}
    with serving(K0, **options) as running, running.client() as client:
        until(lambda: site_is_ready(client))
        yield running


@pytest.fixture(scope="module")
def proxy(behind: Running, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proxy]:
    """The proxy."""
    with proxied(tmp_path_factory.mktemp("nginx"), behind.port) as proxy:
        yield proxy


def _make_certificate(folder: Path) -> None:
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "ec", "-nodes", "-days", "1"),
            *("-pkeyopt", "ec_paramgen_curve:prime256v1", "-subj", f"/CN={NAME}"),
            *("-keyout", str(folder / "privkey.pem"), "-out", str(folder / "fullchain.pem")),
        ],
        check=True,
        capture_output=True,
    )


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as one:
        return int(one.getsockname()[1])


def _listens(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        time.sleep(0.02)
        return False
    return True
