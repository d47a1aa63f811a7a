"""The command `chatops`."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from kb.cli import console
from kb.cli.console import CommandError
from kb.cli.options import missing_extra


def chatops(
    _action: Annotated[
        Literal["manifest"],
        typer.Argument(metavar="manifest", help="Write what the platform has to be told."),
    ],
    platform: Annotated[
        Literal["slack", "teams", "mattermost", "discord"],
        typer.Argument(metavar="PLATFORM", help="slack, teams, mattermost or discord."),
    ],
    command: Annotated[
        str | None,
        typer.Option(
            "--command", metavar="NAME", help="Name of the command; without it KB_CHAT_COMMAND."
        ),
    ] = None,
    url: Annotated[
        str | None,
        typer.Option(
            "--url", metavar="URL", help="Where the service is reached; without it KB_BASE_URL."
        ),
    ] = None,
) -> None:
    """Write what is pasted into a chat platform to add the command there.

    It holds no secret. The guide of the platform says where it is pasted.
    """
    try:
        from api.chatops.manifests import manifest
        from api.settings import Settings, settings_from_environment
    except ModuleNotFoundError as error:
        raise missing_extra("api", "chat commands", error) from None

    try:
        given = settings_from_environment()
        chosen = Settings(
            base_url=url if url is not None else given.base_url,
            chat_command=command if command is not None else given.chat_command,
        )
    except ValueError as error:
        reason = str(error).splitlines()
        told = next((one for one in reason if "expected" in one), reason[0])
        raise CommandError(told.strip().removeprefix("Value error, ").partition(" [")[0]) from None
    if "://" not in chosen.base_url:
        raise CommandError(
            "it is not known where the platform reaches the service",
            "name the address: --url https://kb.example.org/, or set KB_BASE_URL",
        )
    try:
        console.say_json(manifest(platform, chosen.chat_command, chosen.base_url))
    except ValueError as error:
        raise CommandError(str(error), "name another address: --url https://...") from None
