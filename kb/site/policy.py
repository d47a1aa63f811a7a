"""What a browser may do on the site's pages: nothing that does not come from the site itself.

The pages have no script and no style within them: what the theme puts there is moved into files,
so that a server can forbid both. A text that got into a page as markup could then run nothing.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
"""The strictest under which all of the site works; for the header `Content-Security-Policy`."""
HEADERS = "_headers"
"""Address of the file in which hosts of static sites look for the headers they are to send."""

_FOLDER = "assets/kb/inline"
_SCRIPT = re.compile(
    r"<script(?P<type> type=\"?(?:module|text/javascript)\"?)?>(?P<code>.+?)</script>", re.DOTALL
)


class InlineScripts:
    """The scripts that stood within the pages of one site."""

    def __init__(self) -> None:
        self._codes: dict[str, str] = {}

    def move_out(self, html: str, root: str) -> str:
        """Return a page whose scripts are files; `root` is the site's address as seen from it."""
        return _SCRIPT.sub(lambda found: self._moved(found, root), html)

    def files(self) -> Iterator[tuple[str, str]]:
        """Yield address and content of each file."""
        yield from sorted(self._codes.items())

    def _moved(self, found: re.Match[str], root: str) -> str:
        code = found["code"]
        address = f"{_FOLDER}/{hashlib.sha256(code.encode()).hexdigest()[:16]}.js"
        self._codes[address] = code
        return f'<script{found["type"] or ""} src="{root}{address}"></script>'


def headers() -> str:
    """Return the content of the file of headers."""
    return f"/*\n  Content-Security-Policy: {CONTENT_SECURITY_POLICY}\n"
