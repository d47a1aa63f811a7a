"""Who may speak to the server: programs, and no page of the web that was not allowed to.

A page can make a browser send requests to a server on the reader's own machine, and can give that
machine a name of its own (DNS rebinding). So an Origin has to be known, and so has a host that is a
name: an address cannot be given to somebody else.
"""

from __future__ import annotations

from ipaddress import ip_address
from urllib.parse import urlsplit

from api.cors import ANY
from api.problems import ProblemError, shown
from api.settings import Settings


def check(origin: str | None, host: str, settings: Settings) -> None:
    """Refuse what a page of the web may have sent. Raises ProblemError: forbidden-origin."""
    if not _is_known(_name(f"//{host}"), settings):
        raise ProblemError(
            "forbidden-origin",
            f"The host {shown(host)} is not known to belong to this service: name it in "
            "KB_ALLOWED_HOSTS or KB_BASE_URL.",
        )
    if origin is None or ANY in settings.cors_origins or origin in settings.cors_origins:
        return
    if urlsplit(settings.base_url).netloc and settings.base_url.startswith(f"{origin}/"):
        return
    if origin in (f"http://{host}", f"https://{host}"):
        return
    raise ProblemError(
        "forbidden-origin",
        f"Pages of {shown(origin)} may not ask here: name the origin in KB_CORS_ORIGINS.",
    )


def _is_known(name: str, settings: Settings) -> bool:
    own = _name(settings.base_url)
    return name in (*settings.allowed_hosts, "localhost", own) or _is_address(name)


def _is_address(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True


def _name(address: str) -> str:
    """Return the host of an address, without port and brackets; "" where it has none."""
    return urlsplit(address).hostname or ""
