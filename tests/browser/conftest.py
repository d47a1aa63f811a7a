"""A real browser before a real server: nothing of the site is pretended."""

from __future__ import annotations

import functools
import shutil
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Playwright, expect, sync_playwright

from kb.site.build import build_site
from kb.site.policy import CONTENT_SECURITY_POLICY
from tests.kb.site.built import K0, ROOT

FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
expect.set_options(timeout=15_000)  # a machine may be busy with other tests
NAMES = ("chromium", "google-chrome", "google-chrome-stable", "chromium-browser")


@dataclass
class Visit:
    """A page of the browser, with what it asked for and what it complained of."""

    page: Page
    base: str
    foreign: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("request", lambda one: self._requested(one.url))
        self.page.on("console", lambda one: self._said(one.type, one.text))
        self.page.on("pageerror", lambda one: self.complaints.append(str(one)))

    def open(self, path: str) -> Page:
        """Open a page of the site and wait until it is at rest."""
        self.page.goto(self.base + path, wait_until="networkidle")
        return self.page

    def _requested(self, url: str) -> None:
        if not url.startswith((self.base, "data:", "blob:")):
            self.foreign.append(url)

    def _said(self, kind: str, text: str) -> None:
        if kind in {"error", "warning"}:
            self.complaints.append(text)


class _Strict(SimpleHTTPRequestHandler):
    """Serves a folder as any plain file host does, under a policy of what pages may do.

    What a browser refuses under it, it complains of in the console.
    """

    def __init__(
        self, *arguments: Any, policy: str, stays: threading.Event, silent: str, **named: Any
    ) -> None:
        self._policy = policy
        self._stays = stays
        self._silent = silent
        super().__init__(*arguments, **named)

    def do_GET(self) -> None:
        """Send a file; at the silent address, nothing until the server stops."""
        if self._silent and self.path.startswith(self._silent):
            self._stays.wait()
            return
        super().do_GET()

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Send the site's own page where there is none, as hosts of files do."""
        missing = Path(self.directory) / "404.html"
        if code != 404 or not missing.is_file():
            super().send_error(code, message, explain)
            return
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(missing.read_bytes())

    def end_headers(self) -> None:
        """Send the policy with each reply."""
        self.send_header("Content-Security-Policy", self._policy)
        super().end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def served(
    folder: Path, policy: str = CONTENT_SECURITY_POLICY, *, silent: str = "", port: int = 0
) -> Iterator[str]:
    """Serve a folder of files, and give its address; what begins with `silent` has no answer.

    Port 0 takes any that is free.
    """
    stop = threading.Event()
    handler = functools.partial(
        _Strict, directory=str(folder), policy=policy, stays=stop, silent=silent
    )
    with ThreadingHTTPServer(("127.0.0.1", port), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        stop.set()
        server.shutdown()


@pytest.fixture(scope="session")
def site_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The reference site as a folder of files."""
    folder = tmp_path_factory.mktemp("browser") / "site"
    build_site(ROOT / "docs", folder, ROOT / "mkdocs.yml")
    return folder


@pytest.fixture(scope="session")
def site(site_folder: Path) -> Iterator[str]:
    """The address of the reference site, served from a folder of files."""
    with served(site_folder) as address:
        yield address


@pytest.fixture(scope="session")
def k0(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a site whose topologies differ."""
    folder: Path = tmp_path_factory.mktemp("k0") / "site"
    build_site(K0 / "docs", folder)
    with served(folder) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium: the one of the system, else Playwright's own."""
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=_chromium(playwright), args=FLAGS)
        yield opened
        opened.close()


def _chromium(playwright: Playwright) -> str:
    found = [path for name in NAMES if (path := shutil.which(name))]
    for path in (*found, playwright.chromium.executable_path):
        if Path(path).exists() and not subprocess.run([path, "--version"], check=False).returncode:
            return path
    pytest.fail("no Chromium is installed: run `make chromium`")


@pytest.fixture(scope="session")
def screenshots() -> Path:
    """A folder that git ignores: the pictures are to be looked at, not compared."""
    folder = ROOT / "build" / "screenshots"
    folder.mkdir(parents=True, exist_ok=True)
    return folder
