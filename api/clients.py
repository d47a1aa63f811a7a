"""Who asks: the address of a client, also behind proxies, and the group that it is counted in.

What a request says of its sender is believed only where a proxy that is trusted has said it.
"""

from __future__ import annotations

from collections.abc import Sequence
from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_address,
)

from starlette.types import Scope

Address = IPv4Address | IPv6Address
Networks = Sequence[IPv4Network | IPv6Network]

IPV6_PREFIX = 64
"""Length of the prefix that one subscriber has at least: within it, addresses cost nothing."""


def client_of(scope: Scope, trusted: Networks) -> Address | None:
    """Return the address that a request comes from; None where the connection has none.

    Behind a trusted proxy it is the last one in X-Forwarded-For that is no trusted proxy itself:
    what stands further left was sent by the client and may be invented.
    """
    client = scope.get("client")
    found = _read(client[0]) if client else None
    if found is None or not _is_in(found, trusted):
        return found
    stated = b",".join(value for name, value in scope["headers"] if name == b"x-forwarded-for")
    for one in reversed(stated.decode("latin-1").split(",")):
        address = _read(one)
        if address is None:
            return found
        found = address
        if not _is_in(found, trusted):
            return found
    return found


def counted_as(address: Address | None) -> str:
    """Return the name under which requests from an address are counted: of IPv6, its network."""
    if address is None:
        return "local"
    if isinstance(address, IPv6Address):
        return str(IPv6Network((address, IPV6_PREFIX), strict=False))
    return str(address)


def _is_in(address: Address, networks: Networks) -> bool:
    return any(address in one for one in networks)


def _read(text: str) -> Address | None:
    """Return an address as proxies write it, perhaps with a port; None where it is none."""
    bare = text.strip()
    if bare.startswith("["):
        bare = bare[1:].partition("]")[0]
    elif bare.count(":") == 1:
        bare = bare.partition(":")[0]
    try:
        address = ip_address(bare)
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address
