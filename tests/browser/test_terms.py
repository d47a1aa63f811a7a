"""What a term means is shown where it stands: on links, and on plain mentions in the text."""

import re
from urllib.parse import urlsplit

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


def test_a_plain_mention_is_explained_too(browser: Browser, site: str) -> None:
    """It is underlined with dots, and says on hover and on focus what it is and what it is not."""
    with browser.new_context() as context:
        one = Visit(context.new_page(), site)
        page = one.open("components/backup-service/")
        mention = page.locator("a.kb-term", has_text="active-passive").first
        tip = page.get_by_role("tooltip")

        expect(mention).to_have_css("text-decoration-style", "dotted")
        mention.hover()
        expect(tip).to_contain_text("Not the same as active-active.")
        page.mouse.move(0, 0)
        expect(tip).to_have_count(0)
        mention.focus()
        expect(tip).to_contain_text("one node works and another waits")
        page.keyboard.press("Enter")
        page.wait_for_url(re.compile(r"/topologies/active-passive/(#.*)?$"))
        assert one.complaints == []


def test_a_tap_explains_a_mention_and_follows_a_link(browser: Browser, site: str) -> None:
    """On a touch screen a mention shows its meaning first; another link leads where it leads."""
    with browser.new_context(
        has_touch=True, is_mobile=True, viewport={"width": 360, "height": 780}
    ) as context:
        one = Visit(context.new_page(), site)
        page = one.open("components/management-service/")
        mention = page.locator("a.kb-term", has_text="Generic Service resource").first
        tip = page.get_by_role("tooltip")

        mention.tap()
        expect(tip).to_contain_text("Generic Service resource – ")
        expect(tip).to_contain_text(
            "Not the same as Generic Script resource, Generic Application or "
        )
        expect(tip).to_contain_text("Tap the term again to open its page.")
        assert urlsplit(page.url).path.endswith("/components/management-service/")
        page.locator("h1").tap()
        expect(tip).to_have_count(0)
        mention.tap()
        expect(tip).to_be_visible()
        mention.tap()
        page.wait_for_url(re.compile(r"/resources/generic-service/(#.*)?$"))

        page = one.open("components/management-service/")
        page.locator(".kb-same").get_by_role("link", name="active-passive").tap()
        page.wait_for_url(re.compile(r"/topologies/active-passive/(#.*)?$"))
        assert one.complaints == []


def test_a_mention_is_a_link_without_scripts(browser: Browser, site: str) -> None:
    """Where nothing can be shown, it leads to the page that says what it means."""
    with browser.new_context(java_script_enabled=False) as context:
        page = Visit(context.new_page(), site).open("components/management-service/")
        page.locator("a.kb-term", has_text="Generic Service resource").first.click()
        page.wait_for_url("**/resources/generic-service/")
