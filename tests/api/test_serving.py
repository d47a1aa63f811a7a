"""A served folder: caching, the site, edits while requests run, the way in and out."""

from __future__ import annotations

import json
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import httpx
import pytest

from api.schemas.links import COLLECTIONS
from tests.api.running import (
    DOCS,
    K0,
    ROOT,
    SERVE,
    Running,
    bounded,
    launched,
    serving,
    site_is_ready,
    until,
)

KNOWLEDGE_BASES = sorted(
    one.name for one in (ROOT / "tests" / "knowledge_bases").iterdir() if (one / "docs").is_dir()
)
PAGE = "components/backup-service.md"
ADDRESSES = ("/", "/components", "/components/backup-service", "/components/backup-service/",
             "/components/backup-service.md", "/matrix", "/ask?q=backup+svc", "/search?q=cluster",
             "/openapi.json", "/api", "/api/swagger-ui.css", "/problems/not-found", "/livez",
             "/readyz")  # fmt: skip


@pytest.mark.parametrize("address", ADDRESSES)
def test_head_is_get_without_a_body(client: httpx.Client, address: str) -> None:
    """HEAD has the status and the headers of GET, and no body."""
    got, headed = client.get(address), client.head(address)
    changing = {"x-request-id", "date"}

    assert headed.status_code == got.status_code == 200
    assert headed.content == b""
    assert {name: value for name, value in headed.headers.items() if name not in changing} == {
        name: value for name, value in got.headers.items() if name not in changing
    }


@pytest.mark.parametrize("address", [one for one in ADDRESSES if not one.endswith("z")])
def test_what_a_client_has_is_not_sent_again(client: httpx.Client, address: str) -> None:
    """With the entity tag of the reply, alone, in a list or weak, the answer is 304."""
    got = client.get(address)
    etag = got.headers["etag"]

    assert re.fullmatch(r'"[0-9a-f]{32}(-br)?"', etag)
    for stated in (etag, f'"x", {etag}', f"W/{etag}", "*"):
        again = client.get(address, headers={"if-none-match": stated})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["etag"] == etag
        assert again.headers.get("vary") == got.headers.get("vary")
    for stated in ('"x"', '"x,*,y"', etag.strip('"'), f'"{etag[1:-2]}"'):
        assert client.get(address, headers={"if-none-match": stated}).status_code == 200


def test_probes_are_never_cached(client: httpx.Client) -> None:
    """Whether the service is alive and ready is asked anew each time."""
    for address in ("/livez", "/readyz"):
        assert client.get(address).headers["cache-control"] == "no-store"


def test_the_forms_of_one_address_have_different_tags(client: httpx.Client) -> None:
    """A cache cannot take the Markdown of a thing for its JSON."""
    path = "/components/backup-service"
    as_markdown = client.get(path, headers={"accept": "text/markdown"}).headers["etag"]

    assert client.get(path).headers["etag"] != as_markdown


def test_a_request_id_is_taken_over_or_made(client: httpx.Client) -> None:
    """A proxy's request id is kept where it is well formed, and otherwise made anew."""
    assert client.get("/livez", headers={"x-request-id": "a-1.b_2"}).headers["x-request-id"] == (
        "a-1.b_2"
    )
    made = client.get("/livez", headers={"x-request-id": "a b"}).headers["x-request-id"]
    assert re.fullmatch("[0-9a-f]{32}", made)


def test_the_site_is_at_the_same_address(client: httpx.Client) -> None:
    """Pages and their parts are served with their media types; a page without slash has one."""
    home = client.get("/")

    assert home.headers["content-type"] == "text/html; charset=utf-8"
    for kind, media_type in (("css", "text/css"), ("js", "text/javascript")):
        part = re.search(rf'"(assets/[^"]+\.{kind})"', home.text)
        assert part
        assert client.get(f"/{part[1]}").headers["content-type"].startswith(media_type)
    without = client.get("/guides/asking")
    assert (without.status_code, without.headers["location"]) == (301, "/guides/asking/")


def test_a_missing_page_is_a_page_for_people(client: httpx.Client) -> None:
    """A browser is shown the site's own page, with the right status; a program a problem."""
    browser = client.get("/no/such/page/", headers={"accept": "text/html,*/*;q=0.8"})
    program = client.get("/no/such/page/")

    assert browser.status_code == program.status_code == 404
    assert browser.headers["content-type"] == "text/html; charset=utf-8"
    assert program.headers["content-type"] == "application/problem+json"


def test_a_slash_too_many_is_told(client: httpx.Client) -> None:
    """Where the site has no page and the API has the address without slash, that is said."""
    assert client.get("/openapi.json/").json()["did_you_mean"] == ["/openapi.json"]


def test_a_problem_type_leads_to_its_description(client: httpx.Client) -> None:
    """The address in `type` is a description for programs, and a place on a page for people."""
    slug = client.get("/components/zzzz").json()["type"]
    described = client.get(slug).json()
    sent_on = client.get(slug, headers={"accept": "text/html"})
    page, _, anchor = sent_on.headers["location"].partition("#")

    assert (described["type"], described["status"]) == (slug, 404)
    assert sent_on.status_code == 303
    assert f'id="{anchor}"' in client.get(page).text


def test_the_page_of_the_api_names_no_other_host(client: httpx.Client) -> None:
    """The page, its style and its description come from this server, without inline script."""
    page = client.get("/api")

    assert "script-src 'self'" in page.headers["content-security-policy"]
    assert "//" not in re.sub(r"<!doctype.*?>", "", page.text)
    assert not re.search(r"<script(?![^>]*\bsrc=)", page.text)
    for part in re.findall(r'(?:src|href)="(api/[^"]+)"', page.text):
        assert client.get(f"/{part}").status_code == 200


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    """A copy of the project's pages that a test may change."""
    return Path(shutil.copytree(DOCS, tmp_path / "docs"))


@pytest.fixture
def edited(pages: Path) -> Iterator[tuple[Running, httpx.Client, Path]]:
    """A server on pages that a test may change, its site built, with a client."""
    with serving(pages) as running, running.client() as client:
        until(lambda: site_is_ready(client))
        yield running, client, pages / PAGE


def role_of(client: httpx.Client) -> str:
    """Return what the served content says of one component."""
    role: str = client.get("/components/backup-service").json()["role"]
    return role


def write_role(page: Path, role: str) -> None:
    """Change what the page says of the component, as an editor does: by a new file in its place."""
    changed = re.sub(r"(?m)^role: .*$", f"role: {role}", page.read_text("utf-8"))
    beside = page.with_suffix(".tmp")
    beside.write_text(changed, "utf-8")
    beside.replace(page)


def test_an_edit_is_served_on_api_and_site(edited: tuple[Running, httpx.Client, Path]) -> None:
    """A saved page changes look-up, tag and page without a restart."""
    _, client, page = edited
    before = client.get("/components/backup-service").headers["etag"]
    write_role(page, "Copies everything, twice.")
    until(lambda: role_of(client) == "Copies everything, twice.")

    stale = client.get("/components/backup-service", headers={"if-none-match": before})
    assert stale.status_code == 200
    until(lambda: "Copies everything, twice." in client.get("/components/backup-service/").text)


def test_an_edit_with_errors_keeps_what_was_served(
    edited: tuple[Running, httpx.Client, Path],
) -> None:
    """The old content stays, /readyz says why with the place, and the next good edit is served."""
    running, client, page = edited
    good = page.read_text("utf-8")
    before = client.get("/components/backup-service").content
    page.write_text(good.replace("must: ", "musst: ", 1), "utf-8")
    until(lambda: client.get("/readyz").json()["refused"] is not None)

    readiness = client.get("/readyz")
    found = readiness.json()["refused"]["diagnostics"]
    assert readiness.status_code == 200
    assert readiness.json()["status"] == "degraded"
    assert PAGE in {one["path"] for one in found}
    assert any("musst" in one["message"] and one["line"] > 1 for one in found)
    assert client.get("/components/backup-service").content == before
    assert any("musst" in line for line in running.lines)
    page.write_text(good, "utf-8")
    until(lambda: client.get("/readyz").json()["status"] == "ready")


@pytest.mark.skipif(sys.platform != "linux", reason="rights are taken away with setpriv")
def test_pages_that_cannot_be_read_keep_what_was_served(pages: Path) -> None:
    """Without the right to read it, half written, empty: each time the whole page before stays."""
    page = pages / PAGE
    whole = page.read_text("utf-8")
    with (
        launched(*bounded(*SERVE, "--docs-dir", str(pages))) as running,
        running.client() as client,
    ):
        before = client.get("/components/backup-service").content

        def refused() -> str:
            return json.dumps(client.get("/readyz").json()["refused"] or "")

        for damage, reason in (
            (lambda: page.chmod(0), "this cannot be read: Permission denied"),
            (lambda: page.write_text(whole[:300], "utf-8"), "never closed"),
            (lambda: page.write_text("", "utf-8"), "this page is empty"),
            (page.unlink, "there is no page components/backup-service.md"),
        ):
            damage()
            until(lambda reason=reason: reason in refused())  # type: ignore[misc] # bound now
            assert client.get("/readyz").json()["status"] == "degraded"
            assert client.get("/components/backup-service").content == before
            page.touch()
            page.chmod(0o644)
            page.write_text(whole, "utf-8")
            until(lambda: not refused().strip('"'))

        assert client.get("/components/backup-service").content == before


def test_no_request_fails_while_pages_change(
    edited: tuple[Running, httpx.Client, Path],
) -> None:
    """Under twenty edits, every request of four clients succeeds and none sees half an edit."""
    running, client, page = edited
    faults: list[str] = []
    asked: list[int] = []
    done = threading.Event()

    def ask_on() -> None:
        number = 0
        with running.client() as mine:
            while not done.is_set():
                for path in ("/components/backup-service", "/components/backup-service/",
                             "/ask?q=backup+svc", "/search?q=cluster", "/readyz"):  # fmt: skip
                    try:
                        reply = mine.get(path)
                    except httpx.HTTPError as error:
                        faults.append(f"{path}: {error!r}")
                        continue
                    number += 1
                    if reply.status_code != 200:
                        faults.append(f"{path}: {reply.status_code} {reply.text[:200]}")
        asked.append(number)

    threads = [threading.Thread(target=ask_on) for _ in range(4)]
    for thread in threads:
        thread.start()
    for number in range(20):
        write_role(page, f"Edit number {number}.")
        until(lambda number=number: role_of(client) == f"Edit number {number}.")  # type: ignore[misc] # bound now
    done.set()
    for thread in threads:
        thread.join()

    assert faults == []
    assert sum(asked) > 200


def test_many_edits_at_once_end_with_the_last(
    edited: tuple[Running, httpx.Client, Path],
) -> None:
    """A storm of edits is built a few times only, and the last state is served."""
    running, client, page = edited
    before = sum("content " in line for line in running.lines)
    for number in range(200):
        write_role(page, f"Storm {number}.")
    until(lambda: role_of(client) == "Storm 199.")

    assert sum("content " in line for line in running.lines) - before <= 10


def test_a_page_may_come_and_go(edited: tuple[Running, httpx.Client, Path]) -> None:
    """A new page is found, and one that is deleted is not."""
    _, client, page = edited
    new = page.with_name("new-thing.md")
    new.write_text(
        "---\ntype: component\ntitle: New Thing\nrole: Does new things.\nkind: service\n"
        "source: clustering-considerations\nrequirements: none\n---\n\n# New Thing\n",
        "utf-8",
    )
    until(lambda: client.get("/components/new-thing").status_code == 200)
    new.unlink()

    until(lambda: client.get("/components/new-thing").status_code == 404)


def test_a_folder_in_the_place_of_the_pages_is_followed(pages: Path) -> None:
    """Pages that are taken away and come back as another folder are read, and their edits too."""
    kept = shutil.copytree(pages, pages.with_name("kept"))
    with serving(pages) as running, running.client() as client:
        shutil.rmtree(pages)
        until(lambda: client.get("/readyz").json()["refused"] is not None)
        assert client.get("/components/backup-service").status_code == 200

        kept.rename(pages)
        until(lambda: client.get("/readyz").json()["refused"] is None)
        write_role(pages / PAGE, "Copies everything, elsewhere.")
        until(lambda: role_of(client) == "Copies everything, elsewhere.")


def test_an_emptied_folder_is_not_served(edited: tuple[Running, httpx.Client, Path]) -> None:
    """While all pages are away, for instance in a change of branch, the last ones are served."""
    _, client, page = edited
    docs = page.parent.parent
    away = docs.with_name("away")
    away.mkdir()
    for one in docs.iterdir():
        one.rename(away / one.name)
    until(lambda: "no page" in str(client.get("/readyz").json()["refused"]))

    assert client.get("/components/backup-service").status_code == 200
    assert client.get("/readyz").json()["components"] == 8


def test_pages_with_errors_at_the_start_are_waited_for(pages: Path) -> None:
    """Nothing is served as if it were content; once the pages are right, they are served."""
    page = pages / PAGE
    good = page.read_text("utf-8")
    page.write_text(good.replace("must: ", "musst: ", 1), "utf-8")
    with serving(pages) as running, running.client() as client:
        for path in ("/readyz", "/components", "/ask?q=x", "/", "/search?q=x", "/matrix"):
            reply = client.get(path)
            assert reply.status_code == 503
            assert reply.headers["retry-after"]
            assert reply.json()["type"] == "/problems/not-ready"
            assert reply.json()["diagnostics"][0]["path"] == PAGE
        assert client.get("/livez").status_code == 200
        page.write_text(good, "utf-8")
        until(lambda: client.get("/readyz").status_code == 200)

        assert client.get("/components/agent").status_code == 200


def test_the_api_is_there_before_the_site() -> None:
    """Look-ups are answered at once; a page is asked for again by the browser until it is there."""
    with serving(K0) as running, running.client() as client:
        if not site_is_ready(client):
            page = client.get("/", headers={"accept": "text/html"})
            if page.status_code == 503:
                assert page.headers["refresh"] == "1"
                assert "text/html" in page.headers["content-type"]
        assert client.get("/components/transcoder").status_code == 200
        until(lambda: client.get("/").status_code == 200)


def test_any_folder_of_pages_is_served(tmp_path: Path) -> None:
    """Without an mkdocs.yml beside it, and with warnings, a folder has its API and site."""
    docs = shutil.copytree(K0, tmp_path / "anything")
    (docs / "guides" / "loose.md").write_text("# Loose\n\n[gone](nowhere.pdf)\n", "utf-8")
    with serving(docs) as running, running.client() as client:
        until(lambda: site_is_ready(client))

        assert client.get("/components/transcoder").json()["product"] == "kelpvault"
        assert client.get("/components/transcoder/").status_code == 200
        assert client.get("/readyz").json()["warnings"] > 0


def test_a_picture_beside_the_pages_is_served(tmp_path: Path) -> None:
    """Where a path could be a look-up or a file of the site, a file that is there is found."""
    docs = shutil.copytree(K0, tmp_path / "docs")
    (docs / "components" / "plan.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    with serving(docs) as running, running.client() as client:
        until(lambda: site_is_ready(client))

        picture = client.get("/components/plan.svg")
        assert picture.headers["content-type"] == "image/svg+xml"
        assert client.get("/components/plan.png").status_code == 404


def test_a_plain_file_host_gives_the_same_look_ups(client: httpx.Client, tmp_path: Path) -> None:
    """`kb build` writes the look-ups by id, with the bytes that the service gives for them."""
    command = [sys.executable, "-m", "kb.cli", "build", "--site-dir", str(tmp_path / "site")]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True, timeout=60)

    for path in ("components/backup-service.json", "topologies/active-active.md"):
        assert (tmp_path / "site" / path).read_bytes() == client.get(f"/{path}").content


def test_nothing_outside_the_site_is_reached(server: Running, tmp_path: Path) -> None:
    """Whatever the path, a file outside the site is never served."""
    (tmp_path / "canary.txt").write_text("canary-5d1f")
    climbs = ["../", "..%2f", "%2e%2e/", "%2e%2e%2f", "..%5c", "..%255c", "%252e%252e%252f",
              "..;/", "....//", "%c0%ae%c0%ae/", "/", "%2f"]  # fmt: skip
    targets = [str(tmp_path / "canary.txt").lstrip("/"), "etc/passwd", "pyproject.toml",
               "kb/errors.py", "etc%2fpasswd"]  # fmt: skip
    for start in ("/", "/assets/", "/components/", "/api/", "/problems/"):
        for climb in climbs:
            for target in targets:
                path = f"{start}{climb * 12}{target}"
                reply = server.raw(
                    f"GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode()
                )
                assert b" 404 " in reply.splitlines()[0], path
                assert b"canary-5d1f" not in reply
                assert b"root:" not in reply


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_the_server_in_good_order(number: signal.Signals) -> None:
    """After a signal the process ends with 0, leaves no files behind and prints no traceback."""
    with serving(K0) as running:
        running.process.send_signal(number)
        code = running.process.wait(20)

    assert code == 0
    assert not any("Traceback" in line for line in running.lines)


def test_requests_in_flight_are_finished() -> None:
    """A request that has been begun when the signal arrives is still answered."""
    body = b'{"q": "which components use a roaming address?"}'
    head = "POST /ask HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
    head += f"Content-Length: {len(body)}\r\n\r\n"
    with serving(K0) as running, running.client() as client, ExitStack() as stack:
        connections = [
            stack.enter_context(socket.create_connection(("127.0.0.1", running.port), timeout=10))
            for _ in range(5)
        ]
        for one in connections:
            one.sendall(head.encode() + body[:10])
        assert client.get("/livez").status_code == 200
        running.process.send_signal(signal.SIGTERM)
        for one in connections:
            one.sendall(body[10:])

        assert [one.recv(15) for one in connections] == [b"HTTP/1.1 200 OK"] * 5
        assert running.process.wait(20) == 0


def test_a_port_that_is_taken_is_told(server: Running) -> None:
    """A second server on the port ends at once, with one line that says why."""
    ended = subprocess.run(
        [sys.executable, "-m", "kb.cli", "serve", "--port", str(server.port)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )

    assert ended.returncode == 2
    assert str(server.port) in ended.stderr
    assert "Traceback" not in ended.stderr


def test_nothing_that_is_asked_is_written_to_the_log() -> None:
    """Questions are nobody's business: the server prints none of them."""
    with serving(K0) as running, running.client() as client:
        client.get("/ask", params={"q": "does my secret-9b2 need a cluster?"})
        client.get("/search", params={"q": "secret-9b2"})

    assert not any("secret-9b2" in line for line in running.lines)


@pytest.mark.parametrize("name", KNOWLEDGE_BASES)
def test_every_knowledge_base_is_served_whole(name: str) -> None:
    """Everything of any knowledge base is listed, found and given in all forms, with its page."""
    docs = ROOT / "tests" / "knowledge_bases" / name / "docs"
    with serving(docs) as running, running.client() as client:
        until(lambda: site_is_ready(client))
        for collection in COLLECTIONS.values():
            for item in client.get(f"/{collection}").json()["items"]:
                for address in (f"{item['self']}.json", f"{item['self']}.md", item["url"]):
                    assert client.get(address).status_code == 200, address

        assert client.get("/matrix").json()["rows"]
        assert client.get("/readyz").json()["status"] == "ready"


def test_garbage_is_collected_while_requests_are_answered() -> None:
    """The collector rests while all is read for the first time, and no longer."""
    script = (
        "import gc, os, signal, sys, typing\n"
        "from pathlib import Path\n"
        "from api.heap import rest\n"
        "from api.keeper import Events\n"
        "from api.serve import serve\n"
        "class Told(Events):\n"
        "    def published(self, *_, **__):\n"
        "        print('reading', gc.isenabled())\n"
        "    def listening(self, _):\n"
        "        print('answering', gc.isenabled(), flush=True)\n"
        "        os.kill(os.getpid(), signal.SIGTERM)\n"
        "rest()\n"
        "serve(Path(sys.argv[1]), '127.0.0.1', 0, Told())\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(K0)], capture_output=True, text=True, check=False
    )

    assert done.stdout.split() == ["reading", "False", "answering", "True"], done.stderr
