"""The site as `kb serve` gives it: its headers let the pages work, on every visit."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.api.running import DOCS, serving, site_is_ready, until
from tests.browser.conftest import Visit

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """The address of a server on the project's own pages, its site built."""
    with serving(DOCS) as running, running.client() as client:
        until(lambda: site_is_ready(client))
        yield f"{running.address}/"


@pytest.fixture
def visit(browser: Browser, address: str) -> Iterator[Visit]:
    """A page of a browser that has seen nothing yet."""
    with browser.new_context(viewport={"width": 1280, "height": 900}) as context:
        yield Visit(context.new_page(), address)


@pytest.mark.parametrize("path", ["", "matrix/", "components/filter-service/", "api"])
def test_a_page_works_on_the_second_visit_too(visit: Visit, path: str) -> None:
    """What a browser is told of a page that it has kept does not keep the page from working."""
    for _ in range(3):
        visit.open(path)

    assert visit.page.evaluate("document.styleSheets.length") > 0
    assert visit.complaints == []
    assert visit.foreign == []


def test_search_works_behind_the_server(visit: Visit) -> None:
    """The search of the site, which runs in a worker, finds a component."""
    page = visit.open("")
    box = page.get_by_role("textbox", name="Search")
    box.focus()
    box.press_sequentially("rest service")

    first = page.locator(".md-search-result__link").first
    expect(first).to_have_attribute("href", re.compile(r"components/rest-service/(\?.*)?$"))
    assert visit.complaints == []
