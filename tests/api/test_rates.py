"""How much one client may ask, and who is one client."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterator
from ipaddress import ip_address, ip_network
from itertools import count

import httpx
import pytest

from api.clients import client_of, counted_as
from api.rates import Counts
from api.settings import Settings
from tests.api.running import DOCS, Running, serving
from tests.api.test_bad_input import check_shape

numbers = count(1)


@pytest.fixture(scope="module")
def limited() -> Iterator[Running]:
    """A server behind a proxy, that gives each client five requests an hour."""
    settings = {"KB_RATE_LIMIT": "5/hour, 1000/day", "KB_TRUSTED_PROXIES": "127.0.0.0/8"}
    with serving(DOCS, **settings) as running:
        yield running


@pytest.fixture
def someone(limited: Running) -> Iterator[httpx.Client]:
    """A client that has not asked before."""
    with limited.client() as client:
        client.headers["x-forwarded-for"] = f"10.1.0.{next(numbers)}"
        yield client


def test_a_client_is_told_what_is_left(someone: httpx.Client) -> None:
    """Every reply, errors and what is not modified too, has the limits and what is left of them."""
    etag = someone.get("/components").headers["etag"]
    again = someone.get("/components", headers={"if-none-match": etag})
    missing = someone.get("/zzzz", headers={"accept": "text/html"})

    assert again.status_code == 304
    assert again.headers["ratelimit-policy"] == '"per-hour";q=5;w=3600, "per-day";q=1000;w=86400'
    assert again.headers["ratelimit"].startswith('"per-hour";r=3;t=')
    assert missing.headers["ratelimit"].startswith('"per-hour";r=2;t=')


def test_who_asks_too_much_is_told_when_to_ask_again(someone: httpx.Client) -> None:
    """Beyond the limit each request is refused as a problem, with the time to wait."""
    for _ in range(5):
        assert someone.get("/ask?q=agent").status_code == 200
    refused = someone.get("/components/zzzz")

    problem = check_shape(refused, 429, "rate-limited")
    assert problem["limit"] == 5
    assert 3500 < int(refused.headers["retry-after"]) <= 3600
    assert refused.headers["ratelimit"].startswith('"per-hour";r=0;t=')
    assert refused.headers["content-length"] == someone.head("/zzzz").headers["content-length"]


def test_probes_and_files_of_the_site_are_not_counted(someone: httpx.Client) -> None:
    """Whoever watches the service, and whoever reads pages, is never refused."""
    for _ in range(10):
        assert someone.get("/livez").status_code == someone.get("/readyz").status_code == 200
    statuses = [someone.get("/components").status_code for _ in range(6)]

    assert statuses == [200] * 5 + [429]
    assert someone.get("/livez").status_code == 200
    assert "ratelimit" not in someone.get("/livez").headers


def test_what_is_ready_to_be_sent_is_not_counted(someone: httpx.Client) -> None:
    """A look-up that was answered before costs nothing, and tells no one what another has left."""
    replies = [someone.get("/sources/clustering-considerations") for _ in range(8)]

    assert {one.status_code for one in replies} == {200}
    assert "ratelimit" not in replies[-1].headers
    assert someone.get("/sources").headers["ratelimit"].startswith('"per-hour";r=')


def test_one_client_does_not_use_up_the_limit_of_another(limited: Running) -> None:
    """Clients are counted apart; the addresses of one IPv6 network are one client."""
    with limited.client() as client:
        for number in range(5):
            client.get("/components", headers={"x-forwarded-for": f"2001:db8:1:2::{number}"})
        same = client.get("/components", headers={"x-forwarded-for": "2001:db8:1:2:f::1"})
        other = client.get("/components", headers={"x-forwarded-for": "2001:db8:1:3::1"})

    assert same.status_code == 429
    assert other.status_code == 200


def test_an_invented_address_is_not_believed() -> None:
    """Without a trusted proxy, X-Forwarded-For changes nothing."""
    with serving(DOCS, KB_RATE_LIMIT="5/hour") as running, running.client() as client:
        for number in range(5):
            reply = client.get("/components", headers={"x-forwarded-for": f"10.2.0.{number}"})
            assert reply.status_code == 200
        invented = {"x-forwarded-for": "10.2.0.99", "forwarded": "for=10.2.0.99"}
        refused = client.get("/components", headers=invented)

    assert refused.status_code == 429


def test_without_the_setting_nothing_is_counted(client: httpx.Client) -> None:
    """By default there is no limit and no header that tells of one."""
    assert "ratelimit" not in client.get("/components").headers


@pytest.mark.parametrize(
    ("peer", "forwarded", "found"),
    [
        ("203.0.113.9", "10.9.9.9", "203.0.113.9"),
        ("10.0.0.1", "203.0.113.9", "203.0.113.9"),
        ("10.0.0.1", "1.1.1.1, 203.0.113.9, 10.0.0.7", "203.0.113.9"),
        ("10.0.0.1", "1.1.1.1, 203.0.113.9:4711", "203.0.113.9"),
        ("10.0.0.1", "[2001:db8::1]:4711", "2001:db8::1"),
        ("10.0.0.1", "::ffff:203.0.113.9", "203.0.113.9"),
        ("::ffff:10.0.0.1", "203.0.113.9", "203.0.113.9"),
        ("10.0.0.1", "203.0.113.9, garbage", "10.0.0.1"),
        ("10.0.0.1", "203.0.113.9, garbage, 10.0.0.2", "10.0.0.2"),
        ("10.0.0.1", "10.0.0.3, 10.0.0.2", "10.0.0.3"),
        ("10.0.0.1", "", "10.0.0.1"),
    ],
)
def test_the_client_is_the_last_address_that_is_no_trusted_proxy(
    peer: str, forwarded: str, found: str
) -> None:
    """What a proxy added is believed, what stands before it is not."""
    headers = [(b"x-forwarded-for", one.strip().encode()) for one in forwarded.split(";")]
    scope = {"client": (peer, 1), "headers": headers}

    assert client_of(scope, [ip_network("10.0.0.0/8")]) == ip_address(found)


def test_a_connection_without_an_address_is_one_client() -> None:
    """Over a socket of the file system there is no address to tell clients apart."""
    assert counted_as(client_of({"client": None, "headers": []}, [])) == "local"


def test_memory_is_bounded_however_many_clients_come() -> None:
    """The counts of those that were not seen for longest make room; who comes often stays."""
    counts = Counts(1_000)
    for number in range(1_000):
        counts.incr(str(number), 60)
    tracemalloc.start()
    for number in range(100_000):
        counts.incr(f"{number:040}", 60)
        counts.incr("often", 60)
    grown, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert len(counts) == 1_000
    assert counts.get("often") == 100_000
    assert grown < 1_000_000


def test_a_time_begins_anew_when_it_is_over() -> None:
    """Counts are of one time each, by a clock that nobody sets."""
    now = [100.0]
    counts = Counts(10, clock=lambda: now[0])

    assert [counts.incr("a", 60) for _ in range(3)] == [1, 2, 3]
    now[0] += 59
    assert (counts.get("a"), counts.get_expiry("a")) == (3, 1)
    now[0] += 1
    assert (counts.get("a"), counts.get_expiry("a")) == (0, 0)
    assert counts.incr("a", 60) == 1


@pytest.mark.parametrize("value", ["600", "600/fortnight", "0/second", "x", "5/second;5/minute"])
def test_what_is_no_rate_is_refused(value: str) -> None:
    """A limit that cannot be read is told at the start, and never left out."""
    with pytest.raises(ValueError, match="rates such as"):
        Settings(rate_limit=value)  # type: ignore[arg-type] # as the environment gives it
