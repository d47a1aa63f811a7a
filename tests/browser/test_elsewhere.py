"""A site on a plain file host that names an API on another one, in a browser."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from kb.site.build import build_site
from kb.site.policy import CONTENT_SECURITY_POLICY
from tests.api.running import DOCS, Running, serving, until
from tests.browser.conftest import Visit, served
from tests.kb.site.built import ROOT

pytestmark = pytest.mark.browser

QUESTION = "ask/?q=Can+the+filter+service+be+a+Generic+Service+resource%3F"


@pytest.fixture(scope="module")
def parted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Running, int]]:
    """The files of a site, the API that it names, and the port of the one host that may ask it."""
    folder = tmp_path_factory.mktemp("elsewhere")
    with socket.create_server(("127.0.0.1", 0)) as one:
        port = one.getsockname()[1]
    allowed = f"http://127.0.0.1:{port}"
    with serving(DOCS, KB_CORS_ORIGINS=allowed) as api, api.client() as client:
        (folder / "mkdocs.yml").write_text(
            f"INHERIT: {ROOT / 'mkdocs.yml'}\nextra: {{kb: {{api_url: '{api.address}'}}}}\n",
            encoding="utf-8",
        )
        build_site(DOCS, folder / "site", folder / "mkdocs.yml")
        until(lambda: client.get("/readyz").status_code == 200)
        yield folder / "site", api, port


@pytest.mark.parametrize(
    ("is_allowed", "may_connect"), [(True, True), (False, True), (True, False)]
)
def test_a_site_asks_an_api_elsewhere_where_both_let_it(
    browser: Browser, parted: tuple[Path, Running, int], *, is_allowed: bool, may_connect: bool
) -> None:
    """The API has to allow the origin, and the policy of the site the API."""
    folder, api, port = parted
    policy = CONTENT_SECURITY_POLICY
    if may_connect:
        policy = policy.replace("connect-src 'self'", f"connect-src 'self' {api.address}")
    with ExitStack() as stack:
        address = stack.enter_context(served(folder, policy, port=port if is_allowed else 0))
        context = browser.new_context()
        stack.callback(context.close)
        visit = Visit(context.new_page(), address)
        page = visit.open(QUESTION)

        answer = page.locator(".kb-ask-answer")
        if is_allowed and may_connect:
            expect(answer.locator(".kb-outcome").first).to_have_text("No")
            expect(answer.locator(".kb-first")).to_contain_text("Do not configure")
            assert visit.complaints == []
        else:
            reason = "CORS policy" if may_connect else "Content Security Policy"
            assert any(reason in one for one in visit.complaints)
        assert all(one.startswith(api.address) for one in visit.foreign)
