"""Where the command `gaps` has its questions from: the database, or a running service."""

from __future__ import annotations

import json
import os
import urllib.error
import urllib.request

from kb.cli.console import CommandError
from kb.cli.options import missing_extra
from kb.gaps import Row
from kb.text import normalise

TOKEN = "KB_GAPS_TOKEN"  # noqa: S105 - the name of a variable
_MOST_BYTES = 64 * 1024 * 1024
_SECONDS = 30


def kept() -> list[Row]:
    """Return the rows of the database of this machine."""
    try:
        from api.gaps.errors import StoreError
        from api.gaps.store import Store, file_of
        from api.settings import settings_from_environment
    except ModuleNotFoundError as error:
        raise missing_extra("api", "the log of questions", error) from None

    try:
        named = settings_from_environment().gaps_url
    except ValueError as error:
        raise CommandError(str(error)) from None
    url = named.get_secret_value() if named is not None else ""
    if not url:
        raise CommandError(
            "no database of unanswered questions is named",
            "set KB_GAPS_URL as the service has it, or name the service: --from https://...",
        )
    path = file_of(url)
    if path is not None and not path.is_file():
        raise CommandError(
            f"there is no file {path}", "the service makes it with the first question it keeps"
        )
    try:
        rows = Store(url).rows()
    except StoreError as error:
        raise CommandError(f"the unanswered questions cannot be read: {error}") from None
    return [Row(one.question, one.status, one.asked, one.last_seen) for one in rows]


def fetched(address: str) -> list[Row]:
    """Return the rows of a running service."""
    token = os.environ.get(TOKEN, "").partition(",")[0].strip()
    if not address.startswith(("https://", "http://")):
        raise CommandError(f"{address} is no address", "expected --from https://kb.example.org/")
    if not token:
        raise CommandError(f"{TOKEN} is not set", "it is the token that the service has")
    request = urllib.request.Request(  # noqa: S310 - the scheme was looked at
        f"{address.rstrip('/')}/gaps", headers={"Authorization": f"Bearer {token}"}
    )
    try:
        with urllib.request.build_opener(_NoDetour()).open(request, timeout=_SECONDS) as reply:
            told = json.loads(reply.read(_MOST_BYTES))
        return [
            Row(
                normalise(str(one["question"])[:2000]),
                str(one["status"]),
                int(one["asked"]),
                normalise(str(one["last_seen"])[:10]),
            )
            for one in told["gaps"]
        ]
    except urllib.error.HTTPError as error:
        advice = {
            401: f"{TOKEN} is not the token of the service",
            404: "the service keeps no questions, or KB_GAPS_TOKEN is not set there",
        }
        raise CommandError(
            f"{address} replied {error.code}", advice.get(error.code, "try again later")
        ) from None
    except (OSError, ValueError, KeyError, TypeError) as error:
        reason = getattr(error, "reason", error)
        raise CommandError(f"{address} gave no list of questions: {reason}") from None


class _NoDetour(urllib.request.HTTPRedirectHandler):
    """Follows no redirect: the token is for the named address alone."""

    def redirect_request(self, *_: object) -> None:
        return None
