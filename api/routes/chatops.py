"""/chatops: one route for each chat platform whose secret is configured, and none for the others.

The bytes are verified before anything is read of them. Neither a body nor a signature is logged.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence

from fastapi import APIRouter, Request
from starlette.responses import JSONResponse, Response

from api.chatops.command import respond
from api.chatops.discord import Discord
from api.chatops.mattermost import Mattermost
from api.chatops.platform import Command, Handshake, Payload, Platform
from api.chatops.received import ForgedError, MalformedError, Received
from api.chatops.replays import Clock, Seen
from api.chatops.slack import Slack
from api.chatops.teams import Teams
from api.dependencies import Bounded, Serving
from api.gaps.log import GapLog
from api.problems import ProblemError
from api.schemas.secrets import Secrets
from api.settings import Settings
from api.state import Generation

PLATFORMS: Mapping[
    str, tuple[Callable[[Sequence[str], str], Platform], Callable[[Settings], Secrets]]
] = {
    "slack": (Slack, lambda settings: settings.slack_signing_secret),
    "teams": (Teams, lambda settings: settings.teams_secret),
    "mattermost": (Mattermost, lambda settings: settings.mattermost_token),
    "discord": (Discord, lambda settings: settings.discord_public_key),
}
"""Last segment of the path -> what is made of secrets and the name of the command; its secrets."""

_LOG = logging.getLogger("clusterkb.chatops")
_NOT_KEPT = {"Cache-Control": "no-store"}
_FORGED = {"WWW-Authenticate": "Signature"}


def router_of(settings: Settings, clock: Clock | None = None) -> APIRouter:
    """Return the routes of the platforms that are configured."""
    router = APIRouter(prefix="/chatops", include_in_schema=False)
    time = clock or Clock()
    for name, (make, secrets_of) in PLATFORMS.items():
        secrets = [one.get_secret_value() for one in secrets_of(settings)]
        if secrets:
            platform = make(secrets, settings.chat_command)
            router.add_api_route(f"/{name}", _endpoint(platform, time), methods=["POST"])
    if router.routes and "://" not in settings.base_url:
        _LOG.warning(
            "KB_BASE_URL is only a path, so replies in chats name their pages without a link; set "
            "it to the address that people reach the site at"
        )
    return router


def _endpoint(platform: Platform, clock: Clock) -> Callable[..., object]:
    seen = Seen()

    async def chat(request: Request, serving: Serving, lanes: Bounded) -> Response:
        """Answer one command."""
        received = Received(request.scope["headers"], await request.body(), clock.now())
        try:
            proof = platform.verify(received)
        except ForgedError:
            raise ProblemError(
                "invalid-signature", "The request is not signed as expected.", headers=_FORGED
            ) from None
        try:
            wanted = platform.to_command(received)
        except MalformedError as error:
            raise ProblemError(error.problem, str(error)) from None
        if not isinstance(wanted, Handshake):
            generation = serving.current()
            if not seen.is_new(proof):
                return Response(headers=_NOT_KEPT)
            payload: Payload | None = await lanes.chat.run(
                request, _answered, generation, platform, wanted, request.app.state.gaps
            )
        else:
            payload = wanted.payload
        if payload is None:
            return Response(headers=_NOT_KEPT)
        return JSONResponse(payload, headers=_NOT_KEPT)

    return chat


def _answered(
    generation: Generation, platform: Platform, command: Command, gaps: GapLog
) -> Payload:
    reply = respond(generation.knowledge, generation.writer.links, command)
    gaps.heard(reply.asked, reply.status)
    return platform.to_payload(reply)
