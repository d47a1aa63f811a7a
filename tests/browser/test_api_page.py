"""The page of the API works in a browser that is allowed nothing from elsewhere."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from tests.api.running import K0, serving

pytestmark = pytest.mark.browser


def test_a_request_can_be_tried_out(browser: Browser) -> None:
    """Under its own content security policy the page lists the routes and sends a request."""
    with serving(K0) as running, browser.new_context() as context:
        page = context.new_page()
        complaints: list[str] = []
        foreign: list[str] = []
        page.on("console", lambda one: complaints.append(one.text))
        page.on("pageerror", lambda one: complaints.append(str(one)))
        page.on("request", lambda one: foreign.append(one.url))
        page.goto(f"{running.address}/api")
        page.locator("#operations-components-getComponent .opblock-summary").click()
        page.locator(".try-out__btn").click()
        page.get_by_placeholder("name", exact=True).fill("transcode worker")
        page.locator(".execute").click()

        expect(page.locator(".live-responses-table .response-col_status").last).to_contain_text(
            "200"
        )
        expect(page.locator(".live-responses-table")).to_contain_text("kelpvault")
        assert complaints == []
        assert [one for one in foreign if not one.startswith((running.address, "data:"))] == []
