"""Material's instant navigation, for projects that turn it on: pages come without being loaded."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from kb.site.build import build_site
from tests.browser.conftest import Visit, served
from tests.kb.site.built import ROOT

pytestmark = pytest.mark.browser


def test_pages_that_come_instantly_are_set_up(browser: Browser, tmp_path: Path) -> None:
    """Under the strict policy a page that came by a link works like one that was opened."""
    folder = tmp_path / "site"
    folder.mkdir()
    usual = (ROOT / "mkdocs.yml").read_text("utf-8")
    with served(folder) as address, browser.new_context() as context:
        config = tmp_path / "mkdocs.yml"
        instant = usual.replace("  features:\n", "  features:\n    - navigation.instant\n")
        # The theme knows the pages of a site by its sitemap, which has the site's own address.
        config.write_text(f"site_url: {address}\n{instant}", encoding="utf-8")
        build_site(ROOT / "docs", folder, config)
        visit = Visit(context.new_page(), address)
        page = visit.open("")
        page.evaluate("window.stays = true")

        page.locator("article").get_by_role("link", name="Filter Service").click()
        page.wait_for_url("**/components/filter-service/")
        expect(page.locator("h1")).to_contain_text("Filter Service")
        expect(page.locator("article nav.md-code__nav").first).to_have_attribute("role", "none")

        assert page.evaluate("window.stays")
        assert visit.complaints == []
        assert visit.foreign == []
