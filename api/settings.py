"""What can be set from outside, each with its default: environment variables named `KB_...`.

The only module that reads the environment. docs/reference/settings.md lists them all; a test keeps
it equal to this class.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field, ValidationError
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict


def _base(value: str) -> str:
    if not value.startswith(("/", "http://", "https://")):
        raise ValueError("expected a path such as / or /kb/, or an address such as https://x/kb/")
    return value if value.endswith("/") else f"{value}/"


def _split(value: object) -> object:
    if isinstance(value, str):
        return tuple(one.strip().lower() for one in value.split(",") if one.strip())
    return value


class Settings(BaseSettings):
    """The settings of one service; invalid values are refused when it is made."""

    model_config = SettingsConfigDict(env_prefix="KB_", frozen=True, extra="ignore")

    base_url: Annotated[str, AfterValidator(_base)] = "/"
    """What addresses in replies begin with: `/`, or where the service is reached from outside."""
    allowed_hosts: Annotated[tuple[str, ...], NoDecode, BeforeValidator(_split)] = ()
    """Hosts that are answered, as in the Host header without port, separated by commas; empty: all.
    """
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
    rebuild_delay_ms: Annotated[int, Field(ge=0, le=60_000)] = 200
    """How long the pages must rest after a change before they are built again, in milliseconds."""


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
