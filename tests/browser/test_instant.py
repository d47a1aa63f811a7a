"""Material's instant navigation, for projects that turn it on: pages come without being loaded."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Request, expect

from kb.site.build import build_site
from tests.browser.conftest import Visit, served
from tests.kb.site.built import ROOT

pytestmark = pytest.mark.browser


@contextmanager
def published(folder: Path, feature: str = "") -> Iterator[str]:
    """Serve the reference site, built for the address at which it stands; give the address."""
    site = folder / "site"
    site.mkdir()
    usual = (ROOT / "mkdocs.yml").read_text("utf-8")
    with served(site) as address:
        config = folder / "mkdocs.yml"
        features = f"  features:\n    - {feature}\n" if feature else "  features:\n"
        # The theme knows the pages of a site by its sitemap, which has the site's own address.
        stated = usual.replace("  features:\n", features)
        located = stated.replace('!ENV [SITE_URL, ""]', address)
        assert located != stated
        config.write_text(located, encoding="utf-8")
        build_site(ROOT / "docs", site, config)
        yield address


@pytest.fixture
def visit(browser: Browser, tmp_path: Path) -> Iterator[Visit]:
    """A visit of a site with instant navigation; no page was loaded but the first."""
    with published(tmp_path, "navigation.instant") as address, browser.new_context() as context:
        one = Visit(context.new_page(), address)
        one.open("").evaluate("window.stays = true")
        yield one
        assert one.page.evaluate("window.stays")
        assert one.complaints == []
        assert one.foreign == []


def follow(page: Page, name: str, address: str) -> None:
    """Go to another page by a link of the navigation."""
    page.locator(".md-tabs").get_by_role("link", name=name, exact=True).click()
    page.wait_for_url(f"**/{address}/")


def test_a_page_that_comes_by_a_link_is_set_up(visit: Visit) -> None:
    """Ticks and filters of its checklist, buttons and meanings are there as on a first page."""
    page = visit.page
    page.locator("article").get_by_role("link", name="Filter Service").click()
    page.wait_for_url("**/components/filter-service/")
    expect(page.locator("h1")).to_contain_text("Filter Service")
    expect(page.locator("article nav.md-code__nav").first).to_have_attribute("role", "none")

    page.locator(".md-sidebar").get_by_role("link", name="SQL Safe Management Service").click()
    page.wait_for_url("**/components/management-service/")
    page.locator(".kb-box").first.check()
    expect(page.locator(".kb-progress")).to_have_text("1 of 3 done")
    page.get_by_label("fault tolerance of status and alerting").select_option("no")
    expect(page.locator("#generic-service-resource")).to_be_hidden()
    page.locator("a.kb-term:visible").first.hover()
    expect(page.get_by_role("tooltip")).to_be_visible()


def test_matrix_planner_and_ask_box_work_one_after_the_other(visit: Visit) -> None:
    """Each does on the second visit of its page what it does on the first."""
    page = visit.page
    for _ in range(2):
        follow(page, "Matrix", "matrix")
        page.get_by_label("Component", exact=True).fill("filter")
        expect(page.locator(".kb-count")).to_have_text("1 of 9 rows")

        follow(page, "Planner", "planner")
        expect(page.locator(".kb-step").first).to_be_visible()
        expect(page.locator(".kb-plan-title")).not_to_be_empty()

        page.keyboard.press("?")
        page.keyboard.type("Does the filter service need a cluster resource?")
        page.keyboard.press("Enter")
        page.wait_for_url(re.compile(r"/ask/\?q="))
        expect(page.get_by_role("status")).to_contain_text("No answering service here")
        page.evaluate("window.stays = true")  # a form loads its page


def test_readers_of_feeds_find_it_and_nothing_is_fetched_for_that(
    browser: Browser, tmp_path: Path
) -> None:
    """Each page names the feed; the theme takes it for no page in another language."""
    with published(tmp_path) as address, browser.new_context() as context:
        one = Visit(context.new_page(), address)
        asked: list[str] = []

        def note(request: Request) -> None:
            asked.append(request.url)

        one.page.on("request", note)
        page = one.open("components/filter-service/")
        feed = page.locator('link[rel~="alternate"][type="application/atom+xml"]')
        found = page.evaluate("one => one.href", feed.element_handle())

        assert found == f"{address}feed.xml"
        assert page.request.get(found).ok
        assert [url for url in asked if url.endswith("sitemap.xml")] == []
