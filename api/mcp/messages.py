"""What has to be right with a message before it is worked on: JSON-RPC 2.0, one message at a time.

Checked here and not by the library of the protocol, whose refusals repeat what was sent many times
over and call every mistake by one number. Knows no tool and no content.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from api.problems import ProblemError, nearest, shown
from api.strict_json import parse

PARSE_ERROR = -32700
INVALID_REQUEST = -32600
METHOD_NOT_FOUND = -32601
INVALID_PARAMS = -32602
"""Numbers of JSON-RPC 2.0, section 5.1."""

METHODS = (
    "initialize",
    "ping",
    "tools/list",
    "tools/call",
    "resources/list",
    "resources/templates/list",
    "resources/read",
)
"""What is answered; a test keeps it equal to what the server handles."""
_NOTIFICATION = "notifications/"
_LONGEST_ID = 256
_GREATEST_ID = 2**53 - 1


class RefusedError(Exception):
    """A message that is refused. `status` is that of the HTTP reply."""

    def __init__(self, code: int, message: str, name: str | int | None = None) -> None:
        self.code = code
        self.name = name
        """The id of the message; None where it has none that can be used."""
        self.status = 400 if code in (PARSE_ERROR, INVALID_REQUEST) else 200
        super().__init__(message)

    def encoded(self) -> bytes:
        """Return the reply."""
        error = {"code": self.code, "message": str(self)}
        return json.dumps({"jsonrpc": "2.0", "id": self.name, "error": error}).encode()


def check(body: bytes, most_depth: int) -> None:
    """Refuse a body that is no message of the protocol. Raises RefusedError."""
    try:
        message = parse(body, most_depth)
    except ProblemError as error:
        raise RefusedError(PARSE_ERROR, error.detail) from None
    if isinstance(message, list):
        raise RefusedError(INVALID_REQUEST, "One message is expected, not a batch.")
    if not isinstance(message, dict) or message.get("jsonrpc") != "2.0":
        raise RefusedError(INVALID_REQUEST, 'An object with "jsonrpc": "2.0" is expected.')
    _check_message(message)


def _check_message(message: Mapping[str, object]) -> None:
    name, method = message.get("id"), message.get("method")
    if "id" in message and not _is_id(name):
        expected = f"a string of up to {_LONGEST_ID} characters or a whole number"
        raise RefusedError(INVALID_REQUEST, f"id: {expected} is expected.")
    assert name is None or isinstance(name, str | int)
    if not isinstance(method, str):
        raise RefusedError(INVALID_REQUEST, "method: the name of a method is expected.", name)
    is_notification = method.startswith(_NOTIFICATION)
    if is_notification == ("id" in message):
        told = "has no id" if is_notification else "needs an id"
        raise RefusedError(INVALID_REQUEST, f"{shown(method)} {told}.", name)
    if not is_notification and method not in METHODS:
        near = nearest(method, METHODS)
        said = f" Did you mean: {', '.join(near)}?" if near else ""
        raise RefusedError(METHOD_NOT_FOUND, f"There is no method {shown(method)}.{said}", name)
    if not isinstance(message.get("params", {}), dict):
        raise RefusedError(INVALID_PARAMS, "params: an object is expected.", name)


def _is_id(value: object) -> bool:
    if isinstance(value, str):
        return len(value) <= _LONGEST_ID
    is_number = isinstance(value, int) and not isinstance(value, bool)
    return is_number and abs(int(str(value))) <= _GREATEST_ID
