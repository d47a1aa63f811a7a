"""Bodies of requests: JSON in UTF-8, and nothing else."""

from __future__ import annotations

from email.message import Message

from fastapi import Request

from api.negotiation import JSON
from api.problems import ProblemError
from api.settings import Settings
from api.strict_json import parse


async def json_body(request: Request, settings: Settings) -> object:
    """Return the value of a posted body. Raises ProblemError."""
    check_media_type(request)
    return parse(await request.body(), settings.max_json_depth)


def check_media_type(request: Request) -> None:
    """Refuse a body that is not plain JSON in UTF-8. Raises ProblemError."""
    header = Message()
    header["content-type"] = request.headers.get("content-type", "")
    charset = header.get_content_charset("utf-8")
    stated = request.headers.getlist("content-type")
    if len(stated) != 1 or header.get_content_type() != JSON or charset not in ("utf-8", "utf8"):
        raise ProblemError(
            "unsupported-media-type", "A body of application/json is expected.", candidates=[JSON]
        )
    encodings = {one.strip().lower() for one in request.headers.getlist("content-encoding")}
    transfers = {one.strip().lower() for one in request.headers.getlist("transfer-encoding")}
    if encodings - {"identity"} or transfers - {"chunked"}:
        raise ProblemError("unsupported-media-type", "A body without content encoding is expected.")
