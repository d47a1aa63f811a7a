"""Only what a platform has sent is answered, and it is answered once."""

from __future__ import annotations

import asyncio
import json
import random
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import httpx
import pytest
from nacl.signing import SigningKey

from api.app import create_app
from api.chatops.discord import Discord
from api.chatops.platform import Platform
from api.chatops.received import ForgedError, Received
from api.chatops.replays import KEPT, Clock, Seen
from api.chatops.slack import Slack
from api.lanes import Lane
from api.settings import Settings
from kb import KnowledgeBase
from tests.api.chatops import signing
from tests.api.chatops.signing import MAKERS, SETTINGS, Signed
from tests.api.running import K0, ROOT, Running, serving

MUTATIONS = 50_000
CANARY = "zz-canary-question-zz"


@pytest.fixture(scope="module")
def chat() -> Iterator[Running]:
    """A server with all four platforms."""
    with serving(K0, KB_BASE_URL="https://kb.example.org/", **SETTINGS) as running:
        yield running


@pytest.fixture(scope="module")
def client(chat: Running) -> Iterator[httpx.Client]:
    """A client of it."""
    with chat.client() as client:
        yield client


def post(client: httpx.Client, signed: Signed) -> httpx.Response:
    return client.post(signed.path, headers=dict(signed.headers), content=signed.body)


def received(signed: Signed, at: float) -> Received:
    headers = [(name.encode(), value.encode()) for name, value in signed.headers.items()]
    return Received(headers, signed.body, at)


def is_verified(platform: Platform, signed: Signed, at: float) -> bool:
    try:
        platform.verify(received(signed, at))
    except ForgedError:
        return False
    return True


@pytest.mark.parametrize("name", MAKERS)
def test_a_signed_command_is_answered(client: httpx.Client, name: str) -> None:
    """Each platform's own request gets an answer that names the component."""
    reply = post(client, MAKERS[name]("arbiter"))

    assert reply.status_code == 200
    assert reply.headers["content-type"] == "application/json"
    assert reply.headers["cache-control"] == "no-store"
    assert "Arbiter" in reply.text


def provable(name: str) -> Signed:
    """Return a genuine request that has one proof: Mattermost sends its token twice."""
    good = MAKERS[name]("arbiter")
    return replace(good, body=b"text=arbiter") if name == "mattermost" else good


def forgeries(name: str) -> Iterator[Signed]:
    """Yield requests that nobody signed."""
    good = provable(name)
    for header in [one for one in good.headers if one != "content-type"]:
        value = good.headers[header]
        bad = ["", "x", value[:-1], value + "0", value.upper() + "!", f"{value},{value}", "\xe9"]
        bad += [value.replace(value[-9], "z"), f"{value[:-1]} 0", "v0=", "HMAC", "Token"]
        yield from (good.having(**{header: one}) for one in bad)
        yield good.without(header)
    yield Signed(name, {"content-type": good.headers["content-type"]}, b"")
    yield Signed(name, {}, b"{}")
    for other in MAKERS:
        if other != name:
            foreign = MAKERS[other]("arbiter")
            yield Signed(name, foreign.headers, foreign.body)
    if name == "mattermost":
        whole = MAKERS[name]("arbiter")
        yield replace(whole, body=b"text=arbiter&token=")
        yield replace(whole, body=b"text=arbiter&token=" + b"a" * 26)
        yield replace(good, headers={"content-type": signing.FORM}, body=b"token=a&token=b")
    else:
        yield replace(good, body=good.body.replace(b"arbiter", b"journal"))


@pytest.mark.parametrize("name", MAKERS)
def test_every_forgery_gets_the_same_refusal(client: httpx.Client, name: str) -> None:
    """Missing, malformed, wrong and foreign signatures are told apart by nothing."""
    told = set()
    for forged in forgeries(name):
        raw = [(one.encode(), value.encode("latin-1")) for one, value in forged.headers.items()]
        reply = client.post(forged.path, headers=raw, content=forged.body)
        assert reply.status_code == 401, forged
        assert reply.headers["www-authenticate"] == "Signature"
        told.add(json.dumps({**reply.json(), "instance": ""}))

    assert len(told) == 1
    assert "invalid-signature" in told.pop()


@pytest.mark.parametrize("name", MAKERS)
def test_a_proof_that_is_there_twice_proves_nothing(client: httpx.Client, name: str) -> None:
    """Two equal headers are refused, too: who added the second may have added the first."""
    good = provable(name)
    headers = [(header.encode(), value.encode()) for header, value in good.headers.items()]

    assert client.post(good.path, headers=headers, content=good.body).status_code == 200
    twice = [*headers, headers[-1]]
    assert client.post(good.path, headers=twice, content=good.body).status_code == 401


@pytest.mark.parametrize("name", MAKERS)
def test_a_platform_without_a_secret_has_no_route(k0: httpx.Client, name: str) -> None:
    """Where nothing is configured there is nothing, signed or not."""
    reply = post(k0, MAKERS[name]())

    assert (reply.status_code, reply.json()["title"]) == (404, "There is nothing at this address")


@pytest.mark.parametrize("name", MAKERS)
def test_what_was_answered_is_not_answered_again(client: httpx.Client, name: str) -> None:
    """The same bytes sent again get an empty reply, at once and from another connection."""
    signed = MAKERS[name]("arbiter")
    first = post(client, signed)
    again = post(client, signed)

    assert first.content
    assert (again.status_code, again.content) == (200, b"")


@pytest.mark.parametrize(
    ("offset", "valid"), [(-301, False), (-300, True), (0, True), (300, True), (301, False)]
)
def test_a_signed_time_may_be_five_minutes_away(offset: int, valid: bool) -> None:
    """Slack's and Discord's requests are valid from 300 s before to 300 s after, and no more."""
    now = 1_790_000_000.7

    for platform, made in (
        (Slack([signing.SLACK], "cluster"), signing.slack(at=now + offset)),
        (Discord([signing.DISCORD], "cluster"), signing.discord(at=now + offset)),
    ):
        assert is_verified(platform, made, now) is valid


@pytest.mark.parametrize(
    "written", ["nan", "1_000", "+5", "1 2", "9" * 5000, "-1", "1e9", "٣", "0x10", "", "1.0"]
)
def test_a_time_is_plain_digits(client: httpx.Client, written: str) -> None:
    """Whatever else int() reads is refused, and breaks nothing."""
    for signed, header in (
        (signing.slack(), "x-slack-request-timestamp"),
        (signing.discord(), "x-signature-timestamp"),
    ):
        raw = {**signed.headers, header: written}
        headers = [(one.encode(), value.encode()) for one, value in raw.items()]
        reply = client.post(signed.path, headers=headers, content=signed.body)
        assert reply.status_code in (401, 431)  # 431: 5,000 digits, twice over with the others


def test_while_a_secret_is_exchanged_both_are_good() -> None:
    """Two secrets may be configured; requests of a third one, or of none of them, are refused."""
    old, new = "a1" * 16, "b2" * 16
    platform = Slack([new, old], "cluster")
    now = time.time()

    assert is_verified(platform, signing.slack(secret=old), now)
    assert is_verified(platform, signing.slack(secret=new), now)
    assert not is_verified(platform, signing.slack(secret="c3" * 16), now)


def test_all_platforms_can_exchange_their_secret() -> None:
    """The second of two is as good as the first, for each of them."""
    other = SigningKey.generate()
    second = {
        "slack_signing_secret": f"{'f' * 32},{signing.SLACK}",
        "teams_secret": f"{signing.TEAMS[::-1].replace('=', '')}A,{signing.TEAMS}",
        "mattermost_token": f"{'f' * 26},{signing.MATTERMOST}",
        "discord_public_key": f"{other.verify_key.encode().hex()},{signing.DISCORD}",
    }
    app = create_app(Settings(**lower(second)), KnowledgeBase.build(K0))

    for name, maker in MAKERS.items():
        status, body = call(app, maker("arbiter"))
        assert (status, b"Arbiter" in body) == (200, True), name
    assert call(app, signing.discord("arbiter", key=other))[0] == 200
    assert call(app, signing.discord("arbiter", key=SigningKey.generate()))[0] == 401


def test_handshakes_are_for_the_platform_alone(client: httpx.Client) -> None:
    """Slack's challenge and certificate check and Discord's ping are answered when signed."""
    challenge = json.dumps({"type": "url_verification", "challenge": "c", "token": "t"}).encode()
    ping = json.dumps({"type": 1, "id": "1"}).encode()
    asked = signing.slack_body(challenge, signing.JSON)
    pinged = signing.discord_body(ping)

    assert post(client, asked).json() == {"challenge": "c"}
    assert post(client, pinged).json() == {"type": 1}
    assert post(client, pinged).json() == {"type": 1}
    checked = post(client, signing.slack(ssl_check="1"))
    assert (checked.status_code, checked.content) == (200, b"")
    assert post(client, asked.without("x-slack-signature")).status_code == 401
    assert post(client, pinged.having(x_signature_ed25519="0" * 128)).status_code == 401


@pytest.mark.parametrize(
    ("signed", "status", "problem"),
    [
        (signing.slack_body(b"text=%zz", signing.FORM), 400, "invalid-encoding"),
        (signing.slack_body(b"text=%ff", signing.FORM), 400, "invalid-encoding"),
        (signing.slack_body(b"text=a&text=b", signing.FORM), 400, "duplicate-parameter"),
        (signing.slack_body(b"&".join([b"a%d=1" % n for n in range(99)]), signing.FORM), 400,
         "invalid-encoding"),
        (signing.slack_body(b"text=a", "multipart/form-data"), 415, "unsupported-media-type"),
        (signing.slack_body(b"[]", signing.JSON), 422, "invalid-type"),
        (signing.teams_body(b"{"), 400, "malformed-json"),
        (signing.teams_body(b"\xff"), 400, "malformed-json"),
        (signing.teams_body(b"[" * 60_000), 400, "malformed-json"),
        (signing.teams_body(b'{"type": 5}'), 422, "invalid-type"),
        (signing.teams_body(b'{"type": "message", "text": []}'), 422, "invalid-type"),
        (signing.discord_body(b"null"), 422, "invalid-type"),
        (signing.discord_body(b'{"type": 3}'), 422, "invalid-type"),
        (signing.discord_body(b'{"type": 2, "data": {"options": [{"name": "question"}]}}'), 422,
         "invalid-type"),
    ],
)  # fmt: skip
def test_what_is_signed_and_no_command_is_a_problem(
    client: httpx.Client, signed: Signed, status: int, problem: str
) -> None:
    """Even a platform cannot break the service with a body that it signed."""
    reply = post(client, signed)

    assert (reply.status_code, reply.json()["type"].rpartition("/")[2]) == (status, problem)


def test_a_large_body_is_refused_before_it_is_verified(client: httpx.Client) -> None:
    """The size comes first."""
    assert post(client, signing.slack("x" * 70_000)).status_code == 413


def call(app: Any, signed: Signed) -> tuple[int, bytes]:
    """Give an application one request, without sockets."""
    return asyncio.run(exchanged(app, [signed]))[0]


async def exchanged(app: Any, requests: Sequence[Signed]) -> list[tuple[int, bytes]]:
    """Give an application requests one after the other; return status and body of each."""
    found = []
    for one in requests:
        headers = [(b"host", b"kb")]
        headers += [(a.encode(), b.encode("latin-1")) for a, b in one.headers.items()]
        scope = {
            "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "POST",
            "scheme": "http", "path": one.path, "raw_path": one.path.encode(), "query_string": b"",
            "headers": headers, "client": ("127.0.0.1", 1), "server": ("kb", 80), "root_path": "",
        }  # fmt: skip
        sent: list[dict[str, Any]] = []
        body = one.body

        async def receive(body: bytes = body) -> dict[str, Any]:
            return {"type": "http.request", "body": body, "more_body": False}

        async def send(message: dict[str, Any], sent: list[dict[str, Any]] = sent) -> None:
            sent.append(message)

        await app(scope, receive, send)
        found.append((sent[0]["status"], b"".join(x.get("body", b"") for x in sent)))
    return found


def mutated(good: Signed, chance: random.Random) -> Signed:
    """Return a request with one thing changed that its proof covers."""
    if good.platform == "mattermost" and chance.random() < 0.4:
        token = changed(signing.MATTERMOST.encode(), chance)
        return Signed("mattermost", {"content-type": signing.FORM}, b"text=a&token=" + token)
    if good.platform != "mattermost" and chance.random() < 0.4:
        return replace(good, body=changed(good.body, chance))
    name = chance.choice([one for one in good.headers if one != "content-type"])
    value = changed(good.headers[name].encode("latin-1"), chance).decode("latin-1")
    return good.having(**{name: value})


def changed(raw: bytes, chance: random.Random) -> bytes:
    """Return other bytes that resemble these."""
    at = chance.randrange(len(raw))
    match chance.randrange(5):
        case 0:
            return raw[:at] + bytes([raw[at] ^ (1 << chance.randrange(8))]) + raw[at + 1 :]
        case 1:
            return raw[:at] + raw[at + 1 :]
        case 2:
            return raw[:at] + bytes([chance.randrange(256)]) + raw[at:]
        case 3:
            return raw[:at]
        case _:
            return raw + raw[at:] + b"0"


@pytest.mark.timeout(900)
@pytest.mark.parametrize("name", MAKERS)
def test_no_mutation_of_a_genuine_request_is_accepted(name: str) -> None:
    """50,000 changed signatures, tokens, times and bodies: each is a 401."""
    app = create_app(Settings(**lower(SETTINGS)), KnowledgeBase.build(K0))
    chance = random.Random(f"{name}-1")
    good = provable(name)
    tried = [one for one in (mutated(good, chance) for _ in range(MUTATIONS * 2))
             if one != good][:MUTATIONS]  # fmt: skip

    replies = asyncio.run(exchanged(app, tried))

    assert len(replies) == MUTATIONS
    wrong = [tried[at] for at, (status, _) in enumerate(replies) if status != 401]
    assert not wrong, (len(wrong), wrong[:3])
    assert call(app, MAKERS[name]("arbiter"))[0] == 200


@pytest.mark.parametrize("name", MAKERS)
def test_mutations_over_http_are_refused_or_no_http(chat: Running, name: str) -> None:
    """A sample of them over a socket: refused by the signature, or as no HTTP at all."""
    chance = random.Random(f"{name}-2")
    good = provable(name)
    for _ in range(100):
        one = mutated(good, chance)
        told = {header: value.strip(" \t") for header, value in one.headers.items()}
        if replace(one, headers=told) == good:
            continue
        head = [f"POST {one.path} HTTP/1.1", "host: kb", f"content-length: {len(one.body)}"]
        head += [f"{header}: {value}" for header, value in one.headers.items()]
        raw = "\r\n".join([*head, "connection: close", "", ""]).encode("latin-1") + one.body
        assert chat.exchange(raw).status_code in (400, 401), one


def test_a_flood_of_messages_is_refused_like_any_other() -> None:
    """Where the lane of chats is full a signed command is told so, and forgeries still are 401."""
    app = create_app(Settings(**lower(SETTINGS)), KnowledgeBase.build(K0))
    lane = app.state.lanes.chat = Lane("chat", 0, 0.25)
    lane._begun = time.monotonic()  # as if a message were being answered
    good = MAKERS["slack"]("arbiter")

    status, body = call(app, good)

    assert (status, json.loads(body)["type"]) == (503, "/problems/overloaded")
    assert call(app, replace(good, body=good.body + b"x"))[0] == 401


def lower(settings: dict[str, str]) -> dict[str, Any]:
    return {name.removeprefix("KB_").lower(): value for name, value in settings.items()}


def test_the_clock_does_not_go_back() -> None:
    """A step forward is followed; after a step back old signatures do not become valid again."""
    wall, ticks = [1000.0], [50.0]
    clock = Clock(lambda: wall[0], lambda: ticks[0])
    wall[0], ticks[0] = 1010.0, 60.0
    assert clock.now() == 1010.0
    wall[0], ticks[0] = 5010.0, 60.0
    assert clock.now() == 5010.0

    wall[0], ticks[0] = 1420.0, 70.0

    assert clock.now() == 5020.0


def test_what_was_seen_is_forgotten_in_time_and_in_number() -> None:
    """A request is remembered for as long as it could be valid, and no more than so many."""
    now = [0.0]
    seen = Seen(3, lambda: now[0])

    assert seen.is_new(b"a")
    assert not seen.is_new(b"a")
    now[0] = KEPT - 1
    assert not seen.is_new(b"a")
    now[0] = KEPT
    assert seen.is_new(b"a")
    for one in (b"b", b"c", b"d", b"e"):
        assert seen.is_new(one)
    assert len(seen) == 3


def test_neither_questions_nor_secrets_are_logged() -> None:
    """What the server writes while it answers and refuses holds no body, signature or secret."""
    with serving(K0, **SETTINGS) as running, running.client() as client:
        for maker in MAKERS.values():
            signed = maker(CANARY)
            assert post(client, signed).status_code == 200
            proof = [name for name in signed.headers if name != "content-type"][-1]
            forged = signed.having(**{proof: f"{signed.headers[proof][:8]}{'0' * 40}"})
            assert post(client, forged).status_code == 401
        lines = "\n".join(running.lines)
    written = "\n".join([lines, *running.lines])

    assert CANARY not in written
    assert not [one for one in SETTINGS.values() if one in written]
    assert "v0=" not in written


@pytest.mark.parametrize(
    ("setting", "value", "told"),
    [
        ("KB_SLACK_SIGNING_SECRET", "short-canary", "32 characters or more"),
        ("KB_SLACK_SIGNING_SECRET", ",".join(["x" * 32] * 3), "one secret, or two"),
        ("KB_SLACK_SIGNING_SECRET", "x" * 31 + "é", "32 characters or more"),
        ("KB_TEAMS_SECRET", "not-base64-canary-not-base64-canary!", "base64"),
        ("KB_MATTERMOST_TOKEN", "canary", "26 characters or more"),
        ("KB_DISCORD_PUBLIC_KEY", "g" * 64, "64 hexadecimal digits"),
        ("KB_CHAT_COMMAND", "/two words", "such as /cluster"),
    ],
)
def test_a_weak_secret_is_refused_at_the_start(setting: str, value: str, told: str) -> None:
    """The server does not start; it names the variable and what is expected, not the secret."""
    ended = subprocess.run(
        [sys.executable, "-m", "kb.cli", "serve", "--docs-dir", str(K0), "--port", "0"],
        cwd=ROOT,
        env={"PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT), setting: value},
        capture_output=True,
        text=True,
        timeout=60,
    )

    assert ended.returncode == 2
    assert setting in ended.stderr
    assert told in ended.stderr
    assert value not in ended.stderr
