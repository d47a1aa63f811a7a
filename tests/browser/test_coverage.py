"""The page for writers in a browser."""

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import Visit

pytestmark = pytest.mark.browser


def test_each_total_has_one_line_on_a_phone(browser: Browser, site: str) -> None:
    """At 360 px no name breaks in the middle, and no number stands below its bar."""
    context = browser.new_context(viewport={"width": 360, "height": 700})
    visit = Visit(context.new_page(), site)
    page = visit.open("coverage/")

    heights = page.locator("dl.kb-totals > div").evaluate_all(
        "rows => rows.map((one) => one.clientHeight)"
    )

    assert len(heights) == 8
    assert max(heights) < 1.5 * min(heights)
    assert max(heights) < 40
    assert visit.complaints == []
    context.close()
