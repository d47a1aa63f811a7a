"""A link to a term's page says what the term means."""

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import Visit

pytestmark = pytest.mark.browser


def test_a_term_is_explained_to_pointer_and_keyboard(browser: Browser, site: str) -> None:
    """Pointing at a link or reaching it by key shows the meaning; Escape takes it away."""
    context = browser.new_context()
    one = Visit(context.new_page(), site)
    page = one.open("components/management-service/")
    tip = page.get_by_role("tooltip")
    link = page.locator(".kb-same").get_by_role("link", name="active-passive")

    link.hover()
    expect(tip).to_contain_text("one node works and another waits")
    expect(tip).to_contain_text("Not the same as active-active.")
    expect(link).to_have_attribute("aria-describedby", "kb_tooltip")
    page.keyboard.press("Escape")
    expect(tip).to_have_count(0)

    page.mouse.move(0, 0)
    page.locator(".kb-same").get_by_role("link", name="active-active").focus()
    expect(tip).to_contain_text("each node runs an instance of its own")
    page.locator("h1").click()
    expect(tip).to_have_count(0)
    assert one.complaints == []
    context.close()
