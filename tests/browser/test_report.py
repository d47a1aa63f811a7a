"""A reader tells that a fact is wrong, by a link that knows which fact and which state of it."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from kb.site.build import build_site
from tests.browser.conftest import Visit, served
from tests.kb.site.built import K0

pytestmark = pytest.mark.browser

FORGE = "https://github.com/stagecraft/kelpvault-docs"


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page of the browser."""
    with browser.new_context() as context:
        yield context.new_page()


def built(folder: Path, stated: str) -> Path:
    """Build the site of a project with these lines in its configuration."""
    config = folder / "mkdocs.yml"
    config.write_text(
        f"site_name: Kelpvault\ntheme: material\nplugins: [search, kb]\n{stated}", "utf-8"
    )
    build_site(K0 / "docs", folder / "site", config)
    return folder / "site"


def test_the_issue_form_comes_filled_in(page: Page, tmp_path: Path) -> None:
    """Of a project on a forge a click opens a new issue with requirement, page and date."""
    folder = built(tmp_path, f"repo_url: {FORGE}\n")
    page.route("https://github.com/**", lambda route: route.fulfill(body="A new issue"))

    with served(folder) as address:
        page.goto(f"{address}components/arbiter/", wait_until="networkidle")
        item = page.locator(".kb-requirement#outside")
        sentence = item.locator(".kb-sentence").inner_text()
        item.get_by_role("link", name="Report a wrong fact").click()
        expect(page.get_by_text("A new issue")).to_be_visible()

    asked = parse_qs(urlsplit(page.url).query)
    assert page.url.startswith(f"{FORGE}/issues/new?")
    assert sentence in asked["title"][0]
    lines = dict(line.split(": ", 1) for line in asked["body"][0].splitlines() if ": " in line)
    assert lines["Page"] == "components/arbiter/"
    assert lines["Requirement"] == "arbiter/outside"
    assert datetime.date.fromisoformat(lines["Content of"]).year >= 2024


def test_an_address_of_mail_is_filled_in(page: Page, tmp_path: Path) -> None:
    """What the project states goes before its forge, each link with its own requirement."""
    stated = "mailto:docs@kelpvault.example?subject={requirement}&body={date}"
    folder = built(tmp_path, f"repo_url: {FORGE}\nextra: {{kb: {{report_url: '{stated}'}}}}\n")

    with served(folder) as address:
        one = Visit(page, address)
        one.open("components/arbiter/")
        link = page.locator(".kb-requirement#outside .kb-report")
        href = link.get_attribute("href") or ""

    assert href.startswith("mailto:docs@kelpvault.example?subject=arbiter%2Foutside&body=20")
    assert one.complaints == []
    assert one.foreign == []
