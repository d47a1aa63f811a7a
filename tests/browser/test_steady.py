"""What comes by a script has its room from the beginning: nothing that is being read moves."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import Visit

pytestmark = pytest.mark.browser

GOOD = 0.05
"""Half of what counts as good: the sum of layout shifts, as browsers measure them."""
SLOW = {"offline": False, "latency": 80, "downloadThroughput": 4e5, "uploadThroughput": 4e5}

_WATCH = """
window.moved = 0;
new PerformanceObserver((list) => {
  for (const one of list.getEntries()) window.moved += one.value;
}).observe({ type: "layout-shift", buffered: true });
"""


@pytest.mark.parametrize("width", [360, 1440])
@pytest.mark.parametrize(
    "path",
    ["", "components/management-service/", "matrix/", "planner/", "ask/?q=agent+on+each+node"],
)
def test_nothing_moves_while_a_page_comes(
    browser: Browser, site: str, path: str, width: int
) -> None:
    """On a slow line what is on the screen stays where it is."""
    with browser.new_context(viewport={"width": width, "height": 900}) as context:
        one = Visit(context.new_page(), site)
        line = context.new_cdp_session(one.page)
        line.send("Network.enable")
        line.send("Network.emulateNetworkConditions", SLOW)
        one.page.add_init_script(_WATCH)

        page = one.open(path)

        assert page.evaluate("window.moved") < GOOD
        assert one.complaints == []
