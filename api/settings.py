"""What can be set from outside, each with its default: environment variables named `KB_...`.

The only module that reads the environment. docs/reference/settings.md lists them all; a test keeps
it equal to this class.
"""

from __future__ import annotations

import re
from importlib.util import find_spec
from ipaddress import IPv4Network, IPv6Network
from typing import Annotated, Literal

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    SecretStr,
    ValidationError,
    ValidationInfo,
)
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from api.schemas import secrets
from kb import CONTENT_SECURITY_POLICY

_ORIGIN = re.compile(r"\*|https?://[a-z0-9.-]+(:[0-9]{1,5})?|https?://\[[0-9a-f:]+\](:[0-9]{1,5})?")
_RATE = re.compile(r"[1-9][0-9]{0,6}/([1-9][0-9]{0,3} ?)?(second|minute|hour|day)")
_DATABASE = re.compile(r"(sqlite:///|postgres(ql)?://)[!-~]+")
_HEADER_VALUE = re.compile(r"[ -~]*")


def _base(value: str) -> str:
    if not value.startswith(("/", "http://", "https://")):
        raise ValueError("expected a path such as / or /kb/, or an address such as https://x/kb/")
    return value if value.endswith("/") else f"{value}/"


def _split(value: object) -> object:
    if isinstance(value, str):
        return tuple(one.strip().lower() for one in value.split(",") if one.strip())
    return value


def _origins(value: tuple[str, ...]) -> tuple[str, ...]:
    for one in value:
        if not _ORIGIN.fullmatch(one):
            raise ValueError(
                f"expected origins such as https://wiki.example.org, or *, and not {one!r}"
            )
    return value


def _rates(value: tuple[str, ...]) -> tuple[str, ...]:
    for one in value:
        if not _RATE.fullmatch(one):
            raise ValueError(f"expected rates such as 600/minute or 20/second, and not {one!r}")
    return value


def _gaps_url(value: SecretStr) -> SecretStr:
    told = value.get_secret_value()
    if told and not _DATABASE.fullmatch(told):
        raise ValueError("expected sqlite:///FILE or postgresql://USER:PASSWORD@HOST/DATABASE")
    if told.startswith("postgres") and find_spec("psycopg") is None:
        raise ValueError('PostgreSQL needs a driver: install "clusterkb[postgresql]"')
    return value


def _feedback(value: bool, info: ValidationInfo) -> bool:
    named = info.data.get("gaps_url")
    if value and (named is None or not named.get_secret_value()):
        raise ValueError("what readers say is kept in the database that KB_GAPS_URL names")
    return value


def _header_value(value: str) -> str:
    if not _HEADER_VALUE.fullmatch(value):
        raise ValueError("expected one line of ASCII text")
    return value


Listed = Annotated[tuple[str, ...], NoDecode, BeforeValidator(_split)]
"""Words in small letters, separated by commas."""


class Settings(BaseSettings):
    """The settings of one service; invalid values are refused when it is made."""

    model_config = SettingsConfigDict(env_prefix="KB_", frozen=True, extra="ignore")

    base_url: Annotated[str, AfterValidator(_base)] = "/"
    """What addresses in replies begin with: `/`, or where the service is reached from outside."""
    chat_command: Annotated[str, AfterValidator(secrets.command_name)] = "cluster"
    """Name of the command on the chat platforms; a slash before it is left out."""
    slack_signing_secret: Annotated[secrets.SlackSecrets, NoDecode] = ()
    """What Slack signs with; two, separated by a comma, while it is exchanged; empty: no Slack."""
    teams_secret: Annotated[secrets.TeamsSecrets, NoDecode] = ()
    """What Microsoft Teams signs with, in the same way."""
    mattermost_token: Annotated[secrets.MattermostTokens, NoDecode] = ()
    """What Mattermost sends to prove itself, in the same way."""
    discord_public_key: Annotated[secrets.DiscordKeys, NoDecode] = ()
    """What Discord's signatures are verified with, in the same way; it is no secret."""
    mcp: bool = True
    """Whether programs are answered that speak the Model Context Protocol, at /mcp."""
    gaps_url: Annotated[SecretStr, AfterValidator(_gaps_url)] | None = None
    """Database of the questions that were not answered; None: none is kept."""
    gaps_token: Annotated[secrets.GapsTokens, NoDecode] = ()
    """What whoever reads them from afar has to show; empty: nobody does."""
    gaps_rows: Annotated[int, Field(ge=10, le=1_000_000)] = 100_000
    """How many different ones are kept."""
    gaps_days: Annotated[int, Field(ge=1, le=3650)] = 90
    """How long one is kept that nobody asks again, in days."""
    feedback: Annotated[bool, AfterValidator(_feedback)] = False
    """Whether readers may say of a page or an answer that it is right or wrong; needs gaps_url."""
    allowed_hosts: Listed = ()
    """Hosts that are answered, as in the Host header without port, separated by commas; empty: all.
    """
    cors_origins: Annotated[Listed, AfterValidator(_origins)] = ()
    """Origins whose pages may read replies, separated by commas, or `*` for all; empty: none."""
    trusted_proxies: Annotated[
        tuple[IPv4Network | IPv6Network, ...], NoDecode, BeforeValidator(_split)
    ] = ()
    """Addresses or networks of proxies whose X-Forwarded-For is believed, separated by commas."""
    rate_limit: Annotated[Listed, AfterValidator(_rates)] = ()
    """How many requests one client may make, such as `20/second,600/minute`; empty: no limit."""
    rate_clients: Annotated[int, Field(ge=100, le=10_000_000)] = 20_000
    """How many clients are counted at once; beyond, those not seen for longest are forgotten."""
    site_policy: Annotated[str, AfterValidator(_header_value)] = CONTENT_SECURITY_POLICY
    """Content security policy of the site's pages."""
    max_body_bytes: Annotated[int, Field(ge=1_024, le=16_777_216)] = 65_536
    """Size of a request's body beyond which it is refused, in bytes."""
    max_url_bytes: Annotated[int, Field(ge=256, le=65_536)] = 8_192
    """Length of path and query together beyond which a request is refused, in bytes."""
    max_headers: Annotated[int, Field(ge=8, le=1_000)] = 64
    """Number of header fields beyond which a request is refused."""
    max_header_bytes: Annotated[int, Field(ge=1_024, le=65_536)] = 16_384
    """Size of all header fields together beyond which a request is refused, in bytes."""
    max_json_depth: Annotated[int, Field(ge=2, le=100)] = 20
    """How deep a JSON body may be nested."""
    most_kept_bytes: Annotated[int, Field(ge=0, le=1_073_741_824)] = 8_388_608
    """Size of the replies to look-ups that are kept to be given again, and as much of answers to
    questions, in bytes; 0: none are."""
    lane_questions: Annotated[int, Field(ge=1, le=10_000)] = 32
    """How many questions and searches may wait in one process, beside the one being answered."""
    lane_plans: Annotated[int, Field(ge=1, le=10_000)] = 16
    """How many plans, comparisons and tables may wait in one process."""
    lane_chat: Annotated[int, Field(ge=1, le=10_000)] = 24
    """How many messages from chat platforms may wait in one process."""
    lane_wait_ms: Annotated[int, Field(ge=1, le=60_000)] = 250
    """How long any of them waits at most, in milliseconds."""
    max_connections: Annotated[int, Field(ge=10, le=1_000_000)] = 1_000
    """How many connections one process holds; beyond it only probes are answered."""
    receive_seconds: Annotated[float, Field(ge=0.1, le=3600)] = 10.0
    """How long a request may take until it has come whole, in seconds."""
    send_seconds: Annotated[float, Field(ge=0.1, le=3600)] = 30.0
    """How long a client may leave replies unread that are waiting to be sent, in seconds."""
    drain_seconds: Annotated[float, Field(ge=0, le=3600)] = 5.0
    """How long requests are still taken after SIGTERM, while /readyz says no, in seconds; in a
    terminal not at all."""
    rebuild_delay_ms: Annotated[int, Field(ge=0, le=60_000)] = 200
    """How long the pages must rest after a change before they are built again, in milliseconds."""
    admin_host: str = "127.0.0.1"
    """Address on which those who run the service are answered."""
    admin_port: Annotated[int, Field(ge=0, le=65_535)] | None = None
    """Port on which those who run the service are answered; None: there is none, 0: a free one."""
    log_format: Literal["text", "json"] = "text"
    """Form of the log: text for people, or an object a line and a line a request for programs."""
    log_questions: bool = False
    """Whether the log may hold what people asked."""
    server_timing: bool = False
    """Whether replies say how long they took, in a Server-Timing header."""

    @property
    def has_chat(self) -> bool:
        """Whether a chat platform is configured."""
        keys = self.slack_signing_secret, self.teams_secret, self.mattermost_token
        return any((*keys, self.discord_public_key))


def settings_from_environment() -> Settings:
    """Return the settings of this process.

    Raises ValueError that names each variable whose value cannot be used, and why.
    """
    try:
        return Settings()
    except ValidationError as error:
        told = (
            f"KB_{str(one['loc'][0]).upper()}: {one['msg'].removeprefix('Value error, ')}"
            for one in error.errors()
        )
        raise ValueError("; ".join(told)) from None
