"""The servers that most tests of the HTTP service share: started once, never changed."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest

from tests.api.running import DOCS, K0, Running, serving, site_is_ready, until


@pytest.fixture(scope="session")
def server() -> Iterator[Running]:
    """A server on the project's own pages, its site built."""
    with serving(DOCS) as running, running.client() as client:
        until(lambda: site_is_ready(client))
        yield running


@pytest.fixture(scope="session")
def client(server: Running) -> Iterator[httpx.Client]:
    """A client of the server on the project's own pages."""
    with server.client() as client:
        yield client


@pytest.fixture(scope="session")
def k0() -> Iterator[httpx.Client]:
    """A client of a server on another knowledge base, with two products."""
    with serving(K0) as running, running.client() as client:
        until(lambda: site_is_ready(client))
        yield client
