"""The index by role in a browser."""

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import Visit

pytestmark = pytest.mark.browser


def test_the_index_is_narrowed_by_what_a_component_does(browser: Browser, site: str) -> None:
    """Who sends alerts? The word finds the line, the count says so, the address keeps it."""
    context = browser.new_context()
    visit = Visit(context.new_page(), site)
    page = visit.open("roles/")

    page.get_by_label("Find a role or a name").fill("instant restores")

    expect(page.locator("table.kb-list tbody tr:visible")).to_have_count(1)
    expect(page.locator(".kb-finder output")).to_contain_text("1 of ")
    assert page.url.endswith("?find=instant+restores")
    assert visit.complaints == []
    context.close()
