"""`python -m api` writes the description of the service (OpenAPI) to standard output."""

from __future__ import annotations

import sys

from api.app import create_app
from api.openapi import text
from api.settings import Settings

if __name__ == "__main__":
    sys.stdout.buffer.write(text(create_app(Settings()).openapi()).encode())
