"""Random requests over raw connections: made from a grammar, then damaged byte by byte.

What a seed makes is always the same, so that a finding is its seed and number.
"""

from __future__ import annotations

import re
import socket
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from random import Random

from tests.api.chatops.signing import MAKERS, SETTINGS
from tests.api.running import Running

CORPUS = Path(__file__).parents[1] / "corpus" / "http"
"""Batches that once found something, or are like those that did; each is sent in every test."""
RECEIVE_SECONDS = 1.0
MOST_SECONDS = 8.0
"""How long a connection may take: the deadline of the server for each of two requests that do not
end, its clock of one second, and what a busy machine adds."""
ENVIRONMENT = {
    **SETTINGS,
    "KB_RECEIVE_SECONDS": str(RECEIVE_SECONDS),
    "KB_RATE_LIMIT": "1000000/second",
}
"""Settings of the server: all that there is, and little patience."""
PATHS = (
    *("/ask", "/search", "/plan", "/matrix", "/components", "/products", "/topologies"),
    *("/resources", "/conditions", "/procedures", "/sources", "/problems", "/problems/not-found"),
    *("/components/arbiter", "/components/arbiter.md", "/components/arbiter/diff", "/livez"),
    *("/readyz", "/openapi.json", "/", "/assets/kb/kb.css", "/components/arbiter/", "/none", "*"),
    *("/chatops/slack", "/chatops/teams", "/chatops/mattermost", "/chatops/discord", "/docs"),
)
PARAMETERS = (
    *("q", "name", "limit", "offset", "kind", "level", "type", "product", "version", "topology"),
    *("components", "need", "no", "nodes", "from", "to", "expect", "placement", "resource", "x"),
)
VALUES = (
    *("", "arbiter", "agent,arbiter", "all", "active-active", "active-passive", "fault-tolerance"),
    *("0", "-1", "1e3", "99999999999999999999", "٣", "1_0", "NaN", "%", "%0", "%00", "%ff%fe"),
    *("%ed%a0%80", "%0d%0aX-A:%20b", "..%2f..%2fetc%2fpasswd", "a" * 2_100, "%F0%9F%92%A9" * 200),
    *("Does+the+arbiter+need+a+cluster+resource%3F", "how+many+nodes", "a,b," * 400, "%E2%80%AE"),
    *("(" * 300, "NOT+" * 200, "%EF%B7%BA" * 200, "0f1e2d3c4b5a69788796a5b4c3d2e1f0", "<script>"),
)
METHODS = ("GET", "GET", "GET", "POST", "HEAD", "OPTIONS", "PUT", "DELETE", "TRACE", "CONNECT", "Q")
FIELDS = (
    "Accept: text/html",
    "Accept: application/json;q=0, */*;q=0.1",
    "Accept: text/csv, text/markdown;q=nan",
    "Accept: " + "a/b," * 200,
    "Accept-Encoding: gzip, br;q=1.0, *;q=0",
    "Accept-Encoding: br;q=1e9,,;",
    "If-None-Match: *",
    'If-None-Match: W/"x", "' + "y" * 500,
    "Range: bytes=" + ",".join(["0-1"] * 120),
    "Host: y",
    "Origin: null",
    "Access-Control-Request-Method: POST",
    "Transfer-Encoding: chunked",
    "Transfer-Encoding: gzip",
    "Content-Length: 3",
    "Content-Length: 99999999999999999999",
    "Content-Encoding: gzip",
    "Expect: 100-continue",
    "Upgrade: websocket",
    "Connection: Upgrade, HTTP2-Settings",
    "X-Forwarded-For: 1.2.3.4, nonsense",
    "X-Request-ID: a\tb",
    "X-Request-ID: " + "r" * 64,
    "Cookie: " + "c" * 5_000,
    "X-Slack-Request-Timestamp: " + "9" * 5_000,
    "X-Slack-Request-Timestamp: nan",
    "X-Slack-Signature: v0=\xe9",
    "X-Signature-Ed25519: zz",
    "Authorization: HMAC \xff",
)
BODIES = (
    b"",
    b"{}",
    b"[]",
    b'{"q": "arbiter"}',
    b'{"q": "\\ud800"}',
    b'{"q": NaN}',
    b'{"q": 1, "q": 2}',
    b'{"q": "' + b"x" * 3_000 + b'"}',
    b'{"components": ["all"], "topology": "active-active", "nodes": ["N1", "N2"]}',
    b'{"components": ["arbiter", 1, null], "need": {}, "no": "x"}',
    b'{"components": ' + b'["a",' * 200,
    b'{"components": ["' + b'","'.join([b"a"] * 700) + b'"]}',
    b"[" * 3_000,
    b"1" * 5_000,
    b"\xff\xfe{\x00}\x00",
    b"a" * 66_000,
    b"payload=%7B%7D&token=x&text=arbiter",
)
TYPES = (
    "application/json",
    "application/json; charset=utf-16",
    "text/plain",
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=x",
    "\xe9/;;=",
)
SECRETS = tuple(value.encode() for name, value in SETTINGS.items() if "PUBLIC" not in name)
"""What no reply may have in it."""
LAST = b"GET /livez HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
_STATUS = re.compile(rb"HTTP/1\.1 ([0-9]{3}) ")
_SPECIAL = (
    b"\r\n",
    b"\n",
    b"\r",
    b"\0",
    b":",
    b" ",
    b"\xff",
    b"%",
    b"\r\n\r\n",
    b"0\r\n\r\n",
    b"\t",
)


@dataclass(frozen=True, slots=True)
class Told:
    """What came back for one batch, and how long it took, in seconds."""

    batch: bytes
    reply: bytes
    seconds: float

    @property
    def statuses(self) -> list[int]:
        """The statuses of the replies, in their order."""
        return [int(one) for one in _STATUS.findall(self.reply)]

    @property
    def fault(self) -> str:
        """What is wrong with it; empty: nothing."""
        if self.seconds > MOST_SECONDS:
            return f"took {self.seconds:.1f} s"
        if not self.statuses:
            return "no reply"
        wrong = [one for one in self.statuses if one >= 500 and one != 503]
        if wrong:
            return f"replies {wrong}"
        if 503 in self.statuses and b"retry-after" not in self.reply.lower():
            return "a 503 that does not say when to ask again"
        if any(one in self.reply for one in SECRETS):
            return "a secret in a reply"
        return "a traceback" if b"Traceback (most recent" in self.reply else ""


def batches(seed: int, requests: int) -> Iterator[tuple[bytes, int]]:
    """Yield batches of requests for one connection each, and how many requests they were made of.

    The last request of a batch asks for the end of the connection.
    """
    random = Random(seed)
    while requests > 0:
        count = min(requests, random.choice((1, 1, 2, 3, 8)))
        requests -= count
        whole = b"".join(_request(random) for _ in range(count - 1))
        # What is damaged mostly ends the connection: nothing after it would be read.
        yield whole + _damaged(random, _request(random)) + LAST, count


def _request(random: Random) -> bytes:
    if random.random() < 0.08:
        signed = MAKERS[random.choice(list(MAKERS))](
            random.choice(("arbiter", "plan all", "", "?"))
        )
        fields = [f"{name}: {value}" for name, value in signed.headers.items()]
        return _written("POST", signed.path, fields, signed.body)
    method, path = random.choice(METHODS), random.choice(PATHS)
    if random.random() < 0.15:
        path = f"{path.rstrip('/')}/{random.choice(VALUES)}"
    given = [
        f"{random.choice(PARAMETERS)}={random.choice(VALUES)}"
        for _ in range(random.choice((0, 1, 1, 2, 4)))
    ]
    target = f"{path}?{'&'.join(given)}" if given else path
    fields = random.sample(FIELDS, random.choice((0, 0, 0, 0, 1, 2, 5)))
    if method not in ("POST", "PUT"):
        return _written(method, target, fields, None)
    fields.append(f"Content-Type: {random.choice(TYPES)}")
    return _written(method, target, fields, random.choice(BODIES))


def _written(method: str, target: str, fields: Iterable[str], body: bytes | None) -> bytes:
    lines = [f"{method} {target} HTTP/1.1", "Host: x", *fields]
    if body is not None:
        lines.append(f"Content-Length: {len(body)}")
    return "\r\n".join([*lines, "", ""]).encode("utf-8", "surrogateescape") + (body or b"")


def _damaged(random: Random, request: bytes) -> bytes:
    """Return a request with some of its bytes changed, or, one in three, as it is."""
    if random.random() < 0.33:
        return request
    found = bytearray(request)
    for _ in range(random.choice((1, 1, 2, 5))):
        place = random.randrange(len(found))
        kind = random.randrange(4)
        if kind == 0:
            found[place] = random.randrange(256)
        elif kind == 1:
            del found[place : place + random.choice((1, 2, 20))]
        elif kind == 2:
            found[place:place] = random.choice(_SPECIAL)
        else:
            found[place:place] = found[place : place + 40] * random.choice((1, 3, 50))
        if not found:
            return request
    return bytes(found)


def send(running: Running, batch: bytes) -> Told:
    """Send a batch over a connection of its own, and read until the server ends it."""
    begun = time.monotonic()
    found = bytearray()
    with socket.create_connection(("127.0.0.1", running.port), timeout=MOST_SECONDS) as connection:
        with suppress(OSError):  # it may be refused before it has been sent
            connection.sendall(batch)
        with suppress(OSError):  # cut, or without an end: the time tells which
            while piece := connection.recv(65_536):
                found += piece
    return Told(batch, bytes(found), time.monotonic() - begun)


def send_all(
    running: Running, made: Sequence[bytes], at_once: int = 12
) -> tuple[list[Told], Counter[int]]:
    """Send batches, some at once; return what is at fault, and how many replies of each status."""
    statuses: Counter[int] = Counter()
    wrong = []
    with ThreadPoolExecutor(at_once) as pool:
        for told in pool.map(lambda one: send(running, one), made):
            statuses.update(told.statuses)
            if told.fault:
                wrong.append(told)
    return wrong, statuses
