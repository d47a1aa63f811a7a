"""What a connection is told while a lane is full, without its request being parsed.

Under a flood most of what comes is refused, so a refusal must cost next to nothing: else refusing
takes the time that the work needs. Only what is certainly a whole GET of a lane's address is
refused here; everything else takes the long way and is refused, or not, by the lane itself.
"""

from __future__ import annotations

import random
import re
from collections.abc import Mapping
from http import HTTPStatus

from api.gate import ALL_REPLIES, NO_CONTENT, new_id
from api.lanes import RETRY_AFTER, Lane, Lanes, Place
from api.problems import ProblemError
from api.replies import refusal
from api.schemas.links import Links

END = b"\r\n\r\n"
_FIRST_LINE = re.compile(rb"GET [!-~]+ HTTP/1\.1\r\n")
_LONG_WAY = re.compile(
    rb"\r\n(?:origin|content-length|transfer-encoding|connection):", re.IGNORECASE
)
"""Header fields that make a reply, or what comes after it, another than usual."""
_ID = "0" * 32
"""Stands for the id of the request."""


class Shedding:
    """Refuses requests for full lanes."""

    def __init__(self, lanes: Lanes, links: Links) -> None:
        self._lanes: Mapping[bytes, Lane] = {
            b"/ask": lanes.questions,
            b"/search": lanes.questions,
            b"/plan": lanes.plans,
        }
        self._replies = tuple(_reply(seconds, links) for seconds in RETRY_AFTER)

    def judge(self, data: bytes) -> bytes | Place | None:
        """Return the whole reply to what came over a connection, or the place of its request.

        None: it is no request for a lane, or not certainly one.
        """
        if not data.startswith(b"GET /"):
            return None
        lane = self._lanes.get(data[4:64].partition(b" ")[0].partition(b"?")[0])
        if lane is None or data.find(END) != len(data) - len(END):
            return None
        if not lane.is_full():
            return Place(lane)
        if not _FIRST_LINE.match(data) or _LONG_WAY.search(data):
            return None
        lane.refused += 1
        head, between, end = random.choice(self._replies)  # noqa: S311 - no secret
        name = new_id().encode()
        return b"".join((head, name, between, name, end))


def _reply(seconds: int, links: Links) -> tuple[bytes, bytes, bytes]:
    """Return the reply of the application, cut where the id of the request stands."""
    problem = ProblemError(
        "overloaded",
        "More of this kind is asked for than can be done.",
        headers={"Retry-After": str(seconds)},
    )
    head, between, end = written(problem, _ID, links).split(_ID.encode())
    return head, between, end


def written(problem: ProblemError, request_id: str, links: Links) -> bytes:
    """Return the whole reply to a request that the application never sees."""
    response = refusal(problem, request_id, links)
    status = HTTPStatus(response.status_code)
    lines = [f"HTTP/1.1 {status} {status.phrase}".encode()]
    lines += [name + b": " + value for name, value in response.raw_headers]
    lines += [f"{name}: {value}".lower().encode() for name, value in ALL_REPLIES.items()]
    lines += [
        f"content-security-policy: {NO_CONTENT}".encode(),
        f"x-request-id: {request_id}".encode(),
    ]
    return b"\r\n".join(lines) + END + bytes(response.body)
