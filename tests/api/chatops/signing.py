"""Signed requests of the four platforms, made from their public descriptions alone.

Uses the standard library and PyNaCl, and nothing of the code under test.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from nacl.signing import SigningKey

JSON, FORM = "application/json", "application/x-www-form-urlencoded"

SLACK = "5ac1de7e57ab1e5ca1ab1e0ddba11c0d"
TEAMS = base64.b64encode(hashlib.sha256(b"teams").digest()).decode()
MATTERMOST = "k7w1x9q3n5c8b2m4z6r0t5y7ua"
KEY = SigningKey(hashlib.sha256(b"discord").digest())
DISCORD = KEY.verify_key.encode().hex()

SETTINGS = {
    "KB_SLACK_SIGNING_SECRET": SLACK,
    "KB_TEAMS_SECRET": TEAMS,
    "KB_MATTERMOST_TOKEN": MATTERMOST,
    "KB_DISCORD_PUBLIC_KEY": DISCORD,
}


@dataclass(frozen=True, slots=True)
class Signed:
    """A request that can be sent."""

    platform: str
    headers: Mapping[str, str]
    body: bytes

    @property
    def path(self) -> str:
        """Where it is sent."""
        return f"/chatops/{self.platform}"

    def without(self, name: str) -> Signed:
        """Return it without one header."""
        kept = {one: value for one, value in self.headers.items() if one != name}
        return replace(self, headers=kept)

    def having(self, **headers: str) -> Signed:
        """Return it with other headers; underscores are hyphens."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return replace(self, headers={**self.headers, **named})


_count = iter(range(10**9))


def slack(
    text: str = "backup service a/a",
    *,
    secret: str = SLACK,
    at: float | None = None,
    **fields: str,
) -> Signed:
    """Return a slash command of Slack."""
    form = {"token": "old", "team_id": "T1", "channel_id": "C1", "user_id": "U1",
            "command": "/cluster", "text": text, "trigger_id": f"{next(_count)}.1"}  # fmt: skip
    return slack_body(urlencode({**form, **fields}).encode(), FORM, secret=secret, at=at)


def slack_body(
    body: bytes, media_type: str, *, secret: str = SLACK, at: float | None = None
) -> Signed:
    """Return any body, as Slack signs it."""
    stated = str(int(time.time() if at is None else at))
    made = hmac.new(secret.encode(), b"v0:" + stated.encode() + b":" + body, hashlib.sha256)
    headers = {
        "content-type": media_type,
        "x-slack-request-timestamp": stated,
        "x-slack-signature": f"v0={made.hexdigest()}",
    }
    return Signed("slack", headers, body)


def teams(text: str = "backup service a/a", *, secret: str = TEAMS) -> Signed:
    """Return a message of Microsoft Teams that mentions the webhook."""
    activity = {
        "type": "message",
        "id": str(next(_count)),
        "text": f"<at>cluster</at>&nbsp;{text}\n",
        "textFormat": "plain",
        "from": {"id": "29:1", "name": "A"},
        "entities": [{"type": "clientInfo", "locale": "en-GB"}],
    }
    return teams_body(json.dumps(activity).encode(), secret=secret)


def teams_body(body: bytes, *, secret: str = TEAMS) -> Signed:
    """Return any body, as Microsoft Teams signs it."""
    made = hmac.new(base64.b64decode(secret), body, hashlib.sha256).digest()
    stated = f"HMAC {base64.b64encode(made).decode()}"
    return Signed("teams", {"content-type": JSON, "authorization": stated}, body)


def mattermost(text: str = "backup service a/a", *, secret: str = MATTERMOST) -> Signed:
    """Return a slash command of Mattermost."""
    form = {"channel_id": "c1", "command": "/cluster", "text": text, "token": secret,
            "trigger_id": str(next(_count)), "user_name": "a"}  # fmt: skip
    headers = {"content-type": FORM, "authorization": f"Token {secret}"}
    return Signed("mattermost", headers, urlencode(form).encode())


def discord(
    text: str = "backup service a/a",
    *,
    key: SigningKey = KEY,
    at: float | None = None,
    share: bool = False,
) -> Signed:
    """Return an application command of Discord."""
    options: list[dict[str, Any]] = [{"name": "question", "type": 3, "value": text}]
    options += [{"name": "share", "type": 5, "value": True}] if share else []
    interaction = {
        "id": str(next(_count)),
        "type": 2,
        "token": "t",
        "version": 1,
        "data": {"id": "1", "type": 1, "name": "cluster", "options": options},
    }
    return discord_body(json.dumps(interaction).encode(), key=key, at=at)


def discord_body(body: bytes, *, key: SigningKey = KEY, at: float | None = None) -> Signed:
    """Return any body, as Discord signs it."""
    stated = str(int(time.time() if at is None else at))
    headers = {
        "content-type": JSON,
        "x-signature-timestamp": stated,
        "x-signature-ed25519": key.sign(stated.encode() + body).signature.hex(),
    }
    return Signed("discord", headers, body)


MAKERS: Mapping[str, Callable[..., Signed]] = {
    "slack": slack,
    "teams": teams,
    "mattermost": mattermost,
    "discord": discord,
}
