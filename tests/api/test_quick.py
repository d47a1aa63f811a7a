"""Look-ups answered ahead of the framework: the same bytes, and nothing that is in doubt."""

from __future__ import annotations

import asyncio
import http.client
import shutil
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import httpx
import pytest
from starlette.types import ASGIApp, Receive, Scope, Send

from api.app import create_app
from api.quick import BESIDE_BODY, Quick
from api.schemas.links import COLLECTIONS, Links
from api.settings import Settings
from api.state import Generation
from api.telemetry import Telemetry
from kb import KnowledgeBase
from tests.api.running import DOCS, K0, Running, drained, parsed

BACKUP = "/components/backup-service"
ASKED = "/ask?q=backup%20service%20a/a?"
ACCEPTED = ("*/*", "application/json", "text/markdown", "text/html,*/*;q=0.5", "image/png", "")
ENCODINGS = ("", "gzip", "br", "gzip, deflate, br", "gzip;q=0, identity", "x")
PASSING = {"Content-Length": "0"}
"""A header with which a look-up is not plain any more, and that says nothing else."""

Headers = dict[str, str]
Reply = tuple[int, list[tuple[str, str]], bytes]


class Counted:
    """An application that counts what comes through to it."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self.count = 0
        self.before: Callable[[], None] = lambda: None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.count += 1
        self.before()
        await self._app(scope, receive, send)


class Service:
    """A service without sockets, and how many requests were not answered ahead of it."""

    def __init__(self, knowledge: KnowledgeBase, **settings: object) -> None:
        chosen = Settings.model_validate(settings)
        app = create_app(chosen, knowledge)
        self.state = app.state.serving
        self.counted = Counted(app)
        telemetry = Telemetry(self.counted, chosen, app.state.metrics, None)
        self.heard: list[tuple[str, str]] = []
        self._front = Quick(
            telemetry,
            chosen,
            Links(chosen.base_url),
            self.state,
            lambda *told: self.heard.append(told),
        )

    def get(self, path: str = BACKUP, method: str = "GET", **headers: str) -> httpx.Response:
        """Return the reply to one request."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return asyncio.run(self._send(method, path, named))

    def passed(self, path: str = BACKUP, method: str = "GET", **headers: str) -> bool:
        """Whether a request that was made twice already comes through to the application."""
        self.get(path, method, **headers)
        self.get(path, method, **headers)
        before = self.counted.count
        self.get(path, method, **headers)
        return self.counted.count > before

    async def _send(self, method: str, path: str, headers: Headers) -> httpx.Response:
        transport = httpx.ASGITransport(self._front)
        async with httpx.AsyncClient(transport=transport, base_url="http://kb.test") as client:
            request = client.build_request(method, path, headers=headers)
            pairs = [(name.lower(), value) for name, value in request.headers.raw]
            ready = self._front.answer(method.encode(), request.url.raw_path, pairs, ())
            return parsed(ready) if ready is not None else await client.send(request)


@pytest.fixture(scope="module")
def knowledge() -> KnowledgeBase:
    """The project's own pages."""
    return KnowledgeBase.build(DOCS)


@pytest.fixture
def service(knowledge: KnowledgeBase) -> Service:
    """A service that has answered nothing yet."""
    return Service(knowledge)


def test_every_look_up_has_the_same_bytes_ahead_of_the_framework_as_in_it(server: Running) -> None:
    """Whatever is looked up, in whatever form, encoding and method: no reply tells who made it."""
    with closing(http.client.HTTPConnection("127.0.0.1", server.port)) as connection:
        for path in _addresses(server):
            for accept in ACCEPTED:
                for encoding in ENCODINGS if accept == "*/*" else ENCODINGS[:2]:
                    headers = {"Accept": accept, "Accept-Encoding": encoding}
                    plain = _thrice(connection, "GET", path, headers)
                    assert plain == _ask(connection, "GET", path, {**headers, **PASSING})
                    head = _thrice(connection, "HEAD", path, headers)
                    assert head == _ask(connection, "HEAD", path, {**headers, **PASSING})
                    for tag in (dict(plain[1]).get("etag", ""), "*", '"other"'):
                        known = {**headers, "If-None-Match": tag}
                        again = _thrice(connection, "GET", path, known)
                        assert again == _ask(connection, "GET", path, {**known, **PASSING})


def _addresses(server: Running) -> Iterator[str]:
    """Yield the address of one of each type and of every component, with every suffix."""
    with server.client() as client:
        for kind, collection in COLLECTIONS.items():
            items = client.get(f"/{collection}", params={"limit": 100}).json()["items"]
            for one in items if kind == "component" else items[:1]:
                yield from (f"/{collection}/{one['id']}{end}" for end in ("", ".json", ".md"))
    yield "/components/Management%20Service"
    yield "/components/no-such-component"


def _thrice(
    connection: http.client.HTTPConnection, method: str, path: str, headers: Headers
) -> Reply:
    """Return the third reply: the first may be the one that is kept, the second tells its bytes."""
    _ask(connection, method, path, headers)
    _ask(connection, method, path, headers)
    return _ask(connection, method, path, headers)


def _ask(connection: http.client.HTTPConnection, method: str, path: str, headers: Headers) -> Reply:
    """Return status, headers in order of their names, and body as it came."""
    connection.putrequest(method, path, skip_accept_encoding=True)
    for name, value in {**headers, "X-Request-ID": "one"}.items():
        connection.putheader(name, value)
    connection.endheaders()
    response = connection.getresponse()
    told = sorted((one.lower(), value) for one, value in response.getheaders())
    return response.status, [one for one in told if one[0] != "date"], response.read()


@pytest.mark.parametrize(
    "path", [BACKUP, f"{BACKUP}.json", f"{BACKUP}.md", "/topologies/active-active"]
)
def test_a_plain_look_up_is_answered_ahead(service: Service, path: str) -> None:
    """An address by id, with or without its form, does not come to the framework again."""
    assert service.get(path).is_success
    assert not service.passed(path)
    assert not service.passed(path, "HEAD")
    assert not service.passed(path, if_none_match=service.get(path).headers["etag"])


@pytest.mark.parametrize(
    ("path", "method", "headers"),
    [
        (f"{BACKUP}?topology=active-active", "GET", {}),
        ("/components/agent", "GET", {}),
        ("/components/no-such-component", "GET", {}),
        ("/components", "GET", {}),
        (BACKUP, "POST", {}),
        (BACKUP, "OPTIONS", {}),
        (BACKUP, "GET", {"accept": "text/html"}),
        (BACKUP, "GET", {"accept": "image/png"}),
        (BACKUP, "GET", {"origin": "https://elsewhere.test"}),
        (BACKUP, "GET", {"content_length": "0"}),
        (BACKUP, "GET", {"if_none_match": '"other"'}),
        (BACKUP, "GET", {"accept_encoding": f"gzip{' ' * 200}"}),
        (BACKUP, "GET", {"host": "no host"}),
        (BACKUP, "GET", {f"x-{at}": "" for at in range(65)}),
        (BACKUP, "GET", {"x": "x" * 17_000}),
    ],
)
def test_what_is_in_doubt_passes_through(
    service: Service, path: str, method: str, headers: Headers
) -> None:
    """A request that is no plain look-up comes to the framework, however often it is made."""
    service.get()
    service.get()

    assert service.passed(path, method, **headers)


def test_a_host_that_is_not_served_gets_nothing_kept(knowledge: KnowledgeBase) -> None:
    """What one host was given is not given under the name of another."""
    service = Service(knowledge, allowed_hosts="kb.test")

    assert service.get().status_code == 200
    assert not service.passed()
    assert service.get(host="elsewhere.test").status_code == 400


def test_each_reply_has_the_id_of_its_own_request(service: Service) -> None:
    """A kept reply carries the id that this request has, or a new one."""
    service.get(x_request_id="first")

    assert service.get(x_request_id="second").headers["x-request-id"] == "second"
    assert service.get().headers["x-request-id"] not in ("first", "second")


def test_the_same_bytes_again_have_a_reply_of_their_own(server: Running) -> None:
    """Each has an id of its own, and whoever names one has that."""
    request = f"GET {BACKUP} HTTP/1.1\r\nHost: x\r\n\r\n".encode()
    named = request.replace(b"Host", b"X-Request-Id: one\r\nHost")
    ids = [server.exchange(request).headers["x-request-id"] for _ in range(5)]

    assert len({*ids}) == 5
    assert {server.exchange(named).headers["x-request-id"] for _ in range(5)} == {"one"}


@pytest.mark.parametrize(("before", "at"), [("", 3), ("", 20), ("", -2), ("\r\n\r\n", 4)])
def test_a_piece_of_a_request_is_never_known(server: Running, before: str, at: int) -> None:
    """However often a request comes in two pieces, neither of them is taken for a whole one."""
    request = f"{before}GET {BACKUP} HTTP/1.1\r\nHost: x\r\n\r\n".encode()
    for _ in range(4):
        with socket.create_connection(("127.0.0.1", server.port), timeout=10) as connection:
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            connection.sendall(request[:at])
            time.sleep(0.05)
            connection.sendall(request[at:])
            assert parsed(drained(connection)).status_code == 200

    assert server.raw(request[:at]) == b""


def test_a_question_is_answered_ahead_and_heard_each_time(service: Service) -> None:
    """The same question again has the same bytes, and counts as often as it is asked."""
    first = service.get(ASKED)

    assert not service.passed(ASKED)
    assert not service.passed(ASKED, if_none_match=first.headers["etag"])
    assert service.get(ASKED).content == first.content
    assert service.heard == [("backup service a/a?", "answered")] * 6
    assert service.passed("/ask?q=")


def test_questions_that_are_rationed_are_counted(knowledge: KnowledgeBase) -> None:
    """Where a client may ask so much only, each question comes to where that is counted."""
    service = Service(knowledge, rate_limit="20/second")

    assert service.passed(ASKED)
    assert not service.passed()


def test_questions_take_no_room_from_look_ups(knowledge: KnowledgeBase) -> None:
    """However much is asked, what was looked up stays kept."""
    service = Service(knowledge, most_kept_bytes=20_000)
    assert not service.passed()

    for number in range(30):
        service.get(f"{ASKED}{number}")
    before = service.counted.count
    service.get()

    assert service.counted.count == before


def test_new_content_drops_what_was_kept(service: Service) -> None:
    """After new content is published nothing of the old one is given any more."""
    assert service.get().is_success
    assert service.get().is_success

    service.state.publish(Generation.of(KnowledgeBase.build(K0), Links()))

    assert service.get().status_code == 404


def test_a_reply_made_while_content_changes_is_not_kept(
    knowledge: KnowledgeBase, tmp_path: Path
) -> None:
    """What was read after a change is not given for the content before, should that come back."""
    shutil.copytree(DOCS, tmp_path / "docs")
    page = tmp_path / "docs" / "components" / "backup-service.md"
    page.write_text(page.read_text("utf-8").replace("role: Carries", "role: Quickly carries"))
    service = Service(knowledge)
    before = service.state.current()
    after = Generation.of(KnowledgeBase.build(tmp_path / "docs"), Links())
    service.counted.before = lambda: service.state.publish(after)
    newer = service.get().json()
    service.counted.before = lambda: None

    service.state.publish(before)

    assert newer["role"].startswith("Quickly")
    assert service.get().json()["role"].startswith("Carries")


def test_what_depends_on_the_offers_is_not_kept(service: Service) -> None:
    """Who wants a page most gets what is next best for him where there is no page."""
    json_next = {"accept": "text/html,application/json;q=0.5"}

    assert service.get(**json_next).headers["content-type"] == "application/json"
    reply = service.get(accept="text/html,text/markdown;q=0.5")
    assert reply.headers["content-type"] == "text/markdown; charset=utf-8"


def test_two_who_want_different_things_of_fewer_offers_get_different_replies(
    service: Service,
) -> None:
    """Both want Markdown most. Where there is none one of them takes JSON, the other nothing."""
    for _ in range(2):
        assert service.get(ASKED, accept="text/markdown,application/json;q=0.1").status_code == 200
        assert service.get(ASKED, accept="text/markdown").status_code == 406


def test_a_head_leaves_nothing_without_body(service: Service) -> None:
    """After two HEAD requests a GET has all its bytes."""
    service.get(method="HEAD")
    service.get(method="HEAD")

    assert service.get().json()["id"] == "backup-service"


def test_only_so_much_is_kept(knowledge: KnowledgeBase) -> None:
    """The oldest reply makes room; with no room at all nothing is kept."""
    plain = {"accept_encoding": "identity"}
    size = len(Service(knowledge).get(**plain).content) + len(BACKUP) + BESIDE_BODY
    service = Service(knowledge, most_kept_bytes=size)

    assert not service.passed(**plain)
    service.get("/components/management-service", **plain)
    assert Service(knowledge, most_kept_bytes=0).passed(**plain)
    assert Service(knowledge, most_kept_bytes=size - 1).passed(**plain)
