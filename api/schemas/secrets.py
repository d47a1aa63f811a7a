"""What proves the requests of chat platforms, as settings: strong enough, and never shown.

Each is one secret, or two while it is exchanged, separated by a comma.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, SecretStr

_MOST = 2


def _listed(value: object) -> object:
    if isinstance(value, str):
        return tuple(one.strip() for one in value.split(",") if one.strip())
    return value


def _each(is_good: Callable[[str], bool], expected: str) -> AfterValidator:
    def check(values: tuple[SecretStr, ...]) -> tuple[SecretStr, ...]:
        if len(values) > _MOST:
            raise ValueError("expected one secret, or two while it is exchanged, with a comma")
        if not all(is_good(one.get_secret_value()) for one in values):
            raise ValueError(f"expected {expected}")
        return values

    return AfterValidator(check)


def _is_long(least: int) -> Callable[[str], bool]:
    return lambda value: re.fullmatch(rf"[!-~]{{{least},256}}", value) is not None


def _is_base64(value: str) -> bool:
    try:
        return _is_long(32)(value) and len(base64.b64decode(value, validate=True)) > 0
    except binascii.Error:
        return False


def _is_key(value: str) -> bool:
    return re.fullmatch("[0-9a-fA-F]{64}", value) is not None


def command_name(value: str) -> str:
    """Return the name of a slash command without its slash. Raises ValueError."""
    if not re.fullmatch(r"/?[a-z][a-z0-9_-]{0,30}", value):
        raise ValueError("expected up to 31 small letters, digits, - and _, such as /cluster")
    return value.removeprefix("/")


Secrets = Annotated[tuple[SecretStr, ...], BeforeValidator(_listed)]

SlackSecrets = Annotated[
    Secrets, _each(_is_long(32), "the signing secret of the app: 32 characters or more")
]
"""Slack makes them of 32 hexadecimal digits."""
TeamsSecrets = Annotated[
    Secrets, _each(_is_base64, "the security token of the webhook: base64, 32 characters or more")
]
"""Microsoft Teams makes them of 32 bytes, 44 characters in base64."""
MattermostTokens = Annotated[
    Secrets, _each(_is_long(26), "the token of the slash command: 26 characters or more")
]
"""Mattermost makes them of 26 letters and digits."""
DiscordKeys = Annotated[
    Secrets, _each(_is_key, "the public key of the application: 64 hexadecimal digits")
]
"""Ed25519 has 32 bytes."""
GapsTokens = Annotated[Secrets, _each(_is_long(32), "a token of 32 characters or more")]
"""Made by whoever runs the service."""
