"""The page that stands where there is none."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import Visit

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(
    ("address", "title"),
    [
        ("components/managment-service/", "SQL Safe Management Service"),
        ("wiki/Filter_Service.html", "SQL Safe Filter Service"),
        ("matrix/active-activ/", "active-active"),
    ],
)
def test_pages_of_nearly_the_same_name_are_offered(
    browser: Browser, site: str, address: str, title: str
) -> None:
    """An old link or one with a typing error leads on, from wherever in the site."""
    context = browser.new_context()
    visit = Visit(context.new_page(), site)
    page = visit.open(address)

    expect(page.get_by_role("heading", level=1)).to_have_text("There is no page at this address")
    page.locator(".kb-missing").get_by_role("link", name=title, exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(title, ignore_case=True)
    assert visit.foreign == []
    context.close()


def test_what_was_looked_for_can_be_searched(browser: Browser, site: str) -> None:
    """The search opens with the words of the address in it."""
    context = browser.new_context()
    page = Visit(context.new_page(), site).open("old/how%20to%20cluster/")

    page.get_by_role("button", name="Search for “how to cluster”").click()

    expect(page.get_by_role("textbox", name="Search")).to_have_value("how to cluster")
    expect(page.locator(".md-search-result__item").first).to_be_visible()
    context.close()


def test_without_scripts_there_are_ways_on(browser: Browser, site: str) -> None:
    """Start page, questions and glossary are links."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}nothing/like/this/")

    page.get_by_role("article").get_by_role("link", name="Glossary").click()

    expect(page.get_by_role("heading", level=1)).to_contain_text("Glossary")
    context.close()
