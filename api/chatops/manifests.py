"""What an administrator pastes into a chat platform, or types into its form, to add the command."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from api.chatops.platform import Payload

MOST_QUESTION = 2_000
"""Length of a question, in characters; the engine's own limit."""

_SAYS = "Ask what clustering asks of a component. Answers cite the documentation."
_HINT = "a question, or help"


def manifest(platform: str, command: str, address: str) -> Payload:
    """Return it for a platform; `address` is where the service is reached, with a slash at its end.

    Raises ValueError where the platform cannot reach such an address.
    """
    if not address.startswith("https://") and platform != "mattermost":
        raise ValueError(f"{platform} sends only to addresses that begin with https://")
    return MANIFESTS[platform](command, f"{address}chatops/{platform}")


def _slack(command: str, address: str) -> Payload:
    """An app manifest (docs.slack.dev/reference/app-manifest)."""
    return {
        "display_information": {"name": "Cluster requirements", "description": _SAYS},
        "features": {
            "slash_commands": [
                {
                    "command": f"/{command}",
                    "url": address,
                    "description": _SAYS,
                    "usage_hint": _HINT,
                    "should_escape": False,
                }
            ]
        },
        "oauth_config": {"scopes": {"bot": ["commands"]}},
        "settings": {
            "org_deploy_enabled": False,
            "socket_mode_enabled": False,
            "token_rotation_enabled": False,
        },
    }


def _teams(command: str, address: str) -> Payload:
    """The three fields of the form for an outgoing webhook."""
    return {"Name": command, "Callback URL": address, "Description": _SAYS}


def _mattermost(command: str, address: str) -> Payload:
    """A command as the server's own interface takes it (POST /api/v4/commands)."""
    return {
        "team_id": "",
        "method": "P",
        "trigger": command,
        "url": address,
        "display_name": "Cluster requirements",
        "description": _SAYS,
        "auto_complete": True,
        "auto_complete_desc": _SAYS,
        "auto_complete_hint": f"[{_HINT}]",
    }


def _discord(command: str, _address: str) -> Payload:
    """An application command (discord.com/developers/docs/interactions/application-commands)."""
    return {
        "name": command,
        "type": 1,
        "description": _SAYS,
        "options": [
            {
                "type": 3,
                "name": "question",
                "description": _HINT.capitalize(),
                "required": True,
                "max_length": MOST_QUESTION,
            },
            {
                "type": 5,
                "name": "share",
                "description": "Show the answer to everybody here",
                "required": False,
            },
        ],
    }


MANIFESTS: Mapping[str, Callable[[str, str], Payload]] = {
    "slack": _slack,
    "teams": _teams,
    "mattermost": _mattermost,
    "discord": _discord,
}
"""Platform -> what is made of the command's name and the address of its route."""
