"""What axe finds on the pages, in both colour schemes, wide and narrow; and a walk by keyboard."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.resources import files

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Visit

pytestmark = pytest.mark.browser

PAGES = (
    "",
    "components/",
    "components/management-service/",
    "components/filter-service/",
    "matrix/",
    "planner/",
    "ask/",
    "glossary/",
    "tags/",
    "coverage/",
    "products/sql-safe-backup/",
    "topologies/active-active/",
    "resources/generic-service/",
    "conditions/fault-tolerant-status-and-alerting/",
    "procedures/registering-services-as-clustered-resource/",
    "sources/clustering-considerations/",
    "guides/tutorial/",
    "404.html",
)
"""One of every kind."""
COMPONENT = "components/management-service/"
AXE = (files("axe_playwright_python") / "axe.min.js").read_text("utf-8")


@pytest.fixture
def visit(browser: Browser, site: str) -> Iterator[Visit]:
    """A wide window in light colours."""
    with browser.new_context(viewport={"width": 1280, "height": 900}) as context:
        yield Visit(context.new_page(), site)


def violations(page: Page) -> list[str]:
    """Return what axe finds on a page as it is shown now: rule, element, what is wrong with it."""
    found: list[str] = page.evaluate(_VIOLATIONS)
    return found


@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing(visit: Visit, path: str) -> None:
    """No rule of axe is broken: in light and dark colours, and on a phone."""
    page = visit.open(path)
    page.evaluate(AXE)
    found = violations(page)
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
    found += violations(page)
    page.set_viewport_size({"width": 360, "height": 800})
    found += violations(page)

    assert found == []
    assert visit.complaints == []
    assert visit.foreign == []


def test_the_text_is_one_key_away(visit: Visit) -> None:
    """The first stop of a page leads past its header and navigation."""
    page = visit.open(COMPONENT)
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Skip to content")
    expect(page.locator(":focus")).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")

    assert page.evaluate("document.activeElement.closest('article') !== null")


def test_every_stop_of_the_keyboard_can_be_seen(visit: Visit) -> None:
    """From the top of a page to its first requirement, each stop is drawn with a mark."""
    page = visit.open(COMPONENT)
    inside = False
    for _ in range(80):
        page.keyboard.press("Tab")
        focus = page.evaluate(_FOCUS)
        assert focus["seen"], focus
        inside = inside or focus["inside"]
        if inside:
            break

    assert inside


def test_a_component_is_found_by_keyboard_alone(visit: Visit) -> None:
    """A key opens the search, arrows choose in it, and a key follows."""
    page = visit.open("")
    page.keyboard.press("/")
    expect(page.get_by_role("textbox", name="Search")).to_be_focused()
    page.get_by_text("Type to start searching").wait_for()
    page.keyboard.type("rest service", delay=20)
    first = page.locator(".md-search-result__link").first
    expect(first).to_have_attribute("href", re.compile("components/rest-service/.*h=rest.service"))
    expect(first).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(first).to_be_focused()
    page.keyboard.press("Enter")

    page.wait_for_url("**/components/rest-service/**", wait_until="commit")


_VIOLATIONS = """async () => {
  await document.fonts.ready;
  await new Promise((done) => setTimeout(done, 200)); // colours change over a moment
  const { violations } = await axe.run(document, { resultTypes: ["violations"] });
  return violations.flatMap((rule) =>
    rule.nodes.map((one) => `${rule.id}: ${one.html.slice(0, 160)}: ${one.failureSummary}`)
  );
}"""
# What has the focus is drawn in its place, with an outline or something that stands for one.
_FOCUS = """() => {
  const one = document.activeElement;
  const drawn = one.matches(".md-option") ? one.nextElementSibling : one; // its label
  const style = getComputedStyle(drawn);
  const box = drawn.getBoundingClientRect();
  return {
    what: one.outerHTML.slice(0, 120),
    seen: one !== document.body && box.width > 0 && box.height > 0 &&
      (style.outlineStyle !== "none" || style.boxShadow !== "none"),
    inside: one.closest("article li.kb-requirement") !== null,
  };
}"""
