"""Readers say whether a page or an answer is right, where a project wants to know."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from api.gaps.store import Store
from kb.site.build import build_site
from tests.api.running import K0, Running, serving, site_is_ready, until
from tests.browser.conftest import Visit, served
from tests.browser.test_accessibility import AXE

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The database of what they say."""
    return f"sqlite:///{tmp_path_factory.mktemp('said') / 'gaps.db'}"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project that wants to know."""
    folder = tmp_path_factory.mktemp("asks")
    shutil.copytree(K0, folder / "docs")
    (folder / "mkdocs.yml").write_text(
        "site_name: Kelpvault\ntheme: {name: material, font: false}\n"
        "plugins: [search, kb]\nextra: {kb: {feedback: true}}\n"
    )
    return folder


@pytest.fixture(scope="module")
def asks(project: Path, url: str) -> Iterator[Running]:
    """A service with its site."""
    with (
        serving(project / "docs", KB_GAPS_URL=url, KB_FEEDBACK="on") as running,
        running.client() as client,
    ):
        until(lambda: site_is_ready(client))
        yield running


@pytest.fixture
def visit(browser: Browser, asks: Running) -> Iterator[Visit]:
    """A page of a browser."""
    with browser.new_context(viewport={"width": 1000, "height": 800}) as context:
        yield Visit(context.new_page(), f"{asks.address}/")


def said(url: str) -> set[tuple[str, str, int]]:
    """Return what was kept: of what, which judgement, how often."""
    return {(one.question, one.status, one.asked) for one in Store(url).rows()}


def test_a_page_is_judged_once(visit: Visit, url: str) -> None:
    """With the keyboard alone; it is heard, and kept with the address of the page and no more."""
    page = visit.open("components/arbiter/")
    group = page.get_by_role("group", name="Is this page right?")
    group.get_by_role("button", name="No").focus()
    page.keyboard.press("Enter")
    expect(group.get_by_role("status")).to_contain_text("Thank you")
    expect(group.get_by_role("button", name="No")).to_have_attribute("aria-pressed", "true")
    group.get_by_role("button", name="Yes").click()
    visit.open("components/arbiter/")
    group.get_by_role("button", name="No").click()
    expect(group.get_by_role("status")).to_contain_text("Thank you")

    until(lambda: ("/components/arbiter/", "wrong", 1) in said(url))
    assert not [one for one in said(url) if one[0] == "/components/arbiter/" and one[2] != 1]
    assert visit.complaints == []
    assert visit.foreign == []


def test_an_answer_is_judged(visit: Visit, url: str) -> None:
    """On the page where questions are asked, each answer is; the page itself is not."""
    page = visit.open("ask/?q=must+the+ingest+service+be+installed+on+each+node%3F")
    expect(page.get_by_role("group", name="Is this page right?")).to_have_count(0)
    group = page.get_by_role("group", name="Is this answer right?")
    group.get_by_role("button", name="Yes").click()
    expect(group.get_by_role("status")).to_have_text("Thank you.")

    asked = "must the ingest service be installed on each node"
    until(lambda: (asked, "right", 1) in said(url))
    visit.open("ask/?q=zanzibarites%3F")
    page.get_by_role("heading", name="Answer").wait_for()
    expect(page.get_by_role("group", name="Is this answer right?")).to_have_count(0)
    assert visit.complaints == []


def test_it_is_for_everybody(visit: Visit) -> None:
    """axe finds nothing in it, before and after."""
    page = visit.open("components/journal/")
    page.get_by_role("group", name="Is this page right?").get_by_role("button").first.click()
    page.evaluate(AXE)
    found = page.evaluate("axe.run('.kb-feedback').then((one) => one.violations)")

    assert found == [], json.dumps(found)[:500]


def test_where_nobody_listens_it_says_so(browser: Browser, project: Path, tmp_path: Path) -> None:
    """On a host of files alone the reader is told that no note could be taken."""
    build_site(project / "docs", tmp_path / "site", project / "mkdocs.yml")
    with served(tmp_path / "site") as address, browser.new_context() as context:
        page = context.new_page()
        page.goto(f"{address}components/arbiter/", wait_until="networkidle")
        group = page.get_by_role("group", name="Is this page right?")
        group.get_by_role("button", name="Yes").click()
        expect(group.get_by_role("status")).to_contain_text("No note could be taken")
        expect(group.get_by_role("button", name="Yes")).to_have_attribute("aria-pressed", "false")


def test_it_is_off_by_default(site: str, browser: Browser) -> None:
    """The project's own site does not ask."""
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(f"{site}components/filter-service/", wait_until="networkidle")
        assert page.locator(".kb-feedback").count() == 0
